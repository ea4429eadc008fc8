"""Writing the village's own reports and the texts of its notes: always a further version."""

from __future__ import annotations

from hashlib import sha256

from village_ledger.storage.registers import Register


class StatementsRegister(Register):
    """Versions of own reports and of texts."""

    def store(self, name: str, title: str, body: str, *, removed: bool = False) -> int:
        """Keep a further version of an own report; returns its number."""
        version = self._next("own_statement WHERE name = ?", name)
        digest = sha256(body.encode()).digest()
        self._run(
            "INSERT INTO own_statement VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (name, version, title, body, digest, int(removed), self._uow.by, self._uow.at),
        )
        return version

    def write_text(self, ledger: str, year: int, item: str, text: str) -> int:
        """Keep a further version of a text; returns its number."""
        key = (self._ledger_id(ledger), year, item)
        version = self._next("statement_text WHERE ledger_id = ? AND year = ? AND item = ?", *key)
        self._run(
            "INSERT INTO statement_text VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, version, text, self._uow.by, self._uow.at),
        )
        return version

    def _next(self, place: str, *key: object) -> int:
        return int(self._run(f"SELECT coalesce(max(version), 0) + 1 FROM {place}", key).scalar_one())
