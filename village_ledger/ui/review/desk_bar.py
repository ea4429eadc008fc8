"""The top of the desk: the month the books go to, the rules all are reviewed by, 审阅 · 只读, and who reviews."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.elided import ElidedLabel


class DeskBar(QFrame):
    """As high as the top bar of a book, closed by the heavy line of review."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "paper")
        self.month, self.rules = ElidedLabel(look="heading"), ElidedLabel(look="label")
        self.read_only = QLabel(tr("审阅 · 只读"))
        self.read_only.setProperty("look", "on_ink")
        self.read_only.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.person, self.office = ElidedLabel(look="strong"), ElidedLabel(look="small")
        self._band = QFrame()
        self._band.setProperty("look", "band")
        self._band.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        inner = QHBoxLayout(self._band)
        inner.addWidget(self.read_only)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addStretch(1)
        who.addWidget(self.person)
        who.addWidget(self.office)
        who.addStretch(1)
        self._row = QHBoxLayout()
        self._row.addWidget(self.month)
        self._row.addWidget(self.rules)
        self._row.addStretch(1)
        self._row.addWidget(self._band)
        self._row.addLayout(who)
        line = QFrame()
        line.setProperty("look", "band")
        line.setFixedHeight(5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row, 1)
        column.addWidget(line)
        self._make_room()
        theme.changed.connect(self._make_room)

    def show_words(self, month: str, rules: str, person: str, office: str) -> None:
        """What it says now."""
        for label, words in (
            (self.month, month),
            (self.rules, rules),
            (self.person, person),
            (self.office, office),
        ):
            label.setText(words)
        self.person.setVisible(bool(person))
        said = (month, rules, self.read_only.text(), person, office)
        self.setAccessibleName("，".join(filter(None, said)))

    def _make_room(self) -> None:
        px, narrow = self._theme.px, self._theme.tokens.narrow
        self._row.setContentsMargins(px.page_edge, 0, px.page_edge, 0)
        self._row.setSpacing(px.gap)
        layout = self._band.layout()
        if layout is not None:
            layout.setContentsMargins(px.page_edge, 0, px.page_edge, 0)
        self.rules.setVisible(not narrow)
        self.office.setVisible(not narrow)
        self.setFixedHeight((px.head if narrow else px.top_bar) + 5)
