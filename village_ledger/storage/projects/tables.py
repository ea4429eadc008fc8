"""Projects: budget, tender, contract, acceptance, final account: tables.

One table of steps: a project is what its entries fold to. Money is never kept here; it is read from vouchers by 项目.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base


class ProjectEntryRow(Base):
    """One step of a project as it was written. Append-only."""

    __tablename__ = "project_entry"
    __table_args__ = (
        CheckConstraint(
            "step IN ('card', 'budget', 'tender', 'contract', 'change', 'acceptance', 'final')", name="step"
        ),
        Index("ix_project_entry_project_id", "project_id", "ledger_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    step: Mapped[str]
    day: Mapped[str]
    body: Mapped[str]
    """What was written, as JSON."""
    digest: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]
