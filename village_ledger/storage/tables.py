"""The tables of a book file, as SQLAlchemy sees them.

Every constraint has a name, so that Alembic's batch mode can find it. Money is whole fen. A voucher is posted
when it has a row in ``posting``; nothing else says so. What a constraint cannot hold stands in ``triggers``.
Imported only where a book is made or migrated: reading and posting speak prepared SQL (see ``statements``).
"""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Fen = Annotated[int, mapped_column(BigInteger, nullable=False)]
"""Whole fen, never a float."""
Flag = Annotated[int, mapped_column(server_default=text("0"), nullable=False)]
Text0 = Annotated[str, mapped_column(String, server_default=text("''"), nullable=False)]
"""A text that may be empty but never NULL."""
Digest = Annotated[bytes, mapped_column(LargeBinary, nullable=False)]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Metadata of the whole book."""

    metadata = MetaData(naming_convention=NAMES)


class BookRow(Base):
    """The village this file belongs to: one row."""

    __tablename__ = "book"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    """Random name of the book, part of every check code."""
    village: Mapped[str]
    is_demo: Mapped[Flag]
    created_at: Mapped[str]
    program_version: Mapped[str]


class LedgerRow(Base):
    """A ledger (账套): the collective's, the committee's, later village groups'."""

    __tablename__ = "ledger"
    __table_args__ = (CheckConstraint("kind IN ('collective', 'committee')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    entity: Mapped[str]
    registration_code: Mapped[Text0]
    chart_id: Mapped[str]
    code_widths: Mapped[str]
    start_month: Mapped[str]
    digest_algorithm: Mapped[str] = mapped_column(server_default=text("'sha256'"))
    one_person_post: Mapped[Flag]


class AccountRow(Base):
    """An account of one ledger; lines can only name accounts of their own ledger through (ledger_id, code)."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("side IN ('借', '贷')", name="side"),
        ForeignKeyConstraint(["ledger_id", "parent"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    side: Mapped[str]
    category: Mapped[str]
    level: Mapped[int]
    parent: Mapped[str | None]
    is_leaf: Mapped[int]
    active: Mapped[int]
    protected: Mapped[int]
    two_way: Mapped[int]
    money: Mapped[Text0]
    demands: Mapped[Text0]


class PartyRow(Base):
    """A counterparty (往来单位/成员), project (项目) or village group (村民小组), shared by both ledgers."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("kind", "name"),
        CheckConstraint("kind IN ('counterparty', 'project', 'group')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]


class PeriodRow(Base):
    """A month of a ledger's open years and the state it is in."""

    __tablename__ = "period"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'checking', 'closed', 'sealed')", name="state"),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    head: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Chain head sealed when the month was closed."""
    reopened: Mapped[Flag]
    """How often the month was reopened (反结账); said on every later print of it."""


class VoucherRow(Base):
    """A numbered voucher; immutable once ``posting`` names it or once it is void."""

    __tablename__ = "voucher"
    __table_args__ = (
        UniqueConstraint("ledger_id", "month", "word", "number"),
        ForeignKeyConstraint(["ledger_id", "month"], ["period.ledger_id", "period.month"]),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(
            "substr(day, 1, 7) = month OR (substr(month, 5) = '-13' AND day = substr(month, 1, 4) || '-12-31')",
            name="day_in_month",
        ),
        CheckConstraint("state IN ('entered', 'reviewed', 'void')", name="state"),
        CheckConstraint(
            "state <> 'reviewed' OR (reviewed_by <> '' AND reviewed_by <> prepared_by)", name="two_people"
        ),
        CheckConstraint("length(salt) = 16", name="salt"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    month: Mapped[str]
    word: Mapped[str]
    number: Mapped[int]
    day: Mapped[str]
    kind: Mapped[str]
    attachments: Mapped[int]
    no_attachment_reason: Mapped[Text0]
    handler: Mapped[Text0]
    witness: Mapped[Text0]
    approver: Mapped[Text0]
    state: Mapped[str]
    prepared_by: Mapped[str]
    prepared_at: Mapped[str]
    reviewed_by: Mapped[Text0]
    reviewed_at: Mapped[Text0]
    return_reason: Mapped[Text0]
    salt: Mapped[Digest]
    """Secret of the salted commitments, so that a masked text still proves the chain."""


class VoucherLineRow(Base):
    """A line; its account is one of its own ledger. Ledger and day repeat the voucher's; a trigger holds them to it."""

    __tablename__ = "voucher_line"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        CheckConstraint("(debit = 0) <> (credit = 0)", name="one_side"),
        CheckConstraint("typeof(debit) = 'integer' AND typeof(credit) = 'integer'", name="whole_fen"),
        Index(
            "ix_voucher_line_account", "ledger_id", "account", "day", "voucher_id", "line", "debit", "credit"
        ),
        {"sqlite_with_rowid": False},
    )
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int]
    day: Mapped[str]
    account: Mapped[str]
    debit: Mapped[Fen]
    credit: Mapped[Fen]
    summary: Mapped[str]
    counterparty_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))


class PostingRow(Base):
    """The act of posting (记账): one link of a ledger's chain. Never updated, never deleted."""

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("ledger_id", "seq"),
        CheckConstraint(
            "basis IN ('reviewed', 'second-review-pending', 'migration', 'automatic')", name="basis"
        ),
    )
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"), primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    seq: Mapped[int]
    posted_by: Mapped[str]
    posted_at: Mapped[str]
    basis: Mapped[str]
    previous: Mapped[Digest]
    digest: Mapped[Digest]


class UnpostedRow(Base):
    """Vouchers entered but not yet posted or void: a short list, so that checks never scan the whole book."""

    __tablename__ = "unposted"
    __table_args__ = (Index("ix_unposted_day", "ledger_id", "day"),)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    ledger_id: Mapped[int]
    day: Mapped[str]


class MonthTotalRow(Base):
    """Turnover of a leaf account in a month, kept in the posting transaction; statements read these."""

    __tablename__ = "month_total"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    debit: Mapped[Fen]
    credit: Mapped[Fen]
    lines: Mapped[int]


class DayTotalRow(Base):
    """Turnover of a leaf account on a day: opens any page of a long ledger, and proves cash day by day."""

    __tablename__ = "day_total"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    debit: Mapped[Fen]
    credit: Mapped[Fen]
    lines: Mapped[int]


class PartyTotalRow(Base):
    """Turnover of a leaf account with one counterparty in a month: two-way accounts are one-sided per party."""

    __tablename__ = "party_total"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    counterparty_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    debit: Mapped[Fen]
    credit: Mapped[Fen]


class OpeningRow(Base):
    """One balance of the opening document (期初余额), and the year's turnover so far in a mid-year start."""

    __tablename__ = "opening"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        UniqueConstraint("ledger_id", "account", "counterparty_id", "project_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    account: Mapped[str]
    counterparty_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    debit: Mapped[Fen]
    credit: Mapped[Fen]
    year_debit: Mapped[Fen]
    year_credit: Mapped[Fen]


class OpeningDocumentRow(Base):
    """The opening document of a ledger: entered once, with the digest of its rows."""

    __tablename__ = "opening_document"
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    entered_by: Mapped[str]
    entered_at: Mapped[str]
    rows: Mapped[int]
    digest: Mapped[Digest]


class VoucherLinkRow(Base):
    """Which voucher reverses or corrects which: outside the immutable rows."""

    __tablename__ = "voucher_link"
    __table_args__ = (
        UniqueConstraint("kind", "to_id"),
        CheckConstraint("kind IN ('reverses', 'corrects')", name="kind"),
        {"sqlite_with_rowid": False},
    )
    from_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"))


class PrintCountRow(Base):
    """How often a voucher or book was printed (第2次打印)."""

    __tablename__ = "print_count"
    __table_args__ = ({"sqlite_with_rowid": False},)
    subject: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]


class DraftRow(Base):
    """A voucher being typed, saved on every pause."""

    __tablename__ = "draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[str]
    by: Mapped[str]
    body: Mapped[str]


class AliasRow(Base):
    """A nickname learned for an account (电费 → 管理费用—水电费)."""

    __tablename__ = "alias"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    alias: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]


class SettingRow(Base):
    """A setting of the book, such as the cash limit."""

    __tablename__ = "setting"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SheetRow(Base):
    """A disclosure sheet once made: its figures as printed, under its check code. Append-only."""

    __tablename__ = "sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)
    code: Mapped[str] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    report: Mapped[str]
    first_day: Mapped[str]
    last_day: Mapped[str]
    made_at: Mapped[str]
    made_by: Mapped[str]
    figures: Mapped[str]
    digest: Mapped[Digest]


class OperationRow(Base):
    """One action (操作日志, 财会〔2024〕12号 art. 32), chained like the postings. Append-only."""

    __tablename__ = "operation"
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    by: Mapped[str]
    action: Mapped[str]
    ledger: Mapped[Text0]
    subject: Mapped[Text0]
    detail: Mapped[Text0]
    previous: Mapped[Digest]
    digest: Mapped[Digest]
