"""A month's depreciation and amortisation (提折旧、摊销): worked out for every card, entered as one voucher, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from village_ledger.domain.asset import AssetKind, Method, Use
from village_ledger.domain.depreciation import Plan, charge, half_up, month_number, straight
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AssetError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import (
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherLine,
    check_against_chart,
)
from village_ledger.services.assets.asset_accounts import (
    accounts_of,
    asset_leaf,
    chart_rule,
    existing_leaf,
    expense_leaf,
    expense_of,
)
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.assets.records import AssetEvent, ChargeRow, Charging, mark
from village_ledger.storage.assets.register import AssetsRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

RUN = "提折旧"
_MOST_NAMED = 6
_STRAIGHT = Method.STRAIGHT.value


class Due(NamedTuple):
    """What one asset bears in a month; ``accumulated`` is after it, amounts in fen."""

    asset_id: int
    code: str
    name: str
    kind: str
    category: str
    use: str
    amount: int
    accumulated: int
    expense: str
    """First-level account that bears it, or the one the card names."""


def due(reader: Reader, ledger: str, month: Month, *, only: int | None = None) -> list[Due]:
    """What assets bear in a month that has not been charged, by code; assets that bear nothing are left out."""
    if month.is_closing:
        raise AssetError("年终结转期不提折旧", "请选 1 到 12 月。")
    rule = chart_rule(reader, ledger)
    charging = reader.charging(ledger, month)
    number = month_number(month)
    found: list[Due] = []
    for row in charging.rows:
        if row.asset_id in charging.skipped or (only is not None and row.asset_id != only):
            continue
        taken = charging.taken.get(row.asset_id, 0)
        if row.asset_id in charging.events:
            amount = _after_events(row, charging, number, taken)
        elif row.method == _STRAIGHT:
            base = row.cost - row.salvage
            place = number - _key_number(row.since) + 1
            amount = straight(place, row.months_left, half_up(base, row.months), base - row.opening - taken)
        else:
            used = charging.used.get(row.asset_id, 0)
            amount = charge(_own_plan(row), number, row.cost - row.salvage - row.opening, taken, used)
        if amount:
            expense = expense_of(rule, row.use, row.charge)
            total = row.opening + taken + amount
            found.append(
                Due(row.asset_id, row.code, row.name, row.kind, row.category, row.use, amount, total, expense)
            )
    return found


def _own_plan(row: ChargeRow) -> Plan:
    """The plan a card came with."""
    base = row.cost - row.salvage
    return Plan(
        _key_number(row.since),
        Method(row.method),
        row.months_left,
        base,
        row.months,
        row.units,
        row.units_before,
    )


def _after_events(row: ChargeRow, charging: Charging, number: int, taken: int) -> int:
    """What an asset bears after improvements, losses written off or other estimates; those of the month itself only cap it."""
    events = charging.events[row.asset_id]
    plan = _own_plan(row)
    for event in events:
        if _number_of(event) < number:
            plan = _next_plan(plan, event, charging.worked.get(row.asset_id, ()))

    def may_be_taken(before: int) -> int:
        moved = [e for e in events if _number_of(e) < before]
        return row.cost - row.salvage - row.opening + sum(e.cost - e.salvage for e in moved)

    months = [(_key_number(month), amount) for month, amount in charging.months.get(row.asset_id, ())]
    earlier = sum(amount for month, amount in months if month < plan.since)
    worked = charging.worked.get(row.asset_id, ())
    used = sum(units for month, units in worked if plan.since <= _key_number(month) <= number)
    amount = charge(plan, number, may_be_taken(plan.since) - earlier, taken - earlier, used)
    return max(0, min(amount, may_be_taken(number + 1) - taken))


def _next_plan(plan: Plan, event: AssetEvent, worked: Sequence[tuple[str, int]]) -> Plan:
    """The plan an event begins in the month after: what is left over the months, or the units, that are left."""
    since = _number_of(event) + 1
    if plan.method is Method.STRAIGHT:
        return Plan(since, plan.method, event.months or max(1, plan.since + plan.months - since))
    used = sum(units for month, units in worked if plan.since <= _key_number(month) < since)
    return Plan(since, plan.method, units=event.units or max(1, plan.units - plan.units_before - used))


def _number_of(event: AssetEvent) -> int:
    return month_number(Month.of(event.day))


def _key_number(key: str) -> int:
    return int(key[:4]) * 12 + int(key[5:]) - 1


def months_left(reader: Reader, ledger: str, asset_id: int, month: Month) -> int:
    """Straight line: how many months an asset has from a month on; 0 where none or it is charged otherwise."""
    charging = reader.charging(ledger, month)
    row = next((r for r in charging.rows if r.asset_id == asset_id), None)
    if row is None or row.method != Method.STRAIGHT.value:
        return 0
    plan = _own_plan(row)
    for event in charging.events.get(asset_id, ()):
        if _number_of(event) < month_number(month):
            plan = _next_plan(plan, event, ())
    return max(0, plan.since + plan.months - month_number(month))


def ensure_not_charged(reader: Reader, ledger: str, month: Month) -> None:
    """Raise AssetError when the month, or a later one, has been charged."""
    runs = [run for run in reader.depreciation_runs(ledger) if run.whole]
    done = next((run for run in runs if run.month == month), None)
    if done is not None:
        raise AssetError(
            f"{month} 的折旧已经提过（{done.voucher}）", "一个月只提一次；提错了的，请先作废或冲销那张凭证。"
        )
    later = next((run for run in runs if run.month > month), None)
    if later is not None:
        raise AssetError(
            f"{later.month} 的折旧已经提了（{later.voucher}），不能回头提 {month} 的", "折旧按月份的顺序提。"
        )


def uncharged_before(reader: Reader, ledger: str, month: Month) -> list[Month]:
    """Earlier open months, after the last one charged, for which there were cards and no depreciation was entered."""
    first = reader.first_charged(ledger)
    if first is None:
        return []
    last = max((run.month for run in reader.depreciation_runs(ledger) if run.whole), default=None)
    return [
        state.month
        for state in reader.months(ledger)
        if first <= state.month < month
        and not state.month.is_closing
        and state.state.accepts_vouchers
        and (last is None or state.month > last)
    ]


def depreciate(uow: UnitOfWork, ledger: str, month: Month) -> Outcome[StoredVoucher | None]:
    """Enter a month's depreciation as one voucher dated its last day; None where nothing is due.

    Raises AssetError for a month that was charged, or a later one; PeriodError for a month that takes no vouchers.
    """
    require(uow, Duty.PREPARE, ledger)
    vouchers.named(uow.by)
    reader = uow.reader
    if month.is_closing:
        raise AssetError("年终结转期不提折旧", "请选 1 到 12 月。")
    ensure_not_charged(reader, ledger, month)
    uow.periods.ensure_open(ledger, month)
    rows = due(reader, ledger, month)
    if not rows:
        return Outcome(None, Changes(), (f"{month} 没有应提的折旧，没有做凭证。",))
    missed = uncharged_before(reader, ledger, month)
    made = _enter(uow, ledger, month, rows, month_voucher(uow, ledger, month, rows), whole=True)
    return Outcome(made.value, made.changes, (*made.warnings, *_warnings(reader, ledger, month, missed)))


def _warnings(reader: Reader, ledger: str, month: Month, missed: Sequence[Month]) -> list[str]:
    found: list[str] = []
    if missed:
        found.append(f"前面 {'、'.join(map(str, missed))} 没有提折旧；少提的由最后一个月补足。")
    idle = reader.unmetered(ledger, month)
    if idle:
        names = "、".join(idle[:_MOST_NAMED]) + (f"等 {len(idle)} 项" if len(idle) > _MOST_NAMED else "")
        found.append(f"{names}按工作量提折旧，{month} 没有填工作量，没有提。")
    return found


class Booked(NamedTuple):
    """A voucher of depreciation as planned, and the leaves each asset's amount goes to."""

    voucher: Voucher
    lines: list[tuple[int, int, str, str]]


def month_voucher(uow: UnitOfWork, ledger: str, month: Month, rows: Sequence[Due]) -> Booked:
    """Dr what bears it by use, Cr 累计折旧 by kind: one line a sum, and what each asset is part of."""
    entries, lines = charge_entries(uow, ledger, month, rows)
    voucher = Voucher(
        day=month.last,
        lines=tuple(entries),
        kind=VoucherKind.GENERATED,
        no_attachment_reason=f"按资产卡片提折旧，{len(rows)} 项，见折旧计算表",
    )
    return Booked(voucher, lines)


def charge_entries(
    uow: UnitOfWork, ledger: str, month: Month, rows: Sequence[Due]
) -> tuple[list[VoucherLine], list[tuple[int, int, str, str]]]:
    """The lines of depreciation, debits first, and the leaves each asset's amount goes to."""
    expenses: dict[str, str] = {}
    against: dict[tuple[str, str, str], str] = {}
    sums: dict[tuple[str, str, str], int] = {}
    credits_: dict[tuple[str, str], int] = {}
    lines: list[tuple[int, int, str, str]] = []
    for row in rows:
        if row.expense not in expenses:
            expenses[row.expense] = expense_leaf(uow, ledger, row.expense)
        place = (row.kind, row.category, row.use)
        if place not in against:
            top = accounts_of(uow.reader, ledger, AssetKind(row.kind)).takes_from
            against[place] = asset_leaf(uow.reader, ledger, top, (row.category, Use(row.use).words))
        debit, credit = expenses[row.expense], against[place]
        sums[debit, row.kind, row.use] = sums.get((debit, row.kind, row.use), 0) + row.amount
        credits_[credit, row.kind] = credits_.get((credit, row.kind), 0) + row.amount
        lines.append((row.asset_id, row.amount, debit, credit))
    when = f"{month.year}年{month.month}月"
    entries = [
        VoucherLine(f"提{when}{Use(use).words}用{_charged_name(kind)}", code, debit=amount)
        for (code, kind, use), amount in sorted(sums.items())
    ]
    entries += [
        VoucherLine(f"提{when}{_charged_name(kind)}", code, credit=amount)
        for (code, kind), amount in sorted(credits_.items())
    ]
    return entries, lines


def _charged_name(kind: str) -> str:
    named = AssetKind(kind)
    return f"{named.words}{'摊销' if named in (AssetKind.INTANGIBLE, AssetKind.DEFERRED) else '折旧'}"


def _enter(
    uow: UnitOfWork, ledger: str, month: Month, rows: Sequence[Due], booked: Booked, *, whole: bool
) -> Outcome[StoredVoucher]:
    check_against_chart(booked.voucher, uow.reader.chart(ledger))
    register = AssetsRegister(uow)
    run_id, digest = register.add_run(ledger, month, booked.lines, whole=whole)
    stored = vouchers.store(uow, ledger, booked.voucher, "计提折旧")
    register.link_run(run_id, stored.value.id)
    total = sum(row.amount for row in rows)
    uow.log.add(
        RUN,
        ledger=ledger,
        subject=str(month),
        detail=f"{len(rows)} 项，{format_fen(total)} 元，{stored.value.ref}，{mark(digest)}",
    )
    changes = stored.changes | Changes(assets=True, accounts=True, ledger=ledger)
    return Outcome(stored.value, changes, stored.warnings)


def shown_account(reader: Reader, ledger: str, row: Due) -> str:
    """The leaf a row will be charged to as far as it exists yet, else the account above it."""
    return existing_leaf(reader.chart(ledger), row.expense, ("折旧",)) or row.expense
