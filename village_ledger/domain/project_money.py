"""A project's money (专款专用): what one voucher brings it and spends of it."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.chart import Account, Side

PASSES_ON = frozenset({"所有者权益", "净资产", "收入"})


@dataclass(frozen=True, slots=True)
class FundAccounts:
    """Leaves of a chart by what they say about a project's money."""

    funds: tuple[str, ...]
    assets: frozenset[str]
    expenses: frozenset[str]


def passes_on(account: Account) -> bool:
    """Whether a credit here, against a fund's debit, only passes the money on: 241 → 311, 2301 → 4402."""
    return account.category in PASSES_ON or (account.category == "损益" and account.side is Side.CREDIT)


@dataclass(slots=True)
class VoucherSums:
    """One voucher's lines on one project summed, fen."""

    came: int = 0
    left: int = 0
    expense: int = 0
    asset_debit: int = 0
    asset_credit: int = 0

    def take(self, kinds: FundAccounts, account: str, debit: int, credit: int) -> None:
        """Add a line that names the project."""
        if account in kinds.funds:
            self.came += credit
            self.left += debit
        elif account in kinds.expenses:
            self.expense += debit - credit
        elif account in kinds.assets:
            self.asset_debit += debit
            self.asset_credit += credit

    def spent(self, passed_on: int) -> int:
        """What the voucher spends; ``passed_on`` is what it credits to accounts that pass money on.

        Assets exchanged for others (153 → 151) are neither gained nor lost; red-letter lines take spending back.
        """
        gained = self.asset_debit - self.asset_credit
        borne = self.expense + (max(gained, 0) if self.asset_credit > 0 else gained)
        direct = self.left - passed_on
        if self.left == 0:
            return borne
        return borne + (max(direct, 0) if self.left > 0 else min(direct, 0))
