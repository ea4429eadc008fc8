"""An account ledger of any length on screen: rows are fetched a page at a time and a few pages are kept.

Rows of the ledger and the lines of the month between them make one numbering::

    opening · entries of January · 本月合计 · 本年累计 · entries of February · 本月合计 · 本年累计 …

Only months that have entries take part, so a place is found by bisecting the months.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.reports.table import Link, Role
from village_ledger.ui.table_model import FigureModel, Look, ScreenColumn

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
class MonthSum:
    """A month of the ledger, fen: its entries' count and turnover, the year's to its end, the balance after it."""

    month: Month
    entries: int
    debit: int
    credit: int
    year_debit: int
    year_credit: int
    balance: int


_AFTER_MONTH = 2
"""Rows that follow a month's entries: 本月合计 and 本年累计."""


class _Line(NamedTuple):
    """A row made ready to draw."""

    texts: tuple[str, ...]
    role: Role
    closes: bool = False
    voucher: int = 0


def ledger_columns(widest: int) -> tuple[ScreenColumn, ...]:
    """Columns of a three-column ledger; ``widest`` is the largest amount in fen any of them must hold."""
    amount = f"-{format_fen(max(abs(widest), 99_999_99))}"
    return (
        ScreenColumn("date", "日期", Look.TEXT, "2025-12-31"),
        ScreenColumn("voucher", "凭证", Look.LINK, "记-0000"),
        ScreenColumn("summary", "摘要", Look.TEXT, "十二个汉字宽的一段摘要话", stretch=3),
        ScreenColumn("counterparty", "对方单位(人)", Look.TEXT, "六个汉字的宽", stretch=1),
        ScreenColumn("debit", "借方", Look.MONEY, amount, hair=True),
        ScreenColumn("credit", "贷方", Look.MONEY, amount, hair=True),
        ScreenColumn("side", "方向", Look.CENTRED, "方向"),
        ScreenColumn("balance", "余额", Look.MONEY, amount, hair=True),
    )


class PagedModel(FigureModel):
    """A LedgerSlice as table rows."""

    def __init__(
        self,
        entries: Slice,
        months: Sequence[MonthSum],
        opening: tuple[str, str, int],
        parent: QObject | None = None,
    ) -> None:
        """``opening`` is the first row: its day as shown, its words (承前页, 期初余额) and the balance in fen."""
        super().__init__(ledger_columns(_widest(months, opening[2])), parent)
        self._entries = entries
        self._months = tuple(months)
        self._opening = opening
        self._starts: list[int] = [1]
        """Row of each month's first entry; the last one is behind the end."""
        for month in self._months:
            self._starts.append(self._starts[-1] + month.entries + _AFTER_MONTH)
        self._pages: OrderedDict[int, list[tuple[tuple[str, ...], int]]] = OrderedDict()
        self._kept_row = -1
        self._kept = _Line((), Role.DETAIL)
        self._spans_years = len({m.month.year for m in self._months}) > 1

    # places

    def count(self) -> int:
        """Opening, entries and the lines of the months."""
        return self._starts[-1]

    def _place(self, row: int) -> tuple[int, int]:
        """Index of the month a row lies in (-1: the opening) and the row's place within it."""
        index = bisect_right(self._starts, row) - 1
        return (index, row - self._starts[index]) if index >= 0 else (-1, 0)

    def _entry_number(self, index: int, place: int) -> int:
        """Number of an entry among all entries: its row without the opening and the months' lines before it."""
        return self._starts[index] - 1 - index * _AFTER_MONTH + place

    def _entry(self, number: int) -> tuple[tuple[str, ...], int]:
        """Texts and voucher id of an entry, through the kept pages."""
        key = number // PAGE
        page = self._pages.get(key)
        if page is None:
            page = [self._texts(entry) for entry in self._entries.page(key * PAGE, PAGE)]
            self._pages[key] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(key)
        return page[number % PAGE]

    def _texts(self, entry: LedgerEntry) -> tuple[tuple[str, ...], int]:
        day = entry.day
        return (
            (
                day.isoformat() if self._spans_years else f"{day.month:02d}-{day.day:02d}",
                entry.ref,
                entry.summary,
                entry.counterparty,
                _amount(entry.debit),
                _amount(entry.credit),
                side_of(entry.balance),
                _amount(abs(entry.balance)),
            ),
            entry.voucher_id,
        )

    # what the table shows

    def _line(self, row: int) -> _Line:
        """The row's texts and what it is; the last one asked for is kept, for a row is drawn cell by cell."""
        if row == self._kept_row:
            return self._kept
        index, place = self._place(row)
        if index < 0:
            line = _Line(self._opening_texts(), Role.OPENING)
        elif place < self._months[index].entries:
            texts, voucher_id = self._entry(self._entry_number(index, place))
            line = _Line(texts, Role.DETAIL, voucher=voucher_id)
        else:
            of_year = place > self._months[index].entries
            line = _Line(_sum_texts(self._months[index], of_year=of_year), Role.SUBTOTAL, closes=not of_year)
        self._kept_row, self._kept = row, line
        return line

    def _opening_texts(self) -> tuple[str, ...]:
        day, words, balance = self._opening
        return (day, "", words, "", "", "", side_of(balance), _amount(abs(balance)))

    def text(self, row: int, column: int) -> str:
        """An entry's cell, or one of the opening and month lines."""
        return self._line(row).texts[column]

    def role(self, row: int) -> Role:
        """Opening, entry or month line."""
        return self._line(row).role

    def closes(self, row: int) -> bool:
        """本月合计 carries the red rules, 本年累计 stands below them."""
        return self._line(row).closes

    def link(self, row: int) -> Link | None:
        """The entry's voucher."""
        voucher = self._line(row).voucher
        return Link("voucher", str(voucher)) if voucher else None

    def month_of(self, row: int) -> MonthSum | None:
        """The month a row lies in, None for the opening."""
        index, _ = self._place(row)
        return self._months[index] if 0 <= index < len(self._months) else None

    def row_of_voucher(self, voucher_id: int, near: int) -> int | None:
        """Row of a voucher's entry on the page of ``near``, to come back to it; None when it is not there."""
        for row in (near, *range(max(0, near - PAGE), min(self.count(), near + PAGE))):
            link = self.link(row) if row < self.count() else None
            if link is not None and link.key == str(voucher_id):
                return row
        return None


def side_of(balance: int) -> str:
    """借, 贷 or 平 for a balance of debit − credit, fen."""
    return "平" if not balance else "借" if balance > 0 else "贷"


def _amount(fen: int) -> str:
    return format_fen(fen) if fen else ""


def _sum_texts(month: MonthSum, *, of_year: bool) -> tuple[str, ...]:
    words = "本年累计" if of_year else "本月合计"
    debit, credit = (month.year_debit, month.year_credit) if of_year else (month.debit, month.credit)
    balance = month.balance
    return ("", "", words, "", _amount(debit), _amount(credit), side_of(balance), _amount(abs(balance)))


def _widest(months: Sequence[MonthSum], opening: int) -> int:
    """No amount of the ledger is larger than this, fen."""
    turnover = max((max(abs(m.year_debit), abs(m.year_credit)) for m in months), default=0)
    reach = sum(max(abs(m.debit), abs(m.credit)) for m in months)
    return max(turnover, abs(opening) + reach)
