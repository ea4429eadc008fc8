"""Looking over the sums a book keeps: each is what the lines of posted vouchers, or the movements under it, come to.

SQLite compares by itself, in one statement a kind of sum; rows are only handed over where something differs. A long book's sums
are therefore proven without Python having to do anything meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.queries import Queries, one_snapshot
from village_ledger.storage.vouchers.party_sides import BALANCES, SIDES

_COUNTED = ("debit", "credit", "lines")
_BOTH = ("debit", "credit")


def _posted(key: Sequence[str], figures: Sequence[str], only: str = "TRUE") -> str:
    """What posted lines of a ledger (?1) come to by account and key; a voucher is only asked for where its month is."""
    voucher = "JOIN voucher v ON v.id = l.voucher_id " if "v.month" in key else ""
    summed = {
        "debit": "sum(l.debit) AS debit",
        "credit": "sum(l.credit) AS credit",
        "lines": "count(*) AS lines",
    }
    grouped = ", ".join(("l.account", *key))
    return (
        f"SELECT {grouped}, {', '.join(summed[figure] for figure in figures)} FROM voucher_line l "
        f"JOIN posting p ON p.voucher_id = l.voucher_id {voucher}WHERE l.ledger_id = ?1 AND {only} GROUP BY {grouped}"
    )


class _Kept(NamedTuple):
    """Sums a book keeps of each ledger: whose they are beside the account, and what they should be."""

    words: str
    table: str
    key: tuple[str, ...]
    figures: tuple[str, ...]
    summed: str

    @property
    def columns(self) -> str:
        return ", ".join(("account", *self.key, *self.figures))

    @property
    def question(self) -> str:
        """How many are kept, how many should be, and how many of these are kept just so."""
        same = " AND ".join(f"k.{name} = s.{name}" for name in ("account", *self.key, *self.figures))
        return (
            f"SELECT (SELECT count(*) FROM {self.table} WHERE ledger_id = ?1), count(*), count(k.account) "
            f"FROM ({self.summed}) s LEFT JOIN {self.table} k ON k.ledger_id = ?1 AND {same}"
        )


_KEPT = (
    _Kept("月合计", "month_total", ("month",), _COUNTED, _posted(("v.month",), _COUNTED)),
    _Kept("日合计", "day_total", ("day",), _COUNTED, _posted(("l.day",), _COUNTED)),
    _Kept(
        "往来合计",
        "party_total",
        ("month", "counterparty_id"),
        _BOTH,
        _posted(("v.month", "l.counterparty_id"), _BOTH, "l.counterparty_id IS NOT NULL"),
    ),
    _Kept(
        "项目合计",
        "project_total",
        ("month", "project_id"),
        _BOTH,
        _posted(("v.month", "l.project_id"), _BOTH, "l.project_id IS NOT NULL"),
    ),
    _Kept("往来两方", "side_total", ("month",), _BOTH, SIDES),
    _Kept(
        "往来余额",
        "party_balance",
        ("counterparty_id",),
        ("balance",),
        f"SELECT account, party AS counterparty_id, balance FROM ({BALANCES})",
    ),
)


class TotalsInspection(Queries):
    """Findings about the sums a book keeps (V4)."""

    @one_snapshot
    def totals(self, ledger: str) -> list[Finding]:
        """Month, day, party and project totals equal the sums of posted lines, and what counterparties have follows."""
        return [finding for kept in _KEPT for finding in self._of(kept, ledger)]

    def _of(self, kept: _Kept, ledger: str) -> Iterator[Finding]:
        ledger_id = self._ledger_id(ledger)
        if len({*(self._one(kept.question, ledger_id) or ())}) == 1:
            return
        has = self._rows(kept, f"{kept.table} WHERE ledger_id = ?1", ledger_id)
        should = self._rows(kept, f"({kept.summed})", ledger_id)
        for place in sorted({*has, *should}):
            if has.get(place) != should.get(place):
                yield Finding(
                    "V4",
                    place,
                    f"{kept.words}和凭证不符",
                    ledger,
                    _sides(should.get(place)),
                    _sides(has.get(place)),
                )

    def _rows(self, kept: _Kept, source: str, ledger_id: int) -> dict[str, list[int]]:
        """Figures by account and key, as a finding names them."""
        parts = 1 + len(kept.key)
        return {
            " ".join(map(str, row[:parts])): [*row[parts:]]
            for row in self._all(f"SELECT {kept.columns} FROM {source}", ledger_id)
        }


def _sides(figures: Sequence[int] | None) -> str:
    """Debit and credit; a single figure is a balance, debit above zero."""
    figures = figures or (0,)
    debit, credit = figures[:2] if len(figures) > 1 else (max(figures[0], 0), max(-figures[0], 0))
    return f"借 {format_fen(debit)} 贷 {format_fen(credit)}"
