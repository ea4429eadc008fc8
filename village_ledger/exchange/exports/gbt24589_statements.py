"""The statutory statements of a ledger in the audit interface (T208, T209), as they stand at the end of the span."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make

if TYPE_CHECKING:
    from village_ledger.exchange.exports.export_entries import Books
    from village_ledger.exchange.exports.gbt24589_tables import ModuleFile
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

_STATEMENTS = {
    LedgerKind.COLLECTIVE: ("balance-sheet", "income-distribution"),
    LedgerKind.COMMITTEE: ("balance-sheet", "surplus"),
}
_FIGURES = ("closing", "current", "year")
"""Key of the column that holds a statement's figures of the year."""


def write_statements(reader: Reader, file: ModuleFile, books: Books) -> None:
    """All statements first, then all their items, as the standard has its tables."""
    info, last = books.info, books.span.last
    year = Span(date(last.year, 1, 1), last)
    tables: dict[str, Table] = {}
    for name in _STATEMENTS[info.kind]:
        with suppress(LedgerError):  # a year before the statement's regime has none
            tables[f"{len(tables) + 1:02d}"] = make(reader, name, ReportRequest(info.code, year))
    for code, table in tables.items():
        file.write(
            "T208",
            {
                "报表编号": code,
                "报表名称": table.title,
                "报表报告日": f"{last:%Y%m%d}",
                "报表报告期": f"{last:%Y%m}",
                "编制单位": info.entity,
                "货币单位": "元",
            },
        )
    for code, table in tables.items():
        for item in _items(code, table):
            file.write("T209", item)


def _items(code: str, table: Table) -> Iterator[dict[str, str]]:
    figure = next(i for i, c in enumerate(table.columns) if c.key in _FIGURES)
    line = next(i for i, c in enumerate(table.columns) if c.key in ("line", "code"))
    title = table.column_index("name")
    for place, row in enumerate(table.rows, 1):
        amount = row.cells[figure]
        if isinstance(amount, int):
            yield {
                "报表编号": code,
                "报表项编号": str(row.cells[line] or f"{place:03d}"),
                "报表项名称": str(row.cells[title]),
                "报表项数值": plain_fen(amount),
            }
