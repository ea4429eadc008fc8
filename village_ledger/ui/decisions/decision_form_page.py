"""开决策卷宗: what it is about, who decides by which law; only bodies of the ledger's own law can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout

from village_ledger.domain.decision import Entry, Matter, Step, matters
from village_ledger.domain.errors import DecisionError, LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.domain.voting import Law
from village_ledger.i18n import tr
from village_ledger.services.decisions import decision_files
from village_ledger.services.decisions.decision_files import Asked, is_acting
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.mark_rows import MarkRow, MarkRows
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.decisions.records import Decision
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class DecisionFormPage(Page):
    """A new file, or the matter of one that is only proposed."""

    scope = "decision_form"
    nav = "works"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._amended = ""
        """Number of the file that is written better; empty for a new one."""
        self.number, self.subject, self.day, self.note = (QLineEdit() for _ in range(4))
        self.matter, self.meeting = PickList(), PickList()
        self.amount = MoneyEdit()
        section = Section(self.theme, tr("什么事"))
        section.add_row(tr("文号"), self.number, tr("例如 青村决〔2025〕3号；一件事一个文号。"))
        section.add_row(tr("类别"), self.matter)
        section.add_row(tr("事项"), self.subject)
        section.add_row(tr("金额"), self.amount, tr("没有金额的空着。"))
        section.add_row(tr("由谁决定"), self.meeting)
        self._proposing = (
            *section.add_row(tr("提议日期"), self.day, tr("村党组织提议的那天。")),
            *section.add_row(tr("说明"), self.note),
        )
        self.rules = MarkRows(self.theme, tr("这类事怎么办"))
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(section, 3)
        beside = QVBoxLayout()
        beside.addWidget(self.rules)
        beside.addStretch(1)
        self._sides.addLayout(beside, 2)
        self.body.addLayout(self._sides)
        self.body.addStretch(1)
        self.matter.currentIndexChanged.connect(lambda _i: self._offer_bodies())
        self.meeting.currentIndexChanged.connect(lambda _i: self._show_rules())
        self.add_button("act", Look.MAIN)
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {"act": self._act}

    def go(self, **where: Any) -> None:
        """``number`` of a file to be written better; none for a new one."""
        self._amended = str(where.get("number", ""))
        self.slip.fold()
        for field in (self.number, self.subject, self.note, self.amount):
            field.clear()
        self.day.setText(date.today().isoformat())  # noqa: DTZ011  the village's wall calendar
        self.number.setEnabled(not self._amended)
        for part in self._proposing:
            part.setVisible(not self._amended)
        self.reload()
        (self.subject if self._amended else self.number).setFocus()

    def where(self) -> dict[str, Any]:
        """The file."""
        return {"number": self._amended}

    def reload(self) -> None:
        """Classes of matters of the ledger, and the file as it stands."""
        if not self.session.is_open:
            return
        self.head.set_title(tr("改事项") if self._amended else tr("开决策卷宗"), self.session.ledger.title)
        self.action("act").setText(tr("改好了") if self._amended else tr("开卷"))
        number = self._amended

        def look_up(reader: Reader) -> tuple[bool, Decision | None]:
            return is_acting(reader), reader.find_decision(number) if number else None

        self.operations.read(tr("读卷宗"), look_up, self._fill, key="decision_form")

    def restyle(self) -> None:
        """The rules stand beside the form, below it where there is little room."""
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if self.theme.tokens.tight else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(self.theme.px.gap)

    # inside

    def _fill(self, read: tuple[bool, Decision | None]) -> None:
        acting, decision = read
        self._acting = acting
        kind = self.session.kind
        self.matter.blockSignals(True)
        self.matter.clear()
        for one in matters().values():
            if acting or Law.of(kind) in one.laws:
                self.matter.addItem(one.name, one.id)
        if decision is not None:
            self.matter.setCurrentIndex(max(0, self.matter.findData(decision.progress.matter.id)))
        self.matter.blockSignals(False)
        self._offer_bodies()
        if decision is None:
            return
        self.number.setText(decision.number)
        self.subject.setText(decision.subject)
        self.amount.set_fen(decision.amount)
        if decision.progress.body is not None:
            self.meeting.setCurrentIndex(max(0, self.meeting.findData(decision.progress.body.id)))

    def _chosen(self) -> tuple[Matter, Law] | None:
        word = self.matter.currentData()
        if not word:
            return None
        one = matters()[word]
        return one, one.law_in(self.session.kind, acting=self._acting)

    def _offer_bodies(self) -> None:
        chosen = self._chosen()
        self.meeting.blockSignals(True)
        self.meeting.clear()
        for one in chosen[0].bodies_under(chosen[1]) if chosen else []:
            self.meeting.addItem(one.name, one.id)
        if not self.meeting.count():
            self.meeting.addItem(tr("两委商议决定"), "")
        self.meeting.setEnabled(self.meeting.count() > 1)
        self.meeting.blockSignals(False)
        self._show_rules()

    def _show_rules(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        one, law = chosen
        rows = [
            MarkRow(Check.WAITING, tr("依《{law}》{articles}", law=law.words, articles=law.articles)),
            MarkRow(Check.WAITING, " → ".join(step.rule.short for step in one.steps)),
        ]
        decides = next((b for b in one.bodies_under(law) if b.id == self.meeting.currentData()), None)
        if decides is not None:
            rule = decides.rule_on(date.today())  # noqa: DTZ011  the village's wall calendar
            rows.append(
                MarkRow(Check.WAITING, tr("到会要达到{quorum}", quorum=rule.quorum_words), under=rule.source)
            )
            rows.append(MarkRow(Check.WAITING, tr("赞成要达到{majority}", majority=rule.majority_words)))
            if decides.notice_days:
                words = tr("提前 {days} 日通知开会", days=decides.notice_days)
                rows.append(MarkRow(Check.WAITING, words, under=decides.notice_source))
        for step in one.steps:
            if step.rule.notice_days:
                words = tr("{step}满 {days} 日", step=step.words, days=step.rule.notice_days)
                rows.append(MarkRow(Check.WAITING, words, under=step.rule.source))
        if one.panel:
            rows.append(MarkRow(Check.WAITING, tr("可以抽六手印记，抽了就要签完")))
        self.rules.show_rows(rows)

    def _act(self) -> None:
        self.slip.fold()
        number, amended = self.number.text(), self._amended
        try:
            amount = self.amount.fen()
            if amount is None:
                raise DecisionError(tr("金额看不懂"), tr("请写成 86000 或 8.6万。"))
            asked = Asked(
                self.session.ledger_code,
                str(self.matter.currentData()),
                self.subject.text(),
                str(self.meeting.currentData() or ""),
                amount,
            )
            proposed = Entry(Step.PROPOSED, parse_day(self.day.text()), note=self.note.text())
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.operations.run(
            tr("改事项") if amended else tr("开卷"),
            lambda uow, _: (
                decision_files.amend(uow, amended, asked)
                if amended
                else decision_files.open_file(uow, number, asked, proposed)
            ),
            then=self._done,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _done(self, outcome: Outcome[Decision]) -> None:
        if self._amended:
            self.navigator.back()
        else:
            self.navigator.open("decision", number=outcome.value.number)
