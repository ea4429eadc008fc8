"""公开表 read from a book; nobody under 14 has a line of their own on it (个人信息保护法第二十八条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.masking import is_child
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import VoucherState
from village_ledger.reports.disclosure.disclosure import SheetFigures, flows, sheet_a_table
from village_ledger.reports.pens.check_code import with_code
from village_ledger.reports.transfers.catalogue_interledger import borne_notes
from village_ledger.services.limits.incomplete import sheet_notes

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def disclosure_of(reader: Reader, request: ReportRequest) -> Table:
    """Sheet A of one ledger for a span, as it is hung on the wall."""
    from village_ledger.reports.catalogue import (
        TELEPHONE,
        issuer_of,
        months_of,
        open_months,
        span_of,
        warnings_of,
    )

    info, span, chart = reader.ledger(request.ledger), span_of(reader, request), reader.chart(request.ledger)
    year = date(span.first.year, 1, 1)
    earlier = (
        flows(reader.posted_vouchers(info.code, Span(year, span.first - timedelta(days=1))), chart)
        if year < span.first
        else (0, 0)
    )
    void = [
        summary.ref.short
        for month in months_of(span)
        for summary in reader.vouchers(info.code, month=month, states=(VoucherState.VOID,))
        if span.first <= summary.day <= span.last
    ]
    figures = SheetFigures(
        span=span,
        opening=reader.cash_and_bank_before(info.code, span.first),
        vouchers=list(reader.posted_vouchers(info.code, span)),
        year_before=earlier,
        void=void,
        warnings=[*warnings_of(reader, info, span), *open_months(reader, info.code, span)],
        telephone=reader.setting(TELEPHONE),
        shown_as=public_payees(reader, span.last),
    )
    table = sheet_a_table(issuer_of(reader, info.code), chart, figures)
    missing = sheet_notes(reader, info.code, span, figures.shown_as)
    table = replace(table, notes=(*table.notes, *borne_notes(reader, info, span), *missing))
    return with_code(table, reader.book().uid)


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
