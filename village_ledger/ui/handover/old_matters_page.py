"""旧账清单: claims and debts from before the term, each with owner, cause, plan; beside it the log and the next entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.old_matter import FollowUp, MatterStatus, OldMatter, Side
from village_ledger.domain.period import Span, parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.register_form import RegisterForm

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


class OldMattersPage(RegisterForm):
    """Old matters of the leading ledger, with how each stands today."""

    scope = "old_matters"
    nav = "works"
    shows = Changes(handovers=True, vouchers=True, balances=True)
    name = "旧账清单"
    form = "办理记录"
    empty = "还没有列过旧账。按 Ctrl+R 从账上列出任期以前的债权债务。"

    def build(self) -> None:
        """How far it is, who sees to it, why, how, until when, what was done."""
        self.matters: list[OldMatter] = []
        self.bar = AskBar(self.theme)
        self.body.insertWidget(0, self.bar)
        self.status_list = PickList()
        for one in MatterStatus:
            self.status_list.addItem(one.words, one.value)
        self.section.add_row(tr("状态"), self.status_list)
        self.owner = self.field(tr("责任人"))
        self.cause = self.field(tr("成因"))
        self.plan = self.field(tr("办法"))
        self.due = self.field(tr("约定日期"), tr("约定哪天办完，可以空着。"), 20)
        self.done = self.field(tr("办理情况"), tr("今天做了什么；了结的写清怎样了结。"))
        self.day = self.field(tr("办理日期"), "", 20)
        for field in (self.owner, self.cause, self.plan, self.due, self.done):
            field.returnPressed.connect(lambda field=field: field.focusNextChild())
        self.day.returnPressed.connect(lambda: self.action("follow").trigger())
        self.log = QLabel()
        self.log.setWordWrap(True)
        self.section.add_row(tr("以前办的"), self.log)
        self.table.opened.connect(lambda _row: self.owner.setFocus())
        self.add_button("add")
        self.add_button("gather")
        self.add_button("follow", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Gather, add, follow up, print."""
        return {
            "gather": self._gather,
            "add": self._add,
            "follow": self._follow,
            "print": self.print_register,
        }

    def table_of(self, reader: Reader, ledger: str) -> Table:
        """The list as it stands today."""
        from village_ledger.reports.catalogue import issuer_of
        from village_ledger.reports.handover.handover_sheet import old_matters_sheet
        from village_ledger.services.handover.old_matters import matters

        today = self._today()
        with reader.snapshot():
            self.matters = matters(reader, ledger, today)
            span = Span(date(today.year, 1, 1), today)
            return old_matters_sheet(issuer_of(reader, ledger), self.matters, span)

    def follow_row(self) -> None:
        """The form speaks of the matter in view."""
        if not self.day.text():
            self.day.setText(str(self._today()))
        matter = self._current()
        self.section.setEnabled(matter is not None)
        if matter is None:
            self.log.setText("")
            return
        latest = matter.latest
        self.status_list.setCurrentIndex(max(self.status_list.findData(latest.status.value), 0))
        self.owner.setText(latest.owner)
        self.cause.setText(latest.cause)
        self.plan.setText(latest.plan)
        self.due.setText(str(latest.due) if latest.due else "")
        self.done.clear()
        entries = [f"{one.day} {one.status.words} {one.words or one.plan}".strip() for one in matter.log]
        self.log.setText("\n".join(reversed(entries)) or tr("还没有办理记录。"))

    def escape(self) -> bool:
        """Put the question away first."""
        if self.bar.isVisible():
            self.bar.put_away()
            return True
        return False

    # inside

    def _current(self) -> OldMatter | None:
        row = self.table.row
        return self.matters[row] if 0 <= row < len(self.matters) else None

    def _gather(self) -> None:
        from village_ledger.services.handover import old_matters

        def gather(text: str) -> None:
            term = self._read_day(text)
            if term is not None:
                self.act(
                    tr("列出旧账"),
                    lambda uow, ledger: old_matters.gather(uow, ledger, term),
                    tr("任期以前的债权债务列出来了"),
                )

        first = date(self._today().year, 1, 1)
        self.bar.ask(tr("新任期从哪一天起？"), tr("列出"), gather, self.table.setFocus, text=str(first))

    def _add(self) -> None:
        from village_ledger.services.handover import old_matters

        def add(name: str) -> None:
            term = self.matters[0].term if self.matters else date(self._today().year, 1, 1)
            self.act(
                tr("加一笔旧账"),
                lambda uow, ledger: old_matters.add(uow, ledger, term, Side.OTHER, name),
                tr("“{name}”列进了旧账", name=name),
            )

        self.bar.ask(
            tr("账上没有的旧事，是什么？"), tr("列进"), add, self.table.setFocus, hint=tr("村小学房屋确权")
        )

    def _follow(self) -> None:
        from village_ledger.services.handover import old_matters

        matter = self._current()
        if matter is None:
            return
        due = self._read_day(self.due.text()) if self.due.text().strip() else None
        day = self._read_day(self.day.text())
        if day is None or (self.due.text().strip() and due is None):
            return
        entry = FollowUp(
            day,
            MatterStatus(self.status_list.currentData()),
            self.owner.text(),
            self.cause.text(),
            self.plan.text(),
            due,
            self.done.text(),
        )
        self.act(
            tr("写办理记录"),
            lambda uow, ledger: old_matters.follow_up(uow, ledger, matter.number, entry),
            tr("{number} 的办理记录写好了", number=matter.number),
        )

    def _read_day(self, text: str) -> date | None:
        try:
            return parse_day(half_width(text).strip())
        except LedgerError as error:
            self.refuse(error)
            return None

    def _today(self) -> date:
        return date.today()  # noqa: DTZ011  the wall calendar of the village
