"""What changes the value of an asset that stays: improvement (改良), a loss written off (减值转销), another estimate (改年限)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.asset import LONGEST_MONTHS, AssetEventKind, Method
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AssetError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    SUMMARY_LIMIT,
    StoredVoucher,
    Voucher,
    VoucherLine,
    check_against_chart,
    check_text,
)
from village_ledger.services.assets.asset_accounts import accounts_of, asset_leaf
from village_ledger.services.assets.cards import HAPPENED, OtherSide, ensure_there, standing
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.assets.records import Standing, mark
from village_ledger.storage.assets.register import AssetsRegister, NewEvent
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is thought of the rest of an asset's life; 0 or None leaves it as it was."""

    months: int = 0
    """Straight line: months from the one after."""
    units: int = 0
    """By units: thousandths that are left from the month after."""
    salvage: int | None = None


def improve(
    uow: UnitOfWork,
    ledger: str,
    code: str,
    day: date,
    amount: int,
    paid: OtherSide,
    *,
    basis: str = "",
    estimate: Estimate | None = None,
) -> Outcome[StoredVoucher]:
    """Add to an asset's value: Dr the asset, Cr what it was paid from (153 works, money, payables).

    From the month after, what is left is spread over the months left. Raises AssetError for an asset that is gone, a
    month charged already or an amount that is none; one that is worn out is improved on 长期待摊费用 (postings 59).
    """
    found = _movable(uow, ledger, code, day)
    if amount <= 0:
        raise AssetError(f"改良的金额 {format_fen(amount)} 要大于零", "请核对金额。")
    if found.is_worn_out and found.card.kind.is_charged:
        raise AssetError(
            f"资产 {code} 已经提足折旧，改良支出不再加进原值",
            "请登记一张类别是“长期待摊费用”的卡片，按预计受益的月数摊销。",
        )
    estimate = estimate or Estimate()
    top = accounts_of(uow.reader, ledger, found.card.kind)
    leaf = asset_leaf(
        uow.reader, ledger, top.asset, (found.card.category, found.card.name, found.facts.use.words)
    )
    summary = f"{found.card.name}改良、扩建（{code}）"
    lines = (
        VoucherLine(summary, leaf, debit=amount, project=found.card.project),
        VoucherLine(
            summary, paid.account, credit=amount, counterparty=paid.counterparty, project=paid.project
        ),
    )
    event = _event(found, day, AssetEventKind.IMPROVE, amount, estimate, basis, "")
    return enter(uow, found, event, lines, f"资产 {code} 改良")


def impair(
    uow: UnitOfWork,
    ledger: str,
    code: str,
    day: date,
    amount: int,
    *,
    basis: str,
    note: str = "",
    estimate: Estimate | None = None,
) -> Outcome[StoredVoucher]:
    """Write a loss of value off directly: Dr 其他支出, Cr the asset; nothing is provided for beforehand.

    Raises AssetError for more than is left above the salvage value, or a loss nobody approved.
    """
    found = _movable(uow, ledger, code, day)
    estimate = estimate or Estimate()
    salvage = found.salvage if estimate.salvage is None else estimate.salvage
    most = found.net - salvage
    if not 0 < amount <= most:
        raise AssetError(
            f"减值 {format_fen(amount)} 不在 0 和净值减残值 {format_fen(max(most, 0))} 之间",
            "全部损失的请办处置。",
        )
    if not basis.strip():
        raise AssetError("减值要写明依据", "请写批准它的决议或文件。")
    top = accounts_of(uow.reader, ledger, found.card.kind)
    leaf = asset_leaf(
        uow.reader, ledger, top.asset, (found.card.category, found.card.name, found.facts.use.words)
    )
    loss = asset_leaf(uow.reader, ledger, top.lost or top.loss, ("减值", "损失"))
    summary = f"{found.card.name}减值转销（{code}）"
    lines = (
        VoucherLine(summary, loss, debit=amount),
        VoucherLine(summary, leaf, credit=amount, project=found.card.project),
    )
    event = _event(found, day, AssetEventKind.IMPAIR, -amount, estimate, basis, note)
    return enter(uow, found, event, lines, f"资产 {code} 减值")


def revise(
    uow: UnitOfWork, ledger: str, code: str, day: date, estimate: Estimate, *, basis: str, note: str = ""
) -> Outcome[Standing]:
    """Think otherwise of the rest of an asset's life, from the month after; nothing is booked, nothing is restated."""
    found = _movable(uow, ledger, code, day)
    if not (estimate.months or estimate.units or estimate.salvage is not None):
        raise AssetError("没有写改成什么", "请写剩余月数、剩余工作量或残值。")
    if not basis.strip():
        raise AssetError("改折旧年限要写明依据", "请写为什么改，或批准它的决议。")
    event = _event(found, day, AssetEventKind.REVISE, 0, estimate, basis, note)
    _, digest = AssetsRegister(uow).add_event(found.stored.id, event)
    _log(uow, found, event, "", digest)
    return Outcome(standing(uow.reader, ledger, code), Changes(assets=True, ledger=ledger))


def _movable(uow: UnitOfWork, ledger: str, code: str, day: date) -> Standing:
    """The asset, if it may change on the day."""
    require(uow, Duty.PREPARE, ledger)
    vouchers.named(uow.by)
    found = ensure_there(uow.reader, ledger, code)
    if day < found.card.entered_on:
        raise AssetError(f"资产 {code} 是 {found.card.entered_on} 入账的，{day} 还没有它", "请核对日期。")
    ensure_not_charged_after(uow.reader, found, day)
    return found


def ensure_not_charged_after(reader: Reader, found: Standing, day: date) -> None:
    """Raise AssetError when a later month of the asset has been charged: it would have been another amount."""
    later = [c for c in reader.asset_charges(found.stored.id) if c.month > Month.of(day)]
    if later:
        raise AssetError(
            f"资产 {found.card.code} 已经提到 {later[-1].month} 的折旧（{later[-1].voucher}），不能按 {day} 变动",
            "请改用后面的日期，或先作废后面的折旧凭证。",
        )
    moved = [e for e in reader.asset_events(found.stored.id) if e.counts and e.day > day]
    if moved:
        raise AssetError(
            f"资产 {found.card.code} 在 {moved[-1].day} 已经{moved[-1].kind.words}，不能按更早的 {day} 变动",
            "请按先后登记。",
        )


def _event(
    found: Standing, day: date, kind: AssetEventKind, cost: int, estimate: Estimate, basis: str, note: str
) -> NewEvent:
    card = found.card
    if not 0 <= estimate.months <= LONGEST_MONTHS:
        raise AssetError(f"剩余月数 {estimate.months} 不在 1 和 {LONGEST_MONTHS} 之间", "请核对月数。")
    if estimate.months and card.method is not Method.STRAIGHT:
        raise AssetError(
            f"资产 {card.code} 用{card.method.words}，没有使用月数可改", "请改总工作量，或空着。"
        )
    if estimate.units < 0 or (estimate.units and not card.method.by_units):
        raise AssetError(f"资产 {card.code} 用{card.method.words}，没有工作量可改", "请核对。")
    change = 0 if estimate.salvage is None else estimate.salvage - found.salvage
    if found.salvage + change < 0 or found.cost + cost - found.salvage - change < found.accumulated:
        raise AssetError(
            f"残值改成 {format_fen(found.salvage + change)} 以后，已提折旧 {format_fen(found.accumulated)} 就超过应提的了",
            "请核对残值。",
        )
    return NewEvent(
        day,
        kind,
        cost,
        change,
        months=estimate.months,
        units=estimate.units,
        basis=check_text(basis, "依据", NAME_LIMIT),
        note=check_text(note, "说明", SUMMARY_LIMIT),
    )


def enter(
    uow: UnitOfWork, found: Standing, event: NewEvent, lines: Sequence[VoucherLine], why: str
) -> Outcome[StoredVoucher]:
    """Store the event and the voucher it stands on, linked."""
    voucher = Voucher(day=event.day, lines=tuple(lines), no_attachment_reason=f"{why} {event.basis}".strip())
    check_against_chart(voucher, uow.reader.chart(found.stored.ledger))
    register = AssetsRegister(uow)
    event_id, digest = register.add_event(found.stored.id, event)
    made = vouchers.store(uow, found.stored.ledger, voucher, f"填制凭证（{event.kind.words}）")
    register.link_event(event_id, made.value.id)
    _log(uow, found, event, str(made.value.ref), digest)
    return Outcome(made.value, made.changes | Changes(assets=True, ledger=found.stored.ledger), made.warnings)


def _log(uow: UnitOfWork, found: Standing, event: NewEvent, ref: str, digest: bytes) -> None:
    money = f" {format_fen(abs(event.cost))} 元" if event.cost else ""
    detail = "，".join(
        part for part in (f"{event.kind.words}{money}", event.way, ref, event.basis, mark(digest)) if part
    )
    uow.log.add(HAPPENED, ledger=found.stored.ledger, subject=found.card.code, detail=detail)
