"""A field for an account of the share register: typing a name, pinyin or household number offers whom it may mean."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QFrame,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from village_ledger.domain.account_search import AccountIndex, SearchEntry
from village_ledger.domain.share import COLLECTIVE
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme

_FOUND_AT_MOST = 40


class People:
    """Account texts, found by name, pinyin or household number."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        self._index = AccountIndex(
            SearchEntry(f"{key.partition('/')[0]} {place}", key.partition("/")[2] or key, key)
            for place, key in enumerate(self.keys)
        )
        self._known = frozenset(self.keys)

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def found(self, text: str) -> list[str]:
        """Whom a text may mean, best first."""
        wanted = text.rpartition("/")[2] if "/" in text and text not in self._known else text
        name = text if text in self._known else wanted
        return [match.entry.path for match in self._index.search(name, _FOUND_AT_MOST)]


NOBODY = People(())


class _TallRows(QStyledItemDelegate):
    """Rows as high as a button."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Width of the words, height of a button."""
        return QSize(super().sizeHint(option, index).width(), self._theme.px.control)


class PersonField(QLineEdit):
    """Holds an account text such as ``017/周德明``; Enter takes the first offer, ↓ the list."""

    taken = Signal()
    """Enter was pressed and an account stands in the field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.people = NOBODY
        self.setMaxLength(100)
        self._texts = QStringListModel(self)
        completer = QCompleter(self._texts, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(8)
        completer.setWidget(self)
        completer.activated.connect(self._take)
        self._completer = completer
        self._popup: QAbstractItemView = completer.popup()  # type: ignore[assignment]  # made on first use, never None
        self._popup.setItemDelegate(_TallRows(theme, self._popup))
        self._popup.setFrameShape(QFrame.Shape.Box)
        self._popup.setAccessibleName(tr("找到的人"))
        self.textEdited.connect(self._offer)

    def set_people(self, people: People) -> None:
        """Whom it finds."""
        self.people = people

    def account(self) -> str:
        """The account meant: what stands there, or the only one found by it."""
        text = self.text().strip()
        if not text or text in self.people or text == COLLECTIVE:
            return text
        found = self.people.found(text)
        return found[0] if len(found) == 1 else text

    def _offer(self, text: str) -> None:
        found = self.people.found(text) if text.strip() and text.strip() not in self.people else []
        self._texts.setStringList(found)
        if not found:
            self._popup.hide()
            return
        widest = max(self._popup.fontMetrics().horizontalAdvance(one) for one in found)
        self._popup.setMinimumWidth(widest + 4 * self._theme.px.cell)
        self._completer.complete()

    def _take(self, account: str) -> None:
        self._popup.hide()
        self.setText(account)
        self.textEdited.emit(account)
        self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is found by the text, ↓ opens the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            text = self.text().strip()
            found = self.people.found(text) if text and text != COLLECTIVE and text not in self.people else []
            if found:
                self._take(found[0])
            else:
                self.taken.emit()
        elif event.key() == Qt.Key.Key_Down:
            self._texts.setStringList(self.people.found(""))
            self._completer.complete()
        else:
            super().keyPressEvent(event)
