"""Tables of claims (报账单), advances (备用金) and receipt books (收据): what lies behind vouchers, beside them.

A claim is frozen while a voucher made from it stands; what happened to receipt numbers and what an advance was found to be are
append-only.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Flag, Text0


class ClaimantRow(Base):
    """A 报账员 of a ledger and the leaf that holds the advance."""

    __tablename__ = "claimant"
    __table_args__ = (
        UniqueConstraint("ledger_id", "name"),
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    name: Mapped[str]
    account: Mapped[str]
    """Leaf of the advance; the claimant is its counterparty."""
    gone: Mapped[Flag]


class ClaimRow(Base):
    """A claim as handed in, numbered per ledger and year."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("ledger_id", "year", "number"),
        ForeignKeyConstraint(["ledger_id", "pays"], ["account.ledger_id", "account.code"]),
        CheckConstraint("settle IN ('advance', 'bank', 'cash')", name="settle"),
        CheckConstraint("number > 0 AND substr(day, 1, 4) = printf('%04d', year)", name="number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    year: Mapped[int]
    number: Mapped[int]
    day: Mapped[str]
    claimant_id: Mapped[int] = mapped_column(ForeignKey("claimant.id"))
    settle: Mapped[str]
    pays: Mapped[str]
    note: Mapped[Text0]
    handed_by: Mapped[str]
    handed_at: Mapped[str]
    return_reason: Mapped[Text0]


class ClaimLineRow(Base):
    """One receipt of a claim."""

    __tablename__ = "claim_line"
    __table_args__ = (
        CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),
        CheckConstraint("attachments > 0", name="attachments"),
        {"sqlite_with_rowid": False},
    )
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str]
    summary: Mapped[str]
    amount: Mapped[Fen]
    account: Mapped[Text0]
    counterparty: Mapped[Text0]
    project: Mapped[Text0]
    handler: Mapped[Text0]
    witness: Mapped[Text0]
    approver: Mapped[Text0]
    invoice: Mapped[Text0]
    attachments: Mapped[int]


class ClaimVoucherRow(Base):
    """Which voucher was made from which part of a claim; a deleted voucher takes the row with it."""

    __tablename__ = "claim_voucher"
    __table_args__ = (Index("ix_claim_voucher_claim", "claim_id", "part"), {"sqlite_with_rowid": False})
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    part: Mapped[int]


class AdvanceCheckRow(Base):
    """A month's reconciliation of an advance; the latest of a month counts."""

    __tablename__ = "advance_check"
    __table_args__ = (
        Index("ix_advance_check_month", "claimant_id", "month", "id"),
        CheckConstraint("cash >= 0 AND receipts >= 0", name="counted"),
        CheckConstraint("cash + receipts = book OR reason <> ''", name="explained"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    claimant_id: Mapped[int] = mapped_column(ForeignKey("claimant.id"))
    month: Mapped[str]
    book: Mapped[Fen]
    cash: Mapped[Fen]
    receipts: Mapped[Fen]
    reason: Mapped[Text0]
    checked_by: Mapped[str]
    checked_at: Mapped[str]


class ReceiptBookRow(Base):
    """Receipts with consecutive numbers as bought or issued by the finance office."""

    __tablename__ = "receipt_book"
    __table_args__ = (
        CheckConstraint("first > 0 AND last >= first", name="numbers"),
        CheckConstraint("width BETWEEN 1 AND 20", name="width"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    kind: Mapped[str]
    """内部收据, 财政票据 … with the letters before the number."""
    first: Mapped[int]
    last: Mapped[int]
    width: Mapped[int]
    received_on: Mapped[str]


class ReceiptEventRow(Base):
    """What happened to numbers of a receipt book."""

    __tablename__ = "receipt_event"
    __table_args__ = (
        Index("ix_receipt_event_book", "book_id", "id"),
        CheckConstraint("act IN ('issue', 'use', 'void', 'return')", name="act"),
        CheckConstraint("first > 0 AND last >= first", name="numbers"),
        CheckConstraint("amount = 0 OR act = 'use'", name="amount"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("receipt_book.id"))
    act: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]
    holder: Mapped[str]
    day: Mapped[str]
    amount: Mapped[Fen]
    note: Mapped[Text0]
    written_by: Mapped[str]
    written_at: Mapped[str]
