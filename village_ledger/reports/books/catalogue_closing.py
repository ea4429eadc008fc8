"""Reports of the year's end, by their names in the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def year_end_of(reader: Reader, request: ReportRequest) -> Table:
    """The drafts of a year's carry-forward; raises PeriodError when it was carried forward already."""
    from village_ledger.reports.books.year_end_preview import year_end_preview
    from village_ledger.reports.request import issuer_of, open_months, span_of, warnings_of
    from village_ledger.services.closing.year_end import carry_forward

    span = span_of(reader, request)
    info = reader.ledger(request.ledger)
    said = [*warnings_of(reader, info, span), *open_months(reader, info.code, span)]
    drafts = carry_forward(reader, info.code, span.last.year)
    return year_end_preview(
        issuer_of(reader, info.code), reader.chart(info.code), span.last.year, drafts, said
    )


CLOSING_MAKERS = {"year-end-preview": year_end_of}
