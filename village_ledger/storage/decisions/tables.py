"""Decision files (四议两公开) and their panels (六手印记): tables.

What happened is never rewritten: steps, lists, lots, seats and signatures are only added to. Of seats and signatures of one
place the last counts. Nothing of a fingerprint is here: it is on paper, and ``on_paper`` says that it is.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Text0

_BODY = (
    "(law = 'collective' AND body IN ('', 'assembly', 'representatives', 'board')) OR "
    "(law = 'committee' AND body IN ('', 'villagers', 'households', 'villager-representatives', 'group'))"
)
"""A file rests on one law, and a body of the other cannot be written beside it."""


class DecisionRow(Base):
    """A file (卷宗): what is decided, under which law, by whom, in which steps. Changed only while it is just proposed."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(_BODY, name="body"),
        CheckConstraint("typeof(amount) = 'integer' AND amount >= 0", name="amount"),
        CheckConstraint("steps LIKE 'proposed,%' AND steps LIKE '%,closed'", name="steps"),
        CheckConstraint("trim(number) <> '' AND trim(subject) <> ''", name="named"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    law: Mapped[str]
    matter: Mapped[str]
    body: Mapped[Text0]
    subject: Mapped[str]
    amount: Mapped[Fen]
    """Whole fen; 0 for a matter without money."""
    steps: Mapped[str]
    """The steps it needs, in order, with commas."""
    opened_by: Mapped[str]
    opened_at: Mapped[str]


class DecisionStepRow(Base):
    """A step as it happened; append-only."""

    __tablename__ = "decision_step"
    __table_args__ = (
        UniqueConstraint("decision_id", "step"),
        CheckConstraint(
            "(eligible = 0 AND present = 0 AND in_favour = 0 AND against = 0 AND abstained = 0) OR (eligible > 0 "
            "AND present BETWEEN 0 AND eligible AND in_favour >= 0 AND against >= 0 AND abstained >= 0 "
            "AND in_favour + against + abstained <= present)",
            name="vote",
        ),
        CheckConstraint("notice_from <= day AND (until = '' OR until >= day)", name="notice"),
        CheckConstraint("step <> 'dropped' OR note <> ''", name="reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    step: Mapped[str]
    day: Mapped[str]
    eligible: Mapped[int]
    present: Mapped[int]
    in_favour: Mapped[int]
    against: Mapped[int]
    abstained: Mapped[int]
    notice_from: Mapped[Text0]
    """First day of the notice of the meeting."""
    until: Mapped[Text0]
    """First day after the publication."""
    place: Mapped[Text0]
    note: Mapped[Text0]
    resolution: Mapped[str | None] = mapped_column(ForeignKey("resolution.number"))
    written_by: Mapped[str]
    written_at: Mapped[str]


class DecisionInterestRow(Base):
    """Somebody with an interest in the matter (利害关系人); ``ended`` takes a mistake back. Append-only."""

    __tablename__ = "decision_interest"
    __table_args__ = (
        CheckConstraint("ended IN (0, 1) AND trim(name) <> '' AND reason <> ''", name="named"),
        Index("ix_decision_interest_decision_id", "decision_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    name: Mapped[str]
    reason: Mapped[str]
    ended: Mapped[int]
    written_by: Mapped[str]
    written_at: Mapped[str]


class DecisionLinkRow(Base):
    """What rests on a decision: a contract, payment, budget, project, share event …; append-only."""

    __tablename__ = "decision_link"
    __table_args__ = (
        UniqueConstraint("decision_id", "kind", "ref"),
        CheckConstraint(
            "kind IN ('contract', 'voucher', 'budget', 'project', 'shares', 'dividend', 'asset', 'parcel')",
            name="kind",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[str]
    ref: Mapped[str]
    """Its number, code or name as people write it."""
    written_by: Mapped[str]
    written_at: Mapped[str]


class PanelListRow(Base):
    """The four registers as taken in once; the last list is the one that is drawn from."""

    __tablename__ = "panel_list"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    count: Mapped[int]
    imported_by: Mapped[str]
    imported_at: Mapped[str]


class PanelPersonRow(Base):
    """One line of a list, in the order of the file."""

    __tablename__ = "panel_person"
    __table_args__ = (CheckConstraint("avoids IN (0, 1)", name="avoids"), {"sqlite_with_rowid": False})
    list_id: Mapped[int] = mapped_column(ForeignKey("panel_list.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str]
    name: Mapped[str]
    avoids: Mapped[int]


class PanelDrawRow(Base):
    """The draw of a decision: one seed, one list, for good."""

    __tablename__ = "panel_draw"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("panel_list.id"))
    seed: Mapped[str]
    drawn_by: Mapped[str]
    drawn_at: Mapped[str]


class PanelLotRow(Base):
    """One round of a draw for one place; append-only."""

    __tablename__ = "panel_lot"
    __table_args__ = (
        UniqueConstraint("decision_id", "place", "round"),
        ForeignKeyConstraint(["list_id", "line"], ["panel_person.list_id", "panel_person.line"]),
        CheckConstraint("place BETWEEN 1 AND 4 AND round > 0", name="place"),
        CheckConstraint('eligible > 0 AND "index" BETWEEN 0 AND eligible - 1', name="index"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("panel_draw.decision_id"))
    place: Mapped[int]
    round: Mapped[int]
    register: Mapped[str]
    index: Mapped[int]
    eligible: Mapped[int]
    list_id: Mapped[int]
    line: Mapped[int]
    name: Mapped[str]
    reason: Mapped[Text0]
    """Why there is a later round."""
    drawn_by: Mapped[str]
    drawn_at: Mapped[str]


class PanelBarredRow(Base):
    """A line of the register that took no part in a round although the list lets it; append-only.

    Relatives and interested parties, who sat already, who came out of an earlier round.
    """

    __tablename__ = "panel_barred"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"), {"sqlite_with_rowid": False})
    lot_id: Mapped[int] = mapped_column(ForeignKey("panel_lot.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]


class PanelSeatRow(Base):
    """Who sits at one of the six places; the last of a place counts. Append-only."""

    __tablename__ = "panel_seat"
    __table_args__ = (
        CheckConstraint("place BETWEEN 1 AND 6 AND (lot_id IS NOT NULL) = (place <= 4)", name="place"),
        CheckConstraint("trim(name) <> ''", name="named"),
        Index("ix_panel_seat_decision_id", "decision_id", "place", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    place: Mapped[int]
    role: Mapped[str]
    name: Mapped[str]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("panel_lot.id"))
    reason: Mapped[Text0]
    """Why another one sat here before."""
    seated_by: Mapped[str]
    seated_at: Mapped[str]


class PanelSignRow(Base):
    """What a seat said in a stage and that it signed on paper; the last of a place and stage counts. Append-only."""

    __tablename__ = "panel_sign"
    __table_args__ = (
        CheckConstraint("stage IN ('proposal', 'decision', 'execution', 'evaluation')", name="stage"),
        CheckConstraint("verdict IN ('agree', 'disagree', 'abstain')", name="verdict"),
        CheckConstraint("on_paper IN (0, 1)", name="on_paper"),
        CheckConstraint("verdict <> 'disagree' OR opinion <> ''", name="opinion"),
        Index("ix_panel_sign_decision_id", "decision_id", "stage", "place", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    stage: Mapped[str]
    place: Mapped[int]
    seat_id: Mapped[int] = mapped_column(ForeignKey("panel_seat.id"))
    verdict: Mapped[str]
    opinion: Mapped[Text0]
    day: Mapped[str]
    on_paper: Mapped[int]
    corrects: Mapped[Text0]
    """Why an earlier entry of the same place and stage was wrong."""
    written_by: Mapped[str]
    written_at: Mapped[str]
