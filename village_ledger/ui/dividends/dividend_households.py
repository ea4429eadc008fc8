"""Households of a dividend on screen: looked for by name, opened to their people, explained row by row, added up to the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.dividends.dividend_table import RunModel, columns_for, commas, totals_of
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.search_field import SearchField
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.services.dividends.dividends import Preview
    from village_ledger.ui.dividends.dividend_figures import RunFigures, RunHousehold, RunPerson
    from village_ledger.ui.look.theme import Theme


class Households(QWidget):
    """The find field and the proof over the table, the explanation of a row under it."""

    def __init__(self, theme: Theme, watermark: str) -> None:
        super().__init__()
        self._theme = theme
        self._made: RunFigures | None = None
        self._opened: set[RunHousehold] = set()
        self.table = FigureTable(theme, tr("各户分红"), watermark=watermark)
        self.table.set_empty_words(tr("写上这次一共分多少，每户分多少马上列出来。"))
        self.table.opened.connect(self._turn)
        self.table.current_moved.connect(lambda _row: self._follow_row())
        self.search = SearchField(self.table.setFocus)
        self.search.textChanged.connect(lambda _: self._show_lines())
        self.proof, self._mark = QLabel(), CheckMark(theme, Check.WAITING)
        self.proof.setWordWrap(True)
        self._mark.hide()
        self.explain = ExplainBar(theme)
        label = QLabel(tr("找人"))
        label.setProperty("look", "label")
        label.setBuddy(self.search)
        self._bar = QWidget()
        self._finding = QHBoxLayout(self._bar)
        self._finding.setContentsMargins(0, 0, 0, 0)
        self._finding.addWidget(label)
        self._finding.addWidget(self.search, 1)
        self._finding.addWidget(self._mark)
        self._finding.addWidget(self.proof, 4)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._bar)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.explain)

    def restyle(self) -> None:
        """Spaces of the size in force; fewer columns where there is little room."""
        self._column.setSpacing(self._theme.px.gap)
        self._finding.setSpacing(self._theme.px.cell)
        tokens = self._theme.tokens
        self.table.setMinimumHeight((5 if tokens.narrow else 4) * self.table.style_of.row)
        self._bar.setVisible(not tokens.tight or bool(self.search.text()))
        self._show_lines()

    def look_up(self) -> None:
        """To the find field, shown only while it is used where there is little room."""
        self._bar.show()
        self.search.setFocus()

    def begin(self) -> None:
        """Another year: nothing is opened, nobody looked for."""
        self._opened.clear()
        self.search.clear()

    def show_figures(self, made: RunFigures | None) -> None:
        """Another state of the dividend; what was opened stays open."""
        kept = {(line.code, line.head) for line in self._opened}
        self._made = made
        self._opened = {line for line in made.lines if (line.code, line.head) in kept} if made else set()
        self._show_proof(made.made if made is not None else None)
        self._show_lines()

    def escape(self) -> bool:
        """Fold the explanation away, then stop looking for somebody."""
        if self.explain.isVisible():
            self.explain.hide()
        elif self.search.text() or (self._theme.tokens.tight and self._bar.isVisible()):
            self.search.clear()
            self._bar.setVisible(not self._theme.tokens.tight)
        else:
            return False
        return True

    def explain_row(self) -> None:
        """How the row's money comes about, in words."""
        at = self._current()
        if at is None or self._made is None or self._made.made is None:
            return
        shared, (line, person) = self._made.made.shared, at
        of = person or line
        said = tr(
            "{name}：{shares} 份 × 每份 {each} 元 = {amount} 元",
            name=person.name if person else line.head,
            shares=commas(of.shares),
            each=shared.per_share,
            amount=format_fen(of.amount),
        )
        if of.tail is not None:
            said += tr("，先舍去分以下，再补尾差 {tail} 分", tail=of.tail)
        if person is None and line.holders > 1:
            said += tr("；全户是 {count} 人相加，不再另外舍入", count=line.holders)
        self.explain.explain(f"{said}。")

    # inside

    def _show_proof(self, made: Preview | None) -> None:
        """Members, outsiders and the organisation are the pool to the fen."""
        self._mark.setVisible(made is not None)
        if made is None:
            self.proof.setText("")
            return
        parts = (made.members, made.outsiders, made.collective)
        whole = sum(parts) == made.shared.amount
        words = tr(
            "成员 {one} ＋ 非成员和遗产 {two} ＋ 集体 {three} ＝ {sum}",
            one=format_fen(parts[0]),
            two=format_fen(parts[1]),
            three=format_fen(parts[2]),
            sum=format_fen(sum(parts)),
        )
        exact = tr("一分不差") if whole and not made.shared.over else ""
        self.proof.setText(" · ".join(filter(None, (words, exact))))
        self._mark.set_check(Check.GOOD if whole else Check.FAIL)

    def _show_lines(self) -> None:
        """The households looked for, with their people where they were opened."""
        made, row = self._made, self.table.row
        if made is None:
            self.table.show_model(RunModel((), (), ()))
            return
        found = made.found(self.search.text())
        tokens = self._theme.tokens
        columns = columns_for(made, tight=tokens.tight, large=tokens.size is Size.LARGE)
        self.table.show_model(
            RunModel(columns, found, self._opened),
            totals_of(columns, found) if found else None,
        )
        self.table.go_to_row(max(row, 0))

    def _current(self) -> tuple[RunHousehold, RunPerson | None] | None:
        """Household and person of the row one stands on."""
        model, row = self.table.view.model(), self.table.row
        return model.rows[row] if isinstance(model, RunModel) and 0 <= row < model.count() else None

    def _turn(self, _row: int) -> None:
        """Open a household to its people, or fold it again."""
        at = self._current()
        if at is None:
            return
        line = at[0]
        self._opened ^= {line}
        self._show_lines()
        now = self.table.view.model()
        if isinstance(now, RunModel):
            places = (place for place, (one, person) in enumerate(now.rows) if one is line and person is None)
            self.table.go_to_row(next(places, 0))

    def _follow_row(self) -> None:
        if self.explain.isVisible():
            self.explain_row()
