"""How many villages came to which verdict: a figure, a mark and the word, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.state_mark import Check, CheckMark


class VerdictStrip(QFrame):
    """Cells of one height; what counts nothing stays, so that places are learnt once."""

    def __init__(self, theme: Theme, cells: Sequence[tuple[str, Check | None]]) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self._words = [words for words, _ in cells]
        self._figures: list[QLabel] = []
        self._row = QHBoxLayout(self)
        for words, check in cells:
            figure, name = QLabel("0"), QLabel(words)
            figure.setProperty("look", "figure")
            self._figures.append(figure)
            self._row.addWidget(figure)
            if check is not None:
                self._row.addWidget(CheckMark(theme, check))
            self._row.addWidget(name)
            self._row.addStretch(1)
        self._make_room()
        theme.changed.connect(self._make_room)

    def show_counts(self, counts: Sequence[int]) -> None:
        """A figure for each cell."""
        for figure, count in zip(self._figures, counts, strict=True):
            figure.setText(str(count))
        said = "，".join(f"{count} {words}" for count, words in zip(counts, self._words, strict=True))
        self.setAccessibleName(said)

    def _make_room(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px.gap, px.unit, px.gap, px.unit)
        self._row.setSpacing(px.cell)
