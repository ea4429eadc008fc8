"""张贴记录: one set of sheets, how far it is, what its next step asks, what was said of it and answered; all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.posting import PostingState
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import posting_sets, postings
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.disclosure.act_form import ActForm, FormAct
from village_ledger.ui.disclosure.posting_acts import PostingActs, today
from village_ledger.ui.disclosure.posting_words import (
    ObjectionsModel,
    SheetsModel,
    about,
    done_rows,
    objection_rows,
    steps_shown,
)
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.mark_rows import MarkRows
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.step_strip import StepStrip

if TYPE_CHECKING:
    from village_ledger.domain.attachment import Attachment
    from village_ledger.domain.objection import Objection
    from village_ledger.domain.posting import Posting
    from village_ledger.domain.posting_days import PostingDays
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

Read = tuple["Posting", "list[Objection]", "list[Attachment]", "dict[str, str]", "PostingDays"]
_ON_ONE = ("answer", "again", "end")
"""Acts on the objection one stands on."""
ROWS = 4
"""Rows of a table that are seen without scrolling it."""


class PostingPage(Page):
    """Steps above; the form of what is asked and the photos left, sheets, what was done and objections right."""

    scope = "posting"
    nav = "disclosure"
    shows: ClassVar[Changes] = Changes(postings=True, sheets=True, attachments=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.number = ""
        self.posting: Posting | None = None
        self.said: tuple[Objection, ...] = ()
        self.rule: PostingDays | None = None
        self._done = ""
        self._wanted = ""
        """Act asked for by hand instead of what comes next: object, answer, again, end."""
        self.head.set_title(tr("张贴记录"))
        self.acts = PostingActs(self)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.steps = StepStrip(self.theme)
        self.notice = NoticeBar(self.theme, "", [])
        self.notice.hide()
        self.bar = AskBar(self.theme)
        self.form = ActForm(self.theme, lambda: self.action("act").trigger())
        self.attachments = AttachmentStrip(session, operations, self.slip)
        self.attachments.said.connect(self._say)
        self.attachments.keep_low()
        self.sheets = FigureTable(self.theme, tr("公开的表"))
        self.sheets.opened.connect(self._open_sheet)
        self.history = MarkRows(self.theme, tr("办过的"))
        self.objections = FigureTable(self.theme, tr("异议"))
        self.objections.set_empty_words(tr("没有异议。有人提意见，按 F7 登记。"))
        self.objections.current_moved.connect(lambda _row: self._follow_objection())
        self.objections.opened.connect(lambda _row: self._answer_or_end())
        self.one = MarkRows(self.theme, tr("这条异议"))
        self._lay_out_sides()
        for name in ("withdraw", "mend", "replace", "again", "end", "answer", "object"):
            self.add_button(name)
        self.add_button("act", Look.MAIN)
        self.restyle()

    def _lay_out_sides(self) -> None:
        left, right = QWidget(), QWidget()
        for side, parts in (
            (left, (self.form, self.attachments)),
            (right, (self.objections, self.one, self.history, self.sheets)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        inner = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(left, 5)
        self._sides.addWidget(right, 6)
        for part in (self.words, self.steps, self.notice, self.bar):
            self.body.addWidget(part)
        self.body.addWidget(scrolled(inner), 1)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "sheet": lambda: self._open_sheet(self.sheets.row),
            "object": lambda: self._want("object"),
            "answer": lambda: self._want("answer"),
            "again": lambda: self._want("again"),
            "end": lambda: self._want("end"),
            "mend": lambda: self._want("mend"),
            "replace": self._ask_replace,
            "withdraw": self._ask_withdraw,
            "act": self._act,
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``number`` of the set, ``ledger`` it is of, ``objection`` to stand on."""
        ledger = str(where.get("ledger", ""))
        if ledger and ledger != self.session.ledger_code:
            self.session.switch_ledger(ledger)
        number = str(where.get("number", self.number))
        if number != self.number:
            self.form.forget()
            self._done = self._wanted = ""
        self.number = number
        self.slip.fold()
        self.notice.hide()
        self.reload(objection=str(where.get("objection", "")))

    def where(self) -> dict[str, Any]:
        """The set."""
        return {"number": self.number}

    def reload(self, objection: str = "") -> None:
        """Everything of the set, of one state of the book."""
        if not self.session.is_open or not self.number:
            return
        number, ledger = self.number, self.session.ledger_code
        at = objection or (one.number if (one := self.objection) else "")

        def look_up(reader: Reader) -> Read:
            with reader.snapshot():
                posting, said, papers = postings.view(reader, ledger, number)
                newer = dict(postings.overtaken(posting, postings.newest_codes(reader, ledger)))
                return posting, said, papers, newer, postings.local_days(reader, ledger, today())

        self.operations.read(
            tr("读张贴记录"), look_up, lambda read: self._show(read, at), refused=self._gone, key="posting"
        )

    def restyle(self) -> None:
        """Side by side, below each other where there is little room."""
        tight = self.theme.tokens.tight
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if tight else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(self.theme.px.gap)
        self.steps.setVisible(not tight)
        for table in (self.sheets, self.objections):
            table.setMinimumHeight((ROWS + 1) * table.style_of.row)

    def escape(self) -> bool:
        """The question first, then back to what comes next."""
        if self.bar.asking:
            self.bar.put_away()
            return True
        if self._wanted:
            self._want("")
            return True
        return False

    def status(self) -> str:
        """What was done, else how far it is."""
        return self._done or (self.posting.state.words if self.posting else "")

    def duty_of(self, action_id: str) -> Duty | None:
        """A supervisor enters the opinion at the keyboard, too."""
        reviewing = self.form.act is not None and self.form.act.id == "review"
        if action_id == "act" and reviewing and not self.session.refusal(Duty.SUPERVISE):
            return Duty.SUPERVISE
        return super().duty_of(action_id)

    def follow_access(self) -> None:
        """Only what the state of the set and of the objection allows."""
        super().follow_access()
        posting, objection = self.posting, self.objection
        up = posting is not None and posting.posted_on is not None
        closed = objection is None or objection.closing is not None
        holds = {
            "object": up,
            "answer": objection is not None and objection.waits,
            "again": not closed and objection is not None and not objection.waits,
            "end": not closed and objection is not None and not objection.waits,
            "replace": posting is not None
            and not posting.replaced_by
            and (up or posting.state is PostingState.REDO),
            "mend": posting is not None and self.acts.mend(posting) is not None,
            "withdraw": posting is not None and not up and posting.state is not PostingState.WITHDRAWN,
            "act": self.form.act is not None and self.form.act.run is not None,
        }
        for name, allowed in holds.items():
            self.action(name).setEnabled(bool(allowed) and self.may(name))

    # what its acts use

    @property
    def objection(self) -> Objection | None:
        """The objection one stands on."""
        row = self.objections.row
        return self.said[row] if 0 <= row < len(self.said) else None

    def run(self, label: str, work: Callable[[UnitOfWork], Outcome[Any]]) -> None:
        """Carry something out on the worker, then back to what comes next."""
        self.slip.fold()
        self.notice.hide()
        self.operations.run(label, lambda uow, _: work(uow), then=self._was_done, refused=self.refuse)

    def refuse(self, error: LedgerError) -> None:
        """Say it in the page."""
        self.slip.say(describe(error))

    # inside

    def _show(self, read: Read, at: str) -> None:
        posting, said, papers, newer, self.rule = read
        self.posting, self.said = posting, tuple(said)
        photos = sum(one.kind == postings.PHOTO for one in papers)
        self.head.set_title(tr("张贴 {number}", number=posting.number), self.session.ledger.title)
        self.words.setText(about(posting))
        names, place = steps_shown(posting)
        self.steps.show_steps(names, min(place, len(names) - 1))
        self.sheets.show_model(SheetsModel(posting.sheets, newer))
        self.history.show_rows(done_rows(posting, photos, today()))
        self.objections.show_model(ObjectionsModel(self.said, today()))
        self.objections.go_to_row(next((i for i, one in enumerate(self.said) if one.number == at), 0))
        self.attachments.show_owner(postings.owner_of(posting))
        self.objections.setVisible(posting.posted_on is not None)
        self._warn(posting, newer)
        self._follow_objection()
        self.status_changed.emit()

    def _warn(self, posting: Posting, newer: dict[str, str]) -> None:
        if posting.state is PostingState.REDO and not posting.replaced_by and posting.review is not None:
            said = tr(
                "监督机构要求重做：{words}。改好账、重新出表以后，按 Ctrl+R 另开一次。",
                words=posting.review.words.rstrip("。"),
            )
            self.notice.sentence.setText(said)
            self.notice.show()
        if newer and not posting.replaced_by and posting.state.is_open:
            pairs = "、".join(f"{old} → {new}" for old, new in newer.items())
            self.notice.sentence.setText(
                tr("这里的表后来重新出过：{pairs}。按 Ctrl+R 另开一次更正公开。", pairs=pairs)
            )
            self.notice.show()

    def _gone(self, error: LedgerError) -> None:
        """Not a number of this ledger."""
        self.posting, self.said = None, ()
        self.head.set_title(tr("张贴记录"), self.session.ledger.title)
        self.words.setText(tr("请先在张贴登记里选一次。"))
        self.refuse(error)
        self.follow_access()

    def _want(self, act: str) -> None:
        """Ask for an act on the objections, or for what comes next."""
        self._wanted = act
        self._ask()
        self.form.focus_first()

    def _answer_or_end(self) -> None:
        objection = self.objection
        if objection is not None and objection.closing is None:
            self._want("answer" if objection.waits else "end")

    def _follow_objection(self) -> None:
        objection = self.objection
        self.one.show_rows(objection_rows(objection, today()))
        self.one.setVisible(objection is not None)
        self._ask()

    def _ask(self) -> None:
        """The form of what is wanted, or of what comes next."""
        posting, objection = self.posting, self.objection
        if posting is None:
            return
        act: FormAct | None = None
        if self._wanted == "object":
            act = self.acts.object_to(posting)
        elif self._wanted == "mend":
            act = self.acts.mend(posting)
        elif objection is not None and objection.closing is None and self._wanted in _ON_ONE:
            made = {"answer": self.acts.answer, "again": self.acts.again, "end": self.acts.end}
            act = made[self._wanted](objection)
        if act is None:
            self._wanted = ""
            act = self.acts.next_act(posting)
        about_what = objection.number if objection is not None and self._wanted in _ON_ONE else ""
        fresh = self.form.show_act(act, f"{posting.number} {posting.state.value} {act.id} {about_what}")
        if fresh and not self.objections.isAncestorOf(self.focusWidget() or self):
            self.form.focus_first()
        self.action("act").setText(act.verb)
        self.follow_access()

    def _act(self) -> None:
        act = self.form.act
        if act is not None and act.run is not None and self.may("act"):
            act.run()

    def _was_done(self, outcome: Outcome[Any]) -> None:
        said = "".join(outcome.warnings)
        self.notice.sentence.setText(said)
        self.notice.setVisible(bool(said))
        act = self.form.act
        self._wanted = ""
        self.form.forget()
        self._say(tr("{act}，登记好了", act=act.verb) if act else tr("登记好了"))

    def _say(self, sentence: str) -> None:
        self._done = sentence
        self.status_changed.emit()

    def _open_sheet(self, row: int) -> None:
        """The sheet as it now comes from the books, on the page of the wall."""
        model, posting = self.sheets.view.model(), self.posting
        if isinstance(model, SheetsModel) and posting is not None and 0 <= row < model.count():
            self.navigator.open("disclosure", span=posting.span, sheet=model.sheets[row].report)

    def _ask_withdraw(self) -> None:
        number, ledger = self.number, self.session.ledger_code
        self.bar.ask(
            tr("作废 {number}，为什么？", number=number),
            tr("作废"),
            lambda why: self.run(tr("作废"), lambda uow: postings.withdraw(uow, ledger, number, why)),
            self.form.focus_first,
        )

    def _ask_replace(self) -> None:
        posting, ledger = self.posting, self.session.ledger_code
        if posting is None:
            return

        def act(_text: str) -> None:
            self.slip.fold()
            self.operations.run(
                tr("另开一次"),
                lambda uow, _: posting_sets.open_posting(uow, ledger, posting.span, replaces=posting.number),
                then=lambda done: self.navigator.open("posting", number=done.value.number),
                refused=self.refuse,
            )

        question = tr(
            "用{span}现在登记的新表另开一次，替代 {number}？",
            span=posting.span.words(),
            number=posting.number,
        )
        self.bar.ask(question, tr("另开一次"), act, self.form.focus_first, wants_text=False)

    def _print(self) -> None:
        from village_ledger.reports.catalogue import ReportRequest, make

        request = ReportRequest(self.session.ledger_code, item=self.number)
        self.operations.read(
            tr("排张贴记录"),
            lambda reader: make(reader, "posting-record", request),
            lambda table: self.navigator.open("preview", tables=(table,)),
            refused=self.refuse,
        )
