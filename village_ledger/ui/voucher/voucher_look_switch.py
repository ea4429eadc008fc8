"""样式：凭证纸 / 简表 – two words, the chosen one bold."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.voucher.voucher_style import VoucherLook

WORDS = {VoucherLook.PAPER: "凭证纸", VoucherLook.PLAIN: "简表"}


class VoucherLookSwitch(QWidget):
    """Chooses between the two looks; Ctrl+L does the same."""

    chosen = Signal(object)
    """A ``VoucherLook``."""

    def __init__(self, theme: Theme, look: VoucherLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("凭证样式"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px.cell, 0)
        row.setSpacing(theme.px.unit)
        row.addWidget(QLabel(tr("样式：")))
        self._buttons = {one: QRadioButton(tr(word)) for one, word in WORDS.items()}
        for at, (one, button) in enumerate(self._buttons.items()):
            if at:
                row.addWidget(QLabel("/"))
            button.setAccessibleName(tr("样式：{word}", word=WORDS[one]))
            button.setStyleSheet(
                "QRadioButton::indicator { width: 0; height: 0; } QRadioButton { spacing: 0; }"
            )
            button.clicked.connect(lambda _checked=False, one=one: self.choose(one))
            row.addWidget(button)
        self._mark(look)

    def choose(self, look: VoucherLook) -> None:
        """Mark a look and say so."""
        self._mark(look)
        self.chosen.emit(look)

    def other(self) -> None:
        """Change to the look not shown."""
        self.choose(next(one for one, button in self._buttons.items() if not button.isChecked()))

    def _mark(self, look: VoucherLook) -> None:
        for one, button in self._buttons.items():
            button.setChecked(one is look)
            button.setFont(self._theme.font(Role.BODY, bold=one is look))
