"""Tables of money between the ledgers: documents and their two sides, resolutions, invoice numbers, allocation slips."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Text0


class ResolutionRow(Base):
    """A resolution (决议) with its vote; append-only."""

    __tablename__ = "resolution"
    __table_args__ = (
        CheckConstraint("body IN ('assembly', 'representatives', 'board', 'villagers')", name="body"),
        CheckConstraint(
            "eligible > 0 AND present >= 0 AND present <= eligible AND in_favour >= 0 AND in_favour <= present",
            name="vote",
        ),
        {"sqlite_with_rowid": False},
    )
    number: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str]
    body: Mapped[str]
    eligible: Mapped[int]
    present: Mapped[int]
    in_favour: Mapped[int]
    published: Mapped[Text0]
    """First day of the notice before the vote (公示), empty when none."""
    subject: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class TransferRow(Base):
    """An inter-ledger document (两账往来单); its vouchers stand in ``transfer_side``. Only its state ever changes."""

    __tablename__ = "transfer"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("kind IN ('T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9')", name="kind"),
        CheckConstraint("step IN ('whole', 'owed', 'paid')", name="step"),
        CheckConstraint("state IN ('live', 'void')", name="state"),
        CheckConstraint(
            "typeof(amount) = 'integer' AND amount <> 0 AND (amount < 0) = (reverses_id IS NOT NULL)",
            name="amount",
        ),
        CheckConstraint("kind NOT IN ('T1', 'T2', 'T3') OR resolution IS NOT NULL", name="resolution"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str]
    step: Mapped[str]
    day: Mapped[str]
    amount: Mapped[Fen]
    """Whole fen; negative for the document that reverses another."""
    summary: Mapped[str]
    resolution: Mapped[str | None] = mapped_column(ForeignKey("resolution.number"))
    plan_item: Mapped[Text0]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("transfer.id"))
    state: Mapped[str] = mapped_column(server_default=text("'live'"))
    made_by: Mapped[str]
    made_at: Mapped[str]


class TransferSideRow(Base):
    """One side of a document: its voucher, and the voucher of the other side (none in T3)."""

    __tablename__ = "transfer_side"
    __table_args__ = (UniqueConstraint("transfer_id", "ledger_id"),)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"), primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"))
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))


class TransferSettlementRow(Base):
    """How much of an earlier document a later one settles (归还、转交)."""

    __tablename__ = "transfer_settlement"
    __table_args__ = (
        CheckConstraint("typeof(amount) = 'integer' AND amount <> 0", name="amount"),
        {"sqlite_with_rowid": False},
    )
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    settles_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    amount: Mapped[Fen]


class TransferPostedRow(Base):
    """Written by the database when a side is posted: at the commit the other side must be posted too."""

    __tablename__ = "transfer_posted"
    voucher_id: Mapped[int] = mapped_column(ForeignKey("posting.voucher_id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("posting.voucher_id", deferrable=True, initially="DEFERRED")
    )


class AllocationSlipRow(Base):
    """An allocation slip (原始凭证分割单, 规范 art. 51): one bill, shared by both ledgers. Append-only."""

    __tablename__ = "allocation_slip"
    __table_args__ = (
        UniqueConstraint("transfer_id"),
        CheckConstraint(
            "typeof(collective) = 'integer' AND typeof(committee) = 'integer' AND collective > 0 AND committee > 0 "
            "AND collective + committee = whole",
            name="sum",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"))
    invoice: Mapped[Text0]
    """Number of the bill, empty when it bears none."""
    issuer: Mapped[Text0]
    whole: Mapped[Fen]
    collective: Mapped[Fen]
    committee: Mapped[Fen]


class InvoiceRow(Base):
    """An invoice number (票据号) and the voucher that books it; once across both ledgers, but for an allocation slip."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("voucher_id", "number"),
        Index("ix_invoice_number", "number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    kind: Mapped[Text0]
    amount: Mapped[Fen]
    """Fen of the voucher it stands under, of the part under a slip."""
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    slip_id: Mapped[int | None] = mapped_column(ForeignKey("allocation_slip.id"))
    digest: Mapped[Text0]
    """SHA-256 of the original file, if there is one."""
