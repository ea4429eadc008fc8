"""Attachments kept by digest, and the electronic invoices among them: reading."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from village_ledger.domain.attachment import Attachment, Condition, Owner
from village_ledger.domain.electronic_invoice import ElectronicInvoice, from_body
from village_ledger.domain.errors import AttachmentError
from village_ledger.storage.attachments.blobs import (
    LARGE,
    blocks_of,
    condition_beside,
    digest_of,
    side_folder,
)
from village_ledger.storage.attachments.queries_evidence import EvidenceQueries
from village_ledger.storage.queries import Record

_ATTACHMENT = (
    "SELECT a.id, a.owner_kind, coalesce(g.code, ''), a.owner_key, a.title, a.kind, a.digest, b.size, b.media_type, a.sheets, "
    "b.content IS NULL, a.original_digest, a.original_size, a.paper_at, a.\"by\", a.at, coalesce(t.reason, ''), "
    "coalesce(length(b.content), b.size), coalesce(e.number, '') FROM attachment a JOIN blob b ON b.digest = a.digest "
    "LEFT JOIN ledger g ON g.id = a.ledger_id LEFT JOIN attachment_taken_back t ON t.attachment_id = a.id "
    "LEFT JOIN invoice_file f ON f.attachment_id = a.id LEFT JOIN electronic_invoice e ON e.id = f.invoice_id "
)
_CHUNK = 500


class AttachmentQueries(EvidenceQueries):
    """Attachments kept by digest, and the electronic invoices among them."""

    def attachments(self, owner: Owner) -> list[Attachment]:
        """Everything ever attached to an owner, those taken back too, in the order it came."""
        ledger = "a.ledger_id = ?" if owner.ledger else "a.ledger_id IS NULL"
        values = (owner.kind, owner.key, *((self._ledger_id(owner.ledger),) if owner.ledger else ()))
        rows = self._all(
            f"{_ATTACHMENT}WHERE a.owner_kind = ? AND a.owner_key = ? AND {ledger} ORDER BY a.id", *values
        )
        return list(map(self._attachment, rows))

    def attachment(self, attachment_id: int) -> Attachment:
        """One attachment; raises AttachmentError when there is none."""
        row = self._one(f"{_ATTACHMENT}WHERE a.id = ?", attachment_id)
        if row is None:
            raise AttachmentError(f"没有第 {attachment_id} 号附件", "请在附件列表里看号。")
        return self._attachment(row)

    def every_attachment(self) -> Iterator[Attachment]:
        """All attachments of the book by id."""
        return map(self._attachment, self._all(f"{_ATTACHMENT}ORDER BY a.id"))

    def attachments_like(self, original_digest: str) -> list[Attachment]:
        """Attachments of the very same file that stand."""
        rows = self._all(
            f"{_ATTACHMENT}WHERE a.original_digest = ? AND t.attachment_id IS NULL ORDER BY a.id",
            original_digest,
        )
        return list(map(self._attachment, rows))

    def attachment_count(self, owner: Owner) -> int:
        """How many attachments of an owner stand."""
        ledger = "ledger_id = ?" if owner.ledger else "ledger_id IS NULL"
        values = (owner.kind, owner.key, *((self._ledger_id(owner.ledger),) if owner.ledger else ()))
        found = self._value(
            f"SELECT count(*) FROM attachment WHERE owner_kind = ? AND owner_key = ? AND {ledger} "
            "AND id NOT IN (SELECT attachment_id FROM attachment_taken_back)",
            *values,
        )
        return int(found)

    def electronic_invoice(self, number: str) -> ElectronicInvoice | None:
        """What the invoice of a number said when it was taken in, None for one that never was."""
        body = self._value("SELECT body FROM electronic_invoice WHERE number = ?", number)
        return None if body is None else from_body(body)

    def invoice_files(self, number: str) -> list[Attachment]:
        """The attachments that carry an invoice and stand."""
        rows = self._all(f"{_ATTACHMENT}WHERE e.number = ? AND t.attachment_id IS NULL ORDER BY a.id", number)
        return list(map(self._attachment, rows))

    def vouchers_of_invoice(self, number: str) -> list[int]:
        """Ids of the vouchers that book an invoice number, void ones left out."""
        rows = self._all(
            "SELECT v.id FROM invoice i JOIN voucher v ON v.id = i.voucher_id WHERE i.number = ? AND v.state <> 'void' "
            "ORDER BY v.id",
            number,
        )
        return [i for (i,) in rows]

    def electronic_of(self, owner: Owner) -> list[ElectronicInvoice]:
        """The electronic invoices among what an owner has, each once."""
        numbers = dict.fromkeys(a.invoice for a in self.attachments(owner) if a.invoice and a.stands)
        return [found for number in numbers if (found := self.electronic_invoice(number)) is not None]

    def blobs_beside(self) -> list[tuple[str, int]]:
        """Digest and size of everything that lies beside the book."""
        return [(d, s) for d, s in self._all(LARGE)]

    def blob_digests(self) -> list[str]:
        """Digests of everything kept, in the book and beside it."""
        return [digest for (digest,) in self._all("SELECT digest FROM blob ORDER BY digest")]

    @contextmanager
    def opened_blob(self, digest: str) -> Generator[BinaryIO]:
        """The bytes of a blob as a stream, unproven; raises AttachmentError for a file that is not there."""
        row = self._one("SELECT content FROM blob WHERE digest = ?", digest)
        content: bytes | None = row[0] if row else None
        if row is not None and content is not None:
            yield BytesIO(content)
            return
        try:
            file = (side_folder(self._book.path) / digest).open("rb")
        except OSError as error:
            raise AttachmentError(
                "附件的文件不见了",
                f"它应在账簿旁边的“{side_folder(self._book.path).name}”文件夹里，请把文件夹拷回来。",
            ) from error
        with file:
            yield file

    def large_blobs(self) -> list[tuple[str, int]]:
        """Digest and size of what lies beside the book."""
        return [(digest, size) for digest, size in self._all(LARGE)]

    def blob_condition(self, digest: str) -> Condition:
        """How a blob stands when every byte is read."""
        try:
            with self.opened_blob(digest) as file:
                return Condition.SOUND if digest_of(blocks_of(file)) == digest else Condition.ALTERED
        except (AttachmentError, OSError):
            return Condition.MISSING

    def _attachment(self, row: Record) -> Attachment:
        (i, owner, ledger, key, title, kind, digest, size, media, sheets, beside, *rest) = row
        (original, original_size, paper, by, at, taken_back, length, invoice) = rest
        condition = Condition.SOUND if length == size else Condition.ALTERED
        if beside:
            wrong = condition_beside(self._book.path, digest, size, digest_too=False)
            condition = Condition(wrong) if wrong else Condition.SOUND
        return Attachment(
            i,
            Owner(owner, ledger, key),
            title,
            kind,
            digest,
            size,
            media,
            sheets,
            bool(beside),
            original,
            original_size,
            paper,
            by,
            at,
            taken_back,
            condition,
            invoice,
        )
