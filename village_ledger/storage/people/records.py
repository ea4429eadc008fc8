"""What is read of people, households, shares, certificates and dividends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from village_ledger.domain.member import HEAD
from village_ledger.domain.share import COLLECTIVE, Balance, EventKind, ShareLine


class Person(NamedTuple):
    """A person as known on a day. Numbers stay sealed here; ``has_number`` says whether an identity number is there."""

    id: int
    name: str
    sex: str
    birth: date | None
    death: date | None
    household: str
    """Household number, empty for somebody of no household."""
    head: str
    """Name of the head of the household on that day."""
    relation: str
    group: str
    status: str
    """member, lost, withdrawn, granted, holder, none (member_status.status)."""
    reason: str
    confirmed_on: date | None
    """Since when the status holds."""
    retained_until: date | None
    has_number: bool
    note: str

    @property
    def is_member(self) -> bool:
        """Whether a living member of the organisation."""
        return self.status == "member" and self.death is None

    @property
    def role(self) -> str:
        """The relation as it is said today: a head who died is 原户主."""
        return f"原{HEAD}" if self.death is not None and self.relation == HEAD else self.relation

    @property
    def key(self) -> str:
        """As accounts are written: ``001/何世全``."""
        return f"{self.household}/{self.name}"


class Shareholder(NamedTuple):
    """As little of a person as a list of everybody's shares must say, as known on a day."""

    household: str
    name: str
    group: str
    is_dead: bool
    status: str
    """member_status.status"""


@dataclass(frozen=True, slots=True)
class Filing:
    """The member register as it was filed with an office."""

    id: int
    office: str
    """township or county."""
    filed_on: date
    as_of: date
    digest: str
    read_to: dict[str, int]
    """Last row of each table it was read from."""
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class Household:
    """A household as known on a day, its people in the order of the register: the head first."""

    id: int
    code: str
    group: str
    head: str
    people: tuple[Person, ...]


class Holding(NamedTuple):
    """What one account has at the end of a day; no person: the organisation itself."""

    account_id: int
    class_id: int
    person_id: int | None
    free: int
    pledged: int = 0
    frozen: int = 0

    @property
    def balance(self) -> Balance:
        """The three buckets."""
        return Balance(self.free, self.pledged, self.frozen)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A posted share event with its lines."""

    number: int
    kind: EventKind
    class_id: int | None
    day: date
    resolution: str
    contract: str
    party: str
    price: int
    note: str
    pledge_id: int | None
    reverses: int | None
    reversed_by: int | None
    person_id: int | None
    household_id: int | None
    case_id: int | None
    entered_by: str
    reviewed_by: str
    entered_at: str
    digest: bytes
    lines: tuple[ShareLine, ...]


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge and what is still open of it on a day."""

    id: int
    account_id: int
    quantity: int
    open: int
    creditor: str
    contract: str
    registered: date
    expires: date | None
    dividend_to: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as issued; ``ended`` None while it is valid."""

    id: int
    number: str
    ledger: str
    household_id: int
    household: str
    day: date
    content: str
    code: str
    ended: date | None
    why: str
    note: str


@dataclass(frozen=True, slots=True)
class Dividend:
    """A booked dividend; ``live`` is False once its vouchers are void or reversed."""

    id: int
    ledger: str
    year: int
    record_date: date
    day: date
    amount: int
    method: str
    resolution: str
    last_event: int
    class_ids: tuple[int, ...]
    voucher_ids: tuple[int, ...]
    live: bool
    asked: int = 0
    """The pool that was decided; more than the amount where parts of a fen were left."""


@dataclass(frozen=True, slots=True)
class DividendLine:
    """One account's part of a dividend, with what was paid of it."""

    dividend_id: int
    line: int
    account_id: int
    class_id: int
    household: str
    holder: str
    kind: str
    """member, outsider, estate, collective."""
    quantity: int
    amount: int
    party: str
    paid: int

    @property
    def owed(self) -> int:
        """Fen still to be paid."""
        return 0 if self.kind == "collective" else self.amount - self.paid

    @property
    def key(self) -> str:
        """As accounts are written on the record date."""
        return COLLECTIVE if self.kind == "collective" else f"{self.household}/{self.holder}"


@dataclass(frozen=True, slots=True)
class CharterValue:
    """A parameter of the charter from a day on; no class: for all classes."""

    key: str
    class_id: int | None
    value: str
    effective: date
    source: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step of a case."""

    state: str
    day: date
    note: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ShareCase:
    """A change being handled: what was asked for (JSON), where it stands, and every step so far."""

    id: int
    kind: EventKind
    state: str
    body: str
    made_by: str
    made_at: str
    steps: tuple[CaseStep, ...]
    event: int | None
    """Number of the event posted from it."""

    def day_of(self, state: str) -> date | None:
        """The day of the latest step into a state."""
        return next((step.day for step in reversed(self.steps) if step.state == state), None)
