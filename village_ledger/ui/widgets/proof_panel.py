"""The live proof beside a form (边填边证): an ink band with its heading, then blocks of figures, each ticked or not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.page import scrolled
from village_ledger.ui.widgets.stamp import SHORT, Stamp
from village_ledger.ui.widgets.state_mark import Check, CheckMark

WIDTH_CHARACTERS = 19
"""Room for thirteen digits beside their label at every text size."""


@dataclass(frozen=True, slots=True)
class ProofBlock:
    """One thing proved: what, whether it holds, its figures, a sentence under them."""

    title: str
    check: Check | None = None
    lines: tuple[tuple[str, str], ...] = ()
    """(label, figure)"""
    kind: LedgerKind | None = None
    """The ledger it is about: its small stamp stands before the title."""
    big: str = ""
    """The figure everybody waits for, such as the difference, large."""
    words: str = ""


class ProofPanel(QFrame):
    """Blocks under a heading; read out as one text by a screen reader."""

    def __init__(self, theme: Theme, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("look", "sheet")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._band = QFrame()
        self._band.setProperty("look", "band")
        self._heading = _label(heading, "heading")
        band = QHBoxLayout(self._band)
        band.setContentsMargins(16, 8, 16, 8)
        band.addWidget(self._heading)
        self._blocks = QVBoxLayout()
        self._blocks.setContentsMargins(0, 0, 0, 0)
        self._blocks.setSpacing(0)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._blocks)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self._band)
        whole.addWidget(scrolled(content), 1)
        self.blocks: tuple[ProofBlock, ...] = ()
        """What it shows now."""
        self._lay_out()
        theme.changed.connect(self._lay_out)

    def show_blocks(self, blocks: Sequence[ProofBlock]) -> None:
        """Show these instead of what stood there; the same ones again cost nothing."""
        if tuple(blocks) == self.blocks:
            return
        self.blocks = tuple(blocks)
        while (item := self._blocks.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for block in self.blocks:
            self._blocks.addWidget(self._made(block))
        self.setAccessibleName(f"{self._heading.text()}：{'；'.join(_said(b) for b in self.blocks)}")

    def _made(self, block: ProofBlock) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(5)
        head = QHBoxLayout()
        head.setSpacing(8)
        if block.kind is not None:
            head.addWidget(Stamp(self._theme, block.kind, SHORT[block.kind], self._theme.px.body + 13))
        title = _label(block.title, "strong")
        title.setWordWrap(True)
        head.addWidget(title, 1)
        if block.check is not None:
            head.addWidget(CheckMark(self._theme, block.check))
        column.addLayout(head)
        for name, figure in block.lines:
            row = QHBoxLayout()
            row.addWidget(_label(name, "label"))
            row.addStretch(1)
            row.addWidget(_label(figure, ""))
            column.addLayout(row)
        if block.big:
            big = _label(block.big, "figure_big")
            big.setAlignment(Qt.AlignmentFlag.AlignRight)
            column.addWidget(big)
        if block.words:
            words = _label(block.words, "")
            words.setWordWrap(True)
            column.addWidget(words)
        line = QFrame()
        line.setProperty("look", "line")
        column.addSpacing(5)
        column.addWidget(line)
        return made

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH_CHARACTERS * self._theme.px.body)


def _said(block: ProofBlock) -> str:
    """A block as it is read out."""
    figures = "，".join(f"{name} {figure}" for name, figure in block.lines)
    return "，".join(part for part in (block.title, figures, block.big, block.words) if part)


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    if look:
        label.setProperty("look", look)
    return label
