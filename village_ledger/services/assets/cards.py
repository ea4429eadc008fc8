"""Asset cards: registered one by one or by the hundred, put right, and what is said of use, place and keeper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.asset import AssetEventKind, Card, Facts, Method, check_card, check_facts
from village_ledger.domain.depreciation import first_plan, half_up, month_number
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AssetError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import (
    SUMMARY_LIMIT,
    StoredVoucher,
    Voucher,
    VoucherLine,
    VoucherRef,
    VoucherState,
    check_against_chart,
    check_text,
)
from village_ledger.services.assets.asset_accounts import accounts_of, asset_leaf, may_charge
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.assets.records import Standing, StoredCard, mark
from village_ledger.storage.assets.register import AssetsRegister, NewEvent
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

REGISTERED, AMENDED, SAID, HAPPENED = "登记资产", "更正资产卡片", "改资产用途保管", "资产变动"


@dataclass(frozen=True, slots=True)
class OtherSide:
    """The other account of a voucher, with what it demands."""

    account: str
    counterparty: str = ""
    project: str = ""


def find(reader: Reader, ledger: str, code: str) -> StoredCard:
    """A card by its code; raises AssetError when there is none."""
    found = reader.asset_card(ledger, code.strip())
    if found is None:
        raise AssetError(f"没有编号为“{code.strip()}”的资产", "请核对编号，也看看是不是另一本账的。")
    return found


def standing(reader: Reader, ledger: str, code: str, day: date = date.max) -> Standing:
    """How an asset stands at the end of a day, the last one there is unless told otherwise."""
    stored = find(reader, ledger, code)
    found = reader.asset_standings(ledger, day, with_gone=True, code=stored.card.code)
    if not found:
        raise AssetError(f"资产 {code} 是 {stored.card.entered_on} 入账的", "请把日期改到那天或以后。")
    return found[0]


def ensure_there(reader: Reader, ledger: str, code: str) -> Standing:
    """The asset as it stands last; raises AssetError when it is unknown or gone."""
    found = standing(reader, ledger, code)
    if found.gone_on is not None:
        raise AssetError(
            f"资产 {code} {found.card.name} 已经在 {found.gone_on} 处置了", "一项资产只处置一次。"
        )
    return found


def taken_through(reader: Reader, ledger: str) -> Month:
    """The month through which accumulated amounts of a card coming in are understood: that before the first open one."""
    still_open = [
        m.month for m in reader.months(ledger) if m.state.accepts_vouchers and not m.month.is_closing
    ]
    return (still_open[0] if still_open else reader.ledger(ledger).start).previous()


def add_all(
    uow: UnitOfWork, ledger: str, cards: Sequence[tuple[Card, Facts]], *, imported: bool = False
) -> Outcome[int]:
    """Register cards, all or none; a card that says nothing of the month its accumulated amount reaches takes the books'.

    Raises AssetError for a card that cannot be or a code that is taken, by an asset or a parcel.
    """
    require(uow, Duty.PREPARE, ledger)
    vouchers.named(uow.by)
    reader = uow.reader
    through = taken_through(reader, ledger)
    ready = [(_ready(reader, ledger, card, through), _said(reader, ledger, facts)) for card, facts in cards]
    ensure_free(reader, ledger, [card.code for card, _ in ready])
    if not ready:
        raise AssetError("没有要登记的资产", "请至少填一项。")
    batch = AssetsRegister(uow).add_cards(ledger, ready)
    first, cost = ready[0][0], sum(card.cost for card, _ in ready)
    taken = sum(card.opening for card, _ in ready)
    subject = f"{first.code} {first.name}" if len(ready) == 1 else f"{len(ready)} 张卡片"
    detail = (
        f"原值 {format_fen(cost)}，已提折旧 {format_fen(taken)}，第 {batch.number} 批，{mark(batch.digest)}"
    )
    uow.log.add("导入资产" if imported else REGISTERED, ledger=ledger, subject=subject, detail=detail)
    return Outcome(len(ready), Changes(assets=True, ledger=ledger), tuple(_odd(card for card, _ in ready)))


def _ready(reader: Reader, ledger: str, card: Card, through: Month) -> Card:
    """The card checked, with the month its accumulated amount reaches."""
    accounts_of(reader, ledger, card.kind)
    if card.as_of is None:
        card = replace(card, as_of=through)
    if Month.of(card.in_use) > through and not card.opening:
        card = replace(card, as_of=None)
    return check_card(card)


def _said(reader: Reader, ledger: str, facts: Facts) -> Facts:
    may_charge(reader, ledger, facts.charge)
    return check_facts(facts)


def ensure_free(reader: Reader, ledger: str, codes: Sequence[str]) -> None:
    """Raise AssetError when a code is taken, or stands twice."""
    taken = reader.asset_codes(ledger)
    seen: set[str] = set()
    for code in codes:
        if code in taken or code in seen:
            raise AssetError(f"资产编号 {code} 已经有了", "同一本账的资产和资源编号不能重复，请换一个编号。")
        seen.add(code)


def _odd(cards: Iterable[Card]) -> list[str]:
    """What is worth a look about new cards: one sentence, however many cards."""
    unlike = [words for card in cards for words in _unlike(card)]
    if not unlike:
        return []
    named = "、".join(unlike[:6])
    return [f"{len(unlike)} 项的已提折旧和启用至今应提的不同：{named}；从现在起按卡片接着提。"]


def _unlike(card: Card) -> list[str]:
    if card.method is not Method.STRAIGHT or card.as_of is None:
        return []
    plan = first_plan(card)
    passed = plan.since - month_number(Month.of(card.in_use)) - 1
    due = min(card.base, passed * half_up(card.base, card.months)) if passed < card.months else card.base
    if abs(due - card.opening) <= max(passed, 1):
        return []
    return [f"{card.code} 应提 {format_fen(due)}、已提 {format_fen(card.opening)}"]


def add(
    uow: UnitOfWork,
    ledger: str,
    card: Card,
    facts: Facts,
    *,
    paid: OtherSide | None = None,
    booked: VoucherRef | None = None,
    day: date | None = None,
) -> Outcome[StoredVoucher | None]:
    """Register one card; ``paid`` enters the voucher it is bought with, ``booked`` names the one that did it already."""
    require(uow, Duty.PREPARE, ledger)
    entered = (
        day or card.acquired or (uow.reader.find_voucher(ledger, booked).voucher.day if booked else None)
    )
    if entered is not None:
        card = replace(card, acquired=entered)
    made = add_all(uow, ledger, [(card, facts)])
    if booked is not None:
        link(uow, ledger, card.code, booked)
    if paid is None:
        return Outcome(None, made.changes, made.warnings)
    stored = _buy(uow, ledger, find(uow.reader, ledger, card.code), paid)
    return Outcome(stored.value, made.changes | stored.changes, (*made.warnings, *stored.warnings))


def _buy(uow: UnitOfWork, ledger: str, stored: StoredCard, paid: OtherSide) -> Outcome[StoredVoucher]:
    """Dr the asset, Cr what it was paid from (postings 40, 25, 33)."""
    card = stored.card
    top = accounts_of(uow.reader, ledger, card.kind)
    leaf = asset_leaf(uow.reader, ledger, top.asset, (card.category, card.name))
    summary = f"{card.source.words or '取得'}{card.name}（{card.code}）"
    lines = [VoucherLine(summary, leaf, debit=card.cost, project=card.project)]
    if card.opening:
        against = asset_leaf(uow.reader, ledger, top.takes_from, (card.category,))
        lines.append(VoucherLine(summary, against, credit=card.opening))
    lines.append(
        VoucherLine(
            summary,
            paid.account,
            credit=card.cost - card.opening,
            counterparty=paid.counterparty,
            project=paid.project,
        )
    )
    voucher = Voucher(day=card.entered_on, lines=tuple(lines), no_attachment_reason=f"资产卡片 {card.code}")
    check_against_chart(voucher, uow.reader.chart(ledger))
    made = vouchers.store(uow, ledger, voucher)
    came_in(uow, stored, made.value)
    return made


def came_in(uow: UnitOfWork, stored: StoredCard, voucher: StoredVoucher, other_id: int | None = None) -> None:
    """Say by which voucher an asset entered the books, and what it was before."""
    register = AssetsRegister(uow)
    day = voucher.voucher.day
    event_id, digest = register.add_event(stored.id, NewEvent(day, AssetEventKind.ACQUIRE, other_id=other_id))
    register.link_event(event_id, voucher.id)
    detail = f"{AssetEventKind.ACQUIRE.words} {voucher.ref}，{mark(digest)}"
    uow.log.add(HAPPENED, ledger=stored.ledger, subject=stored.card.code, detail=detail)


def link(uow: UnitOfWork, ledger: str, code: str, ref: VoucherRef) -> Outcome[None]:
    """Say which voucher booked the asset; raises VoucherError for one that is void, another ledger's, or linked already."""
    require(uow, Duty.PREPARE, ledger)
    stored, voucher = find(uow.reader, ledger, code), uow.reader.find_voucher(ledger, ref)
    if voucher.state is VoucherState.VOID:
        raise VoucherError(f"{voucher.ref} 已作废，不能和资产相连", "请选有效的凭证。")
    if any(voucher.id in event.voucher_ids for event in uow.reader.asset_events(stored.id)):
        raise VoucherError(f"{voucher.ref} 已经和资产 {code} 连着", "一张凭证和一项资产只连一次。")
    tops = accounts_of(uow.reader, ledger, stored.card.kind).asset
    if not any(line.account.startswith(tops) for line in voucher.voucher.lines):
        raise VoucherError(
            f"{voucher.ref} 没有记 {tops} {stored.card.kind.words}", "请选记这项资产的那张凭证。"
        )
    came_in(uow, stored, voucher)
    return Outcome(None, Changes(assets=True, ledger=ledger))


def amend(uow: UnitOfWork, ledger: str, code: str, card: Card) -> Outcome[StoredCard]:
    """Put a card right that was typed wrongly; its figures only while nothing was charged or moved."""
    require(uow, Duty.PREPARE, ledger)
    old = find(uow.reader, ledger, code)
    ensure_there(uow.reader, ledger, code)
    new = _ready(uow.reader, ledger, replace(card, code=old.card.code), taken_through(uow.reader, ledger))
    if _figures(new) != _figures(old.card):
        _ensure_unmoved(uow.reader, old)
    batch = AssetsRegister(uow).amend_card(old.id, old.version + 1, new)
    detail = f"{new.name}，原值 {format_fen(new.cost)}，第 {batch.number} 批，{mark(batch.digest)}"
    uow.log.add(AMENDED, ledger=ledger, subject=old.card.code, detail=detail)
    return Outcome(find(uow.reader, ledger, code), Changes(assets=True, ledger=ledger))


def withdraw(uow: UnitOfWork, ledger: str, code: str, reason: str) -> Outcome[None]:
    """Say that a card was registered by mistake; only while nothing was charged or moved. Its code is free again."""
    require(uow, Duty.PREPARE, ledger)
    old = find(uow.reader, ledger, code)
    _ensure_unmoved(uow.reader, old)
    why = vouchers.given(reason, f"撤销资产 {code} 的登记", "为什么撤销")
    batch = AssetsRegister(uow).amend_card(old.id, old.version + 1, old.card, withdrawn=True)
    detail = f"撤销登记：{why}，第 {batch.number} 批，{mark(batch.digest)}"
    uow.log.add(AMENDED, ledger=ledger, subject=old.card.code, detail=detail)
    return Outcome(None, Changes(assets=True, ledger=ledger))


def _figures(card: Card) -> tuple[object, ...]:
    return (
        card.kind,
        card.cost,
        card.salvage,
        card.in_use,
        card.method,
        card.months,
        card.units,
        card.opening,
        card.as_of,
    )  # fmt: skip  what decides money, in one row


def _ensure_unmoved(reader: Reader, stored: StoredCard) -> None:
    charged = reader.asset_charges(stored.id)
    moved = [e for e in reader.asset_events(stored.id) if e.counts and e.kind is not AssetEventKind.ACQUIRE]
    if charged or moved:
        what = f"{charged[0].month} 起提过折旧" if charged else f"{moved[0].day} {moved[0].kind.words}过"
        raise AssetError(
            f"资产 {stored.card.code} {what}，原值、年限这些不能再改",
            "年限、残值要变的请办“改折旧年限”；金额要变的请办改良或减值。",
        )


def say(
    uow: UnitOfWork, ledger: str, code: str, day: date, facts: Facts, note: str = ""
) -> Outcome[Standing]:
    """Say what holds of an asset from a day on: use, state, place, keeper, user.

    Depreciation follows a changed use from the month after; on the first day of a month, from that month.
    """
    require(uow, Duty.PREPARE, ledger)
    found = ensure_there(uow.reader, ledger, code)
    kept = _said(uow.reader, ledger, facts)
    history = uow.reader.asset_facts(found.stored.id)
    if day < found.card.entered_on:
        raise AssetError(f"资产 {code} 是 {found.card.entered_on} 入账的，不能从 {day} 改起", "请核对日期。")
    if day < history[-1].day:
        raise AssetError(
            f"资产 {code} 在 {history[-1].day} 已经改过，不能从更早的 {day} 改起", "请按先后登记。"
        )
    if kept == found.facts:
        raise AssetError(f"资产 {code} 的用途、地点、保管人没有变", "改了哪一项再登记。")
    text = check_text(note, "说明", SUMMARY_LIMIT)
    digest = AssetsRegister(uow).add_fact(found.stored.id, day, kept, text)
    words = "、".join(w for w in (kept.use.words, kept.status.words, kept.place, kept.keeper, kept.user) if w)
    uow.log.add(SAID, ledger=ledger, subject=found.card.code, detail=f"{day} 起 {words}，{mark(digest)}")
    return Outcome(standing(uow.reader, ledger, code), Changes(assets=True, ledger=ledger))
