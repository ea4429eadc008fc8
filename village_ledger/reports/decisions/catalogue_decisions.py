"""Decision files (四议两公开) and their panels (六手印记): reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from village_ledger.domain.errors import DecisionError

if TYPE_CHECKING:
    from pathlib import Path

    from village_ledger.reports.issuer import Issuer
    from village_ledger.reports.pens.render_pdf import PdfResult
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.decisions.records import Decision, Panel
    from village_ledger.storage.reader import Reader


def decision_register_of(reader: Reader, request: ReportRequest) -> Table:
    """Files of a ledger, or of the whole village in the name of its first ledger."""
    from village_ledger.reports.decisions.decision_reports import decision_register

    with reader.snapshot():
        every = [
            one
            for one in reversed(reader.decisions(request.ledger))
            if request.span is None or request.span.first <= one.opened <= request.span.last
        ]
        signed = reader.signatures()
    there = reader.ledgers()
    issuer = _issuer(reader, request.ledger or there[0].code)
    return decision_register(issuer, every, signed, both=not request.ledger and len(there) > 1)


def decision_of(reader: Reader, request: ReportRequest) -> Table:
    """One decision's file."""
    from village_ledger.reports.decisions.decision_reports import decision_file

    with reader.snapshot():
        decision = reader.decision(request.item)
        panel, resting = reader.panel(decision.id), reader.resting(decision)
        return decision_file(_issuer(reader, decision.ledger), decision, panel, resting)


def panel_sheet_of(reader: Reader, request: ReportRequest) -> Table:
    """Who signed what, as figures."""
    from village_ledger.reports.decisions.panel_reports import panel_signs

    return panel_signs(*_panel(reader, request.item))


def panel_lots_of(reader: Reader, request: ReportRequest) -> Table:
    """The draw."""
    from village_ledger.reports.decisions.panel_reports import panel_lots

    return panel_lots(*_panel(reader, request.item))


def print_panel_sheet(reader: Reader, request: ReportRequest, path: Path, *, wall: bool = False) -> PdfResult:
    """The sheet that is signed on paper: six boxes for each stage. Raises FontsMissing, OutputError, OutputDiskFull."""
    from village_ledger.reports.decisions.panel_sheet_pdf import write_panel_sheet

    issuer, decision, panel = _panel(reader, request.item)
    return write_panel_sheet(issuer, decision, panel, path, wall=wall)


def _panel(reader: Reader, number: str) -> tuple[Issuer, Decision, Panel]:
    with reader.snapshot():
        decision = reader.decision(number)
        panel = reader.panel(decision.id)
    if panel is None:
        raise DecisionError(f"{decision.number} 还没有抽签", "请先抽签。")
    return _issuer(reader, decision.ledger), decision, panel


def _issuer(reader: Reader, ledger: str) -> Issuer:
    from village_ledger.reports.request import issuer_of

    return issuer_of(reader, ledger)


DECISION_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "decision-register": decision_register_of,
    "decision": decision_of,
    "panel-sheet": panel_sheet_of,
    "panel-lots": panel_lots_of,
}
