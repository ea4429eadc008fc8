"""The disclosure calendar (公开日历): which rules a ledger follows since when, excuses, matters to be published: tables.

All three are records: what was decided, why something was never posted, what somebody asked for. Nothing is rewritten.
What is due is not stored: it follows from the rules, the books and the day.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Text0


class CalendarRulesRow(Base):
    """That a ledger follows a rule set from a day on. Append-only."""

    __tablename__ = "calendar_rules"
    __table_args__ = (
        UniqueConstraint("ledger_id", "version"),
        CheckConstraint("trim(reason) <> ''", name="reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    version: Mapped[int]
    set_id: Mapped[str]
    """A set of rules/disclosure_calendar.toml, or ``own``."""
    rhythm: Mapped[Text0]
    valid_from: Mapped[str]
    body: Mapped[Text0]
    """The village's own rules as the file it edits (TOML), empty for a set that is shipped."""
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class CalendarExcuseRow(Base):
    """Why something due will not be posted. Append-only; one a thing."""

    __tablename__ = "calendar_excuse"
    __table_args__ = (
        UniqueConstraint("ledger_id", "occasion", "first_day", "last_day"),
        CheckConstraint("trim(reason) <> ''", name="reason"),
        CheckConstraint("first_day <= last_day", name="days"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    occasion: Mapped[str]
    first_day: Mapped[str]
    last_day: Mapped[str]
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class CalendarMatterRow(Base):
    """Something to be published that the books do not show: a request, a meeting, any other matter. Append-only."""

    __tablename__ = "calendar_matter"
    __table_args__ = (
        UniqueConstraint("ledger_id", "number"),
        CheckConstraint("trim(words) <> ''", name="words"),
        CheckConstraint("first_day <= last_day", name="days"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    number: Mapped[int]
    kind: Mapped[str]
    """Id of a trigger of rules/disclosure_calendar.toml that is written by hand."""
    day: Mapped[str]
    """When it was asked for or happened; of a meeting, when it will be held."""
    first_day: Mapped[str]
    last_day: Mapped[str]
    words: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]
