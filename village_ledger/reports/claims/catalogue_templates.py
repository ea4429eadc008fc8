"""Reports of help to book, by their names in the contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.domain.period import Span

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def budget_of(reader: Reader, request: ReportRequest) -> Table:
    """The plan of the year asked for, the last open one without."""
    from village_ledger.reports.claims.budget import budget_table
    from village_ledger.reports.request import issuer_of, span_of, warnings_of
    from village_ledger.services.planning import budgets

    info, year = reader.ledger(request.ledger), span_of(reader, request).last.year
    versions = reader.budget_versions(info.code, year)
    table = budget_table(issuer_of(reader, info.code), year, versions, budgets.uses(reader, info.code, year))
    return replace(table, warnings=(*table.warnings, *warnings_of(reader, info, Span.of_year(year))))


def prepaid_of(reader: Reader, request: ReportRequest) -> Table:
    """Advance rent: schedules with what was released and what is left."""
    from village_ledger.reports.claims.prepaid_schedule import prepaid_table
    from village_ledger.reports.request import issuer_of, span_of, warnings_of
    from village_ledger.services.planning import prepaid

    info = reader.ledger(request.ledger)
    table = prepaid_table(
        issuer_of(reader, info.code), reader.prepaids(info.code), prepaid.ties(reader, info.code)
    )
    return replace(table, warnings=(*table.warnings, *warnings_of(reader, info, span_of(reader, request))))


TEMPLATE_MAKERS = {"budget": budget_of, "prepaid": prepaid_of}
