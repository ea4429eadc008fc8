"""What disclosure sheets are made from beside balances: money that passed together with an account."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.period import Span
from village_ledger.storage.queries import Queries, marks

MoneyFlows = dict[str, tuple[int, int]]
"""Leaf to (received, paid), fen."""


class DisclosureQueries(Queries):
    """Reading for the sheets on the wall."""

    def money_flows(self, ledger: str, leaves: Sequence[str], money: Sequence[str], span: Span) -> MoneyFlows:
        """Credits of leaves on posted vouchers that brought money in, and debits on those that took it out.

        A line counts up to the money its voucher moved that way; red letters take back what they correct.
        """
        if not leaves or not money:
            return {}
        rows = self._all(
            "SELECT l.account, l.debit, l.credit, (SELECT sum(m.debit - m.credit) FROM voucher_line m "
            f"WHERE m.voucher_id = l.voucher_id AND m.account IN ({marks(money)})) FROM voucher_line l "
            "JOIN posting p ON p.voucher_id = l.voucher_id "
            f"WHERE l.ledger_id = ? AND l.account IN ({marks(leaves)}) AND l.day >= ? AND l.day <= ?",
            *money,
            self._ledger_id(ledger),
            *leaves,
            span.first.isoformat(),
            span.last.isoformat(),
        )
        flows: MoneyFlows = {}
        for account, debit, credit, moved in rows:
            received, paid = flows.get(account, (0, 0))
            flows[account] = (received + _up_to(credit, moved or 0), paid + _up_to(debit, -(moved or 0)))
        return flows


def _up_to(amount: int, moved: int) -> int:
    """The part of a line that money went along with, in the same direction and sign."""
    if amount > 0 < moved:
        return min(amount, moved)
    if amount < 0 > moved:
        return max(amount, moved)
    return 0
