"""What a reviewer's checks read of a whole book: ids of posted vouchers, so that the vouchers can be gone through in parts."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.period import Span
from village_ledger.storage.queries import Queries

_PART = 500


class ScanQueries(Queries):
    """Reads a book from end to end without holding it."""

    def posted_parts(self, ledger: str, span: Span) -> Iterator[list[int]]:
        """Ids of a ledger's posted vouchers of some days, by day, in parts."""
        rows = self._all(
            "SELECT v.id FROM voucher v JOIN posting p ON p.voucher_id = v.id WHERE v.ledger_id = ? AND v.day >= ? "
            "AND v.day <= ? ORDER BY v.day, v.id",
            self._ledger_id(ledger),
            span.first.isoformat(),
            span.last.isoformat(),
        )
        for start in range(0, len(rows), _PART):
            yield [voucher_id for (voucher_id,) in rows[start : start + _PART]]

    def voucher_states(self, ledger: str, span: Span) -> dict[str, int]:
        """How many vouchers of some days stand at which state."""
        rows = self._all(
            "SELECT state, count(*) FROM voucher WHERE ledger_id = ? AND day >= ? AND day <= ? GROUP BY state",
            self._ledger_id(ledger),
            span.first.isoformat(),
            span.last.isoformat(),
        )
        return dict(rows)

    def waiting_vouchers(self, ledger: str, before: str) -> list[tuple[str, str, int, str]]:
        """Vouchers dated before a day that are neither posted nor void: month, word, number, day."""
        return self._all(
            "SELECT v.month, v.word, v.number, v.day FROM unposted u JOIN voucher v ON v.id = u.voucher_id "
            "WHERE v.ledger_id = ? AND v.day < ? ORDER BY v.day, v.id",
            self._ledger_id(ledger),
            before,
        )
