"""One row of the account list: code, path with the matched part underlined, balance, last use."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from village_ledger.domain.account_search import Match, MatchKind
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.theme import Role, Theme

_KEYS = (("↑↓", "选"), ("Enter", "用它"), ("Esc", "收起"))
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
    IS_NEW = Qt.ItemDataRole.UserRole + 4


class AccountPickerDelegate(QStyledItemDelegate):
    """Paints matches and, as the last row, the way to a new sub-account with the keys of the list."""

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
        marked = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.fillRect(rect, self._theme.colour("tint" if marked else "sheet"))
        if marked:
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), self._theme.colour("focus"))
        inside = rect.adjusted(self._theme.px.cell + _BAR, 0, -self._theme.px.cell, 0)
        if index.data(RowRole.IS_NEW):
            self._paint_new(painter, rect, inside)
        else:
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
            right.setRight(right.right() - QFontMetrics(small).horizontalAdvance("12月30日用过") - theme.px.cell)
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

    def _paint_new(self, painter: QPainter, rect: QRect, inside: QRect) -> None:
        """＋ 新建下级科目… at the left, the keys of the list at the right."""
        theme = self._theme
        painter.setPen(theme.pen("hair"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        bold = theme.font(Role.FORM, bold=True)
        painter.setFont(bold)
        painter.setPen(theme.colour("accent"))
        painter.drawText(inside, flags, "+")
        body = theme.font(Role.BODY)
        painter.setFont(body)
        painter.setPen(theme.colour("ink"))
        after = inside.adjusted(QFontMetrics(bold).horizontalAdvance("+ "), 0, 0, 0)
        painter.drawText(after, flags, tr("新建下级科目…"))
        room = inside.width() - QFontMetrics(body).horizontalAdvance("+  新建下级科目…")
        x = inside.right() - self._keys_width()
        if self._keys_width() < room:
            self._paint_keys(painter, x, inside)

    def _keys_width(self) -> int:
        small, gap = QFontMetrics(self._theme.font(Role.SMALL)), self._theme.px.unit
        return sum(small.horizontalAdvance(key) + small.horizontalAdvance(word) + 5 * gap for key, word in _KEYS)

    def _paint_keys(self, painter: QPainter, x: int, rect: QRect) -> None:
        theme, gap = self._theme, self._theme.px.unit
        small = theme.font(Role.SMALL)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        height = metrics.height() + gap
        for key, word in _KEYS:
            box = QRect(x, rect.center().y() - height // 2, metrics.horizontalAdvance(key) + 2 * gap, height)
            painter.setPen(theme.pen("edge"))
            painter.drawRoundedRect(box, 2, 2)
            painter.setPen(theme.colour("ink2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
            x = box.right() + gap
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRect(x, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += width + 2 * gap
