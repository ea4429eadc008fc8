"""Where a figure comes from (怎么来的), in a strip under the table; Esc folds it away."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button


class ExplainBar(QFrame):
    """Hidden until F4; follows the current row while it is open."""

    def __init__(self, theme: Theme, heading: str = "", *, folds: bool = True) -> None:
        """``heading`` for 怎么来的; one that does not fold belongs to what stands above it."""
        super().__init__()
        self.setProperty("look", "sheet")
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px.gap, px.unit * 2, px.gap, px.unit * 2)
        row.setSpacing(px.gap)
        name = QLabel(heading or tr("怎么来的"))
        name.setProperty("look", "strong")
        self.words = QLabel()
        self.words.setWordWrap(True)
        row.addWidget(name)
        row.addWidget(self.words, 1)
        fold = Button(theme, tr("收起"), key="Esc")
        fold.clicked.connect(self.hide)
        row.addWidget(fold)
        fold.setVisible(folds)
        self.hide()

    def explain(self, sentence: str) -> None:
        """Open with a sentence, or change it."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
