"""One row of the account list: code, path with the matched part underlined, balance, last use."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from village_ledger.domain.account_search import Match, MatchKind
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.buttons import key_width, paint_key

KEYS = (("↑↓", "选"), ("Enter", "用它"), ("Esc", "收起"))
_CODE_CHARS = 9
_BAR = 4
_UNDERLINE = 2
_SHORTEST_WITH_USE = 420
"""px: below this width the last use gives way to the path."""


class RowRole(IntEnum):
    """What is asked of a row of the list."""

    MATCH = Qt.ItemDataRole.UserRole + 1
    BALANCE = Qt.ItemDataRole.UserRole + 2
    USED = Qt.ItemDataRole.UserRole + 3


class AccountPickerDelegate(QStyledItemDelegate):
    """Paints the accounts found."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @staticmethod
    def row_height(theme: Theme) -> int:
        """42 px at the standard size."""
        return theme.px.row + theme.px.unit

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows alike."""
        del option, index
        return QSize(0, self.row_height(self._theme))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground with the bar of the marked row, then the row's own content."""
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  the stubs hide the field
        marked = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]  Qt's stubs leave the options' fields out
        painter.save()
        painter.fillRect(rect, self._theme.colour("tint" if marked else "sheet"))
        if marked:
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), self._theme.colour("focus"))
        inside = rect.adjusted(self._theme.px.cell + _BAR, 0, -self._theme.px.cell, 0)
        self._paint_match(painter, inside, index, marked=marked)
        painter.restore()

    def _paint_match(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, marked: bool
    ) -> None:
        match: Match | None = index.data(RowRole.MATCH)
        if match is None:
            return
        theme = self._theme
        font = theme.font(Role.BODY, bold=marked)
        small = theme.font(Role.SMALL)
        right = QRect(rect)
        used = str(index.data(RowRole.USED) or "")
        if used and rect.width() > _SHORTEST_WITH_USE:
            painter.setFont(small)
            painter.setPen(theme.colour("ink3"))
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, used)
        if rect.width() > _SHORTEST_WITH_USE:
            right.setRight(
                right.right() - QFontMetrics(small).horizontalAdvance("12月30日用过") - theme.px.cell
            )
        balance: int = index.data(RowRole.BALANCE) or 0
        painter.setFont(font)
        painter.setPen(theme.colour("red" if balance < 0 else "ink"))
        amount = format_fen(balance) if balance else "—"
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, amount)
        right.setRight(right.right() - QFontMetrics(font).horizontalAdvance(amount) - theme.px.cell)
        self._paint_names(painter, right, match, font)

    def _paint_names(self, painter: QPainter, rect: QRect, match: Match, font: QFont) -> None:
        """Code and path; the matched part is underlined in the ledger's colour."""
        theme = self._theme
        metrics = QFontMetrics(font)
        code_width = metrics.horizontalAdvance("0" * _CODE_CHARS)
        path = QRect(rect.left() + code_width, rect.top(), rect.width() - code_width, rect.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("ink"))
        painter.setFont(font)
        painter.drawText(QRect(rect.left(), rect.top(), code_width, rect.height()), flags, match.entry.code)
        text = metrics.elidedText(match.entry.path, Qt.TextElideMode.ElideLeft, path.width())
        painter.drawText(path, flags, text)
        in_code = match.kind is MatchKind.CODE
        whole = match.entry.code if in_code else match.entry.path
        start, end = match.start, match.start + match.length
        if match.length and (in_code or text == match.entry.path):
            left = (rect.left() if in_code else path.left()) + metrics.horizontalAdvance(whole[:start])
            width = metrics.horizontalAdvance(whole[start:end])
            top = rect.center().y() + metrics.height() // 2
            painter.fillRect(QRect(left, top, width, _UNDERLINE), theme.colour("accent"))


class PickerFoot(QWidget):
    """＋ 新建下级科目… at the left, the keys of the list at the right; ↓ past the last account marks it."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.marked = False
        self.setAccessibleName(tr("新建下级科目…"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_marked(self, marked: bool) -> None:
        """Mark it as what Enter takes."""
        self.marked = marked
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as a row."""
        return QSize(0, AccountPickerDelegate.row_height(self._theme))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins a new account."""
        event.accept()
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, then keys where there is room."""
        del event
        theme, rect = self._theme, self.rect()
        painter = QPainter(self)
        painter.fillRect(rect, theme.colour("tint" if self.marked else "paper"))
        if self.marked:
            painter.fillRect(QRect(0, 0, _BAR, rect.height()), theme.colour("focus"))
        painter.setPen(theme.pen("hair"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        inside = rect.adjusted(theme.px.cell + _BAR, 0, -theme.px.cell, 0)
        bold, body = theme.font(Role.FORM, bold=True), theme.font(Role.BODY)
        plus = QFontMetrics(bold).horizontalAdvance("+ ")
        words = tr("新建下级科目…")
        painter.setFont(bold)
        painter.setPen(theme.colour("accent"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, "+")
        painter.setFont(body)
        painter.setPen(theme.colour("ink"))
        painter.drawText(inside.adjusted(plus, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        keys = self._keys_width()
        if keys < inside.width() - plus - QFontMetrics(body).horizontalAdvance(words):
            self._paint_keys(painter, inside.right() - keys)
        painter.end()

    def _keys_width(self) -> int:
        small, gap = QFontMetrics(self._theme.font(Role.SMALL)), self._theme.px.unit
        caps = sum(key_width(self._theme, key) for key, _ in KEYS)
        return round(caps + sum(small.horizontalAdvance(word) + 3 * gap for _, word in KEYS))

    def _paint_keys(self, painter: QPainter, left: float) -> None:
        theme, gap = self._theme, self._theme.px.unit
        small = theme.font(Role.SMALL)
        colour = theme.colour("ink2")
        for key, word in KEYS:
            left = paint_key(painter, theme, left, self.height() / 2, key, colour) + gap
            painter.setFont(small)
            painter.setPen(colour)
            width = QFontMetrics(small).horizontalAdvance(word)
            painter.drawText(QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            left += width + 2 * gap
