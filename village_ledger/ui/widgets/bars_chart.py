"""Income and expense by month: income solid above the months, expense hatched below, figures on the bars.

Two charts side by side share one scale. Left and Right walk the months, Enter goes into one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme

WAN = 1_000_000
"""Fen in 万元, the unit of the chart."""


def in_wan(fen: int) -> str:
    """An amount in 万元 with one decimal, halves away from zero; empty for nothing."""
    if fen == 0:
        return ""
    tenths = (abs(fen) * 10 + WAN // 2) // WAN
    return f"{'-' if fen < 0 else ''}{tenths // 10}.{tenths % 10}"


class BarsChart(QWidget):
    """Twelve pairs of bars about a band of month names."""

    entered = Signal(int)
    """Enter or a click on a month, 1 to 12."""

    def __init__(self, theme: Theme, kind: LedgerKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._income: Sequence[int] = [0] * 12
        self._expense: Sequence[int] = [0] * 12
        self._most = (1, 1)
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)

    def show_figures(self, income: Sequence[int], expense: Sequence[int], most: tuple[int, int]) -> None:
        """Fen per month, and the largest income and expense of both charts: their one scale."""
        self._income, self._expense = income, expense
        self._most = (max(most[0], 1), max(most[1], 1))
        self._say()
        self.update()

    def _say(self) -> None:
        """The month walked to, for screen readers."""
        month = self._at
        self.setAccessibleName(
            tr(
                "{month}月 收入 {income} 支出 {expense}",
                month=month + 1,
                income=format_fen(self._income[month]),
                expense=format_fen(self._expense[month]),
            )
        )

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        return QSize(420, self._theme.px.body * 15)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(300, self._theme.px.body * 9)

    # where things are

    def _side(self) -> float:
        """Room for 收入 and 支出 at the left."""
        return QFontMetricsF(self._theme.font(bold=True)).horizontalAdvance(tr("收入")) + 16

    def _slot(self, month: int) -> tuple[float, float]:
        """Left edge and width of a month's column."""
        width = (self.width() - self._side()) / 12
        return self._side() + month * width, width

    def _band(self) -> tuple[float, float]:
        """Top and bottom of the band of month names; the scale is shared above and below it."""
        label = QFontMetricsF(self._theme.font(Role.SMALL)).height()
        room = self.height() - 3 * label - 4
        above = label + room * self._most[0] / sum(self._most)
        return above, above + label + 2

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names, bars, figures, the month walked to."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        theme = self._theme
        top, bottom = self._band()
        strong = QColor(theme.accent_of(self._kind).strong)
        painter.setFont(theme.font(bold=True))
        height = QFontMetricsF(painter.font()).height()
        painter.setPen(strong)
        painter.drawText(QRectF(0, top - height - 2, self._side(), height), tr("收入"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRectF(0, bottom + 4, self._side(), height), tr("支出"))
        painter.setPen(QPen(theme.colour("ink"), 1.5))
        left = self._slot(0)[0]
        painter.drawLine(round(left), round(top), self.width(), round(top))
        painter.setPen(QPen(theme.colour("ink"), 1))
        painter.drawLine(round(left), round(bottom), self.width(), round(bottom))
        for month in range(12):
            self._paint_month(painter, month, strong)
        painter.end()

    def _paint_month(self, painter: QPainter, month: int, strong: QColor) -> None:
        theme = self._theme
        top, bottom = self._band()
        left, width = self._slot(month)
        label = QFontMetricsF(theme.font(Role.SMALL)).height()
        bar = max(8.0, width * 0.66)
        x = left + (width - bar) / 2
        small = theme.font(Role.SMALL)
        painter.setFont(small)
        painter.setPen(theme.colour("ink"))
        middle = Qt.AlignmentFlag.AlignCenter
        narrow = QFontMetricsF(small).horizontalAdvance(tr("12月")) > width
        words = str(month + 1) if narrow else tr("{month}月", month=month + 1)
        painter.drawText(QRectF(left - 4, top, width + 8, bottom - top), middle, words)
        up = (top - label) * max(self._income[month], 0) / self._most[0]
        painter.fillRect(QRectF(x, top - up, bar, up), strong)
        down = (self.height() - bottom - label - 2) * max(self._expense[month], 0) / self._most[1]
        if down >= 1:
            hatch = QBrush(theme.colour("ink"), Qt.BrushStyle.BDiagPattern)
            painter.setPen(QPen(theme.colour("ink"), 1))
            painter.setBrush(hatch)
            painter.drawRect(QRectF(x, bottom, bar - 1, down))
        painter.setPen(theme.colour("ink"))
        painter.drawText(
            QRectF(left - 6, top - up - label, width + 12, label), middle, in_wan(self._income[month])
        )
        painter.drawText(
            QRectF(left - 6, bottom + down + 1, width + 12, label), middle, in_wan(self._expense[month])
        )
        if self.hasFocus() and month == self._at:
            painter.setPen(QPen(QColor(theme.tokens.colour.focus or strong), theme.px.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(left, top - up - label, width, up + down + (bottom - top) + 2 * label))

    # walking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Enter."""
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._at = (self._at + (1 if key == Qt.Key.Key_Right else -1)) % 12
            self._say()
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(self._at + 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes into the month."""
        for month in range(12):
            left, width = self._slot(month)
            if left <= event.position().x() < left + width:
                self._at = month
                self.entered.emit(month + 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which month Enter would go into."""
        super().focusInEvent(event)
        self.update()

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
