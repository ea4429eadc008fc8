"""What a package holds for readers without the program: the books as a workbook, the wall sheets as a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.package import SHEETS, WORKBOOK
from village_ledger.domain.period import Span
from village_ledger.exchange.exports.export_formats import FORMATS, ExportRequest
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.printing import print_tables
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.file.book_file import BookFile

if TYPE_CHECKING:
    from village_ledger.exchange.review.package_making import Writer
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

UNREGISTERED = "这张表没有在村里登记过，不能当作张贴的那一张"


def write_workbook(book: BookFile, span: Span, path: Path, progress: Progress) -> None:
    """Every book and register of the days as an xlsx."""
    FORMATS["workbook"].writer()(book.reader(), ExportRequest(path, span=span), path, progress)


def write_sheets(book: BookFile, span: Span, path: Path, progress: Progress) -> None:
    """The whole pack of both ledgers on A4; a sheet the village has not registered says so and bears no code."""
    progress.step(0, 1, "公开表")
    reader = book.reader()
    tables = make_all(reader, "disclosure", ReportRequest(span=span))
    print_tables([_as_registered(reader, table) for table in tables], path, WallSize.DESK)


def _as_registered(reader: Reader, table: Table) -> Table:
    if table.check_code is not None and reader.sheet(table.check_code) is not None:
        return table
    return replace(table, check_code=None, warnings=(*table.warnings, UNREGISTERED))


WRITERS: Mapping[str, Writer] = {WORKBOOK: write_workbook, SHEETS: write_sheets}
