"""Tables of what was published: versions of a sheet, postings on the board, objections."""

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
