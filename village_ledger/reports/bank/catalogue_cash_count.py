"""The sheet of a cash count read from a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.period import Month, Span
from village_ledger.reports.bank.cash_count import cash_count_sheet
from village_ledger.reports.request import ReportRequest, issuer_of, span_of, warnings_of
from village_ledger.services.bank import cash_counts

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def cash_count_of(reader: Reader, request: ReportRequest) -> Table:
    """现金盘点表 of the last count in the month asked for; a blank sheet of the month's end where there is none."""
    month = Month.of(span_of(reader, request).last)
    counts = cash_counts.latest(reader, request.ledger, Span.of_month(month))
    account = cash_counts.cash_account(reader, request.ledger, request.account or min(counts, default=""))
    code, stored = account.code, counts.get(account.code)
    day = stored.found.day if stored else month.last
    book = cash_counts.book_balance(reader, request.ledger, code, day)
    ref = str(reader.voucher(stored.voucher_id).ref) if stored and stored.voucher_id else ""
    said = warnings_of(reader, reader.ledger(request.ledger), Span(day, day))
    return cash_count_sheet(issuer_of(reader, request.ledger), account, day, book, stored, ref, said)
