"""Writing staff, roles, PINs and the wraps of the data key; each belongs to one unit of work."""

from __future__ import annotations

import os
from hashlib import sha256

from village_ledger.domain.duty import Held
from village_ledger.storage.registers import Register
from village_ledger.storage.spec import KEY_BYTES
from village_ledger.storage.staff.queries import KeyWrap


class StaffRegister(Register):
    """Staff of the book."""

    def add(self, name: str) -> int:
        """A new member of staff; returns the id."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM staff").scalar_one())
        self._run("INSERT INTO staff (id, name, added_at) VALUES (?, ?, ?)", (made, name, self._uow.at))
        return made

    def come_back(self, staff_id: int) -> None:
        """Somebody who had left works here again."""
        self._run("UPDATE staff SET left_at = '' WHERE id = ?", (staff_id,))

    def leave(self, staff_id: int) -> None:
        """Somebody leaves; the roles were ended before, the wrapped key goes."""
        self._run("UPDATE staff SET left_at = ? WHERE id = ?", (self._uow.at, staff_id))
        self._run("DELETE FROM key_wrap WHERE holder = ?", (staff_id,))

    def give(self, staff_id: int, held: Held) -> None:
        """A role from a day on."""
        ledger_id = self._ledger_id(held.ledger) if held.ledger else None
        self._run(
            "INSERT INTO staff_role (staff_id, role, ledger_id, since, until) VALUES (?, ?, ?, ?, ?)",
            (staff_id, held.role.value, ledger_id, held.since.isoformat(), ""),
        )

    def end(self, staff_id: int, held: Held, until: str) -> None:
        """A role that goes on ends before the day ``until``."""
        self._run(
            "UPDATE staff_role SET until = ? WHERE staff_id = ? AND role = ? AND until = '' AND ledger_id IS ?",
            (until, staff_id, held.role.value, self._ledger_id(held.ledger) if held.ledger else None),
        )

    def set_pin(self, staff_id: int, pin_hash: str) -> None:
        """A new PIN; failures are forgotten."""
        changed = self._run(
            "UPDATE staff_pin SET hash = ?, set_at = ?, failures = 0, shut_until = '' WHERE staff_id = ?",
            (pin_hash, self._uow.at, staff_id),
        )
        if not changed.rowcount:
            self._run(
                "INSERT INTO staff_pin (staff_id, hash, set_at) VALUES (?, ?, ?)",
                (staff_id, pin_hash, self._uow.at),
            )

    def count_failures(self, staff_id: int, failures: int, shut_until: str) -> None:
        """How many wrong PINs in a row there have been, and until when the door is shut."""
        self._run(
            "UPDATE staff_pin SET failures = ?, shut_until = ? WHERE staff_id = ?",
            (failures, shut_until, staff_id),
        )

    # the data key

    def make_key(self) -> bytes:
        """The data key of a book made before there was one."""
        key = os.urandom(KEY_BYTES)
        self._run("INSERT INTO data_key VALUES (1, ?, ?, ?)", (self._uow.at, sha256(key).digest(), key))
        return key

    def hide_key(self) -> None:
        """Forget the plain key; every holder has it wrapped. Freed pages are overwritten."""
        self._run("PRAGMA secure_delete = ON")
        self._run("UPDATE data_key SET plain = NULL WHERE plain IS NOT NULL")

    def wrap(self, holder: int, wrapped: KeyWrap) -> None:
        """The key wrapped for a holder, in place of an earlier wrap."""
        values = (self._uow.at, wrapped.parameters, wrapped.salt, wrapped.nonce, wrapped.wrapped)
        done = self._run(
            "UPDATE key_wrap SET made_at = ?, parameters = ?, salt = ?, nonce = ?, wrapped = ? WHERE holder = ?",
            (*values, holder),
        )
        if not done.rowcount:
            self._run("INSERT INTO key_wrap VALUES (?, ?, ?, ?, ?, ?)", (holder, *values))
