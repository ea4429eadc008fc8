"""Reading share certificates, and who lived in a household when: what its change page is made of."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from village_ledger.storage.people.records import Certificate
from village_ledger.storage.queries import Queries, day_of

_CERTIFICATE = (
    "SELECT c.id, c.number, g.code, c.household_id, h.code, c.day, c.content, c.code, e.day, coalesce(e.why, ''), "
    "coalesce(e.note, '') FROM share_certificate c JOIN ledger g ON g.id = c.ledger_id "
    "JOIN household h ON h.id = c.household_id LEFT JOIN share_certificate_end e ON e.certificate_id = c.id "
)


class Stay(NamedTuple):
    """A stretch of time somebody belonged to a household; ``last`` None while it lasts."""

    person_id: int
    first: date
    last: date | None
    """The first day the person belonged elsewhere."""


class CertificateQueries(Queries):
    """Certificates and what they rest on."""

    def certificates(self, household: str = "", *, valid_only: bool = False) -> list[Certificate]:
        """Certificates in the order of issue, of one household or of all; with ``valid_only`` those that hold now."""
        where = "WHERE (?1 = '' OR h.code = ?1) "
        where += "AND e.certificate_id IS NULL " if valid_only else ""
        rows = self._all(f"{_CERTIFICATE}{where}ORDER BY c.id", household)
        return [
            Certificate(
                i,
                number,
                ledger,
                home,
                code,
                day_of(day),
                content,
                check,
                day_of(ended) if ended else None,
                *rest,
            )
            for i, number, ledger, home, code, day, content, check, ended, *rest in rows
        ]

    def valid_certificate(self, household: str) -> Certificate | None:
        """The one certificate of a household that holds now."""
        found = self.certificates(household, valid_only=True)
        return found[0] if found else None

    def household_stays(self, household_id: int) -> list[Stay]:
        """Who belonged to a household from when to when, as known today, in the order they came."""
        rows = self._all(
            "SELECT person_id, effective, household_id FROM residence WHERE person_id IN "
            "(SELECT person_id FROM residence WHERE household_id = ?) ORDER BY person_id, effective, id",
            household_id,
        )
        homes: dict[int, dict[str, int | None]] = {}
        for person, effective, home in rows:
            homes.setdefault(person, {})[effective] = home
        found: list[Stay] = []
        for person, known in homes.items():
            since = ""
            for day, home in known.items():
                if home == household_id and not since:
                    since = day
                elif home != household_id and since:
                    found.append(Stay(person, day_of(since), day_of(day)))
                    since = ""
            if since:
                found.append(Stay(person, day_of(since), None))
        return sorted(found, key=lambda stay: (stay.first, stay.person_id))
