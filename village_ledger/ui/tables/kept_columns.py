"""Columns that stay in view while the others are scrolled: a second view of the same rows beside the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from village_ledger.ui.tables.figure_view import FigureView

if TYPE_CHECKING:
    from village_ledger.ui.tables.table_model import FigureModel
    from village_ledger.ui.tables.table_view import FigureTable


class KeptColumns(QObject):
    """Shown only where the columns do not fit; the keyboard stays in the main view, both have one current row."""

    def __init__(self, table: FigureTable, columns: int) -> None:
        super().__init__(table)
        self._table, self._columns = table, columns
        self.view = FigureView(table.style_of, table)
        self.totals = FigureView(table.style_of, table)
        self.totals.setProperty("look", "paper")
        self.totals.head.hide()
        for mine, its in ((self.view, table.view), (self.totals, table.totals)):
            mine.setAccessibleName(its.accessibleName())
        self.totals.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        for one in (self.view, self.totals):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            one.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            one.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            one.hide()
        self._beside_bar = QWidget(table)
        self._beside_bar.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._beside_bar)
        main = table.view
        main.twin = self.view
        for one in (
            main,
            table.totals,
        ):  # no figure is cut in two at the edge: its end would read like another one
            one.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.view.marked.connect(table.marked)
        self.view.opened.connect(table.opened)
        self.view.clicked.connect(lambda index: self._clicked(index.row()))
        main.verticalScrollBar().valueChanged.connect(self.view.verticalScrollBar().setValue)
        self.view.verticalScrollBar().valueChanged.connect(main.verticalScrollBar().setValue)
        table.style_of.changed.connect(self._restyle)

    @property
    def width(self) -> int:
        """What it takes of the table's width."""
        return self.view.width() if not self.view.isHidden() else 0

    def show_models(self, model: FigureModel, totals: FigureModel | None) -> None:
        """The same rows as the main view, with its current row."""
        self.view.show_model(model)
        self.view.setSelectionModel(self._table.view.selectionModel())
        self.view.note_focus(self._table.view.hasFocus())
        if totals is not None:
            self.totals.show_model(totals)

    def fit(self, widths: Sequence[int], across: int) -> None:
        """Stand beside the main view where the columns are wider than the table, and nowhere else."""
        stays = sum(widths) > across
        table, kept = self._table, sum(widths[: self._columns])
        was = not self.view.isHidden()
        for place, width in enumerate(widths):
            is_kept = place < self._columns
            for side, main in ((self.view, table.view), (self.totals, table.totals)):
                side.setColumnWidth(place, width)
                side.setColumnHidden(place, not is_kept)
                main.setColumnHidden(place, is_kept and stays)
        if stays:
            self._end_whole(widths, across - kept)
        table.view.first_shown = self._columns if stays else 0
        for side in (self.view, self.totals):
            side.setFixedWidth(kept)
        self.view.setVisible(stays)
        self._beside_bar.setVisible(stays)
        self._beside_bar.setFixedHeight(table.view.horizontalScrollBar().sizeHint().height())
        self.totals.setVisible(stays and not table.totals.isHidden())
        self.totals.setFixedHeight(table.totals.height())
        if stays is not was and table.row >= 0:
            table.go_to_row(table.row)

    def _end_whole(self, widths: Sequence[int], room: int) -> None:
        """At the right end too a column begins at the edge: the last one takes what is over."""
        over, last = room, len(widths) - 1
        for width in reversed(widths[self._columns :]):
            if width > over:
                break
            over -= width
        if over < room:
            for one in (self._table.view, self._table.totals):
                one.setColumnWidth(last, widths[last] + over)

    def _restyle(self) -> None:
        self.view.apply_style()
        self.totals.apply_style()

    def _clicked(self, row: int) -> None:
        """A click beside is a click on the row."""
        self._table.view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._table.go_to_row(row)
