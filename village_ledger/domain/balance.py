"""Balances and turnovers of accounts: figures of the leaves, rolled up along the codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from village_ledger.domain.chart import Account, Chart


@dataclass(frozen=True, slots=True)
class Turnover:
    """Figures of one leaf over a span, fen.

    Openings and closings have both sides, because a two-way account (113 内部往来) is one-sided only per
    counterparty: what one member owes never hides what is owed to another.
    """

    account: str
    opening_debit: int = 0
    opening_credit: int = 0
    debit: int = 0
    credit: int = 0
    year_debit: int = 0
    year_credit: int = 0
    closing_debit: int = 0
    closing_credit: int = 0

    @property
    def opening(self) -> int:
        """Debit minus credit before the span."""
        return self.opening_debit - self.opening_credit

    @property
    def closing(self) -> int:
        """Debit minus credit after the span."""
        return self.closing_debit - self.closing_credit


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account of any level with its figures, fen; each the sum of the leaves below."""

    account: Account
    opening_debit: int
    opening_credit: int
    debit: int
    credit: int
    year_debit: int
    year_credit: int
    closing_debit: int
    closing_credit: int


def sided(balance: int) -> tuple[int, int]:
    """Debit-minus-credit as (debit, credit) columns, fen: a balance stands on the side it falls."""
    return (balance, 0) if balance >= 0 else (0, -balance)


def roll_up(chart: Chart, turnovers: Iterable[Turnover]) -> list[AccountBalance]:
    """Balances of every used account at every level, in code order; parents sum their leaves' columns."""
    sums: dict[str, list[int]] = {}
    accounts = chart.as_mapping()
    for t in turnovers:
        figures = (
            t.opening_debit,
            t.opening_credit,
            t.debit,
            t.credit,
            t.year_debit,
            t.year_credit,
            t.closing_debit,
            t.closing_credit,
        )
        if not any(figures):
            continue
        code = t.account
        while code:
            total = sums.setdefault(code, [0] * 8)
            for place, figure in enumerate(figures):
                total[place] += figure
            code = accounts[code].parent
    return [AccountBalance(accounts[code], *sums[code]) for code in sorted(sums)]
