"""乡镇审阅台: a folder of packages reviewed in one run, exceptions first; Enter opens a village's books, Esc comes back.

It needs no book of its own and is reached from the start page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.review_check import review_rules
from village_ledger.domain.sampling import SampleOrder
from village_ledger.domain.township import MISSING, SOUND, TO_CHECK, UNREAD, UNTRUSTED, period_of
from village_ledger.exchange.review_desk import review_folder, write_reports
from village_ledger.exchange.review_files import reviewer_of
from village_ledger.i18n import tr
from village_ledger.reports.review.desk import desk_table, explained
from village_ledger.reports.review.desk_totals import comparison_table
from village_ledger.settings import reviewer_key_file
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.review.desk_form import DeskForm
from village_ledger.ui.review.verdict_strip import VerdictStrip
from village_ledger.ui.tables.table_model import Look as ColumnLook
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.exchange.reviewing import Run
    from village_ledger.reports.table import Table
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_MARKS = {
    SOUND: Check.GOOD,
    TO_CHECK: Check.WARN,
    UNTRUSTED: Check.FAIL,
    UNREAD: Check.FAIL,
    MISSING: Check.WAITING,
}
LEAST_ROWS = 5
"""Rows that stay in view."""


class DeskModel(TableModel):
    """The desk's rows with their mark; a comparison has none."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._verdicts = table.columns[0].key == "mark"
        if self._verdicts:
            mark, *others, way = self.columns
            way = replace(way, look=ColumnLook.LINK, sample=tr("打开"))
            self.columns = (replace(mark, look=ColumnLook.CHECK), *others, way)

    def check(self, row: int) -> Check | None:
        """✓ ▲ ✕ or not yet, beside the word."""
        return _MARKS.get(self.text(row, 0)) if self._verdicts else None


class DeskPage(Page):
    """Table of verdicts, the comparison in its place, or the form of who reviews what."""

    scope: ClassVar[str] = "desk"
    nav: ClassVar[str] = "work"
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.run: Run | None = None
        self.model: DeskModel | None = None
        self._comparing, self._said = False, ""
        self.head.set_title(tr("乡镇审阅台"))
        self.strip = VerdictStrip(
            self.theme,
            (
                (tr("个村"), None),
                (tr("可看"), Check.GOOD),
                (tr("要核对"), Check.WARN),
                (tr("不能信、读不了"), Check.FAIL),
                (tr("没有送"), Check.WAITING),
            ),
        )
        self.table = FigureTable(self.theme, tr("送审包"))
        self.table.set_empty_words(tr("按 F9 审阅文件夹里的送审包。"))
        self.form = DeskForm(self.theme, session.preferences)
        self.explain = ExplainBar(self.theme)
        for part in (self.strip, self.table, self.explain, self.form):
            self.body.addWidget(part, 1 if part in (self.table, self.form) else 0)
        self.explain.hide()
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        for action_id in ("setup", "compare", "choose", "review"):
            self.add_button(action_id)
        self.add_button("write", Look.MAIN)
        self._show_form(shown=True)

    # the page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "choose": self._choose,
            "review": self.review,
            "open": lambda: self._open(self.table.row),
            "compare": self._compare,
            "explain": self._explain,
            "setup": lambda: self._show_form(shown=self.form.isHidden()),
            "write": self.write,
        }

    def go(self, **where: Any) -> None:
        """``folder`` to review at once; else as it was left."""
        folder = where.get("folder")
        if folder is not None:
            self.form.choose_folder(Path(folder))
            self.review()
        elif self.run is None:
            self._show_form(shown=True)
            self._read_expected()
            (self.form.packages if self.form.folder is None else self).setFocus()
        else:
            self.table.setFocus()

    def restyle(self) -> None:
        """Where there is little room the strip's figures stand in the status bar."""
        self._show_form(shown=not self.form.isHidden())

    def escape(self) -> bool:
        """From an explanation, the form, the comparison back to the verdicts."""
        if not self.explain.isHidden():
            self.explain.hide()
            return True
        if not self.form.isHidden() and self.run is not None:
            self._show_form(shown=False)
            return True
        if self._comparing:
            self._compare()
            return True
        return False

    def status(self) -> str:
        """What was done; else how the table is ordered."""
        if self._said or self.run is None:
            return self._said or tr("还没有审阅")
        if self.theme.tokens.narrow:
            counts = self.run.counts()
            return "，".join(f"{verdict} {count}" for verdict, count in counts.items() if count)
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
        self.form.keep()
        desk, villages = self.form.desk, self.form.villages
        today = date.today()  # noqa: DTZ011  the wall calendar of the township

        def work(progress: Progress) -> Run:
            return review_folder([folder], desk, today, villages, progress=progress)

        self.operations.task(tr("审阅送审包"), work, then=self._show_run, refused=self._refused)

    def write(self) -> None:
        """Reports and remarks into the reports' folder; what was seen is remembered there."""
        if self.run is None:
            self._say(tr("先审阅，再写报告"))
            return
        self.form.keep()
        run, desk, villages = self.run, self.form.desk, self.form.villages
        name, office, seed = (f.text() for f in (self.form.reviewer, self.form.office, self.form.seed))

        def work(progress: Progress) -> None:
            write_reports(
                run,
                desk,
                reviewer_of(name, office, reviewer_key_file(), SampleOrder(seed)),
                villages,
                progress,
            )

        def done(_: None) -> None:
            self.slip.fold()
            self._say(
                tr("写好了 {count} 个村的报告和意见，在 {folder}", count=len(run.reviewed), folder=desk)
            )

        self.operations.task(tr("写审阅报告"), work, then=done, refused=self._not_written)

    def _not_written(self, refusal: LedgerError) -> None:
        """Who reviews may be missing: the form comes up with the sentence."""
        self._show_form(shown=True)
        if not self.form.reviewer.text().strip():
            self.form.reviewer.setFocus()
        self._refused(refusal)

    def _refused(self, refusal: LedgerError) -> None:
        self.slip.say(describe(refusal))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    # showing

    def _show_run(self, run: Run) -> None:
        self.run, self._said, self._comparing = run, "", False
        self.slip.fold()
        counts = run.counts()
        bad = counts[UNTRUSTED] + counts[UNREAD]
        self.strip.show_counts((run.villages, counts[SOUND], counts[TO_CHECK], bad, counts[MISSING]))
        self._show_table()
        self._show_form(shown=False)

    def _show_table(self) -> None:
        """Verdicts, or villages side by side."""
        run = self.run
        if run is None:
            return
        made = comparison_table(run.state(), run.pack) if self._comparing else desk_table(run.state())
        self.explain.hide()
        said = tr(
            "{folder} · {count} 个送审包 · 规则 {rules} 条",
            folder=self.form.packages.text().strip(),
            count=len(run.reviewed),
            rules=len(review_rules()),
        )
        self.head.set_title(made.title, said)
        self.action("compare").setText(tr("看结论") if self._comparing else tr("比一比"))
        self.model = DeskModel(made)
        self.table.show_model(self.model, self.model.totals_model() if self.model.totals else None)
        self.table.go_to_row(0)
        self.status_changed.emit()

    def _show_form(self, *, shown: bool) -> None:
        """The form in place of the table, or back."""
        self.form.setVisible(shown)
        self.table.setVisible(not shown)
        self.strip.setVisible(not shown and not self.theme.tokens.narrow)
        if shown:
            self.explain.hide()
            self.form.packages.setFocus()
        else:
            self.table.setMinimumHeight((LEAST_ROWS + 1) * (self.theme.px.row + 1))
            self.table.setFocus()

    def _compare(self) -> None:
        if self.run is None:
            self._say(tr("先审阅，再比一比"))
            return
        digest = self._digest(self.table.row)
        self._comparing = not self._comparing
        self._show_form(shown=False)
        self._show_table()
        rows = range(self.model.count() if self.model is not None else 0)
        self.table.go_to_row(next((row for row in rows if digest and self._digest(row) == digest), 0))

    def _digest(self, row: int) -> str:
        """The package a row stands for, empty for what is none."""
        if self.model is None or not 0 <= row < self.model.count():
            return ""
        link = self.model.link(row)
        return "" if link is None else link.key

    def _follow(self) -> None:
        self._said = ""
        if not self.explain.isHidden():
            self._explain()
        self.status_changed.emit()

    def _explain(self) -> None:
        """Where a row's figures come from and what was found; of the totals which villages are in them."""
        if self.run is None or self.model is None or not 0 <= self.table.row < self.model.count():
            return
        said = explained(self.run.state(), self._digest(self.table.row))
        texts = "，".join(filter(None, (self.model.text(self.table.row, n) for n in (1, 2, 5))))
        self.explain.explain(said or texts)

    def _open(self, row: int) -> None:
        """Open a village's package: at what was found, or from the comparison at its balances."""
        digest = self._digest(row)
        if self.run is None or not digest:
            self._explain()
            return
        known = next(one.known for one in self.run.reviewed if one.known.digest == digest)
        span = Span(*period_of(known))
        page: tuple[str, dict[str, Any]] = ("review_checks", {"span": span})
        if self._comparing:
            page = ("trial_balance", {"month": Month.of(span.last)})
        self.session.first_page = page
        self.session.open_asked.emit(self.run.places[digest])
