"""The year's end (年终结转): the carry-forward vouchers as drafts, each line beside the balance it comes from; then posted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.i18n import tr
from village_ledger.reports.table import Table
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class YearView:
    """A year before it is carried forward: the drafts, or why there are none, and whether it can be done now."""

    year: int
    table: Table | None
    words: str
    ready: bool


def read_year(reader: Reader, ledger: str, year: int) -> YearView:
    """The drafts of a year from one state of the book."""
    from village_ledger.reports.catalogue import ReportRequest, make
    from village_ledger.services.closing.distribution import december_is_open

    with reader.snapshot():
        try:
            table = make(reader, "year-end-preview", ReportRequest(ledger, Span.of_year(year)))
        except LedgerError as error:
            return YearView(year, None, f"{error.what.rstrip('。')}。{error.next_step}", ready=False)
        if december_is_open(reader, ledger, year):
            words = tr("12 月还没有结账，这是按现在的余额算的，还会变。先结完 12 月，再年终结转。")
            return YearView(year, table, words, ready=False)
        words = tr("12 月已结账。年终结转后，这一年不能再反结账，差错只能在下一年用蓝字凭证更正。")
        return YearView(year, table, words, ready=True)


class YearEndPage(Page):
    """The drafts of the leading ledger's year."""

    scope = "year_end"
    nav = "closing"
    shows = Changes(vouchers=True, balances=True, periods=True, accounts=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.year = session.month.year
        self.view: YearView | None = None
        self.table = FigureTable(self.theme, tr("年终结转草稿"))
        self.table.opened.connect(self._open)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table, 1)
        self.add_button("print")
        self.add_button("distribute")
        self.add_button("carry", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the year's end."""
        return {
            "carry": self._carry,
            "distribute": lambda: self.navigator.open("distribution", year=self.year),
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``year`` to carry forward, ``row`` to stand on."""
        self.year = where.get("year", self.session.month.year)
        self.reload(row=where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The year and the line one stands on."""
        return {"year": self.year, "row": max(self.table.row, 0)}

    def reload(self, row: int = -1) -> None:
        """Make the drafts again."""
        if not self.session.is_open:
            return
        ledger, year = self.session.ledger_code, self.year
        row = row if row >= 0 else max(self.table.row, 0)
        self.operations.read(
            tr("年终结转草稿"),
            lambda reader: read_year(reader, ledger, year),
            lambda view: self._show(view, row),
            key="year_end",
        )

    def follow_access(self) -> None:
        """The button holds by the year too."""
        super().follow_access()
        self._follow()

    def _show(self, view: YearView, row: int) -> None:
        self.view = view
        self.head.set_title(
            tr("年终结转"), tr("{title} · {year}年", title=self.session.ledger.title, year=view.year)
        )
        self.words.setText(view.words)
        self.table.setVisible(view.table is not None)
        if view.table is not None:
            self.table.set_empty_words(tr("这一年没有收入、支出和分配要结转。"))
            self.table.show_model(TableModel(view.table))
            self.table.go_to_row(row)
        self._follow()
        self.status_changed.emit()

    def _follow(self) -> None:
        self.action("carry").setText(tr("年终结转 {year}", year=self.year))
        ready = self.view is not None and self.view.ready and self.may("carry")
        self.action("carry").setEnabled(ready)
        self.action("print").setEnabled(self.view is not None and self.view.table is not None)

    def _open(self, row: int) -> None:
        model = self.table.view.model()
        link = model.link(row) if isinstance(model, TableModel) else None
        if link is not None:
            self.navigator.open(
                "ledger", account=link.key, span=Span.of_year(self.year), month=Month(self.year, DECEMBER)
            )

    def _print(self) -> None:
        if self.view is not None and self.view.table is not None:
            self.navigator.open("preview", tables=(self.view.table,))

    def _carry(self) -> None:
        from village_ledger.services.closing.year_end import close_year

        ledger, year = self.session.ledger_code, self.year
        self.slip.fold()
        self.operations.run(
            tr("年终结转"),
            lambda uow, _: close_year(uow, ledger, year),
            refused=lambda error: self.slip.say(describe(error)),
        )
