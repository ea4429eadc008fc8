"""The opening document, read from a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.reports.books.opening import opening_table
from village_ledger.reports.request import ReportRequest, issuer_of, warnings_of
from village_ledger.services.book.openings import CHANGED

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def opening_of(reader: Reader, request: ReportRequest) -> Table:
    """The opening document of a ledger; raises LedgerError before it is entered."""
    with reader.snapshot():
        info = reader.ledger(request.ledger)
        document = reader.opening_document(info.code)
        if document is None:
            raise LedgerError(f"{info.title}还没有录入期初余额", "请先在设置的“期初余额”里录入，或导入。")
        changes = [o for o in reader.operations() if o.ledger == info.code and o.action == CHANGED]
        first = Span(info.start.first, info.start.first)
        return opening_table(
            issuer_of(reader, info.code),
            reader.chart(info.code),
            info.start,
            document,
            reader.opening_lines(info.code),
            changes,
            [words for words in warnings_of(reader, info, first) if words.startswith("期初")],
        )
