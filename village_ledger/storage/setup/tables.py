"""Tables of setting up: whether an opening document is still provisional, and last year's statement columns.

The opening document itself and its rows are the core's (``opening_document``, ``opening``); a ledger without a row here
has a final one.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Text0


class OpeningStateRow(Base):
    """An opening document entered as provisional (期初未定): changeable until it is final, never the other way."""

    __tablename__ = "opening_state"
    __table_args__ = (CheckConstraint("state IN ('provisional', 'final')", name="state"),)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    state: Mapped[str]
    confirmed_by: Mapped[Text0]
    confirmed_at: Mapped[Text0]


class LastYearDocumentRow(Base):
    """Last year's columns of one statement as typed in for a ledger's first year, with the digest of the figures."""

    __tablename__ = "last_year_document"
    __table_args__ = ({"sqlite_with_rowid": False},)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    report: Mapped[str] = mapped_column(primary_key=True)
    entered_by: Mapped[str]
    entered_at: Mapped[str]
    rows: Mapped[int]
    digest: Mapped[Digest]


class LastYearFigureRow(Base):
    """Last year's amount of one line of a statement."""

    __tablename__ = "last_year_figure"
    __table_args__ = (
        CheckConstraint("typeof(amount) = 'integer'", name="whole_fen"),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    report: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[Fen]
