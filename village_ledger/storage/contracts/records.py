"""Contracts as the book holds them: plain values, and how a row of the table becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from village_ledger.domain.contract import Change, Contract, InForce, Item, Papers, Penalty, Status, in_force
from village_ledger.domain.rent_schedule import PayDay, RentTerms, read_steps, write_steps
from village_ledger.domain.rhythm import Rhythm
from village_ledger.storage.queries import Record, day_of

OWED, PAID, INCOME, ADVANCE, LATE_MONEY = "due", "paid", "income", "advance", "penalty"
"""What a voucher line is for a row: booked as owed; paid against that; income at once; advance; late money."""
RECEIVED = frozenset({PAID, INCOME, ADVANCE})
TAKEN, RETURNED = "taken", "returned"

COLUMNS = (
    "number",
    "kind",
    "member",
    "party_code",
    "related",
    "purpose",
    "price_words",
    "start_day",
    "end_day",
    "handover",
    "months",
    "pay_day",
    "amount",
    "rate",
    "rate_years",
    "steps",
    "deposit",
    "penalty_rate",
    "penalty_grace",
    "way",
    "platform_number",
    "floor",
    "valuation",
    "resolution",
    "vote",
    "noticed",
    "filing",
    "legal_opinion",
    "signed_on",
    "signers",
    "archive",
    "written",
    "kept_from",
    "note",
)
"""Columns of the table that hold what a contract says, in the order they are digested; the party is beside them."""


@dataclass(frozen=True, slots=True)
class RentLink:
    """A voucher line that stands for a row."""

    id: int
    contract_id: int
    first: date
    kind: str
    voucher_id: int
    line: int
    amount: int
    by_hand: bool
    ref: str
    day: date
    stands: bool
    """Whether the voucher counts: neither void nor reversed."""
    posted: bool


@dataclass(frozen=True, slots=True)
class DepositLink:
    """A deposit taken or returned."""

    contract_id: int
    kind: str
    amount: int
    ref: str
    day: date
    voucher_id: int


class RentCredit(NamedTuple):
    """A posted credit with a party that may be a contract's rent."""

    ref: str
    line: int
    day: date
    account: str
    free: int
    """Not matched to any row yet, fen."""


@dataclass(frozen=True, slots=True)
class StoredContract:
    """A contract, what happened to it, and where it stands."""

    id: int
    ledger: str
    contract: Contract
    changes: tuple[Change, ...]
    status: Status
    entered_by: str
    entered_at: str

    @property
    def number(self) -> str:
        """Its number."""
        return self.contract.number

    @property
    def now(self) -> InForce:
        """What holds after all changes."""
        return in_force(self.contract, self.changes)

    @property
    def what(self) -> str:
        """What is let, in words."""
        return "、".join(item.name or item.code for item in self.contract.items)


@dataclass(frozen=True, slots=True)
class Standing:
    """A contract on a list of what is due, late or ending."""

    contract_id: int
    number: str
    party: str
    status: Status
    start: date
    end: date
    next_due: date | None


def values_of(contract: Contract) -> tuple[str | int, ...]:
    """Values of ``COLUMNS``."""
    terms, papers = contract.terms, contract.papers
    return (
        contract.number,
        contract.kind,
        int(contract.member),
        contract.party_code,
        contract.related,
        contract.purpose,
        contract.price_words,
        terms.start.isoformat(),
        terms.end.isoformat(),
        _iso(contract.handover),
        terms.period.value,
        terms.pay_day.value,
        terms.amount,
        terms.rate,
        terms.rate_years,
        write_steps(terms.steps),
        contract.deposit,
        contract.penalty.rate,
        contract.penalty.grace,
        papers.way,
        papers.platform_number,
        papers.floor,
        papers.valuation,
        papers.resolution,
        papers.vote,
        papers.noticed,
        papers.filing,
        papers.legal_opinion,
        _iso(papers.signed_on),
        papers.signers,
        papers.archive,
        int(papers.written),
        _iso(contract.kept_from),
        contract.note,
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _day(text: str) -> date | None:
    return day_of(text) if text else None


def contract_of(values: Record, party: str, items: tuple[Item, ...]) -> Contract:
    """A contract from the values of ``COLUMNS``."""
    (
        number,
        kind,
        member,
        party_code,
        related,
        purpose,
        price_words,
        start,
        end,
        handover,
        months,
        pay_day,
        *rest,
    ) = values
    amount, rate, rate_years, steps, deposit, penalty_rate, penalty_grace, *papers, kept_from, note = rest
    (
        way,
        platform,
        floor,
        valuation,
        resolution,
        vote,
        noticed,
        filing,
        opinion,
        signed_on,
        signers,
        archive,
        written,
    ) = papers
    terms = RentTerms(
        day_of(start),
        day_of(end),
        _RHYTHMS[months],
        _PAY_DAYS[pay_day],
        amount,
        rate,
        rate_years,
        read_steps(steps) if steps else (),
    )
    agreed = (way, platform, floor, valuation, resolution, vote, noticed, filing, opinion)
    return Contract(
        number,
        kind,
        party,
        terms,
        items,
        bool(member),
        party_code,
        related,
        purpose,
        price_words,
        _day(handover),
        deposit,
        Penalty(penalty_rate, penalty_grace),
        Papers(*agreed, _day(signed_on), signers, archive, bool(written)),
        _day(kept_from),
        note,
    )


_RHYTHMS = {one.value: one for one in Rhythm}
_PAY_DAYS = {one.value: one for one in PayDay}
