"""Shares (份额): classes, the charter's dated parameters, accounts, and the events that move quanta between buckets.

An event is posted by its own row, written last: its lines go in first and wait for it (a deferred foreign key), so that
the database looks at a whole event or at none. Events are numbered 1, 2, 3 … in the order of posting and chained.
Quantities are whole quanta of 10^-decimals shares.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Flag, Text0

EVENT_KINDS = (
    "grant",
    "transfer",
    "gift",
    "inherit",
    "redeem",
    "pledge",
    "release",
    "foreclose",
    "freeze",
    "unfreeze",
    "split",
    "merge",
    "cancel",
    "convert",
    "reverse",
)
_KINDS = ", ".join(f"'{kind}'" for kind in EVENT_KINDS)


class ShareClassRow(Base):
    """A class of shares (人口股、农龄股、集体股 …) of one organisation; name and quantum never change."""

    __tablename__ = "share_class"
    __table_args__ = (
        UniqueConstraint("ledger_id", "name"),
        CheckConstraint("decimals BETWEEN 0 AND 6", name="decimals"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    name: Mapped[str]
    decimals: Mapped[int]
    is_collective: Mapped[Flag]
    """A class only the organisation itself holds (集体股)."""
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ShareCharterRow(Base):
    """A parameter of the charter from a day on, of one class or (NULL) of all, with where it is written."""

    __tablename__ = "share_charter"
    __table_args__ = (Index("ix_share_charter_key", "key", "class_id", "effective"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("share_class.id"))
    key: Mapped[str]
    value: Mapped[str]
    effective: Mapped[str]
    source: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ShareAccountRow(Base):
    """What one holder has of one class; no person: the organisation itself (集体)."""

    __tablename__ = "share_account"
    __table_args__ = (
        UniqueConstraint("class_id", "person_id"),
        Index(
            "uq_share_account_collective",
            "class_id",
            unique=True,
            sqlite_where=text("person_id IS NULL"),
        ),
        Index("ix_share_account_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("share_class.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ShareEventRow(Base):
    """A posted event; append-only. Its lines are in ``share_line``, none for a split or merge of households."""

    __tablename__ = "share_event"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("(kind = 'reverse') = (reverses IS NOT NULL)", name="reverses"),
        CheckConstraint("(kind IN ('release', 'foreclose')) <= (pledge_id IS NOT NULL)", name="pledge"),
        CheckConstraint(
            "(kind IN ('split', 'merge')) = (person_id IS NOT NULL AND household_id IS NOT NULL)",
            name="household",
        ),
        UniqueConstraint("reverses"),
        Index("ix_share_event_day", "day", "number"),
        Index("ix_share_event_kind", "kind", "class_id"),
        Index("ix_share_event_pledge_id", "pledge_id"),
        Index("ix_share_event_person_id", "person_id", sqlite_where=text("person_id IS NOT NULL")),
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("share_class.id"))
    day: Mapped[str]
    resolution: Mapped[str | None] = mapped_column(ForeignKey("resolution.number"))
    contract: Mapped[Text0]
    """Number of the contract, deed, court notice the event rests on."""
    party: Mapped[Text0]
    """Creditor of a pledge, court of a freeze, empty otherwise."""
    price: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """Fen a share, of a sale or redemption; 0 where no price was asked."""
    note: Mapped[Text0]
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("share_event.number"))
    """The pledge a release or foreclosure ends, by the number of its event; of a reversal the pledge its target touched,
    so that what is open of a pledge is the sum of the pledged lines that bear its number."""
    reverses: Mapped[int | None] = mapped_column(ForeignKey("share_event.number"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("share_case.id"))
    entered_by: Mapped[str]
    reviewed_by: Mapped[Text0]
    entered_at: Mapped[str]
    previous: Mapped[Digest]
    digest: Mapped[Digest]


class ShareLineRow(Base):
    """One movement of an event: quanta into (+) or out of (−) a bucket of an account."""

    __tablename__ = "share_line"
    __table_args__ = (
        CheckConstraint("bucket IN ('free', 'pledged', 'frozen')", name="bucket"),
        CheckConstraint("typeof(delta) = 'integer' AND delta <> 0", name="delta"),
        Index("ix_share_line_account_id", "account_id", "day", "bucket", "delta"),
        Index(
            "ix_share_line_bound",
            "account_id",
            "bucket",
            "day",
            "delta",
            sqlite_where=text("bucket <> 'free'"),
        ),
        {"sqlite_with_rowid": False},
    )
    event_id: Mapped[int] = mapped_column(
        ForeignKey("share_event.number", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    line: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("share_account.id"))
    bucket: Mapped[str]
    delta: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[str]
    """Of the event: in the line, so that a register of any day is one pass over one index."""


class SharePledgeRow(Base):
    """A pledge (质押) by the event of the same number; what is still open is its quantity less its releases."""

    __tablename__ = "share_pledge"
    __table_args__ = (
        CheckConstraint("typeof(quantity) = 'integer' AND quantity > 0", name="quantity"),
        CheckConstraint("dividend_to IN ('holder', 'creditor')", name="dividend_to"),
        Index("ix_share_pledge_account_id", "account_id"),
    )
    id: Mapped[int] = mapped_column(
        ForeignKey("share_event.number", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("share_account.id"))
    quantity: Mapped[int] = mapped_column(BigInteger)
    creditor: Mapped[str]
    contract: Mapped[Text0]
    expires: Mapped[Text0]
    dividend_to: Mapped[str] = mapped_column(server_default=text("'holder'"))


class ShareCaseRow(Base):
    """A change being handled (办件): asked for, checked, approved, published, until an event is posted from it."""

    __tablename__ = "share_case"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'checked', 'approved', 'published', 'objected', 'rejected', 'posted')",
            name="state",
        ),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str]
    body: Mapped[str]
    """What was asked for and which papers are there, as JSON."""
    made_by: Mapped[str]
    made_at: Mapped[str]


class ShareCaseStepRow(Base):
    """A step of a case; append-only."""

    __tablename__ = "share_case_step"
    __table_args__ = (Index("ix_share_case_step_case_id", "case_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("share_case.id"))
    state: Mapped[str]
    day: Mapped[str]
    note: Mapped[Text0]
    by: Mapped[str]
    at: Mapped[str]
