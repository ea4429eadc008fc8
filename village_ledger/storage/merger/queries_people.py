"""What is last known of everybody in an old book, with the days it holds from, so that it can be written down again."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from village_ledger.storage.queries import Queries, day_of


class Fact(NamedTuple):
    """One thing last known of a person; a number comes sealed."""

    field: str
    value: str
    sealed: bytes | None
    effective: date


class Home(NamedTuple):
    """The household a person last belonged to."""

    household: str
    relation: str
    effective: date


class Stand(NamedTuple):
    """A person's last standing."""

    status: str
    reason: str
    effective: date
    retained_until: date | None


class MergerPeopleQueries(Queries):
    """People, households and standings as last known."""

    def last_facts(self) -> dict[int, list[Fact]]:
        """Everything last known, by person; what was taken back is left out."""
        last: dict[tuple[int, str], Fact] = {}
        for person, field, value, sealed, effective in self._all(
            "SELECT person_id, field, value, sealed, effective FROM person_fact ORDER BY effective, id"
        ):
            content = None if sealed is None else bytes(sealed)
            last[person, field] = Fact(field, value, content, day_of(effective))
        found: dict[int, list[Fact]] = {i: [] for (i,) in self._all("SELECT id FROM person ORDER BY id")}
        for (person, _), fact in last.items():
            if fact.value or fact.sealed is not None:
                found[person].append(fact)
        return found

    def last_homes(self) -> dict[int, Home]:
        """The household everybody last belonged to; those of none are left out."""
        last = {
            person: Home(code or "", relation, day_of(effective))
            for person, code, relation, effective in self._all(
                "SELECT r.person_id, h.code, r.relation, r.effective FROM residence r "
                "LEFT JOIN household h ON h.id = r.household_id ORDER BY r.effective, r.id"
            )
        }
        return {person: home for person, home in last.items() if home.household}

    def last_standings(self) -> dict[int, Stand]:
        """Everybody's last standing."""
        return {
            person: Stand(status, reason, day_of(effective), day_of(until) if until else None)
            for person, status, reason, effective, until in self._all(
                "SELECT person_id, status, reason, effective, retained_until FROM member_status ORDER BY effective, id"
            )
        }

    def last_household_facts(self) -> dict[str, dict[str, tuple[str, date]]]:
        """Group, address and note of every household, each with the day it holds from."""
        found: dict[str, dict[str, tuple[str, date]]] = {
            code: {} for (code,) in self._all("SELECT code FROM household ORDER BY code")
        }
        for code, field, value, effective in self._all(
            "SELECT h.code, f.field, f.value, f.effective FROM household_fact f JOIN household h ON h.id = f.household_id "
            "ORDER BY f.effective, f.id"
        ):
            found[code][field] = (value, day_of(effective))
        return found
