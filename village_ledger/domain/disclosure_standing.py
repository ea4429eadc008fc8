"""How what must be published stands on a day: answered by what hangs, waiting, late, or excused.

What was hung on the board answers a due thing; what was not stays late until it is, or until somebody writes why it never
will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from village_ledger.domain.disclosure_calendar import Adopted, Due, Every, RuleSet
from village_ledger.domain.period import Span


@dataclass(frozen=True, slots=True)
class Posted:
    """A posting as the calendar needs it."""

    number: str
    occasion: str
    span: Span
    letters: frozenset[str]
    hung_on: date | None
    """None while it is made and not yet on the board."""
    replaced_by: str = ""
    """Number of the posting that took its place, being a correction."""


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why something will not be posted any more."""

    occasion: str
    span: Span
    reason: str
    by: str = ""
    at: str = ""


class State(Enum):
    """How one due thing stands on a day."""

    LATE = "late"
    """Past its day and not on the board."""
    PARTLY = "partly"
    """On the board, with a sheet missing."""
    SOON = "soon"
    """Its days are over (or it happened), not yet on the board, still in time."""
    AHEAD = "ahead"
    """Nothing to do yet."""
    DONE = "done"
    DONE_LATE = "done-late"
    EXCUSED = "excused"

    @property
    def words(self) -> str:
        """What a list calls it."""
        return _STATE_WORDS[self]

    @property
    def waits(self) -> bool:
        """Whether somebody has to do something."""
        return self in (State.LATE, State.PARTLY, State.SOON)


_STATE_WORDS = {
    State.LATE: "晚了",
    State.PARTLY: "缺表",
    State.SOON: "该公开",
    State.AHEAD: "还没到",
    State.DONE: "已公开",
    State.DONE_LATE: "晚公开",
    State.EXCUSED: "说明了原因",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A due thing and how it stands."""

    due: Due
    state: State
    days: int
    """Days late, days it was late by, or days left."""
    postings: tuple[str, ...] = ()
    """Numbers of the postings that answer it, or that are begun for it."""
    done_on: date | None = None
    lacks: str = ""
    """Letters of the sheets that are not on the board."""
    excuse: Excuse | None = None

    @property
    def how(self) -> str:
        """The state in words with its days."""
        match self.state:
            case State.LATE:
                return f"晚了 {self.days} 天"
            case State.PARTLY:
                return f"缺表 {'、'.join(self.lacks)}"
            case State.SOON | State.AHEAD:
                return f"还有 {self.days} 天" if self.days else "今天到期"
            case State.DONE_LATE:
                return f"晚 {self.days} 天公开"
            case _:
                return self.state.words


def judge(
    dues: Iterable[Due], posted: Sequence[Posted], excuses: Sequence[Excuse], today: date
) -> list[Line]:
    """How each due thing stands on a day: what presses first, then what comes next, then what is done."""
    lines = sorted(
        (_line(due, posted, excuses, today) for due in dues),
        key=lambda line: (line.due.day, line.due.occasion),
    )
    presses = [line for line in lines if line.state in (State.LATE, State.PARTLY)]
    soon = [line for line in lines if line.state is State.SOON]
    ahead = [line for line in lines if line.state is State.AHEAD]
    over = [line for line in lines if line.state in (State.DONE, State.DONE_LATE, State.EXCUSED)]
    return [*presses, *soon, *ahead, *reversed(over)]


def _line(due: Due, posted: Sequence[Posted], excuses: Sequence[Excuse], today: date) -> Line:
    told = [one.told_on for one in due.about]
    if due.about and all(told):
        return _done(due, max(day for day in told if day), ())
    found = _answers(due, posted)
    excuse = next((one for one in excuses if one.occasion == due.occasion and one.span == due.span), None)
    if found is not None:
        hung, numbers = found
        return _done(due, hung, _with_corrections(numbers, posted))
    begun = [one for one in posted if one.occasion == due.occasion and one.span == due.span]
    numbers = tuple(one.number for one in begun)
    if excuse is not None:
        return Line(due, State.EXCUSED, 0, numbers, excuse=excuse)
    hanging = frozenset[str]().union(*(one.letters for one in begun if one.hung_on))
    if hanging and any(one.hung_on and one.hung_on >= due.from_day for one in begun):
        lacks = "".join(letter for letter in due.obligation.sheets if letter not in hanging)
        return Line(due, State.PARTLY, max((today - due.day).days, 0), numbers, lacks=lacks)
    if today > due.day:
        return Line(due, State.LATE, (today - due.day).days, numbers)
    ahead = today < due.from_day or (due.from_day == date.min and (due.day - today).days > _MOST_AHEAD)
    return Line(due, State.AHEAD if ahead else State.SOON, (due.day - today).days, numbers)


_MOST_AHEAD = 90
"""What can be posted at any time before its day is not asked for earlier than so many days before."""


def _with_corrections(numbers: tuple[str, ...], posted: Sequence[Posted]) -> tuple[str, ...]:
    """The postings with those that took the place of one of them."""
    after = {one.number: one.replaced_by for one in posted}
    found = dict[str, None]()
    for number in numbers:
        step = number
        while step and step not in found:
            found[step] = None
            step = after.get(step, "")
    return tuple(found)


def _done(due: Due, hung: date, numbers: tuple[str, ...]) -> Line:
    late = (hung - due.day).days
    return Line(due, State.DONE_LATE if late > 0 else State.DONE, max(late, 0), numbers, hung)


def _answers(due: Due, posted: Sequence[Posted]) -> tuple[date, tuple[str, ...]] | None:
    """When a due thing was answered and by which postings; None while it is not."""
    needed = frozenset(due.obligation.sheets)
    able = sorted(
        (
            one
            for one in posted
            if one.hung_on is not None
            and one.hung_on >= due.from_day
            and needed <= one.letters
            and (needed or one.occasion == due.occasion)
            and (due.obligation.every is not Every.PLAN or one.occasion == due.occasion)
        ),
        key=lambda one: (one.hung_on or date.max, one.number),
    )
    for one in able:
        if one.span.first <= due.span.first and due.span.last <= one.span.last and one.hung_on:
            return one.hung_on, (one.number,)
    if not due.obligation.parts:
        return None
    return _together(due.span, posted, needed)


def _together(
    span: Span, posted: Sequence[Posted], needed: frozenset[str]
) -> tuple[date, tuple[str, ...]] | None:
    """Several postings one after another that leave no day of a span out."""
    some = sorted(
        (one for one in posted if one.hung_on and one.hung_on >= one.span.last and needed <= one.letters),
        key=lambda one: (one.span.first, one.hung_on or date.max),
    )
    reached, hung, numbers = span.first, date.min, list[str]()
    for one in some:
        if one.span.first <= reached <= one.span.last and one.hung_on:
            reached, hung = one.span.after, max(hung, one.hung_on)
            numbers.append(one.number)
        if reached > span.last:
            return hung, tuple(numbers)
    return None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A ledger's calendar on a day."""

    ledger: str
    today: date
    rules: RuleSet
    rhythm: str
    adopted: Adopted | None
    lines: tuple[Line, ...]
    remind: int
    """So many days before its day something is called due."""

    def of(self, *states: State) -> list[Line]:
        """Lines in some states, in their order."""
        return [line for line in self.lines if line.state in states]

    @property
    def late(self) -> list[Line]:
        """What is late or lacks a sheet after its day."""
        return [
            line
            for line in self.lines
            if line.state is State.LATE or (line.state is State.PARTLY and self.today > line.due.day)
        ]

    @property
    def soon(self) -> list[Line]:
        """What can be posted now and is due within the days of a reminder."""
        return [
            line
            for line in self.lines
            if line.state in (State.SOON, State.PARTLY)
            and self.today <= line.due.day
            and line.days <= self.remind
        ]

    @property
    def next(self) -> Line | None:
        """What comes next, late ones aside."""
        return next((line for line in self.lines if line.state in (State.SOON, State.AHEAD)), None)
