"""几个村一起办: choose an act, villages and days; a verdict a village comes back, and Enter opens what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QBoxLayout, QFileDialog

from village_ledger.domain.agency import BatchAct, BatchResult, KeptBook, VillageVerdict
from village_ledger.domain.errors import LedgerError
from village_ledger.exchange.agency.agency_batch import BatchOptions
from village_ledger.i18n import tr
from village_ledger.reports.agency.verdicts import FAILED, summed_up, verdict_table
from village_ledger.storage.clock import now_text
from village_ledger.ui.agency.agency_desk import NOT_OPEN, AgencyDeskPage, today
from village_ledger.ui.agency.batch_form import BatchForm
from village_ledger.ui.agency.batch_models import MARKS, ChoiceModel, VerdictModel
from village_ledger.ui.review.verdict_strip import VerdictStrip
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.explain_bar import ExplainBar

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_WRITES = frozenset({BatchAct.REVIEW, BatchAct.POST, BatchAct.CLOSE})
_PAGES = {
    BatchAct.REVIEW: "voucher_list",
    BatchAct.POST: "voucher_list",
    BatchAct.CLOSE: "closing",
    BatchAct.PRINT: "reports",
    BatchAct.EXPORT: "export",
}
"""Where one sees to it in the village's book."""


class AgencyBatchPage(AgencyDeskPage):
    """Villages and the form of what is asked; after the run the verdicts in their place."""

    scope: ClassVar[str] = "agency_batch"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.act = BatchAct.REVIEW
        self._options = BatchOptions()
        self.verdicts: tuple[VillageVerdict, ...] = ()
        self.model: ChoiceModel | VerdictModel = ChoiceModel((), (), self.act, set())
        self._marked: set[str] | None = None
        self._at = ""
        acts = [(act.value, act.words) for act in BatchAct]
        self.acts = Choices(self.theme, tr("办什么"), acts, self.act.value)
        self.acts.chosen.connect(lambda value: self._choose_act(BatchAct(value)))
        cells = [(result.words, mark) for result, mark in MARKS.items()]
        self.strip = VerdictStrip(self.theme, [(tr("都看"), None), *cells])
        self.strip.chosen.connect(lambda _place: self._show_some())
        self.table = FigureTable(self.theme, tr("各村"))
        self.table.show_model(self.model)
        self.table.set_empty_words(tr("工作区里还没有村的账簿。"))
        self.form = BatchForm(self.theme, today())
        self.explain = ExplainBar(self.theme, tr("说明"), folds=False)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.addWidget(self.table, 2)
        self._beside.addWidget(self.form, 1)
        self.body.addWidget(self.acts)
        self.body.addWidget(self.strip)
        self.body.addLayout(self._beside, 1)
        self.body.addWidget(self.explain)
        self.table.opened.connect(self._open)
        self.table.marked.connect(self._mark)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.form.changed.connect(self.status_changed)
        self._of_verdicts = [self.add_button(name) for name in ("export", "paper")]
        self._of_choice = [self.add_button(name) for name in ("folder", "all")]
        self.add_button("begin", Look.MAIN)
        self._show_verdicts_parts(shown=False)
        self.restyle()

    # the page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "mark": lambda: self._mark(self.table.row),
            "all": self._mark_all,
            "folder": self._choose_folder,
            "begin": self.begin,
            "open": lambda: self._open(self.table.row),
            "export": lambda: self._save("xlsx"),
            "paper": lambda: self._save("pdf"),
        }

    def hints(self) -> list[str]:
        """Of the form or of the verdicts."""
        return ["open"] if self.verdicts else ["mark", "all", "begin"]

    def go(self, **where: Any) -> None:
        """``act`` to begin with; or ``act``, ``options`` and the ``verdicts`` of what was done elsewhere."""
        if not self.is_signed_in:
            self.head.set_title(tr("几个村一起办"))
            self.table.set_empty_words(tr(NOT_OPEN))
            return
        if "act" in where:
            self.act = where["act"]
            self.acts.set_value(self.act.value)
        if "options" in where:
            self._options = where["options"]
        if "verdicts" in where:
            self.show_verdicts(where["verdicts"])
            self.table.setFocus()
            return
        self.verdicts = ()
        self._said = ""
        self.show_choice()
        self.table.setFocus()

    def restyle(self) -> None:
        """The form stands beside the villages; where there is little room under them, and the table keeps some rows."""
        tight = self.theme.tokens.tight
        way = QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(way)
        self._beside.setSpacing(self.theme.px.gap)
        rows = 3 if self.theme.tokens.narrow else 5
        self.table.setMinimumHeight((rows + 1) * (self.theme.px.row + 1))
        self.strip.setVisible(bool(self.verdicts) and not self.theme.tokens.narrow)

    def escape(self) -> bool:
        """From the verdicts back to the form, where what is not done yet stays chosen."""
        if not self.verdicts:
            return False
        if self.strip.place:
            self.strip.choose(0)
            self._show_some()
            return True
        self._marked = {one.book.uid for one in self.verdicts if one.result in FAILED} or None
        self.verdicts = ()
        self._said = ""
        self.show_choice()
        self.table.setFocus()
        if self.work.known:
            self.look_again(self._show_waiting)
        return True

    def status(self) -> str:
        """What was done; how many villages are chosen."""
        if self._said:
            return self._said
        if self.verdicts:
            return summed_up(self.act, self.verdicts)
        marked = self.model.marked if isinstance(self.model, ChoiceModel) else ()
        return tr("{act} · 选了 {count} 个村", act=self.form.in_words(self.act), count=len(marked))

    # choosing

    def show_choice(self) -> None:
        """The villages and the form."""
        books = self.work.books
        every = {book.uid for book in books}
        marked = every if self._marked is None else self._marked & every
        row = max(self.table.row, 0) if isinstance(self.model, ChoiceModel) else 0
        self.model = ChoiceModel(books, self.work.known, self.act, marked)
        self.head.set_title(tr("几个村一起办"))
        self.table.set_empty_words(tr("工作区里还没有村的账簿。"))
        self.form.show_act(self.act)
        self.table.show_model(self.model)
        self.table.go_to_row(row)
        self._show_verdicts_parts(shown=False)
        self._follow()

    def _show_waiting(self) -> None:
        """What waits is other now; unless verdicts came meanwhile."""
        if not self.verdicts:
            self.show_choice()

    def _choose_act(self, act: BatchAct) -> None:
        self.act = act
        if self.is_signed_in:
            self.show_choice()

    def _mark(self, row: int) -> None:
        if isinstance(self.model, ChoiceModel) and 0 <= row < self.model.count():
            self.model.toggle(row)
            self._marked = set(self.model.marked)
            self.table.go_to_row(row + 1)
            self._follow()

    def _mark_all(self) -> None:
        if isinstance(self.model, ChoiceModel):
            self.model.toggle_all()
            self._marked = set(self.model.marked)
            self.table.view.viewport().update()
            self._follow()

    def _choose_folder(self) -> None:
        before = self.form.folder.text().strip() or (str(self.work.path.parent) if self.is_signed_in else "")
        chosen = QFileDialog.getExistingDirectory(self, tr("打印、导出的文件放在哪个文件夹"), before)
        if chosen:
            self.form.folder.setText(chosen)

    # doing

    def begin(self) -> None:
        """Village after village on the worker; it can be stopped between two of them, and what was done stays done."""
        if not isinstance(self.model, ChoiceModel):
            self.escape()
            return
        if not self.is_signed_in:
            return
        books = self.model.chosen_books()
        if not books:
            self.say(tr("先按空格选要办的村"))
            return
        if self.act in {BatchAct.PRINT, BatchAct.EXPORT} and self.form.place is None:
            self._choose_folder()
            if self.form.place is None:
                return
        try:
            options = self.form.options(self.act)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self._run(books, options)

    def _run(self, books: Sequence[KeptBook], options: BatchOptions) -> None:
        work, act = self.work, self.act

        def job(progress: Progress) -> list[VillageVerdict]:
            return work.run(act, books, options, progress)

        def done(verdicts: list[VillageVerdict]) -> None:
            self.slip.fold()
            if act in _WRITES:
                work.touched |= {book.uid for book in books}
            self._options = options
            self.show_verdicts(verdicts)
            self.table.setFocus()

        self._said = ""
        self.operations.task(tr("{count} 个村{act}", count=len(books), act=act.words), job, done, self.refuse)

    # verdicts

    def show_verdicts(self, verdicts: Sequence[VillageVerdict]) -> None:
        """One a ledger of a village, what somebody must look at first."""
        self.verdicts, self._at = tuple(verdicts), now_text()
        self._said = ""
        self.strip.show_counts([len(self.verdicts), *(self._count(result) for result in MARKS)])
        self.strip.choose(0)
        title = tr("{act}：各村办得怎样", act=self.act.words)
        self.head.set_title(title)
        self._show_verdicts_parts(shown=True)
        self._show_some()

    def _show_some(self) -> None:
        """The verdicts of the cell that is chosen above."""
        only = (None, *MARKS)[self.strip.place]
        self.model = VerdictModel([one for one in self.verdicts if only in {None, one.result}])
        self.table.set_empty_words(tr("没有这样的村。"))
        self.table.show_model(self.model)
        self.table.go_to_row(0)
        self.table.setFocus()
        self._follow()

    def _count(self, result: BatchResult) -> int:
        return sum(one.result is result for one in self.verdicts)

    def _show_verdicts_parts(self, *, shown: bool) -> None:
        """Verdicts, or the form."""
        self.form.setVisible(not shown)
        self.acts.setVisible(not shown)
        self.strip.setVisible(shown and not self.theme.tokens.narrow)
        self.explain.setVisible(shown)
        self.action("begin").setText(tr("再办别的") if shown else tr("开始办"))
        for button in self._of_verdicts:
            self.head.tools.switch(button, on=shown)
        for button in self._of_choice:
            self.head.tools.switch(button, on=not shown)

    def _follow(self) -> None:
        """The sentence of the verdict in view stands whole under the table."""
        row = self.table.row
        if isinstance(self.model, VerdictModel) and 0 <= row < self.model.count():
            one = self.model.verdicts[row]
            files = tr("文件：{files}", files="、".join(one.files)) if one.files else ""
            self.explain.explain(f"{one.words}{files}")
        self.status_changed.emit()

    def _open(self, row: int) -> None:
        """The village's book at the page where one sees to it."""
        if not isinstance(self.model, VerdictModel):
            self._mark(row)
            return
        one = self.model.verdicts[row]
        where: dict[str, Any] = {"month": self._options.month} if self.act is BatchAct.CLOSE else {}
        self.enter(one.book, _PAGES[self.act], where, one.ledger)

    def _save(self, ending: str) -> None:
        if self.verdicts:
            office, by = self.work.workspace.office, self.work.identity.name
            self.save_as((verdict_table(office, self.act, self.verdicts, by, self._at),), ending)
