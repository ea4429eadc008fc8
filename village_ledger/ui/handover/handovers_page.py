"""会计交接 of the book: every handover and how far it is; beside it the form that registers the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.handover import Parties
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.register_form import RegisterForm

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


class HandoversPage(RegisterForm):
    """Handovers of the whole book, the newest first."""

    scope = "handovers"
    nav = "works"
    shows = Changes(handovers=True)
    follows_ledger = False
    name = "会计交接"
    form = "登记一次交接"
    empty = "还没有交接过。在旁边填好谁交给谁，按 F6 登记。"

    def build(self) -> None:
        """Who to whom, before whom, up to when."""
        self.which = PickList()
        self.section.add_row(tr("哪本账"), self.which)
        self.post = self.field(tr("岗位"), tr("如 会计、出纳、报账员。"))
        self.giver, self.taker = self.field(tr("移交人")), self.field(tr("接交人"))
        self.supervisor = self.field(tr("监交人"), tr("负责人或乡镇派的人，不能是交接的一方。"))
        self.supervisor_post = self.field(tr("监交人职务"))
        self.day = self.field(tr("锁定日"), tr("截至这一天日终由移交人负责；当天要盘点现金。"), 20)
        fields = (self.post, self.giver, self.taker, self.supervisor, self.supervisor_post)
        for field in fields:
            field.returnPressed.connect(lambda field=field: field.focusNextChild())
        self.day.returnPressed.connect(lambda: self.action("new").trigger())
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
        from village_ledger.reports.handover.handover_register import register
        from village_ledger.reports.issuer import DEMO

        del ledger
        book = reader.book()
        entity = "、".join(dict.fromkeys(info.entity for info in reader.ledgers()))
        return register(book.village, entity, DEMO if book.is_demo else "", reader.handovers())

    def follow_row(self) -> None:
        """The form proposes who sits at the keyboard, and the last day of the month in view."""
        if not self.which.count():
            self.which.addItem(tr("全部账"), "")
            for info in self.session.ledgers:
                self.which.addItem(info.title, info.code)
        if not self.day.text():
            self.day.setText(self.session.month.last.isoformat())
        if not self.giver.text():
            self.giver.setText(self.session.by)

    def _open(self, row: int) -> None:
        rows = list(self.shown.rows) if self.shown is not None else []
        if 0 <= row < len(rows):
            self.navigator.open("handover", number=str(rows[row].cells[0]))

    def _new(self) -> None:
        from village_ledger.services.handover import handovers

        try:
            day = parse_day(half_width(self.day.text()).strip())
        except LedgerError as error:
            self.refuse(error)
            return
        who = Parties(
            self.post.text(),
            self.giver.text(),
            self.taker.text(),
            self.supervisor.text(),
            self.supervisor_post.text(),
        )
        ledger = str(self.which.currentData() or "")
        self.slip.fold()
        self.operations.run(
            tr("登记交接"),
            lambda uow, _: handovers.begin(uow, day, who, ledger),
            then=lambda done: self.navigator.open("handover", number=done.value.number),
            refused=self.refuse,
        )
