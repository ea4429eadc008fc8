"""Where a contract stands: every row with what was booked and received, and the summary kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.contract import RowState, Status, penalty_of
from village_ledger.domain.rent_schedule import rent_rows_due
from village_ledger.storage.contracts.records import (
    LATE_MONEY,
    RECEIVED,
    DepositLink,
    RentLink,
    StoredContract,
)
from village_ledger.storage.contracts.register import ContractsRegister
from village_ledger.storage.contracts.rows import row_states
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Whole:
    """A contract with all its rows, and every voucher and deposit that counts."""

    stored: StoredContract
    rows: tuple[RowState, ...]
    links: tuple[RentLink, ...]
    deposits: tuple[DepositLink, ...]

    @property
    def next_open(self) -> RowState | None:
        """The earliest row that is open."""
        return next((row for row in self.rows if row.open > 0), None)

    def late(self, today: date) -> list[RowState]:
        """Rows due before a day and open."""
        return [row for row in self.rows if row.late(today)]

    def of_row(self, first: date) -> list[RentLink]:
        """What vouchers stand for one row."""
        return [link for link in self.links if link.first == first]

    @property
    def deposit_held(self) -> int:
        """Deposit still with the village: what was taken, the agreed sum where taking it was never booked here."""
        taken = sum(x.amount for x in self.deposits if x.kind == "taken")
        returned = sum(x.amount for x in self.deposits if x.kind == "returned")
        return (taken or self.stored.contract.deposit) - returned

    def penalty_due(self, row: RowState, today: date) -> int:
        """Late money of a row through a day that was not booked yet."""
        mine = self.of_row(row.row.first)
        receipts = [(link.day, link.amount) for link in mine if link.kind in RECEIVED]
        booked = sum(link.amount for link in mine if link.kind == LATE_MONEY)
        return max(0, penalty_of(row, receipts, self.stored.contract.penalty, today) - booked)


def wholes(reader: Reader, some: Sequence[StoredContract]) -> list[Whole]:
    """Contracts with their rows, read at once."""
    ids = [one.id for one in some]
    links, deposits = reader.rent_links(ids), reader.deposit_links(ids)
    kept = {info.code: info.start.first for info in reader.ledgers()}
    found: list[Whole] = []
    for one in some:
        standing = tuple(link for link in links.get(one.id, ()) if link.stands)
        found.append(
            Whole(
                one,
                row_states(one, standing, kept[one.ledger]),
                standing,
                tuple(deposits.get(one.id, ())),
            )
        )
    return found


def wholes_due(reader: Reader, some: Sequence[StoredContract], last: date) -> list[Whole]:
    """Contracts with no more than their rows due by a day that the book keeps, read at once; deposits are left out."""
    links = reader.rent_links([one.id for one in some])
    kept = {info.code: info.start.first for info in reader.ledgers()}
    found: list[Whole] = []
    for one in some:
        if one.status is Status.DRAFT:
            continue
        mine = links.get(one.id)
        standing = tuple(link for link in mine if link.stands) if mine else ()
        now, since = one.now, one.contract.kept_from or kept[one.ledger]
        rows = rent_rows_due(now.terms, since, last)
        found.append(Whole(one, row_states(one, standing, since, rows, now), standing, ()))
    return found


def whole(reader: Reader, ledger: str, number: str) -> Whole:
    """One contract with its rows; raises ContractError."""
    with reader.snapshot():
        return wholes(reader, [reader.contract(ledger, number)])[0]


def refresh(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Reckon the summary of some contracts anew."""
    register = ContractsRegister(uow)
    for one in wholes(uow.reader, uow.reader.contracts_by_id(ids)):
        first = one.next_open
        register.stand(one.stored.id, one.stored.status, one.stored.now.end, first.row.due if first else None)


def refresh_stale(uow: UnitOfWork, ledger: str) -> None:
    """Reckon anew what a voided or reversed voucher made stale; every action on contracts begins so."""
    if ids := uow.reader.contracts_stale(ledger):
        refresh(uow, ids)
