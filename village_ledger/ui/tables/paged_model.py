"""An account ledger of any length on screen: entries are fetched a page at a time and a few pages are kept.

Entries and the sums between them make one numbering::

    opening · entries … · 本日合计 · entries … · 本月合计 · 本年累计 · entries …

A sum knows how many entries stand before it, so a place is found by bisecting the sums.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject

from village_ledger.domain.money import format_fen
from village_ledger.reports.table import Link, Role
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn

if TYPE_CHECKING:
    from village_ledger.storage.records import LedgerEntry

PAGE = 200
KEPT = 24
"""Pages kept: what a few screens up and down need."""


class Slice(Protocol):
    """What the model asks of ``storage``'s LedgerSlice."""

    @property
    def count(self) -> int:
        """How many entries."""
        ...

    def page(self, offset: int, limit: int) -> Sequence[LedgerEntry]:
        """Entries from a place on, with running balances."""
        ...


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """A line between the entries, fen: the opening, or the sums of a day, a month, the year."""

    after: int
    """How many entries stand before it."""
    words: str
    balance: int
    debit: int = 0
    credit: int = 0
    day: str = ""
    closes: bool = False
    """本月合计 carries the red rules of books."""


class _Line(NamedTuple):
    """A row made ready to draw."""

    texts: tuple[str, ...]
    role: Role
    closes: bool = False
    voucher: int = 0
    key: str = ""


def ledger_columns(widest: int) -> tuple[ScreenColumn, ...]:
    """Columns of a three-column ledger; ``widest`` is the largest amount in fen any of them must hold."""
    amount = format_fen(max(abs(widest), 99_999_99))
    return (
        ScreenColumn("date", "日期", Look.TEXT, "12-31"),
        ScreenColumn("voucher", "凭证", Look.LINK, "记-0000"),
        ScreenColumn("summary", "摘要", Look.TEXT, "付村道路灯电费", stretch=3),
        ScreenColumn("counterparty", "对方单位（人）", Look.TEXT, "溪口文具店", stretch=1),
        ScreenColumn("debit", "借方", Look.MONEY, amount, hair=True),
        ScreenColumn("credit", "贷方", Look.MONEY, amount, hair=True),
        ScreenColumn("side", "方向", Look.CENTRED, "方向"),
        ScreenColumn("balance", "余额", Look.MONEY, amount, hair=True),
    )


class PagedModel(FigureModel):
    """A LedgerSlice as table rows; the first of ``sums`` is the opening line."""

    def __init__(
        self,
        entries: Slice,
        sums: Sequence[LedgerSum],
        *,
        with_year: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(ledger_columns(_widest(sums)), parent)
        self._entries = entries
        self._sums = tuple(sums)
        self._sum_rows = [place + s.after for place, s in enumerate(self._sums)]
        """Rows of the sums: the entries and the sums before each."""
        self._count = entries.count + len(self._sums)
        self._with_year = with_year
        self._pages: OrderedDict[int, list[_Line]] = OrderedDict()
        self._kept_row = -1
        self._kept = _Line((), Role.DETAIL)

    # places

    def count(self) -> int:
        """Entries and sums."""
        return self._count

    def _line(self, row: int) -> _Line:
        """The row's texts and what it is; the last one asked for is kept, for a row is drawn cell by cell."""
        if row == self._kept_row:
            return self._kept
        before = bisect_left(self._sum_rows, row)
        if before < len(self._sum_rows) and self._sum_rows[before] == row:
            line = _sum_line(self._sums[before], opens=not before)
        else:
            line = self._entry(row - before)
        self._kept_row, self._kept = row, line
        return line

    def _entry(self, number: int) -> _Line:
        """An entry by its number, through the kept pages."""
        key = number // PAGE
        page = self._pages.get(key)
        if page is None:
            page = [self._entry_line(entry) for entry in self._entries.page(key * PAGE, PAGE)]
            self._pages[key] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(key)
        return page[number % PAGE]

    def _entry_line(self, entry: LedgerEntry) -> _Line:
        day, balance = entry.day, entry.balance
        texts = (
            day.isoformat() if self._with_year else f"{day.month:02d}-{day.day:02d}",
            entry.ref,
            entry.summary,
            entry.counterparty,
            _amount(entry.debit),
            _amount(entry.credit),
            side_of(balance),
            _amount(abs(balance)),
        )
        return _Line(texts, Role.DETAIL, voucher=entry.voucher_id, key=f"{day:%Y-%m}/{entry.ref}")

    # what the table shows

    def text(self, row: int, column: int) -> str:
        """An entry's cell, or one of a sum."""
        return self._line(row).texts[column]

    def key(self, row: int) -> str:
        """What names the row: an entry's voucher with its month, a sum by its words and day."""
        return self._line(row).key

    def role(self, row: int) -> Role:
        """Opening, entry or sum."""
        return self._line(row).role

    def closes(self, row: int) -> bool:
        """Whether the row is a 本月合计."""
        return self._line(row).closes

    def link(self, row: int) -> Link | None:
        """The entry's voucher."""
        voucher = self._line(row).voucher
        return Link("voucher", str(voucher)) if voucher else None

    def row_of_voucher(self, voucher_id: int, near: int) -> int | None:
        """Row of a voucher's entry within a page of ``near``, to come back to it; None when it is not there."""
        rows = range(max(0, near - PAGE), min(self._count, near + PAGE + 1))
        for row in sorted(rows, key=lambda row: abs(row - near)):
            if self._line(row).voucher == voucher_id:
                return row
        return None


def side_of(balance: int) -> str:
    """借, 贷 or 平 for a balance of debit − credit, fen."""
    return "平" if not balance else "借" if balance > 0 else "贷"


def _amount(fen: int) -> str:
    return format_fen(fen) if fen else ""


def _sum_line(of: LedgerSum, *, opens: bool) -> _Line:
    debit, credit, balance = _amount(of.debit), _amount(of.credit), of.balance
    texts = (of.day, "", of.words, "", debit, credit, side_of(balance), _amount(abs(balance)))
    role = Role.OPENING if opens else Role.SUBTOTAL
    return _Line(texts, role, of.closes, key=" ".join(filter(None, (of.words, of.day))))


def _widest(sums: Sequence[LedgerSum]) -> int:
    """No amount of the ledger is larger than this, fen.

    A balance within a span strays from its opening by no more than what moved in the span.
    """
    moved = sum(max(abs(s.debit), abs(s.credit)) for s in sums if s.closes)
    largest = max((max(abs(s.debit), abs(s.credit)) for s in sums), default=0)
    return max(largest, (abs(sums[0].balance) if sums else 0) + moved)
