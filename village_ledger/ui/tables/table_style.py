"""What delegates draw with: fonts, colours and pens of the theme, made once per look and not once per cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from village_ledger.ui.look.theme import Role, Theme

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
MIDDLE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine)


class TableStyle(QObject):
    """The theme as delegates and heads need it; follows the theme."""

    changed = Signal()
    """Fonts and measures are other ones: lay out and paint again."""
    recoloured = Signal()
    """Another ledger's colour leads: paint again."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._make()
        theme.changed.connect(self._remake)

    def _make(self) -> None:
        self._tokens = self.theme.tokens
        self._make_accents()
        theme = self.theme
        colour = theme.colour
        self.sheet, self.paper = colour("sheet"), colour("paper")
        self.ink, self.ink2 = colour("ink"), colour("ink2")
        self.edge, self.hair = colour("edge"), colour("hair")
        self.red, self.ochre, self.ochre_tint = colour("red"), colour("ochre"), colour("ochre_tint")
        self.font: QFont = theme.font(Role.BODY)
        self.bold: QFont = theme.font(Role.BODY, bold=True)
        self.small: QFont = theme.font(Role.SMALL)
        self.metrics = QFontMetrics(self.font)
        self.bold_metrics = QFontMetrics(self.bold)
        self.small_metrics = QFontMetrics(self.small)
        px = theme.px
        self.row, self.cell, self.bar = px.table_row, px.cell, px.unit
        self.line = max(1, round(px.line))
        self.rule = 2 * self.line
        self.focus_width = round(px.focus)
        self.elided: Callable[[str, int, bool], str] = lru_cache(maxsize=4096)(self._elide)

    def _make_accents(self) -> None:
        """The colours that follow the leading ledger."""
        colour = self.theme.colour
        self.accent, self.on_accent = colour("accent"), colour("on_accent")
        self.tint, self.focus = colour("tint"), colour("focus")

    def _remake(self) -> None:
        if self._tokens is self.theme.tokens:
            self._make_accents()
            self.recoloured.emit()
        else:
            self._make()
            self.changed.emit()

    def width_of(self, text: str, *, bold: bool = False) -> int:
        """Advance of a text in px, plain or bold."""
        return (self.bold_metrics if bold else self.metrics).horizontalAdvance(text)

    def _elide(self, text: str, width: int, bold: bool) -> str:
        metrics = self.bold_metrics if bold else self.metrics
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def framed_remark(
    painter: QPainter, style: TableStyle, place: tuple[int, int, int, int], text: str, *, warns: bool
) -> int:
    """A small framed remark in a box of (x, y, room, height), cut with … where it is too long; gives the x behind it."""
    x, y, room, height = place
    painter.setFont(style.small)
    words = style.small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room - style.cell))
    width = style.small_metrics.horizontalAdvance(words) + style.cell
    tall = style.small_metrics.height() + 2
    top = y + (height - tall) // 2
    if warns:
        painter.fillRect(x, top, width, tall, style.ochre_tint)
    painter.setPen(QPen(style.ochre if warns else style.edge, style.line))
    painter.drawRect(x, top, width, tall)
    painter.setPen(style.ochre if warns else style.ink2)
    painter.drawText(x, top, width, tall, MIDDLE, words)
    return x + width + style.cell
