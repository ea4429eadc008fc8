"""The head of a table of figures: one storey, or two where columns share a group."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from village_ledger.ui.tables.table_model import FigureModel, Look
from village_ledger.ui.tables.table_style import LEFT, MIDDLE, RIGHT, TableStyle
from village_ledger.ui.widgets.stamp import SHORT, paint_stamp


class TableHead(QHeaderView):
    """Paper ground, bold labels over their figures, a rule below; group labels stand a storey above."""

    def __init__(self, style: TableStyle, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._style = style
        self._columns: FigureModel | None = None
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(style.cell)

    def show_columns(self, model: FigureModel) -> None:
        """The model whose columns it heads."""
        self._columns = model
        self.updateGeometry()

    @property
    def storeys(self) -> int:
        """1, or 2 where any column stands in a group."""
        return 2 if self._columns is not None and any(c.group for c in self._columns.columns) else 1

    def sizeHint(self) -> QSize:
        """Each storey a little lower than a row."""
        style = self._style
        storey = style.row if self.storeys == 1 else round(style.row * 0.85)
        return QSize(super().sizeHint().width(), storey * self.storeys + style.rule)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """One column's part of the head."""
        if self._columns is None:
            return
        style, column = self._style, self._columns.columns[logicalIndex]
        x, y, width, height = rect.getRect()  # type: ignore[misc]  # stubs type it as object
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, style.paper)
        painter.setFont(style.bold)
        painter.setPen(style.ink2)
        top, tall = y, height - style.rule
        if column.group:
            storey = tall // 2
            self._paint_group(painter, logicalIndex, y, storey)
            painter.fillRect(x, y + storey, width, style.line, style.hair)
            top, tall = y + storey, tall - storey
        if column.hair:
            painter.fillRect(x, y, style.line, height, style.hair)
        self._paint_label(painter, QRect(x, top, width, tall), column.label, column.look)
        if column.owner is not None:
            side = style.metrics.height()
            left = x + width - style.cell * 2 - style.width_of(column.label, bold=True) - side
            box = QRectF(left, top + (tall - side) / 2, side, side)
            paint_stamp(painter, style.theme, box, column.owner, SHORT[column.owner])
        painter.fillRect(x, y + height - style.rule, width, style.rule, style.ink2)
        painter.restore()

    def _paint_label(self, painter: QPainter, rect: QRect, label: str, look: Look) -> None:
        """A label over its figures: right for amounts, middle for short words, left for the rest."""
        inner = rect.adjusted(self._style.cell, 0, -self._style.cell, 0)
        if look in {Look.MONEY, Look.OURS, Look.THEIRS}:
            painter.drawText(inner, RIGHT, label)
        elif look in {Look.CENTRED, Look.MARK}:
            painter.drawText(rect, MIDDLE, label)
        else:
            painter.drawText(inner, LEFT, label)

    def _paint_group(self, painter: QPainter, section: int, top: int, tall: int) -> None:
        """The group's label in the middle of all its columns, seen through this section's window."""
        columns = self._columns.columns if self._columns is not None else ()
        group = columns[section].group
        first = last = section
        while first > 0 and columns[first - 1].group == group:
            first -= 1
        while last + 1 < len(columns) and columns[last + 1].group == group:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        painter.drawText(QRect(left, top, right - left, tall), MIDDLE, group)
