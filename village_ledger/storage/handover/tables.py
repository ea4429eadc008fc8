"""Tables of handovers (会计交接) and old matters (旧账).

Items may change until the first signature; signatures, steps and follow-ups only grow, and each is in the operation log with
the digest of the list as it then stood.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Flag, Text0


class HandoverRow(Base):
    """A handover of one ledger, or (NULL) of the whole book; append-only."""

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("giver <> taker AND supervisor NOT IN (giver, taker)", name="three_people"),
        CheckConstraint("number > 0 AND substr(day, 1, 4) = printf('%04d', year)", name="number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    ledger_id: Mapped[int | None] = mapped_column(ForeignKey("ledger.id"))
    day: Mapped[str]
    post: Mapped[str]
    giver: Mapped[str]
    taker: Mapped[str]
    supervisor: Mapped[str]
    supervisor_post: Mapped[Text0]
    note: Mapped[Text0]
    made_by: Mapped[str]
    made_at: Mapped[str]


class HandoverItemRow(Base):
    """A line of the list (移交清册)."""

    __tablename__ = "handover_item"
    __table_args__ = (
        CheckConstraint("result IN ('', 'ok', 'bad')", name="result"),
        CheckConstraint("amount IS NULL OR typeof(amount) = 'integer'", name="amount"),
        {"sqlite_with_rowid": False},
    )
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    ledger: Mapped[Text0]
    title: Mapped[str]
    detail: Mapped[Text0]
    amount: Mapped[int | None]
    quantity: Mapped[Text0]
    by_hand: Mapped[Flag]
    result: Mapped[Text0]
    note: Mapped[Text0]


class HandoverSignatureRow(Base):
    """A signature under the list as it stood; append-only."""

    __tablename__ = "handover_signature"
    __table_args__ = (
        CheckConstraint("place IN ('giver', 'taker', 'supervisor')", name="place"),
        {"sqlite_with_rowid": False},
    )
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    day: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]
    digest: Mapped[Digest]


class HandoverStepRow(Base):
    """A step taken; append-only."""

    __tablename__ = "handover_step"
    __table_args__ = (
        CheckConstraint("step IN ('listed', 'finished', 'withdrawn')", name="step"),
        {"sqlite_with_rowid": False},
    )
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str]
    day: Mapped[str]
    words: Mapped[Text0]
    document: Mapped[Text0]
    """The list as one text (JSON), frozen when the handover is finished."""
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    by: Mapped[str]
    at: Mapped[str]


class OldMatterRow(Base):
    """A claim or debt older than a term of office, as it stood then; append-only."""

    __tablename__ = "old_matter"
    __table_args__ = (
        UniqueConstraint("ledger_id", "number"),
        UniqueConstraint("ledger_id", "term", "account", "party", "project", "name"),
        CheckConstraint("side IN ('claim', 'debt', 'other')", name="side"),
        CheckConstraint("typeof(balance) = 'integer'", name="balance"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    number: Mapped[int]
    term: Mapped[str]
    side: Mapped[str]
    account: Mapped[Text0]
    party: Mapped[Text0]
    project: Mapped[Text0]
    name: Mapped[str]
    balance: Mapped[Fen]
    age: Mapped[Text0]
    made_by: Mapped[str]
    made_at: Mapped[str]


class OldMatterEntryRow(Base):
    """A follow-up of an old matter; append-only, the latest says how it stands."""

    __tablename__ = "old_matter_entry"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'working', 'dispute', 'settled', 'written_off')", name="status"),
        Index("ix_old_matter_entry_matter", "matter_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("old_matter.id"))
    day: Mapped[str]
    status: Mapped[str]
    owner: Mapped[Text0]
    cause: Mapped[Text0]
    plan: Mapped[Text0]
    due: Mapped[Text0]
    words: Mapped[Text0]
    by: Mapped[str]
    at: Mapped[str]
