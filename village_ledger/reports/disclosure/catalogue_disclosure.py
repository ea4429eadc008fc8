"""公开表 read from a book; nobody under 14 has a line of their own on it (个人信息保护法第二十八条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.masking import is_child
from village_ledger.domain.period import Month, Span, months_of
from village_ledger.domain.voucher import VoucherState
from village_ledger.reports.books.month_remarks import waived
from village_ledger.reports.disclosure.disclosure import SheetFigures, flows, sheet_a_table
from village_ledger.reports.disclosure.disclosure_rules import named
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.reports.pens.check_code import with_code
from village_ledger.reports.transfers.catalogue_interledger import borne_notes
from village_ledger.services.limits.incomplete import sheet_notes

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def disclosure_of(reader: Reader, request: ReportRequest) -> Table:
    """Sheet A of one ledger for a span, as it is hung on the wall."""
    from village_ledger.reports.request import TELEPHONE, issuer_of, open_months, span_of, wall_warnings

    info, span, chart = reader.ledger(request.ledger), span_of(reader, request), reader.chart(request.ledger)
    year = date(span.last.year, 1, 1)
    earlier = (
        flows(reader.posted_vouchers(info.code, Span(year, span.first - timedelta(days=1))), chart)
        if year < span.first
        else (0, 0)
    )
    void = [
        named(summary.ref, span)
        for month in months_of(span)
        for summary in reader.vouchers(info.code, month=month, states=(VoucherState.VOID,))
        if span.first <= summary.day <= span.last
    ]
    figures = SheetFigures(
        span=span,
        opening=reader.cash_and_bank_before(info.code, span.first),
        vouchers=list(reader.posted_vouchers(info.code, span, with_closing=True)),
        year_before=earlier,
        void=void,
        warnings=[*wall_warnings(reader, info, span), *open_months(reader, info.code, span)],
        telephone=reader.setting(TELEPHONE),
        items=items_for(info.chart_id),
        booked=_booked(reader, info.code, span),
        shown_as=public_payees(reader, span.last),
    )
    table = sheet_a_table(issuer_of(reader, info.code), chart, figures)
    missing = sheet_notes(reader, info.code, span, figures.shown_as)
    remarks = waived_remarks(reader, info.code, span)
    table = replace(table, notes=(*table.notes, *borne_notes(reader, info, span), *missing, *remarks))
    return with_code(table, reader.book().uid)


def _booked(reader: Reader, ledger: str, span: Span) -> tuple[int, int]:
    """Debits and credits of every money account in a span, from the ledger's month totals."""
    money = {account.code for account in reader.money_accounts(ledger)}
    lines = [line for line in reader.turnovers(ledger, span) if line.account in money]
    return sum(line.debit for line in lines), sum(line.credit for line in lines)


def waived_remarks(reader: Reader, ledger: str, span: Span) -> list[str]:
    """Which warnings months of the span were closed with: said once, in the notes of sheets A and D."""
    return waived(reader, ledger, Month.of(span.first), Month.of(span.last))


def public_payees(reader: Reader, day: date) -> dict[str, str]:
    """How children under 14 on a day are called on a public sheet, by their account or bare name: by their household."""
    people = reader.people(day)
    adults = {one.name for one in people if not is_child(one.birth, day)}
    found: dict[str, str] = {}
    children = {one.id: one for one in people if is_child(one.birth, day)}
    for person_id, account in reader.accounts_ever(children):
        household, _, name = account.partition("/")
        found[account] = f"{household} 户"
        if name not in adults:
            found.setdefault(name, f"{children[person_id].household or household} 户")
    return found
