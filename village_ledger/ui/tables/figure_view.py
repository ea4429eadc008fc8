"""The body of a table of figures: Qt's view with keys, marks, watermark.

Made for a million rows: fixed row height, nothing measured by content, no select-all, no search through the model.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from village_ledger.ui.look.theme import Role
from village_ledger.ui.tables.delegates import DELEGATES, CellDelegate
from village_ledger.ui.tables.table_head import TableHead
from village_ledger.ui.tables.table_model import FigureModel, Index, Look
from village_ledger.ui.tables.table_style import MIDDLE, TableStyle

_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OPENING_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


def _shifted(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class FigureView(QTableView):
    """One table body; one row is current, Enter opens it, space marks it."""

    opened = Signal(int)
    marked = Signal(int)
    current_moved = Signal(int)
    sideways = Signal(int, int)
    """Row, and 1 for the right arrow or -1 for the left."""
    resized = Signal()
    picked = Signal(int)
    """Another figure is meant, by its column; -1 for none."""
    below: FigureView | None = None
    """The totals, whose figures can be meant too: Shift+End, or a click."""

    def __init__(self, style: TableStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._model: FigureModel | None = None
        self._delegates: list[CellDelegate] = []
        self.picks = False
        """Whether one figure of the current row can be meant: Shift+← →, or a click on it."""
        self.empty_words = ""
        self.watermark = ""
        self.first_shown = 0
        """The first column in view here; those before it stay beside (``kept_columns``)."""
        self.twin: FigureView | None = None
        """The view of those columns: its bar has the colour of the focus here."""
        self.head = TableHead(style, self)
        self.setHorizontalHeader(self.head)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.apply_style()

    def apply_style(self) -> None:
        """Row height and fonts as the theme has them now."""
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self._style.row)
        self.horizontalScrollBar().setSingleStep(self._style.row)
        self.head.updateGeometry()
        self.viewport().update()

    def show_model(self, model: FigureModel) -> None:
        """Show other rows; the current row is the first."""
        old = self.selectionModel()
        self._model = model
        self.head.show_columns(model)
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        for delegate in self._delegates:
            delegate.deleteLater()
        self._delegates = []
        for place, column in enumerate(model.columns):
            delegate = DELEGATES[column.look](self._style, model, place, self)
            delegate.focused = self.hasFocus()
            self.setItemDelegateForColumn(place, delegate)
            self._delegates.append(delegate)
        self._note_current(-1)
        self.updateGeometries()

    @property
    def current_row(self) -> int:
        """The current row, -1 for none."""
        return self.currentIndex().row()

    def go_to_row(self, row: int) -> None:
        """Make a row current and bring it into view; out of range is the nearest there is."""
        model = self._model
        if model is None or not model.count():
            return
        index = model.index(min(max(row, 0), model.count() - 1), self.first_shown)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the delegates and whoever shows what belongs to the row."""
        super().currentChanged(current, previous)
        self._note_current(current.row())
        if self.picks and self._model is not None and self._model.chosen not in self._figures():
            self._model.chosen = -1
        self.viewport().update()
        self.current_moved.emit(current.row())

    def _note_current(self, row: int) -> None:
        for delegate in self._delegates:
            delegate.current = row

    def note_focus(self, focused: bool) -> None:
        """The bar of the current row has the colour of the focus, or not."""
        for delegate in self._delegates:
            delegate.focused = focused
        self.viewport().update()
        if self.twin is not None:
            self.twin.note_focus(focused)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row's bar takes the focus colour; a table without one starts at the first row."""
        super().focusInEvent(event)
        if self.current_row < 0:
            self.go_to_row(0)
        self.note_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The bar turns quiet."""
        super().focusOutEvent(event)
        self.note_focus(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, space marks, Home and End go to the ends, Ctrl+C copies the row; Esc belongs to the window."""
        key, row = event.key(), self.current_row
        if key in _OPENING_KEYS and row >= 0:
            self.opened.emit(row)
        elif key == Qt.Key.Key_Space and row >= 0:
            self.marked.emit(row)
        elif key in _SIDES and self._turns(event):
            self._turn(_SIDES[Qt.Key(key)], event)
        elif key == Qt.Key.Key_Up and self._in_totals():
            self.pick(-1)
        elif key in _ENDS:
            self._to_end(_ENDS[Qt.Key(key)], event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _to_end(self, step: int, event: QKeyEvent) -> None:
        """Home and End; with Shift End goes on to the totals where a figure can be meant."""
        below = self.below
        if step > 0 and below is not None and self.picks and _shifted(event) and below.isVisible():
            below.go_to_row(0)
            below.step(1)
        elif self._model is not None:
            self.go_to_row(self._model.count() - 1 if step > 0 else 0)

    def _in_totals(self) -> bool:
        """Whether a figure of the totals is meant."""
        return self.below is not None and self.below.current_row >= 0

    def _turns(self, event: QKeyEvent) -> bool:
        """Whether an arrow to the side means something here; else it scrolls a wide table."""
        return _shifted(event) or self._goes_sideways()

    def _turn(self, step: int, event: QKeyEvent) -> None:
        """To the figure beside, where one can be meant; else it is the page's."""
        if not (self.picks and _shifted(event)):
            self.sideways.emit(self.current_row, step)
        else:
            (self.below if self.below is not None and self._in_totals() else self).step(step)

    def step(self, step: int) -> None:
        """To the figure beside in the current row; before the first one is the row."""
        model = self._model
        places = [-1, *self._figures()]
        at = places.index(model.chosen) if model is not None and model.chosen in places else 0
        self.pick(places[min(max(at + step, 0), len(places) - 1)])

    def _figures(self) -> list[int]:
        """Columns of the current row of which one figure can be meant."""
        model, row = self._model, self.current_row
        return model.figure_columns(row) if model is not None and row >= 0 else []

    def pick(self, column: int) -> None:
        """Mean one figure of the current row; -1 is the row."""
        if self._model is None or self.current_row < 0:
            return
        self._model.chosen = column
        self.scrollTo(self._model.index(self.current_row, max(column, 0)))
        self.viewport().update()
        self.picked.emit(column)

    def selectAll(self) -> None:
        """Nothing: one row is selected at a time, and selecting a million takes minutes."""

    def _goes_sideways(self) -> bool:
        """Whether ← and → choose a cell, as where one is framed; else they scroll what does not fit."""
        framed = self._model is not None and self._model.chosen >= 0
        return framed or not self.horizontalScrollBar().maximum()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would read row after row of the model; the find field is for searching."""

    def copy_row(self) -> None:
        """Put the current row on the clipboard, cells parted by tabs as spreadsheets take them."""
        model, row = self._model, self.current_row
        if model is not None and row >= 0:
            texts = [model.text(row, column) for column in range(len(model.columns))]
            QGuiApplication.clipboard().setText("\t".join(texts))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks it, a click on a link opens its row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid() or self._model is None:
            return
        look = self._model.columns[index.column()].look
        if look is Look.MARK:
            self.marked.emit(index.row())
        elif look is Look.LINK:
            self.opened.emit(index.row())
        elif self.picks:
            self.pick(index.column() if index.column() in self._figures() else -1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The same as Enter, for whoever is used to it; a box only ticks."""
        index = self.indexAt(event.position().toPoint())
        if (
            index.isValid()
            and self._model is not None
            and self._model.columns[index.column()].look is not Look.MARK
        ):
            self.opened.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the new width."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The watermark, the rows; without any, the sentence saying why and what to do."""
        if self.watermark:
            self._paint_watermark()
        super().paintEvent(event)
        if self._model is None or self._model.count() or not self.empty_words:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._style.font)
        painter.setPen(self._style.ink2)
        box = self.viewport().rect().adjusted(self._style.cell, 0, -self._style.cell, 0)
        painter.drawText(
            box, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.empty_words
        )

    def _paint_watermark(self) -> None:
        """演示 across the sheet, under the rows."""
        painter = QPainter(self.viewport())
        font = self._style.theme.font(Role.TITLE)
        height = self.viewport().height()
        font.setPixelSize(max(12, height // 2))
        ink = QColor(self._style.ink)
        ink.setAlphaF(0.06)
        painter.setFont(font)
        painter.setPen(ink)
        painter.translate(self.viewport().rect().center())
        painter.rotate(-18)
        painter.drawText(QRect(-height * 2, -height, height * 4, height * 2), MIDDLE, self.watermark)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """A watermark stands still while the rows move."""
        super().scrollContentsBy(dx, dy)
        if self.watermark:
            self.viewport().update()
