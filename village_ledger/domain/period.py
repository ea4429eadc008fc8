"""Months, years and the state a month is in."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from village_ledger.domain.errors import PeriodError


class MonthState(Enum):
    """开 → 核 → 结 → 封 (design.md, decisions: months)."""

    OPEN = "open"
    CHECKING = "checking"
    CLOSED = "closed"
    SEALED = "sealed"

    @property
    def accepts_vouchers(self) -> bool:
        """Whether vouchers may still be entered and posted in such a month."""
        return self in (MonthState.OPEN, MonthState.CHECKING)


MONTH_STATE_NAMES = {
    MonthState.OPEN: "开",
    MonthState.CHECKING: "核",
    MonthState.CLOSED: "结",
    MonthState.SEALED: "封",
}

CLOSING = 13
"""Number of the closing period in a month's key: ``2025-13``."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; ``str()`` is the key used in the book, such as ``2025-03``.

    Month 13 is the closing period of a year: its vouchers are dated 31 December and carry the result forward.
    """

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    @lru_cache(maxsize=4096)  # a book has few distinct months, and names them in every row
    def parse(cls, text: str) -> Month:
        """Read ``2025-03``; raises PeriodError for anything else."""
        year, dash, month = text.partition("-")
        if not (
            dash
            and len(year) == 4
            and year.isascii()
            and year.isdigit()
            and month.isascii()
            and month.isdigit()
        ):
            raise PeriodError(f"“{text}”不是月份", "请写成 2025-03 的样子。")
        if not 1 <= int(month) <= CLOSING or len(month) != 2 or year == "0000":
            raise PeriodError(f"“{text}”不是月份", "请写成 2025-03 的样子。")
        return cls(int(year), int(month))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def is_closing(self) -> bool:
        """Whether this is the closing period after December."""
        return self.month == CLOSING

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, 12, 31) if self.is_closing else date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Last day."""
        if self.is_closing:
            return date(self.year, 12, 31)
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def words(self) -> str:
        """How people say it: 2025年3月, of the closing period 2025年年终结转."""
        return f"{self.year}年年终结转" if self.is_closing else f"{self.year}年{self.month}月"

    def next(self) -> Month:
        """The month after."""
        return Month(self.year + 1, 1) if self.month >= 12 else Month(self.year, self.month + 1)

    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of days, both ends included: what a report or sheet covers."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError(f"起日 {self.first} 晚于止日 {self.last}", "请把起止日期对调。")

    @property
    def after(self) -> date:
        """The first day after it; nothing comes after the last day there is."""
        return self.last + timedelta(days=1) if self.last < date.max else self.last

    @classmethod
    def of_month(cls, month: Month) -> Span:
        """One whole month."""
        return cls(month.first, month.last)

    @classmethod
    def of_year(cls, year: int) -> Span:
        """One whole accounting year, 1 January to 31 December (会计法 art. 11)."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def words(self) -> str:
        """How people say it: 2025年3月, 2025年第1季度, 2025年, or both days."""
        first, last = self.first, self.last
        if first.day == 1 and last == Month.of(last).last and first.year == last.year:
            if first.month == last.month:
                return f"{first.year}年{first.month}月"
            if first.month % 3 == 1 and last.month == first.month + 2:
                return f"{first.year}年第{first.month // 3 + 1}季度"
            if (first.month, last.month) == (1, 12):
                return f"{first.year}年"
            return f"{first.year}年{first.month}月至{last.month}月"
        return f"{first.isoformat()} 至 {last.isoformat()}"


def parse_day(text: str) -> date:
    """Read ``2025-03-08``, ``2025/3/8`` or ``2025.3.8``; raises PeriodError for a day that does not exist."""
    for mark in "/.":
        text = text.replace(mark, "-")
    parts = text.strip().split("-")
    if len(parts) == 3 and all(p.isascii() and p.isdigit() for p in parts) and len(parts[0]) == 4:
        try:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        except ValueError:
            raise PeriodError(f"没有“{text}”这一天", "请核对日期。") from None
    raise PeriodError(f"“{text}”不是日期", "请写成 2025-03-08 的样子。")


def months_of(span: Span) -> list[Month]:
    """Months of a span in order, each year's closing period after its December."""
    months, month = list[Month](), Month.of(span.first)
    while month <= Month.of(span.last):
        months.append(month)
        if month.month == CLOSING - 1:
            months.append(Month(month.year, CLOSING))
        month = month.next()
    return months
