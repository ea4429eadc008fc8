"""A list to choose one thing from, with a triangle that says so; it never forces the window wider."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

LEAST_CHARACTERS = 8
"""Narrower than this the chosen words cannot be told apart."""


class PickList(QComboBox):
    """A QComboBox with its triangle: the style sheet takes Qt's own away and cannot draw another."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        """``name`` for the screen reader; a form's label gives it otherwise."""
        super().__init__(parent)
        if name:
            self.setAccessibleName(name)
        self.setMinimumWidth(1)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_CHARACTERS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fold_into(self, menu: QMenu) -> None:
        """Offer the list in a menu of its own, where it has no room itself."""
        inner = menu.addMenu(self.currentText())
        for index in range(self.count()):
            entry = inner.addAction(self.itemText(index), lambda index=index: self.setCurrentIndex(index))
            entry.setCheckable(True)
            entry.setChecked(index == self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes what was chosen."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the triangle at its right."""
        super().paintEvent(event)
        ready = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        half = self.fontMetrics().xHeight() * 0.5
        middle = QPointF(self.width() - 3.2 * half - 4, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(ready, QPalette.ColorRole.WindowText))
        corners = (QPointF(-1.2, -0.6), QPointF(1.2, -0.6), QPointF(0, 0.9))
        painter.drawPolygon(QPolygonF([middle + corner * half for corner in corners]))
        painter.end()
