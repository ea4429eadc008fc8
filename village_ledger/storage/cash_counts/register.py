"""Writing cash counts; belongs to one unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.storage.registers import Register

if TYPE_CHECKING:
    from village_ledger.domain.cash_count import CashCount


class CashCountRegister(Register):
    """Counts, by the unit of work's person and time, and the vouchers their differences became."""

    def add(self, ledger: str, found: CashCount) -> int:
        """Keep a count with its pieces; returns its id."""
        made = self._run(
            'INSERT INTO cash_count (ledger_id, account, day, book, total, reason, "by", at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                self._ledger_id(ledger),
                found.account,
                found.day.isoformat(),
                found.book,
                found.total,
                found.reason,
                self._uow.by,
                self._uow.at,
            ),
        )
        count_id = int(made.scalar_one())
        for denomination, pieces in found.pieces.items():
            self._run("INSERT INTO cash_count_piece VALUES (?, ?, ?)", (count_id, denomination, pieces))
        return count_id

    def link(self, count_id: int, voucher_id: int) -> None:
        """Say which voucher books what a count found over or short."""
        self._run(
            "INSERT INTO cash_count_voucher (voucher_id, count_id) VALUES (?, ?)", (voucher_id, count_id)
        )
