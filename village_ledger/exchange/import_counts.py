"""Counted values from the workbook we printed ourselves: the same sheets, the same lines, filled in and taken back.

Which stock-take a file is of stands on its sheet 说明; a file of another one, or a line whose name does not fit, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from village_ledger.domain.errors import ImportRefused, LedgerError, UnreadableError
from village_ledger.domain.stock_take import Count, CountLine, Treatment, read_usage
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import fen_of, quantity_of, reason, text_of
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.exchange.reading.workbook import read_sheets
from village_ledger.i18n import tr
from village_ledger.reports.counting.stock_take_sheets import UNDETERMINED

_MARK = re.compile(r"清查编号[：:]\s*(\S+)")
_MOST_ROWS = 20_000
_FOUND = "（账外）"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CountFile:
    """What a file says of a stock-take's lines."""

    counts: tuple[tuple[int, Count], ...]
    blank: int
    """Lines of the file nothing was filled in for."""


def read_counts(path: Path, mark: str, lines: Sequence[CountLine]) -> CountFile:
    """Counts of a filled-in workbook upon the lines of a stock-take.

    Raises UnreadableError for a file that was not printed by us, ImportRefused naming every row at fault, LedgerError for a
    workbook of another stock-take.
    """
    sheets = read_sheets(path, _MOST_ROWS)
    _ensure_ours(path, sheets, mark)
    known = {line.number: line for line in lines}
    faults: list[str] = []
    counts: dict[int, Count] = {}
    blank = 0
    for name, rows in sheets:
        columns = _columns(rows)
        if not columns:
            continue
        for row, cells in rows[1:]:
            found = _Row(name, row, cells, columns, faults).read(known)
            if found is None:
                continue
            number, count = found
            if count is None:
                blank += 1
            elif number in counts:
                faults.append(
                    tr("{sheet}第{row}行：第 {line} 行写了两次。", sheet=name, row=row, line=number)
                )
            else:
                counts[number] = count
    if faults:
        raise ImportRefused(faults)
    if not counts and not blank:
        raise UnreadableError(tr("“{name}”里没有清查表", name=path.name), tr("请选由本程序打印的清查表。"))
    return CountFile(tuple(counts.items()), blank)


def _ensure_ours(
    path: Path, sheets: Sequence[tuple[str, Sequence[tuple[int, Sequence[Cell]]]]], mark: str
) -> None:
    marks = {
        match.group(1)
        for name, rows in sheets
        if name == "说明"
        for _, cells in rows
        for cell in cells
        if isinstance(cell, str) and (match := _MARK.search(cell))
    }
    if not marks:
        raise UnreadableError(
            tr("“{name}”不是本程序打印的清查表", name=path.name), tr("请先把清查表另存为 xlsx，填好再导入。")
        )
    if marks != {mark}:
        raise LedgerError(
            tr("“{name}”是另一次清查的表（{mark}）", name=path.name, mark="、".join(sorted(marks))),
            tr("这次清查的编号是 {mark}，请核对是不是选错了文件。", mark=mark),
        )


_LABELS = {
    "行号": "line",
    "名称": "name",
    "实点数量": "quantity",
    "实点金额": "value",
    "使用情况": "usage",
    "差异原因": "cause",
    "处理意见": "treatment",
    "备注": "note",
}


def _columns(rows: Sequence[tuple[int, Sequence[Cell]]]) -> Mapping[str, int]:
    """Where the fields stand; empty for a sheet that holds no counts. A storeyed label ends with its own name."""
    if not rows:
        return {}
    places: dict[str, int] = {}
    for place, cell in enumerate(rows[0][1]):
        text = str(cell).strip()
        key = next((key for label, key in _LABELS.items() if text.endswith(label)), None)
        if key is not None:
            places.setdefault(key, place)
    return places if {"line", "name"} <= places.keys() and places.keys() & {"value", "quantity"} else {}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet; what cannot be read is noted with its sheet and row."""

    sheet: str
    row: int
    cells: Sequence[Cell]
    columns: Mapping[str, int]
    faults: list[str]

    def read(self, known: Mapping[int, CountLine]) -> tuple[int, Count | None] | None:
        """Line number and count, None for the count where nothing was filled in; None for a row that is no line (合计)."""
        number = self._text("line")
        if not number:
            return None
        line = known.get(int(number)) if number.isascii() and number.isdigit() else None
        if line is None:
            self._fault(tr("清查表里没有行号 {line}", line=number))
            return None
        if self._text("name").removesuffix(_FOUND) != line.book.name:
            self._fault(tr("行号 {line} 应是“{name}”", line=number, name=line.book.name))
            return None
        before = len(self.faults)
        count = self._count(line)
        return (line.number, count) if len(self.faults) == before else None

    def _count(self, line: CountLine) -> Count | None:
        quantity, value = self._figure("quantity", quantity_of), self._figure("value", fen_of)
        note = self._text("note")
        told = Count(
            value or 0,
            quantity or 0,
            cause=self._text("cause"),
            note=note.removeprefix(UNDETERMINED).lstrip("；;"),
            undetermined=note.startswith(UNDETERMINED),
        )
        told = self._usage(self._treatment(told))
        if quantity is None and value is None:
            if told != Count(0):
                self._fault(tr("写了原因或处理，没有写实点的数"))
            return None
        if value is None:
            told = replace(told, value=line.worth(quantity or 0))
        if quantity is None:
            told = replace(told, quantity=line.book.quantity)
        return told

    def _treatment(self, told: Count) -> Count:
        """调整账面, with where it goes behind a colon: 调整账面：113@张三."""
        words, _, goes = self._text("treatment").replace(":", "：").partition("：")
        account, _, party = goes.partition("@")
        try:
            treatment = Treatment.read(words)
        except LedgerError as error:
            self._fault(reason(error))
            return told
        return replace(told, treatment=treatment, account=account.strip(), party=party.strip())

    def _usage(self, told: Count) -> Count:
        words, _, user = self._text("usage").replace(":", "：").partition("：")
        try:
            return replace(told, usage=read_usage(words), user=user.strip())
        except LedgerError as error:
            self._fault(reason(error))
            return told

    def _cell(self, key: str) -> Cell:
        place = self.columns.get(key)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def _text(self, key: str) -> str:
        limit = SUMMARY_LIMIT if key in {"cause", "note"} else NAME_LIMIT
        try:
            return text_of(self._cell(key), key, limit).strip()
        except LedgerError as error:
            self._fault(reason(error))
            return ""

    def _figure(self, key: str, read: Callable[[Cell], int | None]) -> int | None:
        """A number, None where the cell is empty; zero is a number."""
        cell = self._cell(key)
        if cell == "":
            return None
        try:
            return read(cell)
        except LedgerError as error:
            self._fault(reason(error))
            return None

    def _fault(self, what: str) -> None:
        text = what if what.endswith("。") else f"{what}。"
        self.faults.append(tr("{sheet}第{row}行：{what}", sheet=self.sheet, row=self.row, what=text))
