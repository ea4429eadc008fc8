"""Tables of stock-takes (清产核资): what the books filled, what was found, the steps taken, the vouchers that came of it.

Lines and counts may change only while things are being counted; steps only grow, and each is in the operation log with the
digest of what it sealed.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Flag, Text0


class StockTakeRow(Base):
    """A stock-take of a ledger at the end of a day."""

    __tablename__ = "stock_take"
    __table_args__ = (UniqueConstraint("ledger_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    day: Mapped[str]
    leader: Mapped[str]
    counters: Mapped[str]
    supervisor: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class StockTakeStepRow(Base):
    """A step taken, in order; append-only."""

    __tablename__ = "stock_take_step"
    __table_args__ = (
        CheckConstraint(
            "step IN ('filled', 'counted', 'back', 'approved', 'adjusted', 'published', 'confirmed')",
            name="step",
        ),
        CheckConstraint("step NOT IN ('approved', 'confirmed') OR number <> ''", name="decided"),
        {"sqlite_with_rowid": False},
    )
    take_id: Mapped[int] = mapped_column(ForeignKey("stock_take.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str]
    day: Mapped[str]
    number: Mapped[Text0]
    """Number of the decision or resolution."""
    words: Mapped[Text0]
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    by: Mapped[str]
    at: Mapped[str]


class StockTakeLineRow(Base):
    """A line of a sheet as the books filled it, or (found) as those who counted added it."""

    __tablename__ = "stock_take_line"
    __table_args__ = (
        UniqueConstraint("take_id", "sheet", "account", "party", "project", "code"),
        CheckConstraint(
            "typeof(quantity) = 'integer' AND typeof(value) = 'integer' AND typeof(less) = 'integer'",
            name="whole",
        ),
        CheckConstraint("found = 0 OR (value = 0 AND quantity = 0 AND less = 0)", name="found"),
        {"sqlite_with_rowid": False},
    )
    take_id: Mapped[int] = mapped_column(ForeignKey("stock_take.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    found: Mapped[Flag]
    sheet: Mapped[str]
    account: Mapped[Text0]
    party: Mapped[Text0]
    project: Mapped[Text0]
    code: Mapped[Text0]
    name: Mapped[str]
    unit: Mapped[Text0]
    quantity: Mapped[Fen]
    value: Mapped[Fen]
    less: Mapped[Fen]
    less_account: Mapped[Text0]
    text: Mapped[Text0]


class StockTakeCountRow(Base):
    """What was found for a line; the latest entry stands, frozen when counting ends."""

    __tablename__ = "stock_take_count"
    __table_args__ = (
        ForeignKeyConstraint(["take_id", "line"], ["stock_take_line.take_id", "stock_take_line.line"]),
        CheckConstraint("typeof(value) = 'integer' AND typeof(quantity) = 'integer'", name="whole"),
        CheckConstraint("quantity >= 0", name="counted"),
        CheckConstraint("treatment IN ('', 'adjust', 'keep')", name="treatment"),
        CheckConstraint("usage IN ('', 'own', 'others', 'idle')", name="usage"),
        {"sqlite_with_rowid": False},
    )
    take_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Fen]
    quantity: Mapped[Fen]
    cause: Mapped[Text0]
    treatment: Mapped[Text0]
    account: Mapped[Text0]
    party: Mapped[Text0]
    usage: Mapped[Text0]
    user: Mapped[Text0]
    undetermined: Mapped[Flag]
    note: Mapped[Text0]
    by: Mapped[str]
    at: Mapped[str]


class StockTakeVoucherRow(Base):
    """A voucher made from the differences of a sheet; a deleted voucher takes the row with it."""

    __tablename__ = "stock_take_voucher"
    __table_args__ = (
        CheckConstraint("stage IN ('found', 'settled')", name="stage"),
        Index("ix_stock_take_voucher_take", "take_id", "sheet"),
    )
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    take_id: Mapped[int] = mapped_column(ForeignKey("stock_take.id"))
    sheet: Mapped[str]
    line: Mapped[Flag]
    """The line it is of where a thing leaves by its own card, 0 for the others of the sheet together."""
    stage: Mapped[str]
    """found: to 待处理财产损溢; settled: from there, or at once, to gain and loss."""
