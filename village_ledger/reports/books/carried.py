"""承前页 and 过次页: what a page of a book hands to the next.

会计基础工作规范 art. 60: an account with month totals carries the turnover from the beginning of the month.
"""

from __future__ import annotations

from datetime import date

from village_ledger.reports.table import Cell, Kind, Role, Row, Table

_SUMMED = ("debit", "credit")
_LATEST = ("side", "balance", "balance_quantity", "balance_price", "balance_amount")
_ADDED_UP = (Kind.MONEY, Kind.QUANTITY)


class Carried:
    """Watches a book's rows go by and makes the two rows of a page change."""

    def __init__(self, table: Table) -> None:
        keys = [column.key for column in table.columns]
        self._width = len(keys)
        self._label = keys.index("summary") if "summary" in keys else 0
        self._day = keys.index("date") if "date" in keys else -1
        spread = {c.key for c in table.columns if c.group and c.kind in _ADDED_UP and c.key not in _LATEST}
        self._sums = {keys.index(key): 0 for key in keys if key in _SUMMED or key in spread}
        self._latest: dict[int, Cell] = {keys.index(key): None for key in _LATEST if key in keys}
        self._month = (0, 0)

    def see(self, row: Row) -> Row:
        """Take a row into account; gives it back."""
        for index in self._latest:
            self._latest[index] = row.cells[index]
        if row.role is Role.DETAIL:
            self._begin_month(row.cells[self._day])
            for index in self._sums:
                value = row.cells[index]
                self._sums[index] += value if isinstance(value, int) else 0
        return row

    def _begin_month(self, day: Cell) -> None:
        month = (day.year, day.month) if isinstance(day, date) else (0, 0)
        if month != self._month:
            self._month = month
            self._sums = dict.fromkeys(self._sums, 0)

    def row(self, label: str) -> Row:
        """The row to print, with the month's turnover so far and the balance."""
        cells: list[Cell] = [None] * self._width
        cells[self._label] = label
        for index, value in (self._sums | self._latest).items():
            cells[index] = value
        return Row(Role.OPENING, tuple(cells))
