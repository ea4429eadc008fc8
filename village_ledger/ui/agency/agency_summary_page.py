"""代管村汇总: what every village's ledgers come to on some days; Enter opens the village at its balances, Esc comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month
from village_ledger.exchange.agency.agency_summary import summarise
from village_ledger.i18n import tr
from village_ledger.reports.agency.summary import LedgerFigures, summary_table
from village_ledger.ui.agency.agency_desk import NOT_OPEN, AgencyDeskPage, today
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.span_choice import Reach, SpanChoice, ask_span

if TYPE_CHECKING:
    from village_ledger.domain.agency import KeptBook
    from village_ledger.domain.period import Span
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

LEAST_ROWS = 5
"""Rows that stay in view."""


class AgencySummaryPage(AgencyDeskPage):
    """Collectives, then committees, each with its sum: their money is not one."""

    scope: ClassVar[str] = "agency_summary"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.rows: list[LedgerFigures] = []
        self._found: list[LedgerFigures] = []
        self._shown: Span | None = None
        self.table = FigureTable(self.theme, tr("代管村汇总"))
        self.table.keep_in_view(2)
        self.missing = ExplainBar(self.theme, tr("没有算进去"), folds=False)
        self.ask = AskBar(self.theme)
        for part in (self.table, self.missing, self.ask):
            self.body.addWidget(part, 1 if part is self.table else 0)
        self.span_choice = SpanChoice(self.theme, lambda: Month.of(today()), Reach.YEAR_TO_MONTH)
        self.span_choice.changed.connect(self.reload)
        self.span_choice.other_asked.connect(self._ask_days)
        self.head.add_widget(self.span_choice, keeps=2, fill=self.span_choice.fold_into)
        for action_id in ("export", "paper", "refresh"):
            self.add_button(action_id)
        self.table.opened.connect(self._open)
        self.restyle()

    # the page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "open": lambda: self._open(self.table.row),
            "days": self._ask_days,
            "refresh": self.reload,
            "export": lambda: self._save("xlsx"),
            "paper": lambda: self._save("pdf"),
        }

    def go(self, **where: Any) -> None:
        """``row`` to stand on; read when it was not yet, or villages were worked in since."""
        self.head.set_title(tr("代管村汇总"))
        if not self.is_signed_in:
            self.table.set_empty_words(tr(NOT_OPEN))
            return
        self.table.go_to_row(where.get("row", max(self.table.row, 0)))
        self.table.setFocus()
        self.reload()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def restyle(self) -> None:
        """Some rows stay in view at every size."""
        rows = 3 if self.theme.tokens.narrow else LEAST_ROWS
        self.table.setMinimumHeight((rows + 3) * (self.theme.px.row + 1))
        self._follow_missing()

    def escape(self) -> bool:
        """A question first."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        return False

    def status(self) -> str:
        """What was done; else what is counted."""
        missing = self._missing() if self.theme.tokens.narrow else ""
        return self._said or missing or tr("单位：元；只算记了账的凭证，各村的钱归各村")

    def reload(self) -> None:
        """Look into every village's book, on the worker; it can be cancelled."""
        if not self.is_signed_in:
            return
        work, span = self.work, self.span_choice.span()

        def look(progress: Progress) -> list[LedgerFigures]:
            return summarise(work.path, span, progress)

        def done(found: list[LedgerFigures]) -> None:
            self.slip.fold()
            self._found, self._shown = found, span
            self._show()

        self.operations.task(tr("汇总各村"), look, then=done, refused=self.refuse)

    def came_back(self, book: KeptBook) -> None:
        """The village may have posted meanwhile."""
        del book
        self.reload()

    # showing

    def _show(self) -> None:
        span = self._shown
        if span is None:
            return
        row = max(self.table.row, 0)
        self.rows = [
            one
            for kind in LedgerKind
            for one in self._found
            if one.totals is not None and one.totals.kind is kind
        ]
        made = summary_table(self.work.workspace.office, self._found, span)
        model = TableModel(made)
        self.head.set_title(made.title, span.words())
        self.table.set_empty_words(tr("这些天没有一个村有账。"))
        self.table.show_model(model, model.totals_model() if model.totals else None)
        self.table.go_to_row(row)
        self.missing.explain(self._missing())
        self._follow_missing()
        self.status_changed.emit()

    def _missing(self) -> str:
        """Villages whose books could not be read."""
        villages = "、".join(one.book.village for one in self._found if one.trouble)
        return tr("{villages}：账簿打不开，为什么在工作台上写着", villages=villages) if villages else ""

    def _follow_missing(self) -> None:
        """Where there is little room the status bar names them."""
        self.missing.setVisible(bool(self._missing()) and not self.theme.tokens.narrow)

    def _ask_days(self) -> None:
        ask_span(self, self.table.setFocus)

    # acting

    def _open(self, row: int) -> None:
        """The village's balances of these days' last month."""
        if 0 <= row < len(self.rows) and self._shown is not None:
            one = self.rows[row]
            where = {"month": Month.of(self._shown.last)}
            self.enter(one.book, "trial_balance", where, one.totals.ledger if one.totals else "")

    def _save(self, ending: str) -> None:
        if self.is_signed_in and self._shown is not None:
            self.save_as((summary_table(self.work.workspace.office, self._found, self._shown),), ending)
