"""What statements and books by month are made from: balances per party, carry-forward, transfers, lines with leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from village_ledger.domain.balance import sided
from village_ledger.domain.period import CLOSING, Month, Span
from village_ledger.domain.statement_figures import moved_in_voucher
from village_ledger.storage.queries import Record, day_of, marks, one_snapshot
from village_ledger.storage.vouchers.queries_balances import BalanceQueries

Sides = dict[str, tuple[int, int]]
"""Leaf to (debit, credit), fen; both only where it is read per counterparty."""


class LeafLine(NamedTuple):
    """A posted line and the leaf it stands on, fen."""

    day: date
    ref: str
    voucher_id: int
    summary: str
    account: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class NumberRun:
    """Posted vouchers of one month and word: numbers, how many, their attachments."""

    month: Month
    word: str
    first: int
    last: int
    count: int
    attachments: int


class StatementQueries(BalanceQueries):
    """Sums for statements; they cost accounts × months and the few vouchers a transfer touches."""

    @one_snapshot
    def sides(self, ledger: str, day: date, by_party: Sequence[str]) -> Sides:
        """Balance of every leaf at the end of a day; those of ``by_party`` summed per counterparty, never netted.

        Before the start of a ledger that began in mid-year: the opening less the 本年累计 typed with it.
        """
        after = day + timedelta(days=1)
        if after < self._start(ledger):
            return self._sides_before_start(ledger, by_party)
        opening, _ = self._openings(ledger, day.year)
        sums = self._sums_before(ledger, after)
        balances: Sides = {}
        for code in {*opening, *sums}:
            debit, credit = sums.get(code, (0, 0))
            balances[code] = sided(opening.get(code, 0) + debit - credit)
        if not by_party:
            return balances
        leaves = list(by_party)
        parties = self._book.remembered(
            (ledger, after, *leaves), lambda: self._sides_before(ledger, leaves, after)
        )
        return balances | {code: parties[code] for code in leaves if code in balances}

    def _sides_before_start(self, ledger: str, by_party: Sequence[str]) -> Sides:
        rows = self._all(
            "SELECT account, coalesce(counterparty_id, 0), sum(debit - credit - year_debit + year_credit) FROM opening "
            "WHERE ledger_id = ? GROUP BY 1, 2",
            self._ledger_id(ledger),
        )
        sums: dict[str, int] = {}
        for code, _, balance in rows:
            sums[code] = sums.get(code, 0) + balance
        parties = {(code, party): balance for code, party, balance in rows if code in by_party}
        return {code: sided(balance) for code, balance in sums.items()} | _gross(parties)

    def _start(self, ledger: str) -> date:
        return Month.parse(
            self._value("SELECT start_month FROM ledger WHERE id = ?", self._ledger_id(ledger))
        ).first

    @one_snapshot
    def nets(self, ledger: str, span: Span) -> dict[str, int]:
        """Debit minus credit of every leaf in a span, fen, without the carry-forward vouchers of 31 December.

        A span from 1 January holds the 本年累计 typed in when the ledger began in that year.
        """
        sums: dict[str, int] = {}
        through, before = self._sums_before(ledger, span.after), self._sums_before(ledger, span.first)
        for sign, figures in ((1, through), (-1, before)):
            for code, (debit, credit) in figures.items():
                sums[code] = sums.get(code, 0) + sign * (debit - credit)
        for code, balance in self._carried_forward(ledger, span):
            sums[code] -= balance
        typed_year, typed = self.typed_sums(ledger)
        if span.first <= date(typed_year, 1, 1) <= span.last:
            for code, balance in typed.items():
                sums[code] = sums.get(code, 0) + balance
        return sums

    def _carried_forward(self, ledger: str, span: Span) -> list[Record]:
        """(leaf, debit − credit) of the closing periods whose 31 December lies in a span."""
        first = span.first.year
        last = span.last.year if (span.last.month, span.last.day) == (12, 31) else span.last.year - 1
        closings = [f"{year}-{CLOSING}" for year in range(first, last + 1)]
        return self._all(
            f"SELECT account, sum(debit - credit) FROM month_total WHERE ledger_id = ? AND month IN ({marks(closings)}) "
            "GROUP BY account",
            self._ledger_id(ledger),
            *closings,
        )

    def typed_sums(self, ledger: str) -> tuple[int, dict[str, int]]:
        """Year the ledger began in, and leaf to debit − credit typed as 本年累计 with its opening, fen."""
        rows = self._all(
            "SELECT account, sum(year_debit - year_credit) FROM opening WHERE ledger_id = ? GROUP BY account "
            "HAVING sum(year_debit) <> 0 OR sum(year_credit) <> 0",
            self._ledger_id(ledger),
        )
        return self._start(ledger).year, dict(rows)  # pyright: ignore[reportArgumentType]  rows are pairs

    def moved(self, ledger: str, source: str, target: str, span: Span) -> int:
        """What posted vouchers moved from an account to another in a span, fen (``moved_in_voucher``).

        Only vouchers with a line on the account that has fewer of them are looked at.
        """
        chart = self._book.reader().chart(ledger)
        sources, targets = (
            [a.code for a in chart if a.is_leaf and a.code.startswith(code)] for code in (source, target)
        )
        few, many, sign = sources, targets, 1
        if self._lines(ledger, sources, span) > self._lines(ledger, targets, span):
            few, many, sign = targets, sources, -1
        rows = self._all(
            "SELECT s.net, (SELECT sum(t.debit - t.credit) FROM voucher_line t WHERE t.voucher_id = s.voucher_id "
            f"AND t.account IN ({marks(many)})) FROM (SELECT voucher_id, sum(debit - credit) AS net FROM voucher_line "
            f"WHERE ledger_id = ? AND account IN ({marks(few)}) AND day >= ? AND day <= ? GROUP BY voucher_id) s "
            "JOIN posting p ON p.voucher_id = s.voucher_id",
            *many,
            self._ledger_id(ledger),
            *few,
            span.first.isoformat(),
            span.last.isoformat(),
        )
        return sum(moved_in_voucher(sign * net, -sign * (other or 0)) for net, other in rows)

    def _lines(self, ledger: str, leaves: Sequence[str], span: Span) -> int:
        """How many posted lines some leaves have in the months of a span."""
        sql = (
            f"SELECT sum(lines) FROM month_total WHERE ledger_id = ? AND account IN ({marks(leaves)}) "
            "AND month >= ? AND month <= ?"
        )
        last = f"{span.last.year}-{CLOSING}" if span.last.month == 12 else str(Month.of(span.last))
        return self._value(sql, self._ledger_id(ledger), *leaves, str(Month.of(span.first)), last) or 0

    def is_carried_forward(self, ledger: str, year: int) -> bool:
        """Whether the year's result has been carried forward (年终结转)."""
        sql = "SELECT 1 FROM period WHERE ledger_id = ? AND month = ?"
        return self._value(sql, self._ledger_id(ledger), f"{year}-{CLOSING}") is not None

    def leaf_lines(self, ledger: str, leaves: Sequence[str], span: Span) -> Iterator[LeafLine]:
        """Posted lines of some leaves by day, word and number, read as they are asked for."""
        rows = self._stream(
            "SELECT l.day, v.word, v.number, v.id, l.summary, l.account, l.debit, l.credit FROM voucher_line l "
            "CROSS JOIN posting p ON p.voucher_id = l.voucher_id CROSS JOIN voucher v ON v.id = l.voucher_id "
            f"WHERE l.ledger_id = ? AND l.account IN ({marks(leaves)}) AND l.day >= ? AND l.day <= ? "
            "ORDER BY l.day, v.word, v.number, l.line",
            self._ledger_id(ledger),
            *leaves,
            span.first.isoformat(),
            span.last.isoformat(),
        )
        for day, word, number, voucher_id, *rest in rows:
            yield LeafLine(day_of(day), f"{word}-{number:04d}", voucher_id, *rest)

    def number_runs(self, ledger: str, span: Span) -> list[NumberRun]:
        """Posted vouchers of a span by month and word."""
        last = Month.of(span.last)
        rows = self._all(
            "SELECT v.month, v.word, min(v.number), max(v.number), count(*), sum(v.attachments) FROM voucher v "
            "JOIN posting p ON p.voucher_id = v.id WHERE v.ledger_id = ? AND v.month >= ? AND v.month <= ? "
            "AND v.day >= ? AND v.day <= ? GROUP BY 1, 2 ORDER BY 1, 2",
            self._ledger_id(ledger),
            str(Month.of(span.first)),
            f"{last.year}-{CLOSING}" if last.month == CLOSING - 1 else str(last),
            span.first.isoformat(),
            span.last.isoformat(),
        )
        return [NumberRun(Month.parse(month), *rest) for month, *rest in rows]


def _gross(parties: dict[tuple[str, int], int]) -> Sides:
    """Leaf to what each party owes and is owed, added up side by side."""
    found: Sides = {}
    for (code, _), balance in parties.items():
        debit, credit = found.get(code, (0, 0))
        more_debit, more_credit = sided(balance)
        found[code] = (debit + more_debit, credit + more_credit)
    return found
