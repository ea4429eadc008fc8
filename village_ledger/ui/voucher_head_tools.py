"""Buttons at the right of the page head; where there is no room the less needed ones give way."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class HeadTools(QWidget):
    """Lays its widgets from the right; the last added is the last to be hidden."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._widgets: list[QWidget] = []
        self._off: set[QWidget] = set()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def add(self, widget: QWidget) -> None:
        """Put a widget right of the earlier ones."""
        widget.setParent(self)
        self._widgets.append(widget)
        self.updateGeometry()
        self._arrange()

    def switch(self, widget: QWidget, on: bool) -> None:
        """Show or leave out a widget whatever the room."""
        if on == (widget in self._off):
            (self._off.discard if on else self._off.add)(widget)
            self.updateGeometry()
            self._arrange()

    def _wanted(self) -> list[QWidget]:
        return [widget for widget in self._widgets if widget not in self._off]

    def sizeHint(self) -> QSize:
        """Room for all."""
        hints = [widget.sizeHint() for widget in self._wanted()]
        width = sum(hint.width() for hint in hints) + self._gap * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Room for the most needed one."""
        wanted = self._wanted()
        return wanted[-1].sizeHint() if wanted else QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        right = self.width()
        full = False
        shown: set[QWidget] = set()
        for widget in reversed(self._wanted()):
            hint = widget.sizeHint()
            full = full or right - hint.width() < 0
            if full and shown:
                break
            widget.setGeometry(
                right - hint.width(), (self.height() - hint.height()) // 2, hint.width(), hint.height()
            )
            shown.add(widget)
            right -= hint.width() + self._gap
        for widget in self._widgets:
            widget.setVisible(widget in shown)
