"""Marks of states: always a shape, with a word beside it. The same paint functions serve widgets and delegates."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.domain.voucher import VoucherState
from village_ledger.ui.look.theme import Theme


class Check(Enum):
    """How a check came out."""

    GOOD = "good"
    """✓ in a ring"""
    WARN = "warn"
    """▲ ochre"""
    FAIL = "fail"
    """white ✕ on an ink square: failure is ink, not red"""
    WAITING = "waiting"
    """dashed ring: not yet"""


def paint_state(
    painter: QPainter, x: float, y: float, side: float, state: VoucherState, theme: Theme
) -> None:
    """Ink filling up: ◌ 草稿 · ○ 待审核 · ◐ 已审核 · ● 已记账 · ⊘ 作废."""
    box = QRectF(x, y, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = theme.colour("ink2" if state is VoucherState.VOID else "ink")
    width = max(1.6, box.width() / 8)
    ring = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    pen = QPen(ink, width)
    if state is VoucherState.DRAFT:
        pen.setWidthF(max(1.2, width * 0.7))
        pen.setDashPattern([1.6, 1.6])
    painter.setPen(pen)
    painter.setBrush(ink if state is VoucherState.POSTED else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if state is VoucherState.REVIEWED:
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    elif state is VoucherState.VOID:
        painter.drawLine(
            QPointF(ring.right() - ring.width() * 0.15, ring.top() + ring.height() * 0.15),
            QPointF(ring.left() + ring.width() * 0.15, ring.bottom() - ring.height() * 0.15),
        )
    painter.restore()


def paint_check(painter: QPainter, theme: Theme, box: QRectF, check: Check) -> None:
    """Draw the mark of a check into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if check is Check.WARN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ochre"))
        inset = box.width() * 0.18
        room = box.adjusted(inset, inset, -inset, -inset)
        painter.drawPolygon(
            QPolygonF([QPointF(room.center().x(), room.top()), room.bottomRight(), room.bottomLeft()])
        )
    elif check is Check.FAIL:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("block"))
        painter.drawRect(box)
        painter.setPen(QPen(theme.colour("on_block"), max(1.8, box.width() / 9)))
        inset = box.width() * 0.31
        arms = box.adjusted(inset, inset, -inset, -inset)
        painter.drawLine(arms.topLeft(), arms.bottomRight())
        painter.drawLine(arms.bottomLeft(), arms.topRight())
    else:
        ink = theme.colour("green" if check is Check.GOOD else "ink2")
        pen = QPen(ink, 1.4 if check is Check.GOOD else 1.1)
        if check is Check.WAITING:
            pen.setDashPattern([2.4, 2.4])
        painter.setPen(pen)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if check is Check.GOOD:
            painter.setPen(QPen(ink, 1.8))
            x, y, w, h = box.x(), box.y(), box.width(), box.height()
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(x + w * 0.30, y + h * 0.52),
                        QPointF(x + w * 0.44, y + h * 0.67),
                        QPointF(x + w * 0.71, y + h * 0.33),
                    ]
                )
            )
    painter.restore()


class CheckMark(QWidget):
    """The mark of a check as a widget; the word stands beside it."""

    def __init__(self, theme: Theme, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._check = check
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    @property
    def check(self) -> Check:
        """How the check came out."""
        return self._check

    def set_check(self, check: Check) -> None:
        """Show another outcome."""
        self._check = check
        self.update()

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        side = self._theme.px.body + 7
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        paint_check(painter, self._theme, QRectF(self.rect()), self._check)
        painter.end()

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
