"""An account's posted lines over a span, openable at any place (明细账)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Account
from village_ledger.domain.period import Month, Span
from village_ledger.storage.queries import day_of
from village_ledger.storage.records import LedgerEntry

if TYPE_CHECKING:
    from village_ledger.storage.vouchers.queries_balances import BalanceQueries


class LedgerSlice:
    """An account's posted lines over a span; a page costs the days it lies in, wherever it is."""

    def __init__(
        self, queries: BalanceQueries, ledger: str, account: Account, leaves: list[str], span: Span
    ) -> None:
        self._queries = queries
        self._ledger = ledger
        self._leaves = leaves
        self.account = account
        self.span = span
        self.opening = queries.balance_before(ledger, leaves, span.first)
        """Balance before the span, debit − credit, fen."""
        self.months = queries.ledger_months(ledger, leaves, span) if leaves else []
        """(month, debit, credit, lines) within the span."""
        self._lines_before = [0, *accumulate(lines for _, _, _, lines in self.months)]
        self._balance_before = list(accumulate((d - c for _, d, c, _ in self.months), initial=self.opening))
        self._days: dict[Month, list[tuple[date, int, int, int]]] = {}

    @property
    def count(self) -> int:
        """How many lines."""
        return self._lines_before[-1]

    def __iter__(self) -> Iterator[LedgerEntry]:
        for month, _, _, _ in self.months:
            place = self._lines_before[self._month_index(month)]
            yield from self.page(place, self._lines_before[self._month_index(month) + 1] - place)

    def _month_index(self, month: Month) -> int:
        return next(i for i, entry in enumerate(self.months) if entry[0] == month)

    def _month_days(self, index: int) -> list[tuple[date, int, int, int]]:
        month = self.months[index][0]
        if month not in self._days:
            if len(self._days) > 64:
                self._days.clear()
            within = Span(max(month.first, self.span.first), min(month.last, self.span.last))
            self._days[month] = self._queries.ledger_days(self._ledger, self._leaves, within)
        return self._days[month]

    def page(self, offset: int, limit: int) -> list[LedgerEntry]:
        """``limit`` entries from place ``offset`` on, with running balances."""
        limit = min(limit, self.count - offset)
        if limit <= 0 or offset < 0:
            return []
        index = min(bisect_right(self._lines_before, offset) - 1, len(self.months) - 1)
        skip, balance = offset - self._lines_before[index], self._balance_before[index]
        first = self.months[index][0].first
        for day, debit, credit, lines in self._month_days(index):
            first = day
            if skip < lines:
                break
            skip -= lines
            balance += debit - credit
        rows = self._queries.ledger_lines(
            self._ledger, self._leaves, Span(first, self._last_day(offset + limit)), skip + limit, 0
        )
        entries: list[LedgerEntry] = []
        for place, (day, word, number, voucher_id, summary, party, debit, credit) in enumerate(rows):
            balance += debit - credit
            if place >= skip:
                ref = f"{word}-{number:04d}"
                entries.append(
                    LedgerEntry(day_of(day), ref, voucher_id, summary, party or "", debit, credit, balance)
                )
        return entries

    def _last_day(self, end: int) -> date:
        """The day the entry before place ``end`` lies on, so that no more days are sorted than shown."""
        index = min(bisect_right(self._lines_before, end - 1) - 1, len(self.months) - 1)
        left = end - self._lines_before[index]
        for day, _, _, lines in self._month_days(index):
            left -= lines
            if left <= 0:
                return day
        return self.months[index][0].last
