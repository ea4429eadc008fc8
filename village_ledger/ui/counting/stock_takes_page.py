"""清产核资 of a ledger: every stock-take and how far it is; beside it the form that registers the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import parse_day
from village_ledger.domain.stock_take import Persons
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.register_form import RegisterForm

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


class StockTakesPage(RegisterForm):
    """Stock-takes of the leading ledger, the newest first."""

    scope = "stock_takes"
    nav = "works"
    shows = Changes(counts=True)
    name = "清产核资"
    form = "登记一次清查"
    empty = "还没有清查过。在旁边填好清查日和人员，按 F6 登记。"

    def build(self) -> None:
        """Which day, who leads, who counts, who watches."""
        self.day = self.field(tr("清查日"), tr("一般是年末，账面数取这一天日终的。"), 20)
        self.leader = self.field(tr("负责人"))
        self.counters = self.field(tr("清查人"), tr("几个人用顿号隔开。"))
        self.supervisor = self.field(tr("监督人"), tr("监事会或村务监督委员会的人，不参加清查。"))
        for field in (self.day, self.leader, self.counters):
            field.returnPressed.connect(lambda field=field: field.focusNextChild())
        self.supervisor.returnPressed.connect(lambda: self.action("new").trigger())
        self.table.opened.connect(self._open)
        self.add_button("new", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Register, open, print."""
        return {
            "new": self._new,
            "open": lambda: self._open(self.table.row),
            "print": self.print_register,
        }

    def table_of(self, reader: Reader, ledger: str) -> Table:
        """The list."""
        from village_ledger.reports.catalogue import issuer_of
        from village_ledger.reports.counting.stock_take_register import register

        return register(issuer_of(reader, ledger), reader.stock_takes(ledger))

    def follow_row(self) -> None:
        """The form proposes the end of the year in view."""
        if not self.day.text():
            self.day.setText(f"{self.session.month.year}-12-31")

    def _open(self, row: int) -> None:
        rows = list(self.shown.rows) if self.shown is not None else []
        if 0 <= row < len(rows):
            self.navigator.open("stock_take", day=rows[row].cells[0])

    def _new(self) -> None:
        from village_ledger.services.counting import stock_takes

        try:
            day = parse_day(half_width(self.day.text()).strip())
        except LedgerError as error:
            self.refuse(error)
            return
        who = Persons(self.leader.text(), self.counters.text(), self.supervisor.text())

        def begin(uow: UnitOfWork, ledger: str) -> Outcome[Any]:
            stock_takes.begin(uow, ledger, day, who)
            return stock_takes.fill(uow, ledger, day)

        self.slip.fold()
        ledger = self.session.ledger_code
        self.operations.run(
            tr("登记清查"),
            lambda uow, _: begin(uow, ledger),
            then=lambda done: self._begun(day, done.warnings),
            refused=self.refuse,
        )

    def _begun(self, day: date, warnings: tuple[str, ...]) -> None:
        self.navigator.open("stock_take", day=day, said="".join(warnings))
