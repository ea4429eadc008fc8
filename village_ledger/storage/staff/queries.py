"""Reading who the staff are, what roles they hold, and how they sign in."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.duty import Held, Role
from village_ledger.storage.queries import Queries, day_of

RECOVERY = 0
"""Holder of the wrap that the sealed recovery code opens."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff with every role held so far; ``left_at`` empty while employed."""

    id: int
    name: str
    added_at: str
    left_at: str
    roles: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class PinState:
    """How somebody signs in: the PIN's hash, wrong ones in a row, until when the door is shut (empty: open)."""

    hash: str
    set_at: str
    failures: int
    shut_until: str


@dataclass(frozen=True, slots=True)
class KeyWrap:
    """The data key wrapped for one holder."""

    parameters: str
    salt: bytes
    nonce: bytes
    wrapped: bytes


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

    def pin_state(self, staff_id: int) -> PinState | None:
        """How a member of staff signs in, None without a PIN."""
        row = self._one(
            "SELECT hash, set_at, failures, shut_until FROM staff_pin WHERE staff_id = ?", staff_id
        )
        return None if row is None else PinState(*row)

    def plain_key(self) -> bytes | None:
        """The data key while it lies plainly in the book."""
        value = self._value("SELECT plain FROM data_key")
        return None if value is None else bytes(value)

    def key_check(self) -> bytes | None:
        """SHA-256 of the data key, None in a book that has none yet."""
        value = self._value('SELECT "check" FROM data_key')
        return None if value is None else bytes(value)

    def key_wrap(self, holder: int) -> KeyWrap | None:
        """The data key as wrapped for a holder: a member of staff's id, or ``RECOVERY``."""
        row = self._one("SELECT parameters, salt, nonce, wrapped FROM key_wrap WHERE holder = ?", holder)
        return None if row is None else KeyWrap(row[0], bytes(row[1]), bytes(row[2]), bytes(row[3]))
