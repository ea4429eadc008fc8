"""What came out of looking something up: a mark and a sentence, until it is folded away."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.state_mark import Check, CheckMark


class VerdictBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = theme.px
        self.mark = CheckMark(theme, Check.GOOD)
        self.words = QLabel()
        self.words.setWordWrap(True)
        fold = Button(theme, tr("收起"), key="Esc")
        fold.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(px.gap, px.unit * 2, px.gap, px.unit * 2)
        row.setSpacing(px.gap)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        row.addWidget(fold)
        self.hide()

    def say(self, check: Check, sentence: str) -> None:
        """Show an outcome."""
        self.mark.set_check(check)
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
