"""Writing money between the ledgers: documents, resolutions, invoice numbers, allocation slips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.inter_ledger import Asked, DocumentNumber
from village_ledger.storage.interledger.records import Transfer
from village_ledger.storage.registers import Register


class InterLedgerRegister(Register):
    """Documents between the two ledgers; a document and its sides are written together."""

    def add(
        self,
        number: DocumentNumber,
        asked: Asked,
        step: str,
        sides: Sequence[tuple[str, int]],
        amount: int = 0,
    ) -> int:
        """Store a document over vouchers just entered, (ledger, id) a side; returns its id."""
        values = (asked.kind, step, asked.day.isoformat(), amount or asked.amount, asked.summary)
        return self._document(number, values, (asked.resolution or None, asked.plan_item, None), sides)

    def add_reversal(
        self,
        number: DocumentNumber,
        original: Transfer,
        day: date,
        reason: str,
        sides: Sequence[tuple[str, int]],
    ) -> int:
        """Store the document that undoes another; returns its id."""
        values = (original.kind, original.step, day.isoformat(), -original.amount, reason)
        rest = (original.resolution or None, original.plan_item, original.id)
        made = self._document(number, values, rest, sides)
        rows = self._run(
            "SELECT settles_id, amount FROM transfer_settlement WHERE transfer_id = ?", (original.id,)
        ).fetchall()
        for settles_id, amount in rows:
            self.settle(made, settles_id, -amount)
        return made

    def _document(
        self,
        number: DocumentNumber,
        values: tuple[object, ...],
        rest: tuple[object, ...],
        sides: Sequence[tuple[str, int]],
    ) -> int:
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM transfer").scalar_one())
        self._run(
            "INSERT INTO transfer (id, year, number, kind, step, day, amount, summary, resolution, plan_item, reverses_id, "
            "made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (made, *number, *values, *rest, self._uow.by, self._uow.at),
        )
        for ledger, voucher_id in sides:
            other = next((i for code, i in sides if code != ledger), None)
            self._run(
                "INSERT INTO transfer_side VALUES (?, ?, ?, ?)",
                (voucher_id, made, self._ledger_id(ledger), other),
            )
        return made

    def settle(self, transfer_id: int, settles_id: int, amount: int) -> None:
        """Say how much of an earlier document a later one settles, fen."""
        self._run("INSERT INTO transfer_settlement VALUES (?, ?, ?)", (transfer_id, settles_id, amount))

    def void(self, transfer_id: int) -> None:
        """Void a document; the database voids both its vouchers with it."""
        self._run("UPDATE transfer SET state = 'void' WHERE id = ?", (transfer_id,))

    def add_slip(self, transfer_id: int, invoice: str, issuer: str, shares: tuple[int, int]) -> int:
        """The allocation slip of a shared bill; ``shares`` are the collective's and the committee's fen."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM allocation_slip").scalar_one())
        self._run(
            "INSERT INTO allocation_slip VALUES (?, ?, ?, ?, ?, ?, ?)",
            (made, transfer_id, invoice, issuer, sum(shares), *shares),
        )
        return made

    def add_resolution(self, values: tuple[object, ...]) -> None:
        """Store a resolution: number, day, body, eligible, present, in favour, published, subject."""
        self._run(
            "INSERT INTO resolution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, self._uow.by, self._uow.at),
        )

    def add_invoice(
        self,
        number: str,
        kind: str,
        amount: int,
        voucher_id: int,
        ledger: str,
        slip_id: int | None = None,
        digest: str = "",
    ) -> None:
        """Say that a voucher books an invoice number; ``digest`` is that of its electronic original."""
        self._run(
            "INSERT INTO invoice (number, kind, amount, voucher_id, ledger_id, slip_id, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, kind, amount, voucher_id, self._ledger_id(ledger), slip_id, digest),
        )

    def clear_invoices(self, voucher_id: int) -> None:
        """Forget the numbers of an unposted voucher, before it is rewritten."""
        self._run("DELETE FROM invoice WHERE voucher_id = ?", (voucher_id,))
