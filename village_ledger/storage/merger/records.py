"""What is read of a merger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class MergerSource:
    """One of the merged books as it stood."""

    number: int
    village: str
    uid: str
    file: str
    collective: str
    committee: str
    heads: dict[str, str]
    digest: bytes


@dataclass(frozen=True, slots=True)
class StoredMerger:
    """A merger as sealed."""

    option: str
    day: date
    shares: str
    approved_on: date | None
    resolutions: str
    reason: str
    made_by: str
    made_at: str
    digest: bytes
    sources: tuple[MergerSource, ...]

    def village(self, number: int) -> str:
        """Name of one of the villages."""
        return next(one.village for one in self.sources if one.number == number)


class StoredOrigin(NamedTuple):
    """Where an old balance stands now; ``ledger`` is the new one's code."""

    source: int
    old_ledger: str
    old_account: str
    old_name: str
    old_party: str
    old_project: str
    ledger: str
    account: str
    party: str
    project: str
    balance: int
    year_debit: int
    year_credit: int
    quantity: int
    eliminated: bool
    pair: int


class StoredCode(NamedTuple):
    """An old number or name and the new one."""

    source: int
    kind: str
    ledger: str
    old: str
    new: str
    name: str


class StoredShare(NamedTuple):
    """What one holder had and has."""

    source: int
    old_holder: str
    old_class: str
    old_shares: str
    person_id: int | None
    new_class: str
    new_shares: str
    note: str


class Follow(NamedTuple):
    """What happened afterwards to a notice or a matter."""

    act: str
    day: date
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class Creditor:
    """A creditor and whether they were told."""

    id: int
    source: int
    ledger: str
    account: str
    party: str
    amount: int
    due_on: date | None
    follows: tuple[Follow, ...]

    @property
    def told_on(self) -> date | None:
        """The first day they were told on."""
        return next((one.day for one in self.follows if one.act == "told"), None)

    @property
    def answer(self) -> str:
        """What they last answered, or what was agreed."""
        return next((one.note for one in reversed(self.follows) if one.act in ("answered", "secured")), "")


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something the merger left open and what became of it."""

    id: int
    source: int | None
    kind: str
    subject: str
    text: str
    follows: tuple[Follow, ...]

    @property
    def settled_on(self) -> date | None:
        """The day it was settled, None while it is open."""
        return next((one.day for one in reversed(self.follows) if one.act == "settled"), None)


@dataclass(frozen=True, slots=True)
class MergedInto:
    """In an old book: the new one that goes on with it."""

    village: str
    uid: str
    file: str
    option: str
    day: date
    seal: bytes
    made_by: str
    made_at: str

    @property
    def sentence(self) -> str:
        """Why nothing can be written in the old one."""
        return f"这本账已并入{self.village}的账簿（{self.day}），只能查看"
