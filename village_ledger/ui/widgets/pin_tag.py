"""The ochre tag of a remark: filled while it waits for an answer, framed once it has one; its number stands in both."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.tables.table_style import MIDDLE


def tag_width(theme: Theme, number: str) -> int:
    """Room a tag takes."""
    words = QFontMetrics(theme.font(Role.SMALL, bold=True)).horizontalAdvance(number)
    return max(words + theme.px.cell, tag_height(theme))


def tag_height(theme: Theme) -> int:
    """As high as its number and a little."""
    return QFontMetrics(theme.font(Role.SMALL, bold=True)).height() + theme.px.unit


def paint_tag(painter: QPainter, theme: Theme, box: QRect, number: str, *, waits: bool) -> None:
    """Draw a tag into a box of its size."""
    ochre, ground = theme.colour("ochre"), theme.colour("sheet")
    painter.save()
    painter.fillRect(box, ochre if waits else ground)
    if not waits:
        painter.setPen(QPen(ochre, 2 * max(1, round(theme.px.line))))
        painter.drawRect(box.adjusted(1, 1, -1, -1))
    painter.setFont(theme.font(Role.SMALL, bold=True))
    painter.setPen(ground if waits else ochre)
    painter.drawText(box, MIDDLE, number)
    painter.restore()
