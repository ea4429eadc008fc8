"""决策卷宗: one matter, how far it is, what its next step needs – told while it is typed –, and what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.attachment import Owner
from village_ledger.domain.decision import Entry, Step
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.voucher import VoucherRef
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.decisions import decision_files
from village_ledger.services.decisions.decision_files import LINKS
from village_ledger.services.decisions.step_preview import points
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.decisions.decision_words import (
    OPENS,
    RestsModel,
    about,
    done_rows,
    panel_row,
    point_rows,
    steps_shown,
)
from village_ledger.ui.decisions.step_form import StepForm
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.mark_rows import MarkRow, MarkRows
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.state_mark import Check
from village_ledger.ui.widgets.step_strip import StepStrip

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.decisions.records import Decision, Panel, Rest
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


Read = tuple["Decision | None", "Panel | None", "list[Rest]"]


class DecisionPage(Page):
    """Steps above; the form of the next one left, what it needs and what was done right, attachments below."""

    scope = "decision"
    nav = "works"
    shows: ClassVar[Changes] = Changes(decisions=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.number = ""
        self.decision: Decision | None = None
        self._panel: Panel | None = None
        self._said = ""
        self.matter = QLabel()
        self.matter.setProperty("look", "serif")
        self.matter.setWordWrap(True)
        self.strip = StepStrip(self.theme)
        self.notice = NoticeBar(self.theme, "", [])
        self.notice.hide()
        self.bar = AskBar(self.theme)
        self.form = StepForm(self.theme)
        self.form.edited.connect(self._weigh)
        self.needs = MarkRows(self.theme, tr("这一步要什么"))
        self.done = MarkRows(self.theme, tr("办过的"))
        self.interests = MarkRows(self.theme, tr("利害关系人"))
        self.rests = FigureTable(self.theme, tr("据此办理的事"))
        self.rests.set_empty_words(tr("还没有据此办理的事。F4 连上合同、凭证、项目；写了文号的自己出来。"))
        self.rests.opened.connect(self._open_rest)
        self.attachments = AttachmentStrip(session, operations, self.slip)
        self.attachments.said.connect(self._say)
        left, right = QWidget(), QWidget()
        for side, parts in (
            (left, (self.form, self.attachments)),
            (right, (self.needs, self.done, self.interests, self.rests)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        inner = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(left, 4)
        self._sides.addWidget(right, 3)
        for part in (self.matter, self.strip, self.notice, self.bar):
            self.body.addWidget(part)
        self.body.addWidget(scrolled(inner), 1)
        for name in ("amend", "drop", "link", "interest", "panel"):
            self.add_button(name)
        self.add_button("step", Look.MAIN)
        self.restyle()

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "amend": lambda: self.navigator.open("decision_form", number=self.number),
            "interest": self._ask_interest,
            "link": self._ask_link,
            "drop": self._ask_drop,
            "panel": lambda: self.navigator.open("panel", number=self.number),
            "step": self._take_step,
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``number`` of the file."""
        number = str(where.get("number", self.number))
        if number != self.number:
            self.form.forget()
            self._said = ""
        self.number = number
        self.slip.fold()
        self.notice.hide()
        self.reload()

    def where(self) -> dict[str, Any]:
        """The file."""
        return {"number": self.number}

    def reload(self) -> None:
        """The file and its panel, of one state of the book."""
        if not self.session.is_open:
            return
        number, ledger = self.number, self.session.ledger_code

        def look_up(reader: Reader) -> Read:
            with reader.snapshot():
                found = reader.find_decision(number)
                if found is None or found.ledger != ledger:
                    return None, None, []
                return found, reader.panel(found.id), reader.resting(found)

        self.operations.read(tr("读卷宗"), look_up, self._show, refused=self._refuse, key="decision")

    def restyle(self) -> None:
        """What is needed stands beside the form, below it where there is little room."""
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if self.theme.tokens.tight else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(self.theme.px.gap)
        self.rests.setMinimumHeight(4 * self.rests.style_of.row)

    def escape(self) -> bool:
        """Put a question away first."""
        if self.bar.asking:
            self.bar.put_away()
            return True
        return False

    def status(self) -> str:
        """What was done, else how far it is."""
        return self._said or (self.decision.state if self.decision else "")

    def follow_access(self) -> None:
        """Only what the state of the file allows."""
        super().follow_access()
        decision = self.decision
        going = decision is not None and not decision.progress.ended
        early = decision is not None and len(decision.progress.entries) <= 1
        for name, holds in (("step", going), ("drop", going), ("link", going), ("interest", going)):
            self.action(name).setEnabled(self.may(name) and holds)
        self.action("amend").setEnabled(self.may("amend") and going and early)
        self.action("panel").setEnabled(decision is not None)

    # inside

    def _show(self, read: Read) -> None:
        self.decision, self._panel, resting = read
        decision = self.decision
        parts = (self.form, self.needs, self.done, self.interests, self.attachments, self.strip)
        for part in parts:
            part.setVisible(decision is not None)
        if decision is None:
            self.head.set_title(tr("决策卷宗"))
            self.matter.setText(tr("请先在四议两公开里选这本账的一件事。"))
            self.attachments.show_owner(None)
            self.rests.show_model(RestsModel(resting))
            self.follow_access()
            return
        progress = decision.progress
        self.head.set_title(decision.number)
        self.matter.setText(f"{decision.subject} · {about(decision)}")
        self.strip.show_steps(*steps_shown(progress))
        today = date.today()  # noqa: DTZ011  the village's wall calendar
        fresh = self.form.step is not progress.next_step
        self.form.show_step(progress, progress.next_step, today)
        self.done.show_rows(done_rows(progress))
        rows = [MarkRow(Check.WARN, one.name, one.reason) for one in decision.interests]
        none = [MarkRow(Check.WAITING, tr("还没有写"), under=tr("有的话抽签以前写，按 F7。"))]
        self.interests.show_rows(rows or none)
        self.rests.show_model(RestsModel(resting))
        self.attachments.show_owner(Owner("decision", decision.ledger, decision.number))
        self._weigh()
        self.follow_access()
        self.status_changed.emit()
        if fresh:
            self.form.focus_first()

    def _open_rest(self, row: int) -> None:
        """To the page of what rests on it; a voucher named by hand is looked up first."""
        model = self.rests.view.model()
        if not isinstance(model, RestsModel) or not 0 <= row < model.count():
            return
        one = model.rests[row]
        page, asks = OPENS[one.kind]
        if one.kind != "voucher":
            self.navigator.open(page, **({asks: one.key} if asks else {}))
            return
        if one.key.isdigit():
            self.navigator.open(page, voucher_id=int(one.key))
            return
        ledger = self.session.ledger_code
        self.operations.read(
            tr("找凭证"),
            lambda reader: reader.find_voucher(ledger, VoucherRef.parse(one.ref)).id,
            lambda found: self.navigator.open(page, voucher_id=found),
            refused=self._refuse,
        )

    def _weigh(self) -> None:
        """What the next step needs against what is typed."""
        decision = self.decision
        if decision is None:
            return
        step = decision.progress.next_step
        self.needs.setVisible(step is not None)
        if step is None:
            return
        rows = point_rows(points(decision.progress, step, self.form.typed()))
        rows += panel_row(self._panel, step.rule.stage)
        self.needs.show_rows(rows or [MarkRow(Check.GOOD, tr("写上哪一天就可以登记"))])

    def _take_step(self) -> None:
        decision = self.decision
        step = decision.progress.next_step if decision else None
        if decision is None or step is None:
            return
        try:
            entry = self.form.entry(step)
        except LedgerError as error:
            self._refuse(error)
            return
        self._run(
            tr("登记{step}", step=step.rule.short),
            lambda uow: decision_files.take_step(uow, decision.number, entry),
        )

    def _ask_drop(self) -> None:
        def act(why: str) -> None:
            typed = self.form.typed()
            today = date.today()  # noqa: DTZ011  the village's wall calendar
            entry = Entry(Step.DROPPED, typed.day or today, note=why)
            try:  # a vote that fell short stays on record with the end of the matter
                step = self.decision.progress.next_step if self.decision else None
                entry = replace(self.form.entry(step or Step.DROPPED), step=Step.DROPPED, note=why)
                entry = replace(entry, notice_from=None, until=None, resolution="")
            except LedgerError:
                pass
            self._run(tr("终止"), lambda uow: decision_files.take_step(uow, self.number, entry))

        self.bar.ask(
            tr("终止 {number}，为什么？", number=self.number), tr("终止"), act, self.form.focus_first
        )

    def _ask_interest(self) -> None:
        def act(text: str) -> None:
            words = text.strip().replace("，", " ").replace(",", " ").split()
            wrong = words[:1] == [tr("撤下")]
            name, *reason = (words[1:] if wrong else words) or [""]
            change = decision_files.clear_interest if wrong else decision_files.name_interest
            self._run(tr("写利害关系人"), lambda uow: change(uow, self.number, name, " ".join(reason)))

        self.bar.ask(
            tr("谁和这件事有利害关系"),
            tr("写上"),
            act,
            self.form.focus_first,
            hint=tr("李四 投标人；写错了的：撤下 李四 同名的人"),
        )

    def _ask_link(self) -> None:
        words = {name: kind for kind, name in LINKS.items()}

        def act(text: str) -> None:
            kind, _, ref = text.strip().partition(" ")
            self._run(
                tr("连上"),
                lambda uow: decision_files.link(uow, self.number, words.get(kind, kind), ref.strip()),
            )

        self.bar.ask(
            tr("据此办的是什么（{kinds}）", kinds="、".join(words)),
            tr("连上"),
            act,
            self.form.focus_first,
            hint=tr("种类 空格 编号，例如 合同 HT-2025-003"),
        )

    def _run(self, label: str, act: Callable[[UnitOfWork], Outcome[Decision]]) -> None:
        self.slip.fold()
        self.notice.hide()
        self.operations.run(label, lambda uow, _: act(uow), then=self._done, refused=self._refuse)

    def _done(self, outcome: Outcome[Decision]) -> None:
        said = "".join(outcome.warnings)
        self.notice.sentence.setText(said)
        self.notice.setVisible(bool(said))
        self._say(tr("{number} {state}，登记好了", number=outcome.value.number, state=outcome.value.state))

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def _print(self) -> None:
        number = self.number

        def make(reader: Reader) -> Any:
            from village_ledger.reports.catalogue import ReportRequest
            from village_ledger.reports.catalogue import make as make_table

            return make_table(reader, "decision", ReportRequest(item=number))

        self.operations.read(
            tr("排卷宗"),
            make,
            lambda table: self.navigator.open("preview", tables=(table,)),
            refused=self._refuse,
        )
