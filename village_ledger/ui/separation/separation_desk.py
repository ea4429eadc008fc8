"""What the 分账 page works on: the lines as decided so far, every act one step back and forth. No Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from village_ledger.domain.separation import OldLine, Owner, Part, Proof, SplitLine
from village_ledger.services.separation.separation import OldBalances, propose, proven, rules_for, with_item
from village_ledger.storage.spec import CommitteeChart

ROUND = (Owner.COLLECTIVE, Owner.COMMITTEE, Owner.TRUST, Owner.UNDECIDED)
"""Owners in the order the space bar goes through them."""
State = tuple[SplitLine, ...]


class Place(NamedTuple):
    """A row of the table: a line, and one of its parts (-1: the split line as a whole)."""

    line: int
    part: int


class SplitDesk:
    """The split in the making."""

    def __init__(self) -> None:
        self.old = OldBalances("", "", ())
        self.preset = CommitteeChart.SURPLUS
        self.lines: State = ()
        self._guessed: State = ()
        self._undo: list[State] = []
        self._redo: list[State] = []

    # what is on the desk

    def take(
        self, old: OldBalances, preset: CommitteeChart, lines: Sequence[SplitLine] | None = None
    ) -> None:
        """Put old balances on the desk, as the rules guess them or as decided in a draft."""
        self.old, self.preset = old, preset
        self._guessed = tuple(propose(old.lines, preset))
        self.lines = tuple(lines) if lines is not None else self._guessed
        self._undo, self._redo = [], []

    def use_preset(self, preset: CommitteeChart) -> None:
        """The other chart of the committee: accounts are guessed anew, owners and amounts stay."""
        if preset is self.preset:
            return
        self.preset = preset
        self._guessed = tuple(propose(self.old.lines, preset))
        moved = [
            replace(one, parts=tuple(self._owned(one.line, part, part.owner) for part in one.parts))
            for one in self.lines
        ]
        self.lines = tuple(moved)
        self._undo, self._redo = [], []

    def proof(self) -> Proof:
        """The proof of what is on the desk."""
        return proven(self.lines, self.preset)

    def rows(self) -> list[Place]:
        """Rows of the table: a line, and the parts of one that is split."""
        found: list[Place] = []
        for i, one in enumerate(self.lines):
            if one.is_split:
                found.append(Place(i, -1))
                found += [Place(i, p) for p in range(len(one.parts))]
            else:
                found.append(Place(i, 0))
        return found

    def part(self, place: Place) -> Part:
        """The part of a row; of a split line as a whole its first."""
        return self.lines[place.line].parts[max(place.part, 0)]

    # acts

    def prefill(self) -> None:
        """Every line as the rules guess it."""
        self._change(self._guessed)

    def turn(self, place: Place) -> None:
        """The next owner in the round; a split line as a whole has no single one."""
        if place.part < 0:
            return
        part = self.part(place)
        self.own(place, ROUND[(ROUND.index(part.owner) + 1) % len(ROUND)])

    def own(self, place: Place, owner: Owner) -> None:
        """Give a part to an owner, with the account the rules have for him."""
        self._put(place, self._owned(self.lines[place.line].line, self.part(place), owner))

    def split(self, place: Place) -> Place:
        """One part more, for the other owner, of what the parts lack; gives its row."""
        one = self.lines[place.line]
        other = Owner.COMMITTEE if one.parts[0].owner is Owner.COLLECTIVE else Owner.COLLECTIVE
        made = self._owned(one.line, Part(other, one.gap), other)
        self._replace(place.line, replace(one, parts=(*one.parts, made)))
        return Place(place.line, len(one.parts))

    def join(self, place: Place) -> None:
        """Take a part away; its amount goes to the first one left."""
        one = self.lines[place.line]
        if not one.is_split or place.part < 0:
            return
        rest = [part for p, part in enumerate(one.parts) if p != place.part]
        rest[0] = replace(rest[0], amount=rest[0].amount + one.parts[place.part].amount)
        self._replace(place.line, replace(one, parts=tuple(rest)))

    def put(self, place: Place, part: Part) -> None:
        """A part as edited; of two the other takes the rest of the line."""
        one = self.lines[place.line]
        if part == one.parts[place.part]:
            return
        parts = list(one.parts)
        parts[place.part] = with_item(part, one.line, self.preset)
        if len(parts) == 2:
            other = 1 - place.part
            parts[other] = replace(parts[other], amount=one.line.amount - part.amount)
        self._replace(place.line, replace(one, parts=tuple(parts)))

    def undo(self) -> bool:
        """One step back; False when there is none."""
        if not self._undo:
            return False
        self._redo.append(self.lines)
        self.lines = self._undo.pop()
        return True

    def redo(self) -> bool:
        """One step forth again."""
        if not self._redo:
            return False
        self._undo.append(self.lines)
        self.lines = self._redo.pop()
        return True

    # inside

    def _owned(self, line: OldLine, part: Part, owner: Owner) -> Part:
        rules = rules_for(self.preset)
        guess = next(one for one in self._guessed if one.line is line or one.line == line)
        known = guess.parts[0]
        reason = part.reason
        if owner is known.owner:
            reason = reason or known.reason
        elif reason == known.reason:
            reason = ""
        detail = rules.account_of(line) in rules.detailed(self.old.lines)
        return rules.part(line, owner, part.amount, reason=reason, detail=detail)

    def _put(self, place: Place, part: Part) -> None:
        one = self.lines[place.line]
        parts = list(one.parts)
        parts[place.part] = part
        self._replace(place.line, replace(one, parts=tuple(parts)))

    def _replace(self, line: int, one: SplitLine) -> None:
        self._change((*self.lines[:line], one, *self.lines[line + 1 :]))

    def _change(self, lines: State) -> None:
        if lines != self.lines:
            self._undo.append(self.lines)
            self._redo = []
            self.lines = lines
