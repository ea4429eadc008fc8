"""Cash at the end of each month: square marks the collective, open rings the committee, the limit dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.stamp import KIND_NAMES

YUAN = 100
_STEPS = (1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class CashLine:
    """Cash of one ledger per month, fen; None where there is none yet."""

    kind: LedgerKind
    balances: Sequence[int | None]


def axis(most: int) -> list[int]:
    """Marks of a zero axis reaching ``most`` fen, three to five of them, in fen."""
    for step in _STEPS:
        if most <= 4 * step * YUAN:
            count = max(1, -(-most // (step * YUAN)))
            return [n * step * YUAN for n in range(count + 1)]
    return [0, most]


class CashChart(QWidget):
    """Lines with marks; the name and figure at each line's end stand for a legend."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[CashLine] = []
        self._limit = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)

    def show_figures(self, lines: Sequence[CashLine], limit: int) -> None:
        """Lines and the limit, fen."""
        self._lines, self._limit = list(lines), limit
        ends = [(line.kind, self._end(line)) for line in lines]
        words = ",".join(f"{KIND_NAMES[k]}{format_fen(end[1])}" for k, end in ends if end)
        self.setAccessibleName(tr("库存现金，限额 {limit}，{words}", limit=format_fen(limit), words=words))
        self.update()

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        return QSize(400, self._theme.px.body * 12)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(240, self._theme.px.body * 8)

    @staticmethod
    def _end(line: CashLine) -> tuple[int, int] | None:
        """Last month (from 0) with a figure, and the figure."""
        known = [(m, b) for m, b in enumerate(line.balances) if b is not None]
        return known[-1] if known else None

    def _plot(self) -> QRectF:
        """Where the lines are drawn: figures of the axis left, names right, months below."""
        small = QFontMetricsF(self._theme.font(Role.SMALL))
        bold = QFontMetricsF(self._theme.font(bold=True))
        right = max(small.horizontalAdvance("88,888.88"), bold.horizontalAdvance(tr("集体"))) + 10
        left = small.horizontalAdvance("88,000") + 8
        return QRectF(
            left, small.height() * 0.6, self.width() - left - right, self.height() - small.height() * 1.8
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axis, limit, months, lines, end labels."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        most = max(
            [self._limit, *(b for line in self._lines for b in line.balances if b is not None)], default=1
        )
        marks = axis(most)
        top = max(marks[-1], 1)
        self._paint_axis(painter, plot, marks)
        self._paint_limit(painter, plot, top)
        ends: list[tuple[float, CashLine, int]] = []
        for line in self._lines:
            end = self._paint_line(painter, plot, top, line)
            if end is not None:
                ends.append((end[0], line, end[1]))
        self._paint_ends(painter, plot, ends)
        painter.end()

    def _paint_axis(self, painter: QPainter, plot: QRectF, marks: list[int]) -> None:
        theme = self._theme
        small = theme.font(Role.SMALL)
        height = QFontMetricsF(small).height()
        painter.setFont(small)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for mark in marks:
            y = plot.bottom() - plot.height() * mark / max(marks[-1], 1)
            painter.setPen(QPen(theme.colour("ink" if mark == 0 else "hair"), 1.2 if mark == 0 else 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.colour("ink"))
            painter.drawText(QRectF(0, y - height / 2, plot.left() - 8, height), right, f"{mark // YUAN:,}")
        step = plot.width() / 11
        for month in range(12):
            if step < height * 1.4 and month % 2:
                continue
            words = tr("{month}月", month=month + 1) if month == 0 else str(month + 1)
            box = QRectF(plot.left() + month * step - 24, plot.bottom() + 3, 48, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_limit(self, painter: QPainter, plot: QRectF, top: int) -> None:
        if not self._limit:
            return
        theme = self._theme
        y = plot.bottom() - plot.height() * self._limit / top
        pen = QPen(theme.colour("ink"), 1.4)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setFont(theme.font(Role.SMALL))
        words = tr("限额 {limit:,}", limit=self._limit // YUAN)
        painter.drawText(self._free_place(plot, top, y, QFontMetricsF(painter.font()), words), words)

    def _free_place(self, plot: QRectF, top: int, y: float, measure: QFontMetricsF, words: str) -> QPointF:
        """Where the limit's words cross no line: above the dashes or under them, from the left to the right."""
        width, height = measure.horizontalAdvance(words) + 12, measure.height()
        step = plot.width() / 11
        points = [
            (plot.left() + step * month, plot.bottom() - plot.height() * max(balance, 0) / top)
            for line in self._lines
            for month, balance in enumerate(line.balances)
            if balance is not None
        ]
        lefts = (plot.left(), plot.center().x() - width / 2, plot.right() - width)
        for base in (y - 4, y + height):
            for left in lefts:
                near = [p for x, p in points if left - step < x < left + width + step]
                if base - height > 0 and not any(base - height - 4 < p < base + 6 for p in near):
                    return QPointF(left + 6, base)
        return QPointF(plot.left() + 6, y - 4)

    def _paint_line(
        self, painter: QPainter, plot: QRectF, top: int, line: CashLine
    ) -> tuple[float, int] | None:
        theme = self._theme
        strong = QColor(theme.accent_of(line.kind).strong)
        points = [
            QPointF(plot.left() + plot.width() * m / 11, plot.bottom() - plot.height() * max(b, 0) / top)
            for m, b in enumerate(line.balances)
            if b is not None
        ]
        if not points:
            return None
        painter.setPen(QPen(strong, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        for point in points:
            if line.kind is LedgerKind.COLLECTIVE:
                painter.fillRect(QRectF(point.x() - 4, point.y() - 4, 8, 8), strong)
            else:
                painter.setBrush(theme.colour("sheet"))
                painter.drawEllipse(point, 4, 4)
        end = self._end(line)
        return (points[-1].y(), end[1]) if end else None

    def _paint_ends(self, painter: QPainter, plot: QRectF, ends: list[tuple[float, CashLine, int]]) -> None:
        """Name over figure at each line's end, kept apart where the lines end close together."""
        theme = self._theme
        bold, small = theme.font(bold=True), theme.font(Role.SMALL)
        high = QFontMetricsF(bold).height() * 0.95
        low = QFontMetricsF(small).height()
        block, taken = high + low, -1e9
        for y, line, balance in sorted(ends, key=lambda e: e[0]):
            top = max(min(y - block / 2, self.height() - block * 2), taken, 0.0)
            taken = top + block
            x = plot.right() + 10
            painter.setPen(QColor(theme.accent_of(line.kind).strong))
            painter.setFont(bold)
            painter.drawText(QRectF(x, top, self.width() - x, high), KIND_NAMES[line.kind])
            painter.setFont(small)
            painter.drawText(QRectF(x, top + high - 2, self.width() - x, low), format_fen(balance))

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
