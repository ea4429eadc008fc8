"""Tables from others: csv and xlsx read into rows that keep the numbers a spreadsheet shows.

    read_rows       a file and the columns wanted → TabularFile
    TabularFile     rows to walk through once, and how to name a cell in a sentence
    Fault           one thing wrong in one row; ``refuse`` turns all of them into one refusal

What a file *is* (encoding, delimiter, sheet) is settled here; what its cells *mean* is settled by the
importer of its kind. Trouble with the file as a whole is an UnreadableError, trouble in rows is collected.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.masking import hide_identities
from village_ledger.exchange.reading.file_kind import FileKind, kind_of
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from _csv import Reader


class Flawed(NamedTuple):
    """A spreadsheet cell that holds no plain value: a formula, an error value; ``reason`` ends a sentence."""

    reason: str


Cell: TypeAlias = str | int | float | date | Flawed
"""A blank cell is the empty text."""

DELIMITERS = (",", "\t", ";", "，", "；")


@dataclass(frozen=True, slots=True)
class Field:
    """A column an importer knows, by its Chinese label and its English name (interfaces.md, Import files)."""

    key: str
    label: str
    required: bool = True


class Fault(NamedTuple):
    """One thing wrong in one row; ``text`` is the whole sentence beginning with 第N行."""

    row: int
    text: str


def refuse(faults: Iterable[Fault]) -> None:
    """Raise ImportRefused naming every fault in the order of rows, never an identity number; none: do nothing."""
    sentences = [hide_identities(fault.text) for fault in sorted(faults, key=itemgetter(0))]
    if sentences:
        raise ImportRefused(sentences)


@dataclass(slots=True)
class TabularFile:
    """A table to walk through once: iterate for (row number, cells), ask ``at`` for a place in words."""

    path: Path
    sheet: str
    """Name of the worksheet, empty for csv."""
    fields: tuple[Field, ...]
    places: dict[str, int]
    """Key of a column → its index in a row's cells; optional columns may be missing."""
    source: Callable[[TabularFile], Iterator[tuple[int, Sequence[Cell]]]]
    notices: list[str] = field(default_factory=list[str])
    faults: list[Fault] = field(default_factory=list[Fault])
    """What is wrong with the shape of rows; complete once the rows have been walked through."""

    def __iter__(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        return self.source(self)

    @property
    def width(self) -> int:
        """How many cells a row must have to reach every known column."""
        return max(self.places.values()) + 1

    def pick(self, *keys: str) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
        """A quick reader of several (at least two) present columns of a row."""
        return itemgetter(*(self.places[key] for key in keys))

    def value(self, cells: Sequence[Cell], key: str) -> Cell:
        """One cell, the empty text when the file has no such column."""
        place = self.places.get(key)
        return "" if place is None else cells[place]

    def at(self, row: int, key: str = "") -> str:
        """Where a fault is, in words: 第7行, with sheet, column letter and heading when ``key`` is given."""
        words = tr("第{row}行", row=row)
        if self.sheet:
            words += tr(" 工作表“{sheet}”", sheet=self.sheet)
        if key:
            label = next(x.label for x in self.fields if x.key == key)
            words += tr(" {letter}列“{label}”", letter=column_letter(self.places.get(key, 0)), label=label)
        return words

    def fault(self, row: int, what: str, key: str = "") -> Fault:
        """A fault at a place of this file."""
        return Fault(row, f"{self.at(row, key)}：{what}")


def column_letter(index: int) -> str:
    """What a spreadsheet writes above a column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, place = divmod(index - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def is_blank(cells: Iterable[Cell]) -> bool:
    """Whether a row holds nothing at all."""
    return not any(cell.strip() if isinstance(cell, str) else True for cell in cells)


def read_rows(path: Path, fields: tuple[Field, ...]) -> TabularFile:
    """Open a csv or xlsx file whose first row holds the headings of ``fields``.

    What the file is is seen from its content, not from its name. Raises UnreadableError (a missing file, a
    directory, an unknown encoding, a damaged or protected workbook, a column missing …).
    """
    kind = kind_of(path)
    if kind is FileKind.WORKBOOK:
        from village_ledger.exchange.reading import workbook

        return workbook.open_table(path, fields)
    return _open_csv(path, kind.encoding, fields)


def map_header(
    path: Path, header: Sequence[Cell], fields: tuple[Field, ...]
) -> tuple[dict[str, int], list[str]]:
    """Where the known columns stand, and a notice about those nobody asked for.

    Raises UnreadableError naming what is missing or written twice.
    """
    names = {_tidy(name): x.key for x in fields for name in (x.label, x.key)}
    labels = {x.key: x.label for x in fields}
    places: dict[str, int] = {}
    unknown: list[str] = []
    for index, cell in enumerate(header):
        text = cell if isinstance(cell, str) else str(cell)
        key = names.get(_tidy(text))
        if key is None:
            if text.strip():
                unknown.append(text.strip())
        elif key in places:
            raise UnreadableError(
                tr("“{name}”的表头里“{label}”列有两个", name=path.name, label=labels[key]),
                tr("请删去或改名其中一列，再导入。"),
            )
        else:
            places[key] = index
    missing = [x.label for x in fields if x.required and x.key not in places]
    if missing:
        raise UnreadableError(
            tr("“{name}”的第一行缺少列：{columns}", name=path.name, columns="、".join(missing)),
            tr(
                "第一行应当是表头：{columns}。请补上缺的列再导入。",
                columns="、".join(x.label for x in fields if x.required),
            ),
        )
    if not unknown:
        return places, []
    return places, [tr("这些列没有用到，已略过：{columns}。", columns="、".join(unknown))]


def _tidy(heading: str) -> str:
    """A heading without blanks and full-width forms, so that “借方 金额” is found."""
    return "".join(half_width(heading.replace("\ufeff", "")).split()).casefold()


def _open_csv(path: Path, encoding: str, fields: tuple[Field, ...]) -> TabularFile:
    """A csv file with the delimiter under which most headings are known."""
    known = {_tidy(name) for x in fields for name in (x.label, x.key)}
    best: tuple[int, str, list[str]] = (-1, ",", [])
    for delimiter in DELIMITERS:
        with path.open(encoding=encoding, newline="") as stream:
            try:
                header = next(csv.reader(stream, delimiter=delimiter), list[str]())
            except csv.Error:
                continue
        score = sum(_tidy(name) in known for name in header)
        if score > best[0]:
            best = (score, delimiter, header)
    _, delimiter, header = best
    places, notices = map_header(path, header, fields)
    wide = len(header)

    def rows(table: TabularFile) -> Iterator[tuple[int, Sequence[Cell]]]:
        with path.open(encoding=encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=delimiter, strict=True)
            next(reader)
            yield from _csv_rows(table, reader, wide)

    return TabularFile(path, "", fields, places, rows, notices)


def _csv_rows(table: TabularFile, reader: Reader, wide: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows brought to the width of the header; a longer one is a fault (an amount's comma was not quoted)."""
    row = 1
    try:
        for row, cells in enumerate(reader, 2):
            if len(cells) == wide:
                yield row, cells
            elif any(cells[wide:]):
                table.faults.append(
                    table.fault(
                        row,
                        tr("比表头多出 {count} 格；金额里的逗号要加引号或去掉。", count=len(cells) - wide),
                    )
                )
            elif cells:
                yield row, cells[:wide] + [""] * (wide - len(cells))
    except csv.Error as error:
        what = (
            tr("有一格太长，读不下去了；多半是前面某一格的引号没有成对。")
            if "limit" in str(error)
            else tr("引号没有成对，读不下去了；请检查这一行和后面各行的引号。")
        )
        table.faults.append(table.fault(row + 1, what))
