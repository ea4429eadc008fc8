"""One screen for what is due, what is late and what ends: read from the summary, a page at a time.

However many contracts there are, only those shown are read whole; counts come from the summary's indexes. Contracts whose
summary is stale (a voucher of theirs fell away since) are few and are reckoned where they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from village_ledger.services.contracts.contract_rules import rules
from village_ledger.services.contracts.contract_warnings import Caution, board_until, watch
from village_ledger.services.contracts.standing import Whole, wholes
from village_ledger.storage.contracts.records import Standing
from village_ledger.storage.reader import Reader

PAGE = 30
"""Contracts shown of a group at first, and added when more are asked for."""


class Group(Enum):
    """What is asked of a contract."""

    LATE = "late"
    SOON = "soon"
    ENDING = "ending"

    @property
    def words(self) -> str:
        """Its heading."""
        return {Group.LATE: "已经逾期", Group.SOON: "快到期的租金", Group.ENDING: "快到期、已到期的合同"}[
            self
        ]


@dataclass(frozen=True, slots=True)
class DueLine:
    """A contract on the screen."""

    number: str
    party: str
    what: str
    day: date
    """Due day of the earliest open row, or the last day let."""
    days: int
    """Days late (above zero), or to go (below)."""
    amount: int
    """What is late or due, fen; 0 for an ending contract that owes nothing."""
    rows: int
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class DueScreen:
    """The three groups as far as they are shown, and how many there are of each."""

    today: date
    lines: Mapping[Group, tuple[DueLine, ...]]
    counts: Mapping[Group, int]
    expired: int
    """Of those ending: past their end and still in use."""


@dataclass(slots=True)
class _Found:
    late: list[Standing] = field(default_factory=list[Standing])
    soon: list[Standing] = field(default_factory=list[Standing])
    ending: list[Standing] = field(default_factory=list[Standing])


def due_screen(
    reader: Reader, ledger: str, today: date, limits: Mapping[Group, int] | None = None
) -> DueScreen:
    """The screen; ``limits`` says how many contracts of a group are shown, ``PAGE`` where it says nothing."""
    most = {group: (limits or {}).get(group, PAGE) for group in Group}
    soon_until, end_until = (
        today + timedelta(days=rules().due_in),
        today + timedelta(days=max(rules().ending)),
    )
    with reader.snapshot():
        late_n, soon_n, expired, ending_n = reader.contract_counts(ledger, today, soon_until, end_until)
        found = _Found(
            reader.contracts_due(ledger, None, today - timedelta(days=1), most[Group.LATE]),
            reader.contracts_due(ledger, today, soon_until, most[Group.SOON]),
            reader.contracts_ending(ledger, None, end_until, most[Group.ENDING]),
        )
        stale = wholes(reader, reader.contracts_by_id(reader.contracts_stale(ledger)))
        ids = list(dict.fromkeys(x.contract_id for x in (*found.late, *found.soon, *found.ending)))
        known = {one.stored.id: one for one in wholes(reader, reader.contracts_by_id(ids))}
        board_end = board_until(reader)
    stale_late = [one for one in stale if one.late(today)]
    stale_soon = [one for one in stale if not one.late(today) and _soon(one, today, soon_until)]
    lines = {
        Group.LATE: _late([*stale_late, *(known[x.contract_id] for x in found.late)], today, board_end),
        Group.SOON: _due([*stale_soon, *(known[x.contract_id] for x in found.soon)], today, board_end),
        Group.ENDING: _ending([known[x.contract_id] for x in found.ending], today, board_end),
    }
    counts = {
        Group.LATE: late_n + len(stale_late),
        Group.SOON: soon_n + len(stale_soon),
        Group.ENDING: expired + ending_n,
    }
    return DueScreen(today, lines, counts, expired)


def _soon(one: Whole, today: date, until: date) -> bool:
    first = one.next_open
    return first is not None and today <= first.row.due <= until


def _line(one: Whole, today: date, board_end: date | None, day: date, amount: int, rows: int) -> DueLine:
    stored = one.stored
    party = one.next_open.party if one.next_open else stored.now.party_on(today)[0]
    cautions = tuple(watch(one, today, board_end))
    return DueLine(stored.number, party, stored.what, day, (today - day).days, amount, rows, cautions)


def _late(some: Sequence[Whole], today: date, board_end: date | None) -> tuple[DueLine, ...]:
    found: list[DueLine] = []
    for one in some:
        late = one.late(today)
        owed = sum(row.open for row in late)
        found.append(_line(one, today, board_end, late[0].row.due, owed, len(late)))
    return tuple(found)


def _due(some: Sequence[Whole], today: date, board_end: date | None) -> tuple[DueLine, ...]:
    found: list[DueLine] = []
    for one in some:
        row = one.next_open
        if row is not None:
            found.append(_line(one, today, board_end, row.row.due, row.open, 1))
    return tuple(found)


def _ending(some: Sequence[Whole], today: date, board_end: date | None) -> tuple[DueLine, ...]:
    found: list[DueLine] = []
    for one in some:
        late = one.late(today)
        end, owed = one.stored.now.end, sum(row.open for row in late)
        found.append(_line(one, today, board_end, end, owed, len(late)))
    return tuple(found)
