"""Worksheets as people see them: numbers in their shown form, struck-through cells marked, no row held to be a heading.

For workbooks kept by hand, in which ``18`` under the format ``000`` is the number 018 and a line drawn through a name says
something about the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from village_ledger.domain.errors import UnreadableError
from village_ledger.exchange.reading.file_kind import FileKind, kind_of
from village_ledger.exchange.reading.raw_sheet import read_raw
from village_ledger.exchange.reading.tabular import Cell, column_letter
from village_ledger.i18n import tr

MOST_SHOWN_ROWS: Final = 100_000
"""No village has more people."""


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """Rows that hold anything, with the numbers the spreadsheet shows beside them."""

    path: Path
    name: str
    """Name of the worksheet, empty for csv."""
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    struck: frozenset[tuple[int, int]] = frozenset()
    """(row, column) of cells with a line drawn through."""
    comments: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    """What is pinned to cells of a row."""

    def at(self, row: int, column: int | None = None, heading: str = "") -> str:
        """Where something is, in words: 第7行 工作表“成员名册” H列“身份证号码”."""
        words = tr("第{row}行", row=row)
        if self.name:
            words += tr(" 工作表“{sheet}”", sheet=self.name)
        if column is not None:
            words += tr(" {letter}列", letter=column_letter(column))
            words += tr("“{label}”", label=heading) if heading else ""
        return words


def read_shown(path: Path) -> list[ShownSheet]:
    """Every worksheet of a workbook, or the one table of a csv; raises UnreadableError when it is no table at all."""
    kind = kind_of(path)
    if kind is FileKind.WORKBOOK:
        from village_ledger.exchange.reading import workbook

        return [
            ShownSheet(path, sheet.name, tuple(sheet.rows), sheet.struck, sheet.comments)
            for sheet in workbook.shown_sheets(path, MOST_SHOWN_ROWS)
        ]
    raw = read_raw(path)
    rows = tuple((row, cells) for row, cells in raw.rows if any(cell != "" for cell in cells))
    if not rows:
        raise UnreadableError(tr("“{name}”是空的", name=path.name), tr("请核对是不是选错了文件。"))
    return [ShownSheet(path, "", rows)]
