"""The step 归谁 of 分账: the table of old balances, the strip of the current part, every act on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.separation import Part, Proof
from village_ledger.i18n import tr
from village_ledger.services.separation.separation import charts_for
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.page import scrolled
from village_ledger.ui.separation.separation_desk import Place, SplitDesk
from village_ledger.ui.separation.separation_editor import PartEditor
from village_ledger.ui.separation.separation_model import SplitModel
from village_ledger.ui.tables.table_view import FigureTable


class OwnersStep(QWidget):
    """Works on the desk; says when it has changed and what stands in the current row."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, theme: Theme, desk: SplitDesk) -> None:
        super().__init__()
        self._theme = theme
        self.desk = desk
        self.table = FigureTable(theme, tr("旧账的每一行归谁"))
        self.editor = PartEditor(theme, charts_for(desk.preset))
        self.strip_place = scrolled(self.editor)
        self.strip_place.hide()
        self.counted = QLabel()
        self.counted.setProperty("look", "label")
        self.model = SplitModel((), (), charts_for(desk.preset))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.table, 1)
        column.addWidget(self.strip_place)
        column.addWidget(self.counted)
        self.table.marked.connect(self.turn)
        self.table.opened.connect(self.edit)
        self.table.current_moved.connect(lambda _: self._follow_row())
        self.table.view.resized.connect(self._keep_in_view)
        self.editor.edited.connect(self._put)
        self.editor.owner_chosen.connect(self._own)
        self.editor.left.connect(self.leave_editor)

    # acts

    def acts(self) -> Mapping[str, Any]:
        """Slots by action id."""
        return {
            "split": self.split,
            "join": self.join,
            "undo": lambda: self.desk.undo() and self.refresh(),
            "redo": lambda: self.desk.redo() and self.refresh(),
            "prefill": self.prefill,
            "next_open": self.next_open,
        }

    def begin(self) -> None:
        """Show the desk, the cursor in the table."""
        self.editor.use_charts(charts_for(self.desk.preset))
        self.refresh()
        self.table.setFocus()
        self.table.go_to_row(max(self.table.row, 0))

    def show_counts(self, proof: Proof) -> None:
        """How many lines are decided, split, open."""
        self.counted.setText(
            tr(
                "定了 {decided} / {lines} 行　拆开 {split} 行　没定的 {open} 行",
                decided=proof.decided,
                lines=proof.lines,
                split=proof.split,
                open=proof.lines - proof.decided,
            )
        )

    def _place(self) -> Place | None:
        row = self.table.row
        return self.model.places[row] if 0 <= row < self.model.count() else None

    def turn(self, row: int) -> None:
        """The next owner for a row."""
        self.desk.turn(self.model.places[row])
        self.refresh()

    def _own(self, owner: Any) -> None:
        place = self._place()
        if place is not None:
            self.desk.own(place, owner)
            self.refresh()

    def _put(self, part: Part) -> None:
        place = self._place()
        if place is not None and place.part >= 0:
            self.desk.put(place, part)
            self.refresh()

    def split(self) -> None:
        """One part more of the current line; the strip opens for it."""
        place = self._place()
        if place is not None:
            made = self.desk.split(place)
            self.refresh(made)
            self.edit(self.table.row)

    def join(self) -> None:
        """The current part goes back into the others."""
        place = self._place()
        if place is not None:
            self.desk.join(place)
            self.refresh(Place(place.line, 0))

    def prefill(self) -> None:
        """Every line as the rules guess it; one step of undo."""
        self.desk.prefill()
        self.refresh()

    def next_open(self) -> None:
        """The next row that is undecided or does not add up, from the current one on."""
        rows = range(self.model.count())
        start = self.table.row + 1
        for row in (*rows[start:], *rows[:start]):
            if any(warns for _, warns in self.model.tags(row)):
                self.table.go_to_row(row)
                self.table.setFocus()
                return

    def edit(self, row: int) -> None:
        """Open the strip for the row; of a split line as a whole for its first part."""
        place = self.model.places[row]
        if place.part < 0:
            self.table.go_to_row(row + 1)
        self.strip_place.show()
        self.make_room()
        self._follow_row()
        self.editor.begin()

    def make_room(self) -> None:
        """The strip stands under the table where there is room for both, else in its place."""
        narrow, open_ = self._theme.tokens.narrow, not self.strip_place.isHidden()
        both = not narrow and self._theme.tokens.size is Size.STANDARD
        self.table.setVisible(both or not open_)
        self.strip_place.setMinimumHeight(self.editor.sizeHint().height() + 2 if both else 1)
        self.counted.setVisible(not narrow)

    def leave_editor(self) -> None:
        """Back to the table."""
        self.strip_place.hide()
        self.make_room()
        self.table.setFocus()

    def refresh(self, at: Place | None = None) -> None:
        """Show the desk again, keeping the row, and keep the draft."""
        row, place = self.table.row, at or self._place()
        places = self.desk.rows()
        self.model = SplitModel(
            self.desk.lines, places, charts_for(self.desk.preset), narrow=self._theme.tokens.narrow
        )
        self.table.show_model(self.model)
        self.table.go_to_row(places.index(place) if place is not None and place in places else max(row, 0))
        self._follow_row()
        self._keep_in_view()
        self.changed.emit()

    def _keep_in_view(self) -> None:
        """The strip takes room from the table: the row it is about stays in view, its split line above it too."""
        place = self._place()
        if place is None:
            return
        index = self.model.index(self.table.row, 0)
        self.table.view.scrollTo(index)
        if self.desk.lines[place.line].is_split and 0 <= place.part < 3:
            whole = self.model.index(self.table.row - place.part - 1, 0)
            self.table.view.scrollTo(whole, QAbstractItemView.ScrollHint.PositionAtTop)

    def _follow_row(self) -> None:
        """The words for the current row, and the strip when it is open."""
        place = self._place()
        if place is None:
            return
        one = self.desk.lines[place.line]
        part = self.desk.part(place)
        if self.strip_place.isVisible():
            self.editor.show_part(one, part, is_split=one.is_split)
        said = " · ".join(
            text
            for text in (
                one.line.words,
                one.line.note and tr("备注：{note}", note=one.line.note),
                part.owner.ledger and self.model.account_words(part),
                part.reason,
            )
            if text
        )
        self.said.emit(said)
