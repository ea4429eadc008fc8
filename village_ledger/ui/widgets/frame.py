"""The frame that says which ledger one is in: one solid line, or a double one; an ink line on top for both."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.ui.look.theme import Theme


def paint_frame(painter: QPainter, theme: Theme, box: QRectF, kind: LedgerKind | None, width: float) -> None:
    """Draw the frame inside ``box``: solid ``width`` for the collective, 2-2-2 of it for the committee.

    ``width`` is the solid line's; the double line takes half as much again (2-2-2 beside 4).
    """
    colour = theme.colour("ink") if kind is None else theme.colour(_token(kind))
    if kind is None:
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), width), colour)
        return
    if kind is LedgerKind.COLLECTIVE:
        _ring(painter, box, width, colour)
        return
    thin = width / 2
    _ring(painter, box, thin, colour)
    _ring(painter, box.adjusted(2 * thin, 2 * thin, -2 * thin, -2 * thin), thin, colour)


def _token(kind: LedgerKind) -> str:
    return "green" if kind is LedgerKind.COLLECTIVE else "indigo"


def _ring(painter: QPainter, box: QRectF, width: float, ink: QColor) -> None:
    """Four filled bars: sharp at every scale, unlike a wide pen."""
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), width), ink)
    painter.fillRect(QRectF(box.left(), box.bottom() - width, box.width(), width), ink)
    painter.fillRect(QRectF(box.left(), box.top(), width, box.height()), ink)
    painter.fillRect(QRectF(box.right() - width, box.top(), width, box.height()), ink)


def frame_room(theme: Theme, kind: LedgerKind | None) -> int:
    """How much room the frame takes at the sides, px."""
    width = theme.px.frame
    if kind is None:
        return 0
    return width if kind is LedgerKind.COLLECTIVE else width + width // 2


class LedgerFrame(QWidget):
    """Holds the pages inside the frame of the leading ledger."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.under_review = False
        """Ink all round: a package is looked at, whichever ledger leads."""
        self.column = QVBoxLayout(self)
        self.column.setSpacing(0)
        self._follow()
        theme.changed.connect(self._follow)

    def _follow(self) -> None:
        """Keep the same room for either frame, so that nothing moves when the ledger changes."""
        room = frame_room(self._theme, LedgerKind.COMMITTEE)
        self.column.setContentsMargins(room, room, room, room)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk and frame."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("desk"))
        if self.under_review:
            _ring(painter, QRectF(self.rect()), self._theme.px.frame, self._theme.colour("ink"))
        else:
            paint_frame(painter, self._theme, QRectF(self.rect()), self._theme.kind, self._theme.px.frame)
        painter.end()
