"""What a share event asked for means in this book: which class, which holders, how many quanta; faults are kept, not raised.

An import must name every bad row, so that what cannot be read is noted and reading goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from village_ledger.domain.errors import LedgerError, ShareError
from village_ledger.domain.share import COLLECTIVE, EventKind, ShareClass, allocate, parse_shares
from village_ledger.domain.share_events import HOUSEHOLDS, TO_MANY, EventRequest, Part
from village_ledger.domain.share_rules import rule_words
from village_ledger.storage.people.records import Person, Pledge, StoredEvent
from village_ledger.storage.reader import Reader

_MANY = 8
"""Accounts from which on everybody is read at once."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question asked of an event: the rule, whether it holds, what is asked, and what was found."""

    rule: str
    ok: bool
    text: str
    detail: str = ""
    next_step: str = ""
    part: int | None = None
    """Which of several accounts it is about."""
    warns: bool = False

    @property
    def sentence(self) -> str:
        """What is wrong, with the rule named."""
        said = self.detail or self.text
        return said if "（规则" in said else f"{said}{rule_words(self.rule)}"


def verdict(rule: str, text: str, detail: str, next_step: str = "", part: int | None = None) -> Check:
    """A check that holds when there is nothing to say against it."""
    return Check(rule, not detail, text, detail, next_step, part)


def holds(rule: str, text: str, detail: str = "", part: int | None = None) -> Check:
    """A check that holds."""
    return Check(rule, ok=True, text=text, detail=detail, part=part)


def caution(rule: str, text: str, detail: str, part: int | None = None) -> Check:
    """A check that holds, of which something must be said."""
    return Check(rule, ok=True, text=text, detail=detail, part=part, warns=True)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with an account; no person: the organisation itself."""

    text: str
    person: Person | None

    @property
    def person_id(self) -> int | None:
        """Id of the person, None for the organisation."""
        return None if self.person is None else self.person.id

    def is_dead(self, day: date) -> bool:
        """Whether the holder had died by a day."""
        return self.person is not None and self.person.death is not None and self.person.death <= day


class Taker(NamedTuple):
    """A holder and the quanta an event moves for it."""

    holder: Holder
    quanta: int
    part: int


@dataclass(slots=True)
class Plan:
    """A request as this book understands it."""

    request: EventRequest
    share_class: ShareClass | None = None
    new_class: ShareClass | None = None
    giver: Holder | None = None
    takers: list[Taker] = field(default_factory=list[Taker])
    household: str = ""
    pledge: Pledge | None = None
    target: StoredEvent | None = None
    faults: list[Check] = field(default_factory=list[Check])

    @property
    def quanta(self) -> int:
        """All that is moved."""
        return sum(taker.quanta for taker in self.takers)

    @property
    def class_id(self) -> int | None:
        """Id of the class, None for what concerns none."""
        return None if self.share_class is None else self.share_class.id

    def the_class(self) -> ShareClass:
        """The class; raises ShareError where none was found."""
        if self.share_class is None:
            raise ShareError("没有写明股份类别", "请写明是哪一类。")
        return self.share_class

    def fault(self, error: LedgerError, part: int | None = None) -> None:
        """Keep what cannot be read."""
        self.faults.append(verdict("填写", "填写", error.what, error.next_step, part))

    def text(self, quanta: int) -> str:
        """A quantity of the class in words."""
        return str(quanta) if self.share_class is None else self.share_class.text(quanta)


def plan(reader: Reader, request: EventRequest, known: Mapping[str, Holder] | None = None) -> Plan:
    """Read a request against the book; ``known`` are account texts of its day looked up before."""
    found = Plan(request)
    try:
        if request.kind is EventKind.REVERSE:
            _plan_reversal(reader, found)
            return found
        if request.kind in HOUSEHOLDS:
            found.giver = holder(reader, request.from_, request.day)
            found.household = request.to.strip()
            return found
        found.share_class = reader.share_class(request.class_name, request.ledger)
    except LedgerError as error:
        if request.kind is EventKind.REVERSE:
            found.faults.append(verdict("I10", "可以冲销", error.what, error.next_step))
            return found
        found.fault(error)
        if request.kind in HOUSEHOLDS:
            return found
        # the accounts are read all the same, so that every bad row is named
    if request.kind is EventKind.CONVERT:
        _plan_conversion(reader, found)
        return found
    if request.kind not in (EventKind.GRANT, EventKind.CANCEL):
        try:
            found.giver = _holder(reader, request.from_, request.day, known)
        except LedgerError as error:
            found.fault(error)
    _plan_takers(reader, found, known)
    if request.kind in (EventKind.RELEASE, EventKind.FORECLOSE):
        _find_pledge(reader, found)
    return found


def holder(reader: Reader, text: str, day: date) -> Holder:
    """The holder an account text names on a day; raises MemberError or ShareError."""
    tidy = text.strip()
    if tidy == COLLECTIVE:
        return Holder(COLLECTIVE, None)
    if not tidy:
        raise ShareError("没有写明账户", "请写成 户编号/姓名，集体的写“集体”。")
    person = reader.person_at(tidy, day)
    return Holder(person.key, person)


def _holder(reader: Reader, text: str, day: date, known: Mapping[str, Holder] | None) -> Holder:
    found = known.get(text.strip()) if known is not None else None
    return found or holder(reader, text, day)


def _plan_conversion(reader: Reader, found: Plan) -> None:
    try:
        found.new_class = reader.share_class(found.request.to, found.request.ledger)
    except LedgerError as error:
        found.fault(error)


def _plan_reversal(reader: Reader, found: Plan) -> None:
    number = found.request.reverses
    if number is None:
        raise ShareError("没有写明冲销第几号变动", "请写明序号。")
    found.target = reader.share_event(number)
    class_id = found.target.class_id
    found.share_class = next((one for one in reader.share_classes() if one.id == class_id), None)


def _plan_takers(reader: Reader, found: Plan, known: Mapping[str, Holder] | None) -> None:
    request = found.request
    parts = list(request.takers)
    if request.kind not in TO_MANY and len(parts) > 1:
        found.fault(ShareError(f"{request.kind.words}一次只对一个账户", "请分开办。"))
        return
    if request.kind is EventKind.REDEEM and not parts[0].account:
        parts = [Part(COLLECTIVE, parts[0].quantity)]
    within = request.kind in _WITHIN
    if known is None and len(parts) > _MANY:
        known = everybody(reader, request.day)
    equal = request.kind is EventKind.INHERIT and not any(part.quantity.strip() for part in parts)
    seen: dict[int | None, int] = {}
    for place, part in enumerate(parts):
        try:
            who = found.giver if within else _holder(reader, part.account, request.day, known)
            quanta = 0 if equal else _quanta(found, part.quantity)
        except LedgerError as error:
            found.fault(error, place)
            continue
        if who is None:
            continue
        if seen.setdefault(who.person_id, place) != place:
            found.fault(ShareError(f"{who.text} 写了两次", "请合成一行。"), place)
            continue
        found.takers.append(Taker(who, quanta, place))
    if equal:
        _share_equally(reader, found)


_WITHIN = frozenset({EventKind.PLEDGE, EventKind.RELEASE, EventKind.FREEZE, EventKind.UNFREEZE})
"""Kinds that move shares between the buckets of one account."""


def everybody(reader: Reader, day: date) -> dict[str, Holder]:
    """Every account text of a day that names exactly one person."""
    found: dict[str, Holder] = {}
    twice: set[str] = set()
    for person in reader.people(day):
        if person.key in found:
            twice.add(person.key)
        found[person.key] = Holder(person.key, person)
    return {key: one for key, one in found.items() if key not in twice}


def _quanta(found: Plan, text: str) -> int:
    """A quantity as typed; raises AmountError, ShareError for one that is not above zero."""
    if not text.strip():
        raise ShareError("没有写明数量", "请填上份额。")
    quanta = parse_shares(text, found.share_class.decimals if found.share_class else 6)
    if quanta <= 0:
        raise ShareError(f"数量 {text.strip()} 不大于零", "请填大于零的份额。")
    return quanta


def _share_equally(reader: Reader, found: Plan) -> None:
    """Heirs without quantities get equal parts, largest remainder, in the order they are listed (§5.5)."""
    if found.giver is None or found.share_class is None or not found.takers:
        return
    estate = balance_of(reader, found.share_class.id, found.giver.person_id, found.request.day)
    parts = allocate(estate, [1] * len(found.takers))
    found.takers = [
        Taker(taker.holder, part, taker.part) for taker, part in zip(found.takers, parts, strict=True)
    ]


def balance_of(reader: Reader, class_id: int, person_id: int | None, day: date) -> int:
    """All a holder has of a class at the end of a day, in quanta."""
    account = reader.share_account(class_id, person_id)
    return 0 if account is None else reader.share_balance(account, day)


def _find_pledge(reader: Reader, found: Plan) -> None:
    """The pledge that ends: by number, by contract, or the only one open."""
    request, giver, share_class = found.request, found.giver, found.share_class
    if giver is None or share_class is None:
        return
    account = reader.share_account(share_class.id, giver.person_id)
    pledges = [] if account is None else reader.open_pledges(request.day, account)
    if request.pledge is not None:
        pledges = [one for one in pledges if one.id == request.pledge]
    elif request.contract:
        pledges = [one for one in pledges if one.contract == request.contract]
    elif len(pledges) > 1:
        which = "、".join(one.contract or str(one.id) for one in pledges)
        found.fault(ShareError(f"{giver.text} 有 {len(pledges)} 笔质押", f"请写明是哪一份合同：{which}。"))
        return
    if pledges:
        found.pledge = pledges[0]
        return
    named = f"合同 {request.contract} 的" if request.contract else ""
    detail = f"{giver.text} 在 {request.day} 没有{named}未解除的{share_class.name}质押"
    found.faults.append(verdict("I5", "质押登记", detail, "请核对账户、合同号和日期。"))
