"""Share certificates (股权证): what was issued to which household, and how each one ended."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Text0


class ShareCertificateRow(Base):
    """A certificate as issued; append-only. A household has one that is valid at most."""

    __tablename__ = "share_certificate"
    __table_args__ = (Index("ix_share_certificate_household_id", "household_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    day: Mapped[str]
    content: Mapped[str]
    """What it says: holders, classes and quantities, as JSON without any identity number."""
    code: Mapped[str]
    """Check code printed on it."""
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ShareCertificateEndRow(Base):
    """Why a certificate is valid no more; append-only."""

    __tablename__ = "share_certificate_end"
    __table_args__ = (CheckConstraint("why IN ('replaced', 'lost', 'void', 'returned')", name="why"),)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("share_certificate.id"), primary_key=True)
    day: Mapped[str]
    why: Mapped[str]
    note: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]
