"""A field that looks for something in a list: Enter and ↓ go into the list, Esc empties it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from village_ledger.i18n import tr


class SearchField(QLineEdit):
    """Looks for a household where nothing else is said."""

    def __init__(self, into: Callable[[], object], name: str = "", by: str = "") -> None:
        """``name`` for the screen reader, ``by`` what may be typed."""
        super().__init__()
        self._into = into
        self.setPlaceholderText(by or tr("姓名、拼音或户编号"))
        self.setAccessibleName(name or tr("找人"))
        self.setMinimumWidth(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that belong to the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self._into()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
