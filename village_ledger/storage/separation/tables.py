"""The split document (分账): every old balance, its parts and owners, sealed when the book is made."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Text0


class SeparationLineRow(Base):
    """One closing balance of the old ledger, and what the rules thought of it first."""

    __tablename__ = "separation_line"
    __table_args__ = (
        CheckConstraint("(debit = 0) <> (credit = 0)", name="one_side"),
        CheckConstraint("typeof(debit) = 'integer' AND typeof(credit) = 'integer'", name="whole_fen"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    item: Mapped[Text0]
    debit: Mapped[Fen]
    credit: Mapped[Fen]
    note: Mapped[Text0]
    guess: Mapped[str]
    certainty: Mapped[Text0]
    source: Mapped[Text0]


class SeparationPartRow(Base):
    """What one owner got of a line; ``account`` is the leaf of his ledger it opens."""

    __tablename__ = "separation_part"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        CheckConstraint("owner IN ('集体', '村委会', '代管代发')", name="owner"),
        CheckConstraint("typeof(amount) = 'integer' AND amount <> 0", name="whole_fen"),
        {"sqlite_with_rowid": False},
    )
    line_id: Mapped[int] = mapped_column(ForeignKey("separation_line.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    ledger_id: Mapped[int]
    account: Mapped[str]
    target: Mapped[str]
    """The account chosen; the leaf is one below it where a sub-account was named."""
    detail: Mapped[Text0]
    counterparty: Mapped[Text0]
    project: Mapped[Text0]
    amount: Mapped[Fen]
    """On the line's side."""
    reason: Mapped[Text0]


class SeparationRow(Base):
    """The split as a whole: from what, by whom, and the digest that seals its lines. One row, never changed."""

    __tablename__ = "separation"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    """Name of the old book or file."""
    source_mark: Mapped[str]
    """What tells that file from another: SHA-256 of it, or the old book's number and chain head."""
    cutoff: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[str]
    mirror: Mapped[Fen]
    """What the collective owes the committee; negative the other way round."""
    lines: Mapped[int]
    digest: Mapped[Digest]
