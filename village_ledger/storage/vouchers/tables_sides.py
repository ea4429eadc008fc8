"""Tables that keep what counterparties owe and are owed, so that neither a statement nor a check adds all of them up."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen


class SideTotalRow(Base):
    """By how much a month changed what all counterparties of a leaf owe (debit) and are owed (credit), never netted.

    Added up they give both sides at the end of any month. The month is empty for what the opening document brought.
    """

    __tablename__ = "side_total"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    debit: Mapped[Fen]
    credit: Mapped[Fen]


class PartyBalanceRow(Base):
    """What a leaf has with a counterparty now, debit − credit, opening included; those who owe are found by an index."""

    __tablename__ = "party_balance"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        Index(
            "ix_party_balance_owing",
            "ledger_id",
            "account",
            "counterparty_id",
            sqlite_where=text("balance > 0"),
        ),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    counterparty_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    balance: Mapped[Fen]
