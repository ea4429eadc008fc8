"""What disclosure sheets are made from beside balances: money that passed together with an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from village_ledger.domain.period import Span
from village_ledger.storage.queries import Queries, day_of, marks

MoneyFlows = dict[str, tuple[int, int]]
"""Leaf to (received, paid), fen."""


class Entry(NamedTuple):
    """A posted line with the names it carries, fen."""

    day: date
    month: str
    word: str
    number: int
    voucher_id: int
    summary: str
    account: str
    party: str
    project: str
    debit: int
    credit: int


_NAMED = (
    "LEFT JOIN party c ON c.id = {0}.counterparty_id LEFT JOIN party j ON j.id = {0}.project_id "
    "WHERE {0}.ledger_id = ? AND {0}.account IN ({1})"
)


class DisclosureQueries(Queries):
    """Reading for the sheets on the wall."""

    def projects_like(self, words: Sequence[str]) -> list[str]:
        """Names of projects that hold one of some words: what vouchers are tagged with."""
        names = [row[0] for row in self._all("SELECT name FROM party WHERE kind = 'project' ORDER BY name")]
        return [name for name in names if any(word in name for word in words)]

    def entries(
        self, ledger: str, leaves: Sequence[str], span: Span, projects: Sequence[str] | None = None
    ) -> list[Entry]:
        """Every posted line of some leaves in a span, by day, word and number; carry-forward vouchers are left out.

        With ``projects`` only lines that name one of them.
        """
        if not leaves or projects == []:
            return []
        tagged = f" AND j.name IN ({marks(projects)})" if projects else ""
        rows = self._all(
            "SELECT l.day, v.month, v.word, v.number, v.id, l.summary, l.account, coalesce(c.name, ''), "
            "coalesce(j.name, ''), l.debit, l.credit FROM voucher_line l JOIN posting p ON p.voucher_id = l.voucher_id "
            f"JOIN voucher v ON v.id = l.voucher_id {_NAMED.format('l', marks(leaves))} AND l.day >= ? AND l.day <= ? "
            f"AND v.month NOT LIKE '%-13'{tagged} ORDER BY l.day, v.word, v.number, l.line",
            self._ledger_id(ledger),
            *leaves,
            span.first.isoformat(),
            span.last.isoformat(),
            *(projects or ()),
        )
        return [Entry(day_of(day), *rest) for day, *rest in rows]

    def standing_before(
        self, ledger: str, leaves: Sequence[str], day: date, projects: Sequence[str] | None = None
    ) -> dict[tuple[str, str, str], int]:
        """Credit minus debit before a day by (leaf, counterparty, project), fen; openings and carry-forwards included.

        With ``projects`` only what stands on one of them.
        """
        if not leaves or projects == []:
            return {}
        ledger_id, named = self._ledger_id(ledger), _NAMED
        tagged = f" AND j.name IN ({marks(projects)})" if projects else ""
        rows = self._all(
            "SELECT account, party, project, sum(balance) FROM ("
            "SELECT o.account AS account, coalesce(c.name, '') AS party, coalesce(j.name, '') AS project, "
            f"o.credit - o.debit AS balance FROM opening o {named.format('o', marks(leaves))}{tagged} UNION ALL "
            "SELECT l.account, coalesce(c.name, ''), coalesce(j.name, ''), l.credit - l.debit FROM voucher_line l "
            f"JOIN posting p ON p.voucher_id = l.voucher_id {named.format('l', marks(leaves))}{tagged} AND l.day < ?) "
            "GROUP BY 1, 2, 3",
            ledger_id,
            *leaves,
            *(projects or ()),
            ledger_id,
            *leaves,
            *(projects or ()),
            day.isoformat(),
        )
        return {(account, party, project): balance for account, party, project, balance in rows}

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
            flows[account] = (received + up_to(credit, moved or 0), paid + up_to(debit, -(moved or 0)))
        return flows


def up_to(amount: int, moved: int) -> int:
    """The part of a line that money went along with, in the same direction and sign."""
    if amount > 0 < moved:
        return min(amount, moved)
    if amount < 0 > moved:
        return max(amount, moved)
    return 0
