"""Tables of the statements: what each project moved, the village's own reports, texts of the notes."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Flag, Text0


class ProjectTotalRow(Base):
    """Turnover of a leaf account with one project in a month, kept in the posting transaction like ``party_total``."""

    __tablename__ = "project_total"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    debit: Mapped[Fen]
    credit: Mapped[Fen]


class OwnStatementRow(Base):
    """A version of a report the village defined itself (自定义报表). Append-only; a removal is a version too."""

    __tablename__ = "own_statement"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("removed IN (0, 1)", name="removed"),
        {"sqlite_with_rowid": False},
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[Text0]
    """The definition as TOML, empty for a removal."""
    digest: Mapped[Digest]
    removed: Mapped[Flag]
    stored_by: Mapped[str]
    stored_at: Mapped[str]


class StatementTextRow(Base):
    """A version of a text the village wrote into its notes (附注), per ledger, year and item. Append-only."""

    __tablename__ = "statement_text"
    __table_args__ = (CheckConstraint("version > 0", name="version"), {"sqlite_with_rowid": False})
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[Text0]
    written_by: Mapped[str]
    written_at: Mapped[str]
