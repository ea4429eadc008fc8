"""Home page lines of public sheets: those on the wall that the ledger no longer gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.i18n import tr
from village_ledger.ui.desk.home_todos import Todo
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.ui.desk.home_figures import LedgerFigures


def differing_rows(figures: LedgerFigures, name: str, go: Callable[[], object]) -> list[Todo]:
    """已张贴的表和账不一致: a line where there are any; ``name`` is the ledger's in short."""
    kinds = (figures.kind,)
    return [
        Todo(Check.WARN, tr("{name}账{said}", name=name, said=said), kinds, tr("去核对"), go)
        for said in figures.sheets_differing
    ]
