"""Beside the paper: what the sheet adds up to, how much paper it takes, its check code, what must be known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sizes import PRINTED
from village_ledger.reports.table import Table
from village_ledger.ui.tables.table_style import TableStyle
from village_ledger.ui.transfers.side_rows import SideRow, SideRows
from village_ledger.ui.widgets.remark import Remark
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.reports.pens.wall_sheet import WallPlan
    from village_ledger.ui.page import Page

PANEL_CHARS = 15
_FIGURES = (("opening", "期初有钱"), ("income", "收入"), ("expense", "支出"), ("closing", "期末有钱"))


class CodeSheet(QFrame):
    """The check code in fours, and whether it is registered."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = page.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        self.code = QLabel()
        self.code.setProperty("look", "figure")
        self.words = QLabel()
        self.words.setWordWrap(True)
        for widget in (self.code, self.words):
            column.addWidget(widget)

    def show_code(self, code: str | None, words: str) -> None:
        """A code, None where the sheet cannot be registered."""
        self.code.setText(
            " ".join(code[i : i + 4] for i in range(0, len(code), 4)) if code else tr("没有校验码")
        )
        self.code.setAccessibleName(tr("校验码 {code}", code=code) if code else tr("没有校验码"))
        self.words.setText(words)


class SheetSide(QWidget):
    """The panel at the right of the paper."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        style = TableStyle(page.theme, page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page.theme.px.cell)
        self.figures = SideRows(style, bold_lead=False)
        self.papers = SideRows(style, bold_lead=False)
        self.code = CodeSheet(page)
        self.remarks = QVBoxLayout()
        self.remarks.setSpacing(page.theme.px.unit)
        column.addWidget(self.figures)
        column.addWidget(self.papers)
        column.addWidget(self.code)
        column.addLayout(self.remarks)
        column.addStretch(1)

    def show_sheets(self, tables: Sequence[Table], registered: str) -> None:
        """The figures and the code of the first of some sheets, and what is to be said of it."""
        table = tables[0] if len(tables) == 1 else _first_with_money(tables)
        rows = [
            SideRow("", tr(words), _money(table, key), total=key == "closing")
            for key, words in _FIGURES
            if key in table.facts
        ]
        self.figures.show_rows((tr("这张表") if len(tables) == 1 else tr("收支公开表"), tr("元")), rows)
        self.figures.setVisible(bool(rows))
        self.figures.setMinimumHeight(self.figures.sizeHint().height())
        if len(tables) == 1:
            self.code.show_code(table.check_code, registered)
        else:
            self.code.show_code(table.check_code, tr("{count} 张表，各有校验码。", count=len(tables)))
        while (item := self.remarks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        first, *more = _remarks(tables) or [None]
        if first is not None:
            check, text = first
            words = tr("{text}（另 {count} 条见表头）", text=text, count=len(more)) if more else text
            self.remarks.addWidget(Remark(self._page, check, words))

    def show_papers(self, plans: Mapping[WallSize, WallPlan], chosen: WallSize) -> None:
        """Pages and square metres of the papers at the type chosen."""
        rows = [
            SideRow(
                "▸" if size is chosen else "",
                size.words.partition(" · ")[0],
                f"{plans[size].pages} 页 {plans[size].square_metres} ㎡" if size in plans else "……",
                total=False,
            )
            for size in PRINTED
            if size.step == chosen.step
        ]
        self.papers.show_rows((tr("要多少纸"), tr("页、㎡")), rows)
        self.papers.setMinimumHeight(self.papers.sizeHint().height())


def _first_with_money(tables: Sequence[Table]) -> Table:
    return next((table for table in tables if "closing" in table.facts), tables[0])


def _remarks(tables: Sequence[Table]) -> list[tuple[Check, str]]:
    """What failed, and what every page says first; the same words once."""
    failed = [(Check.FAIL, check.text) for table in tables for check in table.checks if not check.ok]
    said = [(Check.WARN, text) for table in tables for text in table.warnings]
    return list(dict.fromkeys([*failed, *said]))


def _money(table: Table, key: str) -> str:
    value = table.facts.get(key)
    return format_fen(value) if isinstance(value, int) else ""
