"""What the pages of a merger do with files: a book looked at before it goes on the list, a paper written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.ui.merger.merger_rows import BookLine

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.ui.operations import Operations

PAPERS = "PDF (*.pdf);;Excel (*.xlsx)"


def look_at(path: Path) -> BookLine:
    """Read on the worker; nothing is written."""
    from village_ledger.storage.file.book_file import Access, open_book

    try:
        with open_book(path, Access.READ) as book:
            reader = book.reader()
            closed: list[str] = []
            for info in reader.ledgers():
                ended = [m.month for m in reader.months(info.code) if not m.state.accepts_vouchers]
                closed.append(ended[-1].last.isoformat() if ended else "")
            ended_by = reader.merged_into()
            trouble = ended_by.sentence if ended_by else ""
            return BookLine(path, reader.book().village, min(closed), trouble)
    except LedgerError as error:
        return BookLine(path, path.stem, "", error.what)


def save_paper(parent: QWidget, operations: Operations, table: Table, said: Callable[[str], object]) -> None:
    """Ask for a place and write the report there, as PDF or xlsx by the file's name."""
    from village_ledger.ui.sheets.saving import file_name

    name, _ = QFileDialog.getSaveFileName(parent, tr("存到哪里"), file_name([table], "pdf"), PAPERS)
    if name:
        path = Path(name)
        operations.task(
            tr("打印"),
            lambda _: write_paper(table, path),
            then=lambda _: said(tr("已存到 {path}", path=path)),
        )


def write_paper(table: Table, path: Path) -> None:
    """Write on the worker."""
    if path.suffix.lower() == ".xlsx":
        from village_ledger.reports.pens.render_xlsx import write_xlsx

        write_xlsx([table], path)
        return
    from village_ledger.reports.printing import print_tables

    print_tables([table], path)
