"""Writing people: who they are, which household they belong to, their standing. Always a row more, never a row changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.errors import MemberError
from village_ledger.storage.registers import Register

SEALED = ("id_number", "phone", "bank_account")
"""Fields whose value is stored sealed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed number; ``token`` only of an identity number."""

    content: bytes
    token: bytes | None = None


class PeopleRegister(Register):
    """Adds facts, residences and standings, each with the day it holds from and what it rests on."""

    def add_person(self) -> int:
        """A new person nothing is known of yet; returns the id."""
        made = self._next("person")
        self._run("INSERT INTO person VALUES (?, ?, ?)", (made, self._uow.by, self._uow.at))
        return made

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
        self._run(
            "INSERT INTO person_fact (person_id, field, value, sealed, token, effective, basis, entered_by, entered_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (person_id, field, value, content, token, effective.isoformat(), basis, *self._made()),
        )

    def add_household(self, code: str, day: date, basis: str, *, group: str = "") -> int:
        """A new household under its number; returns the id. Raises MemberError when the number is taken."""
        if self._uow.reader.household_id(code) is not None:
            raise MemberError(f"户编号 {code} 已经有了", "请换一个没有用过的户编号。")
        made = self._next("household")
        self._run("INSERT INTO household VALUES (?, ?, ?, ?)", (made, code, *self._made()))
        if group:
            self.write_household_fact(made, "group", group, day, basis)
        return made

    def write_household_fact(
        self, household_id: int, field: str, value: str, effective: date, basis: str
    ) -> None:
        """Something known of a household from a day on: group, address, note."""
        self._run(
            "INSERT INTO household_fact (household_id, field, value, effective, basis, entered_by, entered_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (household_id, field, value, effective.isoformat(), basis, *self._made()),
        )

    def move(
        self, person_id: int, household_id: int | None, relation: str, effective: date, basis: str
    ) -> None:
        """The household a person belongs to from a day on, and as what; None: to none."""
        self._run(
            "INSERT INTO residence (person_id, household_id, relation, effective, basis, entered_by, entered_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (person_id, household_id, relation, effective.isoformat(), basis, *self._made()),
        )

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
        retained = retained_until.isoformat() if retained_until else ""
        self._run(
            "INSERT INTO member_status (person_id, status, reason, effective, retained_until, resolution, basis, entered_by, "
            "entered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                person_id,
                status,
                reason,
                effective.isoformat(),
                retained,
                resolution or None,
                basis,
                *self._made(),
            ),
        )

    def file_register(
        self, office: str, days: tuple[date, date], digest: str, read_to: str, note: str
    ) -> None:
        """The member register as filed with the township or the county: filed on a day, as of a day."""
        filed_on, as_of = (day.isoformat() for day in days)
        self._run(
            "INSERT INTO register_filing (office, filed_on, as_of, digest, read_to, note, entered_by, entered_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (office, filed_on, as_of, digest, read_to, note, *self._made()),
        )

    def _next(self, table: str) -> int:
        return int(self._run(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").scalar_one())

    def _made(self) -> tuple[str, str]:
        return self._uow.by, self._uow.at
