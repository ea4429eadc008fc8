"""Reports of help to book, by their names in the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def budget_of(reader: Reader, request: ReportRequest) -> Table:
    """The plan of the year asked for, the last open one without."""
    from village_ledger.reports.budget import budget_table
    from village_ledger.reports.catalogue import issuer_of, span_of
    from village_ledger.services import budgets

    year = span_of(reader, request).last.year
    versions = reader.budget_versions(request.ledger, year)
    return budget_table(
        issuer_of(reader, request.ledger), year, versions, budgets.uses(reader, request.ledger, year)
    )


def prepaid_of(reader: Reader, request: ReportRequest) -> Table:
    """Advance rent: schedules with what was released and what is left."""
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.prepaid_schedule import prepaid_table
    from village_ledger.services import prepaid

    ledger = request.ledger
    return prepaid_table(issuer_of(reader, ledger), reader.prepaids(ledger), prepaid.ties(reader, ledger))


TEMPLATE_MAKERS = {"budget": budget_of, "prepaid": prepaid_of}
