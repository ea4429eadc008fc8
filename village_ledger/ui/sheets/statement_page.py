"""A statement (报表) in its form: every figure explains itself, leads to its accounts, and comes back to its row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.domain.statement_working import Explanation
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest
from village_ledger.reports.statements.catalogue_statements import statement_sheet
from village_ledger.reports.statements.statement_columns import CHANGE
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.report_checks import ChecksFoot, ChecksList, summary_of
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.sheets.statement_model import part_rows, sentence_of
from village_ledger.ui.sheets.statement_view import StatementView
from village_ledger.ui.transfers.side_rows import SideRow, SideRows
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.span_choice import Reach, SpanChoice, ask_span, step_month

if TYPE_CHECKING:
    from village_ledger.reports.statements.statements import StatementSheet
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

PANEL_CHARS = 19
"""Width of the side panel in characters of the body text."""
COLUMNS = (
    ("", "只看本表的栏"),
    ("last-year", "加上年同期和增减"),
    ("quarter", "加各季"),
    ("half-year", "加各半年"),
    ("month", "加各月"),
)
"""Columns a statement can be shown with: word of the request, words of the menu."""


class StatementPage(Page):
    """One statement of the leading ledger."""

    scope = "table"
    nav = "reports"
    shows = Changes(
        balances=True, accounts=True, vouchers=True, periods=True, settings=True, bank=True, cash=True
    )

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.report = "balance-sheet"
        self._columns = ""
        self._said = ""
        self._checks_alone = False
        self.sheet: StatementSheet | None = None
        self.view = StatementView(self.theme, tr("演示") if session.info.is_demo else "")
        style = self.view.tables[0].style_of
        self.parts = SideRows(style, bold_lead=True)
        self.beside = SideRows(style, bold_lead=False)
        self.checks = ChecksList(self.theme)
        self.foot = ChecksFoot(self.theme)
        self.explain = ExplainBar(self.theme)
        self.ask = AskBar(self.theme)
        self._build_body()
        self._build_head()

    def _build_body(self) -> None:
        self.panel = QWidget(self)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px.cell)
        column.addWidget(self.parts)
        column.addWidget(self.beside)
        column.addWidget(self.checks, 1)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px.gap)
        row.addWidget(self.view, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        for widget in (self.explain, self.ask, self.foot):
            self.body.addWidget(widget)
        self.view.moved.connect(self._follow)
        self.view.opened.connect(self._open)
        self.view.menu_asked.connect(self._show_menu)
        self.foot.unfold_asked.connect(self._turn)

    def _build_head(self) -> None:
        self.span_choice = SpanChoice(self.theme, lambda: self.session.month, Reach.YEAR_TO_MONTH)
        self.span_choice.changed.connect(self.reload)
        self.span_choice.other_asked.connect(self._ask_span)
        self.wider = Button(self.theme, tr("加栏 ▾"))
        self.wider.setAccessibleDescription(tr("加上年同期、各季、各半年或各月的栏"))
        self.wider.clicked.connect(self._show_columns)
        self.head.add_widget(self.span_choice, keeps=2, fill=self.span_choice.fold_into)
        self.head.add_widget(
            self.wider, keeps=1, fill=lambda menu: self._fill_columns(menu.addMenu(tr("加栏")))
        )
        for name in ("print", "export"):
            self.add_button(name)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the table's actions."""
        return {
            "explain": self._explain,
            "earlier": lambda: step_month(self.session, -1),
            "later": lambda: step_month(self.session, 1),
            "print": self._print,
            "export": self._export,
        }

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["explain", "into"]

    def go(self, **where: Any) -> None:
        """``report``, ``span``, ``columns``; ``key`` and ``column`` of the figure to stand on."""
        self.report = where.get("report", self.report)
        self._columns = where.get("columns", "" if "report" in where else self._columns)
        self.view.column = where.get("column", "" if "report" in where else self.view.column)
        if "month" in where:
            self.session.go_to_month(where["month"])
        if "span" in where:
            self.span_choice.set_span(where["span"])
        self.explain.hide()
        self.reload()
        self.view.go_to(where.get("key", ""))
        self.view.setFocus()

    def where(self) -> dict[str, Any]:
        """The statement, its days and columns, the figure one stands on."""
        return {"month": self.session.month, **self._place()}

    def _place(self) -> dict[str, Any]:
        return {
            "report": self.report,
            "span": self.span_choice.span(),
            "columns": self._columns,
            "key": self.view.key(),
            "column": self.view.column,
        }

    def reload(self) -> None:
        """Work the statement out again, keeping the figure one stands on."""
        if not self.session.is_open:
            return
        self.span_choice.follow()
        span, ledger = self.span_choice.span(), self.session.ledger_code
        try:
            request = ReportRequest(ledger, span, columns=self._columns)
            self.sheet = statement_sheet(self.session.reader, self.report, request)
        except LedgerError as refused:
            self._refused(refused)
            return
        table = self.sheet.table
        self.slip.fold()
        self.checks.show_table(table)
        self.foot.show_table(table)
        dated, _, *rest = table.heading
        self.head.set_title(table.title, " · ".join((self.session.ledger.title, dated, *rest)))
        self.view.show_sheet(self.sheet, self._room())
        self._arrange()

    def _refused(self, refused: LedgerError) -> None:
        """The other ledger or these days have no such statement: say so, show nothing."""
        self.sheet = None
        self.view.clear()
        self.head.set_title(tr("报表"))
        self.panel.hide()
        self.foot.hide()
        self.slip.say(describe(refused))

    def escape(self) -> bool:
        """Fold a bar or the checks away before leaving."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        if self.explain.isVisible():
            self.explain.hide()
            return True
        if self._checks_alone:
            self._turn()
            return True
        return False

    def status(self) -> str:
        """What was done; else the checks in short, where their strip has no room."""
        if self._said or self.sheet is None:
            return self._said
        short = self.theme.tokens.narrow
        return " · ".join(filter(None, (tr("单位：元"), summary_of(self.sheet.table) if short else "")))

    def restyle(self) -> None:
        """Panel and halves as the size allows."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Halves stand side by side, and the panel beside them, as far as there is room."""
        super().resizeEvent(event)
        self._arrange()

    # showing

    def _room(self) -> int:
        return self.width() - 2 * self.theme.px.page_edge

    def _arrange(self) -> None:
        """What is seen: halves, panel, or the checks alone."""
        if self.sheet is None:
            return
        self.view.fit(self._room())
        alone, width = self._checks_alone, PANEL_CHARS * self.theme.px.body
        roomy = self._room() - width - 2 * self.theme.px.gap > self.view.needed_width()
        beside = roomy and not self.theme.tokens.tight and not alone
        self.panel.setFixedWidth(max(1, self._room()) if alone else width)
        self.panel.setVisible(beside or alone)
        self.view.setVisible(not alone)
        self.foot.setVisible(not self.theme.tokens.narrow or alone)
        self.foot.unfold.setVisible(not beside)
        self.foot.unfold.setText(tr("看报表") if alone else tr("看核对"))
        self._follow()

    def _turn(self) -> None:
        """From the figures to the checks and back."""
        self._checks_alone = not self._checks_alone
        self._arrange()
        (self.foot.unfold if self._checks_alone else self.view).setFocus()

    def told(self) -> Explanation | None:
        """Where the figure one stands on comes from; None on a heading or where there is no figure."""
        key = self.view.key()
        if self.sheet is None or not key or self.view.column == CHANGE:
            return None
        try:
            return self.sheet.explain(key, self.view.column)
        except LedgerError:  # the column has no figures: the year before the ledger began
            return None

    def _follow(self) -> None:
        """Panel and strip follow the figure one stands on."""
        self._said = ""
        told = self.told()
        if told is None or self._checks_alone or not self.panel.isVisible():
            self.parts.show_rows(("", ""), ())
            self.beside.show_rows(("", ""), ())
        else:
            self.parts.show_rows((tr("怎么来的"), told.column), part_rows(told))
            model, texts = self.view.model, self.view.texts()
            rows = [SideRow("", c.label, text) for c, text in zip(model.columns, texts, strict=True)]
            self.beside.show_rows((told.name.strip(), tr("元")), rows[model.first_amount :])
        if told is not None and self.explain.isVisible():
            self.explain.explain(sentence_of(told))
        self.status_changed.emit()

    # acting

    def _open(self) -> None:
        """Enter: one account's ledger at once, else the accounts and rows the figure is made of."""
        told = self.told()
        if told is None or self.sheet is None:
            return
        if len(told.parts) == 1 and told.parts[0].account:
            span = ledger_span(self.session, self.sheet, self.view.column)
            self.navigator.open("ledger", account=told.parts[0].account, span=span)
            return
        self.navigator.open("statement_figure", **self._place())

    def _explain(self) -> None:
        told = self.told()
        if told is not None:
            self.explain.explain(sentence_of(told))

    def _show_menu(self, place: QPoint) -> None:
        """The right button: where the figure comes from, and into it."""
        menu = QMenu(self)
        menu.addAction(tr("怎么来的"), self._explain)
        menu.addAction(tr("往里看"), self._open)
        menu.popup(place)

    def _show_columns(self) -> None:
        menu = QMenu(self)
        self._fill_columns(menu)
        menu.popup(self.wider.mapToGlobal(QPoint(0, self.wider.height())))

    def _fill_columns(self, menu: QMenu) -> None:
        for value, words in COLUMNS:
            action = menu.addAction(tr(words), lambda value=value: self.choose_columns(value))
            action.setCheckable(True)
            action.setChecked(value == self._columns)

    def choose_columns(self, value: str) -> None:
        """Other columns beside the statement's own."""
        self._columns = value
        self.reload()

    def _ask_span(self) -> None:
        ask_span(self, self.view.setFocus)

    def _print(self) -> None:
        if self.sheet is not None:
            self.navigator.open("preview", tables=(self.sheet.table,))

    def _export(self) -> None:
        if self.sheet is not None:
            save_tables(self, self.operations, (self.sheet.table,), "xlsx", self._say)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


def ledger_span(session: Session, sheet: StatementSheet, column: str) -> Span:
    """The days of a ledger behind a column; before the ledger began there is only its opening balance."""
    span = sheet.span(column)
    if span.last >= session.ledger.start.first:
        return span
    return sheet.span(sheet.working.statement.columns[0].key)
