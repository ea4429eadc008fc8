"""A mark and a sentence beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.ui.page import Page


class Remark(QWidget):
    """Something to be known, with its mark."""

    def __init__(self, page: Page, check: Check, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(page.theme.px.unit)
        words = QLabel(text)
        words.setWordWrap(True)
        row.addWidget(CheckMark(page.theme, check))
        row.addWidget(words, 1)
