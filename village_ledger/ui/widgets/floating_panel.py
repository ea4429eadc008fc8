"""A panel that floats beside the cell being typed in, inside the window; the keyboard stays with the cell."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QWidget

from village_ledger.ui.look.theme import Theme

_MARGIN = 4


class FloatingPanel(QFrame):
    """Child of the window, never a window of its own: it cannot take the focus or close an input method."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("floatingPanel")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoFillBackground(True)
        self.hide()
        parent.destroyed.connect(self.deleteLater)  # it may live in the window by then
        theme.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Black edge on a white sheet."""
        colour, px = self.theme.tokens.colour, self.theme.px
        self.setStyleSheet(
            f"#floatingPanel {{ background: {colour.sheet}; border: {max(round(px.line), 1)}px solid {colour.ink}; }}"
        )

    def place_beside(self, editor: QWidget, width: int, height: int) -> None:
        """Under the editor, or above it when there is more room; always inside the window."""
        window = editor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        at = QRect(editor.mapTo(window, QPoint(0, 0)), editor.size())
        below = window.height() - at.bottom() - _MARGIN
        above = at.top() - _MARGIN
        width = min(width, window.width() - 2 * _MARGIN)
        left = max(_MARGIN, min(at.left(), window.width() - width - _MARGIN))
        if height <= below or below >= above:
            height = min(height, below)
            top = at.bottom() + 2
        else:
            height = min(height, above)
            top = at.top() - height - 1
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()
