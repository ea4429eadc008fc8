"""The papers of a split, written to a pdf or xlsx file by its name's ending."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from village_ledger.reports.books.signoff_pdf import write_signoff
from village_ledger.reports.pens.pdf_layout import Paper
from village_ledger.reports.pens.render_pdf import PdfResult, write_pdf
from village_ledger.reports.separation.separation_list import (
    SplitPaper,
    for_wall,
    separation_list,
    separation_openings,
)
from village_ledger.reports.separation.separation_signoff import separation_signoff
from village_ledger.reports.table import Table


def write_list(paper: SplitPaper, path: Path, *, wall: bool = True) -> PdfResult | None:
    """The list for publication: A3 for the wall, or A4 with both opening tables behind; xlsx has all of it."""
    if path.suffix.lower() == ".xlsx":
        _sheets([separation_list(paper), *separation_openings(paper)], path)
        return None
    if wall:
        return write_pdf(for_wall(separation_list(paper)), path, Paper.A3_WALL)
    return write_pdf([separation_list(paper), *separation_openings(paper)], path, Paper.A4_LANDSCAPE)


def write_signoff_sheet(paper: SplitPaper, path: Path) -> PdfResult | None:
    """The sign-off sheet."""
    table = separation_signoff(paper)
    if path.suffix.lower() == ".xlsx":
        _sheets([table], path)
        return None
    return write_signoff(table, path)


def _sheets(tables: Sequence[Table], path: Path) -> None:
    from village_ledger.reports.pens.render_xlsx import write_xlsx

    write_xlsx(tables, path)
