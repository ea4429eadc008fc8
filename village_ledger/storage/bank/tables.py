"""Tables of the bank: which leaf is which bank account, what the bank's statements say, and what was matched with what.

Nothing here touches vouchers: matches, marks and assertions lie beside the immutable rows and are append-only themselves;
what is taken back gets a row that says so.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Text0


class BankAccountRow(Base):
    """A bank account (银行账户): one leaf of one ledger; its number occurs once in the whole book."""

    __tablename__ = "bank_account"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("ledger_id", "account"),
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        CheckConstraint("kind IN ('basic', 'general', 'special', 'temporary')", name="kind"),
        CheckConstraint(
            "length(number) BETWEEN 6 AND 34 AND number NOT GLOB '*[^0-9A-Z]*'", name="plain_number"
        ),
        CheckConstraint("closed = '' OR opened = '' OR closed >= opened", name="days"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    account: Mapped[str]
    number: Mapped[str]
    """Digits and capital letters only, so that two ways of writing it are one number."""
    bank: Mapped[str]
    kind: Mapped[str]
    opened: Mapped[Text0]
    closed: Mapped[Text0]


class BankLayoutRow(Base):
    """What the columns of a bank's statement file mean, as the accountant last confirmed it."""

    __tablename__ = "bank_layout"
    __table_args__ = ({"sqlite_with_rowid": False},)
    bank: Mapped[str] = mapped_column(primary_key=True)
    headings: Mapped[str]
    mapping: Mapped[str]
    confirmed_by: Mapped[str]
    confirmed_at: Mapped[str]


class BankStatementRow(Base):
    """One statement file taken in (对账单); its digest covers the lines it brought."""

    __tablename__ = "bank_statement"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    first_day: Mapped[str]
    last_day: Mapped[str]
    opening: Mapped[Fen]
    closing: Mapped[Fen]
    source: Mapped[str]
    lines: Mapped[int]
    taken_by: Mapped[str]
    taken_at: Mapped[str]
    digest: Mapped[Digest]


class BankLineRow(Base):
    """A line of a statement as the bank wrote it; ``amount`` is ours: money in above zero, money out below."""

    __tablename__ = "bank_line"
    __table_args__ = (
        Index("ix_bank_line_day", "bank_account_id", "day", "id"),
        CheckConstraint(
            "amount <> 0 AND typeof(amount) = 'integer' AND typeof(balance) = 'integer'", name="whole_fen"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"))
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    day: Mapped[str]
    at: Mapped[Text0]
    amount: Mapped[Fen]
    balance: Mapped[Fen]
    counterparty: Mapped[Text0]
    remark: Mapped[Text0]
    serial: Mapped[Text0]


class BankOutstandingRow(Base):
    """What was outstanding (未达账项) on the day before the first statement: of the books or of the bank."""

    __tablename__ = "bank_outstanding"
    __table_args__ = (
        CheckConstraint("side IN ('book', 'bank')", name="side"),
        CheckConstraint("amount <> 0 AND typeof(amount) = 'integer'", name="whole_fen"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    side: Mapped[str]
    day: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    remark: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class BankMatchRow(Base):
    """A match: lines of the bank and of the books that are one movement. Written after its members, and then for good."""

    __tablename__ = "bank_match"
    __table_args__ = (CheckConstraint("how IN ('automatic', 'manual')", name="how"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    how: Mapped[str]
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class BankMatchBankRow(Base):
    """A bank line of a match."""

    __tablename__ = "bank_match_bank"
    __table_args__ = (Index("ix_bank_match_bank_line", "line_id"), {"sqlite_with_rowid": False})
    match_id: Mapped[int] = mapped_column(
        ForeignKey("bank_match.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"), primary_key=True)


class BankMatchBookRow(Base):
    """A voucher line of a match."""

    __tablename__ = "bank_match_book"
    __table_args__ = (
        ForeignKeyConstraint(["voucher_id", "line"], ["voucher_line.voucher_id", "voucher_line.line"]),
        Index("ix_bank_match_book_line", "voucher_id", "line"),
        {"sqlite_with_rowid": False},
    )
    match_id: Mapped[int] = mapped_column(
        ForeignKey("bank_match.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    voucher_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)


class BankMatchOutstandingRow(Base):
    """An item outstanding from before the first statement, as part of a match."""

    __tablename__ = "bank_match_outstanding"
    __table_args__ = (Index("ix_bank_match_outstanding_item", "item_id"), {"sqlite_with_rowid": False})
    match_id: Mapped[int] = mapped_column(
        ForeignKey("bank_match.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("bank_outstanding.id"), primary_key=True)


class BankMatchUndoneRow(Base):
    """A match taken back; the match itself stays on record."""

    __tablename__ = "bank_match_undone"
    match_id: Mapped[int] = mapped_column(ForeignKey("bank_match.id"), primary_key=True)
    reason: Mapped[Text0]
    undone_by: Mapped[str]
    undone_at: Mapped[str]


class BankMarkRow(Base):
    """What a bank line is held to be, the newest row counting: a bank error, suspected or confirmed, or no longer one."""

    __tablename__ = "bank_mark"
    __table_args__ = (
        CheckConstraint("mark IN ('suspected', 'error', 'none')", name="mark"),
        Index("ix_bank_mark_line", "line_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"))
    mark: Mapped[str]
    note: Mapped[Text0]
    made_by: Mapped[str]
    made_at: Mapped[str]


class BankDraftRow(Base):
    """The voucher made from a bank line the books did not have; gone when that voucher is deleted."""

    __tablename__ = "bank_draft"
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"), primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))


class BankAssertionRow(Base):
    """对账单余额 = … on a day: kept for ever, with what the books held then and how far they had been posted."""

    __tablename__ = "bank_assertion"
    __table_args__ = (
        CheckConstraint("source IN ('typed', 'statement')", name="source"),
        Index("ix_bank_assertion_day", "bank_account_id", "day", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    day: Mapped[str]
    balance: Mapped[Fen]
    book_balance: Mapped[Fen]
    difference: Mapped[Fen]
    """What the reconciliation left unexplained when the assertion was made."""
    posted_to: Mapped[int]
    """Last link of the ledger's chain at that time: what was posted since is newer."""
    source: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]
