"""Small powers and approval limits: what a payment needs before it is posted: tables.

Rule sets are versions, approvals and reasons are records: nothing here is ever rewritten. What was paid with papers
missing points at its voucher; whether it is settled is read from the vouchers that clear it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Text0


class LimitSetRow(Base):
    """A version of a ledger's approval rules, in force from a day on. Append-only."""

    __tablename__ = "limit_set"
    __table_args__ = (UniqueConstraint("ledger_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    version: Mapped[int]
    name: Mapped[str]
    preset: Mapped[Text0]
    valid_from: Mapped[str]
    source: Mapped[Text0]
    body: Mapped[str]
    """Bands and what works need, as JSON."""
    digest: Mapped[str]
    reason: Mapped[Text0]
    made_by: Mapped[str]
    made_at: Mapped[str]


class PowerSetRow(Base):
    """A version of the village's own list of small powers, in force from a day on. Append-only."""

    __tablename__ = "power_set"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(unique=True)
    valid_from: Mapped[str]
    body: Mapped[str]
    """The list as the file a village edits (TOML)."""
    digest: Mapped[str]
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class PaymentApprovalRow(Base):
    """What was shown for a payment before it was posted; the newest of a voucher counts. Append-only."""

    __tablename__ = "payment_approval"
    __table_args__ = (Index("ix_payment_approval_voucher_id", "voucher_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    set_version: Mapped[int]
    demands: Mapped[str]
    """Kinds of expense and amounts (fen) it was given for, as JSON."""
    decision: Mapped[Text0]
    stage: Mapped[Text0]
    """The stage of the decision that was found complete."""
    signers: Mapped[str]
    papers: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class PaymentWaiverRow(Base):
    """Why a warning about a payment (拆分, 关联) was let pass. Append-only."""

    __tablename__ = "payment_waiver"
    __table_args__ = (
        CheckConstraint("kind IN ('split', 'related')", name="kind"),
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_payment_waiver_voucher_id", "voucher_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    kind: Mapped[str]
    facts: Mapped[str]
    """What the warning said."""
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class IncompletePaymentRow(Base):
    """Money that left before its papers were complete (手续不全): the advance's voucher, and what it was for. Append-only."""

    __tablename__ = "incomplete_payment"
    __table_args__ = (CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str]
    payee: Mapped[str]
    amount: Mapped[Fen]
    purpose: Mapped[str]
    """The expense lines it stands for, as JSON."""
    missing: Mapped[str]
    set_version: Mapped[int]
    """0 where no rules were in force."""
    made_by: Mapped[str]
    made_at: Mapped[str]


class IncompleteClearingRow(Base):
    """The voucher that settles such an advance once its papers are there."""

    __tablename__ = "incomplete_clearing"
    __table_args__ = (Index("ix_incomplete_clearing_payment_id", "payment_id"),)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("incomplete_payment.voucher_id"))
    made_by: Mapped[str]
    made_at: Mapped[str]
