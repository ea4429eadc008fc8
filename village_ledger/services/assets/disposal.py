"""What ends an asset in its ledger: sold, scrapped, given away, handed to another ledger, turned into another kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from village_ledger.domain.asset import AssetEventKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AssetError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, StoredVoucher, VoucherLine, check_text
from village_ledger.services.assets.asset_accounts import (
    KindAccounts,
    accounts_of,
    asset_leaf,
    asset_rules,
    made_leaf,
)
from village_ledger.services.assets.cards import OtherSide, ensure_there
from village_ledger.services.assets.depreciation import (
    RUN,
    charge_entries,
    due,
    uncharged_before,
)
from village_ledger.services.assets.movements import ensure_not_charged_after, enter
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.assets.records import Standing, mark
from village_ledger.storage.assets.register import AssetsRegister, NewEvent
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Sale:
    """What was paid for a disposed asset, what the disposal cost, and who took it; amounts in fen."""

    proceeds: int = 0
    into: OtherSide | None = None
    fees: int = 0
    from_: OtherSide | None = None
    party: str = ""


def ways() -> list[dict[str, Any]]:
    """How an asset may leave (rules/assets.toml): id, name, whether anybody pays."""
    return list(asset_rules()["way"])


def way_named(text: str) -> dict[str, Any]:
    """A way by its id or Chinese name; raises AssetError naming those there are."""
    found = next((w for w in ways() if text.strip() in (w["id"], w["name"])), None)
    if found is None:
        raise AssetError(
            f"没有“{text.strip()}”这种处置方式", f"可以是：{'、'.join(w['name'] for w in ways())}。"
        )
    return found


def dispose(
    uow: UnitOfWork,
    ledger: str,
    code: str,
    day: date,
    way: str,
    *,
    basis: str,
    sale: Sale | None = None,
    note: str = "",
) -> Outcome[StoredVoucher]:
    """Take an asset out of the books: one voucher with what its last month bears, the clearing (154), money, gain or loss.

    Raises AssetError for an unknown asset, one already gone, a month charged later, money where nobody pays, or no basis.
    """
    sale = sale or Sale()
    rule = way_named(way)
    found = leaving(uow, ledger, code, day)
    if not basis.strip():
        raise AssetError("处置资产要写明依据", "请写批准它的决议或文件。")
    if min(sale.proceeds, sale.fees) < 0:
        raise AssetError("处置的价款和费用不能小于零", "请核对金额。")
    if sale.proceeds and not rule["paid"]:
        raise AssetError(f"{rule['name']}没有价款", "有价款的请选“出售”。")
    if bool(sale.proceeds) != (sale.into is not None) or bool(sale.fees) != (sale.from_ is not None):
        raise AssetError("有价款要写收款科目，有费用要写付款科目", "请把金额和科目一起填。")
    last = last_month(uow, found, day)
    lines = [
        *last.lines,
        *_clearing(uow, found, last.taken, sale, f"{rule['name']}{found.card.name}（{code}）"),
    ]
    event = replace(
        ending(found, day, AssetEventKind.DISPOSE, last.taken, basis, note),
        proceeds=sale.proceeds,
        way=rule["name"],
        party=check_text(sale.party, "对方", NAME_LIMIT),
    )
    return leave(uow, found, event, lines, last, f"资产 {code} {rule['name']}")


def leaving(uow: UnitOfWork, ledger: str, code: str, day: date) -> Standing:
    """The asset, if it may leave on the day."""
    require(uow, Duty.PREPARE, ledger)
    vouchers.named(uow.by)
    found = ensure_there(uow.reader, ledger, code)
    if day < found.card.entered_on:
        raise AssetError(f"资产 {code} 是 {found.card.entered_on} 入账的，{day} 还没有它", "请核对日期。")
    ensure_not_charged_after(uow.reader, found, day)
    uow.periods.ensure_open(ledger, Month.of(day))
    missed = [
        m
        for m in uncharged_before(uow.reader, ledger, Month.of(day))
        if due(uow.reader, ledger, m, only=found.stored.id)
    ]
    if missed:
        names = "、".join(map(str, missed))
        raise AssetError(
            f"{names} 的折旧还没有提，资产 {code} 的累计折旧不全", "请先提那几个月的折旧，再办处置。"
        )
    return found


@dataclass(frozen=True, slots=True)
class LastMonth:
    """What an asset bears of the month it leaves in, where the month was not charged before: lines and run."""

    lines: list[VoucherLine]
    taken: int
    """All that has been taken from it then, fen."""
    run_id: int | None = None


def last_month(uow: UnitOfWork, found: Standing, day: date) -> LastMonth:
    """Charge the asset for the month it leaves in; nothing where it was charged or bears nothing."""
    ledger, month = found.stored.ledger, Month.of(day)
    rows = due(uow.reader, ledger, month, only=found.stored.id)
    if not rows:
        return LastMonth([], found.accumulated)
    entries, booked = charge_entries(uow, ledger, month, rows)
    run_id, digest = AssetsRegister(uow).add_run(ledger, month, booked, whole=False)
    amount = rows[0].amount
    detail = f"{found.card.code} 离账当月 {format_fen(amount)} 元，{mark(digest)}"
    uow.log.add(RUN, ledger=ledger, subject=str(month), detail=detail)
    return LastMonth(entries, found.accumulated + amount, run_id)


def leave(
    uow: UnitOfWork, found: Standing, event: NewEvent, lines: list[VoucherLine], last: LastMonth, why: str
) -> Outcome[StoredVoucher]:
    """Store the ending event with its voucher, which bears the last month too."""
    made = enter(uow, found, event, lines, why)
    if last.run_id is not None:
        AssetsRegister(uow).link_run(last.run_id, made.value.id)
    return made


def ending(found: Standing, day: date, kind: AssetEventKind, taken: int, basis: str, note: str) -> NewEvent:
    """An event after which nothing is left of the asset."""
    return NewEvent(
        day,
        kind,
        cost=-found.cost,
        salvage=-found.salvage,
        taken=taken,
        basis=check_text(basis, "依据", NAME_LIMIT),
        note=check_text(note, "说明", SUMMARY_LIMIT),
    )


def out_of_books(uow: UnitOfWork, found: Standing, taken: int, summary: str) -> list[VoucherLine]:
    """Dr what was taken from the asset, Cr the asset: all but the line for its net value."""
    card, ledger, use = found.card, found.stored.ledger, found.facts.use.words
    top = accounts_of(uow.reader, ledger, card.kind)
    leaf = asset_leaf(uow.reader, ledger, top.asset, (card.category, card.name, use))
    if not top.against:
        return _lines(VoucherOf(summary, leaf, credit=found.cost - taken, project=card.project))
    against = asset_leaf(uow.reader, ledger, top.against, (card.category, use))
    return _lines(
        VoucherOf(summary, against, debit=taken),
        VoucherOf(summary, leaf, credit=found.cost, project=card.project),
    )


@dataclass(frozen=True, slots=True)
class VoucherOf:
    """A line that may come to nothing."""

    summary: str
    account: str
    debit: int = 0
    credit: int = 0
    counterparty: str = ""
    project: str = ""


def _lines(*some: VoucherOf) -> list[VoucherLine]:
    """Those that come to something."""
    return [
        VoucherLine(x.summary, x.account, x.debit, x.credit, counterparty=x.counterparty, project=x.project)
        for x in some
        if x.debit or x.credit
    ]


def _paid(summary: str, sale: Sale) -> list[VoucherLine]:
    into, from_ = sale.into or OtherSide(""), sale.from_ or OtherSide("")
    return _lines(
        VoucherOf(
            summary, into.account, debit=sale.proceeds, counterparty=into.counterparty, project=into.project
        ),
        VoucherOf(
            f"{summary}费用",
            from_.account,
            credit=sale.fees,
            counterparty=from_.counterparty,
            project=from_.project,
        ),
    )


def _clearing(uow: UnitOfWork, found: Standing, taken: int, sale: Sale, summary: str) -> list[VoucherLine]:
    """Through 固定资产清理 where the kind has it; a sale of living stock as income and cost; else the difference at once."""
    top = accounts_of(uow.reader, found.stored.ledger, found.card.kind)
    net = found.cost - taken
    gone = out_of_books(uow, found, taken, summary)
    if top.gross and sale.proceeds:
        return [
            *_lines(VoucherOf(summary, _loss(uow, found, top), debit=net + sale.fees)),
            *gone,
            *_paid(summary, sale),
            *_lines(VoucherOf(summary, _gain(uow, found, top), credit=sale.proceeds)),
        ]
    result = sale.proceeds - sale.fees - net
    gain = _lines(VoucherOf(f"{summary}净收益", _gain(uow, found, top), credit=result)) if result > 0 else []
    loss = (
        _lines(VoucherOf(f"{summary}净损失", _loss(uow, found, top, lost=True), debit=-result))
        if result < 0
        else []
    )
    if not top.clearing:
        return [
            *loss,
            *_paid(summary, sale)[: 1 if sale.proceeds else 0],
            *gone,
            *_paid(summary, replace(sale, proceeds=0)),
            *gain,
        ]
    leaf = asset_leaf(uow.reader, found.stored.ledger, top.clearing, (found.card.category, "清理"))
    return [
        *_lines(VoucherOf(summary, leaf, debit=net)),
        *gone,
        *_lines(VoucherOf(f"{summary}费用", leaf, debit=sale.fees)),
        *_paid(summary, sale),
        *_lines(VoucherOf(f"{summary}价款", leaf, credit=sale.proceeds)),
        *_lines(VoucherOf(f"{summary}净收益", leaf, debit=max(result, 0))),
        *gain,
        *loss,
        *_lines(VoucherOf(f"{summary}净损失", leaf, credit=max(-result, 0))),
    ]


def _gain(uow: UnitOfWork, found: Standing, top: KindAccounts) -> str:
    rules = asset_rules()
    return made_leaf(uow, found.stored.ledger, top.gain, rules["result_words"], rules["gain_name"])


def _loss(uow: UnitOfWork, found: Standing, top: KindAccounts, *, lost: bool = False) -> str:
    rules = asset_rules()
    account = top.lost or top.loss if lost else top.loss
    return made_leaf(uow, found.stored.ledger, account, rules["result_words"], rules["loss_name"])
