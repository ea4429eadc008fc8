"""Writing the village's key and what was sent."""

from __future__ import annotations

from village_ledger.storage.registers import Register


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
