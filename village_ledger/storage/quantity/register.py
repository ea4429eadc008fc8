"""Writing which accounts are kept by quantity; what lines measure is written with them (``vouchers``)."""

from __future__ import annotations

from village_ledger.storage.registers import Register


class QuantityAccounts(Register):
    """Units of accounts."""

    def keep(self, ledger: str, account: str, unit: str, *, required: bool) -> None:
        """Keep an account by quantity in a unit, or change what its lines are asked for."""
        self._run(
            "INSERT INTO quantity_account VALUES (?, ?, ?, ?)"
            if not self._kept(ledger, account)
            else "UPDATE quantity_account SET unit = ?3, required = ?4 WHERE ledger_id = ?1 AND account = ?2",
            (self._ledger_id(ledger), account, unit, int(required)),
        )
        self._uow.chart_changed()

    def end(self, ledger: str, account: str) -> None:
        """Keep an account by quantity no more; nothing was measured in it yet."""
        self._run(
            "DELETE FROM quantity_account WHERE ledger_id = ? AND account = ?",
            (self._ledger_id(ledger), account),
        )
        self._uow.chart_changed()

    def _kept(self, ledger: str, account: str) -> bool:
        found = self._run(
            "SELECT 1 FROM quantity_account WHERE ledger_id = ? AND account = ?",
            (self._ledger_id(ledger), account),
        )
        return found.fetchone() is not None
