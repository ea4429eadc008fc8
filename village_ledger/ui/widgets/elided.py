"""A label that never forces room: words too long for it end in … and can be read whole in its tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

LEAST_CHARS = 4


class ElidedLabel(QLabel):
    """One line of plain words; ``text()`` is always the whole of them."""

    def __init__(self, text: str = "", look: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if look:
            self.setProperty("look", look)

    def wanted_width(self) -> int:
        """Room that shows all of it."""
        return self.sizeHint().width() if self.text() else 0

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        few = self.fontMetrics().horizontalAdvance("字") * LEAST_CHARS
        return QSize(min(few, self.wanted_width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, cut with … where there is no room."""
        del event
        painter = QPainter(self)
        box = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        self.setToolTip("" if words == self.text() else self.text())
        painter.drawText(box, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), words)
        painter.end()
