"""The focus box of fields in the leading ledger's colour.

Drawn over the field instead of by the style sheet: switching the ledger then repaints one box, where a new sheet
would style every widget of the window again.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from village_ledger.ui.look.theme import Theme

_FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


class FocusRing(QWidget):
    """Lies over one field while that has the focus."""

    def __init__(self, field: QWidget, theme: Theme) -> None:
        super().__init__(field)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.installEventFilter(self)
        theme.changed.connect(self.update)
        self.resize(field.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field's size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._theme.px.focus
        painter.setPen(self._theme.pen("focus", width))
        half, radius = width / 2, self._theme.px.radius
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
        painter.end()


class FocusWatch(QObject):
    """Shows the ring on whichever field of a window, dialogs over it included, has the focus."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        ring = _ring_of(old)
        if ring is not None:
            ring.hide()
        if isinstance(new, _FIELDS) and self._is_ours(new) and new.property("look") != "bare":
            ring = _ring_of(new) or FocusRing(new, self._theme)
            ring.raise_()
            ring.show()

    def _is_ours(self, field: QWidget) -> bool:
        """Whether it belongs to the window, through its dialogs too."""
        widget: QWidget | None = field
        while widget is not None and widget is not self._window:
            widget = widget.parentWidget()
        return widget is not None


def _ring_of(field: QWidget | None) -> FocusRing | None:
    """The ring a field has been given; fields hold few children."""
    if field is None:
        return None
    return next((child for child in field.children() if isinstance(child, FocusRing)), None)
