"""One delegate per look of column; each draws its whole cell: ground, rules, words.

A wheel step draws some three hundred cells, so a cell costs one model call, one text and a few filled rectangles.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from village_ledger.domain.chart import LedgerKind
from village_ledger.reports.table import Role
from village_ledger.ui.tables.table_model import FigureModel, Look
from village_ledger.ui.tables.table_style import LEFT, MIDDLE, RIGHT, TableStyle, framed_remark
from village_ledger.ui.widgets.pin_tag import paint_tag, tag_height, tag_width
from village_ledger.ui.widgets.stamp import SHORT, paint_stamp
from village_ledger.ui.widgets.state_mark import paint_check, paint_state

Index = QModelIndex | QPersistentModelIndex

_BOLD_ROLES = frozenset({Role.OPENING, Role.SUBTOTAL, Role.TOTAL, Role.SECTION})
INDENT = 2
"""Cells' padding a level of accounts is set in by."""
_TICK = ((0.25, 0.55), (0.43, 0.72), (0.78, 0.3))
"""The tick as parts of its box's side."""


class CellDelegate(QStyledItemDelegate):
    """Ground, rules and bar of a cell; subclasses draw what stands in it."""

    def __init__(
        self, style: TableStyle, model: FigureModel, column: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.style = style
        self.model = model
        self.column = column
        self.hair = model.columns[column].hair
        self.current = -1
        """The current row, kept by the view; one int is cheaper than asking each option's state."""
        self.focused = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have one height; nothing is measured."""
        del option, index
        return QSize(0, self.style.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        x, y, width, height = option.rect.getRect()  # type: ignore[attr-defined]  # PySide's stubs leave out rect
        style, row = self.style, index.row()
        current = row == self.current
        if current:
            painter.fillRect(x, y, width, height, style.tint)
            if self.column == 0:
                painter.fillRect(x, y, style.bar, height, style.focus if self.focused else style.edge)
        role = self.model.role(row)
        if role is Role.TOTAL:
            painter.fillRect(x, y, width, height, style.paper)
            painter.fillRect(x, y, width, style.rule, style.ink2)
        painter.fillRect(x, y + height - style.line, width, style.line, style.hair)
        if self.hair:
            painter.fillRect(x, y, style.line, height, style.hair)
        if role is Role.SUBTOTAL and self.model.closes(row):
            painter.fillRect(x, y - style.line, width, style.rule, style.red)
            painter.fillRect(x, y + height - style.rule, width, style.rule, style.red)
        self.draw(painter, (x, y, width, height), row, role)
        if current and self.column == self.model.chosen:
            thick = style.focus_width
            painter.setPen(QPen(style.focus if self.focused else style.edge, thick))
            painter.drawRect(x + thick // 2, y + thick // 2, width - thick, height - thick)
        if self.model.tagged is not None:
            tag = self.model.tagged(row, self.column)
            if tag is not None:
                theme, high = style.theme, tag_height(style.theme)
                place = QRect(x + style.bar, y + (height - high) // 2, tag_width(theme, tag.number), high)
                paint_tag(painter, theme, place, tag.number, waits=tag.waits)

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """Draw what stands in the cell."""
        raise NotImplementedError


class TextDelegate(CellDelegate):
    """Words from the left, cut with … when too long; accounts are set in by their level."""

    def __init__(
        self, style: TableStyle, model: FigureModel, column: int, parent: QObject | None = None
    ) -> None:
        super().__init__(style, model, column, parent)
        look = model.columns[column].look
        self.bold = look is Look.CODE
        self.indents = look is Look.TEXT and model.columns[column].key == "name"
        self.stresses = self.indents or look is Look.STRESSED

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """The text in ink."""
        text = self.model.text(row, self.column)
        if not text:
            return
        x, y, width, height = box
        style = self.style
        bold = self.bold or role in _BOLD_ROLES or (self.stresses and self.model.strong(row))
        left = style.cell
        if self.indents:
            left += (self.model.level(row) - 1) * style.cell * INDENT
        painter.setFont(style.bold if bold else style.font)
        painter.setPen(style.ink)
        room = width - left - style.cell
        painter.drawText(x + left, y, room, height, LEFT, style.elided(text, room, bold))


class CentredDelegate(CellDelegate):
    """Short words and counts in the middle."""

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """The text in ink."""
        text = self.model.text(row, self.column)
        if text:
            painter.setFont(self.style.bold if role in _BOLD_ROLES else self.style.font)
            painter.setPen(self.style.ink)
            painter.drawText(*box, MIDDLE, text)


class MoneyDelegate(CellDelegate):
    """Amounts from the right; below zero bold red with the minus before the figure."""

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """The amount."""
        text = self.model.text(row, self.column)
        if not text:
            return
        x, y, width, height = box
        style = self.style
        negative = text[0] == "-"
        painter.setFont(style.bold if negative or role in _BOLD_ROLES else style.font)
        painter.setPen(style.red if negative else style.ink)
        painter.drawText(x, y, width - style.cell, height, RIGHT, text)


class LinkDelegate(CellDelegate):
    """Words underlined in the ledger's colour; a click opens the row."""

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """The text and its line."""
        del role
        text = self.model.text(row, self.column)
        if not text:
            return
        x, y, width, height = box
        style = self.style
        painter.setFont(style.font)
        painter.setPen(style.accent)
        painter.drawText(x + style.cell, y, width - style.cell, height, LEFT, text)
        below = y + (height + style.metrics.ascent()) // 2 + style.line
        painter.fillRect(x + style.cell, below, style.width_of(text), style.line, style.accent)


class StateDelegate(CellDelegate):
    """Circle filling up with ink, and the word beside it."""

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """Shape and word."""
        del role
        text = self.model.text(row, self.column)
        x, y, width, height = box
        style = self.style
        side = style.metrics.ascent()
        state = self.model.state(row)
        if state is not None:
            paint_state(painter, x + style.cell, y + (height - side) / 2, side, state, style.theme)
        painter.setFont(style.font)
        painter.setPen(style.ink)
        painter.drawText(x + 2 * style.cell + side, y, width - side, height, LEFT, text)


class TaggedDelegate(CellDelegate):
    """Text with small framed remarks behind it; the remarks keep their room, the text is cut.

    Heads of households are bold, their people set in.
    """

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """Text, then remarks."""
        del role
        x, y, width, height = box
        style = self.style
        of_head = self.model.columns[self.column].key == "head"
        tags, bold = self.model.tags(row), of_head and self.model.strong(row)
        inset = (self.model.level(row) - 1) * style.cell * INDENT if of_head else 0
        x, width = x + inset, width - inset
        needed = sum(style.small_metrics.horizontalAdvance(tag) + 2 * style.cell for tag, _ in tags)
        room = max(width - 2 * style.cell - needed, width // 3)
        text = style.elided(self.model.text(row, self.column), room, bold)
        painter.setFont(style.bold if bold else style.font)
        painter.setPen(style.ink)
        painter.drawText(x + style.cell, y, room, height, LEFT, text)
        after, end = (
            x + style.cell + min(room, style.width_of(text, bold=bold)) + style.cell,
            x + width - style.cell,
        )
        for tag, warns in tags:
            if end - after < 2 * style.row:
                break
            after = framed_remark(painter, style, (after, y, end - after, height), tag, warns=warns)


class MarkDelegate(CellDelegate):
    """The box to tick; drawn where ticking means something."""

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """Empty, ticked or nothing."""
        del role
        state = self.model.mark(row)
        if state is None:
            return
        x, y, width, height = box
        style = self.style
        side = style.metrics.height()
        left, top = x + (width - side) // 2, y + (height - side) // 2
        if not state:
            painter.fillRect(left, top, side, side, style.sheet)
            painter.setPen(QPen(style.accent, style.rule))
            painter.drawRect(left, top, side, side)
            return
        painter.fillRect(left, top, side + 1, side + 1, style.accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(style.on_accent, style.rule)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        painter.setPen(pen)
        painter.drawPolyline([QPointF(left + side * across, top + side * down) for across, down in _TICK])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class CheckDelegate(CellDelegate):
    """The mark of a check; the words stand in the columns beside it."""

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """✓ in a ring, ▲, ✕ on a square, or a dashed ring."""
        del role
        check = self.model.check(row)
        if check is None:
            return
        x, y, width, height = box
        side = self.style.metrics.height() + 2
        mark = QRectF(x + (width - side) / 2, y + (height - side) / 2, side, side)
        paint_check(painter, self.style.theme, mark, check)


class OwnersDelegate(CellDelegate):
    """The stamps of whose it is, shape first, and the word beside them."""

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """Stamps, then the word."""
        x, y, _, height = box
        style = self.style
        side = style.metrics.height()
        left = x + style.cell
        for kind in self.model.owners(row):
            paint_stamp(
                painter, style.theme, QRectF(left, y + (height - side) / 2, side, side), kind, SHORT[kind]
            )
            left += side + style.cell // 2
        painter.setFont(style.bold if role in _BOLD_ROLES else style.font)
        painter.setPen(style.ink)
        room = x + box[2] - left
        painter.drawText(
            left, y, room, height, LEFT, style.elided(self.model.text(row, self.column), room, False)
        )


class OwnedMoneyDelegate(MoneyDelegate):
    """An amount in its owner's colour; where it stands says the same."""

    kind = LedgerKind.COLLECTIVE

    def draw(self, painter: QPainter, box: tuple[int, int, int, int], row: int, role: Role) -> None:
        """The amount; red letters stay red."""
        text = self.model.text(row, self.column)
        if text.startswith("-"):
            super().draw(painter, box, row, role)
            return
        x, y, width, height = box
        style = self.style
        painter.setFont(style.bold if role in _BOLD_ROLES else style.font)
        painter.setPen(QColor(style.theme.accent_of(self.kind).strong))
        painter.drawText(x, y, width - style.cell, height, RIGHT, text)


class TheirMoneyDelegate(OwnedMoneyDelegate):
    """The same for the committee."""

    kind = LedgerKind.COMMITTEE


DELEGATES: dict[Look, type[CellDelegate]] = {
    Look.TEXT: TextDelegate,
    Look.CODE: TextDelegate,
    Look.STRESSED: TextDelegate,
    Look.MONEY: MoneyDelegate,
    Look.CENTRED: CentredDelegate,
    Look.LINK: LinkDelegate,
    Look.STATE: StateDelegate,
    Look.TAGGED: TaggedDelegate,
    Look.MARK: MarkDelegate,
    Look.CHECK: CheckDelegate,
    Look.OWNERS: OwnersDelegate,
    Look.OURS: OwnedMoneyDelegate,
    Look.THEIRS: TheirMoneyDelegate,
}
