"""The desk's rows on screen: the mark of each verdict, small stamps over the ledgers' money, and the word that opens a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.township import MISSING, SOUND, TO_CHECK, UNREAD, UNTRUSTED
from village_ledger.reports.table import Kind, Role, Row, Table
from village_ledger.ui.tables.table_model import Look, ScreenColumn, TableModel
from village_ledger.ui.widgets.state_mark import Check

MARKS = {
    SOUND: Check.GOOD,
    TO_CHECK: Check.WARN,
    UNTRUSTED: Check.FAIL,
    UNREAD: Check.FAIL,
    MISSING: Check.WAITING,
}
GROUPS: tuple[frozenset[str], ...] = (
    frozenset(MARKS),
    frozenset({SOUND}),
    frozenset({TO_CHECK}),
    frozenset({UNTRUSTED, UNREAD}),
    frozenset({MISSING}),
)
"""Which verdicts each cell of the strip stands for."""
_NOTHING = "—"
_SEEN: dict[str, Callable[[ScreenColumn], ScreenColumn]] = {
    "mark": lambda one: replace(one, look=Look.CHECK),
    "trust": lambda one: replace(one, look=Look.STRESSED, sample="改过以前的", stretch=0),
    "sequence": lambda one: replace(one, look=Look.TEXT, sample="12 包相连，", stretch=0),
    "found": lambda one: replace(one, look=Look.STRESSED, sample="10 错 · 10 疑 · 10 轻"),
    "last": lambda one: replace(one, hair=True, sample="2024-12"),
    "open": lambda one: replace(one, look=Look.LINK, sample="打开"),
}
"""What the desk draws otherwise than a report would."""


def only(table: Table, place: int) -> Table:
    """The rows one cell of the strip stands for; totals stay, for they say what they count."""
    return _rows_of(table, lambda row: row.cells[0] in GROUPS[place])


def named(table: Table, text: str) -> Table:
    """The villages whose name holds some signs; totals stay as well."""
    village, asked = table.column_index("village"), text.strip()
    return _rows_of(table, lambda row: asked in str(row.cells[village])) if asked else table


def _rows_of(table: Table, wanted: Callable[[Row], bool]) -> Table:
    return replace(table, rows=tuple(row for row in table.rows if row.role is Role.TOTAL or wanted(row)))


class DeskModel(TableModel):
    """The desk's rows with their mark; a comparison has none."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._marked = table.columns[0].key == "mark"
        if self._marked:
            self.columns = tuple(map(self._as_seen, self.columns))
        else:
            village, *figures = self.columns
            self.columns = (replace(village, sample="某某村（验不过）", stretch=1), *figures)

    @staticmethod
    def _as_seen(column: ScreenColumn) -> ScreenColumn:
        """How a column of the desk is drawn."""
        owner = next((kind for kind in LedgerKind if kind.value == column.key), None)
        if owner is not None:
            return replace(column, owner=owner, sample="999,999,999.99")
        return _SEEN.get(column.key, lambda one: one)(column)

    def check(self, row: int) -> Check | None:
        """✓ ▲ ✕ or not yet."""
        return MARKS.get(self.verdict(row)) if self._marked else None

    def verdict(self, row: int) -> str:
        """The verdict behind the mark."""
        return str(self.row(row).cells[0] or "")

    def strong(self, row: int) -> bool:
        """What does not hold is said in bold."""
        return self._marked and MARKS.get(self.verdict(row)) is Check.FAIL

    def text(self, row: int, column: int) -> str:
        """The mark is drawn, not written; money nobody can trust is a dash, and none at all is 0.00."""
        if not self._marked:
            return super().text(row, column)
        if column == 0:
            return ""
        cell = self.row(row).cells[column]
        if self._kinds[column] is Kind.MONEY:
            if cell is None:
                return _NOTHING
            return super().text(row, column) or "0.00"
        return super().text(row, column)

    def words(self, row: int, column: int) -> str:
        """A screen reader hears the verdict where others see the mark."""
        return self.verdict(row) if self._marked and column == 0 else self.text(row, column)
