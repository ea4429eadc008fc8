"""The share register as §5.3 and §5.4 of the rules describe it, and nothing else: a second opinion for every test.

Nothing of the program is imported here, nor in the journal below it. Slow and plain on purpose, so that one can see that
it is right.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from tests.shares.model_journal import (
    BUCKETS,
    COLLECTIVE,
    FREE,
    FROZEN,
    HOUSEHOLDS,
    PLEDGED,
    Act,
    Folk,
    Journal,
    Line,
    Terms,
    Vote,
    largest_remainder,
)

__all__ = [
    "BUCKETS",
    "COLLECTIVE",
    "FREE",
    "FROZEN",
    "PLEDGED",
    "Act",
    "Folk",
    "Line",
    "Register",
    "Terms",
    "Vote",
    "largest_remainder",
]

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
_THRESHOLD = {
    "grant": ("assembly",),
    "cancel": ("assembly",),
    "convert": ("assembly",),
    "redeem": ("assembly", "representatives"),
    "transfer": ("board", "assembly", "representatives"),
    "gift": ("board", "assembly", "representatives"),
    "inherit": ("board", "assembly", "representatives"),
    "pledge": ("board", "assembly", "representatives"),
    "foreclose": ("board", "assembly", "representatives"),
}
"""Who may resolve a kind (I12, §1.3); kinds that are missing need nobody."""


class Register(Journal):
    """A journal, and whoever watches over it."""

    # What the clerk asks for

    def post(self, act: Act) -> list[str]:
        """Post an act; the rules against it, none when it was posted."""
        faults = self.faults(act)
        if not faults:
            self._append(act)
            if act.kind in HOUSEHOLDS:
                self.people[act.giver].lives.append((act.day, act.to))
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

    # Rules one can see before the act is written

    def _before(self, act: Act) -> list[str]:
        found: list[str] = []
        if self.used_record_date is not None and act.day <= self.used_record_date:
            found.append("I9")
        if act.kind in _THRESHOLD and not self._is_resolved(act):
            found.append("I12")
        if any(quanta <= 0 for _, quanta in act.parts):
            found.append("数量")
        found += {
            "reverse": self._reversal,
            "release": self._ending,
            "foreclose": self._ending,
            "inherit": self._estate,
            "convert": self._conversion,
            "split": self._move,
            "merge": self._move,
        }.get(act.kind, lambda _: [])(act)
        found += self._parties(act)
        of = self.acts[act.undoes - 1] if act.kind == "reverse" and not found else act
        found += ["折换"] if {of.share, of.to} & self._closed(act) else []
        return found

    def _closed(self, act: Act) -> set[str]:
        """Classes that were converted into others: nothing moves in them any more, but the conversion may be reversed."""
        return {
            other.share
            for number, other in enumerate(self.acts, 1)
            if other.kind == "convert"
            and not self.reversed_by(number)
            and (act.kind, act.undoes) != ("reverse", number)
        }

    def _conversion(self, act: Act) -> list[str]:
        """An old class is closed whole, when there is something of it, all of it free, and nothing moved since."""
        whole = self.total(act.share, act.day)
        free = sum(self.has(act.share, holder, act.day, FREE) for holder in (*self.people, COLLECTIVE))
        found = ["I4"] if free != whole or not whole else []
        found += ["I1"] if self._moved_after(act.share, act.day) else []
        if act.share == act.to or (whole and not self._converted(act, whole)):
            found.append("折换")
        return found

    def _moved_after(self, share: str, day: date) -> bool:
        return any(
            act.day > day and any(line.share == share for line in lines)
            for act, lines in zip(self.acts, self.lines, strict=True)
        )

    def _move(self, act: Act) -> list[str]:
        """A living person goes to another household, in the order of days; a merge needs one that is there."""
        if act.giver == COLLECTIVE:
            return ["分户并户"]
        person = self.people[act.giver]
        there = {code for one in self.people.values() for _, code in one.lives}
        fits = not person.is_dead(act.day) and person.household(act.day) != act.to
        fits = fits and all(since <= act.day for since, _ in person.lives)
        return [] if fits and (act.kind == "split" or act.to in there) else ["分户并户"]

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
        if act.kind == "grant" and not self._granted_within_cap(act):
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
        """Σ GRANT − Σ CANCEL ± CONVERT by its ratio, reversals taken off."""
        signs = {"grant": 1, "cancel": -1}
        granted = 0
        for n, act, _ in self._until(day, number):
            of, sign = (act.undoes, -1) if act.kind == "reverse" else (n, 1)
            made = self.acts[of - 1]
            if made.kind == "convert":
                closed = sum(line.delta for line in self.lines[of - 1] if line.share == made.share)
                granted += sign * {made.share: closed, made.to: self._converted(made, -closed)}.get(share, 0)
            elif made.share == share:
                granted += sign * signs.get(made.kind, 0) * made.quantity
        return granted

    def _pledges_of(self, share: str, holder: str, day: date, number: int) -> list[int]:
        return [
            self.open_pledge(n, day, number)
            for n, act, _ in self._until(day, number)
            if act.kind == "pledge" and (act.share, act.giver) == (share, holder)
        ]

    def _within_cap(self, act: Act) -> bool:
        """I7, for whoever receives from another."""
        terms = self.terms[act.share]
        if terms.cap is None or (act.kind == "inherit" and terms.heirs_above_cap):
            return True
        whole = self.total(act.share, act.day)
        return all(
            self.has(act.share, holder, act.day) <= terms.cap * whole
            for holder, _ in act.parts
            if holder != COLLECTIVE
        )

    def _granted_within_cap(self, act: Act) -> bool:
        """I7 for a grant: a class may begin as it likes; later nobody's part may grow to more than the cap."""
        cap, eve = self.terms[act.share].cap, act.day - timedelta(days=1)
        others = [
            line
            for made, lines in zip(self.acts[:-1], self.lines[:-1], strict=True)
            for line in lines
            if line.share == act.share and made.day <= act.day
        ]
        begins = not self.total(act.share, eve) and not self._moved_after(act.share, act.day)
        if cap is None or begins:
            return True
        whole = self.total(act.share, act.day)
        before = sum(line.delta for line in others)
        for holder, _ in act.parts:
            had, has = (
                sum(line.delta for line in others if line.holder == holder),
                self.has(act.share, holder, act.day),
            )
            part = Fraction(had, before) if before else Fraction(0)
            if holder != COLLECTIVE and cap < Fraction(has, whole) > part:
                return False
        return True

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
