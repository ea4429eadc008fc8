"""Writing share certificates: issued, and ended; both once."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.certificate import CertificateContent
from village_ledger.storage.registers import Register


class CertificatesRegister(Register):
    """Certificates of households."""

    def issue(self, ledger: str, household_id: int, content: CertificateContent, book_id: str) -> int:
        """Store a certificate as it is printed; returns its id."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM share_certificate").scalar_one())
        self._run(
            "INSERT INTO share_certificate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made,
                content.number,
                self._ledger_id(ledger),
                household_id,
                content.day,
                content.to_json(),
                content.code(book_id),
                self._uow.by,
                self._uow.at,
            ),
        )
        return made

    def end(self, certificate_id: int, day: date, why: str, note: str) -> None:
        """Say from which day a certificate is valid no more, and why."""
        self._run(
            "INSERT INTO share_certificate_end VALUES (?, ?, ?, ?, ?, ?)",
            (certificate_id, day.isoformat(), why, note, self._uow.by, self._uow.at),
        )
