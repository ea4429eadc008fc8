"""A box to tick with its words, drawn by hand: an empty frame or a frame with a tick, and a focus box that is always seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from village_ledger.ui.look.theme import Theme

_TICK = ((0.22, 0.52), (0.42, 0.72), (0.80, 0.28))
_GAP = 12


class TickBox(QCheckBox):
    """Space or a click ticks it."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._theme = theme
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def sizeHint(self) -> QSize:
        """A line as high as a button's."""
        measure = QFontMetricsF(self._theme.font())
        return QSize(
            round(measure.horizontalAdvance(self.text())) + self._side() + 3 * _GAP, self._side() + 12
        )

    def minimumSizeHint(self) -> QSize:
        """Long words are cut, the window is not widened."""
        return QSize(self._side() + 4 * _GAP, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        """The whole line."""
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, tick, words, focus."""
        del event
        theme, side = self._theme, self._side()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(_GAP / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(theme.colour("ink"), 1.6))
        painter.setBrush(theme.colour("sheet"))
        painter.drawRect(box)
        if self.isChecked():
            painter.setPen(QPen(theme.colour("ink"), 2.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(
                QPolygonF([QPointF(box.x() + side * x, box.y() + side * y) for x, y in _TICK])
            )
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.colour("ink"))
        room = QRectF(box.right() + _GAP, 0, self.width() - box.right() - _GAP, self.height())
        words = QFontMetricsF(painter.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        if self.hasFocus():
            width = theme.px.focus
            painter.setPen(QPen(theme.colour("focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.end()

    def _side(self) -> int:
        return self._theme.px.body + 3

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
