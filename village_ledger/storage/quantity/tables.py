"""Tables of accounts kept by quantity (数量核算): the unit beside the account, the quantity beside the line.

All stand beside tables of the first format, which stay as they are. What a line measures is part of the voucher's text in the
chain (``domain.chain``), what an opening balance measures part of the opening document's digest.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Flag


class QuantityAccountRow(Base):
    """The unit (斤, 亩, 头) of an account kept by quantity, and whether a line without a quantity is refused."""

    __tablename__ = "quantity_account"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        CheckConstraint("length(unit) BETWEEN 1 AND 8", name="unit"),
        CheckConstraint("required IN (0, 1)", name="required"),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str]
    required: Mapped[Flag]


class LineQuantityRow(Base):
    """What a voucher line measures, in thousandths of its account's unit; its sign is the amount's."""

    __tablename__ = "line_quantity"
    __table_args__ = (
        ForeignKeyConstraint(
            ["voucher_id", "line"], ["voucher_line.voucher_id", "voucher_line.line"], ondelete="CASCADE"
        ),
        CheckConstraint("typeof(quantity) = 'integer' AND quantity <> 0", name="whole"),
        {"sqlite_with_rowid": False},
    )
    voucher_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    quantity: Mapped[int] = mapped_column(BigInteger)


class OpeningQuantityRow(Base):
    """What an opening balance measures, in thousandths."""

    __tablename__ = "opening_quantity"
    __table_args__ = (CheckConstraint("typeof(quantity) = 'integer' AND quantity <> 0", name="whole"),)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True)
    quantity: Mapped[int] = mapped_column(BigInteger)
