"""When something comes round again: every month, quarter, half-year or year, on a day of the month."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from enum import Enum

from village_ledger.domain.period import Month


class Rhythm(Enum):
    """How often; the value is the number of months between."""

    MONTH = 1
    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12


RHYTHM_NAMES = {
    Rhythm.MONTH: "每月",
    Rhythm.QUARTER: "每季",
    Rhythm.HALF_YEAR: "每半年",
    Rhythm.YEAR: "每年",
}


def day_in(month: Month, day: int) -> date:
    """A day of a month, the last one where the month is shorter (31 means the month's end)."""
    if day <= 28:  # most days of most contracts: no calendar needed
        return date(month.year, month.month, day)
    return date(month.year, month.month, min(day, calendar.monthrange(month.year, month.month)[1]))


def months_later(day: date, months: int) -> date:
    """The same day so many months on, counted from the first day, clamped to the month's end (29 February)."""
    count = day.year * 12 + day.month - 1 + months
    return day_in(Month(count // 12, count % 12 + 1), day.day)


def due_days(rhythm: Rhythm, day: int, start: Month, end: Month | None, through: Month) -> Iterator[date]:
    """Every due day from ``start`` through a month, none after ``end``."""
    last = min(through, end) if end is not None else through
    month = start
    while month <= last:
        yield day_in(month, day)
        for _ in range(rhythm.value):
            month = month.next()
