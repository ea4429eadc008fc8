"""Tables of cash counts (现金盘点): what was found in the box, by denomination, and the voucher an over or short became.

Counts only grow; what they say is also in the operation log, whose chain proves them (see ``inspection_cash_counts``).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Text0


class CashCountRow(Base):
    """One count of a cash account at the end of a day; the latest of a day counts."""

    __tablename__ = "cash_count"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        CheckConstraint(
            "total >= 0 AND typeof(total) = 'integer' AND typeof(book) = 'integer'", name="counted"
        ),
        CheckConstraint("trim(\"by\") <> ''", name="named"),
        Index("ix_cash_count_day", "ledger_id", "day"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int]
    account: Mapped[str]
    day: Mapped[str]
    book: Mapped[Fen]
    total: Mapped[Fen]
    reason: Mapped[Text0]
    by: Mapped[str]
    at: Mapped[str]


class CashCountPieceRow(Base):
    """How many of one denomination were found; none at all when only the sum was noted."""

    __tablename__ = "cash_count_piece"
    __table_args__ = (
        CheckConstraint("denomination > 0 AND pieces > 0", name="counted"),
        {"sqlite_with_rowid": False},
    )
    count_id: Mapped[int] = mapped_column(ForeignKey("cash_count.id"), primary_key=True)
    denomination: Mapped[int] = mapped_column(primary_key=True)
    pieces: Mapped[int]


class CashCountVoucherRow(Base):
    """The voucher that books what a count found over or short."""

    __tablename__ = "cash_count_voucher"
    __table_args__ = (Index("ix_cash_count_voucher_count", "count_id"),)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("cash_count.id"))
