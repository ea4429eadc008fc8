"""Writing contracts; belongs to one unit of work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.contract import Change, Contract, Status
from village_ledger.domain.people_chain import row_bytes
from village_ledger.storage.contracts.records import COLUMNS, values_of
from village_ledger.storage.queries import marks
from village_ledger.storage.registers import Register

if TYPE_CHECKING:
    from collections.abc import Mapping


class ContractsRegister(Register):
    """Contracts, their items and changes, what vouchers stand for, and the summary."""

    def add(self, ledger: str, contract: Contract, whole: Mapping[str, int]) -> int:
        """Store a contract as a draft; returns its id. ``whole`` is the area of parcels let in parts, by code."""
        names = ("ledger_id", "party_id", *COLUMNS, "entered_by", "entered_at")
        ledger_id = self._ledger_id(ledger)
        made = self._run(
            f"INSERT INTO contract ({', '.join(names)}) VALUES ({marks(names)}) RETURNING id",
            (ledger_id, self._party(contract.party), *values_of(contract), self._uow.by, self._uow.at),
        )
        contract_id = int(made.scalar_one())
        self._run(
            "INSERT INTO contract_now (contract_id, ledger_id, status, start_day, end_day) VALUES (?, ?, 'draft', ?, ?)",
            (contract_id, ledger_id, contract.terms.start.isoformat(), contract.terms.end.isoformat()),
        )
        self._write_items(contract_id, contract, whole)
        return contract_id

    def rewrite(self, contract_id: int, contract: Contract, whole: Mapping[str, int]) -> None:
        """Replace a draft."""
        names = ("party_id", *COLUMNS)
        self._run("DELETE FROM contract_item WHERE contract_id = ?", (contract_id,))
        self._run(
            f"UPDATE contract SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
            (self._party(contract.party), *values_of(contract), contract_id),
        )
        self._run(
            "UPDATE contract_now SET start_day = ?, end_day = ? WHERE contract_id = ?",
            (contract.terms.start.isoformat(), contract.terms.end.isoformat(), contract_id),
        )
        self._write_items(contract_id, contract, whole)

    def forget(self, contract_id: int) -> None:
        """Delete a draft."""
        for table, key in (
            ("contract_item", "contract_id"),
            ("contract_now", "contract_id"),
            ("contract", "id"),
        ):
            self._run(f"DELETE FROM {table} WHERE {key} = ?", (contract_id,))

    def _party(self, name: str) -> int | None:
        return self._uow.parties.id_of("counterparty", name)

    def _write_items(self, contract_id: int, contract: Contract, whole: Mapping[str, int]) -> None:
        for line, item in enumerate(contract.items, 1):
            self._run(
                "INSERT INTO contract_item VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    contract_id,
                    line,
                    item.kind,
                    item.code,
                    item.name,
                    item.area,
                    item.unit,
                    whole.get(item.code, 0),
                ),
            )

    def change(self, contract_id: int, change: Change) -> None:
        """Add a change; the first one seals the terms."""
        last = self._run(
            "SELECT seq, digest FROM contract_change WHERE contract_id = ? ORDER BY seq DESC LIMIT 1",
            (contract_id,),
        ).fetchone()
        seq, previous = (0, None) if last is None else (int(last[0]), bytes(last[1]))
        party = self._party(change.party)
        values = (
            contract_id,
            seq + 1,
            change.day.isoformat(),
            change.act.value,
            change.status.value,
            change.amount,
            change.end.isoformat() if change.end else "",
            party,
            int(change.member),
            change.basis,
            self._uow.by,
            self._uow.at,
        )
        before = previous or link(GENESIS, self._uow.reader.contract_bytes(contract_id))
        self._run(
            "INSERT INTO contract_change (contract_id, seq, day, act, status, amount, end_day, party_id, member, basis, "
            f"entered_by, entered_at, digest) VALUES ({marks(values)}, ?)",
            (*values, link(before, row_bytes("contract_change", (*values[:7], change.party, *values[8:])))),
        )

    def link(
        self,
        contract_id: int,
        first: date,
        kind: str,
        voucher: tuple[int, int],
        amount: int,
        *,
        by_hand: bool = False,
    ) -> None:
        """Say which line of a voucher stands for a row: ``voucher`` is its id and the line from 1."""
        self._run(
            "INSERT INTO rent_link (contract_id, first_day, kind, voucher_id, line, amount, by_hand, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                contract_id,
                first.isoformat(),
                kind,
                *voucher,
                amount,
                int(by_hand),
                self._uow.by,
                self._uow.at,
            ),
        )

    def unlink(self, contract_id: int, voucher_id: int) -> int:
        """Take back what was matched by hand; returns how many rows."""
        return self._run(
            "DELETE FROM rent_link WHERE contract_id = ? AND voucher_id = ? AND by_hand = 1",
            (contract_id, voucher_id),
        ).rowcount

    def deposit(self, contract_id: int, kind: str, voucher_id: int, amount: int) -> None:
        """A deposit taken or returned."""
        self._run(
            "INSERT INTO deposit_link (contract_id, kind, voucher_id, amount, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            (contract_id, kind, voucher_id, amount, self._uow.by, self._uow.at),
        )

    def stand(self, contract_id: int, status: Status, end: date, next_due: date | None) -> None:
        """Keep the summary."""
        self._run(
            "UPDATE contract_now SET status = ?1, next_due = ?2, stale = 0 WHERE contract_id = ?3",
            (status.value, next_due.isoformat() if next_due else "", contract_id),
        )
        self._run(
            "UPDATE contract_now SET end_day = ?1 WHERE contract_id = ?2 AND end_day <> ?1",
            (end.isoformat(), contract_id),
        )
