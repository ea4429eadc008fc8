"""Single things written of people: a fact, a number as it lies sealed, since when, by which accounts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from village_ledger.storage.people.records import Filing
from village_ledger.storage.queries import Queries, day_of, marks

EVER = "9999-12-31"
IN_ORDER = " ORDER BY effective, id"
"""What holds comes last."""


class PersonQueries(Queries):
    """What is written of one person, or of all in one field."""

    def household_id(self, code: str) -> int | None:
        """Id of a household by its number, None when there is none."""
        return self._value("SELECT id FROM household WHERE code = ?", code)

    def sealed_number(self, person_id: int, field: str = "id_number") -> bytes | None:
        """A person's number as it lies sealed in the book, as last written; None without one."""
        value = self._value(
            "SELECT sealed FROM person_fact WHERE person_id = ? AND field = ? ORDER BY effective DESC, id DESC LIMIT 1",
            person_id,
            field,
        )
        return None if value is None else bytes(value)

    def sealed_numbers(
        self, field: str = "id_number", day: date | None = None, known_on: date | None = None
    ) -> dict[int, bytes]:
        """Sealed numbers of everybody who has one, as written by the end of ``known_on``."""
        rows = self._all(
            f"SELECT person_id, sealed FROM person_fact WHERE field = ? AND effective <= ? AND entered_at < ?{IN_ORDER}",
            field,
            through(day),
            written_before(known_on),
        )
        last = dict(rows)
        return {i: bytes(sealed) for i, sealed in last.items() if sealed is not None}

    def shown_numbers(
        self, field: str = "id_number", day: date | None = None, known_on: date | None = None
    ) -> dict[int, str]:
        """What a package's copy shows in place of numbers that stayed behind; empty in a village's own book."""
        if self._one("SELECT 1 FROM packed") is None:
            return {}
        rows = self._all(
            "SELECT f.person_id, w.shown FROM person_fact f LEFT JOIN withheld_row w ON w.kind = 'person_fact' "
            "AND w.row_id = f.id WHERE f.field = ? AND f.effective <= ? AND f.entered_at < ? ORDER BY f.effective, f.id",
            field,
            through(day),
            written_before(known_on),
        )
        return {person_id: shown for person_id, shown in dict(rows).items() if shown}

    def sealed_rows(self) -> list[tuple[int, int, str, bytes]]:
        """Every sealed number ever written: its row, its person, the field and the content."""
        return self._all(
            "SELECT id, person_id, field, sealed FROM person_fact WHERE sealed IS NOT NULL ORDER BY id"
        )

    def number_tokens(self) -> dict[bytes, int]:
        """Who has which identity number, by its token."""
        rows = self._all(f"SELECT person_id, token FROM person_fact WHERE field = 'id_number'{IN_ORDER}")
        last = dict(rows)
        return {bytes(token): i for i, token in last.items() if token is not None}

    def key_at_hand(self) -> bytes | None:
        """The data key while somebody has signed in, or the book has no staff."""
        return self._book.data_key()

    def person_fact(self, person_id: int, field: str, day: date | None = None) -> str:
        """One thing known of a person on a day, empty when nothing is."""
        value = self._value(
            "SELECT value FROM person_fact WHERE person_id = ? AND field = ? AND effective <= ? "
            "ORDER BY effective DESC, id DESC LIMIT 1",
            person_id,
            field,
            through(day),
        )
        return value or ""

    def filings(self) -> list[Filing]:
        """Every time the member register was filed, in the order it was written down."""
        rows = self._all(
            "SELECT id, office, filed_on, as_of, digest, read_to, note, entered_by FROM register_filing ORDER BY id"
        )
        return [
            Filing(i, office, day_of(filed), day_of(as_of), digest, json.loads(read_to), note, by)
            for i, office, filed, as_of, digest, read_to, note, by in rows
        ]

    def accounts_ever(self, people: Iterable[int]) -> list[tuple[int, str]]:
        """Every ``户编号/姓名`` some people were ever written by, each with whose it is."""
        ids = list(people)
        return self._all(
            "SELECT DISTINCT r.person_id, h.code || '/' || f.value FROM residence r JOIN household h ON h.id = r.household_id "
            "JOIN person_fact f ON f.person_id = r.person_id AND f.field = 'name' AND f.value <> '' "
            f"WHERE r.person_id IN ({marks(ids)}) ORDER BY r.id, f.id",
            *ids,
        )

    def first_known(self, person_id: int, field: str) -> date | None:
        """Since when a fact of a person is written as it last is, None when it never was."""
        value = self._value(
            "SELECT effective FROM person_fact WHERE person_id = ? AND field = ? ORDER BY effective DESC, id DESC LIMIT 1",
            person_id,
            field,
        )
        return None if value is None else day_of(value)

    def fact_days(self, person_id: int, field: str) -> list[tuple[date, str]]:
        """The days from which a fact of a person was ever written to hold, each with what holds from it."""
        rows = self._all(
            f"SELECT effective, value FROM person_fact WHERE person_id = ? AND field = ?{IN_ORDER}",
            person_id,
            field,
        )
        return [(day_of(day), value) for day, value in dict(rows).items()]

    def standings(self, person_id: int) -> list[tuple[date, str, str]]:
        """Every status and reason ever written of a person, by day, of one day the last written last."""
        rows = self._all(
            f"SELECT effective, status, reason FROM member_status WHERE person_id = ?{IN_ORDER}", person_id
        )
        return [(day_of(day), status, reason) for day, status, reason in rows]

    def last_move(self, person_id: int) -> date | None:
        """From which day the last known residence of a person holds."""
        return self._last("residence", person_id)

    def last_standing(self, person_id: int) -> date | None:
        """From which day the last known standing of a person holds."""
        return self._last("member_status", person_id)

    def _last(self, table: str, person_id: int) -> date | None:
        value = self._value(f"SELECT max(effective) FROM {table} WHERE person_id = ?", person_id)
        return None if value is None else day_of(value)

    def has_people(self) -> bool:
        """Whether anybody is in the register."""
        return self._one("SELECT 1 FROM person LIMIT 1") is not None


def written_before(known_on: date | None) -> str:
    """The moment before which a fact was written to be known on a day; None: whenever."""
    return EVER if known_on is None else (known_on + timedelta(days=1)).isoformat()


def through(day: date | None) -> str:
    """A day up to which facts hold, None for all there are."""
    return EVER if day is None else day.isoformat()
