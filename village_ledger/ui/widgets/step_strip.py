"""The way through a page of steps, numbered: those done ticked, the present one on an ink block, the rest to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme

GAP = 8
"""Between a number and its word, px."""
BETWEEN = 26
"""Between two steps, px."""


class StepStrip(QWidget):
    """Numbers with words; where they do not fit side by side only the present step keeps its word."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._present = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def show_steps(self, names: Sequence[str], present: int) -> None:
        """The steps in their order and the one at which one is; past the last one all are done."""
        self._names, self._present = tuple(names), present
        at = min(present, len(names) - 1)
        name = names[at] if names else ""
        said = tr("第 {step} 步，共 {count} 步：{name}", step=at + 1, count=len(names), name=name)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """One line of text and its boxes."""
        return QSize(240, self._theme.px.body + 14)

    def minimumSizeHint(self) -> QSize:
        """It never forces the window wider."""
        return QSize(1, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Boxes, words, hairs between."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = self._theme.px.body + 9.0, self.height() / 2
        bold = QFontMetricsF(self._theme.font(Role.BODY, bold=True))
        whole = sum(side + GAP + bold.horizontalAdvance(n) + BETWEEN for n in self._names)
        left = 0.0
        for number, name in enumerate(self._names):
            box = QRectF(left, middle - side / 2, side, side)
            self._paint_box(painter, box, number)
            left = box.right() + GAP
            if whole <= self.width() + BETWEEN or number == self._present:
                painter.setFont(self._theme.font(Role.BODY, bold=number == self._present))
                painter.setPen(self._theme.colour("ink" if number <= self._present else "ink2"))
                room = QRectF(left, 0, bold.horizontalAdvance(name) + 2, self.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
                left = room.right() + GAP
            if number + 1 < len(self._names):
                painter.setPen(QPen(self._theme.colour("edge"), 1))
                painter.drawLine(QPointF(left, middle), QPointF(left + BETWEEN - 2 * GAP, middle))
                left += BETWEEN - GAP
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF, number: int) -> None:
        theme = self._theme
        present, done = number == self._present, number < self._present
        painter.setPen(QPen(theme.colour("ink" if number <= self._present else "edge"), 1.6))
        painter.setBrush(theme.colour("block" if present else "sheet"))
        painter.drawRect(box.adjusted(0.8, 0.8, -0.8, -0.8))
        if done:
            x, y, w = box.x(), box.y(), box.width()
            tick = [(0.26, 0.52), (0.43, 0.69), (0.76, 0.31)]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([QPointF(x + w * a, y + w * b) for a, b in tick]))
            return
        painter.setFont(theme.font(Role.BODY, bold=True))
        painter.setPen(theme.colour("on_block" if present else "ink2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
