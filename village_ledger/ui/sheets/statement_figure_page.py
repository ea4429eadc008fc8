"""One figure of a statement taken apart: the accounts and rows it is made of, each leading on, adding up to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.statement_working import Explanation
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest
from village_ledger.reports.statements.catalogue_statements import statement_sheet
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.statement_model import sentence_of
from village_ledger.ui.sheets.statement_page import ledger_span
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.explain_bar import ExplainBar

if TYPE_CHECKING:
    from village_ledger.reports.statements.statements import StatementSheet
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class PartsModel(FigureModel):
    """The parts of a figure: sign, what it is, amount."""

    def __init__(self, told: Explanation) -> None:
        amounts = [format_fen(part.amount) for part in told.parts] + [format_fen(told.amount)]
        super().__init__(
            (
                ScreenColumn("sign", tr("加减"), Look.CENTRED, "加减"),
                ScreenColumn("what", tr("取什么数"), Look.LINK, "113 内部往来（只取借方）", stretch=1),
                ScreenColumn("kind", tr("往里看"), Look.CENTRED, "明细账"),
                ScreenColumn("amount", told.column, Look.MONEY, max(amounts, key=len), hair=True),
            )
        )
        self.parts = told.parts
        self._total = ("=", told.name.strip(), "", format_fen(told.amount))

    def count(self) -> int:
        """Parts."""
        return len(self.parts)

    def text(self, row: int, column: int) -> str:
        """Sign, words, destination, amount."""
        part = self.parts[row]
        kind = tr("明细账") if part.account else tr("这一行") if part.line else ""
        return ("＋" if part.sign > 0 else "－", part.label, kind, format_fen(part.amount))[column]

    def totals_model(self) -> TotalsModel:
        """The figure itself."""
        return TotalsModel(self.columns, [self._total])


class StatementFigurePage(Page):
    """Enter on a part goes to the account's ledger or to the row's own parts; Esc comes back to the figure."""

    scope = "table"
    nav = "reports"
    shows = Changes(balances=True, accounts=True, vouchers=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._at: dict[str, Any] = {}
        self.sheet: StatementSheet | None = None
        self.told: Explanation | None = None
        self.model: PartsModel | None = None
        self.table = FigureTable(self.theme, tr("怎么来的"))
        self.table.set_empty_words(tr("这个数是录入的，没有可以往里看的科目。"))
        self.table.opened.connect(self._open)
        self.explain = ExplainBar(self.theme)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.explain)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the table's actions."""
        return {"explain": self._explain}

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["explain", "into"]

    def go(self, **where: Any) -> None:
        """``report``, ``span``, ``columns``, ``key``, ``column`` as the statement's page gives them; ``row``."""
        self._at = {k: where[k] for k in ("report", "span", "columns", "key", "column") if k in where}
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The figure and the part one stands on."""
        return {**self._at, "row": max(self.table.row, 0)}

    def reload(self) -> None:
        """Take the figure apart again; one the other ledger does not have sends one back."""
        if not self.session.is_open or not self._at:
            return
        span: Span = self._at["span"]
        request = ReportRequest(self.session.ledger_code, span, columns=self._at["columns"])
        try:
            self.sheet = statement_sheet(self.session.reader, self._at["report"], request)
            self.told = self.sheet.explain(self._at["key"], self._at["column"])
        except LedgerError as refused:
            self.slip.say(describe(refused))
            return
        row = self.table.row
        self.head.set_title(self.told.name.strip(), f"{self.sheet.table.title} · {self.told.column}")
        self.model = PartsModel(self.told)
        self.table.show_model(self.model, self.model.totals_model())
        self.table.go_to_row(max(row, 0))
        self._explain()

    def status(self) -> str:
        """The formula."""
        return tr("公式：{formula}", formula=self.told.formula) if self.told is not None else ""

    def _explain(self) -> None:
        if self.told is not None:
            self.explain.explain(sentence_of(self.told))

    def _open(self, row: int) -> None:
        if self.model is None or self.sheet is None or row >= self.model.count():
            return
        part = self.model.parts[row]
        if part.account:
            span = ledger_span(self.session, self.sheet, self._at["column"])
            self.navigator.open("ledger", account=part.account, span=span)
        elif part.line:
            self.navigator.open("statement_figure", **{**self._at, "key": part.line})
