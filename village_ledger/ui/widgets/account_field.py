"""A field that finds an account by code, characters or pinyin, and tells which one was chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QFrame,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from village_ledger.domain.account_search import AccountIndex, SearchEntry
from village_ledger.domain.chart import Chart
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme

_FOUND_AT_MOST = 40
_CHARS, _CHARS_NARROW = 11, 8


class _TallRows(QStyledItemDelegate):
    """Rows of the list as high as a button, so that they can be hit."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Width of the words, height of a button."""
        return QSize(super().sizeHint(option, index).width(), self._theme.px.control)


class AccountField(QLineEdit):
    """Shows the account in view; typing offers others, Enter takes the first or the marked one."""

    chosen = Signal(str)
    """Code of the account taken."""
    left_field = Signal()
    """Esc: back to the table, nothing chosen."""

    def __init__(self, theme: Theme, *, leaves_only: bool = False, fills: bool = False) -> None:
        """``leaves_only`` where a parent would be no answer; in a form it ``fills`` its place."""
        super().__init__()
        self._fills = fills
        self._theme = theme
        self._leaves_only = leaves_only
        self._shown = ""
        self._index: AccountIndex | None = None
        self._chart: Chart | None = None
        self._aliases: dict[str, str] = {}
        self._offers: dict[str, str] = {}
        self._texts = QStringListModel(self)
        self.setAccessibleName(tr("科目"))
        self.setAccessibleDescription(tr("打编码、汉字或拼音首字母换一个科目"))
        completer = QCompleter(self._texts, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(self._take)
        self._completer = completer
        self._popup: QAbstractItemView = completer.popup()  # type: ignore[assignment]  # made on first use, never None
        self._popup.setItemDelegate(_TallRows(theme, self._popup))
        self._popup.setFrameShape(QFrame.Shape.Box)
        self._popup.setAccessibleName(tr("找到的科目"))
        self.textEdited.connect(self._search)
        self._fit()
        theme.changed.connect(self._fit)

    def set_chart(self, chart: Chart, aliases: dict[str, str]) -> None:
        """The accounts to find, parents too; the index is made when one is first looked for."""
        if chart is not self._chart:
            self._chart, self._index = chart, None
            self._aliases = aliases

    def show_account(self, code: str, name: str) -> None:
        """The account in view."""
        self._shown = f"{code} {name}"
        if not self.hasFocus():
            self.setText(self._shown)
            self.setCursorPosition(0)

    def _fit(self) -> None:
        if self._fills:
            return
        metrics = QFontMetricsF(self._theme.font(Role.FORM))
        chars = _CHARS_NARROW if self._theme.tokens.narrow else _CHARS
        self.setFixedWidth(round(metrics.horizontalAdvance("字") * chars) + 2 * self._theme.px.cell)

    def _search(self, text: str) -> None:
        """Offer what the text may mean."""
        if self._chart is None:
            return
        if self._index is None:
            chart = self._chart
            offered = [a for a in chart if not self._leaves_only or (a.is_leaf and a.active)]
            entries = [SearchEntry(a.code, a.name, chart.path(a.code)) for a in offered]
            self._index = AccountIndex(entries, self._aliases, {})
        found = self._index.search(text, _FOUND_AT_MOST)
        self._offers = {f"{m.entry.code}  {m.entry.path}": m.entry.code for m in found}
        self._texts.setStringList(list(self._offers))
        self._completer.setWidget(self)
        if found:
            widest = max(self._popup.fontMetrics().horizontalAdvance(text) for text in self._offers)
            self._popup.setMinimumWidth(widest + 4 * self._theme.px.cell)
            self._completer.complete()
        else:
            self._popup.hide()

    def _take(self, offer: str) -> None:
        code = self._offers.get(offer)
        if code is not None:
            self._popup.hide()
            self.chosen.emit(code)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Everything is selected, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the account in view again, whatever was typed."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.setText(self._shown)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first offer, ↓ opens the list, Esc goes back."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            first = next(iter(self._offers), None)
            if first is not None and self.text() != self._shown:
                self._take(first)
            else:
                self.left_field.emit()
        elif key == Qt.Key.Key_Down:
            self._search("" if self.text() == self._shown else self.text())
        elif key == Qt.Key.Key_Escape:
            self.left_field.emit()
        else:
            super().keyPressEvent(event)
