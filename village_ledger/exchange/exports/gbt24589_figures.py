"""Balances of a year by period, account and what stands beside it, gathered from the vouchers one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from village_ledger.domain.chart import Chart
from village_ledger.domain.period import Month


class Key(NamedTuple):
    """An account, and codes of what stands beside it; all empty for the account as a whole."""

    account: str
    party: str = ""
    project: str = ""
    group: str = ""

    @property
    def beside(self) -> tuple[str, str, str]:
        """The codes in the order of the dimensions."""
        return self.party, self.project, self.group


@dataclass(slots=True)
class Moved:
    """What moved in one period, fen and thousandths."""

    debit: int = 0
    credit: int = 0
    debit_quantity: int = 0
    credit_quantity: int = 0


class Figures(NamedTuple):
    """One record of balances; opening and closing are debit − credit."""

    period: Month
    key: Key
    opening: int
    moved: Moved
    closing: int
    opening_quantity: int
    closing_quantity: int


@dataclass(slots=True)
class YearFigures:
    """All that is summed while the vouchers pass by."""

    chart: Chart
    openings: dict[Key, list[int]] = field(default_factory=dict[Key, list[int]])
    moved: dict[Month, dict[Key, Moved]] = field(default_factory=dict[Month, dict[Key, Moved]])

    def open(self, key: Key, fen: int, quantity: int) -> None:
        """A balance the year begins with."""
        for one in self._above(key):
            both = self.openings.setdefault(one, [0, 0])
            both[0] += fen
            both[1] += quantity

    def add(self, period: Month, key: Key, debit: int, credit: int, quantity: int) -> None:
        """One line."""
        period_moved = self.moved.setdefault(period, {})
        for one in self._above(key):
            moved = period_moved.setdefault(one, Moved())
            moved.debit += debit
            moved.credit += credit
            if debit:
                moved.debit_quantity += quantity
            else:
                moved.credit_quantity += quantity

    def _above(self, key: Key) -> Iterator[Key]:
        """The key itself, its account as a whole, and every account above."""
        if any(key.beside):
            yield key
        code = key.account
        while code:
            yield Key(code)
            code = self.chart.get(code).parent

    def by_period(self, periods: Iterable[Month]) -> Iterator[Figures]:
        """Records period by period in the order of accounts; what is nothing and does not move is left out."""
        standing = {key: list(both) for key, both in self.openings.items()}
        for period in periods:
            moved = self.moved.get(period, {})
            for key in sorted({*standing, *moved}):
                opening, quantity = standing.get(key, [0, 0])
                now = moved.get(key, Moved())
                closing = opening + now.debit - now.credit
                quantity_after = quantity + now.debit_quantity - now.credit_quantity
                if opening or closing or now.debit or now.credit or quantity or quantity_after:
                    yield Figures(period, key, opening, now, closing, quantity, quantity_after)
                standing[key] = [closing, quantity_after]
