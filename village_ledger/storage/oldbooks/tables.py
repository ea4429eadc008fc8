"""Imports from other bookkeeping programs: each with its figures before and after, and the mapping a ledger remembers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Text0


class OldImportRow(Base):
    """One import, never changed: the same files are not taken twice, and what was before stays provable."""

    __tablename__ = "old_import"
    __table_args__ = (
        UniqueConstraint("ledger_id", "mark"),
        CheckConstraint("program IN ('kingdee', 't3')", name="program"),
        CheckConstraint("length(digest) = 32", name="digest"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    program: Mapped[str]
    entity: Mapped[Text0]
    """The body as the files name it."""
    first_day: Mapped[str]
    last_day: Mapped[str]
    sources: Mapped[str]
    """Names of the files."""
    mark: Mapped[str]
    """SHA-256 over the files."""
    vouchers: Mapped[int]
    figures: Mapped[str]
    """JSON: for every account of the new books the old accounts, their figures and the new ones."""
    digest: Mapped[Digest]
    """Over everything above."""
    made_by: Mapped[str]
    made_at: Mapped[str]


class OldMappingRow(Base):
    """Where an old account goes, as somebody last decided; the next import of the same books begins with it."""

    __tablename__ = "old_mapping"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    old_code: Mapped[str] = mapped_column(primary_key=True)
    old_name: Mapped[str]
    account: Mapped[str]
    party: Mapped[Text0]
    project: Mapped[Text0]
    decided_by: Mapped[str]
    decided_at: Mapped[str]
