"""The share register as §5.3 and §5.4 of the rules describe it, and nothing else: a second opinion for every test.

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

ZERO_SUM = frozenset(
    {
        "transfer",
        "gift",
        "inherit",
        "redeem",
        "pledge",
        "release",
        "foreclose",
        "freeze",
        "unfreeze",
        "split",
        "merge",
    }
)
"""Kinds whose lines sum to nothing (I3)."""
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
}
"""The table of §5.3: the giver's bucket that is emptied, the receivers' bucket that is filled."""
_THRESHOLD = {
    "grant": ("assembly",),
    "cancel": ("assembly",),
    "redeem": ("assembly", "representatives"),
    "transfer": ("board", "assembly", "representatives"),
    "gift": ("board", "assembly", "representatives"),
    "inherit": ("board", "assembly", "representatives"),
    "pledge": ("board", "assembly", "representatives"),
    "foreclose": ("board", "assembly", "representatives"),
}
"""Who may resolve a kind (I12, §1.3); kinds that are missing need nobody."""


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


@dataclass
class Folk:
    """Somebody of the village."""

    member_from: date | None = None
    died: date | None = None

    def is_member(self, day: date) -> bool:
        """Whether a living member on a day."""
        return self.member_from is not None and self.member_from <= day and not self.is_dead(day)

    def is_dead(self, day: date) -> bool:
        """From the day of death on."""
        return self.died is not None and self.died <= day


@dataclass
class Register:
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

    # What the clerk asks for

    def post(self, act: Act) -> list[str]:
        """Post an act; the rules against it, none when it was posted."""
        faults = self.faults(act)
        if not faults:
            self._append(act)
        return faults

    def faults(self, act: Act) -> list[str]:
        """Names of all the rules an act would break."""
        found = self._before(act)
        if not found:
            self._append(act)
            found = self._after(act)
            self.acts.pop()
            self.lines.pop()
        return found

    def _append(self, act: Act) -> None:
        self.acts.append(act)
        self.lines.append(self._lines_of(act))

    def _lines_of(self, act: Act) -> tuple[Line, ...]:
        """The table of §5.3."""
        if act.kind == "reverse":
            target = self.lines[act.undoes - 1]
            return tuple(Line(line.share, line.holder, line.bucket, -line.delta) for line in target)

        leaves, arrives = _MOVES[act.kind]
        out = [Line(act.share, act.giver, leaves, -act.quantity)] if leaves else []
        into = [Line(act.share, holder, arrives, quanta) for holder, quanta in act.parts if arrives]
        return (*out, *into)

    # Rules one can see before the act is written

    def _before(self, act: Act) -> list[str]:
        found: list[str] = []
        if self.used_record_date is not None and act.day <= self.used_record_date:
            found.append("I9")
        if act.kind in _THRESHOLD and not self._is_resolved(act):
            found.append("I12")
        if act.kind not in {"split", "merge", "reverse"} and any(quanta <= 0 for _, quanta in act.parts):
            found.append("数量")
        found += {
            "reverse": self._reversal,
            "release": self._ending,
            "foreclose": self._ending,
            "inherit": self._estate,
        }.get(act.kind, lambda _: [])(act)
        found += self._parties(act)
        return found

    def _is_resolved(self, act: Act) -> bool:
        vote = act.vote
        return vote is not None and vote.body in _THRESHOLD[act.kind] and vote.day <= act.day and vote.carried

    def _reversal(self, act: Act) -> list[str]:
        """I10, as far as the target goes."""
        if not 0 < act.undoes <= len(self.acts):
            return ["I10"]
        target = self.acts[act.undoes - 1]
        if (
            target.kind in {"reverse", "split", "merge"}
            or self.reversed_by(act.undoes)
            or act.day < target.day
        ):
            return ["I10"]
        return []

    def _ending(self, act: Act) -> list[str]:
        """A pledge is ended by its own holder, in its own class (I5)."""
        if not 0 < act.undoes <= len(self.acts):
            return ["I5"]
        pledge = self.acts[act.undoes - 1]
        fits = pledge.kind == "pledge" and (pledge.giver, pledge.share) == (act.giver, act.share)
        return [] if fits and pledge.day <= act.day else ["I5"]

    def _estate(self, act: Act) -> list[str]:
        """I8: after the death, and the whole of what the dead had of the class."""
        heir_of = self.people.get(act.giver)
        if heir_of is None or not heir_of.is_dead(act.day):
            return ["I8"]
        return [] if act.quantity == self.has(act.share, act.giver, act.day) else ["I8"]

    def _parties(self, act: Act) -> list[str]:
        """I6: a living member or the collective receives. What the dead had only goes to heirs, and nobody gives to himself.

        The collective pledges nothing (Law art. 35).
        """
        found: list[str] = []
        if act.kind in {"grant", "transfer", "gift", "inherit", "foreclose"}:
            some = [self.people[holder] for holder, _ in act.parts if holder != COLLECTIVE]
            asked = act.kind in {"transfer", "gift", "foreclose"}
            if any(one.is_dead(act.day) or (asked and not one.is_member(act.day)) for one in some):
                found.append("I6")
        if act.kind in {"transfer", "gift", "redeem", "pledge"} and act.giver != COLLECTIVE:
            found += ["I8"] if self.people[act.giver].is_dead(act.day) else []
        if act.kind == "pledge" and act.giver == COLLECTIVE:
            found.append("35")
        if act.kind in {"transfer", "gift", "inherit", "redeem", "foreclose"}:
            found += ["本人"] if act.giver in {holder for holder, _ in act.parts} else []
        return found

    # Rules one sees in the register as it would then be

    def _after(self, act: Act) -> list[str]:
        found = self._through_time()
        if act.kind in {"transfer", "gift", "inherit", "foreclose"} and not self._within_cap(act):
            found.append("I7")
        if act.kind == "redeem" and not self._within_redeem_cap(act):
            found.append("I11")
        return found

    def _through_time(self) -> list[str]:
        """I1–I5 after every act, in the order of days."""
        found: set[str] = set()
        for day, number in sorted((act.day, n) for n, act in enumerate(self.acts, 1)):
            balances = self.balances(day, number)
            if any(quanta < 0 for buckets in balances.values() for quanta in buckets.values()):
                found.add("I1")
            for share in self.terms:
                if self.total(share, day, number) != self._granted(share, day, number):
                    found.add("I2")
            for (share, holder), buckets in balances.items():
                pledges = self._pledges_of(share, holder, day, number)
                if any(left < 0 for left in pledges) or sum(pledges) != buckets[PLEDGED]:
                    found.add("I5")
        for act, lines in zip(self.acts, self.lines, strict=True):
            if act.kind in ZERO_SUM and sum(line.delta for line in lines):
                found.add("I3")
        return sorted(found)

    def _granted(self, share: str, day: date, number: int) -> int:
        """Σ GRANT − Σ CANCEL, reversals taken off."""
        signs = {"grant": 1, "cancel": -1}
        granted = 0
        for _, act, _ in self._until(day, number):
            made, sign = (self.acts[act.undoes - 1], -1) if act.kind == "reverse" else (act, 1)
            if made.share == share:
                granted += sign * signs.get(made.kind, 0) * made.quantity
        return granted

    def _pledges_of(self, share: str, holder: str, day: date, number: int) -> list[int]:
        return [
            self.open_pledge(n, day, number)
            for n, act, _ in self._until(day, number)
            if act.kind == "pledge" and (act.share, act.giver) == (share, holder)
        ]

    def _within_cap(self, act: Act) -> bool:
        """I7, for whoever receives from another; what the assembly grants is its own decision."""
        terms = self.terms[act.share]
        if terms.cap is None or (act.kind == "inherit" and terms.heirs_above_cap):
            return True
        whole = self.total(act.share, act.day)
        return all(
            self.has(act.share, holder, act.day) <= terms.cap * whole
            for holder, _ in act.parts
            if holder != COLLECTIVE
        )

    def _within_redeem_cap(self, act: Act) -> bool:
        """I11, for the calendar year of the act."""
        cap = self.terms[act.share].redeem_cap
        if cap is None:
            return True
        bought = sum(
            other.quantity
            for number, other in enumerate(self.acts, 1)
            if (other.kind, other.share, other.day.year) == ("redeem", act.share, act.day.year)
            and not self.reversed_by(number)
        )
        return bought <= cap * self.total(act.share, act.day)


def largest_remainder(amount: int, weights: list[int]) -> list[int]:
    """§2 and §5.5 with exact fractions: floors, then one each to the largest fractional parts, first come first served."""
    whole = sum(weights)
    ideal = [Fraction(amount * weight, whole) for weight in weights]
    parts = [int(part) for part in ideal]
    order = sorted(range(len(weights)), key=lambda place: (parts[place] - ideal[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts
