"""What statements are worked out from: a few sums per account, asked by day or span.

``StatementFigures`` is what a book must be able to tell. ``LeafFigures`` tells it from turnovers already read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from village_ledger.domain.balance import Turnover
from village_ledger.domain.period import Span

Moves = Callable[[str, str, Span], int]


class StatementFigures(Protocol):
    """Posted figures of one ledger, fen. A code of any level stands for all leaves below it."""

    def balance(self, code: str, day: date) -> int:
        """Debit minus credit at the end of a day, carry-forward vouchers of that day included.

        Before the first month of a ledger that began in mid-year: the opening less the 本年累计 typed with it.
        """
        ...

    def debit_parties(self, code: str, day: date) -> int:
        """What stands on the debit side at the end of a day, summed per leaf and counterparty (never negative)."""
        ...

    def credit_parties(self, code: str, day: date) -> int:
        """What stands on the credit side, in the same way (never negative)."""
        ...

    def net(self, code: str, span: Span) -> int:
        """Debit minus credit of a span without carry-forward vouchers (the closing period).

        A span from 1 January includes the 本年累计 typed in when the ledger began in that year.
        """
        ...

    def typed(self, code: str, span: Span) -> int:
        """Debit minus credit typed as 本年累计, when the ledger began in mid-year within the span; else 0."""
        ...

    def moved(self, source: str, target: str, span: Span) -> int:
        """Sum over the span's vouchers, carry-forward ones too, of ``moved_in_voucher``."""
        ...


def moved_in_voucher(source_net: int, target_net: int) -> int:
    """What one voucher moved from a source to a target, fen.

    ``source_net`` is debit minus credit of its lines on the source, ``target_net`` credit minus debit of its lines on
    the target. A red-letter or opposite voucher takes back what was moved and counts negative.
    """
    if source_net > 0 and target_net > 0:
        return min(source_net, target_net)
    if source_net < 0 and target_net < 0:
        return max(source_net, target_net)
    return 0


def _nothing_moved(source: str, target: str, span: Span) -> int:  # noqa: ARG001 – the shape of Moves
    return 0


@dataclass(frozen=True, slots=True)
class LeafFigures:
    """Figures per leaf, read once: a statement then costs its accounts, not its vouchers."""

    balances: Mapping[date, Mapping[str, tuple[int, int]]]
    """Day to leaf to (debit, credit) at the end of that day; both sides only where an account is two-way."""
    nets: Mapping[Span, Mapping[str, int]] = field(default_factory=dict[Span, Mapping[str, int]])
    """Span to leaf to debit − credit without carry-forward vouchers."""
    moves: Moves = _nothing_moved
    typed_year: int = 0
    """The year in which the ledger began in mid-year; 0 when it began in January."""
    typed_sums: Mapping[str, int] = field(default_factory=dict[str, int])
    """Leaf to debit − credit typed as 本年累计."""

    @classmethod
    def of(
        cls,
        turnovers: Mapping[Span, Iterable[Turnover]],
        carried: Mapping[Span, Mapping[str, int]],
        moves: Moves = _nothing_moved,
        typed: tuple[int, Mapping[str, int]] | None = None,
    ) -> LeafFigures:
        """From the turnovers of every span a statement's columns need (``Statement.spans``).

        ``carried`` is, per span, leaf to debit − credit of the carry-forward vouchers in it; ``typed`` is the year of
        a mid-year start and leaf to debit − credit typed as 本年累计.
        """
        balances: dict[date, dict[str, tuple[int, int]]] = {}
        nets: dict[Span, dict[str, int]] = {}
        for span, rows in turnovers.items():
            leaves = list(rows)
            before = span.first - timedelta(days=1)
            balances[before] = {t.account: (t.opening_debit, t.opening_credit) for t in leaves}
            balances[span.last] = {t.account: (t.closing_debit, t.closing_credit) for t in leaves}
            out = carried.get(span, {})
            nets[span] = {t.account: _net(t, span) - out.get(t.account, 0) for t in leaves}
        year, sums = typed or (0, {})
        return cls(balances, nets, moves, year, sums)

    def balance(self, code: str, day: date) -> int:
        """Debit minus credit at the end of a day."""
        return sum(debit - credit for debit, credit in self._sides(code, day))

    def debit_parties(self, code: str, day: date) -> int:
        """What stands on the debit side."""
        return sum(debit for debit, _ in self._sides(code, day))

    def credit_parties(self, code: str, day: date) -> int:
        """What stands on the credit side."""
        return sum(credit for _, credit in self._sides(code, day))

    def net(self, code: str, span: Span) -> int:
        """Debit minus credit of a span without carry-forward vouchers."""
        return _sum_below(self.nets[span], code)

    def typed(self, code: str, span: Span) -> int:
        """Debit minus credit typed as 本年累计 in the span's year."""
        begins = (span.first.month, span.first.day) == (1, 1)
        return _sum_below(self.typed_sums, code) if begins and span.first.year == self.typed_year else 0

    def moved(self, source: str, target: str, span: Span) -> int:
        """What vouchers moved from one account to another."""
        return self.moves(source, target, span)

    def _sides(self, code: str, day: date) -> list[tuple[int, int]]:
        return [sides for leaf, sides in self.balances[day].items() if leaf.startswith(code)]


def _net(turnover: Turnover, span: Span) -> int:
    if (span.first.month, span.first.day) == (1, 1):
        return turnover.year_debit - turnover.year_credit
    return turnover.debit - turnover.credit


def _sum_below(leaves: Mapping[str, int], code: str) -> int:
    return sum(amount for leaf, amount in leaves.items() if leaf.startswith(code))
