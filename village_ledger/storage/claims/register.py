"""Writing claims, advances and receipt books; belongs to one unit of work."""

from __future__ import annotations

from village_ledger.domain.claim import AdvanceCheck, Claim
from village_ledger.domain.receipt_book import Numbers, ReceiptEvent
from village_ledger.storage.registers import Register


class ClaimsRegister(Register):
    """Claimants, claims, their vouchers, counts of advances, receipt numbers."""

    def add_claimant(self, ledger: str, name: str, account: str) -> int:
        """Register a 报账员 with the leaf of the advance; returns the id."""
        made = self._run(
            "INSERT INTO claimant (ledger_id, name, account) VALUES (?, ?, ?) RETURNING id",
            (self._ledger_id(ledger), name, account),
        )
        return int(made.scalar_one())

    def set_claimant(self, claimant_id: int, account: str, *, gone: bool) -> None:
        """Another leaf for the advance, or gone from the post."""
        self._run("UPDATE claimant SET account = ?, gone = ? WHERE id = ?", (account, int(gone), claimant_id))

    def submit(self, ledger: str, claimant_id: int, claim: Claim) -> int:
        """Store a claim under the next number of its year; returns its id."""
        ledger_id, year = self._ledger_id(ledger), claim.day.year
        number = self._run(
            "SELECT coalesce(max(number), 0) + 1 FROM claim WHERE ledger_id = ? AND year = ?",
            (ledger_id, year),
        ).scalar_one()
        made = self._run(
            "INSERT INTO claim (ledger_id, year, number, day, claimant_id, settle, pays, note, handed_by, handed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                ledger_id,
                year,
                number,
                claim.day.isoformat(),
                claimant_id,
                claim.settle.value,
                claim.pays,
                claim.note,
                self._uow.by,
                self._uow.at,
            ),
        )
        claim_id = int(made.scalar_one())
        self._write_lines(claim_id, claim)
        return claim_id

    def rewrite(self, claim_id: int, claimant_id: int, claim: Claim) -> None:
        """Replace what a claim says that no voucher was made from; its number stays and it waits again."""
        self._run(
            "UPDATE claim SET day = ?, claimant_id = ?, settle = ?, pays = ?, note = ?, return_reason = '' WHERE id = ?",
            (claim.day.isoformat(), claimant_id, claim.settle.value, claim.pays, claim.note, claim_id),
        )
        self._run("DELETE FROM claim_line WHERE claim_id = ?", (claim_id,))
        self._write_lines(claim_id, claim)

    def give_back(self, claim_id: int, reason: str) -> None:
        """Return a claim to who handed it in."""
        self._run("UPDATE claim SET return_reason = ? WHERE id = ?", (reason, claim_id))

    def link(self, claim_id: int, part: int, voucher_id: int) -> None:
        """Say which voucher was made from a part of a claim."""
        self._run(
            "INSERT INTO claim_voucher (voucher_id, claim_id, part) VALUES (?, ?, ?)",
            (voucher_id, claim_id, part),
        )

    def count_advance(self, claimant_id: int, check: AdvanceCheck) -> None:
        """Keep what an advance was found to be."""
        self._run(
            "INSERT INTO advance_check (claimant_id, month, book, cash, receipts, reason, checked_by, checked_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                claimant_id,
                check.month,
                check.book,
                check.cash,
                check.receipts,
                check.reason,
                self._uow.by,
                self._uow.at,
            ),
        )

    def add_receipt_book(self, ledger: str, kind: str, numbers: Numbers, width: int, day: str) -> int:
        """Register a book of receipts; returns its id."""
        made = self._run(
            "INSERT INTO receipt_book (ledger_id, kind, first, last, width, received_on) VALUES (?, ?, ?, ?, ?, ?) "
            "RETURNING id",
            (self._ledger_id(ledger), kind, numbers.first, numbers.last, width, day),
        )
        return int(made.scalar_one())

    def receipt_event(self, book_id: int, event: ReceiptEvent) -> None:
        """Keep what happened to receipt numbers."""
        self._run(
            "INSERT INTO receipt_event (book_id, act, first, last, holder, day, amount, note, written_by, written_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                book_id,
                event.act.value,
                event.numbers.first,
                event.numbers.last,
                event.holder,
                event.day.isoformat(),
                event.amount,
                event.note,
                self._uow.by,
                self._uow.at,
            ),
        )

    def _write_lines(self, claim_id: int, claim: Claim) -> None:
        rows = [
            (
                claim_id,
                place,
                x.day.isoformat(),
                x.summary,
                x.amount,
                x.account,
                x.counterparty,
                x.project,
                x.handler,
                x.witness,
                x.approver,
                x.invoice,
                x.attachments,
            )
            for place, x in enumerate(claim.lines, 1)
        ]
        self._run("INSERT INTO claim_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
