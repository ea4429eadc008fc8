"""What stands behind a figure of a public sheet that several entries make up: ``Link("lines", "report:place")``.

Each sheet answers for its own places; the list is for the office, so that nobody is masked on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

Answer = Callable[["Reader", str, str, "Span"], "Table"]
"""Takes the reader, the place within the sheet, the ledger and the days."""
_HOMES: Mapping[str, str] = {
    "disclosure-summary": "summary_lines.behind",
    "disclosure": "sheet_lines.class_behind",
    "disclosure-items": "sheet_lines.item_behind",
    "disclosure-claims": "sheet_lines.claim_behind",
    "disclosure-land": "sheet_lines.party_behind",
    "disclosure-levy": "sheet_lines.party_behind",
    "disclosure-grants": "sheet_lines.party_behind",
    "disclosure-distribution": "sheet_lines.distribution_behind",
}
"""Module and function by report."""


def lines_of(reader: Reader, key: str, ledger: str, span: Span) -> Table:
    """The entries or accounts behind a place of a sheet; raises LedgerError for a place no sheet has."""
    report, _, place = key.partition(":")
    home = _HOMES.get(report)
    if home is None:
        raise LedgerError("这个数没有可以往里看的明细", "请看这张表说明里的科目。")
    module, _, name = home.partition(".")
    answer: Answer = getattr(import_module(f"village_ledger.reports.disclosure.{module}"), name)
    return answer(reader, place, ledger, span)


def behind_of(reader: Reader, request: ReportRequest) -> Table:
    """The same by command: ``report BOOK disclosure-lines --line disclosure-items:8``."""
    from village_ledger.reports.request import span_of

    return lines_of(reader, request.item, request.ledger, span_of(reader, request))


LINES_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {"disclosure-lines": behind_of}
