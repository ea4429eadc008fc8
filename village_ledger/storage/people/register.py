"""Writing people: who they are, which household they belong to, their standing. Always a row more, never a row changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.errors import MemberError
from village_ledger.domain.people_chain import row_bytes
from village_ledger.domain.rule_names import HOUSEHOLDS
from village_ledger.storage.queries import marks
from village_ledger.storage.registers import Register

SEALED = ("id_number", "phone", "bank_account")
"""Fields whose value is stored sealed."""
_FACT = ("field", "value")
_HOLDS = ("effective", "basis")
_MADE = ("entered_by", "entered_at")
CHAINED: dict[str, tuple[str, ...]] = {
    "person": _MADE,
    "person_fact": ("person_id", *_FACT, "sealed", "token", *_HOLDS, *_MADE),
    "household": ("code", *_MADE),
    "household_fact": ("household_id", *_FACT, *_HOLDS, *_MADE),
    "residence": ("person_id", "household_id", "relation", *_HOLDS, *_MADE),
    "member_status": (
        *("person_id", "status", "reason", "effective", "retained_until", "resolution"),
        *("basis", *_MADE),
    ),
    "register_filing": ("office", "filed_on", "as_of", "digest", "read_to", "note", *_MADE),
}
"""Columns of each table whose rows are linked in the chain, after the id, in the order digested."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed number; ``token`` only of an identity number."""

    content: bytes
    token: bytes | None = None


class PeopleRegister(Register):
    """Adds facts, residences and standings, each with the day it holds from and what it rests on."""

    def add_person(self) -> int:
        """A new person nothing is known of yet; returns the id."""
        return self._write("person", {})

    def write_fact(
        self,
        person_id: int,
        field: str,
        value: str,
        effective: date,
        basis: str,
        sealed: Sealed | None = None,
    ) -> None:
        """Something known of a person from a day on; an empty one takes it back. Numbers come sealed, with no value."""
        content, token = (None, None) if sealed is None else (sealed.content, sealed.token)
        about = {"person_id": person_id, "field": field, "value": value, "sealed": content, "token": token}
        self._write("person_fact", {**about, "effective": effective.isoformat(), "basis": basis})

    def add_household(self, code: str, day: date, basis: str, *, group: str = "") -> int:
        """A new household under its number; returns the id. Raises MemberError when the number is taken."""
        if self._uow.reader.household_id(code) is not None:
            raise MemberError(f"户编号 {code} 已经有了{HOUSEHOLDS}", "请换一个没有用过的户编号。")
        made = self._write("household", {"code": code})
        if group:
            self.write_household_fact(made, "group", group, day, basis)
        return made

    def write_household_fact(
        self, household_id: int, field: str, value: str, effective: date, basis: str
    ) -> None:
        """Something known of a household from a day on: group, address, note."""
        about = {"household_id": household_id, "field": field, "value": value}
        self._write("household_fact", {**about, "effective": effective.isoformat(), "basis": basis})

    def move(
        self, person_id: int, household_id: int | None, relation: str, effective: date, basis: str
    ) -> None:
        """The household a person belongs to from a day on, and as what; None: to none."""
        about = {"person_id": person_id, "household_id": household_id, "relation": relation}
        self._write("residence", {**about, "effective": effective.isoformat(), "basis": basis})

    def set_status(
        self,
        person_id: int,
        status: str,
        reason: str,
        effective: date,
        basis: str,
        *,
        resolution: str = "",
        retained_until: date | None = None,
    ) -> None:
        """A person's standing from a day on (member.Status, member.Reason)."""
        self._write(
            "member_status",
            {
                "person_id": person_id,
                "status": status,
                "reason": reason,
                "effective": effective.isoformat(),
                "retained_until": retained_until.isoformat() if retained_until else "",
                "resolution": resolution or None,
                "basis": basis,
            },
        )

    def file_register(
        self, office: str, days: tuple[date, date], digest: str, read_to: str, note: str
    ) -> None:
        """The member register as filed with the township or the county: filed on a day, as of a day."""
        filed_on, as_of = (day.isoformat() for day in days)
        about = {"office": office, "filed_on": filed_on, "as_of": as_of, "digest": digest}
        self._write("register_filing", {**about, "read_to": read_to, "note": note})

    def _write(self, table: str, values: Mapping[str, str | int | bytes | None]) -> int:
        """One row more and its link in the chain; returns the row's id."""
        whole = {**values, "entered_by": self._uow.by, "entered_at": self._uow.at}
        columns, row = CHAINED[table], tuple(whole[column] for column in CHAINED[table])
        done = self._run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(columns)})", row)
        made = int(done.lastrowid or 0)
        seq, before = self._head()
        digest = link(before, row_bytes(table, (made, *row)))
        self._run("INSERT INTO people_chain VALUES (?, ?, ?, ?)", (seq + 1, table, made, digest))
        return made

    def _head(self) -> tuple[int, bytes]:
        row = self._run("SELECT seq, digest FROM people_chain ORDER BY seq DESC LIMIT 1").fetchone()
        return (0, GENESIS) if row is None else (row[0], bytes(row[1]))
