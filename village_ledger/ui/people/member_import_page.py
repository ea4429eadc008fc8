"""导入成员和份额: a village's own file, its columns, what must be answered, what was put right; written only at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.exchange.people import import_members_guided as guided
from village_ledger.exchange.people.import_members_answers import LEAVE_OUT, TO_CHECK
from village_ledger.exchange.shares.import_shares import import_shares, take_plan
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui import actions
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.people.intake_answers import AnswerBook, Question
from village_ledger.ui.people.intake_forms import AnswersForm, ColumnsForm, FileForm, SayForm
from village_ledger.ui.people.intake_reading import CONTRACTS, KINDS, MEMBERS, Asked, Found, read_file
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.step_page import Step, StepPage

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_FILE, _COLUMNS, _ANSWERS, _SAY = range(4)
STEPS = ("选文件", "认列", "答疑问", "导入")
_FILTER = "表格 (*.xlsx *.csv);;所有文件 (*)"


class MemberImportPage(StepPage):
    """Which file · what its columns are · what must be answered · taking it in."""

    scope = "member_import"
    nav = "members"
    shows: ClassVar[Changes] = Changes(members=True, shares=True)
    kinds: ClassVar[tuple[tuple[str, str], ...]] = KINDS
    """Kinds of files it takes, the first is chosen."""
    name: ClassVar[str] = "导入成员和份额"
    after: ClassVar[str] = "members"
    """Page that shows what was taken in."""
    helps: ClassVar[tuple[str, ...]] = (
        "名册、量化方案、份额变动各是一个文件；先导成员，再导份额。",
        "光标放在列上按 ← → 换它的意思；下面是照这样读出来的行。",
        "写上对的值按 Enter；也可以略去这一行，或者号码先空着待核。",
        "以前什么也没有写；按下导入，一次全部写进账簿，有一处不行就一行也不写。",
    )

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.asked = Asked(self.kinds[0][0], Path())
        self.found: Found | None = None
        self.book = AnswerBook()
        self._tried: tuple[str, ...] | None = None
        """What a trial said; None before one."""
        self._faults: tuple[str, ...] = ()
        self.file = FileForm(self.theme, self._button("choose"), self.kinds)
        self.columns = ColumnsForm(self.theme)
        waits = self._button("wait")
        waits.setProperty("waits", True)
        self.answers = AnswersForm(
            self.theme, (self._button("leave_out"), waits, self._button("same"), self._button("take_back"))
        )
        self.say = SayForm(self.theme)
        self.set_title(tr(self.name))
        self.set_steps(
            [
                Step(tr(STEPS[_FILE]), self.file, tr("看它的列")),
                Step(tr(STEPS[_COLUMNS]), self.columns, tr("列都对，往下走")),
                Step(tr(STEPS[_ANSWERS]), self.answers, tr("都答好了"), scrolls_itself=True),
                Step(tr(STEPS[_SAY]), self.say, tr("导入"), scrolls_itself=True),
            ]
        )
        self.file.kind_chosen.connect(self._on_kind)
        self.columns.turned.connect(self._turn)
        self.columns.decided.connect(self._on_decided)
        self.answers.answered.connect(self._answer)
        self.add_button("again")
        self.setAcceptDrops(True)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Its steps, the file, the answers."""
        return {
            **super().handlers(),
            "choose": self._choose,
            "again": self._again,
            "leave_out": lambda: self._answer(LEAVE_OUT),
            "wait": lambda: self._answer(TO_CHECK),
            "same": self._same,
            "take_back": self._take_back,
        }

    def go(self, **where: Any) -> None:
        """``kind`` of file to begin with, ``path`` of one to read."""
        if "kind" in where:
            self.file.kinds.set_value(where["kind"])
            self._on_kind(where["kind"])
        super().go(**{"step": where["step"]} if "step" in where else {})
        if where.get("path"):
            self.look_at(Path(where["path"]))

    def where(self) -> dict[str, Any]:
        """The step in view; file and answers stay with the page."""
        return {"step": self.step}

    def arrived(self, step: int) -> None:
        """Show the step, put the cursor where one begins."""
        self._show()
        begins = (self.file.kinds, self.columns.columns, self.answers.table, self.say.table)[step]
        begins.setFocus(Qt.FocusReason.OtherFocusReason)
        mend = step == _ANSWERS and bool(self._faults)
        self.say_help(tr(_MEND if mend else self.helps[step]))

    def may_go_on(self, step: int) -> bool:
        """The step is done; else what is still to be done stands in the slip."""
        why = self._lacks(step)
        if why:
            self.slip.say(Notice(why, tr("账没有变化。"), "", ""))
            return False
        last = _ANSWERS if self.asked.kind in {MEMBERS, CONTRACTS} else _COLUMNS
        if step == last and self._tried is None:
            self._try()
            return False
        return True

    def finish(self) -> None:
        """Take it in, all of it or nothing."""
        found = self.found
        if found is None or not self.may("leave_out"):
            return
        self.operations.run(
            tr("导入"), lambda uow, _: self._written(uow, found), then=self._done, refused=self._refused
        )

    def hints(self) -> list[str]:
        """Answering has keys only where there is something to answer."""
        return [name for name in super().hints() if name != "answer" or self.step == _ANSWERS]

    def status(self) -> str:
        """How much, and what waits."""
        if self.found is None:
            return ""
        waiting = len(self._open())
        words = tr("；{n} 处不对", n=waiting) if self._faults else tr("；{n} 处待答", n=waiting)
        rest = words if waiting else ""
        return tr("{name}：{counted}{rest}", name=self.asked.path.name, counted=self.found.counted, rest=rest)

    def restyle(self) -> None:
        """Tables follow the size of the text."""
        super().restyle()
        self.columns.restyle()
        self.answers.restyle()
        self._name_the_end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The file dropped is the one to be read."""
        self.look_at(Path(event.mimeData().urls()[0].toLocalFile()))

    # reading

    def look_at(self, path: Path) -> None:
        """Another file: nothing of the one before stays."""
        self.book.clear()
        self.asked = Asked(self.file.kinds.value, path)
        self._read()

    def _read(self) -> None:
        """Read the file as asked for, on the worker."""
        asked = replace(self.asked, answers=dict(self.book.given))
        self._tried, self._faults = None, ()
        ledger, today = self.session.ledger_code, date.today()  # noqa: DTZ011  the village's wall calendar
        self.operations.read(
            tr("读 {name}", name=asked.path.name),
            lambda reader: read_file(reader, asked, ledger, today),
            self._show_found,
            self._unread,
            key="member_import",
        )

    def _show_found(self, found: Found) -> None:
        first = self.found is None or self.found.asked.path != found.asked.path
        self.found = found
        self.slip.fold()
        if first and self.step == _FILE:
            self.show_step(_COLUMNS)
        else:
            self._show()

    def _unread(self, error: LedgerError) -> None:
        self.found = None
        self._show()
        self.slip.say(describe(error))

    def _try(self) -> None:
        """See what the book says of all of it, and take it back."""
        found = self.found
        if found is None:
            return

        def tried(outcome: Outcome[int]) -> None:
            self._tried, self._faults = outcome.warnings, ()
            self.show_step(_SAY)

        def refused(error: LedgerError) -> None:
            if isinstance(error, ImportRefused):
                self._tried, self._faults = (), tuple(error.faults)
                self.show_step(_ANSWERS)
            else:
                self.slip.say(describe(error))

        self.operations.trial(tr("核对"), lambda uow, _: self._written(uow, found), tried, refused)

    def _written(self, uow: UnitOfWork, found: Found) -> Outcome[int]:
        """What the kind's importer does."""
        ledger = self.session.ledger_code
        if found.intake is not None:
            return guided.take_in(uow, found.intake.layout, dict(self.book.given))
        if found.plan is not None:
            return take_plan(uow, found.plan, ledger=ledger)
        return import_shares(uow, found.asked.path, ledger=ledger)

    # what a person does

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("选文件"), str(Path.home()), tr(_FILTER))
        if name:
            self.look_at(Path(name))

    def _again(self) -> None:
        if self.asked.path.name:
            self._read()

    def _on_kind(self, kind: str) -> None:
        """Another kind reads the same file anew."""
        self.book.clear()
        self.found = None
        self.asked = Asked(kind, self.asked.path)
        if self.asked.path.name:
            self._read()
        self._show()

    def _turn(self, row: int, way: int) -> None:
        """← and → go through the meanings a column can have."""
        layout = self.found.layout if self.found else None
        if layout is None or not 0 <= row < len(layout.columns):
            return
        every = list(layout.vocabulary.meanings)
        column = layout.columns[row]
        turned = every[(every.index(column.meaning) + way) % len(every)]
        self.asked = replace(self.asked, chosen={**layout.choices, column.place: turned})
        self._read()

    def _on_decided(self) -> None:
        """Another day or resolution for a plan."""
        try:
            day, resolution = self.columns.decision()
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        plan = self.found.plan if self.found else None
        if plan is not None and (day, resolution) != (plan.day, plan.resolution):
            self.asked = replace(self.asked, day=day, resolution=resolution)
            self._read()

    def _answer(self, answer: str) -> None:
        one = self.answers.current
        if one is None or one.problem is None or not answer or self.step != _ANSWERS:
            return
        if answer == TO_CHECK and not one.problem.can_wait:
            return
        self.book.answer(one.problem, answer)
        self.answers.table.setFocus()
        self._read()

    def _same(self) -> None:
        """What was typed, else what was answered last, for every question that says the same."""
        one = self.answers.current
        if one is None or one.problem is None or self.found is None:
            return
        typed = self.answers.field.text().strip()
        if not one.answer and typed and typed != one.problem.value:
            self.book.answer_alike(one.problem, typed, self.found.problems)
        elif self.book.last is not None:
            problem, answer = self.book.last
            self.book.answer_alike(problem, answer, self.found.problems)
        self._read()

    def _take_back(self) -> None:
        one = self.answers.current
        if one is not None and one.problem is not None:
            self.book.take_back(one.problem)
            self._read()

    def _done(self, outcome: Outcome[int]) -> None:
        del outcome
        self.found = None
        self.book.clear()
        self.asked = Asked(self.asked.kind, Path())
        self.show_step(_FILE)
        self.navigator.open(self.after)

    def _refused(self, error: LedgerError) -> None:
        if isinstance(error, ImportRefused):
            self._faults = tuple(error.faults)
            self.show_step(_ANSWERS)
        self.slip.say(describe(error))

    # showing

    def _open(self) -> list[Question]:
        return [one for one in self._questions() if not one.answer]

    def _questions(self) -> list[Question]:
        if self._faults:
            return [Question(_row_of(text), text) for text in self._faults]
        return self.book.questions(self.found.problems) if self.found is not None else []

    def _lacks(self, step: int) -> str:
        """Why a step does not lead on yet."""
        found = self.found
        if found is None:
            return tr("还没有选文件，或者这个文件读不了。")
        layout = found.layout
        if step == _COLUMNS and layout is not None and layout.missing:
            return tr("{missing}。光标放到那一列上，按 ← → 指给程序看。", missing=layout.missing)
        if step == _COLUMNS and found.plan is not None and not (found.plan.day and found.plan.resolution):
            return tr("还没有写成员大会哪天通过、决议文号。")
        if step == _ANSWERS and self._open():
            words = "还有 {n} 处不对，改好才能导入。" if self._faults else "还有 {n} 处没有答，答完才能导入。"
            return tr(words, n=len(self._open()))
        return ""

    def _show(self) -> None:
        """Everything the file says, in its step."""
        self.file.show_found(self.found)
        if self.found is not None:
            self.columns.show_found(self.found)
        questions, row = self._questions(), self.answers.table.row
        waiting = [place for place, one in enumerate(questions) if not one.answer]
        later = [place for place in waiting if place >= row] or waiting
        self.answers.show_questions(questions, later[0] if later else max(row, 0))
        self._show_said()
        self._name_the_end()
        self.status_changed.emit()

    def _show_said(self) -> None:
        found = self.found
        said = self._tried or ()
        if found is not None:
            said = tuple(dict.fromkeys((*found.said, *said)))
        given = len(self.book.given)
        answered = tr("；答过 {n} 处", n=given) if given else ""
        counted = found.counted if found else ""
        self.say.show_said(tr("将导入 {counted}{answered}。", counted=counted, answered=answered), said)

    def _name_the_end(self) -> None:
        """The button of the last step says how much."""
        if self.step == _SAY and self.found is not None:
            self.action("next").setText(tr("导入 {counted}", counted=self.found.counted))

    def _button(self, action_id: str) -> Button:
        return Button.of_action(self.theme, self.action(action_id), actions.spec(self.scope, action_id))


def _row_of(fault: str) -> str:
    """The row number a fault begins with."""
    return fault.removeprefix("第").partition("行")[0]


_MEND = "在表格里改好、存盘，按 Ctrl+R 重读，再往下走；账簿里什么也没有写。"
