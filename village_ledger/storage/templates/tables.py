"""Tables of help to book: templates, what recurs, advance rent, grant documents, budgets.

What is made from them are ordinary vouchers; these rows only say which and keep it from being made twice.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Flag, Text0, VoucherLineRow


class TemplateRow(Base):
    """A village template of one ledger; its lines and variables as JSON."""

    __tablename__ = "template"
    __table_args__ = (UniqueConstraint("ledger_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    name: Mapped[str]
    body: Mapped[str]
    active: Mapped[Flag]
    changed_by: Mapped[str]
    changed_at: Mapped[str]


class RecurrenceRow(Base):
    """A template that comes round: rhythm in months, day of the month, from and to; values for its variables."""

    __tablename__ = "recurrence"
    __table_args__ = (
        CheckConstraint("months IN (1, 3, 6, 12)", name="months"),
        CheckConstraint("day BETWEEN 1 AND 31", name="day"),
        CheckConstraint("end_month = '' OR end_month >= start_month", name="end"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("template.id"))
    months: Mapped[int]
    day: Mapped[int]
    start_month: Mapped[str]
    end_month: Mapped[Text0]
    given: Mapped[Text0]
    """Values for the template's variables, as JSON."""
    active: Mapped[Flag]
    made_by: Mapped[str]
    made_at: Mapped[str]


class RecurrenceRunRow(Base):
    """What was done about one due day: a voucher, a draft, or skipped with a reason. One per due day."""

    __tablename__ = "recurrence_run"
    __table_args__ = (
        CheckConstraint(
            "(voucher_id IS NOT NULL) + (draft_id IS NOT NULL) + (reason <> '') = 1", name="one_outcome"
        ),
        {"sqlite_with_rowid": False},
    )
    recurrence_id: Mapped[int] = mapped_column(ForeignKey("recurrence.id"), primary_key=True)
    due: Mapped[str] = mapped_column(primary_key=True)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    reason: Mapped[Text0]
    done_by: Mapped[str]
    done_at: Mapped[str]


class PrepaidBasisRow(Base):
    """How a ledger releases advance rent: chosen once, locked by the first schedule."""

    __tablename__ = "prepaid_basis"
    __table_args__ = (
        CheckConstraint("basis IN ('month', 'year')", name="basis"),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    basis: Mapped[str]
    chosen_by: Mapped[str]
    chosen_at: Mapped[str]


class PrepaidRow(Base):
    """Rent received in advance: from whom, on which account it waits, which revenue it becomes. Append-only."""

    __tablename__ = "prepaid"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        ForeignKeyConstraint(["ledger_id", "revenue"], ["account.ledger_id", "account.code"]),
        CheckConstraint("total > 0 AND typeof(total) = 'integer'", name="total"),
        CheckConstraint("last_day >= first_day", name="span"),
        UniqueConstraint("voucher_id", "line"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    line: Mapped[int]
    account: Mapped[str]
    revenue: Mapped[str]
    counterparty_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    what: Mapped[str]
    total: Mapped[Fen]
    first_day: Mapped[str]
    last_day: Mapped[str]
    basis: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class PrepaidPartRow(Base):
    """One part of a schedule; the voucher that released it is named once and stays while it stands."""

    __tablename__ = "prepaid_part"
    __table_args__ = (
        CheckConstraint("amount > 0 AND typeof(amount) = 'integer'", name="amount"),
        {"sqlite_with_rowid": False},
    )
    prepaid_id: Mapped[int] = mapped_column(ForeignKey("prepaid.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[str]
    last_day: Mapped[str]
    due_month: Mapped[str]
    amount: Mapped[Fen]
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id", ondelete="SET NULL"))


class GrantDocumentRow(Base):
    """The document that gave a project its money (拨款文件、议事决议). Append-only; a later one adds to it."""

    __tablename__ = "grant_document"
    __table_args__ = (
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        UniqueConstraint("ledger_id", "project_id", "number"),
        CheckConstraint("amount > 0 AND typeof(amount) = 'integer'", name="amount"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    account: Mapped[str]
    number: Mapped[str]
    purpose: Mapped[Text0]
    granted_on: Mapped[Text0]
    amount: Mapped[Fen]
    made_by: Mapped[str]
    made_at: Mapped[str]


class BudgetRow(Base):
    """A year's financial plan (年度财务计划) or a revision of it; the newest version counts. Append-only."""

    __tablename__ = "budget"
    __table_args__ = ({"sqlite_with_rowid": False},)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    resolution: Mapped[Text0]
    made_by: Mapped[str]
    made_at: Mapped[str]


class BudgetLineRow(Base):
    """One amount of a plan: for an account and all below it, or only what it bears of one project (0: any)."""

    __tablename__ = "budget_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ledger_id", "year", "version"], ["budget.ledger_id", "budget.year", "budget.version"]
        ),
        ForeignKeyConstraint(["ledger_id", "account"], ["account.ledger_id", "account.code"]),
        CheckConstraint("amount >= 0 AND typeof(amount) = 'integer'", name="amount"),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Fen]
    note: Mapped[Text0]


PROJECT_LINES = Index(
    "ix_voucher_line_project",
    VoucherLineRow.project_id,
    VoucherLineRow.ledger_id,
    sqlite_where=VoucherLineRow.project_id.is_not(None),
)
"""Finds what was booked on a project without looking at every line; lines without a project cost nothing."""
