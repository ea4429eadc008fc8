"""Looking cash counts over: each is in the operation log, its pieces come to its sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.storage.queries import Queries

RULE = "V51"
COUNTED = "现金盘点"
"""Action of the operation log."""
EVER = Span(date(1900, 1, 1), date(9999, 12, 31))


class CashCountInspection(Queries):
    """Findings about counts of the cash box."""

    def counts(self, ledger: str) -> Iterator[Finding]:
        """No count was added, changed or taken away; pieces say what the sum says."""
        stored = self._book.reader().cash_counts(ledger, EVER)
        written = Counter((x.at, x.by, f"{x.found.account} {x.found.day}", x.found.detail) for x in stored)
        logged = Counter(
            map(
                tuple,
                self._all(
                    'SELECT at, "by", subject, detail FROM operation WHERE ledger = ? AND action = ?',
                    ledger,
                    COUNTED,
                ),
            )
        )
        for record in written - logged:
            yield Finding(RULE, record[2], "现金盘点的记录和操作日志对不上", ledger, found=record[3])
        for record in logged - written:
            yield Finding(RULE, record[2], "现金盘点的记录不见了", ledger, record[3])
        for one in stored:
            found = sum(d * number for d, number in one.found.pieces.items())
            if one.found.pieces and found != one.found.total:
                record = f"{one.found.account} {one.found.day}"
                total = format_fen(one.found.total)
                yield Finding(RULE, record, "现金盘点的张数和合计对不上", ledger, total, format_fen(found))
