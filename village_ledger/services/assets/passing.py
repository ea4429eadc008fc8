"""An asset that becomes another card: works completed (153→151), stock turned (131↔132), handed to another ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from village_ledger.domain.asset import AssetEventKind, AssetKind, Card, Facts, Source
from village_ledger.domain.errors import AssetError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import StoredVoucher, VoucherLine
from village_ledger.services.assets.asset_accounts import (
    accounts_of,
    asset_leaf,
    asset_rules,
    made_leaf,
)
from village_ledger.services.assets.cards import OtherSide, add, add_all, came_in, find
from village_ledger.services.assets.depreciation import months_left
from village_ledger.services.assets.disposal import ending, last_month, leave, leaving, out_of_books
from village_ledger.services.assets.movements import Estimate, revise
from village_ledger.services.changes import Changes
from village_ledger.services.outcome import Outcome
from village_ledger.storage.assets.records import Standing
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Passed:
    """The vouchers of an asset passed on: the one it left by, and the one it came in by (None: the same one)."""

    out: StoredVoucher
    into: StoredVoucher | None = None


def turn(
    uow: UnitOfWork,
    ledger: str,
    code: str,
    day: date,
    card: Card,
    facts: Facts,
    *,
    basis: str = "",
    funded: int = 0,
) -> Outcome[Passed]:
    """Let an asset become another kind in the same ledger, at what it is worth in the books (postings 42, 51).

    ``funded`` fen of grant or levy become the collective's own at the same moment (postings 21, 29).
    """
    found = leaving(uow, ledger, code, day)
    if card.kind is found.card.kind:
        raise AssetError(f"资产 {code} 已经是{card.kind.words}", "请选它要变成的类别。")
    last = last_month(uow, found, day)
    new = replace(card, cost=found.cost - last.taken, acquired=day, opening=0)
    new = replace(new, project=new.project or found.card.project)
    made = add_all(uow, ledger, [(new, facts)])
    stored = find(uow.reader, ledger, new.code)
    summary = f"{found.card.name}转为{new.kind.words}（{code}→{new.code}）"
    top = accounts_of(uow.reader, ledger, new.kind)
    leaf = asset_leaf(uow.reader, ledger, top.asset, (new.category, new.name))
    lines = [
        *last.lines,
        VoucherLine(summary, leaf, debit=new.cost),
        *out_of_books(uow, found, last.taken, summary),
        *fund_lines(uow, ledger, new, funded),
    ]
    works = found.card.kind is AssetKind.WORKS
    kind = AssetEventKind.COMPLETE if works else AssetEventKind.TURN
    event = replace(ending(found, day, kind, last.taken, basis, ""), other_id=stored.id)
    done = leave(uow, found, event, lines, last, summary)
    came_in(uow, stored, done.value, other_id=found.stored.id)
    return Outcome(Passed(done.value), made.changes | done.changes, (*made.warnings, *done.warnings))


def fund_lines(uow: UnitOfWork, ledger: str, card: Card, amount: int) -> list[VoucherLine]:
    """Dr 241 or 231, Cr 311 for what grant or levy paid of an asset; nothing for no amount."""
    if not amount:
        return []
    rule = asset_rules()["fund"].get(card.source.value)
    if rule is None or rule["from"] not in uow.reader.chart(ledger):
        raise AssetError(
            f"资产 {card.code} 的来源是“{card.source.words or '没写'}”，没有专项资金可转",
            "来源请选“补助”或“一事一议”，或把金额空着。",
        )
    if not 0 < amount <= card.cost:
        raise AssetError(
            f"资产 {card.code} 转入公积公益金的金额不在 0 和原值之间", "请核对用了多少专项资金。"
        )
    summary = f"{card.name}用{card.source.words}形成，转入公积公益金"
    fund = asset_leaf(uow.reader, ledger, rule["from"], (card.project, card.name))
    own = made_leaf(uow, ledger, rule["to"], rule["words"], rule["name"])
    return [
        VoucherLine(summary, fund, debit=amount, project=card.project),
        VoucherLine(summary, own, credit=amount),
    ]


def hand_over(
    uow: UnitOfWork, ledger: str, code: str, day: date, to: str, *, basis: str, new_code: str = ""
) -> Outcome[Passed]:
    """Hand an asset to another ledger of the village: out of one, into the other, with all that was taken from it.

    Raises AssetError where the law keeps it (collective assets do not go to the committee) or the taker's chart has no such kind.
    """
    _ensure_may_pass(uow.reader, ledger, to)
    if not basis.strip():
        raise AssetError("划转资产要写明依据", "请写批准它的决议或文件。")
    found = leaving(uow, ledger, code, day)
    left = months_left(uow.reader, ledger, found.stored.id, Month.of(day).next())
    moved = [
        e
        for e in uow.reader.asset_events(found.stored.id)
        if e.counts and e.kind is not AssetEventKind.ACQUIRE
    ]
    last = last_month(uow, found, day)
    net = found.cost - last.taken
    top = accounts_of(uow.reader, ledger, found.card.kind)
    summary = f"划出{found.card.name}给{uow.reader.ledger(to).entity}（{code}）"
    given = made_leaf(uow, ledger, top.given, ("划转", "调拨"), "资产划转")
    lines = [*last.lines, *([VoucherLine(summary, given, debit=net)] if net else [])]
    lines += out_of_books(uow, found, last.taken, summary)
    event = replace(
        ending(found, day, AssetEventKind.HAND_OVER, last.taken, basis, ""),
        party=uow.reader.ledger(to).entity,
    )
    done = leave(uow, found, event, lines, last, summary)
    came = _take(uow, found, to, day, last.taken, new_code or code)
    if moved and left:
        revise(uow, to, new_code or code, day, Estimate(months=left), basis=f"随划转，原账还剩 {left} 个月")
    changes = done.changes | came.changes | Changes(vouchers=True, assets=True)
    return Outcome(Passed(done.value, came.value), changes, (*done.warnings, *came.warnings))


def _take(
    uow: UnitOfWork, found: Standing, to: str, day: date, taken: int, code: str
) -> Outcome[StoredVoucher | None]:
    top = accounts_of(uow.reader, to, found.card.kind)
    worked = sum(uow.reader.asset_usage(found.stored.id).values()) + (found.card.units_before or 0)
    card = replace(
        found.card,
        code=code,
        cost=found.cost,
        salvage=found.salvage,
        opening=taken,
        as_of=Month.of(day),
        acquired=day,
        units_before=min(worked, found.card.units) if found.card.method.by_units else None,
        source=Source.TRANSFER,
    )
    received = made_leaf(uow, to, top.received, ("划转", "调拨"), "资产划转")
    return add(uow, to, card, replace(found.facts, charge=""), paid=OtherSide(received))


def _ensure_may_pass(reader: Reader, ledger: str, to: str) -> None:
    giver, taker = reader.ledger(ledger), reader.ledger(to)
    if giver.code == taker.code:
        raise AssetError("资产已经在这本账里", "只换保管人或地点的，请改用途保管。")
    rule: dict[str, Any] | None = next(
        (
            r
            for r in asset_rules()["hand_over"]
            if (r["from"], r["to"]) == (giver.kind.value, taker.kind.value)
        ),
        None,
    )
    if rule is None or not rule["allowed"]:
        why = rule["why"] if rule else "没有这种划转"
        raise AssetError(
            f"{giver.title}的资产不能划给{taker.title}：{why}", "借给对方用的，请改使用人，资产留在原账。"
        )
