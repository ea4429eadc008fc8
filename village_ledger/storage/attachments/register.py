"""Writing attachments; belongs to one unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.attachment import attachment_rules
from village_ledger.storage.attachments.blobs import Received, put_beside
from village_ledger.storage.registers import Register

if TYPE_CHECKING:
    from village_ledger.domain.attachment import Owner
    from village_ledger.domain.electronic_invoice import ElectronicInvoice


class AttachmentRegister(Register):
    """Attachments and their bytes, by the unit of work's person and time."""

    def add(self, owner: Owner, received: Received, title: str, kind: str, sheets: int, paper_at: str) -> int:
        """Keep a file taken in; its bytes go beside the book when they are large. Returns the attachment's id."""
        self._keep(received)
        made = self._run(
            "INSERT INTO attachment (owner_kind, ledger_id, owner_key, title, kind, digest, sheets, original_digest, "
            'original_size, paper_at, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
            (
                owner.kind,
                self._ledger_id(owner.ledger) if owner.ledger else None,
                owner.key,
                title,
                kind,
                received.digest,
                sheets,
                received.original_digest,
                received.original_size,
                paper_at,
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def _keep(self, received: Received) -> None:
        """Bytes known already are kept once; a file beside the book that was lost is put back by them."""
        known = self._run("SELECT content IS NULL FROM blob WHERE digest = ?", (received.digest,)).fetchone()
        large = received.staged is not None or received.size > attachment_rules().inside
        beside = bool(known[0]) if known else large
        if beside:
            placed, new = put_beside(self._uow.book.path, received)
            if new:
                self._uow.when_undone(placed.unlink)
        else:
            received.forget()
        if known is None:
            self._run(
                "INSERT INTO blob VALUES (?, ?, ?, ?, ?)",
                (
                    received.digest,
                    received.size,
                    received.media_type,
                    self._uow.at,
                    None if beside else received.content,
                ),
            )

    def move(self, attachment_id: int, owner: Owner) -> None:
        """Give an attachment that waits, or hangs on an unposted voucher, another owner."""
        self._run(
            "UPDATE attachment SET owner_kind = ?, owner_key = ? WHERE id = ?",
            (owner.kind, owner.key, attachment_id),
        )

    def take_back(self, attachment_id: int, reason: str) -> None:
        """Mark an attachment as taken back."""
        self._run(
            "INSERT INTO attachment_taken_back VALUES (?, ?, ?, ?)",
            (attachment_id, reason, self._uow.by, self._uow.at),
        )

    def add_invoice(self, invoice: ElectronicInvoice) -> int:
        """Keep what an electronic invoice says, once; returns its id."""
        known = self._run("SELECT id FROM electronic_invoice WHERE number = ?", (invoice.key,)).scalar()
        if known is not None:
            return int(known)
        made = self._run(
            "INSERT INTO electronic_invoice (number, kind, day, seller, buyer, net, tax, gross, original, body, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                invoice.key,
                invoice.kind.value,
                invoice.day.isoformat(),
                invoice.seller,
                invoice.buyer,
                invoice.net,
                invoice.tax,
                invoice.gross,
                invoice.original,
                invoice.body,
                invoice.digest,
            ),
        )
        return int(made.scalar_one())

    def carries(self, attachment_id: int, invoice_id: int) -> None:
        """Say which attachment carries which invoice."""
        self._run("INSERT INTO invoice_file VALUES (?, ?)", (attachment_id, invoice_id))
