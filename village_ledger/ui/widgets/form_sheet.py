"""A form asked in the page: a heading, labelled fields in two columns, the act and 先不做 at the foot; Esc puts it away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look


class FormSheet(QFrame):
    """Subclasses put in their fields and say what ``act`` does; no PIN stays in a field once it is put away."""

    closed = Signal()
    """Put away, done or not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setProperty("look", "sheet")
        self.heading = QLabel()
        self.heading.setProperty("look", "heading")
        self.heading.setWordWrap(True)
        self.said = QLabel()
        self.said.setProperty("look", "hint")
        self.said.setWordWrap(True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px.gap)
        self.grid.setVerticalSpacing(theme.px.unit)
        self.grid.setColumnStretch(1, 2)
        self.grid.setColumnStretch(3, 2)
        self.act = Button(theme, tr("好"), Look.MAIN, "Enter")
        self.cancel = Button(theme, tr("先不做"), Look.PLAIN, "Esc")
        self.cancel.clicked.connect(self.hide)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 100)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.act)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addLayout(self.grid)
        column.addLayout(foot)
        theme.changed.connect(self.make_room)

    def put(self, row: int, column: int, label: str, field: QWidget, hint: str = "") -> QLabel:
        """A labelled field in one of the two columns; returns the label."""
        words = QLabel(label)
        words.setProperty("look", "label")
        words.setBuddy(field)
        field.setAccessibleName(label)
        field.setToolTip(hint)
        field.setAccessibleDescription(hint)
        self.grid.addWidget(words, row, 2 * column)
        self.grid.addWidget(field, row, 2 * column + 1)
        return words

    def say(self, sentence: str, *, needed: bool) -> None:
        """A line at the foot; where the window is narrow only what is still missing."""
        self.said.setText(sentence)
        self.said.setVisible(needed or not self.theme.tokens.narrow)

    def make_room(self) -> None:
        """No field is lower than its text."""
        for row in range(self.grid.rowCount()):
            for column in (1, 3):
                item = self.grid.itemAtPosition(row, column)
                field = item.widget() if item is not None else None
                if field is not None:
                    field.setMinimumHeight(self.theme.px.control)

    def showEvent(self, event: QShowEvent) -> None:
        """Room as the size in force asks."""
        self.make_room()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Put away, and not only out of sight with its page."""
        super().hideEvent(event)
        if self.isHidden():
            for field in self.findChildren(QLineEdit):
                if field.echoMode() is QLineEdit.EchoMode.Password:
                    field.clear()
            self.closed.emit()
