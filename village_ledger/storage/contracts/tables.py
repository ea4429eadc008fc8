"""Tables of contracts: terms as signed, what is let, what changed later, what was booked and received for rows.

Rent rows are generated from the terms, never stored. What is kept beside them: dated changes (append-only, each with the
digest of those before and of the terms signed), and which voucher line stands for which row. ``contract_now`` is a summary
kept in the same transaction, so that what is due, late or ending is found without walking through every contract.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Flag, Text0

STATUSES = "('draft', 'signed', 'performing', 'changed', 'ended', 'terminated', 'dispute', 'lawsuit')"


class ContractRow(Base):
    """A contract as drawn up; fixed once it is signed."""

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("ledger_id", "number"),
        CheckConstraint("end_day >= start_day", name="span"),
        CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),
        CheckConstraint("months IN (1, 3, 6, 12) AND pay_day IN ('first', 'last')", name="period"),
        CheckConstraint("rate BETWEEN 0 AND 10000 AND (rate = 0) = (rate_years = 0)", name="escalation"),
        CheckConstraint("deposit >= 0 AND floor >= 0", name="sums"),
        CheckConstraint("penalty_rate BETWEEN 0 AND 10000 AND penalty_grace >= 0", name="penalty"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    number: Mapped[str]
    kind: Mapped[str]
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    member: Mapped[Flag]
    party_code: Mapped[Text0]
    related: Mapped[Text0]
    purpose: Mapped[Text0]
    price_words: Mapped[Text0]
    start_day: Mapped[str]
    end_day: Mapped[str]
    handover: Mapped[Text0]
    months: Mapped[int]
    pay_day: Mapped[str]
    amount: Mapped[Fen]
    rate: Mapped[int]
    """Hundredths of a percent."""
    rate_years: Mapped[int]
    steps: Mapped[Text0]
    """``2024-07-01:44100;…``"""
    deposit: Mapped[Fen]
    penalty_rate: Mapped[int]
    """Millionths of what is open, per day."""
    penalty_grace: Mapped[int]
    way: Mapped[Text0]
    platform_number: Mapped[Text0]
    floor: Mapped[Fen]
    valuation: Mapped[Text0]
    resolution: Mapped[Text0]
    vote: Mapped[Text0]
    noticed: Mapped[Text0]
    filing: Mapped[Text0]
    legal_opinion: Mapped[Text0]
    signed_on: Mapped[Text0]
    signers: Mapped[Text0]
    archive: Mapped[Text0]
    written: Mapped[Flag]
    kept_from: Mapped[Text0]
    note: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ContractItemRow(Base):
    """One thing let; ``whole`` is the area of the whole parcel where only a part of it is let."""

    __tablename__ = "contract_item"
    __table_args__ = (
        CheckConstraint("kind IN ('', 'asset', 'parcel') AND (code <> '' OR name <> '')", name="what"),
        CheckConstraint("area >= 0 AND whole >= 0", name="area"),
        Index("ix_contract_item_code", "code"),
        {"sqlite_with_rowid": False},
    )
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Text0]
    code: Mapped[Text0]
    name: Mapped[Text0]
    area: Mapped[Flag]
    """In 1/10000 of the unit."""
    unit: Mapped[Text0]
    whole: Mapped[Flag]


class ContractChangeRow(Base):
    """Something dated that happened to a contract. Append-only; the digest covers all before it and the terms."""

    __tablename__ = "contract_change"
    __table_args__ = (
        UniqueConstraint("contract_id", "seq"),
        CheckConstraint(f"status IN {STATUSES} AND status <> 'draft'", name="status"),
        CheckConstraint("(act = 'amount') = (amount > 0)", name="amount"),
        CheckConstraint("(act = 'party') = (party_id IS NOT NULL)", name="party"),
        CheckConstraint("(act IN ('term', 'terminate')) = (end_day <> '')", name="end"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    seq: Mapped[int]
    day: Mapped[str]
    act: Mapped[str]
    status: Mapped[str]
    amount: Mapped[Fen]
    end_day: Mapped[Text0]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    member: Mapped[Flag]
    basis: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]
    digest: Mapped[Digest]


class RentLinkRow(Base):
    """Which line of a voucher stands for which row: booked as owed, paid, income or advance at once, late money."""

    __tablename__ = "rent_link"
    __table_args__ = (
        CheckConstraint("kind IN ('due', 'paid', 'income', 'advance', 'penalty')", name="kind"),
        CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),
        Index("ix_rent_link_contract", "contract_id", "first_day"),
        Index("ix_rent_link_voucher", "voucher_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    first_day: Mapped[str]
    """First day of the row."""
    kind: Mapped[str]
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    line: Mapped[int]
    amount: Mapped[Fen]
    by_hand: Mapped[Flag]
    """Matched to a voucher that was there already: may be taken back."""
    made_by: Mapped[str]
    made_at: Mapped[str]


class DepositLinkRow(Base):
    """A deposit (押金) taken or returned, and the voucher of it."""

    __tablename__ = "deposit_link"
    __table_args__ = (
        CheckConstraint("kind IN ('taken', 'returned')", name="kind"),
        CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),
        Index("ix_deposit_link_contract", "contract_id"),
        Index("ix_deposit_link_voucher", "voucher_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    kind: Mapped[str]
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    amount: Mapped[Fen]
    made_by: Mapped[str]
    made_at: Mapped[str]


class ContractNowRow(Base):
    """Where a contract stands: a summary kept with every change, so that a list never walks through all rows."""

    __tablename__ = "contract_now"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        Index("ix_contract_now_due", "ledger_id", "stale", "next_due", "contract_id"),
        Index("ix_contract_now_end", "ledger_id", "end_day", "contract_id", "status"),
        Index("ix_contract_now_stale", "stale", "contract_id"),
        {"sqlite_with_rowid": False},
    )
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    ledger_id: Mapped[int]
    status: Mapped[str]
    start_day: Mapped[str]
    end_day: Mapped[str]
    next_due: Mapped[Text0]
    """Due day of the earliest row that is open; empty when none is or nothing is signed."""
    stale: Mapped[Flag]
    """A voucher of it was voided, reversed or deleted since: reckoned anew before it is used."""
