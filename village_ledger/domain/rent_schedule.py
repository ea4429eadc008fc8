"""Rent rows (应收租金): what a contract's terms make due, period by period; generated, never typed.

Periods are counted from the start day and clamp to the month's end: from the 31st or from 29 February they begin on the last
day of a shorter month and on the day itself again in a longer one. A last period that the end cuts short is prorated by its
days, half up to the fen. Escalation raises the rent every so many contract years, each time on what it was, so that a cut
last year bears its own year's rent; steps set it from a day on, inside a period by the days on either side.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from village_ledger.domain.errors import ContractError, LedgerError
from village_ledger.domain.money import LARGEST_FEN, format_fen, parse_fen
from village_ledger.domain.period import parse_day
from village_ledger.domain.rhythm import Rhythm, months_later

LONGEST_YEARS = 100
"""No lease of ours is longer; a longer one is a slip of the hand."""
FULL_RATE = 10_000
"""100 % in hundredths of a percent."""
_ONE_DAY = timedelta(days=1)
_SAFE_DAY = 28


class PayDay(Enum):
    """When a period's rent is due: on its first day or on its last."""

    FIRST = "first"
    LAST = "last"


PAY_DAY_NAMES = {PayDay.FIRST: "首日", PayDay.LAST: "末日"}
PERIOD_NAMES = {
    Rhythm.MONTH: "月",
    Rhythm.QUARTER: "季",
    Rhythm.HALF_YEAR: "半年",
    Rhythm.YEAR: "年",
}


class Step(NamedTuple):
    """Rent of a whole period from a day on, fen."""

    day: date
    amount: int


class RentRow(NamedTuple):
    """One period's rent: its days, the day it is due, fen."""

    first: date
    last: date
    due: date
    amount: int


@dataclass(frozen=True, slots=True)
class RentTerms:
    """What rows follow from; ``end`` is the last day let, ``amount`` the rent of a whole period in fen.

    Raises ContractError for terms no rows can follow from.
    """

    start: date
    end: date
    period: Rhythm
    pay_day: PayDay
    amount: int
    rate: int = 0
    """Escalation in hundredths of a percent."""
    rate_years: int = 0
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ContractError(f"终止日期 {self.end} 早于起始日期 {self.start}", "请核对租期。")
        if self.end.year - self.start.year > LONGEST_YEARS:
            raise ContractError(f"租期从 {self.start} 到 {self.end}，超过 {LONGEST_YEARS} 年", "请核对租期。")
        _ensure_price(self.amount, "每期金额")
        self._ensure_escalation()
        self._ensure_steps()

    def _ensure_escalation(self) -> None:
        if (self.rate == 0) != (self.rate_years == 0):
            raise ContractError("递增率和递增年数要一起写", "不递增就两样都空着。")
        if not 0 <= self.rate <= FULL_RATE or not 0 <= self.rate_years <= LONGEST_YEARS:
            raise ContractError(
                f"每 {self.rate_years} 年递增 {format_rate(self.rate)}% 不合常理", "请核对递增率和递增年数。"
            )

    def _ensure_steps(self) -> None:
        before = self.start
        for step in self.steps:
            if not before < step.day <= self.end:
                what = "要在租期里面" if not self.start < step.day <= self.end else "要从早到晚写"
                raise ContractError(f"阶梯日期 {step.day} {what}", "请照“日期:金额;日期:金额”核对。")
            _ensure_price(step.amount, f"阶梯 {step.day} 的金额")
            before = step.day

    def changed(self, day: date, amount: int) -> RentTerms:
        """The same with another rent from a day on; what was agreed for later days falls away."""
        if day <= self.start:
            return replace(self, amount=amount, steps=())
        kept = tuple(step for step in self.steps if step.day < day)
        return replace(self, steps=(*kept, Step(day, amount)))

    def until(self, end: date) -> RentTerms:
        """The same with another last day; steps after it fall away."""
        return replace(self, end=end, steps=tuple(step for step in self.steps if step.day <= end))


def _ensure_price(fen: int, what: str) -> None:
    if not 0 < fen <= LARGEST_FEN:
        raise ContractError(f"{what} {format_fen(fen)} 不对", "租金要大于零，请核对。")


def rent_rows(terms: RentTerms) -> list[RentRow]:
    """Every row of the term in order; together they cover it without gap or overlap."""
    starts = _starts(terms)
    first_due = terms.pay_day is PayDay.FIRST
    prices = _prices(terms, starts)
    rows: list[RentRow] = []
    for place, price in enumerate(prices):
        first = starts[place]
        last = starts[place + 1] - _ONE_DAY
        rows.append(RentRow(first, last, first if first_due else last, price))
    return rows if rows[-1].last <= terms.end else _cut(terms, rows)


def rent_rows_due(terms: RentTerms, first: date, last: date) -> list[RentRow]:
    """The rows that fall due in these days, without working out the others."""
    plain = not terms.steps and not terms.rate
    changes = [] if plain else _price_changes(terms, last)
    first_due, end = terms.pay_day is PayDay.FIRST, terms.end
    rows: list[RentRow] = []
    months = (first.year - terms.start.year) * 12 + first.month - terms.start.month
    skipped = max(0, months // terms.period.value - 1)
    for begins, following in pairwise(_starts(terms, last, skipped)):
        ends = following - _ONE_DAY
        cut = ends > end
        ends = end if cut else ends
        due = begins if first_due else ends
        if due < first or due > last:
            continue
        if plain and not cut:
            amount = terms.amount
        else:
            amount = _worth(changes or _price_changes(terms, ends), begins, ends + _ONE_DAY, following)
        rows.append(RentRow(begins, ends, due, amount))
    return rows


def _starts(terms: RentTerms, through: date = date.max, skipped: int = 0) -> list[date]:
    """First days of the periods begun by ``through`` without the first so many, and the day after the last of them."""
    start, months, end = terms.start, terms.period.value, min(terms.end, through)
    count = months * skipped
    found = [months_later(start, count) if skipped else start]
    if start.day <= _SAFE_DAY:
        year, month, day = start.year, start.month - 1 + count, start.day
        while found[-1] <= end:
            month += months
            found.append(date(year + month // 12, month % 12 + 1, day))
        return found
    while found[-1] <= end:
        count += months
        found.append(months_later(start, count))
    return found


def _prices(terms: RentTerms, starts: Sequence[date]) -> list[int]:
    """What each whole period bears."""
    if not terms.steps and not terms.rate:
        return [terms.amount] * (len(starts) - 1)
    changes = _price_changes(terms)
    return [_worth(changes, first, following, following) for first, following in pairwise(starts)]


def _cut(terms: RentTerms, rows: list[RentRow]) -> list[RentRow]:
    """The last period ends with the term: what its days bear of a whole period."""
    first, last, _, _ = rows[-1]
    amount = _worth(_price_changes(terms), first, terms.end + _ONE_DAY, last + _ONE_DAY)
    rows[-1] = RentRow(first, terms.end, first if terms.pay_day is PayDay.FIRST else terms.end, amount)
    return rows


def _worth(changes: Sequence[tuple[date, int]], first: date, after: date, following: date) -> int:
    """Rent of the days from ``first`` up to ``after`` in a period that ends before ``following``, half up."""
    at = bisect_right(changes, first, key=itemgetter(0)) - 1
    until = bisect_left(changes, after, key=itemgetter(0))
    if until == at + 1 and after == following:
        return changes[at][1]
    bounds = [first, *(day for day, _ in changes[at + 1 : until]), after]
    weighed = sum(
        price * (bounds[place + 1] - bounds[place]).days for place, (_, price) in enumerate(changes[at:until])
    )
    return half_up(weighed, (following - first).days)


def _price_changes(terms: RentTerms, through: date = date.max) -> list[tuple[date, int]]:
    """(day, rent of a whole period from then on), from the start day; those of the years after ``through`` may be left out."""
    found: list[tuple[date, int]] = []
    beyond = min(terms.end, date(min(through.year + 2, date.max.year), 1, 1)) + _ONE_DAY
    steps = (Step(terms.start, terms.amount), *terms.steps)
    for place, step in enumerate(steps):
        until = steps[place + 1].day if place + 1 < len(steps) else beyond
        found.append((step.day, step.amount))
        if terms.rate:
            found += _escalated(terms, step, until)
    return found


def _escalated(terms: RentTerms, step: Step, until: date) -> list[tuple[date, int]]:
    """The rises after a step and before the next, each on the one before."""
    found: list[tuple[date, int]] = []
    number, rises = 1, 0
    while (day := months_later(terms.start, 12 * terms.rate_years * number)) < until:
        if day > step.day:
            rises += 1
            factor = (FULL_RATE + terms.rate) ** rises
            found.append((day, half_up(step.amount * factor, FULL_RATE**rises)))
        number += 1
    return found


def half_up(numerator: int, denominator: int) -> int:
    """A quotient of whole numbers above zero, half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def year_rent(terms: RentTerms, day: date | None = None) -> int:
    """Rent of a year at the price of a day (the first one without), for comparing contracts."""
    changes = _price_changes(terms)
    place = 0 if day is None else max(0, bisect_right(changes, day, key=itemgetter(0)) - 1)
    return changes[place][1] * (12 // terms.period.value)


def read_period(text: str) -> Rhythm:
    """月, 季, 半年 or 年; raises ContractError."""
    word = text.strip().removeprefix("每").removeprefix("按").removesuffix("付").removesuffix("度")
    word = {"个月": "月", "一年": "年"}.get(word, word)
    found = next(
        (rhythm for rhythm, name in PERIOD_NAMES.items() if word in (name, rhythm.name.lower())), None
    )
    if found is None:
        raise ContractError(f"周期“{text.strip()}”看不懂", "请写 月、季、半年 或 年。")
    return found


def read_pay_day(text: str) -> PayDay:
    """首日 or 末日; raises ContractError."""
    word = text.strip()
    found = next((day for day, name in PAY_DAY_NAMES.items() if word in (name, day.value)), None)
    if found is None:
        raise ContractError(f"付款日“{word}”看不懂", "请写 首日 或 末日。")
    return found


def read_rate(text: str) -> int:
    """5, 5% or 2.5 as hundredths of a percent, blank 0; raises ContractError."""
    word = text.strip().removesuffix("%").removesuffix("％").strip()
    if not word:
        return 0
    try:
        return parse_fen(word)
    except LedgerError as error:
        raise ContractError(f"递增率“{text.strip()}”看不懂", "请写成 5 或 2.5 的样子。") from error


def format_rate(rate: int) -> str:
    """Hundredths of a percent as people write it: 5, 2.5."""
    return f"{rate / 100:g}"


def read_steps(text: str) -> tuple[Step, ...]:
    """``2024-07-01:44100;2027-07-01:46305``; raises ContractError."""
    found: list[Step] = []
    for part in filter(None, (piece.strip() for piece in text.replace("；", ";").split(";"))):
        day, colon, amount = part.replace("：", ":").partition(":")
        if not colon:
            raise ContractError(f"阶梯“{part}”看不懂", "请写成“2024-07-01:44100;2027-07-01:46305”的样子。")
        found.append(Step(parse_day(day), parse_fen(amount)))
    return tuple(found)


def write_steps(steps: Sequence[Step]) -> str:
    """As ``read_steps`` reads them."""
    return ";".join(f"{step.day}:{_plain(step.amount)}" for step in steps)


def _plain(fen: int) -> str:
    yuan, cents = divmod(fen, 100)
    return f"{yuan}.{cents:02d}" if cents else str(yuan)
