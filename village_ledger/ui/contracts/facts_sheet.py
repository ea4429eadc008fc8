"""Facts in two columns on a sheet: what it is called at the left, what it says at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

if TYPE_CHECKING:
    from village_ledger.ui.look.theme import Theme


class FactsSheet(QFrame):
    """Shows (label, words); what says nothing is left out."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []
        self._lay_out()
        theme.changed.connect(self._lay_out)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """These and no others."""
        for old in self._labels:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels = []
        for row, (label, words) in enumerate(x for x in facts if x[1]):
            name, said = QLabel(label), QLabel(words)
            name.setProperty("look", "label")
            said.setWordWrap(True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setAccessibleName(f"{label}：{words}")
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, row, 1)
            self._labels += [name, said]

    def _lay_out(self) -> None:
        px = self._theme.px
        self._grid.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        self._grid.setHorizontalSpacing(px.gap)
        self._grid.setVerticalSpacing(px.unit)
