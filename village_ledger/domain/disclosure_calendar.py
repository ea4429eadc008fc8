"""When what must be published (公开日历): local rules by date, what they ask for day by day, and how it stands.

A rule set says for each kind of ledger which occasions there are, which sheets must hang, and by when. Regular occasions
follow from the calendar, others from something that happened. Whether they were answered is in ``disclosure_standing``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month, Span


class Every(Enum):
    """How often an occasion comes."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    PLAN = "plan"
    """Once, at the start of a year, for the year to come."""
    EVENT = "event"
    """Only when something happened."""


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12, Every.PLAN: 12}
RHYTHM_WORDS = {"month": "按月", "quarter": "按季"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: so many days after the end, the next such day of a year after it, or so many days before the event."""

    days: int = 0
    on: tuple[int, int] | None = None
    before: int = 0

    def day(self, every: Every, span: Span) -> date:
        """The last day on which it is in time."""
        if self.before:
            return span.last - timedelta(days=self.before)
        if self.on is None:
            return span.last + timedelta(days=self.days)
        after = span.first if every is Every.PLAN else span.last + timedelta(days=1)
        first = date(after.year, *self.on)
        return first if first >= after else date(after.year + 1, *self.on)

    def words(self, every: Every) -> str:
        """How a list of rules says it."""
        if self.before:
            return f"会前 {self.before} 天"
        if self.on is None:
            return f"{'事后' if every is Every.EVENT else '期末后'} {self.days} 天内"
        year = "当年" if every is Every.PLAN else "期末后"
        return f"{year} {self.on[0]}月{self.on[1]}日前"


@dataclass(frozen=True, slots=True)
class Obligation:
    """One kind of occasion on which something must hang on the board."""

    id: str
    """The occasion, as a posting names it: ``quarter``, ``year``, ``special:land`` …"""
    name: str
    every: Every
    ledgers: frozenset[LedgerKind]
    sheets: str
    """Letters of the sheets that must be there; empty: whatever the occasion needs."""
    due: Deadline
    basis: str
    mark: str
    """How well the rule is attested."""
    rhythm: str = ""
    """Only where the ledger chose this rhythm; empty: always."""
    parts: bool = False
    """Whether several shorter postings may answer it together."""
    triggers: tuple[str, ...] = ()
    together: Every | None = None
    """What happened in one such stretch is published together; None: each day by itself."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What one place asks for, as it stood on a day."""

    id: str
    name: str
    obligations: tuple[Obligation, ...]
    rhythms: tuple[str, ...]
    """Rhythms a village may choose, the usual one first."""
    board_days: int
    source: str
    since: date

    def for_ledger(self, kind: LedgerKind, rhythm: str) -> list[Obligation]:
        """What a kind of ledger owes at a rhythm."""
        chosen = rhythm or self.rhythms[0]
        return [one for one in self.obligations if kind in one.ledgers and one.rhythm in ("", chosen)]


@dataclass(frozen=True, slots=True)
class Adopted:
    """That a ledger follows a rule set from a day on; ``text`` the village's own rules, empty for a set that is shipped."""

    version: int
    set_id: str
    rhythm: str
    since: date
    reason: str
    text: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that has to be published at its own time."""

    trigger: str
    day: date
    words: str
    key: str = ""
    """What opens it: a contract's number, a decision's, a project; or the number of a matter written by hand."""
    span: Span | None = None
    """The days to publish, where somebody said which; otherwise its day or its month."""
    told_on: date | None = None
    """When it was published by a way of its own, such as a decision's own notice."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be published: which occasion, which days it tells of, by when."""

    obligation: Obligation
    span: Span
    day: date
    about: tuple[Happened, ...] = ()

    @property
    def occasion(self) -> str:
        """The occasion."""
        return self.obligation.id

    @property
    def from_day(self) -> date:
        """The first day it can be answered: when its days are over, or when it happened or was asked for."""
        if self.obligation.every is Every.PLAN or self.obligation.due.before:
            return date.min
        if self.about:
            return max(one.day for one in self.about)
        return self.span.last

    @property
    def title(self) -> str:
        """2025年第1季度 · 每季财务收支, or what happened."""
        if not self.about:
            return f"{self.span.words()} · {self.obligation.name}"
        first = self.about[0]
        more = f"等 {len(self.about)} 件" if len(self.about) > 1 else ""
        return f"{self.obligation.name} · {first.words}{more}"


# what is due


def regular(obligation: Obligation, window: Span, start: date) -> Iterator[Due]:
    """The regular occasions that fall due in a window of days, of a ledger kept since a day."""
    months = _MONTHS[obligation.every]
    # a year before the window and the years in it hold every span whose day can lie in the window
    month = Month(max(window.first.year - 2, 1), 1)
    while month.first <= window.last:
        last = month
        for _ in range(months - 1):
            last = last.next()
        span = Span(month.first, last.last)
        day = obligation.due.day(obligation.every, span)
        begun = day >= start if obligation.every is Every.PLAN else span.last >= start
        if begun and window.first <= day <= window.last:
            yield Due(obligation, span, day)
        month = last.next()


def stretch(day: date, every: Every | None) -> Span:
    """The month, quarter … a day lies in; the day alone for none."""
    if every is None:
        return Span(day, day)
    months = _MONTHS[every]
    first = Month(day.year, (day.month - 1) // months * months + 1)
    return Span(first.first, Month(first.year, first.month + months - 1).last)


def occasional(obligation: Obligation, happened: Iterable[Happened], window: Span) -> Iterator[Due]:
    """What happened, one due thing a day, a month or a quarter; what somebody asked for by hand stands by itself."""
    groups: dict[tuple[date, date, str], list[Happened]] = {}
    for one in sorted(happened, key=lambda one: one.day):
        if one.trigger in obligation.triggers:
            span = one.span or stretch(one.day, obligation.together)
            alone = one.key if one.span or obligation.together is None else ""
            groups.setdefault((span.first, span.last, alone), []).append(one)
    for (first, last, _), some in groups.items():
        asked = some[-1].day if some[-1].span else last
        day = obligation.due.day(obligation.every, Span(asked, asked))
        if window.first <= day <= window.last:
            yield Due(obligation, Span(first, last), day, tuple(some))
