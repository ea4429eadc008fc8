"""The change page and pledge page of a household: what moved its total, and why, from the first share on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.share import EventKind, ShareClass
from village_ledger.reports.shares.catalogue_shares import pledges_on
from village_ledger.reports.shares.certificate import ChangeLine, PledgeLine
from village_ledger.storage.certificates.queries import Stay
from village_ledger.storage.people.records import StoredEvent
from village_ledger.storage.reader import Reader

_GOT = {EventKind.TRANSFER: "受让", EventKind.GIFT: "受赠", EventKind.REDEEM: "回购"}
_WITHIN = frozenset({EventKind.PLEDGE, EventKind.RELEASE, EventKind.FREEZE, EventKind.UNFREEZE})
_NAMED = 2
"""So many others are named in a line, the rest counted."""


@dataclass(frozen=True, slots=True)
class _Change:
    day: date
    order: tuple[int, int]
    class_id: int
    what: str
    delta: int
    basis: str


class HouseholdBook:
    """What is read once for the pages of many certificates; ``last`` None: everything posted."""

    def __init__(self, reader: Reader, ledger: str, last: date | None = None) -> None:
        self._reader = reader
        self._kinds = {one.id: one for one in reader.share_classes(ledger)}
        self._accounts = reader.share_accounts()
        self._events = sorted(reader.share_events(None, last), key=lambda one: (one.day, one.number))
        self._names = {one.id: one.name for one in reader.people(last)}
        self._last = last or date.max
        self._pledges = pledges_on(reader, ledger, self._last)
        self._pledgers = {one.id: self._accounts[one.account_id][1] for one in reader.pledges(self._last)}

    def changes(self, household_id: int) -> tuple[ChangeLine, ...]:
        """Every change of the household's total and of what lies on it, with the balance of the class after it."""
        stays = [one for one in self._reader.household_stays(household_id) if one.first <= self._last]
        found = sorted((*self._moves(stays), *self._changes(stays)), key=lambda one: (one.day, one.order))
        several = len({one.class_id for one in found}) > 1
        balances = dict.fromkeys(self._kinds, 0)
        lines: list[ChangeLine] = []
        for one in found:
            kind = self._kinds[one.class_id]
            balances[one.class_id] += one.delta
            lines.append(
                ChangeLine(
                    one.day,
                    f"{kind.name} {one.what}" if several else one.what,
                    f"{'+' if one.delta > 0 else ''}{kind.text(one.delta)}" if one.delta else "",
                    kind.text(balances[one.class_id]),
                    one.basis,
                )
            )
        return tuple(lines)

    def pledges(self, household_id: int) -> tuple[PledgeLine, ...]:
        """Pledges of whoever belonged to the household when the pledge was registered."""
        stays = self._reader.household_stays(household_id)
        return tuple(
            PledgeLine(
                one.creditor, one.of_class.text(one.quantity), one.contract, one.registered, one.released
            )
            for one in self._pledges
            if any(_is_in(stay, self._pledgers[one.number], one.registered) for stay in stays)
        )

    def _changes(self, stays: list[Stay]) -> Iterator[_Change]:
        for event in self._events:
            inside: dict[int, int] = {}
            outside: dict[int, dict[int | None, int]] = {}
            for line in event.lines:
                class_id, person = self._accounts[line.account_id]
                if class_id not in self._kinds:
                    continue
                if person is not None and any(_is_in(stay, person, event.day) for stay in stays):
                    inside[class_id] = inside.get(class_id, 0) + line.delta
                else:
                    others = outside.setdefault(class_id, {})
                    others[person] = others.get(person, 0) + line.delta
            for class_id, delta in inside.items():
                what = self._what(event, self._kinds[class_id], delta, outside.get(class_id, {}))
                yield _Change(event.day, (1, event.number), class_id, what, delta, _basis(event))

    def _what(self, event: StoredEvent, kind: ShareClass, delta: int, outside: dict[int | None, int]) -> str:
        if event.kind is EventKind.REVERSE:
            return f"冲销第 {event.reverses} 号"
        moved = sum(line.delta for line in event.lines if line.delta > 0)
        if event.kind in _WITHIN:
            return f"{event.kind.words} {kind.text(moved)}"
        if event.kind in {EventKind.GRANT, EventKind.CANCEL, EventKind.CONVERT}:
            return event.kind.words
        if not delta:
            return f"{event.kind.words}（户内 {kind.text(moved)}）"
        word = _GOT.get(event.kind, event.kind.words) if delta > 0 else event.kind.words
        others = [self._names.get(i or 0, "集体") for i, other in outside.items() if other * delta < 0]
        return f"{word}（{_some(others)}）" if others else word

    def _moves(self, stays: list[Stay]) -> Iterator[_Change]:
        """People who came or went with shares: by a split or merge, or as the household register says."""
        for stay in stays:
            for day, sign in ((stay.first, 1), (stay.last, -1)):
                if day is None or day > self._last:
                    continue
                event = self._split(stay.person_id, day)
                for class_id, quanta in self._held(stay.person_id, day).items():
                    word = event.kind.words if event else ("迁入" if sign > 0 else "迁出")
                    basis = _basis(event) if event else "户籍登记"
                    what = f"{word}（{self._names.get(stay.person_id, '')}）"
                    yield _Change(day, (0, stay.person_id), class_id, what, sign * quanta, basis)

    def _split(self, person: int, day: date) -> StoredEvent | None:
        return next((one for one in self._events if one.person_id == person and one.day == day), None)

    def _held(self, person: int, before: date) -> dict[int, int]:
        """What somebody had of each class at the end of the day before."""
        held: dict[int, int] = {}
        for event in self._events:
            if event.day >= before:
                break
            for line in event.lines:
                class_id, holder = self._accounts[line.account_id]
                if holder == person and class_id in self._kinds:
                    held[class_id] = held.get(class_id, 0) + line.delta
        return {class_id: quanta for class_id, quanta in held.items() if quanta}


def _basis(event: StoredEvent) -> str:
    """The paper nearest to the event; the narrow column has room for one."""
    return event.contract or event.resolution or event.note


def _is_in(stay: Stay, person: int | None, day: date) -> bool:
    return stay.person_id == person and stay.first <= day and (stay.last is None or day < stay.last)


def _some(names: list[str]) -> str:
    if len(names) <= _NAMED:
        return "、".join(names)
    return f"{'、'.join(names[:_NAMED])}等 {len(names)} 人"
