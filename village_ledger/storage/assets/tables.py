"""Tables of asset cards: what the ledger owns, how it is charged and what became of it.

Nothing here is ever rewritten: a card put right is a further version, a fact has its day, an event counts while the
voucher it stands on does. A voucher deleted or void takes its event, or its month of depreciation, out of what counts.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Fen, Flag, Text0


class AssetRow(Base):
    """An asset of one ledger and its code; all that is said of it stands in the versions of its card."""

    __tablename__ = "asset"
    __table_args__ = (UniqueConstraint("ledger_id", "code"), CheckConstraint("code <> ''", name="code"))
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    code: Mapped[str]


class AssetCardRow(Base):
    """A version of a card, the newest counts; its figures are those it entered the books with."""

    __tablename__ = "asset_card"
    __table_args__ = (
        Index("ix_asset_card_batch", "batch"),
        CheckConstraint(
            "kind IN ('fixed', 'consumable', 'productive', 'public-life', 'intangible', 'investment', 'works', 'deferred')",
            name="kind",
        ),
        CheckConstraint("method IN ('straight', 'hours', 'output', 'none')", name="method"),
        CheckConstraint(
            "typeof(cost) = 'integer' AND typeof(salvage) = 'integer' AND typeof(opening) = 'integer'",
            name="whole_fen",
        ),
        CheckConstraint("cost > 0 AND salvage >= 0 AND salvage <= cost", name="cost"),
        CheckConstraint("opening >= 0 AND opening <= cost - salvage", name="opening"),
        CheckConstraint("months >= 0 AND (method = 'straight') = (months > 0)", name="months"),
        CheckConstraint(
            "units >= 0 AND (method IN ('hours', 'output')) = (units > 0) AND units_before >= 0", name="units"
        ),
        CheckConstraint("months_left >= 0 AND (method = 'straight') = (months_left > 0)", name="months_left"),
        {"sqlite_with_rowid": False},
    )
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int]
    """Cards written by one act; the operation log has the digest of each batch."""
    name: Mapped[str]
    kind: Mapped[str]
    category: Mapped[str]
    cost: Mapped[Fen]
    salvage: Mapped[Fen]
    in_use: Mapped[str]
    acquired: Mapped[str]
    method: Mapped[str]
    months: Mapped[int]
    units: Mapped[int]
    """Thousandths of an hour or of a unit of output."""
    opening: Mapped[Fen]
    as_of: Mapped[Text0]
    """Month through which ``opening`` was taken."""
    units_before: Mapped[int]
    since: Mapped[str]
    """First month that is charged here."""
    months_left: Mapped[int]
    """Straight line: months there are from ``since`` on."""
    source: Mapped[Text0]
    spec: Mapped[Text0]
    quantity: Mapped[Text0]
    certificate: Mapped[Text0]
    project: Mapped[Text0]
    quantified: Mapped[Flag]
    note: Mapped[Text0]
    withdrawn: Mapped[Flag]
    """1: the card was registered by mistake and is none; a later version may bring it back."""
    digest: Mapped[Digest]
    written_by: Mapped[str]
    written_at: Mapped[str]


class AssetFactRow(Base):
    """Use, state, place, keeper and user of an asset from a day on. Append-only."""

    __tablename__ = "asset_fact"
    __table_args__ = (
        Index("ix_asset_fact_asset", "asset_id", "day", "id"),
        CheckConstraint("use IN ('operating', 'office', 'welfare')", name="use"),
        CheckConstraint("status IN ('own', 'let', 'idle', 'scrapped', 'pending')", name="status"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    day: Mapped[str]
    use: Mapped[str]
    status: Mapped[str]
    place: Mapped[Text0]
    keeper: Mapped[Text0]
    user: Mapped[Text0]
    charge: Mapped[Text0]
    """Account its depreciation is charged to where its use does not decide."""
    note: Mapped[Text0]
    batch: Mapped[Flag]
    """The batch of cards it came with, 0 for a later one."""
    written_by: Mapped[str]
    written_at: Mapped[str]


class AssetEventRow(Base):
    """What happened to an asset. Append-only; what changes its value counts while its voucher does."""

    __tablename__ = "asset_event"
    __table_args__ = (
        Index("ix_asset_event_asset", "asset_id", "day", "id"),
        CheckConstraint(
            "kind IN ('acquire', 'improve', 'impair', 'revise', 'dispose', 'hand-over', 'complete', 'turn')",
            name="kind",
        ),
        CheckConstraint(
            "typeof(cost) = 'integer' AND typeof(salvage) = 'integer' AND typeof(taken) = 'integer' "
            "AND typeof(proceeds) = 'integer'",
            name="whole_fen",
        ),
        CheckConstraint(
            "(kind = 'improve' AND cost > 0) OR (kind = 'impair' AND cost < 0) OR kind NOT IN ('improve', 'impair')",
            name="cost",
        ),
        CheckConstraint("months >= 0 AND units >= 0 AND proceeds >= 0 AND taken >= 0", name="not_negative"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    day: Mapped[str]
    kind: Mapped[str]
    cost: Mapped[Fen]
    """Change of the original value; for an ending one what went, below zero."""
    salvage: Mapped[Fen]
    """Change of the salvage value."""
    taken: Mapped[Fen]
    """For an ending event: the depreciation that goes with the asset."""
    months: Mapped[int]
    """Straight line: months from the month after on; 0 where the plan does not change."""
    units: Mapped[int]
    """By units: thousandths that are left from the month after on."""
    proceeds: Mapped[Fen]
    way: Mapped[Text0]
    party: Mapped[Text0]
    basis: Mapped[Text0]
    """Resolution, approval or other paper it rests on."""
    note: Mapped[Text0]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    """The card it became: completed works, turned stock, the other ledger's."""
    written_by: Mapped[str]
    written_at: Mapped[str]


class AssetEventVoucherRow(Base):
    """Which voucher an event stands on; a deleted voucher takes the row with it."""

    __tablename__ = "asset_event_voucher"
    __table_args__ = (Index("ix_asset_event_voucher_voucher", "voucher_id"), {"sqlite_with_rowid": False})
    event_id: Mapped[int] = mapped_column(ForeignKey("asset_event.id"), primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)


class AssetUsageRow(Base):
    """Hours or output of a month; may be put right until the month is charged."""

    __tablename__ = "asset_usage"
    __table_args__ = (
        CheckConstraint("typeof(units) = 'integer' AND units >= 0", name="units"),
        {"sqlite_with_rowid": False},
    )
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    units: Mapped[int]
    written_by: Mapped[str]
    written_at: Mapped[str]


class DepreciationRunRow(Base):
    """A month's depreciation, or what one asset bears of its last month. Append-only."""

    __tablename__ = "depreciation_run"
    __table_args__ = (Index("ix_depreciation_run_month", "ledger_id", "month"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    month: Mapped[str]
    whole: Mapped[int]
    """1: of all the ledger's assets; 0: of one that left during the month."""
    total: Mapped[Fen]
    digest: Mapped[Digest]
    """Over its lines in order."""
    made_by: Mapped[str]
    made_at: Mapped[str]


class DepreciationVoucherRow(Base):
    """The voucher a run stands on; a deleted voucher takes the row with it."""

    __tablename__ = "depreciation_voucher"
    __table_args__ = (Index("ix_depreciation_voucher_voucher", "voucher_id"), {"sqlite_with_rowid": False})
    run_id: Mapped[int] = mapped_column(ForeignKey("depreciation_run.id"), primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True)


class DepreciationLineRow(Base):
    """What one asset bore in a run. Append-only."""

    __tablename__ = "depreciation_line"
    __table_args__ = (
        Index("ix_depreciation_line_run", "run_id"),
        CheckConstraint("typeof(amount) = 'integer' AND amount > 0", name="amount"),
        {"sqlite_with_rowid": False},
    )
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("depreciation_run.id"), primary_key=True)
    amount: Mapped[Fen]
    expense: Mapped[str]
    """Leaf that bears it."""
    against: Mapped[str]
    """Leaf of the accumulated amount."""
