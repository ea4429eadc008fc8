"""What the start page is made of: a card for each way to begin, a row for each book used before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.plain import PlainLabel
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.settings import RecentBook
    from village_ledger.ui.look.theme import Theme


class ChoiceCard(QFrame):
    """One way to begin: title, a line of words, its button; lower where the window is narrow."""

    def __init__(self, theme: Theme, title: str, words: str, button: Button) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        name, line = QLabel(title), QLabel(words)
        name.setProperty("look", "heading")
        line.setProperty("look", "label")
        line.setWordWrap(True)
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(name)
        text.addWidget(line)
        row = QHBoxLayout(self)
        row.addLayout(text, 1)
        row.addWidget(button)
        button.setMinimumWidth(118)
        button.setAccessibleName(f"{button.text()}：{title}")

        def make_room() -> None:
            edge = 6 if theme.tokens.narrow else 16
            row.setContentsMargins(22, edge, 22, edge)

        make_room()
        theme.changed.connect(make_room)


class RecentRow(QWidget):
    """One book used before: mark, village, place, time, button; the trouble in words where there is any."""

    def __init__(
        self, theme: Theme, book: RecentBook, on_open: Callable[[], object], on_forget: Callable[[], object]
    ) -> None:
        super().__init__()
        self.path = book.path
        self._theme = theme
        self._mark = CheckMark(theme, Check.WAITING)
        village = PlainLabel(book.village)
        village.setProperty("look", "strong")
        self._place = PlainLabel(str(book.path))
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._place.setProperty("look", "label")
        when = QLabel(book.opened_at.replace("T", " "))
        when.setProperty("look", "label")
        self.button = Button(theme, tr("打开"))
        self.button.setAccessibleName(tr("打开 {village}", village=book.village))
        self.button.clicked.connect(lambda: on_open())  # noqa: PLW0108  clicked hands over a flag
        self._forget = Button(theme, tr("从这里拿掉"), Look.LINK)
        self._forget.clicked.connect(lambda: on_forget())  # noqa: PLW0108  the same
        self._forget.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addWidget(village)
        row.addWidget(self._place, 1)
        row.addWidget(when)
        row.addWidget(self._forget)
        row.addWidget(self.button)

    def show_health(self, trouble: str) -> None:
        """A tick, or the trouble in words."""
        self._mark.set_check(Check.WARN if trouble else Check.GOOD)
        self._forget.setVisible(bool(trouble))
        if trouble:
            self._place.setText(f"{trouble} · {self.path.parent}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hair over it; over the first one it lies on the edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("hair"))
        painter.end()
