"""Indicators in a strip: name and figure over a bar from zero, the line from which one looks dashed; income by year as two bars.

A bar beyond its line is hatched and its figure has a triangle: nothing is said by colour alone. Enter or a click leads to
all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
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

from village_ledger.domain.indicator import Indicator, Judged
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.bars_chart import in_wan

_GAP = 18
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class IndicatorStrip(QWidget):
    """A few indicators side by side, or in two columns where there is little room."""

    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: list[Indicator] = []
        self._years: list[tuple[int, int]] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def show_indicators(self, shown: Sequence[Indicator], years: Sequence[tuple[int, int]]) -> None:
        """These, and operating income by year in fen; no years leaves its place out."""
        self._shown, self._years = list(shown), list(years)
        words = [f"{year} 年经营性收入 {in_wan(fen) or '0.0'} 万元" for year, fen in years]
        words += [f"{one.definition.name} {one.shown}" for one in shown]
        self.setAccessibleName(tr("指标：{words}", words="，".join(words)))
        self._on_theme()

    def sizeHint(self) -> QSize:
        """As many rows as the places need."""
        return QSize(400, self._rows() * self._row_height() + 2 * self._edge())

    def minimumSizeHint(self) -> QSize:
        """The same height, whatever the width."""
        return QSize(200, self.sizeHint().height())

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, its places, the focus."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sheet"))
        painter.setPen(theme.pen("edge", 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        for place, box in enumerate(self._boxes()):
            if self._years and place == 0:
                self._paint_years(painter, box)
            else:
                self._paint_one(painter, self._shown[place - bool(self._years)], box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            colour = theme.tokens.colour.focus
            painter.setPen(QPen(QColor(colour) if colour else theme.colour("accent"), theme.px.focus))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _paint_one(self, painter: QPainter, one: Indicator, box: QRectF) -> None:
        theme = self._theme
        high = box.height() / 2
        upper, lower = (
            QRectF(box.topLeft(), QPointF(box.right(), box.top() + high)),
            box.adjusted(0, high, 0, 0),
        )
        value = f"▲ {one.shown}" if one.judged is Judged.LOOK else one.shown
        bold = theme.font(bold=True)
        wide = QFontMetricsF(bold).horizontalAdvance(value) + 4
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, middle | Qt.AlignmentFlag.AlignRight, value)
        small = theme.font(Role.SMALL)
        painter.setFont(small)
        painter.setPen(theme.colour("ink2"))
        name = QFontMetricsF(small).elidedText(
            one.definition.name, Qt.TextElideMode.ElideRight, upper.width() - wide
        )
        painter.drawText(upper, middle | Qt.AlignmentFlag.AlignLeft, name)
        if one.value is None:
            why = QFontMetricsF(small).elidedText(one.working, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, middle | Qt.AlignmentFlag.AlignLeft, why)
            return
        self._paint_bar(painter, one, lower)

    def _paint_bar(self, painter: QPainter, one: Indicator, box: QRectF) -> None:
        """From zero to the value; the line dashed across, its words behind it where there is room."""
        theme = self._theme
        value, line = (one.value or Fraction(0)) * 100, one.definition.line
        most = max(Fraction(100), value, (line or Fraction(0)) * Fraction(11, 10))
        track = QRectF(box.left(), box.top() + box.height() * 0.28, box.width(), box.height() * 0.44)
        painter.setPen(theme.pen("edge", 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(track)
        long = track.width() * float(max(value, Fraction(0)) / most)
        filled = QRectF(track.left(), track.top(), long, track.height())
        if one.judged is Judged.LOOK:
            painter.fillRect(filled, QBrush(theme.colour("ink"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(filled)
        else:
            painter.fillRect(filled, theme.colour("accent"))
        if line is not None:
            at = track.left() + track.width() * float(line / most)
            pen = QPen(theme.colour("ink"), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(at, box.top() + 1), QPointF(at, box.bottom() - 1))

    def _paint_years(self, painter: QPainter, box: QRectF) -> None:
        """Operating income of last year and this one, on one scale, figures behind the bars."""
        theme = self._theme
        small, bold = theme.font(Role.SMALL), theme.font(bold=True)
        most = max([fen for _, fen in self._years] + [1])
        high = box.height() / 2
        left = QFontMetricsF(small).horizontalAdvance("2025 经营收入 ")
        right = QFontMetricsF(bold).horizontalAdvance("8888.8 万") + 4
        middle = Qt.AlignmentFlag.AlignVCenter
        years = self._years[-2:]
        for place, (year, fen) in enumerate(years):
            top = box.top() + place * high + (high / 2 if len(years) == 1 else 0)
            line = QRectF(box.left(), top, box.width(), high)
            painter.setFont(small)
            painter.setPen(theme.colour("ink2"))
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, tr("{year} 经营收入", year=year))
            room = max(4.0, line.width() - left - right) if len(years) > 1 else 0.0
            bar = QRectF(line.left() + left, top + high * 0.25, room * max(fen, 0) / most, high * 0.5)
            if place == len(years) - 1:
                painter.fillRect(bar, theme.colour("accent"))
            elif room:
                painter.setPen(theme.pen("ink", 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(bar)
            painter.setFont(bold)
            painter.setPen(theme.colour("ink"))
            words = tr("{amount} 万", amount=in_wan(fen) or "0.0")
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, words)

    # where things are

    def _row_height(self) -> int:
        return round(QFontMetricsF(self._theme.font(bold=True)).height() * 2.05)

    def _edge(self) -> int:
        """Room above and below the places."""
        return self._theme.px.unit + 2

    def _places(self) -> int:
        return len(self._shown) + bool(self._years)

    def _across(self) -> int:
        """Places in a row."""
        count = max(1, self._places())
        return min(count, 2) if self._theme.tokens.tight else min(count, 5)

    def _rows(self) -> int:
        return -(-max(1, self._places()) // self._across())

    def _boxes(self) -> list[QRectF]:
        px, across = self._theme.px, self._across()
        high = self._row_height()
        wide = (self.width() - 2 * px.gap - (across - 1) * _GAP) / across
        return [
            QRectF(
                px.gap + place % across * (wide + _GAP),
                self._edge() + place // across * high,
                wide,
                high - px.unit,
            )
            for place in range(self._places())
        ]

    # what a person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to all of them."""
        if event.key() in _ENTER:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The box appears."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The box goes."""
        super().focusOutEvent(event)
        self.update()

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
