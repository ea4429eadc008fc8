"""A list that opens by a key: type to search, ↑↓ to move, Enter takes, Esc puts it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.floating_panel import FloatingPanel

_ROWS_SHOWN = 8
_CHARS_WIDE = 30


class PickPanel(FloatingPanel):
    """Searches what it is given; the first row found is marked."""

    picked = Signal(int)
    """Place of the taken entry among those found last."""
    closed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(name)
        self.entry = QLineEdit(self)
        self.entry.setAccessibleName(tr("{name}：打字查找", name=name))
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self._texts = QStringListModel(self)
        self._list = QListView(self)
        self._list.setAccessibleName(name)
        self._list.setModel(self._texts)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda _index: self._take())
        self._search: Callable[[str], Sequence[str]] = lambda _text: ()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.entry)
        self._column.addWidget(self._list, 1)
        self._column.addWidget(self.note)
        self.entry.textChanged.connect(lambda _text: self._find())
        self.entry.returnPressed.connect(self._take)
        self.entry.installEventFilter(self)
        self.dress()

    def dress(self) -> None:
        """Rows as tall as a table's."""
        super().dress()
        if hasattr(self, "_list"):
            px = self.theme.px
            self._column.setContentsMargins(px.cell, px.cell, px.cell, px.cell)
            self._list.setStyleSheet(f"QListView::item {{ min-height: {px.row}px; padding: 0 {px.cell}px; }}")

    def open_beside(self, widget: QWidget, search: Callable[[str], Sequence[str]], note: str) -> None:
        """Open with everything ``search`` finds for nothing typed."""
        px = self.theme.px
        self._search = search
        self.note.setText(note)
        self.entry.clear()
        self._find()
        height = px.control + _ROWS_SHOWN * (px.row + 1) + 4 * px.cell + 2 * px.body
        self.place_beside(widget, px.form * _CHARS_WIDE, height)
        self.entry.setFocus()

    def say(self, sentence: str) -> None:
        """Why what was taken cannot be used."""
        self.note.setText(sentence)

    @property
    def texts(self) -> list[str]:
        """What is listed."""
        return self._texts.stringList()

    def _find(self) -> None:
        self._texts.setStringList(list(self._search(self.entry.text())))
        self._mark(0)

    def _mark(self, row: int) -> None:
        self._list.setCurrentIndex(self._texts.index(row, 0))

    def _take(self) -> None:
        row = self._list.currentIndex().row()
        if row >= 0:
            self.picked.emit(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ ↓ move in the list while the keyboard stays in the field; Esc puts it away."""
        if watched is self.entry and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                last = self._texts.rowCount() - 1
                self._mark(max(0, min(last, self._list.currentIndex().row() + step)))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_panel()
                return True
        return super().eventFilter(watched, event)

    def close_panel(self) -> bool:
        """Put it away; says whether it was open."""
        was_open = self.isVisible()
        self.hide()
        if was_open:
            self.closed.emit()
        return was_open
