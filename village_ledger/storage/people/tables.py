"""People, households, who lives where and who is a member: every fact with the day it holds from and the time it was written.

Nothing is ever overwritten. What holds on a day is the fact with the latest ``effective`` up to it; of several the one
written last, so that a mistake is put right by writing again. Identity, telephone and bank numbers are sealed with the
book's data key; ``token`` tells equal numbers apart without telling the number.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Text0


class PersonRow(Base):
    """Somebody known to the village: member or not, living or dead."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class PersonFactRow(Base):
    """One thing known of a person from a day on; an empty value takes it back."""

    __tablename__ = "person_fact"
    __table_args__ = (
        CheckConstraint(
            "field IN ('name', 'sex', 'birth', 'death', 'id_number', 'no_number', 'phone', 'bank', 'bank_account', "
            "'hukou', 'note')",
            name="field",
        ),
        CheckConstraint(
            "CASE WHEN field IN ('id_number', 'phone', 'bank_account') THEN value = '' ELSE sealed IS NULL END",
            name="sealed",
        ),
        Index("ix_person_fact_field", "field", "person_id", "effective", "id", "value"),
        Index("ix_person_fact_token", "token"),
        Index("ix_person_fact_name", "value", sqlite_where=text("field = 'name'")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    field: Mapped[str]
    value: Mapped[Text0]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Nonce and AES-256-GCM of a number, tied to its person and field."""
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Keyed digest of an identity number in its 18-digit form."""
    effective: Mapped[str]
    basis: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class HouseholdRow(Base):
    """A household (户) under its number, which is text: ``018``."""

    __tablename__ = "household"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class HouseholdFactRow(Base):
    """One thing known of a household from a day on."""

    __tablename__ = "household_fact"
    __table_args__ = (
        CheckConstraint("field IN ('group', 'address', 'note')", name="field"),
        Index("ix_household_fact_household_id", "household_id", "field", "effective"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    field: Mapped[str]
    value: Mapped[Text0]
    effective: Mapped[str]
    basis: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class ResidenceRow(Base):
    """The household a person belongs to from a day on, and as what (户主、配偶 …); no household: belongs to none."""

    __tablename__ = "residence"
    __table_args__ = (
        Index("ix_residence_person_id", "person_id", "effective"),
        Index("ix_residence_household_id", "household_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    relation: Mapped[Text0]
    effective: Mapped[str]
    basis: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class MemberStatusRow(Base):
    """A person's standing in the organisation from a day on, for a reason the law knows (集体经济组织法 art. 11–17)."""

    __tablename__ = "member_status"
    __table_args__ = (
        CheckConstraint(
            "status IN ('member', 'lost', 'withdrawn', 'granted', 'holder', 'none')",
            name="status",
        ),
        Index("ix_member_status_person_id", "person_id", "effective"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    status: Mapped[str]
    """``granted``: rights given to a non-member (art. 15); ``holder``: a non-member who holds shares, without a vote."""
    reason: Mapped[str]
    effective: Mapped[str]
    retained_until: Mapped[Text0]
    """Last day of rights kept after leaving (art. 16, 17), empty when none were agreed."""
    resolution: Mapped[str | None] = mapped_column(ForeignKey("resolution.number"))
    basis: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class RegisterFilingRow(Base):
    """The member register as filed with the township or the county (集体经济组织法 art. 12)."""

    __tablename__ = "register_filing"
    __table_args__ = (CheckConstraint("office IN ('township', 'county')", name="office"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str]
    filed_on: Mapped[str]
    as_of: Mapped[str]
    digest: Mapped[str]
    """SHA-256 of the register's rows as filed."""
    read_to: Mapped[str]
    """Last row of each table the register was read from (JSON), so that it can be read again as it was."""
    note: Mapped[Text0]
    entered_by: Mapped[str]
    entered_at: Mapped[str]


class PeopleChainRow(Base):
    """One link for every row written of people and households, in the order of writing: what it said then."""

    __tablename__ = "people_chain"
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """Table of the row."""
    row_id: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the link before and of the row (domain.people_chain)."""
