"""Sheets of the wall onto paper: one or a whole pack in one file, counted first, then drawn page by page.

Nothing but the counts is held between pages, so that a pack of five thousand lines prints in the memory of one page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.pens.ink import Fonts
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.render_pdf import PdfResult
from village_ledger.reports.pens.wall_entries import WallSheetA
from village_ledger.reports.pens.wall_groups import Grouping
from village_ledger.reports.pens.wall_layout import SHEET_A, WallSize
from village_ledger.reports.pens.wall_page import WallPage
from village_ledger.reports.pens.wall_summary import WallSummary
from village_ledger.reports.pens.wall_table import WallTable
from village_ledger.reports.table import Table
from village_ledger.services.entry.progress import SILENT, Progress

SUMMARY = "disclosure-summary"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class WallPlan:
    """How much paper sheets take at one size, before anything is printed."""

    size: WallSize
    sheets: tuple[int, ...]
    """Pages of every sheet."""
    tight: tuple[str, ...] = ()
    """Titles of sheets whose figures must be condensed to fit this paper at this size of type."""

    @property
    def pages(self) -> int:
        """Pages of all sheets."""
        return sum(self.sheets)

    @property
    def paper_mm2(self) -> int:
        """Paper of all pages, square millimetres."""
        return self.size.page_mm2 * self.pages

    @property
    def square_metres(self) -> str:
        """Paper of all pages as people say it."""
        return square_metres(self.paper_mm2)

    @property
    def words(self) -> str:
        """共 29 页，约 3.6 ㎡."""
        return paper_words(self.pages, self.paper_mm2)


def paper_words(pages: int, paper_mm2: int) -> str:
    """How much paper, in words."""
    return f"共 {pages} 页，约 {square_metres(paper_mm2)} ㎡"


def square_metres(paper_mm2: int) -> str:
    """Square metres with one decimal, two below one."""
    area = paper_mm2 / 1_000_000
    return f"{area:.2f}" if area < 1 else f"{area:.1f}"


def write_wall_sheet(
    tables: Table | Sequence[Table],
    path: Path,
    size: WallSize = WallSize.A3,
    *,
    print_number: int = 1,
    grouping: Grouping = Grouping.RULE,
    progress: Progress = SILENT,
) -> PdfResult:
    """Print disclosure sheets of one ledger, or of several, into one file, each with its own page numbers.

    Raises FontsMissing, OutputError, OutputDiskFull, Cancelled; then no file is left behind.
    """
    every = (tables,) if isinstance(tables, Table) else tuple(tables)
    with Fonts() as fonts, replacing(path) as stream:
        pens = _measured(every, size, fonts, print_number, grouping, progress)
        total = sum(pen.page_count for pen in pens)
        progress.step(0, total, f"第 1 页，共 {total} 页")

        def drawn(page: int) -> None:
            progress.step(page, total, f"第 {min(page + 1, total)} 页，共 {total} 页")

        file = PdfFile(stream, every[0].title, drawn)
        for pen in pens:
            if len(pens) > 1:
                pen.stands(file.page_count, total)
            pen.onto(file)
        file.close(fonts.all())
        plan = _plan_of(size, every, pens)
    return PdfResult(plan.pages, plan.paper_mm2, fonts.missing, plan.tight, plan.sheets)


def page_names(tables: Sequence[Table], sheets: Sequence[int]) -> list[str]:
    """A name for every page, in order, that says which sheet it is of: ``03 A 收支公开表 第2页``."""
    names: list[str] = []
    for table, count in zip(tables, sheets, strict=True):
        title = _FORBIDDEN.sub(" ", table.title)
        for page in range(1, count + 1):
            of_sheet = f" 第{page}页" if count > 1 else ""
            names.append(f"{len(names) + 1:02d} {letter_of(table.report)} {title}{of_sheet}")
    return names


def plan_wall(
    tables: Sequence[Table],
    sizes: Sequence[WallSize],
    grouping: Grouping = Grouping.RULE,
    progress: Progress = SILENT,
) -> list[WallPlan]:
    """Pages and paper of the sheets at each size; nothing is drawn. Raises FontsMissing, Cancelled."""
    plans: list[WallPlan] = []
    with Fonts() as fonts:
        for done, size in enumerate(sizes):
            progress.step(done, len(sizes), f"算纸张：{size.words}")
            plans.append(_plan_of(size, tables, _measured(tables, size, fonts, 1, grouping, progress)))
    return plans


def measured(
    tables: Sequence[Table], size: WallSize, fonts: Fonts, grouping: Grouping = Grouping.RULE
) -> list[WallPage]:
    """Pens of the sheets, counted but not drawn: what breaks where."""
    return _measured(tables, size, fonts, 1, grouping, SILENT)


def _measured(
    tables: Sequence[Table],
    size: WallSize,
    fonts: Fonts,
    print_number: int,
    grouping: Grouping,
    progress: Progress,
) -> list[WallPage]:
    pens: list[WallPage] = []
    for done, table in enumerate(tables):
        progress.step(done, len(tables), f"排版：{table.title}")
        if table.report == SUMMARY:
            pens.append(WallSummary(table, size, fonts, print_number))
        else:
            pen = WallSheetA if table.report == SHEET_A else WallTable
            pens.append(pen(table, size, fonts, print_number, grouping))
    return pens


def _plan_of(size: WallSize, tables: Sequence[Table], pens: Sequence[WallPage]) -> WallPlan:
    tight = tuple(
        table.title
        for table, pen in zip(tables, pens, strict=True)
        if table.report != SUMMARY and pen.columns.tight
    )
    return WallPlan(size, tuple(pen.page_count for pen in pens), tight)
