"""A csv or xlsx file as it stands: rows of cells with the numbers a spreadsheet shows, no row held to be a heading.

For files in layouts of others, whose heading is found by its words, not by its place.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from village_ledger.domain.errors import UnreadableError
from village_ledger.exchange.reading.file_kind import FileKind, kind_of
from village_ledger.exchange.reading.tabular import DELIMITERS, Cell, column_letter
from village_ledger.i18n import tr

MOST_RAW_ROWS: Final = 200_000
"""No statement of one account is longer."""
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Rows of a file: (row number, cells)."""

    path: Path
    sheet: str
    """Name of the worksheet, empty for csv."""
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    def at(self, row: int, column: int | None = None, heading: str = "") -> str:
        """Where something is, in words: 第7行 工作表“…” C列“收入金额”."""
        words = tr("第{row}行", row=row)
        if self.sheet:
            words += tr(" 工作表“{sheet}”", sheet=self.sheet)
        if column is not None:
            words += tr(" {letter}列“{label}”", letter=column_letter(column), label=heading)
        return words


def read_raw(path: Path) -> RawSheet:
    """Read a file whose layout is not ours; raises UnreadableError when it is no table at all."""
    kind = kind_of(path)
    if kind is FileKind.WORKBOOK:
        from village_ledger.exchange.reading import workbook

        title, rows = workbook.raw_rows(path, MOST_RAW_ROWS)
        return RawSheet(path, title, tuple(rows))
    with path.open(encoding=kind.encoding, newline="") as stream:
        text = stream.read()
    rows = _csv_rows(path, text)
    if len(rows) > MOST_RAW_ROWS:
        raise UnreadableError(
            tr("“{name}”太长，超过了 {count} 行", name=path.name, count=MOST_RAW_ROWS),
            tr("请按年分成几个文件再导入。"),
        )
    return RawSheet(path, "", tuple(enumerate(rows, 1)))


def _csv_rows(path: Path, text: str) -> list[tuple[Cell, ...]]:
    lines = text.splitlines(keepends=True)
    delimiter = max(DELIMITERS, key=lambda mark: _agreement(lines[:_LOOKED_AT], mark))
    try:
        return [tuple(row) for row in csv.reader(lines, delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise UnreadableError(
            tr("“{name}”里有引号没有成对，读不下去", name=path.name),
            tr("请用表格软件打开，另存为 xlsx 再导入；从网银下载的请重新下载。"),
        ) from error


def _agreement(lines: list[str], mark: str) -> int:
    """How many rows have the commonest width under a delimiter, times that width."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items()), default=0)
