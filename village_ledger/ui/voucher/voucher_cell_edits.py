"""The line edits that stand on the current cell of a voucher; always open, so that no first letter is lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.domain.voucher import SUMMARY_LIMIT
from village_ledger.ui.voucher.voucher_paint import caret_box, paint_box_rules, paint_in_boxes, typed_boxes
from village_ledger.ui.voucher.voucher_style import BOXES, VoucherStyle
from village_ledger.ui.widgets.money_edit import MoneyEdit

_PAGE_KEYS = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.DeleteEndOfWord,
)
"""Keys a line edit would take for itself: undo reaches over cells, Ctrl+Delete takes out lines."""


def belongs_to_page(event: QEvent) -> bool:
    """Whether a ShortcutOverride must be left to the page's actions."""
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
        return False
    return any(event.matches(key) for key in _PAGE_KEYS)


def dress(edit: QLineEdit, style: VoucherStyle, font: QFont) -> None:
    """A focus box of the ledger's colour around the whole cell, text where the cell shows it."""
    inside = max(style.pad - style.focus_line, 0)
    edit.setStyleSheet(
        f"QLineEdit {{ border: {style.focus_line}px solid {style.focus.name()}; border-radius: 0;"
        f" background: {style.sheet.name()}; color: {style.ink.name()}; min-height: 0;"
        f" padding: 0 {inside}px; font-size: {font.pixelSize()}px; }}"
    )
    edit.setFont(font)


class TextCell(QLineEdit):
    """Editor of summary, account and the narrow line; the input method is on from the moment it has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._worn: tuple[VoucherStyle, QFont] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setMaxLength(SUMMARY_LIMIT + 1)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def wear(self, style: VoucherStyle, font: QFont) -> None:
        """Take the look of the form, once for each look and font."""
        if (style, font) != self._worn:
            self._worn = (style, font)
            dress(self, style, font)

    def event(self, event: QEvent) -> bool:
        """Leave the page its keys."""
        if belongs_to_page(event):
            event.ignore()
            return True
        return super().event(event)


class AmountCell(MoneyEdit):
    """Editor of an amount; in the paper look what is typed fills the boxes from the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._style: VoucherStyle | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def wear(self, style: VoucherStyle) -> None:
        """Take the look of the form."""
        self._style = style
        dress(self, style, style.cell_font)

    def event(self, event: QEvent) -> bool:
        """Leave the page its keys."""
        if belongs_to_page(event):
            event.ignore()
            return True
        return super().event(event)

    def _chars(self) -> list[str] | None:
        """The boxes as typed so far; None while the text must be shown plain."""
        if self._style is None or not self._style.box:
            return None
        return typed_boxes(self.text())

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: object = None) -> object:
        """The candidate window belongs beside the box being typed in."""
        if query is Qt.InputMethodQuery.ImCursorRectangle and self._chars() is not None:
            return self._caret_rect()
        return (
            super().inputMethodQuery(query) if argument is None else super().inputMethodQuery(query, argument)
        )

    def _caret_rect(self) -> QRect:
        style = self._style
        if style is None:
            return self.caret()
        edge = caret_box(self.text(), self.cursorPosition())
        inset = self.height() // 5
        return QRect(style.box * min(edge, BOXES), inset, 2, self.height() - 2 * inset)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Boxes while a plain figure is typed, else the line edit as it is."""
        chars, style = self._chars(), self._style
        if chars is None or style is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        ground = self.rect()
        painter.fillRect(ground, style.tint if self.hasSelectedText() else style.sheet)
        paint_box_rules(painter, ground, style)
        painter.setFont(style.cell_font)
        painter.setPen(style.red if self.text().startswith("-") else style.ink)
        paint_in_boxes(painter, ground, chars, style)
        if not self.hasSelectedText() and self.hasFocus():
            painter.fillRect(self._caret_rect(), style.ink)
        edge, width, height = style.focus_line, ground.width(), ground.height()
        for side in (
            (0, 0, width, edge),
            (0, height - edge, width, edge),
            (0, 0, edge, height),
            (width - edge, 0, edge, height),
        ):
            painter.fillRect(QRect(*side), style.focus)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the boxes goes to the end of the figure; its characters stand elsewhere than Qt thinks."""
        super().mousePressEvent(event)
        if self._chars() is not None:
            self.deselect()
            self.end(False)
