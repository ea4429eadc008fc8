"""六手印记：签字. Six seats by four stages; what was signed on paper is entered here, place by place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.attachment import Owner
from village_ledger.domain.decision import Stage
from village_ledger.domain.errors import DecisionError, LedgerError
from village_ledger.domain.panel import PLACES, fixed_seats
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.decisions import panels
from village_ledger.services.decisions.panels import VERDICTS, Signature
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.decisions.panel_figures import SeatModel
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.step_strip import StepStrip
from village_ledger.ui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.decisions.records import Decision, Panel
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

Read = tuple["list[Decision]", "Decision | None", "Panel | None"]


class PanelPage(Page):
    """The grid above, the form for the place and stage in view below, the scanned pages beside it."""

    scope = "panel"
    nav = "works"
    shows: ClassVar[Changes] = Changes(decisions=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.number = ""
        self.decision: Decision | None = None
        self.panel: Panel | None = None
        self.stage = Stage.PROPOSAL
        self._said = ""
        self.which = PickList(tr("哪件事"))
        self.which.activated.connect(lambda _i: self.go(number=str(self.which.currentData() or "")))
        self.strip = StepStrip(self.theme)
        self.notice = NoticeBar(self.theme, "", [])
        self.notice.hide()
        self.bar = AskBar(self.theme)
        self.table = FigureTable(self.theme, tr("六手印记"))
        self.table.set_empty_words(tr("这件事还没有抽签。按 F8 抽签。"))
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.chooses_itself = True
        self.table.sideways.connect(lambda _row, step: self._turn(step))
        self.table.opened.connect(lambda _row: self.opinion.setFocus())
        self.attachments = AttachmentStrip(session, operations, self.slip)
        self.attachments.said.connect(self._say)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self._form(), 3)
        self._sides.addWidget(self.attachments, 2)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._sides)
        column.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.strip, 3)
        top.addWidget(self.which, 2)
        self.body.addLayout(top)
        for part in (self.notice, self.bar, self.table):
            self.body.addWidget(part)
        self._lower = scrolled(lower)
        self.body.addWidget(self._lower, 1)
        for name in ("file", "seat", "sheet", "lots"):
            self.add_button(name)
        self.add_button("sign", Look.MAIN)
        self.restyle()

    def _form(self) -> QWidget:
        """What a place says: agree or not, why, on which day, signed on paper."""
        self.verdict = Choices(self.theme, tr("表态"), tuple(VERDICTS.items()), "agree")
        self.opinion, self.day, self.corrects = QLineEdit(), QLineEdit(), QLineEdit()
        self.on_paper = TickBox(self.theme, tr("纸上签了名、按了手印"))
        self.on_paper.setChecked(True)
        self.section = Section(self.theme, tr("签字"), label=5)
        self.section.add_row(tr("表态"), self.verdict)
        self.section.add_row(tr("意见"), self.opinion)
        self.section.add_row(tr("日期"), self._when())
        self._correcting = self.section.add_row(
            tr("更正原因"), self.corrects, tr("这一格签过了，改要写原因。")
        )
        return self.section

    def _when(self) -> QWidget:
        """The day, and that it stands on paper; of the finger's print nothing is kept here."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px.cell)
        self.day.setAccessibleName(tr("签字日期"))
        self.day.setMinimumWidth(1)
        line.addWidget(self.day, 2)
        line.addWidget(self.on_paper, 3)
        row.setFocusProxy(self.day)
        return row

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "sign": self._sign,
            "seat": self._ask_seat,
            "lots": lambda: self.navigator.open("panel_draw", number=self.number),
            "sheet": self._print,
            "print": self._print,
            "file": lambda: self.navigator.open("decision", number=self.number),
        }

    def go(self, **where: Any) -> None:
        """``number`` of the decision; none, or one of the other ledger, takes the newest of this one."""
        number = str(where.get("number", self.number))
        if number != self.number:
            self._said = ""
            self.decision = None
        self.number = number
        self.slip.fold()
        self.notice.hide()
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The decision."""
        return {"number": self.number}

    def reload(self) -> None:
        """The decisions to choose from, this one and its panel."""
        if not self.session.is_open:
            return
        ledger, number = self.session.ledger_code, self.number

        def look_up(reader: Reader) -> Read:
            with reader.snapshot():
                every = reader.decisions(ledger)
                newest = next(iter(every), None)
                chosen = next((one for one in every if one.number == number), newest)
                return every, chosen, reader.panel(chosen.id) if chosen else None

        self.operations.read(tr("读六手印记"), look_up, self._show, refused=self._refuse, key="panel")

    def restyle(self) -> None:
        """Six rows stay in view; attachments stand beside the form, below it where there is little room."""
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if self.theme.tokens.tight else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(self.theme.px.gap)
        tight = self.theme.tokens.tight
        self._lower.setMinimumHeight(5 * self.theme.px.row if tight else 0)
        self.table.setMinimumHeight(
            (3 if tight else PLACES + 1) * self.table.style_of.row + self.theme.px.gap
        )

    def escape(self) -> bool:
        """Put a question away first."""
        if self.bar.asking:
            self.bar.put_away()
            return True
        return False

    def status(self) -> str:
        """What was done, else how many signatures there are."""
        if self._said or self.panel is None:
            return self._said
        signed = sum(map(self.panel.signed, Stage))
        return tr("签了 {signed}，共 {all}", signed=signed, all=PLACES * len(Stage))

    def follow_access(self) -> None:
        """Only an open file with a panel is signed; only the two fixed places are written."""
        super().follow_access()
        going = self.panel is not None and self.decision is not None and not self.decision.progress.ended
        self.action("sign").setEnabled(self.may("sign") and going)
        self.action("seat").setEnabled(self.may("seat") and going)
        self.action("sheet").setEnabled(self.panel is not None)
        for name in ("lots", "file"):
            self.action(name).setEnabled(self.decision is not None)

    # inside

    def _show(self, read: Read) -> None:
        every, decision, panel = read
        fresh = self.decision is None or (decision is not None and decision.id != self.decision.id)
        self.decision, self.panel = decision, panel
        self.which.clear()
        for one in every:
            self.which.addItem(f"{one.number} {one.subject}", one.number)
        if decision is None:
            self.head.set_title(tr("六手印记"), tr("还没有卷宗，请先到四议两公开开卷"))
        else:
            self.number = decision.number
            self.which.setCurrentIndex(max(0, self.which.findData(decision.number)))
            self.head.set_title(tr("六手印记"), f"{decision.number} · {decision.subject}")
            self.attachments.show_owner(Owner("panel", decision.ledger, decision.number))
        if fresh and panel is not None:
            self.stage = next((one for one in Stage if panel.signed(one) < PLACES), Stage.EVALUATION)
            self.day.setText(date.today().isoformat())  # noqa: DTZ011  the village's wall calendar
        self._draw_grid(self._first_unsigned() if fresh else max(self.table.row, 0))
        self.follow_access()
        self.status_changed.emit()

    def _first_unsigned(self) -> int:
        signs = self.panel.signs if self.panel else {}
        return next((p - 1 for p in range(1, PLACES + 1) if (self.stage, p) not in signs), 0)

    def _draw_grid(self, row: int) -> None:
        self.table.show_model(SeatModel(self.panel, self.stage))
        if self.panel is not None:
            self.table.go_to_row(row)
            names = [
                tr("{stage} {n}/{all}", stage=s.words, n=self.panel.signed(s), all=PLACES) for s in Stage
            ]
            self.strip.show_steps(names, self.stage.place - 1)
        else:
            self.strip.show_steps([stage.words for stage in Stage], 0)
        self._follow()

    def _turn(self, step: int) -> None:
        """Another stage."""
        stages = list(Stage)
        self.stage = stages[(stages.index(self.stage) + step) % len(stages)]
        self._draw_grid(max(self.table.row, 0))

    def _follow(self) -> None:
        """The form speaks of the place and stage in view."""
        panel, place = self.panel, self.table.row + 1
        sign = panel.signs.get((self.stage, place)) if panel else None
        for part in self._correcting:
            part.setVisible(sign is not None and sign.on_paper)
        seat = panel.seats.get(place) if panel else None
        self.corrects.clear()
        self.verdict.set_value(sign.verdict if sign else "agree")
        self.opinion.setText(sign.opinion if sign else "")
        name = seat.name if seat else tr("这一席还没有人，按 F7 写上") if panel else ""
        self.section.setAccessibleName(
            tr("{stage}，第 {place} 席 {name}", stage=self.stage.words, place=place, name=name)
        )
        self.section.set_heading(f"{self.stage.words} · {place} {name}" if panel else tr("签字"))

    def _sign(self) -> None:
        panel, place, stage, number = self.panel, self.table.row + 1, self.stage, self.number
        if panel is None:
            return
        try:
            said = Signature(
                self.verdict.value,
                parse_day(self.day.text()),
                self.opinion.text(),
                self.on_paper.isChecked(),
                self.corrects.text(),
            )
        except LedgerError as error:
            self._refuse(error)
            return

        def then(outcome: Outcome[Decision]) -> None:
            seat = panel.seats.get(place)
            name = seat.name if seat else ""
            self._done(outcome, tr("{name} 的“{stage}”登记好了", name=name, stage=stage.words))
            if place < PLACES:
                self.table.go_to_row(place)

        self._run(tr("登记签字"), lambda uow: panels.sign(uow, number, stage, place, said), then)

    def _ask_seat(self) -> None:
        place, number = self.table.row + 1, self.number
        fixed = next((one for one in fixed_seats() if one.place == place), None)
        if fixed is None or self.panel is None:
            said = tr("第 {place} 席是抽签的席位；来不了的到抽签页另抽替补。", place=place)
            self._refuse(DecisionError(said, tr("第 5、6 席才写名字。")))
            return
        replaces = place in self.panel.seats

        def act(text: str) -> None:
            parts = text.strip().split()
            kind = next((word for word in parts[1:] if word in fixed.kinds), "")
            reason = " ".join(word for word in parts[1:] if word != kind)
            self._run(
                tr("写这一席"),
                lambda uow: panels.take_seat(uow, number, place, parts[0], kind, reason),
                lambda done: self._done(done, tr("第 {place} 席写好了", place=place)),
            )

        kinds = "、".join(fixed.kinds)
        hint = tr("姓名 身份（{kinds}）", kinds=kinds) + (tr(" 换人的原因") if replaces else "")
        self.bar.ask(tr("{role}是谁", role=fixed.role), tr("写上"), act, self.table.setFocus, hint=hint)

    def _run(
        self,
        label: str,
        act: Callable[[UnitOfWork], Outcome[Any]],
        then: Callable[[Outcome[Any]], object],
    ) -> None:
        self.slip.fold()
        self.notice.hide()
        self.operations.run(label, lambda uow, _: act(uow), then=then, refused=self._refuse)

    def _done(self, outcome: Outcome[Any], said: str) -> None:
        warned = "".join(outcome.warnings)
        self.notice.sentence.setText(warned)
        self.notice.setVisible(bool(warned))
        self._say(said)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def _print(self) -> None:
        number, panel, decision = self.number, self.panel, self.decision
        if panel is None or decision is None:
            return

        def make(reader: Reader) -> tuple[Any, Any]:
            from village_ledger.reports.catalogue import ReportRequest, issuer_of
            from village_ledger.reports.catalogue import make as make_table

            return make_table(reader, "panel-sheet", ReportRequest(item=number)), issuer_of(
                reader, decision.ledger
            )

        def show(read: tuple[Any, Any]) -> None:
            from village_ledger.reports.decisions.panel_sheet_pdf import write_panel_sheet

            table, issuer = read

            def pen(path: Path) -> Any:
                return write_panel_sheet(issuer, decision, panel, path)

            self.navigator.open("preview", tables=(table,), draw=pen)

        self.operations.read(tr("排签字纸"), make, show, refused=self._refuse)
