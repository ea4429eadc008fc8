"""Reading who the staff are and what roles they hold."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.duty import Held, Role
from village_ledger.storage.queries import Queries, day_of


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff with every role held so far; ``left_at`` empty while employed."""

    id: int
    name: str
    added_at: str
    left_at: str
    roles: tuple[Held, ...]


class StaffQueries(Queries):
    """Staff of the book."""

    def has_staff(self) -> bool:
        """Whether anybody has ever been registered: from then on every action needs a person with a role."""
        return self._one("SELECT 1 FROM staff LIMIT 1") is not None

    def staff(self) -> list[StaffMember]:
        """Everybody, in the order they were registered."""
        held: dict[int, list[Held]] = {}
        for staff_id, role, ledger, since, until in self._all(
            "SELECT r.staff_id, r.role, coalesce(l.code, ''), r.since, r.until FROM staff_role r "
            "LEFT JOIN ledger l ON l.id = r.ledger_id ORDER BY r.id"
        ):
            one = Held(Role(role), ledger, day_of(since), day_of(until) if until else None)
            held.setdefault(staff_id, []).append(one)
        rows = self._all("SELECT id, name, added_at, left_at FROM staff ORDER BY id")
        return [
            StaffMember(i, name, added_at, left_at, tuple(held.get(i, ())))
            for i, name, added_at, left_at in rows
        ]

    def member(self, name: str) -> StaffMember | None:
        """One of the staff by name."""
        return next((one for one in self.staff() if one.name == name), None)
