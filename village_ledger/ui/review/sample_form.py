"""How a sample is drawn, in one line of fields: the seed, how many, how much of the money."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from village_ledger.domain.sampling import SIZE_PERCENT, SampleOrder
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.planning.planning_page import line


class SampleForm(QFrame):
    """Labels over their fields, side by side; in a narrow window two and two."""

    def __init__(self, theme: Theme, more: Sequence[tuple[str, QWidget]] = ()) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.seed, self.count, self.percent = (line(tr(n)) for n in ("种子", "抽几张", "占金额的百分之几"))
        self._fields = [
            (tr("种子（不写就抽金额大的）"), self.seed),
            (tr("抽几张"), self.count),
            (tr("或抽到占金额的 %（不写是 {percent}）", percent=SIZE_PERCENT), self.percent),
            *more,
        ]
        self._labels = [QLabel(words) for words, _ in self._fields]
        self._grid = QGridLayout(self)
        for label, (_, field) in zip(self._labels, self._fields, strict=True):
            label.setProperty("look", "label")
            label.setBuddy(field)
        self._make_room()
        theme.changed.connect(self._make_room)

    def put(self, seed: str, count: str, percent: str) -> None:
        """Fill the fields."""
        for field, text in ((self.seed, seed), (self.count, count), (self.percent, percent)):
            field.setText(text)

    @property
    def order(self) -> SampleOrder:
        """What is written; raises PackageError for what cannot be drawn."""
        return SampleOrder.typed(self.seed.text(), self.count.text(), self.percent.text())

    def _make_room(self) -> None:
        px = self._theme.px
        across = 2 if self._theme.tokens.narrow else len(self._fields)
        self._grid.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        self._grid.setHorizontalSpacing(px.gap)
        self._grid.setVerticalSpacing(px.unit)
        for place, (label, (_, field)) in enumerate(zip(self._labels, self._fields, strict=True)):
            row, column = divmod(place, across)
            self._grid.addWidget(label, 2 * row, column)
            self._grid.addWidget(field, 2 * row + 1, column)
        for column in range(len(self._fields)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
