"""Beside a dividend: how much there is to give, and the gates it has to pass, each with its mark and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.page import scrolled
from village_ledger.ui.tables.table_style import TableStyle
from village_ledger.ui.transfers.side_rows import SideRow, SideRows
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.services.dividends.dividend_gates import Gate
    from village_ledger.ui.dividends.dividend_figures import RunFigures
    from village_ledger.ui.look.theme import Theme

CHARS, TIGHT_CHARS = 23, 17
_WAYS = {
    "D1": ("看结账", "closing"),
    "D4": ("看成员和份额", "members"),
    "D5": ("登记决议", "resolutions"),
    "D7": ("看分红发放", "dividend_payments"),
}
"""Where a shut gate is dealt with: words, page."""


class DividendSide(QWidget):
    """有多少可分 above, 过几道关 below."""

    way_chosen = Signal(str)
    """Page on which a shut gate is dealt with."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.there = SideRows(TableStyle(theme, self), bold_lead=False)
        self.gates = GateList(theme)
        self.gates.way_chosen.connect(self.way_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.there)
        column.addWidget(self.gates, 1)
        self._column = column
        self.restyle()

    def restyle(self) -> None:
        """As wide as its words need."""
        px, tokens = self._theme.px, self._theme.tokens
        self._column.setSpacing(px.gap)
        self.setMaximumWidth(
            (TIGHT_CHARS if tokens.tight else CHARS) * px.body if not tokens.narrow else 10_000
        )
        self.setMinimumWidth(1 if tokens.narrow else self.maximumWidth())

    def show_figures(self, made: RunFigures | None) -> None:
        """Another state of the dividend."""
        rows = _rows(made) if made is not None else []
        self.there.show_rows((tr("有多少可分"), tr("元")) if rows else ("", ""), rows)
        self.gates.show_figures(made)


def _rows(made: RunFigures) -> list[SideRow]:
    """From what was left over to what would be left after this."""
    there = made.there
    if there is None:
        return []
    asked = made.terms.amount
    rows = [
        SideRow("", tr("未分配收益") if there.settled else tr("以前未分配收益"), format_fen(there.retained))
    ]
    if not there.settled:
        rows.append(SideRow("", tr("加：本年净收益（预结）"), format_fen(there.net_income)))
    if there.appropriated:
        rows.append(SideRow("", tr("减：已经分配"), format_fen(-there.appropriated)))
    rows.append(SideRow("", tr("可以分"), format_fen(there.available), total=True))
    if asked and made.done is None:
        kept = made.made.collective if made.made is not None and made.made.collective_part == "retain" else 0
        rows.append(SideRow("", tr("减：这次分"), format_fen(-asked)))
        if kept:
            rows.append(SideRow("", tr("加：集体股的留下"), format_fen(kept)))
        rows.append(SideRow("", tr("留到以后"), format_fen(there.available - asked + kept), total=True))
    return rows


class GateList(QFrame):
    """Every gate in a line: ✓ with what was found, or what is wrong and the way to mend it."""

    way_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        title = QLabel(tr("过几道关"))
        title.setProperty("look", "heading")
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setColumnStretch(1, 1)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px.gap, px.cell, px.unit, px.cell)
        column.setSpacing(px.unit)
        column.addWidget(title)
        column.addWidget(self.area, 1)
        self.sentences: list[str] = []

    def show_figures(self, made: RunFigures | None) -> None:
        """The gates of another state."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.sentences = []
        lines = _lines(made) if made is not None else []
        px = self._theme.px
        self._grid.setHorizontalSpacing(px.cell)
        self._grid.setVerticalSpacing(px.unit)
        row = 0
        for check, words, way in lines:
            self.sentences.append(words)
            label = QLabel(words)
            label.setWordWrap(True)
            self._grid.addWidget(CheckMark(self._theme, check), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1)
            row += 1
            if way is not None:
                self._grid.addWidget(self._way(*way), row, 1, Qt.AlignmentFlag.AlignLeft)
                row += 1
        for other in range(self._grid.rowCount()):
            self._grid.setRowStretch(other, 0)
        self._grid.setRowStretch(row, 1)
        self.area.setAccessibleName(tr("过几道关：") + "；".join(self.sentences))

    def _way(self, words: str, page: str) -> Button:
        button = Button(self._theme, words, Look.LINK)
        button.clicked.connect(lambda _checked=False, page=page: self.way_chosen.emit(page))
        return button


def _lines(made: RunFigures) -> list[tuple[Check, str, tuple[str, str] | None]]:
    """Mark, words and the way of every gate in the order of their rules; of a year given away already only that."""
    found = {gate.rule: _line(made, gate) for gate in made.gates}
    if made.done is not None:
        return [found["D7"]]
    for rule, text in made.waiting:
        found[rule] = (Check.WAITING, tr("{rule} {text}：写上这次分多少再看", rule=rule, text=text), None)
    return [found[rule] for rule in sorted(found)]


def _line(made: RunFigures, gate: Gate) -> tuple[Check, str, tuple[str, str] | None]:
    if gate.ok:
        return Check.GOOD, f"{gate.rule} {gate.detail}", None
    way = _WAYS.get(gate.rule)
    if gate.is_of_the_vote and not made.terms.resolution:
        return Check.WAITING, tr("{rule} {text}", rule=gate.rule, text=gate.text), way
    words = f"{gate.rule} {gate.text}：{gate.detail}。{gate.next_step}"
    return Check.FAIL, words, (tr(way[0]), way[1]) if way else None
