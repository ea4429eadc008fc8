"""乡镇审阅台: a folder of packages reviewed in one run, a row a village, exceptions first; Enter opens its books, Esc comes back.

It needs no book of its own and is reached from the start page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from village_ledger.domain.desk_state import VERDICT_WORDS
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.township import MISSING, SOUND, TO_CHECK, UNTRUSTED
from village_ledger.exchange.review.review_desk import review_folder
from village_ledger.exchange.review.review_files import OFFICE
from village_ledger.i18n import tr
from village_ledger.reports.review.desk import desk_table, explained
from village_ledger.reports.review.desk_totals import comparison_table
from village_ledger.settings import config_file
from village_ledger.ui import actions
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.planning.planning_page import line
from village_ledger.ui.review.desk_foot import DeskFoot
from village_ledger.ui.review.desk_model import DeskModel, named, only
from village_ledger.ui.review.desk_ways import open_village, other_keys, span_of
from village_ledger.ui.review.desk_writing import DeskWriting
from village_ledger.ui.review.pin import Pin
from village_ledger.ui.review.verdict_strip import VerdictStrip
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.exchange.review.reviewing import Run
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

LEAST_ROWS = 5
"""Rows that stay in view."""
_CELLS = (
    (tr("个村"), None),
    (tr(VERDICT_WORDS[SOUND]), Check.GOOD),
    (tr(VERDICT_WORDS[TO_CHECK]), Check.WARN),
    (tr(VERDICT_WORDS[UNTRUSTED]), Check.FAIL),
    (tr(VERDICT_WORDS[MISSING]), Check.WAITING),
)
_KEPT = {"sample": 3, "compare": 4, "write": 5, "choose": 6}
"""The four that keep their places; the others fold into 更多 first."""


class DeskPage(DeskWriting):
    """Table of verdicts, the comparison in its place, or the form of who reviews what."""

    scope: ClassVar[str] = "desk"
    nav: ClassVar[str] = "work"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.model: DeskModel | None = None
        self._comparing, self._took = False, 0.0
        self.strip = VerdictStrip(self.theme, _CELLS)
        self.table = FigureTable(self.theme, tr("送审包"))
        self.table.set_empty_words(tr("没有这样的村。"))
        self.foot = DeskFoot(self.theme, self.table)
        self.search = line(tr("找村"))
        self.search.setPlaceholderText(tr("村名里的一两个字"))
        self.explain = ExplainBar(self.theme)
        sheet = QVBoxLayout()
        sheet.setSpacing(0)
        sheet.addWidget(self.table, 1)
        sheet.addWidget(self.foot)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.search)
        self.body.addLayout(sheet, 1)
        self.body.addWidget(self.explain)
        self.body.addWidget(self.form, 1)
        self.explain.hide()
        self.search.hide()
        self.search.textChanged.connect(lambda _text: self._show_table())
        self.search.returnPressed.connect(self.table.setFocus)
        self.strip.chosen.connect(lambda _place: self._show_table())
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.totals.clicked.connect(self._open_total)
        for action_id in ("setup", "review", "chain", "rules", "totals", "remind"):
            self.add_button(action_id)
        for action_id, keeps in _KEPT.items():
            look = Look.MAIN if action_id == "choose" else Look.PLAIN
            spec = replace(actions.spec(self.scope, action_id), keys=())  # the keys stand in the status bar
            button = Button.of_action(self.theme, self.action(action_id), spec, look)
            self.head.add_widget(button, keeps=keeps)
        self.show_form(shown=True)
        self.name_desk()

    # the page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "choose": self._choose,
            "review": self.review,
            "open": lambda: self._open(self.table.row),
            "remark": self._remark,
            "sample": self._sample,
            "compare": self._compare,
            "rules": lambda: self._to_list("rules"),
            "totals": lambda: self._to_list("totals"),
            "chain": lambda: self._to_list("chain", self._digest(self.table.row)),
            "remind": lambda: self.remind(None),
            "explain": self._explain,
            "find": self._look_up,
            "setup": lambda: self.show_form(shown=self.form.isHidden()),
            "write": self.write,
        }

    def go(self, **where: Any) -> None:
        """``folder`` to review at once; else as it was left."""
        folder = where.get("folder")
        if folder is not None:
            self.form.choose_folder(Path(folder))
            self.review()
        elif self.run is None:
            self.show_form(shown=True)
            self._read_expected()
            (self.form.packages if self.form.folder is None else self).setFocus()
        else:
            self.follow_access()
            self.table.setFocus()

    def follow_access(self) -> None:
        """One comes back, maybe from a package whose fingerprint was compared there."""
        super().follow_access()
        if self.run is not None and other_keys(self.run):
            row = self.table.row
            self._show_table()
            self.table.go_to_row(row)

    def restyle(self) -> None:
        """Where there is little room the strip's figures stand in the status bar."""
        self.show_form(shown=not self.form.isHidden())

    def escape(self) -> bool:
        """From an explanation, the form, the comparison, a cell of the strip back to all verdicts."""
        if not self.explain.isHidden():
            self.explain.hide()
        elif not self.form.isHidden() and self.run is not None:
            self.show_form(shown=False)
        elif not self.search.isHidden():
            self._put_search_away()
        elif self._comparing:
            self._compare()
        elif self.run is not None and self.strip.place:
            self.strip.choose(0)
            self._show_table()
        else:
            return False
        return True

    def status(self) -> str:
        """What was done; else how the table is ordered."""
        if self.said or self.run is None:
            return self.said or tr("还没有审阅")
        if self.theme.tokens.narrow:
            counts = zip(self.state.counts(), _CELLS, strict=True)
            return "，".join(f"{count} {words}" for count, (words, _) in counts if count)
        return tr("次序：先看有问题的")

    # reviewing

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("送审包放在哪个文件夹"), self.form.packages.text().strip()
        )
        if chosen:
            self.form.choose_folder(Path(chosen))
            self.review()

    def _read_expected(self) -> bool:
        try:
            self.form.read_expected()
        except LedgerError as refusal:
            self.slip.say(describe(refusal))
            return False
        return True

    def review(self) -> None:
        """Open, prove and check every package on the worker; it can be cancelled, and nothing is written."""
        folder = self.form.folder
        if folder is None:
            self._choose()
            return
        if not self.form.reports.text().strip():
            self.form.choose_folder(folder)
        if not self._read_expected():
            return
        try:
            due = self.form.month
        except LedgerError as refusal:
            self.show_form(shown=True)
            self.form.due.setFocus()
            self.refuse(refusal)
            return
        self.form.keep()
        desk, villages, rules = self.form.desk, self.form.villages, self.form.pack
        keys = config_file().parent
        today = date.today()  # noqa: DTZ011  the wall calendar of the township

        def work(progress: Progress) -> tuple[Run, float]:
            began = time.monotonic()
            run = review_folder(
                [folder], desk, today, villages, progress=progress, rules=rules, due=due, keys=keys
            )
            return run, time.monotonic() - began

        self.operations.task(
            tr("审阅送审包"), work, then=lambda done: self._show_run(*done), refused=self.refuse
        )

    # showing

    def _show_run(self, run: Run, took: float) -> None:
        self.run, self.said, self._comparing, self._took = run, "", False, took
        self.state = run.state()
        self.slip.fold()
        self.strip.show_counts(self.state.counts())
        self.strip.choose(0)
        self._show_table()
        self.show_form(shown=False)

    def _show_table(self) -> None:
        """Verdicts, or villages side by side."""
        run = self.run
        if run is None:
            return
        verdicts = only(desk_table(self.state), self.strip.place)
        made = named(
            comparison_table(self.state, run.pack) if self._comparing else verdicts, self.search.text()
        )
        self.explain.hide()
        self.action("compare").setText(tr("看结论") if self._comparing else tr("比一比"))
        self.model = DeskModel(made)
        self.table.show_model(self.model, self.model.totals_model() if self.model.totals else None)
        self.table.go_to_row(0)
        self.foot.follow(
            left_out=not all(one.is_trusted for one in self.state.villages),
            opens=tr("看由哪些科目来") if self._comparing else tr("打开"),
        )
        self.name_desk()
        self.status_changed.emit()

    def name_desk(self) -> None:
        """Title, the line beside it, and the bar at the top."""
        office = self.form.office.text().strip() or tr(OFFICE)
        title = tr("各村比一比") if self._comparing else tr("{office} · 村账审阅台", office=office)
        said = ""
        if self.run is not None:
            said = tr(
                "{folder} · {count} 个村{unread} · 验完用了 {took}",
                folder=self.form.packages.text().strip(),
                count=self.state.counts()[0],
                unread=tr("，另有 {count} 个文件读不了", count=len(self.state.unread))
                if self.state.unread
                else "",
                took=_duration(self._took),
            )
        self.head.set_title(title, said, firm=True)
        self.name_bar(self.run, self.form.reviewer.text(), office)

    def show_form(self, *, shown: bool) -> None:
        """The form in place of the table, or back."""
        self.form.setVisible(shown)
        self.table.setVisible(not shown)
        narrow = self.theme.tokens.narrow
        self.strip.setVisible(not shown and not narrow and not self._comparing)
        self.search.setVisible(not shown and bool(self.search.text()))
        self.foot.setVisible(not shown and not narrow)
        if shown:
            self.explain.hide()
            self.form.packages.setFocus()
        else:
            self.table.setMinimumHeight((LEAST_ROWS + 1) * (self.theme.px.row + 1))
            self.table.setFocus()

    def _look_up(self) -> None:
        """A field over the list that leaves the villages whose name holds what is typed."""
        if self.run is not None and self.form.isHidden():
            self.search.show()
            self.search.setFocus()

    def _put_search_away(self) -> None:
        self.search.clear()
        self.search.hide()
        self.table.setFocus()

    def _compare(self) -> None:
        if self.run is None:
            self.say(tr("先审阅，再比一比"))
            return
        digest = self._digest(self.table.row)
        self._comparing = not self._comparing
        self.show_form(shown=False)
        self._show_table()
        rows = range(self.model.count() if self.model is not None else 0)
        self.table.go_to_row(next((row for row in rows if digest and self._digest(row) == digest), 0))

    def _digest(self, row: int) -> str:
        """The package a row stands for, empty for what is none."""
        if self.model is None or not 0 <= row < self.model.count():
            return ""
        link = self.model.link(row)
        return link.key if link is not None and link.kind == "package" else ""

    def _follow(self) -> None:
        self.said = ""
        if not self.explain.isHidden():
            self._explain()
        self.status_changed.emit()

    def _explain(self) -> None:
        """Where a row's figures come from and what was found."""
        if self.run is None or self.model is None or not 0 <= self.table.row < self.model.count():
            return
        said = explained(self.state, self._digest(self.table.row))
        texts = "，".join(filter(None, (self.model.text(self.table.row, n) for n in range(1, 5))))
        self.explain.explain(said or texts)

    # going on

    def _open(self, row: int) -> None:
        """Open a village's package at what was found; from the comparison its accounts; a missing village is reminded."""
        digest = self._digest(row)
        link = self.model.link(row) if self.model is not None and row >= 0 else None
        if self.run is None:
            return
        if link is not None and link.kind == "absent":
            self.remind([link.key])
        elif not digest:
            self._explain()
        elif self._comparing:
            self._to_list("village", digest)
        else:
            open_village(self.session, self.run, digest, "review_checks", span=span_of(self.run, digest))

    def _open_total(self, index: QModelIndex) -> None:
        """A click on a total: the villages it is made of; on what was found: the rules."""
        if self.model is None:
            return
        key = self.model.columns[index.column()].key
        if not self._comparing and key in ("collective", "committee"):
            self._to_list("figure", key=f"{key}_money")
        elif self._comparing and "_" in key:
            self._to_list("figure", key=key)
        elif key in ("grave", "plain"):
            self._to_list("rules")

    def _remark(self) -> None:
        """A remark on the village in hand, in its package."""
        village = self.state.of(self._digest(self.table.row))
        if self.run is not None and village is not None and village.newest.totals:
            digest, ledger = village.newest.known.digest, village.newest.totals[0].ledger
            open_village(self.session, self.run, digest, "pinned", pin=Pin(ledger))

    def _sample(self) -> None:
        if self.run is None or not self.state.counted:
            self.say(tr("没有可信的送审包可以抽"))
            return
        try:
            order = self.form.order
        except LedgerError as refusal:
            self.ask_who(refusal)
            return
        self.navigator.open("desk_sample", run=self.run, reports=self.form.desk, order=order)

    def _to_list(self, what: str, digest: str = "", key: str = "") -> None:
        if self.run is None:
            self.say(tr("先审阅"))
        elif what != "chain" or digest:
            self.navigator.open("desk_list", run=self.run, what=what, digest=digest, key=key)


def _duration(seconds: float) -> str:
    """1 分 12 秒."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return tr("{minutes} 分 {rest} 秒", minutes=minutes, rest=rest) if minutes else tr("{rest} 秒", rest=rest)
