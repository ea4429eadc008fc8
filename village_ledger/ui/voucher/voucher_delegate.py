"""Painting of a voucher's cells, as 凭证纸 with amount boxes or as a plain table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from village_ledger.ui.voucher.voucher_lines_model import AnyIndex, AuxiliaryCell, CellRole, Column
from village_ledger.ui.voucher.voucher_paint import fitting, paint_box_rules, paint_figure, paint_text
from village_ledger.ui.voucher.voucher_style import VoucherStyle

SHORT_LABELS = {
    Column.COUNTERPARTY: "往来",
    Column.PROJECT: "项目",
    Column.GROUP: "小组",
    Column.QUANTITY: "数量",
    Column.PRICE: "单价",
}
_FEWEST_CHARS = 6
"""Room, in characters, that an empty place of the narrow line keeps."""


@dataclass(frozen=True, slots=True)
class AuxiliaryPlace:
    """Where one part of the narrow line stands."""

    cell: AuxiliaryCell
    label: QRect
    field: QRect


def lay_out_auxiliary(
    rect: QRect, cells: Sequence[AuxiliaryCell], style: VoucherStyle, editing: Column | None = None
) -> list[AuxiliaryPlace]:
    """Places of the narrow line inside the account cell; all shrink alike when there is too little room."""
    metrics = QFontMetrics(style.small_font)
    gap = style.pad // 2
    least = metrics.horizontalAdvance("村") * _FEWEST_CHARS
    room = rect.width() - 2 * style.pad
    labels = [metrics.horizontalAdvance(SHORT_LABELS[cell.column]) + gap for cell in cells]
    bold = QFont(style.small_font)
    bold.setBold(True)
    wide = QFontMetrics(bold)
    fields = [
        max(wide.horizontalAdvance(cell.text) + gap, least * 2 if cell.column is editing else least // 2)
        + (least // 2 if not cell.text else 0)
        for cell in cells
    ]
    free = room - sum(labels) - gap * 2 * (len(cells) - 1)
    wanted = sum(fields)
    if wanted > free > 0:
        fields = [field * free // wanted for field in fields]
    places: list[AuxiliaryPlace] = []
    x = rect.left() + style.pad
    top = rect.bottom() - style.narrow - (style.pad // 4)
    for cell, label, field in zip(cells, labels, fields, strict=True):
        places.append(
            AuxiliaryPlace(
                cell, QRect(x, top, label, style.narrow), QRect(x + label, top, field, style.narrow)
            )
        )
        x += label + field + gap * 2
    return places


class VoucherDelegate(QStyledItemDelegate):
    """Paints every cell; editing is done by the grid's own line edits."""

    def __init__(self, style: VoucherStyle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.style = style
        self.current_row = -1
        self.current_column: Column | None = None
        self.suspect_row = -1
        """The line that most likely makes the voucher not balance."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Ground, content, rules."""
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  the stubs hide the field
        painter.save()
        self._ground(painter, rect, index)
        column = Column(index.column())
        if column is Column.SUMMARY:
            self._summary(painter, rect, index)
        elif column is Column.ACCOUNT:
            self._account(painter, rect, index)
        elif column.is_amount:
            self._amount(painter, rect, index)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Paper: ruled on all sides. Plain: hairs between rows, the current one tinted with a bar at its left."""
        style = self.style
        if style.is_paper:
            painter.fillRect(rect, style.sheet)
            if style.box and Column(index.column()).is_amount:
                paint_box_rules(painter, rect, style)
            painter.setPen(QPen(style.edge, style.border))
            painter.drawLine(rect.topRight(), rect.bottomRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            return
        current = index.row() == self.current_row
        painter.fillRect(rect, style.tint if current else style.sheet)
        painter.setPen(QPen(style.hair, style.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current and index.column() == Column.SUMMARY:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), style.focus)

    def _summary(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        style = self.style
        if index.row() == self.suspect_row:
            mark = QRect(rect.left(), rect.top(), style.gutter or style.pad * 2, rect.height())
            painter.setPen(style.ochre)
            painter.setFont(style.small_font)
            painter.drawText(mark, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "▲")
        if style.gutter:
            painter.setPen(style.ink_faint)
            painter.setFont(style.cell_font)
            number = QRect(rect.left(), rect.top(), style.gutter * 3 // 4, rect.height())
            if index.row() != self.suspect_row:
                painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        indent = style.gutter + style.pad
        painter.setPen(style.ink)
        paint_text(
            painter, rect.adjusted(indent, 2, -style.pad, -2), str(index.data() or ""), style.cell_font
        )

    def _account(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        style = self.style
        cells: list[AuxiliaryCell] = index.data(CellRole.AUXILIARY) or []
        main = rect.adjusted(style.pad, 2, -style.pad, -2)
        if cells:
            main.setBottom(rect.bottom() - style.narrow)
            editing = self.current_column if index.row() == self.current_row else None
            self._narrow_line(painter, rect, cells, editing)
        code = str(index.data(CellRole.CODE) or "")
        text = str(index.data() or "")
        fault = index.data(CellRole.FAULT)
        painter.setPen(style.ochre if fault and index.row() != self.current_row else style.ink)
        if code and not style.is_paper:
            bold = QFont(style.cell_font)
            bold.setBold(True)
            painter.setFont(bold)
            painter.drawText(main, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, code)
            main.setLeft(main.left() + QFontMetrics(bold).horizontalAdvance(code + " "))
            text = text.removeprefix(code).lstrip()
        paint_text(painter, main, text, style.cell_font)

    def _narrow_line(
        self, painter: QPainter, rect: QRect, cells: Sequence[AuxiliaryCell], editing: Column | None
    ) -> None:
        """往来 赵永康  项目 2025年运转补助, and a line to write on where the account demands one."""
        style = self.style
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for place in lay_out_auxiliary(rect, cells, style, editing):
            painter.setFont(style.small_font)
            painter.setPen(style.ink_soft)
            painter.drawText(place.label, flags, SHORT_LABELS[place.cell.column])
            bold = QFont(style.small_font)
            bold.setBold(True)
            painter.setFont(fitting(bold, place.cell.text, place.field.width()))
            painter.setPen(style.ink)
            painter.drawText(place.field, flags, place.cell.text)
            if not place.cell.text:
                painter.setPen(QPen(style.ochre if place.cell.demanded else style.edge, style.border))
                painter.drawLine(place.field.bottomLeft(), place.field.bottomRight())

    def _amount(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        style = self.style
        fen: int | None = index.data(CellRole.FEN)
        if fen is None:
            painter.setPen(style.ochre)
            text = str(index.data() or "")
            painter.setFont(fitting(style.cell_font, text, rect.width() - style.pad))
            place = rect.adjusted(2, 0, -style.pad, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        elif fen:
            paint_figure(painter, rect, fen, style)
