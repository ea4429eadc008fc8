"""Tables of review: keys, packages sent, remarks that came back, and, in a package's own copy, what was withheld.

The tables packed and withheld_… are empty in a village's book; the copy within a package says by them what was left out of it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from village_ledger.storage.tables import Base, Digest, Flag, Text0


class VillageKeyRow(Base):
    """A key pair packages are signed with; the last row counts, older ones stay so that old packages can be told."""

    __tablename__ = "village_key"
    __table_args__ = (CheckConstraint("length(public) = 32", name="public"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    algorithm: Mapped[str]
    """``Ed25519``"""
    public: Mapped[Digest]
    sealed_private: Mapped[Digest]
    """Nonce and AES-256-GCM of the private half under the book's data key."""
    reason: Mapped[Text0]
    """Why the key before was given up, empty for the first."""
    made_by: Mapped[str]
    made_at: Mapped[str]


class PackageSentRow(Base):
    """A package (送审包) that was made: each names the one before by its digest, so that none can be left out."""

    __tablename__ = "package_sent"
    __table_args__ = (Index("ix_package_sent_digest", "digest", unique=True),)
    seq: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[Digest]
    """SHA-256 of the package's file."""
    previous: Mapped[Digest]
    """Digest of the package before, 32 zero bytes for the first."""
    first_day: Mapped[str]
    last_day: Mapped[str]
    heads: Mapped[str]
    """Chain head of each ledger as sent (JSON, hexadecimal)."""
    level: Mapped[str]
    file: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]


class PackedRow(Base):
    """Present in the copy within a package only: at what masking level and when it was made. One row."""

    __tablename__ = "packed"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str]
    made_at: Mapped[str]


class WithheldTextRow(Base):
    """What stands for a text of a posted voucher so that the chain still proves (see ``domain.chain``).

    ``place`` counts the committed fields of the voucher: handler, witness, approver, then summary, counterparty, project
    and group of line 1, of line 2 … Either the commitment stands for a masked text, or the salt of a text that is shown.
    """

    __tablename__ = "withheld_text"
    __table_args__ = (
        CheckConstraint("(salt IS NULL) <> (commitment = '')", name="either"),
        {"sqlite_with_rowid": False},
    )
    voucher_id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[Text0]


class WithheldRowRow(Base):
    """A chained row something was left out of: its link is followed, but what it says cannot be recomputed."""

    __tablename__ = "withheld_row"
    __table_args__ = ({"sqlite_with_rowid": False},)
    kind: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    shown: Mapped[Text0]
    """What is shown in place of a sealed number: ``510903********001X``."""


class ReviewerKeyRow(Base):
    """A reviewer's key the village knows: seen with the first remarks, or changed after its fingerprint was compared."""

    __tablename__ = "reviewer_key"
    __table_args__ = (CheckConstraint("length(public) = 32", name="public"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public: Mapped[Digest]
    office: Mapped[str]
    compared: Mapped[Flag]
    """Whether the fingerprint was typed in as the township said it."""
    taken_by: Mapped[str]
    taken_at: Mapped[str]


class RemarksFileRow(Base):
    """A remarks file (审阅意见) that was taken in, word for word as it came."""

    __tablename__ = "remarks_file"
    __table_args__ = (Index("ix_remarks_file_digest", "digest", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[Digest]
    """SHA-256 of the file."""
    package_seq: Mapped[int] = mapped_column(ForeignKey("package_sent.seq"))
    reviewer: Mapped[str]
    office: Mapped[str]
    made_at: Mapped[str]
    body: Mapped[str]
    """The file, signature included."""
    taken_by: Mapped[str]
    taken_at: Mapped[str]


class RemarkAnswerRow(Base):
    """What the village answers to a remark; a later answer stands beside the earlier one."""

    __tablename__ = "remark_answer"
    __table_args__ = (
        CheckConstraint("trim(text) <> ''", name="said"),
        Index("ix_remark_answer_remark", "file_id", "number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("remarks_file.id"))
    number: Mapped[int]
    text: Mapped[str]
    answered_by: Mapped[str]
    answered_at: Mapped[str]


class SecondReviewRow(Base):
    """A voucher of a one-person post looked at by the township: passed (待补审 becomes 已审核), or returned."""

    __tablename__ = "second_review"
    __table_args__ = (
        CheckConstraint("verdict IN ('pass', 'return')", name="verdict"),
        Index("ix_second_review_voucher", "voucher_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("remarks_file.id"))
    verdict: Mapped[str]
    reviewer: Mapped[str]
    reviewed_at: Mapped[str]
    reason: Mapped[Text0]
