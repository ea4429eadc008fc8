"""Sheets C and D read from a book: purses with their bank statements, claims and debts by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.ageing import aged
from village_ledger.domain.chart import Account, Chart, Money
from village_ledger.domain.disclosure_items import ClassKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.disclosure.catalogue_disclosure import public_payees
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.reports.disclosure.public_sheet import Public
from village_ledger.reports.disclosure.sheet_c import Purse, sheet_c_table
from village_ledger.reports.disclosure.sheet_d import Claim, sheet_d_table
from village_ledger.reports.pens.check_code import with_code
from village_ledger.services.bank.bank_position import reconcile

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

NAMELESS = "没有写单位的"


def public_of(reader: Reader, request: ReportRequest) -> Public:
    """Whose sheet, of which days, with what must be said first."""
    from village_ledger.reports.catalogue import issuer_of, open_months, span_of, warnings_of

    info, span = reader.ledger(request.ledger), span_of(reader, request)
    warnings = [*warnings_of(reader, info, span), *open_months(reader, info.code, span)]
    return Public(issuer_of(reader, info.code), span, warnings)


def sheet_c_of(reader: Reader, request: ReportRequest) -> Table:
    """货币资金公开表 of one ledger and span."""
    with reader.snapshot():
        public = public_of(reader, request)
        info, span = reader.ledger(request.ledger), public.span
        purses = [_purse(reader, info, account, span) for account in reader.money_accounts(info.code)]
        closing = sum(reader.cash_and_bank_before(info.code, span.last + timedelta(days=1)).values())
    used = [purse for purse in purses if purse.opening or purse.received or purse.paid or purse.closing]
    return with_code(sheet_c_table(public, used, closing), reader.book().uid)


def _purse(reader: Reader, info: LedgerInfo, account: Account, span: Span) -> Purse:
    before = reader.balance_before(info.code, [account.code], span.first)
    line = next((t for t in reader.turnovers(info.code, span) if t.account == account.code), None)
    received, paid = (line.debit, line.credit) if line else (0, 0)
    counted, explained, note = _from_outside(reader, info, account, span.last)
    closing = before + received - paid
    return Purse(account.code, account.name, before, received, paid, closing, counted, explained, note)


def _from_outside(
    reader: Reader, info: LedgerInfo, account: Account, day: date
) -> tuple[int | None, bool, str]:
    """What the bank or the counted box says on a day, whether the difference is explained, and in words by what."""
    if account.money is Money.CASH:
        counts = [x for x in reader.cash_counts(info.code, Span(day, day)) if x.found.account == account.code]
        return (counts[-1].found.total, True, "已盘点") if counts else (None, True, "")
    bank = next((b for b in reader.bank_accounts(info.code) if b.account == account.code), None)
    if bank is None:
        return None, True, ""
    table = reconcile(reader, bank, day)
    if table.bank_balance is None:
        return None, True, "没有这一天的对账单"
    items = len(table.book_only) + len(table.bank_only) + len(table.errors)
    if table.difference:
        return table.bank_balance, False, f"差 {format_fen(table.difference)} 未说明"
    return table.bank_balance, True, f"未达账项 {items} 笔" if items else "相符"


def sheet_d_of(reader: Reader, request: ReportRequest) -> Table:
    """债权债务公开表 of one ledger and span; nobody under 14 is named, nothing is netted."""
    with reader.snapshot():
        public = public_of(reader, request)
        info, chart = reader.ledger(request.ledger), reader.chart(request.ledger)
        leaves = _claim_leaves(info, chart)
        standing = _standing(reader, info, leaves, public.span)
        shown = public_payees(reader, public.span.last)
        booked = reader.sides(info.code, public.span.last, [leaf.code for leaf in leaves])
    at = Month.of(public.span.last)
    owed = _claims(chart, standing, shown, at, debit=True)
    owing = _claims(chart, standing, shown, at, debit=False)
    sums = tuple(sum(booked.get(leaf.code, (0, 0))[side] for leaf in leaves) for side in (0, 1))
    return with_code(sheet_d_table(public, owed, owing, (sums[0], sums[1])), reader.book().uid)


def _claim_leaves(info: LedgerInfo, chart: Chart) -> list[Account]:
    """Leaves of the class of claims and debts."""
    covers = tuple(
        code for one in items_for(info.chart_id).classes if one.kind is ClassKind.CLAIM for code in one.covers
    )
    return [account for account in chart if account.is_leaf and account.code.startswith(covers)]


@dataclass(slots=True)
class _Standing:
    """One counterparty on one leaf, debit − credit, fen."""

    opening: int = 0
    debit: int = 0
    credit: int = 0
    closing: int = 0
    months: list[tuple[Month, int, int]] = field(default_factory=list[tuple[Month, int, int]])


def _standing(
    reader: Reader, info: LedgerInfo, leaves: Sequence[Account], span: Span
) -> dict[tuple[str, str], _Standing]:
    codes = [leaf.code for leaf in leaves]
    found: dict[tuple[str, str], _Standing] = {}
    for row in reader.party_months(info.code, codes, span.last):
        one = found.setdefault((row.account, row.party), _Standing())
        one.closing += row.debit - row.credit
        one.debit += row.debit
        one.credit += row.credit
        if row.month:
            one.months.append((Month.parse(row.month), row.debit, row.credit))
    for row in reader.party_months(info.code, codes, span.first - timedelta(days=1)):
        one = found[row.account, row.party]
        one.opening += row.debit - row.credit
        one.debit -= row.debit
        one.credit -= row.credit
    for line in reader.turnovers(info.code, span):
        if line.account in codes:
            _add_nameless(found, line.account, (line.opening, line.debit, line.credit, line.closing))
    return found


def _add_nameless(
    found: dict[tuple[str, str], _Standing], account: str, whole: tuple[int, int, int, int]
) -> None:
    """What the leaf has beyond its named counterparties."""
    named = [one for (code, _), one in found.items() if code == account]
    rest = [
        total - sum(values)
        for total, values in zip(
            whole,
            zip(*((x.opening, x.debit, x.credit, x.closing) for x in named), strict=True)
            if named
            else [(0,)] * 4,
            strict=True,
        )
    ]
    if any(rest):
        found[account, ""] = _Standing(rest[0], rest[1], rest[2], rest[3])


def _claims(
    chart: Chart,
    standing: Mapping[tuple[str, str], _Standing],
    shown: Mapping[str, str],
    at: Month,
    *,
    debit: bool,
) -> list[Claim]:
    """One side, the largest first; a name stands here when it is owed at the beginning or the end, or was paid meanwhile."""
    sign = 1 if debit else -1
    claims: list[Claim] = []
    for (code, name), one in standing.items():
        opening, closing = max(sign * one.opening, 0), max(sign * one.closing, 0)
        if not opening and not closing:
            continue
        added, settled = (one.debit, one.credit) if debit else (one.credit, one.debit)
        if opening + added - settled != closing:  # it changed sides meanwhile
            added, settled = max(closing - opening, 0), max(opening - closing, 0)
        increases = [(month, d if debit else c) for month, d, c in one.months]
        age = "，".join(f"{bucket} {format_fen(fen)}" for bucket, fen in aged(closing, increases, at).items())
        shown_as = shown.get(name, name) or NAMELESS
        claims.append(Claim(code, shown_as, chart.get(code).name, opening, added, settled, closing, age))
    return sorted(claims, key=lambda one: (-one.closing, one.account, one.name))
