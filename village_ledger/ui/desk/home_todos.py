"""What is to be done, as rows of the home page: how pressing, in words, whose ledger, the way there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.page import scrolled
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.stamp import SHORT, Stamp
from village_ledger.ui.widgets.state_mark import Check, CheckMark

TODO_ROWS = 6
"""So many are seen at once; further ones scroll."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: how pressing, in words, whose ledgers, and the way there."""

    check: Check
    words: str
    kinds: tuple[LedgerKind, ...]
    button: str
    go: Callable[[], object]


class TodoList(QFrame):
    """Rows of things to do: mark, words, stamp, way there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        rows = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(rows))
        self._column = QVBoxLayout(rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[QWidget] = []

    def height_of(self, rows: int) -> int:
        """Height of so many rows inside the edge."""
        px = self._theme.px
        return rows * (px.row + 1) + 2 * max(1, round(px.line))

    def show_todos(self, todos: list[Todo], *, looks: bool = False) -> None:
        """These and no others; who ``looks`` at a package goes there to read."""
        if looks:
            todos = [replace(todo, button=tr("去看")) for todo in todos]
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        self._rows = [self._row(todo) for todo in todos] or [self._nothing()]
        for row in self._rows:
            self._column.addWidget(row)
        self._column.addStretch(1)

    def _nothing(self) -> QWidget:
        row = _TodoRow(self._theme)
        row.line.addWidget(CheckMark(self._theme, Check.GOOD))
        row.line.addWidget(QLabel(tr("没有等着办的事。凭证都审核、记账了，现金也没有超限额。")), 1)
        return row

    def _row(self, todo: Todo) -> QWidget:
        row = _TodoRow(self._theme)
        row.line.addWidget(CheckMark(self._theme, todo.check))
        words = QLabel(todo.words)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.line.addWidget(words, 1)
        for kind in todo.kinds:
            row.line.addWidget(Stamp(self._theme, kind, SHORT[kind], self._theme.px.body + 11))
        button = Button(self._theme, todo.button, Look.LINK)
        button.setMinimumWidth(3 * self._theme.px.body + 8)
        button.setAccessibleName(f"{todo.button}：{todo.words}")
        button.clicked.connect(lambda: todo.go())  # noqa: PLW0108  clicked hands over a flag
        row.line.addWidget(button)
        return row


class _TodoRow(QWidget):
    """A row with a hair under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(10, 0, 10, 0)
        self.line.setSpacing(14)
        self.setFixedHeight(theme.px.row + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hair."""
        del event
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("hair"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
