"""Sheets C and D read from a book: purses with their bank statements, claims and debts by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Account, Money
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.disclosure.catalogue_disclosure import public_payees, waived_remarks
from village_ledger.reports.disclosure.claims_by_party import claim_leaves, claims, kept_by_party, standings
from village_ledger.reports.disclosure.public_sheet import Public
from village_ledger.reports.disclosure.sheet_c import Purse, sheet_c_table
from village_ledger.reports.disclosure.sheet_d import sheet_d_table
from village_ledger.reports.pens.check_code import with_code
from village_ledger.services.bank.bank_position import OpenItem, reconcile

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo


def public_of(reader: Reader, request: ReportRequest) -> Public:
    """Whose sheet, of which days, with what must be said first."""
    from village_ledger.reports.request import issuer_of, open_months, span_of, wall_warnings

    info, span = reader.ledger(request.ledger), span_of(reader, request)
    warnings = [*wall_warnings(reader, info, span), *open_months(reader, info.code, span)]
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
    closing = before + received - paid
    purse = Purse(account.code, account.name, before, received, paid, closing, None)
    return (
        _counted(reader, info, account, purse, span)
        if account.money is Money.CASH
        else _at_bank(reader, info, purse, span)
    )


def _counted(reader: Reader, info: LedgerInfo, account: Account, purse: Purse, span: Span) -> Purse:
    """What was found in the box on the last day; else when it was last counted, and how that agreed."""
    counts = [x.found for x in reader.cash_counts(info.code, span) if x.found.account == account.code]
    if not counts:
        return replace(purse, note="这一期没有盘点")
    latest = counts[-1]
    agreed = f"差 {format_fen(latest.difference)}" if latest.difference else "账实相符"
    if latest.day == span.last:
        return replace(
            purse, counted=latest.total, explained=not latest.difference or bool(latest.reason), note=agreed
        )
    return replace(purse, note=f"{latest.day:%m-%d} 盘点，{agreed}")


def _at_bank(reader: Reader, info: LedgerInfo, purse: Purse, span: Span) -> Purse:
    """What the bank says on the last day, and what explains the difference."""
    bank = next((b for b in reader.bank_accounts(info.code) if b.account == purse.account), None)
    if bank is None:
        return purse
    table = reconcile(reader, bank, span.last)
    if table.bank_balance is None:
        return replace(purse, note="没有这一天的对账单")
    items = [
        *(_open_item(x, "账上", "银行还没有") for x in table.book_only),
        *(_open_item(x, "银行", "账上还没有记") for x in table.bank_only),
        *(f"银行记错 {format_fen(x.amount)}（{x.day}）" for x in table.errors),
    ]
    if table.difference:
        note = f"差 {format_fen(table.difference)} 未说明"
        return replace(purse, counted=table.bank_balance, explained=False, note=note, items=items)
    note = f"未达账项 {len(items)} 笔" if items else "相符"
    return replace(purse, counted=table.bank_balance, note=note, items=items)


def _open_item(item: OpenItem, here: str, there: str) -> str:
    """账上已付 2,560.00，银行还没有付（2025-12-31 付…）."""
    word = "收" if item.amount > 0 else "付"
    missing = there if there.endswith("记") else f"{there}{word}"
    said = f"{item.day} {item.text}".strip()
    return f"{here}已{word} {format_fen(abs(item.amount))}，{missing}（{said}）"


def sheet_d_of(reader: Reader, request: ReportRequest) -> Table:
    """债权债务公开表 of one ledger and span; nobody under 14 is named, nothing is netted."""
    with reader.snapshot():
        public = public_of(reader, request)
        info, chart = reader.ledger(request.ledger), reader.chart(request.ledger)
        leaves = claim_leaves(info.chart_id, chart)
        standing = standings(reader, info.code, chart, leaves, public.span)
        shown = public_payees(reader, public.span.last)
        booked = reader.sides(info.code, public.span.last, kept_by_party(chart))
        remarks = waived_remarks(reader, info.code, public.span)
    at = Month.of(public.span.last)
    owed, owing = (claims(chart, standing, shown, at, debit=debit) for debit in (True, False))
    sums = tuple(sum(booked.get(leaf.code, (0, 0))[side] for leaf in leaves) for side in (0, 1))
    return with_code(sheet_d_table(public, owed, owing, (sums[0], sums[1]), remarks), reader.book().uid)
