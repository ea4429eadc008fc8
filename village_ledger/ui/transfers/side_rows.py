"""A small sheet beside a table: a heading and a few rows of words and amounts, drawn and not scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.ui.tables.table_style import LEFT, RIGHT, TableStyle


@dataclass(frozen=True, slots=True)
class SideRow:
    """Code or day (bold or plain), words, amount as shown; a total stands under a rule."""

    lead: str
    words: str
    amount: str
    total: bool = False


class SideRows(QWidget):
    """Heading at the left, what the amounts are at the right, rows below; as many as fit."""

    def __init__(self, style: TableStyle, *, bold_lead: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._bold_lead = bold_lead
        self._heading = ("", "")
        self._rows: tuple[SideRow, ...] = ()
        self._most = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        style.changed.connect(self.updateGeometry)

    def show_rows(self, heading: tuple[str, str], rows: Sequence[SideRow]) -> None:
        """Another heading and other rows."""
        self._heading, self._rows = heading, tuple(rows)
        spoken = "；".join(f"{row.lead} {row.words} {row.amount}" for row in rows)
        self.setAccessibleName(f"{heading[0]}：{spoken}")
        self.setVisible(bool(heading[0]))
        self.updateGeometry()
        self.update()

    @property
    def rows(self) -> tuple[SideRow, ...]:
        """What it shows."""
        return self._rows

    def _height(self) -> int:
        return round(self._style.row * 0.94)

    def sizeHint(self) -> QSize:
        """Heading and all rows."""
        return QSize(self._style.row * 8, self._height() * (len(self._rows) + 1) + 2 * self._style.line)

    def minimumSizeHint(self) -> QSize:
        """The heading and one row."""
        return QSize(self._style.row * 4, 2 * self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet."""
        del event
        painter = QPainter(self)
        style, width, tall = self._style, self.width(), self._height()
        painter.fillRect(self.rect(), style.sheet)
        painter.fillRect(0, 0, width, tall, style.paper)
        painter.setPen(style.edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        edge = style.cell + 2
        painter.setFont(style.font)
        painter.setPen(style.ink2)
        painter.drawText(QRect(edge, 0, width - 2 * edge, tall), RIGHT, self._heading[1])
        room = width - 2 * edge - style.width_of(self._heading[1]) - style.cell
        painter.setFont(style.bold)
        painter.setPen(style.ink)
        painter.drawText(QRect(edge, 0, room, tall), LEFT, style.elided(self._heading[0], room, True))
        for place, row in enumerate(self._fitting(), 1):
            self._paint_row(painter, row, QRect(0, place * tall, width, tall))
        painter.end()

    def _fitting(self) -> Sequence[SideRow]:
        """The rows there is room for; the last one, often the total, is kept."""
        most = max(1, self.height() // self._height() - 1)
        return self._rows if len(self._rows) <= most else (*self._rows[: most - 1], self._rows[-1])

    def _paint_row(self, painter: QPainter, row: SideRow, box: QRect) -> None:
        style = self._style
        edge = style.cell + 2
        rule = style.ink2 if row.total else style.hair
        painter.fillRect(
            style.line, box.top(), box.width() - 2 * style.line, style.rule if row.total else style.line, rule
        )
        inner = box.adjusted(edge, 0, -edge, 0)
        negative = row.amount.startswith("-")
        painter.setFont(style.bold if row.total or negative else style.font)
        painter.setPen(style.red if negative else style.ink)
        painter.drawText(inner, RIGHT, row.amount)
        painter.setPen(style.ink)
        left = 0
        if row.lead:
            bold = self._bold_lead or row.total
            painter.setFont(style.bold if bold else style.font)
            painter.drawText(inner, LEFT, row.lead)
            left = style.width_of(row.lead, bold=bold) + style.cell
        painter.setFont(style.bold if row.total else style.font)
        room = inner.width() - left - style.width_of(row.amount, bold=row.total) - style.cell
        painter.drawText(
            inner.adjusted(left, 0, 0, 0),
            LEFT | int(Qt.TextFlag.TextSingleLine),
            style.elided(row.words, room, row.total),
        )
