"""What the villages' statements said of the year before the merger, for the merged ledgers' columns of last year (上年数)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.formula import StatementError
from village_ledger.domain.period import Span

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

_YEARLY, _CURRENT = "income-distribution", "current"
"""The one statement with a column of last year; a balance sheet's is the opening document itself."""


def yearly_figures(reader: Reader, ledger: str, year: int) -> Mapping[str, Mapping[str, int]]:
    """Report → line → fen of a year in an old book; nothing where the ledger has no such statement or no such year.

    Of the year before the old book began they are those its own people typed in.
    """
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.statements.catalogue_statements import statement_sheet

    info = reader.ledger(ledger)
    if year < info.start.year:
        typed = reader.last_year(ledger, _YEARLY) if year == info.start.year - 1 else None
        return {_YEARLY: typed.figures} if typed else {}
    try:
        sheet = statement_sheet(reader, _YEARLY, ReportRequest(ledger, Span.of_year(year)))
    except (LedgerError, StatementError):  # a committee's ledger has none
        return {}
    return {_YEARLY: dict(sheet.working.amounts(_CURRENT))}
