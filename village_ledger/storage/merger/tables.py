"""Mergers of villages (村级建制调整): what was merged, where every opening came from, what was eliminated, who must be told.

All of it is written in the action that makes the new book and sealed by its last row. Only what happens afterwards is added
later: creditors told, matters settled. ``merged_into`` lies in an old book and says which new one goes on with it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Flag, Text0


class MergerSourceRow(Base):
    """One of the books that were merged, as it stood: its numbers, its chains' heads, its file."""

    __tablename__ = "merger_source"
    __table_args__ = (UniqueConstraint("uid"),)
    number: Mapped[int] = mapped_column(primary_key=True)
    """1, 2, 3 … in the order the books were named."""
    village: Mapped[str]
    uid: Mapped[str]
    file: Mapped[str]
    collective: Mapped[str]
    committee: Mapped[Text0]
    """Legal names; no committee in a book of one ledger."""
    heads: Mapped[str]
    """Chain heads of its ledgers, of its operation log, of its people and shares, as JSON."""
    digest: Mapped[Digest]
    """SHA-256 of the file as it was read."""


class MergerOriginRow(Base):
    """One old balance: where it stood, where it stands now, or that it was eliminated.

    What is kept of a place adds up to the opening balance of that place; what was eliminated adds up to nothing.
    """

    __tablename__ = "merger_origin"
    __table_args__ = (
        CheckConstraint(
            "typeof(balance) = 'integer' AND typeof(year_debit) = 'integer' AND typeof(year_credit) = 'integer'",
            name="whole_fen",
        ),
        CheckConstraint(
            "eliminated IN (0, 1) AND (eliminated = 0 OR (pair > 0 AND balance <> 0))", name="pair"
        ),
        Index("ix_merger_origin_place", "ledger_id", "account"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[int] = mapped_column(ForeignKey("merger_source.number"))
    old_ledger: Mapped[str]
    old_account: Mapped[str]
    old_name: Mapped[str]
    old_party: Mapped[Text0]
    old_project: Mapped[Text0]
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    account: Mapped[str]
    """The leaf it opens; of what was eliminated the first-level account it left."""
    party: Mapped[Text0]
    project: Mapped[Text0]
    balance: Mapped[Fen]
    """Debit − credit."""
    year_debit: Mapped[Fen]
    year_credit: Mapped[Fen]
    quantity: Mapped[int]
    eliminated: Mapped[Flag]
    pair: Mapped[Flag]
    """Which mutual claim it was part of, 0 for none."""


class MergerCodeRow(Base):
    """What had a number in an old book and has another one, or another name, now."""

    __tablename__ = "merger_code"
    __table_args__ = (
        UniqueConstraint("source", "kind", "ledger", "old"),
        Index("ix_merger_code_new", "kind", "new"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[int] = mapped_column(ForeignKey("merger_source.number"))
    kind: Mapped[str]
    """account, party, project, household, class, certificate, asset, contract, parcel …"""
    ledger: Mapped[Text0]
    old: Mapped[str]
    new: Mapped[str]
    name: Mapped[Text0]


class MergerShareRow(Base):
    """What one holder had in an old book and has now; quanta as text with the class's decimals."""

    __tablename__ = "merger_share"
    __table_args__ = (Index("ix_merger_share_person_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[int] = mapped_column(ForeignKey("merger_source.number"))
    old_holder: Mapped[str]
    old_class: Mapped[Text0]
    old_shares: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    new_class: Mapped[Text0]
    new_shares: Mapped[str]
    note: Mapped[Text0]


class MergerCreditorRow(Base):
    """A creditor who must be told within ten days of the approval (集体经济组织法 art. 23)."""

    __tablename__ = "merger_creditor"
    __table_args__ = (CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[int] = mapped_column(ForeignKey("merger_source.number"))
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    account: Mapped[str]
    party: Mapped[str]
    amount: Mapped[Fen]
    due_on: Mapped[Text0]
    """Last day to tell them; empty while the day of approval is not known."""


class MergerMatterRow(Base):
    """Something the merger left open (未决事项)."""

    __tablename__ = "merger_matter"
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[int | None] = mapped_column(ForeignKey("merger_source.number"))
    kind: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]


class MergerRow(Base):
    """The merger as a whole and the digest that seals what was written with it. One row, never changed."""

    __tablename__ = "merger"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("option IN ('A', 'B', 'C')", name="option"),
        CheckConstraint("shares IN ('none', 'value', 'head', 'side-by-side')", name="shares"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    option: Mapped[str]
    day: Mapped[str]
    """The last day of the old books; the new one begins the day after."""
    shares: Mapped[str]
    approved_on: Mapped[Text0]
    """The day the county approved it."""
    resolutions: Mapped[Text0]
    reason: Mapped[Text0]
    """Why mutual claims that differ were merged all the same."""
    made_by: Mapped[str]
    made_at: Mapped[str]
    digest: Mapped[Digest]


class MergerFollowRow(Base):
    """What happened afterwards to a creditor's notice or an open matter. Append-only."""

    __tablename__ = "merger_follow"
    __table_args__ = (
        CheckConstraint("(creditor_id IS NULL) <> (matter_id IS NULL)", name="one_of_both"),
        CheckConstraint("act IN ('told', 'answered', 'secured', 'noted', 'settled')", name="act"),
        Index("ix_merger_follow_creditor_id", "creditor_id"),
        Index("ix_merger_follow_matter_id", "matter_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("merger_creditor.id"))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("merger_matter.id"))
    act: Mapped[str]
    day: Mapped[str]
    note: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class MergedIntoRow(Base):
    """In an old book: the new one that goes on with it. From then on the program opens the old one to read only."""

    __tablename__ = "merged_into"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    village: Mapped[str]
    uid: Mapped[str]
    file: Mapped[str]
    option: Mapped[str]
    day: Mapped[str]
    seal: Mapped[Digest]
    """Digest of the merger as the new book has it."""
    made_by: Mapped[str]
    made_at: Mapped[str]
