"""What the pages of members show, read from the book on the worker: the list of households, and one household whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from village_ledger.domain.account_search import AccountIndex, SearchEntry
from village_ledger.domain.share import COLLECTIVE, Balance, EventKind, ShareClass
from village_ledger.i18n import tr
from village_ledger.reports.shares.share_history import ShareHistory, share_history
from village_ledger.services.shares import share_charter

if TYPE_CHECKING:
    from village_ledger.storage.people.records import (
        Certificate,
        Dividend,
        Holding,
        Household,
        Person,
        Shareholder,
        StoredEvent,
    )
    from village_ledger.storage.reader import Reader

_FEW = 2
"""So many other holders of an event are named, more are counted."""


def shares_text(of_class: ShareClass, quanta: int) -> str:
    """A quantity as shown, with commas: ``2,135.00``."""
    whole, point, part = of_class.text(abs(quanta)).partition(".")
    return f"{'-' if quanta < 0 else ''}{int(whole):,}{point}{part}"


# The list


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """One household of the list."""

    code: str
    group: str
    head: str
    names: tuple[str, ...]
    members: int
    shares: Mapping[int, int]
    """Quanta by class."""


@dataclass(frozen=True)
class HouseholdList:
    """All households on a day, with the classes of shares of the ledger in view."""

    day: date
    lines: tuple[HouseholdLine, ...]
    classes: tuple[ShareClass, ...]
    collective: Mapping[int, int]
    """Quanta the organisation itself has, by class."""

    @property
    def people(self) -> int:
        """Everybody alive."""
        return sum(len(line.names) for line in self.lines)

    @property
    def members(self) -> int:
        """Living members."""
        return sum(line.members for line in self.lines)

    @cached_property
    def _index(self) -> AccountIndex:
        return AccountIndex(
            SearchEntry(f"{line.code} {place}", name, name)
            for line in self.lines
            for place, name in enumerate(dict.fromkeys((line.head, *line.names)))
        )

    def warm(self) -> HouseholdList:
        """Load what the first letter typed will need (pinyin); meant for the worker thread."""
        self._index.search("a", 1)
        return self

    def found(self, text: str) -> tuple[list[HouseholdLine], str]:
        """Households with somebody of that name, its pinyin, or that number, in the order of the list; and the best of them."""
        if not text.strip():
            return list(self.lines), ""
        codes = [match.entry.code.split(" ")[0] for match in self._index.search(text, len(self.lines) * 50)]
        hit = set(codes)
        return [line for line in self.lines if line.code in hit], codes[0] if codes else ""


def read_households(reader: Reader, ledger: str, day: date) -> HouseholdList:
    """The list on a day."""
    classes = tuple(reader.share_classes(ledger))
    wanted = {one.id for one in classes}
    by_person: dict[int | None, dict[int, int]] = {}
    for holding in reader.holdings(day):
        if holding.class_id in wanted:
            held = by_person.setdefault(holding.person_id, {})
            held[holding.class_id] = held.get(holding.class_id, 0) + holding.balance.total
    lines = tuple(_line(household, by_person) for household in reader.households(day))
    return HouseholdList(day, lines, classes, by_person.get(None, {}))


def _line(household: Household, by_person: Mapping[int | None, Mapping[int, int]]) -> HouseholdLine:
    shares: dict[int, int] = {}
    for person in household.people:
        for class_id, quanta in by_person.get(person.id, {}).items():
            shares[class_id] = shares.get(class_id, 0) + quanta
    alive = [person for person in household.people if person.death is None]
    return HouseholdLine(
        household.code,
        household.group,
        household.head,
        tuple(person.name for person in alive),
        sum(person.is_member for person in alive),
        shares,
    )


# One household


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the household with what is theirs."""

    person: Person
    shares: Mapping[int, int]
    pledged: int
    """In the class in view."""
    dividend: int | None
    """Fen of the latest dividend, None where there was none or no part in it."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """A change as this household saw it."""

    number: int
    day: date
    what: str
    who: str
    quantity: str
    basis: str


@dataclass(frozen=True, slots=True)
class HouseholdFigures:
    """Everything the page of a household shows."""

    day: date
    household: Household
    place: int
    codes: tuple[str, ...]
    """All households in their order, to go to the next."""
    classes: tuple[ShareClass, ...]
    """Those of the ledger in view."""
    of_class: ShareClass | None
    """The class the picture is of."""
    people: tuple[PersonLine, ...]
    dividend_year: int | None
    events: tuple[EventLine, ...]
    history: ShareHistory | None
    class_total: int
    cap: str
    """As the charter says it, empty without one."""
    certificates: tuple[Certificate, ...]
    remarks: tuple[str, ...]

    @property
    def total(self) -> int:
        """Quanta of the household in the class in view."""
        return sum(line.shares.get(self.of_class.id, 0) for line in self.people) if self.of_class else 0


def read_household(reader: Reader, ledger: str, code: str, day: date) -> HouseholdFigures | None:
    """One household on a day, the first one for no or an unknown number; None where there are none."""
    known = reader.shareholders(day)
    codes = tuple(sorted({one.household for one in known.values() if one.household}))
    place = codes.index(code) if code in codes else 0
    household = reader.household(codes[place], day) if codes else None
    if household is None:
        return None
    classes = tuple(reader.share_classes(ledger))
    holdings = reader.holdings(day)
    of_class = _class_in_view(classes, holdings, household)
    dividend = _latest(reader.dividends(ledger), day)
    paid = _paid(reader, dividend)
    people = tuple(_person_line(person, holdings, of_class, paid) for person in household.people)
    happened = _events(reader, household, day, {one.id for one in classes})
    totals = reader.share_totals(day)
    return HouseholdFigures(
        day=day,
        household=household,
        place=place,
        codes=codes,
        classes=classes,
        of_class=of_class,
        people=people,
        dividend_year=dividend.year if dividend else None,
        events=_event_lines(reader, household, happened, classes, known),
        history=_history(household, happened, holdings, of_class, day),
        class_total=totals.get(of_class.id, Balance()).total if of_class else 0,
        cap=share_charter.value(reader, "cap", of_class.id, day) if of_class else "",
        certificates=_certificates(reader, ledger, household, day),
        remarks=_remarks(people, of_class),
    )


def _class_in_view(
    classes: Sequence[ShareClass], holdings: Iterable[Holding], household: Household
) -> ShareClass | None:
    """The class the household has most of; without any the first class of members."""
    ids = {person.id for person in household.people}
    held: dict[int, int] = {}
    for holding in holdings:
        if holding.person_id in ids:
            held[holding.class_id] = held.get(holding.class_id, 0) + holding.balance.total
    own = [one for one in classes if not one.is_collective] or list(classes)
    return max(own, key=lambda one: held.get(one.id, 0), default=None)


def _latest(dividends: Iterable[Dividend], day: date) -> Dividend | None:
    live = [one for one in dividends if one.live and one.day <= day]
    return max(live, key=lambda one: (one.year, one.id), default=None)


def _paid(reader: Reader, dividend: Dividend | None) -> dict[int, int]:
    """Fen by account."""
    paid: dict[int, int] = {}
    for line in reader.dividend_lines(dividend.id) if dividend else ():
        paid[line.account_id] = paid.get(line.account_id, 0) + line.amount
    return paid


def _person_line(
    person: Person, holdings: Iterable[Holding], of_class: ShareClass | None, paid: Mapping[int, int]
) -> PersonLine:
    own = [holding for holding in holdings if holding.person_id == person.id]
    parts = [paid[holding.account_id] for holding in own if holding.account_id in paid]
    in_view = [h for h in own if of_class is not None and h.class_id == of_class.id]
    return PersonLine(
        person,
        {holding.class_id: holding.balance.total for holding in own},
        sum(holding.balance.pledged for holding in in_view),
        sum(parts) if parts else None,
    )


def _events(reader: Reader, household: Household, day: date, classes: set[int]) -> list[StoredEvent]:
    """What happened to anybody of the household, each event once, oldest first."""
    happened = reader.events_of([person.id for person in household.people], day)
    found = (event for event in happened if event.class_id is None or event.class_id in classes)
    return sorted(found, key=lambda event: (event.day, event.number))


def _history(
    household: Household,
    happened: Iterable[StoredEvent],
    holdings: Iterable[Holding],
    of_class: ShareClass | None,
    day: date,
) -> ShareHistory | None:
    if of_class is None:
        return None
    accounts = {h.person_id: h.account_id for h in holdings if h.class_id == of_class.id}
    holders = [(accounts[p.id], p.name) for p in household.people if p.id in accounts]
    return share_history(happened, holders, of_class.id, day, of_class.decimals)


def _event_lines(
    reader: Reader,
    household: Household,
    happened: Iterable[StoredEvent],
    classes: Sequence[ShareClass],
    known: Mapping[int, Shareholder],
) -> tuple[EventLine, ...]:
    """Newest first, as on the change page of a certificate."""
    holder_of = {account: person for account, (_, person) in reader.share_accounts().items()}
    family = {person.id for person in household.people}
    own = {account for account, person in holder_of.items() if person in family}
    names = {
        account: COLLECTIVE if person is None else known[person].name if person in known else ""
        for account, person in holder_of.items()
    }
    by_id = {one.id: one for one in classes}
    return tuple(
        _EventWords(event, own, names, by_id).line()
        for event in sorted(happened, key=lambda event: (event.day, event.number), reverse=True)
    )


@dataclass(frozen=True, slots=True)
class _EventWords:
    """An event told from the household's side."""

    event: StoredEvent
    own: set[int]
    names: Mapping[int, str]
    classes: Mapping[int, ShareClass]

    def line(self) -> EventLine:
        """Day, what, who, how much, on what grounds."""
        event = self.event
        sums = self._sums()
        net = sum(delta for account, delta in sums.items() if account in self.own)
        what = event.kind.words
        if event.kind is EventKind.TRANSFER and net > 0:
            what = tr("受让")
        if event.reversed_by is not None:
            what = tr("{what}（已冲销）", what=what)
        return EventLine(event.number, event.day, what, self._who(sums), self._quantity(net), self._basis())

    def _sums(self) -> dict[int, int]:
        """What each account has more or less after it."""
        sums: dict[int, int] = {}
        for line in self.event.lines:
            sums[line.account_id] = sums.get(line.account_id, 0) + line.delta
        return sums

    def _who(self, sums: Mapping[int, int]) -> str:
        givers = [account for account, delta in sums.items() if delta < 0]
        takers = [account for account, delta in sums.items() if delta > 0]
        if not givers and not takers:
            named = self._named([account for account in sums if account in self.own])
            return f"{named} → {self.event.party}" if self._to_party() else named
        if not givers or not takers:
            mine = [account for account in (*givers, *takers) if account in self.own]
            each = {abs(sums[account]) for account in mine}
            if len(mine) > 1 and len(each) == 1:
                return tr("{count} 人各 {part}", count=len(mine), part=self._text(each.pop()))
            return self._named(mine)
        return f"{self._named(givers)} → {self._named(takers)}"

    def _to_party(self) -> bool:
        return self.event.kind is EventKind.PLEDGE and bool(self.event.party)

    def _named(self, accounts: Sequence[int]) -> str:
        if len(accounts) > _FEW:
            return tr("{count} 人", count=len(accounts))
        return "、".join(self.names.get(account, "") for account in accounts)

    def _quantity(self, net: int) -> str:
        """With its sign where the household has more or less; what went from hand to hand inside it without."""
        if net:
            return f"{'+' if net > 0 else ''}{self._text(net)}"
        mine = sum(line.delta for line in self.event.lines if line.account_id in self.own and line.delta > 0)
        return self._text(mine)

    def _text(self, quanta: int) -> str:
        of_class = self.classes.get(self.event.class_id or 0) or next(iter(self.classes.values()), None)
        return shares_text(of_class, quanta) if of_class is not None else str(quanta)

    def _basis(self) -> str:
        event = self.event
        party = "" if self._to_party() else event.party
        return " · ".join(filter(None, (event.note, event.resolution, event.contract, party)))


def _certificates(reader: Reader, ledger: str, household: Household, day: date) -> tuple[Certificate, ...]:
    """Certificates of the household valid on the day."""
    return tuple(
        one
        for one in reader.certificates(household.code)
        if one.ledger == ledger and one.day <= day and (one.ended is None or one.ended > day)
    )


def _remarks(people: Sequence[PersonLine], of_class: ShareClass | None) -> tuple[str, ...]:
    """What must not be overlooked."""
    remarks: list[str] = []
    if of_class is not None and not of_class.is_collective:
        for line in people:
            held = sum(line.shares.values())
            if line.person.death is not None and held:
                remarks.append(tr("{name}已去世，名下份额还没有继承，分红先挂账。", name=line.person.name))
            elif line.person.status == "holder" and held:
                remarks.append(tr("{name}不是本社成员：有分红，没有表决权。", name=line.person.name))
    without = [line.person.name for line in people if not line.person.has_number and line.person.is_member]
    if without:
        remarks.append(tr("没有身份证号：{names}。", names="、".join(without)))
    return tuple(remarks)
