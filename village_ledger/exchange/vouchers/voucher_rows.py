"""The rows of a voucher file gathered into vouchers: the tight loop, and what it settles once per voucher.

A quarter of a million rows pass through here, so every distinct date, text and code is read once and
remembered, and a row costs a few dictionary lookups. Faults are collected, never raised one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

from village_ledger.domain.errors import LedgerError, TextError
from village_ledger.domain.imported import ImportedLine, ImportedVoucher
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.quantity import amount_for
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import (
    CellReader,
    count_of,
    day_of,
    fen_of,
    price_of,
    quantity_of,
    required_code,
    text_of,
)
from village_ledger.exchange.reading.tabular import Cell, Field, TabularFile, is_blank
from village_ledger.i18n import tr

VOUCHER_FIELDS = (
    Field("date", "日期"),
    Field("word", "凭证字"),
    Field("number", "凭证号"),
    Field("summary", "摘要"),
    Field("account", "科目编码"),
    Field("debit", "借方金额"),
    Field("credit", "贷方金额"),
    Field("counterparty", "往来单位"),
    Field("project", "项目"),
    Field("attachments", "附件张数"),
    Field("group", "村民小组", required=False),
    Field("handler", "经手人", required=False),
    Field("witness", "证明人", required=False),
    Field("approver", "审批人", required=False),
    Field("no_attachment_reason", "无附件原因", required=False),
    Field("reverses", "冲销凭证", required=False),
    Field("corrects", "订正凭证", required=False),
    Field("invoices", "票据号", required=False),
    Field("quantity", "数量", required=False),
    Field("price", "单价", required=False),
)

_WORD_LIMIT = 4
_HEADS = ("handler", "witness", "approver", "no_attachment_reason", "reverses", "corrects", "invoices")
"""Columns that belong to the voucher, not to the line."""

Place = tuple[int, int, str, int]
"""Year, month, word and number: what makes rows one voucher."""
_Value = TypeVar("_Value")


class Remembered(dict[Cell, _Value], Generic[_Value]):
    """What cells mean, each distinct one read once; a refusal is not remembered and is raised every time."""

    def __init__(self, read: Callable[[Cell], _Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> _Value:
        value = self[cell] = self._read(cell)
        return value


class VoucherRows(CellReader):
    """Reads one file; ``read`` gives the vouchers in the order of their first rows."""

    def __init__(self, table: TabularFile) -> None:
        super().__init__(table)
        self.spoiled: set[Place] = set()
        """Vouchers with a faulty row: whether they balance cannot be said."""
        self.unread: list[tuple[int, str, int]] = []
        """Row, word and number of rows that belong to no voucher; empty and 0 where those could not be read."""
        self._heads = [key for key in _HEADS if key in table.places]
        self._is_measured = not {"quantity", "price"}.isdisjoint(table.places)
        self._latest: ImportedVoucher | None = None
        self._months: dict[tuple[int, int, str], dict[int, ImportedVoucher]] = {}
        self._days = Remembered(day_of)
        self._words = Remembered(_word_of)
        self._numbers = Remembered(_number_of)
        self._summaries = Remembered(_summary_of)
        self._codes = Remembered(required_code)
        self._parties = Remembered(lambda cell: text_of(cell, tr("往来单位"), NAME_LIMIT))
        self._projects = Remembered(lambda cell: text_of(cell, tr("项目"), NAME_LIMIT))
        self._groups = Remembered(lambda cell: text_of(cell, tr("村民小组"), NAME_LIMIT))
        self._counts = Remembered(lambda cell: count_of(cell, tr("附件张数")))

    def read(self) -> list[ImportedVoucher]:
        """Walk through all rows. What is wrong is in ``faults``; a faulty row is left out of its voucher."""
        table = self.table
        pick = table.pick(*(x.key for x in VOUCHER_FIELDS if x.required))
        group_place = table.places.get("group")
        summaries, codes, parties, projects = self._summaries, self._codes, self._parties, self._projects
        groups, counts, has_heads = self._groups, self._counts, bool(self._heads)
        vouchers: list[ImportedVoucher] = []
        voucher: ImportedVoucher | None = None
        same_day: Cell = ""
        same_word: Cell = ""
        same_number: Cell = ""
        for row, cells in table:
            day, word, number, summary, account, debit, credit, party, project, count = pick(cells)
            if number != same_number or day != same_day or word != same_word or voucher is None:
                same_day, same_word, same_number = day, word, number
                voucher = self._voucher(row, cells, day, word, number)
                if voucher is None:
                    continue
                if voucher.row == row:
                    vouchers.append(voucher)
            try:
                line = ImportedLine(
                    row,
                    summaries[summary],
                    codes[account],
                    0 if debit == "" else parse_fen(debit) if isinstance(debit, str) else fen_of(debit),
                    0 if credit == "" else parse_fen(credit) if isinstance(credit, str) else fen_of(credit),
                    parties[party],
                    projects[project],
                    "" if group_place is None else groups[cells[group_place]],
                )
                attachments = counts[count]
            except LedgerError:
                careful = self._careful(row, cells)
                if careful is None:
                    self.spoiled.add(place_of(voucher))
                    continue
                line, attachments = careful
            if self._is_measured:
                line = self._measured(row, cells, line)
            voucher.lines.append(line)
            if attachments and attachments != voucher.attachments:
                self._attach(row, voucher, attachments)
            if has_heads:
                self._head(row, cells, voucher)
        self.faults += table.faults
        return vouchers

    def _careful(self, row: int, cells: Sequence[Cell]) -> tuple[ImportedLine, int] | None:
        """A row the quick way stumbled over: every cell tried, so that all its faults are named; None if any."""
        before = len(self.faults)
        line = ImportedLine(
            row,
            self.get(row, cells, "summary", self._summaries.__getitem__, ""),
            self.get(row, cells, "account", self._codes.__getitem__, ""),
            self.get(row, cells, "debit", fen_of, 0),
            self.get(row, cells, "credit", fen_of, 0),
            self.get(row, cells, "counterparty", self._parties.__getitem__, ""),
            self.get(row, cells, "project", self._projects.__getitem__, ""),
            self.get(row, cells, "group", self._groups.__getitem__, ""),
        )
        attachments = self.get(row, cells, "attachments", self._counts.__getitem__, 0)
        return (line, attachments) if len(self.faults) == before else None

    def _measured(self, row: int, cells: Sequence[Cell], line: ImportedLine) -> ImportedLine:
        """The line with what it measures; quantity times price, where both are written, is the amount."""
        before, amount = len(self.faults), line.debit + line.credit
        quantity = self.get(row, cells, "quantity", quantity_of, 0)
        price = self.get(row, cells, "price", price_of, None)
        if len(self.faults) > before:
            return line
        if quantity and (quantity < 0) != (amount < 0):
            self.note(row, tr("数量和金额的正负不同。红字的数量和金额都写成负数。"), "quantity")
        elif price is not None and not quantity:
            self.note(row, tr("只有单价，没有数量。请补上数量，或去掉单价。"), "price")
        elif price is not None and (worth := amount_for(quantity, price)) != amount:
            what = tr(
                "数量乘单价得 {worth}，金额写的是 {amount}。请核对数量、单价和金额。",
                worth=format_fen(worth),
                amount=format_fen(amount),
            )
            self.note(row, what, "price")
        return line._replace(quantity=quantity)

    def _voucher(
        self, row: int, cells: Sequence[Cell], day_cell: Cell, word_cell: Cell, number_cell: Cell
    ) -> ImportedVoucher | None:
        """The voucher a row belongs to, made when it is its first; None for a blank or unreadable head."""
        try:
            day, word, number = self._days[day_cell], self._words[word_cell], self._numbers[number_cell]
        except LedgerError:
            if not is_blank(cells):
                self._unreadable(row, cells)
            return None
        month = self._months.setdefault((day.year, day.month, word), {})
        voucher = month.get(number)
        if voucher is None:
            voucher = month[number] = ImportedVoucher(row, word, number, day)
            if self.unread and _above(self.unread[-1], row, word, number):
                self.spoiled.add(place_of(voucher))
        elif voucher.day != day:
            what = tr(
                "同一张凭证 {ref} 写了两个日期，第{first}行是 {day}。请改成同一天，或改凭证号。",
                ref=ref_of(voucher),
                first=voucher.row,
                day=voucher.day,
            )
            self.note(row, what, "date")
            self.spoiled.add(place_of(voucher))
            return None
        self._latest = voucher
        return voucher

    def _unreadable(self, row: int, cells: Sequence[Cell]) -> None:
        """Name all faults of a row whose date, word or number cannot be read; its neighbours lack a line."""
        self.get(row, cells, "date", self._days.__getitem__, date.min)
        word = self.get(row, cells, "word", self._words.__getitem__, "")
        number = self.get(row, cells, "number", self._numbers.__getitem__, 0)
        self._careful(row, cells)
        self.unread.append((row, word, number))
        if self._latest is not None and not (word and number):
            self.spoiled.add(place_of(self._latest))
        for month in self._months.values():
            voucher = month.get(number)
            if voucher is not None and word in {"", voucher.word}:
                self.spoiled.add(place_of(voucher))

    def _attach(self, row: int, voucher: ImportedVoucher, count: int) -> None:
        """How many documents are attached: written on one row or the same on all."""
        if voucher.attachments:
            what = tr("同一张凭证写了 {a} 张和 {b} 张附件。请改成一样。", a=voucher.attachments, b=count)
            self.note(row, what, "attachments")
        voucher.attachments = count

    def _head(self, row: int, cells: Sequence[Cell], voucher: ImportedVoucher) -> None:
        """Names and links of the voucher, from whichever of its rows has them; two different ones are a fault."""
        for key in self._heads:
            text = self.get(row, cells, key, lambda cell: text_of(cell, tr("这一格"), NAME_LIMIT), "")
            there: str = getattr(voucher, key)
            if there and text and there != text:
                what = tr("同一张凭证写了“{a}”和“{b}”。请改成一样。", a=there, b=text)
                self.note(row, what, key)
            elif text:
                setattr(voucher, key, text)


def place_of(voucher: ImportedVoucher) -> Place:
    """What makes its rows one voucher."""
    return (voucher.day.year, voucher.day.month, voucher.word, voucher.number)


def ref_of(voucher: ImportedVoucher) -> str:
    """How people name it: ``2025-03/记-0012``."""
    return f"{voucher.day.year}-{voucher.day.month:02d}/{voucher.word}-{voucher.number:04d}"


def _above(unread: tuple[int, str, int], row: int, word: str, number: int) -> bool:
    """Whether an unreadable row most likely belongs to the voucher that begins under it."""
    return unread[0] == row - 1 and unread[1] in {"", word} and unread[2] in {0, number}


def _summary_of(cell: Cell) -> str:
    text = text_of(cell, tr("摘要"), SUMMARY_LIMIT)
    if not text:
        raise TextError(tr("没有摘要"), tr("请写明这笔业务是什么。"))
    return text


def _word_of(cell: Cell) -> str:
    word = text_of(cell, tr("凭证字"), _WORD_LIMIT)
    if not word:
        raise TextError(tr("没有凭证字"), tr("请填“记”，或收、付、转。"))
    if "/" in word or "-" in word:
        raise TextError(tr("凭证字“{word}”里不能有 / 或 -", word=word), tr("请填“记”，或收、付、转。"))
    return word


def _number_of(cell: Cell) -> int:
    number = count_of(cell, tr("凭证号"))
    if number == 0:
        raise TextError(tr("没有凭证号") if cell == "" else tr("凭证号不能是 0"), tr("请从 1 起填整数。"))
    return number
