"""Advance rent (预收租金): several years' rent received at once, spread over the periods it is for.

Rounding: the sum up to and including a part is the whole times the share of time passed, half up to the fen; a part is
the difference of two such sums. So the parts add up to the whole, and none is off by more than a fen.
Time is counted in months of the calendar (a month cut at its end or beginning by its days) or in contract years from
the first day (a last one that is cut by its days). Contract years are counted from the first day and clamp to the
month's end: from 29 February they begin on 28 February in common years and on 29 February in leap years.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from village_ledger.domain.errors import AmountError, PeriodError
from village_ledger.domain.period import Month
from village_ledger.domain.rhythm import months_later

LONGEST_YEARS = 100
"""No lease of ours is longer; a longer one is a slip of the hand."""


class Basis(Enum):
    """How a ledger releases advance rent: chosen once, kept for all schedules (一贯性)."""

    MONTH = "month"
    YEAR = "year"


BASIS_NAMES = {Basis.MONTH: "按月", Basis.YEAR: "按合同年度"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one period bears: its days, the month it is released in, fen."""

    first: date
    last: date
    due: Month
    amount: int


def spread(total: int, first: date, last: date, basis: Basis) -> list[Part]:
    """The parts of an advance, in order; they add up to ``total``.

    A calendar month's part is due in that month, a contract year's in the month it begins. Parts of less than a fen are
    left out. Raises PeriodError when it ends before it begins, AmountError for a total that is not above zero.
    """
    if last < first:
        raise PeriodError(f"止日 {last} 早于起日 {first}", "请核对租期。")
    if last.year - first.year > LONGEST_YEARS:
        raise PeriodError(f"租期从 {first} 到 {last}，超过 {LONGEST_YEARS} 年", "请核对租期。")
    if total <= 0:
        raise AmountError("预收的金额要大于零", "请核对收款金额。")
    spans = list(_months(first, last) if basis is Basis.MONTH else _contract_years(first, last))
    whole = sum((weight for _, _, weight in spans), Fraction())
    parts: list[Part] = []
    passed, released = Fraction(), 0
    for begins, ends, weight in spans:
        passed += weight
        through = _half_up(total * passed / whole)
        if through > released:
            parts.append(Part(begins, ends, Month.of(begins), through - released))
            released = through
    return parts


def _months(first: date, last: date) -> Iterator[tuple[date, date, Fraction]]:
    """Calendar months with their share of a month."""
    begins = first
    while begins <= last:
        month = Month.of(begins)
        ends = min(month.last, last)
        yield begins, ends, Fraction((ends - begins).days + 1, month.last.day)
        begins = month.last + timedelta(days=1)


def _contract_years(first: date, last: date) -> Iterator[tuple[date, date, Fraction]]:
    """Contract years with their share of a year."""
    number, begins = 0, first
    while begins <= last:
        number += 1
        following = months_later(first, 12 * number)
        ends = min(following - timedelta(days=1), last)
        yield begins, ends, Fraction((ends - begins).days + 1, (following - begins).days)
        begins = following


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
