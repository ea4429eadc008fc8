"""Reading cash counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.cash_count import CashCount
from village_ledger.domain.period import Span
from village_ledger.storage.queries import Queries, day_of, one_snapshot


@dataclass(frozen=True, slots=True)
class StoredCount:
    """A count as the book holds it; ``voucher_id`` books its difference, 0 while none does."""

    id: int
    found: CashCount
    by: str
    at: str
    voucher_id: int


class CashCountQueries(Queries):
    """Counts of the cash box."""

    @one_snapshot
    def cash_counts(self, ledger: str, span: Span) -> list[StoredCount]:
        """Counts of some days by account and day; of several on one day the latest is last."""
        return list(self._counts(ledger, span.first, span.last))

    def _counts(self, ledger: str, first: date, last: date) -> Iterator[StoredCount]:
        rows = self._all(
            'SELECT c.id, c.account, c.day, c.book, c.total, c.reason, c."by", c.at, '
            "(SELECT max(x.voucher_id) FROM cash_count_voucher x JOIN voucher v ON v.id = x.voucher_id "
            "WHERE x.count_id = c.id AND v.state <> 'void') "
            "FROM cash_count c WHERE c.ledger_id = ? AND c.day BETWEEN ? AND ? ORDER BY c.account, c.day, c.id",
            self._ledger_id(ledger),
            first.isoformat(),
            last.isoformat(),
        )
        for count_id, account, day, book, total, reason, by, at, voucher_id in rows:
            rows_of = self._all(
                "SELECT denomination, pieces FROM cash_count_piece WHERE count_id = ? ORDER BY denomination DESC",
                count_id,
            )
            pieces: dict[int, int] = {denomination: number for denomination, number in rows_of}  # noqa: C416  rows are untyped
            found = CashCount(account, day_of(day), book, total, pieces, reason)
            yield StoredCount(count_id, found, by, at, voucher_id or 0)
