"""What stands in the columns of a sheet: the widest of each, which are filled, whether days need their year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import Fonts
from village_ledger.reports.pens.pdf_layout import paper_text
from village_ledger.reports.table import Kind, Role, Row, Table

DASH = "—"
"""What stands for nothing."""


class Seen:
    """The widest of every column of the table, in 1/1000 of the size; one pass over the rows, nothing kept."""

    def __init__(self, table: Table, rows: Iterable[Row], fonts: Fonts) -> None:
        self._table = table
        self._fonts = fonts
        count = len(table.columns)
        self.filled = [False] * count
        self.with_year = [table.full_dates or _many_years(table)] * count
        self.sections = False
        self._widest = [0] * count
        self._largest = [0] * count
        self._lowest = [0] * count
        for row in rows:
            self.sections = self.sections or row.role is Role.SECTION
            self._see(row)

    def _see(self, row: Row) -> None:
        font = self._fonts[Face.SERIF if row.role is Role.DETAIL else Face.SERIF_BOLD]
        for i, column in enumerate(self._table.columns):
            value = row.cells[i]
            if value is None or value == "" or (row.role is Role.SECTION and column.kind is Kind.TEXT):
                continue
            self.filled[i] = True
            if isinstance(value, int):
                self._largest[i] = max(self._largest[i], value)
                self._lowest[i] = min(self._lowest[i], value)
                continue
            if isinstance(value, date) and self._table.span and value.year != self._table.span.first.year:
                self.with_year[i] = True
            text = paper_text(column.kind, value, with_year=self.with_year[i])
            self._widest[i] = max(self._widest[i], font.width(text))

    def natural(self, place: int) -> int:
        """Width of a column's widest content or label."""
        column, figures = self._table.columns[place], self._fonts[Face.SANS_BOLD]
        ends = (self._largest[place], self._lowest[place])
        money = max(figures.width(paper_text(column.kind, end, zero=DASH)) for end in ends)
        year = self._fonts[Face.SERIF].width("2025-01-06") if self.with_year[place] else 0
        date_width = year if column.kind is Kind.DATE else 0
        return max(self._widest[place], date_width, money)


def _many_years(table: Table) -> bool:
    return bool(table.span and table.span.first.year != table.span.last.year)
