"""Parcels of land, forest and water: a code for good, and what the register says of it from each day on.

Nothing is ever overwritten. What holds on a day is the state with the latest ``effective`` up to it; of several the one
written last. A parcel ends when an event takes it in: split, merged, or struck off. Every row is one link of ``parcel_chain``.
Areas are whole parts, 300 to the square metre (``domain.area``).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Text0


class ParcelRow(Base):
    """A parcel under its code in a ledger."""

    __tablename__ = "parcel"
    __table_args__ = (UniqueConstraint("ledger_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    code: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ParcelStateRow(Base):
    """What the register says of a parcel from a day on."""

    __tablename__ = "parcel_state"
    __table_args__ = (
        CheckConstraint("typeof(area) = 'integer' AND area > 0", name="area"),
        CheckConstraint(
            "name <> '' AND east <> '' AND south <> '' AND west <> '' AND north <> ''", name="bounds"
        ),
        CheckConstraint("owner_level IN ('village', 'group', 'township')", name="owner_level"),
        CheckConstraint("standing IN ('own', 'let', 'public', 'idle')", name="standing"),
        CheckConstraint(
            "unit_price IS NULL OR (typeof(unit_price) = 'integer' AND unit_price >= 0)", name="price"
        ),
        Index("ix_parcel_state_parcel_id", "parcel_id", "effective", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    name: Mapped[str]
    kind: Mapped[str]
    area: Mapped[int] = mapped_column(BigInteger)
    east: Mapped[str]
    south: Mapped[str]
    west: Mapped[str]
    north: Mapped[str]
    land_class: Mapped[Text0]
    owner_level: Mapped[str]
    owner: Mapped[Text0]
    certificate: Mapped[Text0]
    disputed: Mapped[Text0]
    map_ref: Mapped[Text0]
    unit_price: Mapped[int | None] = mapped_column(BigInteger)
    standing: Mapped[str]
    used_by: Mapped[Text0]
    origin: Mapped[Text0]
    note: Mapped[Text0]
    effective: Mapped[str]
    basis: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ParcelEventRow(Base):
    """Parcels that were split, merged or struck off on a day."""

    __tablename__ = "parcel_event"
    __table_args__ = (CheckConstraint("kind IN ('split', 'merge', 'end')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    day: Mapped[str]
    basis: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ParcelStepRow(Base):
    """A parcel that went into an event or came out of it; no parcel does either twice."""

    __tablename__ = "parcel_step"
    __table_args__ = (
        CheckConstraint("side IN ('before', 'after')", name="side"),
        UniqueConstraint("parcel_id", "side"),
        Index("ix_parcel_step_event_id", "event_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("parcel_event.id"))
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    side: Mapped[str]


class ParcelSketchRow(Base):
    """The corners of a parcel as sketched from a day on (JSON, centimetres); an empty text takes the sketch back."""

    __tablename__ = "parcel_sketch"
    __table_args__ = (Index("ix_parcel_sketch_parcel_id", "parcel_id", "effective", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    corners: Mapped[Text0]
    effective: Mapped[str]
    basis: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ParcelChainRow(Base):
    """One link for every row written of parcels, in the order of writing: what it said then."""

    __tablename__ = "parcel_chain"
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """Table of the row."""
    row_id: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the link before and of the row (domain.people_chain)."""
