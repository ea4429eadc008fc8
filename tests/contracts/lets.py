"""Contracts in a few words, so that tests read like a register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.contract import Contract, Item, Papers
from village_ledger.domain.period import parse_day
from village_ledger.domain.rent_schedule import PayDay, RentTerms, read_period, read_steps
from village_ledger.services.contracts import contracts
from village_ledger.storage.contracts.records import StoredContract

FIRM = "兴农物资有限公司"


def day(text: str) -> date:
    return parse_day(text)


def terms(
    start: str,
    end: str,
    amount: int,
    period: str = "年",
    *,
    last: bool = False,
    rate: str = "",
    steps: str = "",
) -> RentTerms:
    """Terms from ``2025-01-01``, yuan, and ``5/3`` for 5 % every 3 years."""
    percent, _, years = rate.partition("/")
    return RentTerms(
        day(start),
        day(end),
        read_period(period),
        PayDay.LAST if last else PayDay.FIRST,
        amount * 100,
        int(float(percent or 0) * 100),
        int(years or 0),
        read_steps(steps),
    )


def a_contract(number: str = "青合2025-01", code: str = "J001", **asked: object) -> Contract:
    """A shop let for three years at 9,600 a year, half a year at a time in advance."""
    made = Contract(
        number,
        "lease",
        FIRM,
        terms("2025-01-01", "2027-12-31", 4800, "半年"),
        (Item(code, "1号门面"),),
        papers=Papers(resolution="青股社〔2024〕9号", signed_on=day("2024-12-20")),
    )
    return replace(made, **asked)  # pyright: ignore[reportArgumentType]  fields of a contract by name


def entered(village: Village, contract: Contract) -> StoredContract:
    with village.act() as uow:
        return contracts.enter(uow, COLLECTIVE, contract).value


def signed(village: Village, contract: Contract | None = None) -> StoredContract:
    """A contract entered and signed."""
    made = entered(village, contract or a_contract())
    with village.act() as uow:
        return contracts.sign(uow, COLLECTIVE, made.number, day("2024-12-20")).value
