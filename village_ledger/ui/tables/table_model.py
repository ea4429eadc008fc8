"""Figures for the table view: what every table on screen is made of, and the model over a report's Table.

Delegates read a model through ``text``, ``cell``, ``role`` and ``level`` directly: one plain call per cell instead
of a QVariant per Qt role. ``data()`` serves only what screen readers and tests ask for and returns at once otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_price, format_quantity
from village_ledger.domain.voucher import VoucherState
from village_ledger.reports.table import FIGURES, Cell, Column, Kind, Link, Role, Row, Table, written_shown
from village_ledger.ui.widgets.state_mark import Check

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_HORIZONTAL = Qt.Orientation.Horizontal

Index = QModelIndex | QPersistentModelIndex


class Look(Enum):
    """How a column is drawn; one delegate each."""

    TEXT = "text"
    CODE = "code"
    """Figures that name something: bold, from the left."""
    STRESSED = "stressed"
    """Text that is bold in a strong row."""
    MONEY = "money"
    CENTRED = "centred"
    LINK = "link"
    """Underlined in the ledger's colour; a click opens the row."""
    STATE = "state"
    """Circle and word."""
    TAGGED = "tagged"
    """Text with small framed remarks behind it."""
    MARK = "mark"
    """A box to tick with the space bar."""
    CHECK = "check"
    """How a check came out: ✓ ▲ ✕."""
    OWNERS = "owners"
    """Small stamps of the ledgers a balance goes to, and the word."""
    OURS = "ours"
    """An amount in the collective's colour."""
    THEIRS = "theirs"
    """An amount in the committee's colour."""


FIGURE_LOOKS = frozenset({Look.MONEY, Look.OURS, Look.THEIRS})
"""Columns of figures: what a remark may mean instead of the row."""


class CellTag(NamedTuple):
    """A remark's tag on a row or a figure."""

    number: str
    waits: bool
    """Whether nobody has answered it yet."""


@dataclass(frozen=True, slots=True)
class ScreenColumn:
    """A column on screen: ``sample`` is the widest text it must hold, ``stretch`` its share of room left over."""

    key: str
    label: str
    look: Look
    sample: str = ""
    group: str = ""
    stretch: int = 0
    hair: bool = False
    """A vertical hair before it: it opens an amount group."""
    owner: LedgerKind | None = None
    """Whose stamp stands small before its label."""


class FigureModel(QAbstractTableModel):
    """What delegates and the table view need of a model; rows are the subclass's business."""

    chosen = -1
    """Column whose cell is framed in the current row, where one figure of a row is meant and not the row."""
    tagged: Callable[[int, int], CellTag | None] | None = None
    """The remark pinned to a row's figure, by row and column; column -1 asks for the row itself. None without any."""

    def __init__(self, columns: Sequence[ScreenColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def figure_columns(self, row: int) -> list[int]:
        """Columns of which one figure can be meant apart from its row; a voucher's amount is the voucher, a balance is not."""
        link = self.link(row)
        of_voucher = link is not None and link.kind == "voucher"
        return [
            place
            for place, column in enumerate(self.columns)
            if column.look in FIGURE_LOOKS and (not of_voucher or column.key == "balance")
        ]

    # for the subclass

    def count(self) -> int:
        """Number of rows."""
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        """What the cell shows; amounts with commas, zero blank."""
        raise NotImplementedError

    def role(self, row: int) -> Role:
        """What the row is; decides weight and rules."""
        del row
        return Role.DETAIL

    def strong(self, row: int) -> bool:
        """Whether the row's name is bold."""
        del row
        return False

    def level(self, row: int) -> int:
        """How deep the row stands in its tree, 1 for the first level."""
        del row
        return 1

    def link(self, row: int) -> Link | None:
        """Where Enter leads, None where there is nothing behind the row."""
        del row
        return None

    def closes(self, row: int) -> bool:
        """Whether a subtotal row carries the red closing rules of books (本月合计)."""
        del row
        return False

    def tags(self, row: int) -> Sequence[tuple[str, bool]]:
        """Remarks behind a tagged text: (words, whether they warn)."""
        del row
        return ()

    def mark(self, row: int) -> bool | None:
        """Whether the row is ticked; None where ticking means nothing."""
        del row
        return None

    def state(self, row: int) -> VoucherState | None:
        """The voucher state a state column draws."""
        del row
        return None

    def check(self, row: int) -> Check | None:
        """How the row's check came out, for a check column."""
        del row
        return None

    def owners(self, row: int) -> Sequence[LedgerKind]:
        """Ledgers whose small stamps an owners' column draws."""
        del row
        return ()

    def words(self, row: int, column: int) -> str:
        """What a screen reader says; the shown text unless a shape carries meaning."""
        return self.text(row, column)

    # for Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Rows; a table has none below a cell."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> str | None:
        """Text for screen readers, tests and copying; everything else is drawn by the delegates."""
        if role == DISPLAY:
            return self.text(index.row(), index.column()) if index.isValid() else None
        if role == ACCESSIBLE:
            return self._spoken(index.row(), index.column()) if index.isValid() else None
        return None

    def _spoken(self, row: int, column: int) -> str:
        """What the cell says, and that a remark is pinned to it or, at the row's beginning, to the row."""
        said = self.words(row, column)
        if self.tagged is None:
            return said
        tags = (self.tagged(row, -1) if not column else None, self.tagged(row, column))
        return "，".join([said, *(f"意见 {tag.number}" for tag in tags if tag is not None)])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> str | None:
        """Column labels, with their group for whoever cannot see the storey above."""
        if orientation is not _HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == DISPLAY:
            return column.label
        return f"{column.group}{column.label}" if role == ACCESSIBLE else None


class TableModel(FigureModel):
    """Rows of a report's Table; total rows are left to the pinned table below it."""

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        rows = tuple(table.rows)
        columns = screen_columns(table.columns, with_year=table.full_dates)
        super().__init__(_wide_enough(columns, table.columns, rows), parent)
        self._kinds = tuple(column.kind for column in table.columns)
        self._with_year = table.full_dates
        self.totals = tuple(row for row in rows if row.role is Role.TOTAL)
        self._rows = tuple(row for row in rows if row.role is not Role.TOTAL)

    def count(self) -> int:
        """Rows without the totals."""
        return len(self._rows)

    def row(self, row: int) -> Row:
        """The report's own row."""
        return self._rows[row]

    def text(self, row: int, column: int) -> str:
        """The cell as shown."""
        return self._shown(self._rows[row].cells[column], self._kinds[column])

    def _shown(self, cell: Cell, kind: Kind) -> str:
        return cell.isoformat() if self._with_year and isinstance(cell, date) else shown(cell, kind)

    def role(self, row: int) -> Role:
        """The report's role of the row."""
        return self._rows[row].role

    def level(self, row: int) -> int:
        """The report's level of the row."""
        return self._rows[row].level

    def link(self, row: int) -> Link | None:
        """Where the report's row leads."""
        return self._rows[row].link

    def totals_model(self) -> TotalsModel:
        """The total rows as a model of their own."""
        texts = [tuple(map(self._shown, row.cells, self._kinds)) for row in self.totals]
        return TotalsModel(self.columns, texts)


class TotalsModel(FigureModel):
    """A few fixed rows of text below a table, all of them totals."""

    def __init__(
        self, columns: Sequence[ScreenColumn], rows: Sequence[Sequence[str]], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._rows = tuple(tuple(row) for row in rows)

    def count(self) -> int:
        """Total rows."""
        return len(self._rows)

    def text(self, row: int, column: int) -> str:
        """The text given."""
        return self._rows[row][column]

    def role(self, row: int) -> Role:
        """Always a total."""
        del row
        return Role.TOTAL


def shown(cell: Cell, kind: Kind) -> str:
    """A cell as text: amounts from fen with commas, zero and nothing blank, days as 03-08."""
    if cell is None:
        return ""
    if kind is Kind.MONEY:
        return format_fen(cell) if isinstance(cell, int) and cell else ""
    if kind is Kind.QUANTITY:
        return format_quantity(cell) if isinstance(cell, int) and cell else ""
    if kind is Kind.PRICE and isinstance(cell, int):
        return format_price(cell)
    if isinstance(cell, date):
        return f"{cell.month:02d}-{cell.day:02d}"
    return written_shown(kind, str(cell))


_SAMPLES = {
    Kind.CODE: "10201",
    Kind.MONEY: "99,999.99",
    Kind.QUANTITY: "1,999.999",
    Kind.PRICE: "999.9999",
    Kind.SHARES: "9,999.99",
    Kind.DECIMAL: "9,999.99",
    Kind.DATE: "12-31",
    Kind.COUNT: "附件",
    Kind.SIDE: "方向",
    Kind.TEXT: "四个汉字",
}
_LOOKS = {
    Kind.CODE: Look.CODE,
    Kind.MONEY: Look.MONEY,
    Kind.QUANTITY: Look.MONEY,
    Kind.PRICE: Look.MONEY,
    Kind.SHARES: Look.MONEY,
    Kind.DECIMAL: Look.MONEY,
    Kind.DATE: Look.TEXT,
    Kind.COUNT: Look.CENTRED,
    Kind.SIDE: Look.CENTRED,
    Kind.TEXT: Look.TEXT,
}


def screen_columns(columns: Sequence[Column], *, with_year: bool = False) -> tuple[ScreenColumn, ...]:
    """A report's columns for the screen; texts share the room in the proportion of their widths on paper."""
    return tuple(
        ScreenColumn(
            column.key,
            column.label,
            _LOOKS[column.kind],
            "2025-12-31" if with_year and column.kind is Kind.DATE else _SAMPLES[column.kind],
            column.group,
            stretch=round(column.width_mm) if column.kind is Kind.TEXT else 0,
            hair=_opens_group(columns, place),
        )
        for place, column in enumerate(columns)
    )


def _wide_enough(
    screen: Sequence[ScreenColumn], columns: Sequence[Column], rows: Sequence[Row]
) -> tuple[ScreenColumn, ...]:
    """Columns of figures as wide as their longest figure; words give way instead."""
    fitted: list[ScreenColumn] = []
    for place, (column, source) in enumerate(zip(screen, columns, strict=True)):
        longest = column.sample
        if source.kind in {*FIGURES, Kind.CODE}:
            longest = max((shown(row.cells[place], source.kind) for row in rows), key=len, default="")
        fitted.append(replace(column, sample=max(longest, column.sample, key=len)))
    return tuple(fitted)


def _opens_group(columns: Sequence[Column], place: int) -> bool:
    """Whether an amount column is the first of its group, or stands alone."""
    column = columns[place]
    if column.kind is not Kind.MONEY:
        return False
    return place == 0 or not column.group or columns[place - 1].group != column.group
