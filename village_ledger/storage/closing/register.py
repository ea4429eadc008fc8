"""Writing what closing leaves behind: checks, waivers, reopenings, seals, distributions. Nothing of it is ever changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.storage.registers import Register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.domain.period import Month
    from village_ledger.storage.closing.queries import Seal


class ClosingRegister(Register):
    """The records of closing, each by the unit of work's person and time."""

    def note_check(
        self, ledger: str, month: Month, found: Sequence[int], waivers: Sequence[int], *, closed: bool = False
    ) -> None:
        """The check list was run for closing: how many lines pass, warn, fail, and which waivers stood."""
        standing = ",".join(map(str, waivers))
        self._run(
            'INSERT INTO month_check (ledger_id, month, "by", at, passed, warned, failed, closed, waivers) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._ledger_id(ledger),
                str(month),
                self._uow.by,
                self._uow.at,
                *found,
                int(closed),
                standing,
            ),
        )

    def waive(self, ledger: str, month: Month, rule: str, found: str, reason: str) -> None:
        """A warning, by the very sentence it said, is let pass for a reason."""
        self._run(
            'INSERT INTO waiver (ledger_id, month, rule, found, reason, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (self._ledger_id(ledger), str(month), rule, found, reason, self._uow.by, self._uow.at),
        )

    def note_reopening(self, ledger: str, month: Month, approved_by: str, reason: str) -> None:
        """A month was opened again by two people."""
        self._run(
            'INSERT INTO reopening (ledger_id, month, "by", approved_by, reason, at) VALUES (?, ?, ?, ?, ?, ?)',
            (self._ledger_id(ledger), str(month), self._uow.by, approved_by, reason, self._uow.at),
        )

    def note_seal(self, seal: Seal) -> None:
        """What a closed month is sealed on, with the chain head it was closed with."""
        ledger_id, month = self._ledger_id(seal.ledger), str(seal.month)
        self._run(
            "INSERT INTO month_seal SELECT ledger_id, month, ?, ?, ?, ?, head, ?, ? FROM period "
            "WHERE ledger_id = ? AND month = ?",
            (seal.basis, seal.first, seal.second, seal.sheet, self._uow.by, self._uow.at, ledger_id, month),
        )

    def note_distribution(
        self, ledger: str, voucher_id: int, year: int, part: str, amount: int, resolution: str
    ) -> None:
        """A voucher books one part of a distribution of a year's income."""
        self._run(
            "INSERT INTO distribution_part VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                voucher_id,
                self._ledger_id(ledger),
                year,
                part,
                amount,
                resolution,
                self._uow.by,
                self._uow.at,
            ),
        )
