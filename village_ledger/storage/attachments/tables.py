"""Attachments kept by digest, and the electronic invoices among them: tables.

An attachment says whose it is and names a blob; a blob is bytes known by their SHA-256, in the book or, when large, in a file
of that name in the folder beside it. What an attachment says is in the operation log too, whose chain proves it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Text0


class BlobRow(Base):
    """Bytes kept once, however many attachments name them."""

    __tablename__ = "blob"
    __table_args__ = (
        CheckConstraint("length(digest) = 64 AND lower(digest) = digest", name="digest"),
        CheckConstraint("typeof(size) = 'integer' AND size > 0", name="size"),
        CheckConstraint("content IS NULL OR length(content) = size", name="whole"),
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
    """Hexadecimal SHA-256."""
    size: Mapped[int]
    media_type: Mapped[str]
    at: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """NULL when they lie beside the book."""


class AttachmentRow(Base):
    """An attachment (附件); only one that waits or is on an unposted voucher ever changes its owner."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("owner_kind <> '' AND (owner_kind = 'inbox') = (owner_key = '')", name="owner"),
        CheckConstraint("trim(title) <> '' AND sheets > 0", name="title"),
        Index("ix_attachment_owner", "owner_kind", "ledger_id", "owner_key"),
        Index("ix_attachment_digest", "digest"),
        Index("ix_attachment_original", "original_digest"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_kind: Mapped[str]
    ledger_id: Mapped[int | None] = mapped_column(ForeignKey("ledger.id"))
    """NULL for what belongs to the whole village."""
    owner_key: Mapped[Text0]
    title: Mapped[str]
    kind: Mapped[str]
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))
    sheets: Mapped[int]
    original_digest: Mapped[str]
    """Of the file as it came; differs from ``digest`` when a photo was scaled down."""
    original_size: Mapped[int]
    paper_at: Mapped[Text0]
    """Where the paper is kept (原件存放处)."""
    by: Mapped[str]
    at: Mapped[str]


class AttachmentTakenBackRow(Base):
    """An attachment that does not stand any more (撤下), and why."""

    __tablename__ = "attachment_taken_back"
    __table_args__ = (CheckConstraint("trim(reason) <> ''", name="reason"),)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]


class ElectronicInvoiceRow(Base):
    """An electronic invoice as it was read (未验签); one row however many files carry it."""

    __tablename__ = "electronic_invoice"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("kind IN ('vat', 'fiscal')", name="kind"),
        CheckConstraint("typeof(gross) = 'integer' AND net + tax = gross", name="sum"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    """As it is booked (票据号): the number, of a fiscal receipt code and number."""
    kind: Mapped[str]
    day: Mapped[str]
    seller: Mapped[str]
    buyer: Mapped[str]
    net: Mapped[Fen]
    tax: Mapped[Fen]
    gross: Mapped[Fen]
    """Negative for a red-letter invoice."""
    original: Mapped[Text0]
    """Number of the invoice a red-letter one takes back."""
    body: Mapped[str]
    """Everything read, as JSON."""
    digest: Mapped[str]
    """SHA-256 of ``body``, hexadecimal."""


class InvoiceFileRow(Base):
    """Which attachment carries which electronic invoice."""

    __tablename__ = "invoice_file"
    __table_args__ = (Index("ix_invoice_file_invoice", "invoice_id"),)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("electronic_invoice.id"))
