"""Dividends (收益分红): the run, its lines as they stood on the record date, its vouchers, and every payment.

A dividend is written last: its lines, classes and vouchers go in first and wait for it (deferred foreign keys), so that
the database looks at a whole dividend or at none.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Text0


class DividendRow(Base):
    """A dividend that was booked; append-only. It is undone when its vouchers are void or reversed."""

    __tablename__ = "dividend"
    __table_args__ = (
        CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),
        CheckConstraint("typeof(asked) = 'integer' AND asked > 0", name="asked"),
        CheckConstraint("method IN ('largest', 'floor', 'per_share')", name="method"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    year: Mapped[int]
    record_date: Mapped[str]
    day: Mapped[str]
    amount: Mapped[Fen]
    """What the lines come to, fen: members + outsiders + what stays with the collective."""
    asked: Mapped[Fen]
    """The pool that was decided; more than the amount where parts of a fen were left."""
    method: Mapped[str]
    resolution: Mapped[str] = mapped_column(ForeignKey("resolution.number"))
    last_event: Mapped[int]
    """Number of the newest share event when the lines were worked out."""
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class DividendClassRow(Base):
    """A class of shares that takes part."""

    __tablename__ = "dividend_class"
    __table_args__ = ({"sqlite_with_rowid": False},)
    dividend_id: Mapped[int] = mapped_column(
        ForeignKey("dividend.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    class_id: Mapped[int] = mapped_column(ForeignKey("share_class.id"), primary_key=True)


class DividendLineRow(Base):
    """One account's part; append-only."""

    __tablename__ = "dividend_line"
    __table_args__ = (
        CheckConstraint("kind IN ('member', 'outsider', 'estate', 'collective')", name="kind"),
        CheckConstraint("typeof(amount) = 'integer' AND amount >= 0", name="amount"),
        Index("ix_dividend_line_account_id", "account_id"),
        {"sqlite_with_rowid": False},
    )
    dividend_id: Mapped[int] = mapped_column(
        ForeignKey("dividend.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    line: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("share_account.id"))
    household: Mapped[Text0]
    """Household number on the record date."""
    holder: Mapped[str]
    kind: Mapped[str]
    quantity: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[Fen]
    party: Mapped[Text0]
    """The counterparty it is booked under, empty for the collective's part."""


class DividendVoucherRow(Base):
    """A voucher that books the dividend or a payment of it."""

    __tablename__ = "dividend_voucher"
    __table_args__ = (
        CheckConstraint("part IN ('members', 'outsiders', 'reserve', 'payment')", name="part"),
        Index("ix_dividend_voucher_dividend_id", "dividend_id"),
    )
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"), primary_key=True)
    dividend_id: Mapped[int] = mapped_column(ForeignKey("dividend.id", deferrable=True, initially="DEFERRED"))
    part: Mapped[str]


class DividendPaymentRow(Base):
    """Money paid out on a line, in part or whole; append-only."""

    __tablename__ = "dividend_payment"
    __table_args__ = (
        ForeignKeyConstraint(["dividend_id", "line"], ["dividend_line.dividend_id", "dividend_line.line"]),
        CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),
        CheckConstraint("method IN ('bank', 'cash')", name="method"),
        Index("ix_dividend_payment_line", "dividend_id", "line"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    dividend_id: Mapped[int]
    line: Mapped[int]
    day: Mapped[str]
    amount: Mapped[Fen]
    method: Mapped[str]
    receiver: Mapped[Text0]
    """Who took the money for the holder (代领人), empty for the holder."""
    relation: Mapped[Text0]
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class DividendPaymentResultRow(Base):
    """What the bank said of a payment; the latest counts. A failed one is owed again."""

    __tablename__ = "dividend_payment_result"
    __table_args__ = (
        CheckConstraint("result IN ('done', 'failed')", name="result"),
        Index("ix_dividend_payment_result_payment_id", "payment_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("dividend_payment.id"))
    day: Mapped[str]
    result: Mapped[str]
    note: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]
