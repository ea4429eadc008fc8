"""Staff, their roles, PINs and the data key: tables of the staff area.

Nobody is ever deleted and a role only ends. PINs are kept as argon2id hashes with their parameters, the data key wrapped
once per member of staff and once by the recovery code; it lies plainly only while the book has no staff.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Flag, Text0


class StaffRow(Base):
    """A member of staff. The name is what stands on vouchers, so it is one person's for ever."""

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    added_at: Mapped[str]
    left_at: Mapped[Text0]


class StaffRoleRow(Base):
    """A role held from a day on, in one ledger or (NULL) in both; ``until`` is set once, empty while it goes on."""

    __tablename__ = "staff_role"
    __table_args__ = (CheckConstraint("until = '' OR until >= since", name="in_order"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[str]
    ledger_id: Mapped[int | None] = mapped_column(ForeignKey("ledger.id"))
    since: Mapped[str]
    until: Mapped[Text0]


class StaffPinRow(Base):
    """How a member of staff signs in, and how often that failed in a row."""

    __tablename__ = "staff_pin"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    hash: Mapped[str]
    """argon2id with its parameters and salt, in the usual encoding."""
    set_at: Mapped[str]
    failures: Mapped[Flag]
    shut_until: Mapped[Text0]


class DataKeyRow(Base):
    """The book's data key: plain while there are no staff, else NULL; one row."""

    __tablename__ = "data_key"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[str]
    check: Mapped[Digest]
    """SHA-256 of the key: tells whether an unwrapped key is the right one."""
    plain: Mapped[bytes | None] = mapped_column(LargeBinary)


class KeyWrapRow(Base):
    """The data key wrapped for one holder: a member of staff's id, or 0 for the recovery code."""

    __tablename__ = "key_wrap"
    holder: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[str]
    parameters: Mapped[str]
    """``argon2id t=3 m=65536 p=4 aes-256-gcm``"""
    salt: Mapped[Digest]
    nonce: Mapped[Digest]
    wrapped: Mapped[Digest]
