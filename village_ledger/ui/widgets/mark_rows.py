"""A sheet of rows with a mark before each: checks that hold or not, papers that are there or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.state_mark import Check, CheckMark


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row: how it came out, in words; beside it a short fact, under it a line of explanation."""

    check: Check
    words: str
    fact: str = ""
    under: str = ""

    @property
    def said(self) -> str:
        """As it is read out: the outcome is a word, not a shape."""
        outcome = {Check.GOOD: "✓", Check.FAIL: "✕", Check.WARN: "▲", Check.WAITING: "○"}[self.check]
        return "，".join(part for part in (f"{outcome} {self.words}", self.fact, self.under) if part)


class MarkRows(QFrame):
    """A heading and rows; read out as one text by a screen reader."""

    def __init__(self, theme: Theme, heading: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.heading = QLabel(heading)
        self.heading.setProperty("look", "heading")
        self.rows: tuple[MarkRow, ...] = ()
        self._inner: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 10)
        self._column.addWidget(self.heading)

    def show_rows(self, rows: Sequence[MarkRow]) -> None:
        """These and no others."""
        self.rows = tuple(rows)
        if self._inner is not None:
            self._column.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = QWidget()
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(self.rows):
            at = place * 3
            grid.addWidget(CheckMark(self._theme, row.check), at, 0, Qt.AlignmentFlag.AlignTop)
            words = _label(row.words, "strong" if row.check is Check.FAIL else "")
            words.setWordWrap(True)
            grid.addWidget(words, at, 1)
            if row.fact:
                grid.addWidget(
                    _label(row.fact, "label"), at, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                )
            if row.under:
                under = _label(row.under, "hint")
                under.setWordWrap(True)
                grid.addWidget(under, at + 1, 1, 1, 2)
            line = QFrame()
            line.setProperty("look", "line")
            grid.addWidget(line, at + 2, 0, 1, 3)
        self._column.addWidget(self._inner)
        self.setAccessibleName(f"{self.heading.text()}：{'；'.join(row.said for row in self.rows)}")


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    if look:
        label.setProperty("look", look)
    return label
