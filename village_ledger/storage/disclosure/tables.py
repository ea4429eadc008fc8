"""Tables of what was published: versions of a sheet, postings on the board, objections.

What happened is never rewritten: rows are only added, and each is in the operation log with its mark (``row_marks``).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Text0


class SheetVersionRow(Base):
    """A version of a registered sheet (公开表第 n 版), chained over the book like the operation log. Append-only."""

    __tablename__ = "sheet_version"
    __table_args__ = (
        UniqueConstraint("ledger_id", "report", "first_day", "last_day", "number"),
        CheckConstraint("kind IN ('first', 'again', 'redone', 'correction')", name="kind"),
        CheckConstraint("closed IN (0, 1)", name="closed"),
        CheckConstraint("(corrects <> '') = (kind IN ('redone', 'correction'))", name="corrects"),
        Index("ix_sheet_version_code", "code"),
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("sheet.code"))
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    report: Mapped[str]
    first_day: Mapped[str]
    last_day: Mapped[str]
    number: Mapped[int]
    closed: Mapped[int]
    kind: Mapped[str]
    corrects: Mapped[Text0]
    reason: Mapped[Text0]
    postings: Mapped[int]
    """So many vouchers of the ledger were posted when it was made: later ones may have changed it."""
    face: Mapped[str]
    """What the figures do not say of the paper: title, widths, remarks, signatures, where rows lead."""
    at: Mapped[str]
    by: Mapped[str]
    previous: Mapped[Digest]
    digest: Mapped[Digest]


class WallPostingRow(Base):
    """A set of sheets of one ledger and span that hangs together (张贴); append-only."""

    __tablename__ = "wall_posting"
    __table_args__ = (
        UniqueConstraint("ledger_id", "year", "number"),
        CheckConstraint("number > 0 AND substr(last_day, 1, 4) = printf('%04d', year)", name="number"),
        CheckConstraint("first_day <= last_day", name="span"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    year: Mapped[int]
    number: Mapped[int]
    occasion: Mapped[str]
    """Id of the obligation it fulfils."""
    first_day: Mapped[str]
    last_day: Mapped[str]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("wall_posting.id"))
    """The set it takes the place of: done again, or corrected."""
    note: Mapped[Text0]
    made_by: Mapped[str]
    made_at: Mapped[str]


class WallSheetRow(Base):
    """A registered sheet of a set; append-only, complete before anything happens to the set."""

    __tablename__ = "wall_sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)
    posting_id: Mapped[int] = mapped_column(ForeignKey("wall_posting.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("sheet.code"))


class WallEventRow(Base):
    """An act on a set: checked, put up, taken down, filed, withdrawn; append-only."""

    __tablename__ = "wall_event"
    __table_args__ = (
        UniqueConstraint("posting_id", "seq"),
        CheckConstraint("act IN ('reviewed', 'posted', 'taken-down', 'closed', 'withdrawn')", name="act"),
        CheckConstraint(
            "(act = 'reviewed') = (opinion IN ('agreed', 'redo')) AND (act = 'reviewed' OR opinion = '')",
            name="opinion",
        ),
        CheckConstraint("act <> 'posted' OR (trim(place) <> '' AND until >= day)", name="place"),
        CheckConstraint("act <> 'withdrawn' OR words <> ''", name="reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("wall_posting.id"))
    seq: Mapped[int]
    act: Mapped[str]
    day: Mapped[str]
    people: Mapped[Text0]
    """Names with 、 between them, the one in charge first."""
    opinion: Mapped[Text0]
    body: Mapped[Text0]
    place: Mapped[Text0]
    until: Mapped[Text0]
    """First day on which it may come down."""
    words: Mapped[Text0]
    written_by: Mapped[str]
    written_at: Mapped[str]


class ObjectionRow(Base):
    """What somebody said of a set, or of one sheet of it; append-only."""

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("ledger_id", "year", "number"),
        CheckConstraint("number > 0 AND substr(day, 1, 4) = printf('%04d', year)", name="number"),
        CheckConstraint("due >= day AND trim(who) <> '' AND trim(item) <> ''", name="said"),
        Index("ix_objection_posting", "posting_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    year: Mapped[int]
    number: Mapped[int]
    posting_id: Mapped[int] = mapped_column(ForeignKey("wall_posting.id"))
    code: Mapped[Text0]
    """Check code of the sheet it is about, empty for the whole set."""
    day: Mapped[str]
    who: Mapped[str]
    item: Mapped[str]
    way: Mapped[str]
    due: Mapped[str]
    written_by: Mapped[str]
    written_at: Mapped[str]


class ObjectionEventRow(Base):
    """Answered, raised again, closed; append-only."""

    __tablename__ = "objection_event"
    __table_args__ = (
        UniqueConstraint("objection_id", "seq"),
        CheckConstraint("act IN ('answered', 'again', 'closed')", name="act"),
        CheckConstraint("act = 'closed' OR words <> ''", name="words"),
        CheckConstraint("(act = 'again') = (due <> '') AND (due = '' OR due >= day)", name="due"),
        CheckConstraint(
            "(act = 'closed') = (result IN ('corrected', 'explained', 'unfounded', 'passed-on')) "
            "AND (act = 'closed' OR result = '')",
            name="result",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"))
    seq: Mapped[int]
    act: Mapped[str]
    day: Mapped[str]
    who: Mapped[Text0]
    words: Mapped[Text0]
    due: Mapped[Text0]
    result: Mapped[Text0]
    written_by: Mapped[str]
    written_at: Mapped[str]
