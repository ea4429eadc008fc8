"""Texts used before, offered beside a cell: summaries, counterparties, projects, village groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.floating_panel import FloatingPanel

_ROWS_SHOWN = 7
_CHARS_WIDE = 20


class Suggestions(FloatingPanel):
    """A list under the cell; nothing is marked until ↓ is pressed, so Enter keeps what was typed."""

    taken = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(tr("以前用过的"))
        self._texts = QStringListModel(self)
        self._list = QListView(self)
        self._list.setAccessibleName(tr("以前用过的"))
        self._list.setModel(self._texts)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda _index: self.take())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._list)
        self.dress()

    def dress(self) -> None:
        """Rows as tall as the picker's."""
        super().dress()
        if hasattr(self, "_list"):
            px = self.theme.px
            self._list.setStyleSheet(f"QListView::item {{ min-height: {px.row}px; padding: 0 {px.cell}px; }}")

    def offer(self, editor: QLineEdit, texts: Sequence[str]) -> None:
        """Show these texts beside the editor; nothing to show hides the list."""
        self._texts.setStringList(list(texts))
        if not texts:
            self.hide()
            return
        px = self.theme.px
        self._list.setCurrentIndex(self._texts.index(-1, 0))
        self._list.clearSelection()
        height = min(len(texts), _ROWS_SHOWN) * (px.row + 1) + 4
        self.place_beside(editor, max(editor.width(), px.form * _CHARS_WIDE), height)

    def step(self, step: int) -> None:
        """↑ ↓; going up from the first row unmarks."""
        row = min(self._texts.rowCount() - 1, self._list.currentIndex().row() + step)
        if row < 0:
            self._list.clearSelection()
            self._list.setCurrentIndex(self._texts.index(-1, 0))
        else:
            self._list.setCurrentIndex(self._texts.index(row, 0))

    def take(self) -> bool:
        """Use the marked text; says whether one was marked."""
        index = self._list.currentIndex()
        if not index.isValid():
            return False
        self.hide()
        self.taken.emit(str(index.data()))
        return True

    def close_list(self) -> bool:
        """Put the list away; says whether it was open."""
        was_open = self.isVisible()
        self.hide()
        return was_open
