"""Reports of books taken over from another program, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.reports.oldbooks.old_tables import comparison_table, remembered_table

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def comparison_of(reader: Reader, request: ReportRequest) -> Table:
    """The latest import's figures before and after; with a span the one that lies in it."""
    from village_ledger.reports.request import issuer_of

    made = [
        x
        for x in reader.old_imports(request.ledger)
        if request.span is None or (request.span.first <= x.span.first and x.span.last <= request.span.last)
    ]
    if not made:
        raise LedgerError("这本账没有导入过旧账", "从金蝶、用友导入旧账以后才有对照。")
    last = made[-1]
    return comparison_table(
        issuer_of(reader, request.ledger),
        reader.chart(request.ledger),
        last.compared,
        (last.entity, last.span.words(), last.program.words),
    )


def mapping_of(reader: Reader, request: ReportRequest) -> Table:
    """Where the old accounts went."""
    from village_ledger.reports.request import issuer_of

    return remembered_table(
        issuer_of(reader, request.ledger), reader.chart(request.ledger), reader.old_mapping(request.ledger)
    )


OLDBOOK_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "old-comparison": comparison_of,
    "old-mapping": mapping_of,
}
