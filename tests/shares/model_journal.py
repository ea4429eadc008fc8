"""What was posted in a share register and what it adds up to on a day: the journal below the second opinion of ``model``.

Nothing of the program is imported here. The register is a list of acts; whatever is asked of a day is added up from
the first act on. Slow and plain on purpose, so that one can see that it is right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

COLLECTIVE = "集体"
FREE, PLEDGED, FROZEN = BUCKETS = ("free", "pledged", "frozen")

_END = 1 << 30
"""A number after every other: the end of a day."""

HOUSEHOLDS = frozenset({"split", "merge"})
"""Kinds that move a person and no shares."""
_MOVES = {
    "grant": ("", FREE),
    "cancel": (FREE, ""),
    "transfer": (FREE, FREE),
    "gift": (FREE, FREE),
    "inherit": (FREE, FREE),
    "redeem": (FREE, FREE),
    "pledge": (FREE, PLEDGED),
    "release": (PLEDGED, FREE),
    "foreclose": (PLEDGED, FREE),
    "freeze": (FREE, FROZEN),
    "unfreeze": (FROZEN, FREE),
    "split": ("", ""),
    "merge": ("", ""),
    "convert": ("", ""),
}
"""The table of §5.3: the giver's bucket that is emptied, the receivers' bucket that is filled."""


@dataclass(frozen=True)
class Vote:
    """A resolution: who voted, when, and how many."""

    body: str
    day: date
    eligible: int
    present: int
    in_favour: int

    @property
    def carried(self) -> bool:
        """§1.3: two thirds of all for the assembly and the representatives; more than half of all directors."""
        if self.present * 3 < self.eligible * 2 and self.body != "representatives":
            return False
        if self.body == "board":
            return self.in_favour >= self.eligible // 2 + 1
        return self.in_favour * 3 >= self.eligible * 2


@dataclass(frozen=True)
class Act:
    """What the clerk asks for."""

    kind: str
    day: date
    share: str = ""
    giver: str = ""
    """Who gives, pledges, is frozen; nobody for a grant."""
    parts: tuple[tuple[str, int], ...] = ()
    """Who receives how many quanta; of one account's own change: that account."""
    vote: Vote | None = None
    undoes: int = 0
    """Number of the pledge that is released or foreclosed, or of the act that is reversed."""
    to: str = ""
    """Of a split or merge the household, of a conversion the new class."""
    ratio: Fraction = Fraction(0)
    """Of a conversion: new shares for an old one."""

    @property
    def quantity(self) -> int:
        """All parts together."""
        return sum(quanta for _, quanta in self.parts)


@dataclass(frozen=True)
class Line:
    """Quanta into or out of a bucket."""

    share: str
    holder: str
    bucket: str
    delta: int


@dataclass(frozen=True)
class Terms:
    """What the charter says of a class; None: no limit."""

    cap: Fraction | None = None
    redeem_cap: Fraction | None = None
    heirs_above_cap: bool = True
    decimals: int = 2


@dataclass
class Folk:
    """Somebody of the village."""

    member_from: date | None = None
    died: date | None = None
    lives: list[tuple[date, str]] = field(default_factory=list[tuple[date, str]])
    """Households, in the order they were written down."""

    def household(self, day: date) -> str:
        """Where somebody lives on a day: of the moves up to it the last by day, of equal days the last written."""
        moves = [(since, place, code) for place, (since, code) in enumerate(self.lives) if since <= day]
        return max(moves, default=(date.min, 0, ""))[-1]

    def is_member(self, day: date) -> bool:
        """Whether a living member on a day."""
        return self.member_from is not None and self.member_from <= day and not self.is_dead(day)

    def is_dead(self, day: date) -> bool:
        """From the day of death on."""
        return self.died is not None and self.died <= day


@dataclass
class Journal:
    """All that was posted, in the order of posting; the first is number 1.

    What is asked of a day is asked of its end, or of the moment after one of its acts: within a day acts follow one
    another in the order of posting (I9).
    """

    terms: dict[str, Terms]
    people: dict[str, Folk]
    acts: list[Act] = field(default_factory=list)
    lines: list[tuple[Line, ...]] = field(default_factory=list)
    used_record_date: date | None = None

    # What is asked of a day

    def _until(self, day: date, number: int = _END) -> list[tuple[int, Act, tuple[Line, ...]]]:
        """All acts up to a moment, with their numbers and lines."""
        return [
            (n, act, lines)
            for n, (act, lines) in enumerate(zip(self.acts, self.lines, strict=True), 1)
            if (act.day, n) <= (day, number)
        ]

    def balances(self, day: date, number: int = _END) -> dict[tuple[str, str], dict[str, int]]:
        """(class, holder) to its buckets, everybody who ever had a line."""
        found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(BUCKETS, 0))
        for _, _, lines in self._until(day, number):
            for line in lines:
                found[line.share, line.holder][line.bucket] += line.delta
        return dict(found)

    def has(self, share: str, holder: str, day: date, bucket: str = "") -> int:
        """What a holder has of a class, in one bucket or in all."""
        buckets = self.balances(day).get((share, holder), dict.fromkeys(BUCKETS, 0))
        return buckets[bucket] if bucket else sum(buckets.values())

    def total(self, share: str, day: date, number: int = _END) -> int:
        """All there is of a class."""
        held = self.balances(day, number).items()
        return sum(sum(buckets.values()) for (of, _), buckets in held if of == share)

    def open_pledge(self, pledge: int, day: date, number: int = _END) -> int:
        """What is still pledged under the pledge of a number."""
        left = 0
        for n, act, _ in self._until(day, number):
            made, sign = (self.acts[act.undoes - 1], -1) if act.kind == "reverse" else (act, 1)
            if (act.undoes if made is not act else n) == pledge and made.kind == "pledge":
                left += sign * made.quantity
            elif made.kind in {"release", "foreclose"} and made.undoes == pledge:
                left -= sign * made.quantity
        return left

    def reversed_by(self, number: int) -> int:
        """Number of the act that reverses one, 0 when none does."""
        found = [n for n, act in enumerate(self.acts, 1) if act.kind == "reverse" and act.undoes == number]
        return found[0] if found else 0

    @property
    def days(self) -> list[date]:
        """Every day on which something changed."""
        return sorted({act.day for act in self.acts})

    # What an act moves

    def _append(self, act: Act) -> None:
        lines = self._lines_of(act)
        self.acts.append(act)
        self.lines.append(lines)

    def _lines_of(self, act: Act) -> tuple[Line, ...]:
        """The table of §5.3."""
        if act.kind == "reverse":
            target = self.lines[act.undoes - 1]
            return tuple(Line(line.share, line.holder, line.bucket, -line.delta) for line in target)
        if act.kind == "convert":
            return self._conversion_lines(act)
        leaves, arrives = _MOVES[act.kind]
        out = [Line(act.share, act.giver, leaves, -act.quantity)] if leaves else []
        into = [Line(act.share, holder, arrives, quanta) for holder, quanta in act.parts if arrives]
        return (*out, *into)

    def _conversion_lines(self, act: Act) -> tuple[Line, ...]:
        """All of the old class out, and in by the ratio: whole quanta of the new one, largest remainder, ties by account."""
        held = {holder: self.has(act.share, holder, act.day) for holder in (*self.people, COLLECTIVE)}
        holders = sorted(
            (holder for holder in held if held[holder]), key=lambda who: self.account(who, act.day)
        )
        made = self._converted(act, sum(held.values()))
        if not holders:
            return ()
        parts = largest_remainder(made, [held[holder] for holder in holders])
        out = [Line(act.share, holder, FREE, -held[holder]) for holder in holders]
        into = [Line(act.to, holder, FREE, part) for holder, part in zip(holders, parts, strict=True) if part]
        return (*out, *into)

    def _converted(self, act: Act, quanta: int) -> int:
        """Quanta of the new class for quanta of the old one, what is below one quantum dropped."""
        return int(
            quanta
            * act.ratio
            * Fraction(10) ** (self.terms[act.to].decimals - self.terms[act.share].decimals)
        )

    def account(self, holder: str, day: date) -> str:
        """How an account is written on a day."""
        return COLLECTIVE if holder == COLLECTIVE else f"{self.people[holder].household(day)}/{holder}"


def largest_remainder(amount: int, weights: list[int]) -> list[int]:
    """§2 and §5.5 with exact fractions: floors, then one each to the largest fractional parts, first come first served."""
    whole = sum(weights)
    ideal = [Fraction(amount * weight, whole) for weight in weights]
    parts = [int(part) for part in ideal]
    order = sorted(range(len(weights)), key=lambda place: (parts[place] - ideal[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts
