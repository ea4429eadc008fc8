"""The list of accounts that opens by itself while one types, and sets up a sub-account in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from village_ledger.domain.account_search import Match
from village_ledger.domain.errors import ChartError
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.voucher.voucher_accounts import AccountBook
from village_ledger.ui.widgets.account_picker_delegate import AccountPickerDelegate, PickerFoot, RowRole
from village_ledger.ui.widgets.floating_panel import FloatingPanel

_ROWS_SHOWN = 8
_CHARS_WIDE = 31
_FOUND_AT_MOST = 40
_LONGEST_NAME = 60


class _Rows(QAbstractListModel):
    """The accounts found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.book: AccountBook | None = None
        self.rows: list[Match] = []

    def show(self, rows: Sequence[Match]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own
        """Rows of the list."""
        return 0 if parent.isValid() else len(self.rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The match, its balance and last use, and one sentence for a screen reader."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        code = row.entry.code
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{code} {row.entry.path}"
        if self.book is None:
            return None
        if role == RowRole.MATCH:
            return row
        if role == RowRole.BALANCE:
            return self.book.balance(code)
        return _used_words(self.book.last_day(code)) if role == RowRole.USED else None


def _used_words(day: str) -> str:
    if not day:
        return ""
    used = date.fromisoformat(day)
    return tr("{month}月{day}日用过", month=used.month, day=used.day)


class _Stage(Enum):
    """What the panel is asking for."""

    PICK = "pick"
    PARENT = "parent"
    NAME = "name"


class AccountPicker(FloatingPanel):
    """Shows what ``text`` may mean; the cell keeps the keyboard and hands on ↑ ↓ Enter Esc."""

    picked = Signal(str)
    """Code of the account taken."""
    creation_wanted = Signal(str, str, str)
    """Parent's code, new code, name: the page sets the account up and picks it."""
    closed = Signal()
    """The panel went away and the keyboard belongs to the cell again."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(tr("科目清单"))
        self._editor: QLineEdit | None = None
        self._stage = _Stage.PICK
        self._parent_code = ""
        self._name = ""
        self._book: AccountBook | None = None
        self._rows = _Rows(self)
        self._heading = QLabel(self)
        self._heading.setWordWrap(True)
        self._entry = QLineEdit(self)
        self._entry.setAccessibleName(tr("新建下级科目"))
        self._list = QListView(self)
        self._list.setAccessibleName(tr("找到的科目"))
        self._list.setModel(self._rows)
        self._list.setItemDelegate(AccountPickerDelegate(theme, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(self._on_clicked)
        self._foot = PickerFoot(theme, self)
        self._foot.clicked.connect(self._begin_new)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self._entry)
        column.addWidget(self._list, 1)
        column.addWidget(self._foot)
        self._entry.textEdited.connect(lambda _text: self._search_parents())
        self._entry.installEventFilter(self)
        self._entry.hide()
        self.dress()

    def dress(self) -> None:
        """Follow the theme's sizes."""
        super().dress()
        if hasattr(self, "_heading"):
            px = self.theme.px
            self._heading.setContentsMargins(px.cell + px.unit, px.unit, px.cell + px.unit, px.unit)
            self._heading.setMinimumHeight(px.row - px.unit)

    # searching

    def set_book(self, book: AccountBook) -> None:
        """The ledger's accounts; an open list searches again."""
        self._book = self._rows.book = book
        if self.isVisible() and self._editor is not None and self._stage is _Stage.PICK:
            self.search(self._editor, self._editor.text())

    def search(self, editor: QLineEdit, text: str) -> None:
        """Open beside the editor with what the text may mean."""
        self._editor = editor
        self._stage = _Stage.PICK
        self._entry.hide()
        self._name = text.strip()
        found = self.found(text)
        self._heading.setText(self._heading_for(found))
        self._list.show()
        self._foot.show()
        self._show_rows(found)

    def _show_rows(self, found: Sequence[Match]) -> None:
        """Mark the best; with nothing found the foot is what Enter takes."""
        self._rows.show(found)
        self._mark(0 if found else self._rows.rowCount())
        self._place()

    def _mark(self, row: int) -> None:
        """A row of the list, or the foot after the last one."""
        on_foot = row >= self._rows.rowCount() and self._stage is _Stage.PICK
        self._foot.set_marked(on_foot)
        self._list.setCurrentIndex(self._rows.index(-1 if on_foot else row, 0))
        if on_foot:
            self._list.clearSelection()

    def _on_clicked(self, index: QModelIndex) -> None:
        self._mark(index.row())
        self.take()

    def found(self, text: str) -> list[Match]:
        """The accounts a text may mean, best first; none before the accounts have been read."""
        return self._book.leaves.search(text, _FOUND_AT_MOST) if self._book is not None else []

    def _heading_for(self, found: Sequence[Match]) -> str:
        if not found:
            return tr("没有找到“{text}”。可以改几个字再找，或新建下级科目。", text=self._name)
        if not self._name:
            return tr("最近用过的科目")
        return tr(
            "{kind} <b>{text}</b> · 找到 {n} 个",
            kind=found[0].kind.value,
            text=_plain(self._name),
            n=len(found),
        )

    def _place(self) -> None:
        if self._editor is None:
            return
        px = self.theme.px
        rows = min(self._rows.rowCount(), _ROWS_SHOWN) if self._list.isVisibleTo(self) else 0
        width = px.form * _CHARS_WIDE
        words = (
            self._heading.heightForWidth(width - 2)
            if self._heading.wordWrap()
            else self._heading.sizeHint().height()
        )
        height = (
            max(words, self._heading.minimumHeight())
            + rows * AccountPickerDelegate.row_height(self.theme)
            + 4
        )
        if self._foot.isVisibleTo(self):
            height += self._foot.sizeHint().height()
        if self._entry.isVisibleTo(self):
            height += self._entry.sizeHint().height() + px.unit
        self.place_beside(self._editor, width, height)

    # keys handed on by the cell

    def step(self, step: int) -> None:
        """↑ ↓ inside the list; stops at both ends."""
        last = self._rows.rowCount() - (0 if self._stage is _Stage.PICK else 1)
        here = self._rows.rowCount() if self._foot.marked else self._list.currentIndex().row()
        self._mark(max(0, min(last, here + step)))

    def current_code(self) -> str:
        """Code of the marked row, empty on the row that sets up a new account."""
        row = self._list.currentIndex().row()
        return (
            self._rows.rows[row].entry.code
            if 0 <= row < len(self._rows.rows) and not self._foot.marked
            else ""
        )

    def take(self) -> bool:
        """Use the marked row; says whether the cell is settled by it."""
        code = self.current_code()
        if self._stage is _Stage.PARENT:
            if code:
                self._ask_name(code)
            return False
        if code:
            self.close_list()
            self.picked.emit(code)
            return True
        self._begin_new()
        return False

    def close_list(self) -> bool:
        """Put the list away; says whether it was open."""
        if not self.isVisible():
            return False
        self.hide()
        self._entry.hide()
        self._stage = _Stage.PICK
        self.closed.emit()
        return True

    # a new sub-account

    def _begin_new(self) -> None:
        """Ask for the account above; digits typed before the name may already say it."""
        digits = "".join(char for char in self._name if char.isascii() and char.isdigit())
        self._name = self._name.removeprefix(digits).strip()[:_LONGEST_NAME]
        book = self._book
        if book is None:
            return
        if digits and digits in book.chart and book.chart.get(digits).level < len(book.chart.rule.widths):
            self._ask_name(digits)
            return
        self._stage = _Stage.PARENT
        self._foot.hide()
        self._entry.clear()
        self._entry.show()
        self._search_parents()
        self._entry.setFocus()

    def _search_parents(self) -> None:
        if self._stage is not _Stage.PARENT or self._book is None:
            return
        named = tr("“{name}”", name=self._name) if self._name else ""
        self._heading.setText(tr("新建下级科目{named}：它归在哪个科目下面？选好按 Enter。", named=named))
        self._list.show()
        self._show_rows(self._book.parents.search(self._entry.text(), _FOUND_AT_MOST))

    def _ask_name(self, parent: str) -> None:
        if self._book is None:
            return
        try:
            code = self._book.chart.next_child_code(parent)
        except ChartError as refusal:
            self._heading.setText(f"{refusal.what}。{refusal.next_step}")
            return
        self._stage = _Stage.NAME
        self._parent_code = parent
        path = self._book.chart.path(parent)
        self._heading.setText(
            tr(
                "在 {parent} {path} 下新建 <b>{code}</b>，写好名称按 Enter。",
                parent=parent,
                path=_plain(path),
                code=code,
            )
        )
        self._list.hide()
        self._foot.hide()
        self._entry.show()
        self._entry.setText(self._name)
        self._entry.selectAll()
        self._entry.setFocus()
        self._place()

    def _create(self) -> None:
        name = self._entry.text().strip()
        if name and self._book is not None:
            code = self._book.chart.next_child_code(self._parent_code)
            self.creation_wanted.emit(self._parent_code, code, name)

    def say(self, sentence: str) -> None:
        """Why the account could not be set up; the name stays to be changed."""
        self._heading.setText(sentence)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys while the panel's own entry has the keyboard."""
        if watched is self._entry and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._stage is _Stage.NAME:
                    self._create()
                else:
                    self.take()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.step(-1 if key == Qt.Key.Key_Up else 1)
                return True
            if key == Qt.Key.Key_Escape:
                self.close_list()
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        return super().eventFilter(watched, event)


def _plain(text: str) -> str:
    """Text for a rich label: what a person typed is never markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
