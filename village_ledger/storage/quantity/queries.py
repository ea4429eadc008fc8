"""Reading quantities: what an account measured before a day, and its lines one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from village_ledger.domain.period import Month, Span
from village_ledger.storage.queries import Queries, day_of, one_snapshot

_POSTED_LINES = "FROM voucher_line l CROSS JOIN posting p ON p.voucher_id = l.voucher_id "
_MEASURED = "LEFT JOIN line_quantity q ON q.voucher_id = l.voucher_id AND q.line = l.line "
_OF_ACCOUNT = "WHERE l.ledger_id = ? AND l.account = ? AND l.day >= ? AND l.day < ?"


class Stock(NamedTuple):
    """What moved on an account: quantities in thousandths, amounts in fen."""

    in_quantity: int = 0
    in_amount: int = 0
    out_quantity: int = 0
    out_amount: int = 0

    @property
    def quantity(self) -> int:
        """In less out."""
        return self.in_quantity - self.out_quantity

    @property
    def amount(self) -> int:
        """In less out, fen."""
        return self.in_amount - self.out_amount

    def plus(self, other: Stock) -> Stock:
        """Both together."""
        return Stock(*(a + b for a, b in zip(self, other, strict=True)))


class QuantityLine(NamedTuple):
    """A posted line of an account kept by quantity."""

    day: date
    ref: str
    voucher_id: int
    summary: str
    moved: Stock


class QuantityQueries(Queries):
    """Posted quantities."""

    def opening_stock(self, ledger: str, account: str) -> Stock:
        """What the opening document says of an account."""
        debit, credit, into, out = self._one(
            "SELECT coalesce(sum(o.debit), 0), coalesce(sum(o.credit), 0), "
            "coalesce(sum(CASE WHEN o.debit <> 0 THEN q.quantity END), 0), "
            "coalesce(sum(CASE WHEN o.credit <> 0 THEN q.quantity END), 0) "
            "FROM opening o LEFT JOIN opening_quantity q ON q.opening_id = o.id WHERE o.ledger_id = ? AND o.account = ?",
            self._ledger_id(ledger),
            account,
        ) or (0, 0, 0, 0)
        return Stock(into, debit, out, credit)

    def stock_moved(self, ledger: str, account: str, first: date, after: date) -> Stock:
        """What posted lines from ``first`` on and before ``after`` moved."""
        row = self._one(
            "SELECT coalesce(sum(CASE WHEN l.debit <> 0 THEN q.quantity END), 0), coalesce(sum(l.debit), 0), "
            "coalesce(sum(CASE WHEN l.credit <> 0 THEN q.quantity END), 0), coalesce(sum(l.credit), 0) "
            f"{_POSTED_LINES}{_MEASURED}{_OF_ACCOUNT}",
            self._ledger_id(ledger),
            account,
            first.isoformat(),
            after.isoformat(),
        )
        return Stock(*row) if row else Stock()

    def quantity_lines(self, ledger: str, account: str, span: Span, limit: int) -> Iterator[QuantityLine]:
        """Posted lines by day, word and number, ``limit`` at a time: a month is never held as a whole."""
        key = ("", "", 0, 0)
        while True:
            rows = self._all(
                "SELECT l.day, v.word, v.number, l.line, v.id, l.summary, l.debit, l.credit, coalesce(q.quantity, 0) "
                f"{_POSTED_LINES}CROSS JOIN voucher v ON v.id = l.voucher_id {_MEASURED}{_OF_ACCOUNT} "
                "AND (l.day, v.word, v.number, l.line) > (?, ?, ?, ?) ORDER BY l.day, v.word, v.number, l.line LIMIT ?",
                self._ledger_id(ledger),
                account,
                max(span.first.isoformat(), key[0]),
                span.after.isoformat(),
                *key,
                limit,
            )
            for day, word, number, line, voucher_id, summary, debit, credit, quantity in rows:
                key = (day, word, number, line)
                moved = Stock(quantity, debit, 0, 0) if debit else Stock(0, 0, quantity, credit)
                yield QuantityLine(day_of(day), f"{word}-{number:04d}", voucher_id, summary, moved)
            if len(rows) < limit:
                return

    @one_snapshot
    def quantity_months(self, ledger: str, account: str, span: Span) -> list[tuple[Month, int]]:
        """(month, lines) of an account within a span."""
        months = self._book.reader().ledger_months(ledger, [account], span)
        return [(month, lines) for month, _, _, lines in months]

    def measured(self, ledger: str, account: str) -> bool:
        """Whether a line, posted or not, or an opening balance of the account has a quantity."""
        ledger_id = self._ledger_id(ledger)
        joins = (
            "voucher_line l JOIN line_quantity q ON q.voucher_id = l.voucher_id AND q.line = l.line",
            "opening l JOIN opening_quantity q ON q.opening_id = l.id",
        )
        return any(
            self._one(
                f"SELECT 1 FROM {join} WHERE l.ledger_id = ? AND l.account = ? LIMIT 1", ledger_id, account
            )
            is not None
            for join in joins
        )
