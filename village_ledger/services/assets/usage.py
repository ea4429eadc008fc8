"""Hours and output of assets charged by them (工作小时、产量), month by month."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.asset import Method
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AssetError, ImportRefused, LedgerError
from village_ledger.domain.period import Month
from village_ledger.domain.quantity import format_quantity
from village_ledger.services.assets.cards import ensure_there
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.assets.records import StoredCard
from village_ledger.storage.assets.register import AssetsRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

Worked = tuple[int, str, Month, int]
"""Row of the file (0 for typed), code, month, thousandths."""


def record(uow: UnitOfWork, ledger: str, code: str, month: Month, units: int) -> Outcome[int]:
    """Store one month's work of one asset; what stood there before is replaced until the month is charged."""
    return record_all(uow, ledger, [(0, code, month, units)])


def record_all(uow: UnitOfWork, ledger: str, rows: Sequence[Worked]) -> Outcome[int]:
    """Store months of work, all or none; raises ImportRefused naming every row of a file, AssetError for a typed one."""
    require(uow, Duty.PREPARE, ledger)
    vouchers.named(uow.by)
    usages = (
        {code: uow.reader.asset_usage(i) for code, i in uow.reader.asset_ids(ledger).items()} if rows else {}
    )
    seen: set[tuple[str, Month]] = set()
    ready: list[tuple[int, Month, int]] = []
    faults: list[str] = []
    for row, code, month, units in rows:
        try:
            if (code, month) in seen:
                raise AssetError(f"资产 {code} {month} 的工作量写了两次", "一个月只写一行。")
            seen.add((code, month))
            stored = ensure_there(uow.reader, ledger, code).stored
            _check(uow.reader, stored, month, units, usages.setdefault(stored.card.code, {}))
            usages[stored.card.code][month] = units
            ready.append((stored.id, month, units))
        except LedgerError as error:
            if not row:
                raise
            faults.append(f"第{row}行：{error.what}。{error.next_step}")
    if faults:
        raise ImportRefused(faults)
    AssetsRegister(uow).set_usage(ready)
    subject = rows[0][1] if len(rows) == 1 else f"{len(rows)} 行"
    detail = "；".join(f"{code} {month} {format_quantity(units)}" for _, code, month, units in rows[:20])
    uow.log.add("记工作量", ledger=ledger, subject=subject, detail=detail)
    return Outcome(len(ready), Changes(assets=True, ledger=ledger))


def _check(reader: Reader, stored: StoredCard, month: Month, units: int, worked: dict[Month, int]) -> None:
    card = stored.card
    named = f"资产 {card.code} {card.name}"
    if not card.method.by_units:
        raise AssetError(f"{named}用{card.method.words}，不按工作量提折旧", "请去掉这一行，或核对资产编号。")
    if units < 0:
        raise AssetError(f"{named} {month} 的工作量小于零", "请填当月实际的小时数或产量。")
    if month < Month.of(card.in_use):
        raise AssetError(f"{named}在 {card.in_use} 才启用，{month} 还没有工作量", "请核对月份。")
    if month < stored.since:
        raise AssetError(f"{named} {month} 的工作量已经算在以前的已提折旧里", f"请从 {stored.since} 起填。")
    charged = [c.month for c in reader.asset_charges(stored.id) if c.month >= month]
    if charged:
        raise AssetError(
            f"{named} {charged[-1]} 的折旧已经按工作量提了，不能再改 {month} 的", "请先作废那张折旧凭证。"
        )
    limit = card.units - (card.units_before or 0)
    total = sum(amount for when, amount in worked.items() if when != month) + units
    widened = any(event.units for event in reader.asset_events(stored.id) if event.counts)
    if total > limit and not widened:
        raise AssetError(
            f"{named}的工作量加起来 {format_quantity(total)}，超过了还剩的 {format_quantity(limit)}"
            f"（总工作量 {format_quantity(card.units)}）",
            "请核对工作量；真的还能用的，请办“改折旧年限”改总工作量。",
        )


def left(reader: Reader, stored: StoredCard) -> int:
    """Units an asset still has before it is worn out, thousandths; 0 where it is not charged by them."""
    if stored.card.method not in (Method.HOURS, Method.OUTPUT):
        return 0
    done = sum(reader.asset_usage(stored.id).values())
    return max(0, stored.card.units - (stored.card.units_before or 0) - done)
