"""A quiet bar over the pages: one sentence and what can be done about it (a draft found again, read-only)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.plain import PlainLabel
from village_ledger.ui.widgets.state_mark import Check, CheckMark


class NoticeBar(QWidget):
    """Sentence at the left, buttons at the right; it stays until it is dealt with."""

    def __init__(self, theme: Theme, sentence: str, choices: list[tuple[str, Callable[[], object]]]) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("noticeBar")
        self.sentence = PlainLabel(sentence)
        self.sentence.setWordWrap(True)
        self.buttons: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 20, 4)
        row.setSpacing(12)
        row.addWidget(CheckMark(theme, Check.WARN))
        row.addWidget(self.sentence, 1)
        for words, slot in choices:
            button = Button(theme, words, Look.PLAIN)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            self.buttons.append(button)
            row.addWidget(button)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ochre tint over a line."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("ochre_tint"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("ochre"))
        painter.end()
