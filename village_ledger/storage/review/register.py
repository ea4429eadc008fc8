"""Writing the village's key, what was sent, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.storage.registers import Register

if TYPE_CHECKING:
    from village_ledger.domain.remarks import Remarks, VoucherVerdict


class ReviewRegister(Register):
    """Keys and packages, each by the unit of work's person and time."""

    def add_key(self, algorithm: str, public: bytes, sealed_private: bytes, reason: str) -> None:
        """A key pair that signs from now on."""
        self._run(
            "INSERT INTO village_key (algorithm, public, sealed_private, reason, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            (algorithm, public, sealed_private, reason, self._uow.by, self._uow.at),
        )

    def note_package(self, digest: bytes, days: tuple[str, str], heads: str, level: str, file: str) -> int:
        """A package was made; it follows the one before. Returns its number."""
        seq, previous = self._run(
            "SELECT coalesce(max(seq), 0) + 1, coalesce((SELECT digest FROM package_sent ORDER BY seq DESC LIMIT 1), "
            "zeroblob(32)) FROM package_sent"
        ).fetchone()
        self._run(
            "INSERT INTO package_sent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (seq, digest, previous, *days, heads, level, file, self._uow.by, self._uow.at),
        )
        return int(seq)

    def know_reviewer(self, public: bytes, office: str, *, compared: bool) -> None:
        """A reviewer's key the village takes remarks from."""
        self._run(
            "INSERT INTO reviewer_key (public, office, compared, taken_by, taken_at) VALUES (?, ?, ?, ?, ?)",
            (public, office, int(compared), self._uow.by, self._uow.at),
        )

    def add_remarks(self, digest: bytes, package_seq: int, said: Remarks) -> int:
        """A remarks file as it came; returns its id."""
        self._run(
            "INSERT INTO remarks_file (digest, package_seq, reviewer, office, made_at, body, taken_by, taken_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                digest,
                package_seq,
                said.reviewer,
                said.office,
                said.made_at.isoformat(timespec="seconds"),
                said.to_bytes().decode(),
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(self._run("SELECT last_insert_rowid()").scalar_one())

    def answer(self, file_id: int, number: int, text: str) -> None:
        """The village answers a remark."""
        self._run(
            "INSERT INTO remark_answer (file_id, number, text, answered_by, answered_at) VALUES (?, ?, ?, ?, ?)",
            (file_id, number, text, self._uow.by, self._uow.at),
        )

    def second_review(
        self, voucher_id: int, file_id: int, said: VoucherVerdict, reviewer: str, at: str
    ) -> None:
        """What the township says of a voucher of a one-person post."""
        self._run(
            "INSERT INTO second_review (voucher_id, file_id, verdict, reviewer, reviewed_at, reason) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (voucher_id, file_id, said.verdict.value, reviewer, at, said.reason),
        )
