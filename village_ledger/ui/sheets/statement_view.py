"""The form of a statement on screen: its halves side by side where there is room, one figure of one row framed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.reports.statements.statement_form import panels_of
from village_ledger.ui.sheets.statement_model import StatementModel, models_of
from village_ledger.ui.tables.table_view import FigureTable

if TYPE_CHECKING:
    from village_ledger.reports.statements.statements import StatementSheet
    from village_ledger.ui.look.theme import Theme


class StatementView(QWidget):
    """Up and Down go from row to row, Left and Right from figure to figure and over into the other half."""

    moved = Signal()
    """Another figure is the one meant."""
    opened = Signal()
    """Enter: the figure is to be drilled into."""
    menu_asked = Signal(QPoint)
    """The right button on a figure, at a place of the screen."""

    def __init__(self, theme: Theme, watermark: str) -> None:
        super().__init__()
        self._sheet: StatementSheet | None = None
        self.models: list[StatementModel] = []
        self.column = ""
        """Key of the amount column one stands in."""
        self._half = 0
        self.tables = [
            FigureTable(theme, tr("报表"), watermark=watermark),
            FigureTable(theme, tr("报表右半边"), watermark=watermark),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px.unit)
        for number, table in enumerate(self.tables):
            row.addWidget(table, 1)
            table.opened.connect(lambda _row: self.opened.emit())
            table.current_moved.connect(lambda _row, number=number: self._stand(number))
            table.chooses_itself = True
            table.sideways.connect(lambda _row, step: self._sideways(step))
            table.view.clicked.connect(lambda index, number=number: self._choose(number, index))
            table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            table.view.customContextMenuRequested.connect(
                lambda place, number=number: self._ask_menu(number, place)
            )
        bars = [table.view.verticalScrollBar() for table in self.tables]
        for bar, other in (bars, bars[::-1]):  # both halves are one form
            bar.valueChanged.connect(other.setValue)
        self.setFocusProxy(self.tables[0])

    @property
    def table(self) -> FigureTable:
        """The half one stands in."""
        return self.tables[self._half]

    @property
    def model(self) -> StatementModel:
        """Its rows."""
        return self.models[self._half]

    def show_sheet(self, sheet: StatementSheet, room: int) -> None:
        """Show a statement in so many pixels, keeping the figure one stands on."""
        key = self.key()
        self._sheet = sheet
        self.models = models_of(sheet, halves=self._fits(sheet, room))
        self._half = min(self._half, len(self.models) - 1)
        if self.column not in self.models[0].amounts:
            self.column = self.models[0].amounts[0]
        for number, table in enumerate(self.tables):
            if number < len(self.models):
                table.show_model(self.models[number])
            table.setVisible(number < len(self.models))
        self.go_to(key)

    def fit(self, room: int) -> None:
        """Side by side or under each other, as the room allows now."""
        if self._sheet is not None and self._fits(self._sheet, room) != (len(self.models) > 1):
            self.show_sheet(self._sheet, room)

    def clear(self) -> None:
        """Show nothing."""
        self._sheet, self.models, self._half = None, [], 0
        for table in self.tables:
            table.hide()

    def needed_width(self) -> int:
        """The least width that shows every figure whole."""
        return sum(table.needed_width() for table in self.tables[: len(self.models)])

    def _fits(self, sheet: StatementSheet, room: int) -> bool:
        if len(panels_of(sheet.table)) == 1:
            return False
        style = self.tables[0].style_of
        widths = (
            style.width_of(max(column.sample, column.label, key=len), bold=True) + 2 * style.cell + 1
            for model in models_of(sheet, halves=True)
            for column in model.columns
        )
        return room > sum(widths) + 2 * style.row

    # where one stands

    def key(self) -> str:
        """What explains the row one stands on; empty on a heading."""
        return self.model.key(self.table.row) if self.models else ""

    def texts(self) -> tuple[str, ...]:
        """The row one stands on, as shown."""
        row = self.table.row
        return self.model.lines[row].texts if self.models and row >= 0 else ()

    def go_to(self, key: str) -> None:
        """Stand on a figure, else on the first there is."""
        if not self.models:
            return
        half, row = next(
            ((n, r) for n, model in enumerate(self.models) if (r := model.row_of(key)) is not None),
            (0, next((r for r, line in enumerate(self.models[0].lines) if line.key), 0)),
        )
        self._half = half
        self.setFocusProxy(self.tables[half])
        self.tables[half].go_to_row(row)
        self._mark()

    def _stand(self, number: int) -> None:
        """The cursor moved in a half."""
        if number < len(self.models) and (number == self._half or self.tables[number].view.hasFocus()):
            self._half = number
            self._mark()

    def _sideways(self, step: int) -> None:
        amounts = self.model.amounts
        place = amounts.index(self.column) + step
        if 0 <= place < len(amounts):
            self.column = amounts[place]
        elif 0 <= self._half + step < len(self.models):
            row = self.table.row
            self._half += step
            self.column = amounts[0 if step > 0 else -1]
            self.table.go_to_row(row)
            self.table.setFocus()
        self._mark()

    def _ask_menu(self, number: int, place: QPoint) -> None:
        view = self.tables[number].view
        index = view.indexAt(place)
        if number >= len(self.models) or not index.isValid():
            return
        self._choose(number, index)
        self.menu_asked.emit(view.viewport().mapToGlobal(place))

    def _choose(self, number: int, index: QModelIndex) -> None:
        """The figure the mouse points at."""
        self._half = number
        amount = index.column() - self.model.first_amount
        if amount >= 0:
            self.column = self.model.amounts[amount]
        self._mark()

    def _mark(self) -> None:
        for number, model in enumerate(self.models):
            place = model.first_amount + model.amounts.index(self.column)
            model.chosen = place if number == self._half else -1
            self.tables[number].view.viewport().update()
        self.moved.emit()
