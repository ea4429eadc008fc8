"""A report as a table on screen (合并表, 专项资金明细表, 附注 …): its rows lead to ledgers, its checks stand at the foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Link, Row, Table
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.report_checks import ChecksFoot, ChecksList, summary_of
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.span_choice import Reach, SpanChoice, ask_span, step_month

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

OVER_BOTH = frozenset(
    {
        "combined",
        "earmarked-funds",
        "inter-ledger",
        "package-proof",
        "pass-through",
        "review-checks",
        "review-sample",
    }
)
"""Reports shown for the whole village."""


class RowsModel(TableModel):
    """Every row in its place, totals too: a report of several parts has several."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._rows = tuple(table.rows)
        self.totals = ()


class ReportTablePage(Page):
    """One report by its name."""

    scope = "table"
    nav = "reports"
    shows = Changes(balances=True, accounts=True, vouchers=True, periods=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.report = "combined"
        self._said = ""
        self.made: Table | None = None
        self.model: RowsModel | None = None
        watermark = tr("演示") if session.info.is_demo else ""
        self.table = FigureTable(self.theme, tr("报表"), watermark=watermark)
        self.checks = ChecksList(self.theme)
        self.foot = ChecksFoot(self.theme)
        self.explain = ExplainBar(self.theme)
        self.ask = AskBar(self.theme)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.checks, 1)
        for widget in (self.explain, self.ask, self.foot):
            self.body.addWidget(widget)
        self.checks.hide()
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.foot.unfold_asked.connect(self._turn)
        self._build_head()

    def _build_head(self) -> None:
        self.span_choice = SpanChoice(self.theme, lambda: self.session.month, Reach.YEAR_TO_MONTH)
        self.span_choice.changed.connect(self.reload)
        self.span_choice.other_asked.connect(self._ask_span)
        self.head.add_widget(self.span_choice, keeps=2, fill=self.span_choice.fold_into)
        self.build_buttons()

    def build_buttons(self) -> None:
        """What can be done with it."""
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
        """``report``, ``span``, and the ``row`` to stand on."""
        self.report = where.get("report", self.report)
        self._belong(both=self.report in OVER_BOTH)
        if "month" in where:
            self.session.go_to_month(where["month"])
        if "span" in where:
            self.span_choice.set_span(where["span"])
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The report, its days, the row one stands on."""
        return {
            "report": self.report,
            "span": self.span_choice.span(),
            "month": self.session.month,
            "row": max(self.table.row, 0),
        }

    def reload(self) -> None:
        """Make the report again, keeping the row."""
        if not self.session.is_open:
            return
        row = self.table.row
        self.span_choice.follow()
        ledger = "" if self.report in OVER_BOTH else self.session.ledger_code
        try:
            made = self.make_table(self.session.reader, ledger, self.span_choice.span())
        except LedgerError as refused:
            self.slip.say(describe(refused))
            return
        self.show_made(made, row)

    def show_made(self, made: Table, row: int) -> None:
        """Put a report on the page, standing on a row."""
        self.made = made
        self.slip.fold()
        dated = made.heading[0] if made.heading else ""
        owner = "" if self.report in OVER_BOTH else self.session.ledger.title
        self.head.set_title(made.title, " · ".join(filter(None, (owner, dated))))
        self.model = RowsModel(made)
        self.table.show_model(self.model)
        self.checks.show_table(made)
        self.foot.show_table(made)
        self.foot.setVisible(bool(made.checks or made.unasked) and not self.theme.tokens.narrow)
        self.table.go_to_row(max(row, 0))

    def make_table(self, reader: Reader, ledger: str, span: Span) -> Table:
        """The report of a ledger, none for both, and some days."""
        return make(reader, self.report, ReportRequest(ledger, span))

    def _belong(self, *, both: bool) -> None:
        """A report over both ledgers stands under the ink line, without a stamp."""
        if self.for_both != both:
            self.for_both = both
            self.head.show_stamp(shown=not both)
            self.theme.lead_with(None if both else self.session.kind)

    def escape(self) -> bool:
        """Fold a bar or the checks away before leaving."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        if self.explain.isVisible():
            self.explain.hide()
            return True
        if self.checks.isVisible():
            self._turn()
            return True
        return False

    def status(self) -> str:
        """What was done; else the checks in short where their strip has no room."""
        if self._said or self.made is None:
            return self._said
        short = summary_of(self.made) if self.theme.tokens.narrow else ""
        return " · ".join(filter(None, (tr("单位：元"), short)))

    def row(self) -> Row | None:
        """The report's row one stands on."""
        place = self.table.row
        return self.model.row(place) if self.model is not None and 0 <= place < self.model.count() else None

    # acting

    def _turn(self) -> None:
        """From the figures to the checks and back."""
        alone = not self.checks.isVisible()
        self.checks.setVisible(alone)
        self.table.setVisible(not alone)
        self.foot.unfold.setText(tr("看报表") if alone else tr("看核对"))
        (self.foot.unfold if alone else self.table).setFocus()

    def _open(self, row: int) -> None:
        link = self.model.link(row) if self.model is not None else None
        if link is not None:
            self.open_link(link)

    def open_link(self, link: Link) -> None:
        """Go to the account a row stands for."""
        if link.kind != "account":
            return
        if link.ledger and link.ledger != self.session.ledger_code:
            self.session.switch_ledger(link.ledger)
        self.navigator.open("ledger", account=link.key, span=self.span_choice.span())

    def _follow(self) -> None:
        self._said = ""
        if self.explain.isVisible():
            self._explain()

    def _explain(self) -> None:
        """The whole row in words: what a narrow column cuts off stands here."""
        row = self.row()
        if row is None or self.made is None or self.model is None:
            return
        place = self.table.row
        texts = (self.model.text(place, column) for column in range(len(self.model.columns)))
        named = [
            f"{column.label} {text}" for column, text in zip(self.made.columns, texts, strict=True) if text
        ]
        self.explain.explain("；".join(named))

    def _ask_span(self) -> None:
        ask_span(self, self.table.setFocus)

    def _print(self) -> None:
        if self.made is not None:
            self.navigator.open("preview", tables=(self.made,))

    def _export(self) -> None:
        if self.made is not None:
            save_tables(self, self.operations, (self.made,), "xlsx", self._say)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
