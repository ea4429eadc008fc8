"""Tables of closing: what was waived before a month closed, who looked, who reopened, who sealed, what was distributed.

All of them only grow. What they say is also in the operation log, whose chain proves them (see ``inspection_closing``).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Fen, Flag, Text0

_OF_A_MONTH = ["ledger_id", "month"], ["period.ledger_id", "period.month"]


class WaiverRow(Base):
    """Why a warning of the check list was let pass (放行), and the very sentence it was said of."""

    __tablename__ = "waiver"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_MONTH),
        CheckConstraint("trim(reason) <> '' AND trim(\"by\") <> ''", name="said"),
        Index("ix_waiver_month", "ledger_id", "month"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int]
    month: Mapped[str]
    rule: Mapped[str]
    found: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]


class MonthCheckRow(Base):
    """The check list was run for closing (核): when, by whom, how it came out; the last run is the one it closed on."""

    __tablename__ = "month_check"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_MONTH),
        Index("ix_month_check_month", "ledger_id", "month"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int]
    month: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]
    passed: Mapped[int]
    warned: Mapped[int]
    failed: Mapped[int]
    closed: Mapped[Flag]
    waivers: Mapped[Text0]
    """Ids of the waivers that stood then, ``3,7``: those a closed month was closed with."""


class ReopeningRow(Base):
    """A month opened again (反结账): two people and a reason, said on every later print of it."""

    __tablename__ = "reopening"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_MONTH),
        CheckConstraint("trim(reason) <> ''", name="said"),
        CheckConstraint("trim(approved_by) <> '' AND approved_by <> \"by\"", name="two_people"),
        Index("ix_reopening_month", "ledger_id", "month"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int]
    month: Mapped[str]
    by: Mapped[str]
    approved_by: Mapped[str]
    reason: Mapped[str]
    at: Mapped[str]


class MonthSealRow(Base):
    """What a month was sealed on (封): the supervisors' signed sheet, or a package the township accepted."""

    __tablename__ = "month_seal"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_A_MONTH),
        CheckConstraint("basis IN ('supervisors', 'package')", name="basis"),
        CheckConstraint(
            "basis <> 'supervisors' OR (trim(first_supervisor) <> '' AND trim(second_supervisor) <> '' "
            "AND first_supervisor <> second_supervisor)",
            name="two_supervisors",
        ),
        CheckConstraint("trim(sheet) <> ''", name="sheet"),
        {"sqlite_with_rowid": False},
    )
    ledger_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    basis: Mapped[str]
    first_supervisor: Mapped[Text0]
    second_supervisor: Mapped[Text0]
    sheet: Mapped[str]
    """Number of the signed sheet, or digest of the accepted package."""
    head: Mapped[bytes | None] = mapped_column(LargeBinary)
    by: Mapped[str]
    at: Mapped[str]


class DistributionPartRow(Base):
    """One part of a 收益分配 and the voucher that books it: which year's income it gives away, on which resolution."""

    __tablename__ = "distribution_part"
    __table_args__ = (
        CheckConstraint("part IN ('loss', 'reserve', 'members', 'other')", name="part"),
        CheckConstraint("amount > 0 AND typeof(amount) = 'integer'", name="amount"),
        CheckConstraint("trim(resolution) <> ''", name="resolution"),
        Index("ix_distribution_part_year", "ledger_id", "year"),
    )
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    year: Mapped[int]
    part: Mapped[str]
    amount: Mapped[Fen]
    resolution: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]
