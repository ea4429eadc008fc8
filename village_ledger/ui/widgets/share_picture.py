"""The picture 份额从哪来 on screen: stacked steps, pledges dotted, who has what at the right, years below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.i18n import tr
from village_ledger.reports.shares.share_history import Block, Fill, ShareHistory, spread
from village_ledger.ui.look.theme import Role, Theme

_LIGHT = 0.5
"""How much of the strong colour a light band keeps."""


class SharePicture(QWidget):
    """Drawn from a ``ShareHistory``; it grows with its room and says itself to a screen reader."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.history: ShareHistory | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)

    def show_history(self, history: ShareHistory | None) -> None:
        """Another household or day."""
        self.history = history
        self.setAccessibleName(tr("份额从哪来：{words}", words=history.words if history else tr("没有份额")))
        self.update()

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        return QSize(self._theme.px.body * 30, self._theme.px.body * 16)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(self._theme.px.body * 12, self._theme.px.body * 9)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bands, pledges, totals, names, years."""
        del event
        painter = QPainter(self)
        history, theme = self.history, self._theme
        if history is None or not history.bands:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("这一户没有过份额。"))
            painter.end()
            return
        box = self._plot(history)
        for block in history.blocks:
            self._paint_block(painter, history, box, block)
        painter.setPen(theme.pen("ink", 2))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        for block in history.pledged:
            self._paint_pledge(painter, tr("质押 {count}", count=history.text(block.quanta)), _in(box, block))
        self._paint_words(painter, history, box)
        painter.end()

    def _plot(self, history: ShareHistory) -> QRectF:
        """Room of the steps: a line for totals above, years below, names at the right."""
        small = QFontMetricsF(self._theme.font(Role.SMALL))
        names = [_named(history, band) for band in range(len(history.bands)) if history.bands[band].quanta]
        right = max((small.horizontalAdvance(name) for name in names), default=0.0) + small.height()
        above = QFontMetricsF(self._theme.font(bold=True)).height() + 2
        below = small.height() + self._theme.px.cell
        right = min(right, self.width() / 2)
        return QRectF(0, above, max(1.0, self.width() - right), max(1.0, self.height() - above - below))

    def _brush(self, fill: Fill) -> QBrush:
        theme = self._theme
        strong, sheet = theme.colour("accent"), theme.colour("sheet")
        if fill is Fill.SOLID:
            return QBrush(strong)
        if fill is Fill.LIGHT:
            return QBrush(_mixed(strong, sheet, _LIGHT))
        if fill is Fill.HATCHED:
            return QBrush(strong, Qt.BrushStyle.BDiagPattern)
        return QBrush(theme.colour("closed" if fill is Fill.GONE else "sheet"))

    def _paint_block(self, painter: QPainter, history: ShareHistory, plot: QRectF, block: Block) -> None:
        theme, band = self._theme, history.bands[block.band]
        box = _in(plot, block)
        painter.fillRect(box, theme.colour("sheet"))
        painter.fillRect(box, self._brush(band.fill))
        painter.setPen(theme.pen("ink", 1))
        painter.drawLine(box.topLeft(), box.topRight())
        for top, bottom in ((box.topLeft(), box.bottomLeft()), (box.topRight(), box.bottomRight())):
            painter.drawLine(top, bottom)
        if band.fill is not Fill.GONE:
            return
        font = theme.font(Role.SMALL)
        measure = QFontMetricsF(font)
        words = f"{band.name} {history.text(block.quanta)}"
        if measure.horizontalAdvance(words) < box.width() and measure.height() < box.height():
            painter.setFont(font)
            painter.setPen(theme.colour("ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_pledge(self, painter: QPainter, words: str, box: QRectF) -> None:
        """A dotted sheet with a frame, and its words where they fit."""
        theme = self._theme
        painter.fillRect(box, theme.colour("sheet"))
        painter.fillRect(box, QBrush(theme.colour("accent"), Qt.BrushStyle.Dense6Pattern))
        painter.setPen(QPen(theme.colour("ink"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        font = theme.font(Role.SMALL, bold=True)
        measure = QFontMetricsF(font)
        wide, high = measure.horizontalAdvance(words) + theme.px.cell, measure.height()
        if wide > box.width() or high > box.height():
            return
        sign = QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high)
        painter.fillRect(sign, theme.colour("sheet"))
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_words(self, painter: QPainter, history: ShareHistory, box: QRectF) -> None:
        theme = self._theme
        bold, small = theme.font(bold=True), theme.font(Role.SMALL)
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        high, free = QFontMetricsF(bold).height(), -1.0
        for label in history.totals:
            wide = QFontMetricsF(bold).horizontalAdvance(label.words)
            left = min(box.left() + label.at * box.width() + 3, box.right() - wide)
            if left < free:
                continue
            free = left + wide + 3
            top = box.bottom() - label.height * box.height() - high - 1
            painter.drawText(QRectF(left, top, wide + 2, high), Qt.AlignmentFlag.AlignLeft, label.words)
        painter.setFont(small)
        self._paint_names(painter, history, box, QFontMetricsF(small).height())
        self._paint_years(painter, history, box)

    def _paint_names(self, painter: QPainter, history: ShareHistory, box: QRectF, high: float) -> None:
        """Who has what at the end, beside its band."""
        ends = [block for block in history.blocks if block.right == 1.0]
        ends.sort(key=lambda block: block.band)
        wanted = [(block.bottom + block.top) / 2 * box.height() for block in ends]
        left = box.right() + high / 2
        for block, height in zip(ends, spread(wanted, high, box.height()), strict=True):
            place = QRectF(left, box.bottom() - height - high / 2, self.width() - left, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, _named(history, block.band))

    def _paint_years(self, painter: QPainter, history: ShareHistory, box: QRectF) -> None:
        measure = QFontMetricsF(painter.font())
        painter.setPen(self._theme.colour("ink2"))
        free = -1.0
        for year in history.years:
            at = box.left() + year.at * box.width()
            wide = measure.horizontalAdvance(year.words)
            left = max(0.0, at - wide / 2)
            painter.drawLine(QPointF(at, box.bottom()), QPointF(at, box.bottom() + self._theme.px.unit))
            if left >= free:
                painter.drawText(
                    QPointF(left, box.bottom() + self._theme.px.unit + measure.ascent() + 2), year.words
                )
                free = left + wide + self._theme.px.unit

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()


def _in(plot: QRectF, block: Block) -> QRectF:
    """A block's place in the plot, on whole pixels so that neighbours meet."""
    left, right = (round(plot.left() + at * plot.width()) for at in (block.left, block.right))
    top, bottom = (round(plot.bottom() - at * plot.height()) for at in (block.top, block.bottom))
    return QRectF(left, top, right - left, bottom - top)


def _named(history: ShareHistory, band: int) -> str:
    return f"{history.bands[band].name} {history.text(history.bands[band].quanta)}"


def _mixed(strong: QColor, ground: QColor, share: float) -> QColor:
    """A colour on its way to the ground."""
    parts = [
        a * share + b * (1 - share)
        for a, b in (
            (strong.redF(), ground.redF()),
            (strong.greenF(), ground.greenF()),
            (strong.blueF(), ground.blueF()),
        )
    ]
    return QColor.fromRgbF(*parts)
