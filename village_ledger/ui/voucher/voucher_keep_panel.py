"""Asked in the page: under which name to keep a voucher as a template, and what is asked each time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.template import TITLE_LIMIT
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices

_ASK, _KEEP = "ask", "keep"


class KeepTemplatePanel(QFrame):
    """Name, amounts, counterparties; a name used before replaces that template."""

    confirmed = Signal(str, bool, bool)
    """Name; whether amounts are asked each time; whether counterparties are."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "sheet")
        self.setAccessibleName(tr("存为模板"))
        self.name = QLineEdit()
        self.name.setMaxLength(TITLE_LIMIT)
        self.name.setAccessibleName(tr("模板名称"))
        both = ((_ASK, tr("每次填")), (_KEEP, tr("照这张不变")))
        self.amounts = Choices(theme, tr("金额"), both, _ASK)
        self.parties = Choices(theme, tr("往来单位"), both, _KEEP)
        self.note = QLabel(tr("摘要里的本月、上月会自己换；同名的模板会被替换。"))
        self.note.setWordWrap(True)
        self.yes = Button(theme, tr("存为模板"), Look.PLAIN, "Enter")
        self.no = Button(theme, tr("先不存"), Look.PLAIN, "Esc")
        grid = QGridLayout()
        rows: tuple[tuple[str, QWidget], ...] = (
            (tr("名称"), self.name),
            (tr("金额"), self.amounts),
            (tr("往来单位"), self.parties),
        )
        for row, (label, field) in enumerate(rows):
            words = QLabel(label)
            words.setProperty("look", "label")
            words.setBuddy(field)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.yes)
        foot.addWidget(self.no)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        column.addLayout(grid)
        column.addLayout(foot)
        self.name.returnPressed.connect(self._confirm)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.close_panel)
        self.hide()

    def ask(self, name: str) -> None:
        """Ask, offering a name."""
        self.name.setText(name[:TITLE_LIMIT])
        self.name.selectAll()
        self.show()
        self.name.setFocus()

    def say(self, sentence: str) -> None:
        """Why it cannot be kept so."""
        self.note.setText(sentence)

    def _confirm(self) -> None:
        self.confirmed.emit(self.name.text(), self.amounts.value == _ASK, self.parties.value == _ASK)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def close_panel(self) -> bool:
        """Put it away; says whether it was open."""
        was_open = not self.isHidden()
        self.hide()
        if was_open:
            self.closed.emit()
        return was_open
