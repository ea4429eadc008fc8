"""序时账 of another program: its lines gathered into vouchers, pages and sums left out by what they say, not by where they stand.

Both the printed form (day and number on a voucher's first line, headings and sums on every page) and the flat form of 37
columns are read by the words of their headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.money import format_fen
from village_ledger.domain.old_program import OldItem, OldLine, OldVoucher
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.oldbooks.old_book_words import (
    HOME_CURRENCY,
    JOURNAL,
    NOTHING,
    bare_code,
    entity_of,
    is_sum,
    item_of,
    path_of,
    places,
    ref_of,
    span_of,
    tidy,
)
from village_ledger.exchange.reading.cells import count_of, day_of, fen_of, reason, text_of
from village_ledger.exchange.reading.raw_sheet import RawSheet
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr

_TOP = 20
_WORD_LIMIT = 4
_NEAR = 4
"""Known columns in a row before it is taken for a heading that lacks something."""


@dataclass(frozen=True, slots=True)
class JournalHeading:
    """Where a journal begins and its columns."""

    row: int
    after: int
    columns: dict[str, int]
    words: tuple[str, ...]

    @property
    def is_flat(self) -> bool:
        """Whether every line carries its voucher's head (标准格式凭证)."""
        return "word" in self.columns and "number" in self.columns


@dataclass(slots=True)
class OldJournal:
    """What one such file says."""

    entity: str
    span: Span | None
    names: dict[str, tuple[str, tuple[str, ...]]]
    """Code → as the file writes it, and the names of its path."""
    vouchers: list[OldVoucher]
    is_flat: bool
    dotted: bool


def journal_heading(sheet: RawSheet) -> JournalHeading | None:
    """The heading of a journal near the top; None when this is none."""
    for place, (row, cells) in enumerate(sheet.rows[:_TOP]):
        words = tuple(tidy(cell) for cell in cells)
        columns = places(words, JOURNAL)
        has_ref = "ref" in columns or {"word", "number"} <= columns.keys()
        has_amount = {"debit", "credit"} <= columns.keys() or {"side", "amount"} <= columns.keys()
        if has_ref and has_amount and {"day", "summary", "code", "name"} <= columns.keys():
            return JournalHeading(row, place + 1, columns, words)
    return None


_NEEDED = (("day", "日期"), ("summary", "摘要"), ("code", "科目代码"), ("name", "科目名称"))


def lacking_of(sheet: RawSheet) -> tuple[str, ...]:
    """Columns a row near the top lacks to be the heading of a journal; none where no row comes near."""
    best: tuple[str, ...] = ()
    for _, cells in sheet.rows[:_TOP]:
        columns = places([tidy(cell) for cell in cells], JOURNAL)
        missing = [label for key, label in _NEEDED if key not in columns]
        if not ("ref" in columns or {"word", "number"} <= columns.keys()):
            missing.append("凭证字号")
        if not ({"debit", "credit"} <= columns.keys() or {"side", "amount"} <= columns.keys()):
            missing.append("借方、贷方")
        if len(columns) >= _NEAR and (not best or len(missing) < len(best)):
            best = tuple(missing)
    return best


def read_journal(sheet: RawSheet, heading: JournalHeading) -> tuple[OldJournal, list[str]]:
    """The vouchers of a journal and everything at fault; raises UnreadableError when there is none."""
    titles = [
        str(cell) for _, cells in sheet.rows[: heading.after - 1] for cell in cells if isinstance(cell, str)
    ]
    reading = _Reading(sheet, heading)
    reading.run()
    if not reading.vouchers and not reading.faults:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有凭证", name=sheet.path.name), tr("请核对是不是选错了文件。")
        )
    dotted = any("." in shown for shown, _ in reading.names.values())
    journal = OldJournal(
        entity_of(titles), span_of(titles), reading.names, reading.vouchers, heading.is_flat, dotted
    )
    return journal, reading.faults


def _without_time(cell: Cell) -> Cell:
    """A day some programs write with the time of midnight behind it."""
    return cell.removesuffix(" 00:00:00").removesuffix(" 0:00:00") if isinstance(cell, str) else cell


@dataclass(slots=True)
class _Reading:
    """One journal on its way to vouchers."""

    sheet: RawSheet
    heading: JournalHeading
    vouchers: list[OldVoucher] = field(default_factory=list[OldVoucher])
    names: dict[str, tuple[str, tuple[str, ...]]] = field(
        default_factory=dict[str, tuple[str, tuple[str, ...]]]
    )
    faults: list[str] = field(default_factory=list[str])
    broken: bool = False
    """The head of the voucher the next lines belong to could not be read."""
    sums: dict[str, int] = field(default_factory=lambda: {"debit": 0, "credit": 0})
    flat: tuple[Cell, ...] = ()
    """Head of the line before; some programs repeat it on every line, or at the top of a page."""
    filled: bool = False
    """Lines of the voucher in hand stand without its head."""

    def run(self) -> None:
        """Walk through the rows below the heading."""
        for row, cells in self.sheet.rows[self.heading.after :]:
            if bare_code(self._cell(cells, "code")):
                self._line(row, cells)
            elif self._is_repeated(cells):
                continue
            elif any(is_sum(tidy(cell)) for cell in cells):
                self._sum(row, cells)
            elif self._amounts(cells) is not None and tidy(self._cell(cells, "summary")):
                self.faults.append(f"{self.sheet.at(row)}：{tr('有金额，没有科目编码。')}")
        self._check_order()

    def _is_repeated(self, cells: Sequence[Cell]) -> bool:
        """A page's heading again."""
        return tidy(self._cell(cells, "code")) == self.heading.words[self.heading.columns["code"]]

    def _cell(self, cells: Sequence[Cell], key: str) -> Cell:
        place = self.heading.columns.get(key)
        cell = "" if place is None or place >= len(cells) else cells[place]
        return "" if isinstance(cell, str) and cell.strip().casefold() in NOTHING else cell

    def _amounts(self, cells: Sequence[Cell]) -> tuple[int, int] | None:
        """Debit and credit of a row; None where there is none or it cannot be read."""
        try:
            return self._read_amounts(cells)
        except LedgerError:
            return None

    def _read_amounts(self, cells: Sequence[Cell]) -> tuple[int, int] | None:
        if "debit" in self.heading.columns:
            both = fen_of(self._cell(cells, "debit")), fen_of(self._cell(cells, "credit"))
            return both if any(both) else None
        side, amount = tidy(self._cell(cells, "side")), fen_of(self._cell(cells, "amount"))
        if not amount:
            return None
        if side not in ("借", "贷"):
            raise UnreadableError(tr("方向“{side}”不是借也不是贷", side=side))
        return (amount, 0) if side == "借" else (0, amount)

    def _line(self, row: int, cells: Sequence[Cell]) -> None:
        voucher = self._head(row, cells)
        try:
            code, name = bare_code(self._cell(cells, "code")), self._cell(cells, "name")
            path, item = path_of(str(name))
            self.names.setdefault(code, (str(self._cell(cells, "code")).strip(), path))
            item = self._item(cells) or item
            summary = " ".join(str(self._cell(cells, "summary")).split())
            amounts = self._read_amounts(cells)
            self._home_currency(cells)
            if amounts is None:
                self._fault(row, tr("没有金额。"))
            elif all(amounts):
                self._fault(row, tr("借方和贷方都有金额。"))
            else:
                self.sums["debit"] += amounts[0]
                self.sums["credit"] += amounts[1]
                if voucher is not None:
                    text = text_of(summary, tr("摘要"), SUMMARY_LIMIT)
                    voucher.lines.append(OldLine(row, text, code, item, *amounts))
        except LedgerError as error:
            self._fault(row, reason(error))
            self.broken = voucher is not None and self._spoil(voucher)

    def _spoil(self, voucher: OldVoucher) -> bool:
        """A voucher with a line that cannot be read is not asked whether it balances."""
        if self.vouchers and self.vouchers[-1] is voucher:
            self.vouchers.pop()
        return True

    def _item(self, cells: Sequence[Cell]) -> OldItem | None:
        return item_of(str(self._cell(cells, "item")))

    def _home_currency(self, cells: Sequence[Cell]) -> None:
        word = tidy(self._cell(cells, "currency")).casefold()
        if word not in HOME_CURRENCY:
            raise UnreadableError(
                tr("币别是“{word}”，这里只记人民币", word=word), tr("请先在原软件里折成人民币。")
            )

    def _head(self, row: int, cells: Sequence[Cell]) -> OldVoucher | None:
        """The voucher this line belongs to, begun when its head stands here; None while the head is at fault."""
        day_cell = _without_time(self._cell(cells, "day"))
        if self.heading.is_flat:
            head = (day_cell, self._cell(cells, "word"), self._cell(cells, "number"))
            starts = head != self.flat
        else:
            ref = self._cell(cells, "ref")
            day_cell = day_cell if day_cell != "" or not self.flat else self.flat[0]
            head = (day_cell, ref) if ref != "" else self.flat
            starts = ref != "" and (head != self.flat or self._is_done())
            self.filled = False if starts else self.filled or ref == ""
        self.flat = head
        if not starts:
            if self.broken:
                return None
            if not self.vouchers:
                self._fault(row, tr("第一行就没有凭证号，前面少了几行。"))
                self.broken = True
                return None
            return self.vouchers[-1]
        self.broken = False
        try:
            word, number = self._ref(cells)
            day: date = day_of(day_cell)
            voucher = OldVoucher(row, day, word, number)
            voucher.attachments = count_of(self._cell(cells, "attachments"), tr("附件张数"))
            voucher.maker = text_of(self._cell(cells, "maker"), tr("制单人"), NAME_LIMIT)
            voucher.reviewer = text_of(self._cell(cells, "reviewer"), tr("审核人"), NAME_LIMIT)
        except LedgerError as error:
            self._fault(row, reason(error))
            self.broken = True
            return None
        self.vouchers.append(voucher)
        return voucher

    def _is_done(self) -> bool:
        """Whether the same head again is another voucher: the one in hand needs no head on its lines, and balances."""
        if not self.filled or not self.vouchers:
            return False
        return not sum(x.debit - x.credit for x in self.vouchers[-1].lines)

    def _ref(self, cells: Sequence[Cell]) -> tuple[str, int]:
        if self.heading.is_flat:
            word = text_of(self._cell(cells, "word"), tr("凭证字"), _WORD_LIMIT)
            return ref_of(f"{word or '记'}-{count_of(self._cell(cells, 'number'), tr('凭证号'))}")
        word, number = ref_of(str(self._cell(cells, "ref")))
        return text_of(word, tr("凭证字"), _WORD_LIMIT), number

    def _sum(self, row: int, cells: Sequence[Cell]) -> None:
        """The sum of the whole is held to the lines; those of pages and days are not."""
        label = next(tidy(cell) for cell in cells if is_sum(tidy(cell)))
        if label not in {"合计", "总计"} or self.faults:
            return
        said = self._amounts(cells)
        if said is None:
            return
        for key, words, amount in (("debit", "借方", said[0]), ("credit", "贷方", said[1])):
            if amount and amount != self.sums[key]:
                self._fault(
                    row,
                    tr(
                        "合计的{words}写的是 {said}，各行相加是 {added}。",
                        words=words,
                        said=format_fen(amount),
                        added=format_fen(self.sums[key]),
                    ),
                )

    def _check_order(self) -> None:
        """A number is used once in a month."""
        seen: dict[object, OldVoucher] = {}
        for voucher in self.vouchers:
            first = seen.setdefault(voucher.key, voucher)
            if first is not voucher:
                self._fault(
                    voucher.row,
                    tr("凭证 {ref} 有两张，另一张在第{row}行。", ref=voucher.ref, row=first.row),
                )

    def _fault(self, row: int, what: str) -> None:
        self.faults.append(f"{self.sheet.at(row)}：{what}")
