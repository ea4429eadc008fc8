"""Writing the disclosure calendar: rules followed, excuses, matters."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.disclosure_calendar import Adopted
from village_ledger.domain.period import Span
from village_ledger.storage.registers import Register


class CalendarRegister(Register):
    """One unit of work's hand in these tables."""

    def adopt(self, ledger: str, adopted: Adopted) -> None:
        """Store that a ledger follows rules from a day on."""
        self._run(
            "INSERT INTO calendar_rules (ledger_id, version, set_id, rhythm, valid_from, body, reason, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._ledger_id(ledger),
                adopted.version,
                adopted.set_id,
                adopted.rhythm,
                adopted.since.isoformat(),
                adopted.text,
                adopted.reason,
                self._uow.by,
                self._uow.at,
            ),
        )

    def excuse(self, ledger: str, occasion: str, span: Span, reason: str) -> None:
        """Store why something is not posted."""
        self._run(
            "INSERT INTO calendar_excuse (ledger_id, occasion, first_day, last_day, reason, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self._ledger_id(ledger),
                occasion,
                span.first.isoformat(),
                span.last.isoformat(),
                reason,
                self._uow.by,
                self._uow.at,
            ),
        )

    def matter(self, ledger: str, kind: str, day: date, span: Span, words: str) -> int:
        """Store something to be published; returns its number."""
        made = self._run(
            "INSERT INTO calendar_matter (ledger_id, number, kind, day, first_day, last_day, words, made_by, made_at) "
            "SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM calendar_matter "
            "WHERE ledger_id = ?1 RETURNING number",
            (
                self._ledger_id(ledger),
                kind,
                day.isoformat(),
                span.first.isoformat(),
                span.last.isoformat(),
                words,
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())
