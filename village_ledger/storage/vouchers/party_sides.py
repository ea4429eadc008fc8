"""Keeping what counterparties owe and are owed up to date: for a few movements one by one, else worked out anew.

Both sides of a leaf at the end of a month depend on every counterparty's balance then. A movement changes its own month, and
of the later ones only those in which the same counterparty moved again: the few rows it has in ``party_total``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Moves = Mapping[tuple[str, int, str], list[int]]
"""(leaf, counterparty, month) to debit and credit that are being added, fen."""
FEW = 500
"""Counterparties up to which they are followed one by one."""

_MOVED = (
    "SELECT account, counterparty_id AS party, '' AS month, sum(debit - credit) AS net FROM opening "
    "WHERE ledger_id = ?1 AND counterparty_id IS NOT NULL GROUP BY 1, 2 UNION ALL "
    "SELECT account, counterparty_id, month, debit - credit FROM party_total WHERE ledger_id = ?1"
)
SIDES = (
    "SELECT account, month, sum(max(after, 0) - max(after - net, 0)) AS debit, "
    "sum(max(-after, 0) - max(net - after, 0)) AS credit FROM (SELECT account, month, net, "
    f"sum(net) OVER (PARTITION BY account, party ORDER BY month) AS after FROM ({_MOVED})) GROUP BY account, month"
)
"""Both sides of a ledger (?1) worked out from its opening and the totals by counterparty."""
BALANCES = f"SELECT account, party, sum(net) AS balance FROM ({_MOVED}) GROUP BY account, party"
"""What every leaf of a ledger (?1) has with every counterparty."""


def make_anew(run: Callable[..., Any], ledger_id: int) -> None:
    """Work all of a ledger out again: after its opening document was written, or many vouchers came at once."""
    for table, rows in (("side_total", SIDES), ("party_balance", BALANCES)):
        run(f"DELETE FROM {table} WHERE ledger_id = ?", (ledger_id,))
        run(f"INSERT INTO {table} SELECT ?1, * FROM ({rows})", (ledger_id,))


def follow(run: Callable[..., Any], ledger_id: int, moves: Moves) -> None:
    """Take up movements that ``party_total`` does not hold yet."""
    of_party: dict[tuple[str, int], dict[str, int]] = {}
    for (account, party, month), (debit, credit) in moves.items():
        of_party.setdefault((account, party), {})[month] = debit - credit
    sides: dict[tuple[str, str], list[int]] = {}
    for (account, party), new in sorted(of_party.items()):
        who = (ledger_id, account, party)
        kept = run(
            "SELECT balance FROM party_balance WHERE ledger_id = ? AND account = ? AND counterparty_id = ?",
            who,
        ).fetchone()
        old: dict[str, int] = dict(
            run(
                "SELECT month, debit - credit FROM party_total WHERE ledger_id = ? AND account = ? "
                "AND counterparty_id = ? AND month >= ?",
                (*who, min(new)),
            ).fetchall()
        )
        was = becomes = (kept[0] if kept else 0) - sum(old.values())
        for month in sorted({*old, *new}):
            change = sides.setdefault((account, month), [0, 0])
            before = (was, becomes)
            was += old.get(month, 0)
            becomes += old.get(month, 0) + new.get(month, 0)
            change[0] += _grown(before[1], becomes) - _grown(before[0], was)
            change[1] += _grown(-before[1], -becomes) - _grown(-before[0], -was)
        run(
            "INSERT INTO party_balance VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET balance = excluded.balance",
            (*who, becomes),
        )
    run(
        "INSERT INTO side_total VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "debit = debit + excluded.debit, credit = credit + excluded.credit",
        [(ledger_id, *key, *change) for key, change in sorted(sides.items())],
    )


def _grown(before: int, after: int) -> int:
    """By how much a side grew when a balance moved; a balance below zero stands on the other side."""
    return max(after, 0) - max(before, 0)
