"""The lists of a dividend's payments on screen: one of three in view, looked through by name, its rows ticked and explained."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.dividends.dividend_payment_figures import DUE, PAID, WAITING, PaymentFigures, found_in
from village_ledger.ui.dividends.dividend_payment_tables import (
    DueModel,
    PaidModel,
    RowsModel,
    WaitingModel,
    totals_of,
    why,
)
from village_ledger.ui.tables.table_model import Look
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from village_ledger.ui.look.theme import Theme

EMPTY = {DUE: "都发完了。", WAITING: "没有等银行答复的。", PAID: "还没有发过。"}
NONE_YET = "还没有分过红。先在“收益分红”里生成凭证，审核、记账以后在这里发放。"


class PaymentLists(QWidget):
    """Year and find field over the table, the explanation of a row under it."""

    year_chosen = Signal(int)
    chosen_changed = Signal()
    """Other rows would be acted on."""
    voucher_wanted = Signal(int)

    def __init__(self, theme: Theme, watermark: str) -> None:
        super().__init__()
        self._theme = theme
        self._made: PaymentFigures | None = None
        self.view = DUE
        self.marked: set[Hashable] = set()
        self.reads = False
        """Whether nothing is acted on here, and nothing is ticked."""
        self.years = PickList(tr("年度"))
        self.years.activated.connect(lambda _: self.year_chosen.emit(self.years.currentData()))
        self.table = FigureTable(theme, tr("分红发放"), watermark=watermark)
        self.table.marked.connect(self._mark)
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow_row())
        self.search = SearchField(self.table.setFocus)
        self.search.textChanged.connect(lambda _: self.show_lines())
        self.explain = ExplainBar(theme)
        self._finding = QHBoxLayout()
        for words, field, room in ((tr("年度"), self.years, 1), (tr("找人"), self.search, 2)):
            label = QLabel(words)
            label.setProperty("look", "label")
            label.setBuddy(field)
            self._finding.addWidget(label)
            self._finding.addWidget(field, room)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._finding)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.explain)

    def restyle(self) -> None:
        """Spaces of the size in force; fewer columns where there is little room."""
        self._finding.setSpacing(self._theme.px.cell)
        self._column.setSpacing(self._theme.px.gap)
        self.table.setMinimumHeight((4 if self._theme.tokens.narrow else 5) * self.table.style_of.row)
        self.show_lines()

    # showing

    def show_figures(self, made: PaymentFigures) -> None:
        """Another state of the dividend; what is ticked stays so where it is still there."""
        self._made = made
        self.years.clear()
        for year in made.years:
            self.years.addItem(tr("{year}年度", year=year), year)
        if made.dividend is not None:
            self.years.setCurrentIndex(self.years.findData(made.dividend.year))
        self.show_lines()

    def look(self, view: str) -> None:
        """Another list; what was ticked in the one before is let go."""
        if view != self.view:
            self.view = view
            self.marked.clear()
            self.show_lines()

    def show_lines(self) -> None:
        """The list in view, of whom is looked for."""
        made, row = self._made, self.table.row
        if made is None:
            return
        whole = self._model(made, None)
        everything = range(whole.count())
        model = self._model(made, found_in([whole.name(place) for place in everything], self.search.text()))
        self.marked &= {whole.key(place) for place in everything}
        none_yet = tr("这个包里没有分过红。") if self.reads else tr(NONE_YET)
        self.table.set_empty_words(tr(EMPTY[self.view]) if made.dividend else none_yet)
        self.table.show_model(model, totals_of(model) if model.count() else None)
        self.table.hide_column(0, hidden=self.reads and model.columns[0].look is Look.MARK)
        self.table.go_to_row(max(row, 0))
        self._follow_row()

    def _model(self, made: PaymentFigures, places: Sequence[int] | None) -> RowsModel[Any]:
        tight = self._theme.tokens.tight
        listed: tuple[Any, ...] = {DUE: made.due, WAITING: made.waiting, PAID: made.paid}[self.view]
        rows = listed if places is None else [listed[place] for place in places]
        if self.view == DUE:
            return DueModel(made, rows, self.marked, tight=tight)
        if self.view == WAITING:
            return WaitingModel(rows, self.marked, tight=tight)
        return PaidModel(rows, tight=tight)

    @property
    def model(self) -> RowsModel[Any] | None:
        """Rows as shown."""
        model = self.table.view.model()
        return model if isinstance(model, RowsModel) else None

    def _at(self, row: int) -> RowsModel[Any] | None:
        """The model, if it has that row."""
        model = self.model
        return model if model is not None and 0 <= row < model.count() else None

    def _follow_row(self) -> None:
        if self.explain.isVisible():
            self.explain_row()
        self.chosen_changed.emit()

    def escape(self) -> bool:
        """Fold the explanation away, let go of what is ticked, stop looking for somebody."""
        if self.explain.isVisible():
            self.explain.hide()
        elif self.marked:
            self.marked.clear()
            self.show_lines()
        elif self.search.text():
            self.search.clear()
        else:
            return False
        return True

    # ticking

    def chosen_rows(self) -> list[int]:
        """Rows ticked; with none ticked the one the cursor is on."""
        model, row = self.model, self.table.row
        if model is None:
            return []
        ticked = [place for place in range(model.count()) if model.key(place) in self.marked]
        return ticked or ([row] if 0 <= row < model.count() else [])

    def chosen(self) -> list[Any]:
        """What is acted on."""
        model = self.model
        return [model.listed[row] for row in self.chosen_rows()] if model is not None else []

    def mark_all(self) -> None:
        """Everything listed that can be ticked; once more: nothing of it."""
        model = self.model
        if model is not None:
            self._turn({model.key(row) for row in range(model.count()) if model.can_mark(row)})

    def mark_household(self) -> None:
        """Everything listed of the household the cursor is on."""
        row = self.table.row
        model = self._at(row)
        if model is not None:
            home, rows = model.name(row)[0], range(model.count())
            self._turn({model.key(x) for x in rows if model.can_mark(x) and model.name(x)[0] == home})

    def _mark(self, row: int) -> None:
        model = self._at(row)
        if model is None or self.reads:
            return
        if model.can_mark(row):
            self._turn({model.key(row)})
        else:
            self.explain_row()

    def _turn(self, keys: set[Hashable]) -> None:
        """Tick them all; where all are ticked already, none of them."""
        self.marked = self.marked - keys if keys <= self.marked else self.marked | keys
        self.show_lines()

    # looking closer

    def _open(self, row: int) -> None:
        """To the voucher of the row; what is not paid yet is explained."""
        model = self._at(row)
        if model is None:
            return
        if self.view == DUE:
            self.explain_row()
            return
        one = model.listed[row]
        self.voucher_wanted.emit(one.voucher_id if self.view == WAITING else one.payment.voucher_id)

    def explain_row(self) -> None:
        """The row in words: what is owed and why it was not paid."""
        row = self.table.row
        model = self._at(row)
        if isinstance(model, DueModel):
            due = model.listed[row]
            said = tr(
                "{key}：应领 {whole}，已发 {paid}，未领 {owed}。{why}",
                key=due.line.key,
                whole=format_fen(due.line.amount),
                paid=format_fen(due.line.paid),
                owed=format_fen(due.amount),
                why=f"{why(due)}。" if why(due) else "",
            )
            self.explain.explain(said)
        elif model is not None:
            cells = (model.text(row, place) for place in range(len(model.columns)))
            labelled = zip((column.label for column in model.columns), cells, strict=True)
            self.explain.explain("；".join(f"{label} {text}" for label, text in labelled if text))
