"""Saving a report into a file of one's own: ask for the place, write on the worker, say where it went."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from village_ledger.i18n import tr
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.table import Table

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations

FILTERS = {
    "pdf": "PDF 文件 (*.pdf)",
    "xlsx": "Excel 表格 (*.xlsx)",
    "csv": "csv 表格 (*.csv)",
    "txt": "文字文件 (*.txt)",
    "png": "发群的手机长图 (*.png);;一页一张的图片包 (*.zip)",
}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def file_name(tables: Sequence[Table], ending: str) -> str:
    """A name a person finds again: village, title, days."""
    first = tables[0]
    words = [first.village, first.title.removeprefix(first.village)]
    if first.span is not None and not letter_of(first.report):
        words.append(first.span.words())
    return _FORBIDDEN.sub("", " ".join(filter(None, words))) + f".{ending}"


def ask_path(parent: QWidget, tables: Sequence[Table], ending: str) -> Path | None:
    """Where a report goes; None when the person thought better of it."""
    return ask_place(parent, file_name(tables, ending), ending)


def ask_place(parent: QWidget, suggested: str, ending: str) -> Path | None:
    """Where a file goes, with a name to begin from; None when the person thought better of it."""
    name, chosen = QFileDialog.getSaveFileName(parent, tr("存到哪里"), suggested, FILTERS[ending])
    if not name:
        return None
    path = Path(name)
    if ending == "png" and (path.suffix.lower() == ".zip" or chosen.endswith("(*.zip)")):
        return path.with_suffix(".zip") if path.suffix.lower() in {".png", ".zip"} else Path(f"{path}.zip")
    return path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")


def save_tables(
    parent: QWidget,
    operations: Operations,
    tables: Sequence[Table],
    ending: str,
    said: Callable[[str], object],
    pdf: Path | None = None,
) -> None:
    """Ask for a place and write there; ``pdf`` is the file already made, which is then the one that is kept."""
    path = ask_path(parent, tables, ending)
    if path is None:
        return

    def write(_: object) -> Path:
        if ending == "pdf" and pdf is not None:
            _copy(pdf, path)
        elif ending == "csv":
            from village_ledger.reports.pens.render_text import write_csv

            write_csv(tables, path)
        elif letter_of(tables[0].report):
            from village_ledger.reports.pens.xlsx_wall import write_wall_book

            write_wall_book(tables, path)
        else:
            from village_ledger.reports.pens.render_xlsx import write_xlsx

            write_xlsx(tables, path)
        return path

    operations.task(
        tr("存成 {name}", name=path.name), write, then=lambda done: said(tr("已存到 {path}", path=done))
    )


def _copy(source: Path, target: Path) -> None:
    from village_ledger.reports.pens.output_file import replacing

    with replacing(target) as file:
        file.write(source.read_bytes())
