"""份额变动: a change of shares in five steps, from what it is to handing it on; the draft is kept as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.share import EventKind
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.shares import share_cases
from village_ledger.services.shares.share_case_list import quantity_words, route, who
from village_ledger.services.shares.share_cases import UNPUBLISHED
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.shares.share_draft_keeper import ShareDraftKeeper, hand_on
from village_ledger.ui.shares.share_figures import Lists, Outlook, deciders, read_lists, read_outlook
from village_ledger.ui.shares.share_kind_list import KindList
from village_ledger.ui.shares.share_outlook import OutlookView
from village_ledger.ui.shares.share_papers import ConfirmForm, PapersForm
from village_ledger.ui.shares.share_request import Form, form_of
from village_ledger.ui.shares.share_who import WhoForm
from village_ledger.ui.staff.second_person import all_confirmed
from village_ledger.ui.widgets.step_page import Step, StepPage

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.shares.share_checks import Examination
    from village_ledger.storage.people.records import ShareCase
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

STEPS = ("什么事", "谁给谁", "前后对照", "材料和决议", "确认")
_WHAT, _WHO, _OUTLOOK, _PAPERS, _CONFIRM = range(5)


class ShareEventPage(StepPage):
    """What · who and how much · before and after · papers and resolution · handing on."""

    scope = "share_event"
    nav = "members"
    shows: ClassVar[Changes] = Changes(members=True, shares=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.kinds = KindList(self.theme)
        self.kinds.opened.connect(lambda _row: self.go_on())
        self.form, self.papers = WhoForm(self.theme), PapersForm(self.theme)
        self.confirm = ConfirmForm(self.theme)
        self.view = OutlookView(self.theme)
        self.outlook: Outlook | None = None
        self.keeper = ShareDraftKeeper(session, operations, self._form_if_typed, self)
        self.keeper.said.connect(lambda _: self.status_changed.emit())
        self._typed = False
        self.set_title(tr("份额变动"))
        self.set_steps(
            [
                Step(tr(STEPS[_WHAT]), self.kinds, tr("就办这件"), scrolls_itself=True),
                Step(tr(STEPS[_WHO]), self.form, tr("看前后对照")),
                Step(tr(STEPS[_OUTLOOK]), self.view, tr("看好了，备材料")),
                Step(tr(STEPS[_PAPERS]), self.papers, tr("下一步")),
                Step(tr(STEPS[_CONFIRM]), self.confirm, tr("交审查")),
            ]
        )
        for part in (self.form, self.papers):
            part.edited.connect(self._on_edited)
            part.entered.connect(self.go_on)
        self.confirm.entered.connect(self.go_on)
        self.next.setAutoDefault(True)  # Enter there goes on, as in every field

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """上一步, 下一步, the list of cases."""
        return {**super().handlers(), "cases": lambda: self.navigator.open("share_cases")}

    def go(self, **where: Any) -> None:
        """``case`` to go on with; or a new event of a ``kind`` for a ``person`` (户编号/姓名) or of an event to reverse.

        ``stay``: back where one was.
        """
        if where.get("stay") and self.form.kind is not None:
            self.reload()
            self.show_step(self.step)
            return
        self.slip.fold()
        self.outlook = None
        case = where.get("case")
        self._typed = False
        self.keeper.start(self.session.ledger_code, case)
        if case is not None:
            self._read_case(int(case))
            return
        kind: EventKind | None = where.get("kind")
        said = {"day": str(date.today()), "from_": where.get("person") or ""}  # noqa: DTZ011  the village's wall calendar
        said["reverses"] = str(where.get("reverses") or "")
        self._fill(Form(kind or EventKind.TRANSFER, said))
        self.reload()
        self.show_step(_WHAT if kind is None else _WHO)

    def where(self) -> dict[str, Any]:
        """The draft, and that one comes back to it."""
        return {"stay": True, "case": self.keeper.box.id}

    def leave(self) -> bool:
        """What was typed is kept."""
        self.keeper.flush()
        return True

    def escape(self) -> bool:
        """Leave, from any step: the draft stays; Alt+← goes one step back."""
        return False

    def reload(self) -> None:
        """Read what the fields offer; what stands in them stays."""
        if not self.session.is_open:
            return
        ledger = self.keeper.ledger or self.session.ledger_code
        today = date.today()  # noqa: DTZ011  the village's wall calendar
        self.operations.read(
            tr("读份额"),
            lambda reader: read_lists(reader, ledger, today),
            self._take_lists,
            key="share_lists",
        )

    def status(self) -> str:
        """Whether the draft is kept, where the case goes."""
        return self.keeper.words

    # the steps

    def arrived(self, step: int) -> None:
        """Cursor and words of a step; the third reads what would happen."""
        kind = self.kind()
        if step == _WHAT:
            self.kinds.setFocus()
            self.say_help(tr("↑ ↓ 选，Enter 往下走。没办完的在“办理中的变动”里接着办。"))
        elif step == _WHO:
            self.form.show_kind(kind)
            self.form.first_empty().setFocus(Qt.FocusReason.OtherFocusReason)
            self.say_help(tr("Enter 到下一格；填的随时存着，按 Esc 退出，草稿留着。"))
        elif step == _OUTLOOK:
            self._look_ahead()
        elif step == _PAPERS:
            self.papers.show_kind(kind)
            self.papers.begin()
            self.say_help(tr("空格打勾。缺的以后还能补；没有决议也能先交审查。"))
        else:
            self._sum_up()

    def may_go_on(self, step: int) -> bool:
        """Fields can be read; nothing but the resolution is in the way."""
        if self.session.read_only:
            return step < _CONFIRM
        if step == _WHAT:
            self.form.show_kind(self.kind())
            self.papers.show_kind(self.kind())
            return True
        if step == _WHO:
            return self._readable()
        if step == _OUTLOOK:
            return self.outlook is not None and not self._refuse(self.outlook.examined)
        return True

    def finish(self) -> None:
        """Hand it on, or post it at once where no notice is needed."""
        second = self.confirm.second.text().strip() if self.kind() in UNPUBLISHED else ""
        if self.kind() in UNPUBLISHED:
            others = [(second, self.confirm.pin.text())] if second else []
            all_confirmed(self, others, lambda: self._hand_on(second))
        else:
            self._hand_on("")

    def kind(self) -> EventKind:
        """The kind one stands on in the first step."""
        return self.kinds.kind()

    def current(self) -> Form:
        """What stands in the form."""
        said = self.form.said() | {
            "resolution": self.papers.number(),
            "contract": self.papers.contract.text(),
        }
        return Form(self.kind(), said, self.form.parts(), self.papers.papers())

    # inside

    def _form_if_typed(self) -> Form | None:
        return self.current() if self._typed else None

    def _on_edited(self) -> None:
        self._typed = True
        self.keeper.touch()

    def _fill(self, form: Form) -> None:
        self.kinds.choose(form.kind)
        self.form.show_kind(form.kind)
        self.form.fill(form.said, form.parts)
        self.papers.show_kind(form.kind)
        self.papers.fill(form.papers, form.said.get("resolution", ""), form.said.get("contract", ""))
        self.confirm.second.clear()
        self.confirm.pin.clear()

    def _read_case(self, case_id: int) -> None:
        def show(case: ShareCase) -> None:
            request = share_cases.request_of(case)
            self._fill(form_of(request, share_cases.papers_of(case), share_cases.typed_of(case)))
            self.keeper.start(request.ledger, case.id, self.current())
            self.reload()
            self.show_step(_WHO)

        self.operations.read(
            tr("读草稿"),
            lambda reader: reader.share_case(case_id),
            show,
            refused=lambda error: self.slip.say(describe(error)),
            key="share_case",
        )

    def _take_lists(self, lists: Lists) -> None:
        self.form.set_lists(lists)
        self.papers.set_lists(lists)
        if not lists.classes:
            self.say_help(tr("这本账没有股份类别：份额在集体经济组织账里，按 F12 换过去再办。"))

    def _readable(self) -> bool:
        """Whether every field can be read; else the first that cannot is said."""
        self.keeper.save_now()
        _, unread = self.current().request(self.keeper.ledger, date.today())  # noqa: DTZ011  the wall calendar
        for key, text in unread.items():
            field = self.form.fields.get(key)
            name = field.accessibleName() if field is not None else ""
            self.slip.say(
                Notice(
                    tr("{name}“{text}”看不懂", name=name, text=text),
                    tr("还没有登记，草稿已经存着。"),
                    tr("日期写成 2026-01-31，钱写成 1150 或 1150.50。"),
                    "U-102",
                )
            )
            if field is not None:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def _look_ahead(self) -> None:
        self.outlook = None
        request, _ = self.current().request(self.keeper.ledger, date.today())  # noqa: DTZ011  the wall calendar
        self.operations.read(
            tr("看前后对照"), lambda reader: read_outlook(reader, request), self._show_outlook, key="outlook"
        )

    def _show_outlook(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.view.show_outlook(outlook, self.papers.papers())
        ways = " → ".join(route(outlook.request.kind, outlook.notice_days))
        self.say_help(tr("走到哪了：{ways}", ways=ways))
        if self.step == _OUTLOOK:
            self.next.setFocus()
        self.status_changed.emit()

    def _refuse(self, examined: Examination) -> bool:
        """Say the first thing in the way, all of them below it."""
        obstacles = examined.obstacles
        if not obstacles:
            return False
        first = obstacles[0]
        more = tuple(f"{one.sentence}。{one.next_step}" for one in obstacles[1:])
        safe = tr("还没有登记，草稿已经存着。")
        self.slip.say(Notice(first.sentence, safe, first.next_step, "L-192", more))
        return True

    def _sum_up(self) -> None:
        self.keeper.save_now()
        form, kind = self.current(), self.kind()
        request, _ = form.request(self.keeper.ledger, date.today())  # noqa: DTZ011  the wall calendar
        wanted = [box.text() for box in self.papers.boxes]
        missing = [paper for paper in wanted if paper not in form.papers]
        days = self.outlook.notice_days if self.outlook is not None else 0
        decision = request.resolution or (tr("以后批准时再选") if deciders(kind) else tr("不用决议"))
        self.confirm.show_lines(
            kind,
            {
                "what": kind.words,
                "who": who(request),
                "quantity": quantity_words(request),
                "day": request.day.isoformat(),
                "papers": tr("还缺：{missing}", missing="、".join(missing)) if missing else tr("齐了"),
                "resolution": decision,
                "route": " → ".join(route(kind, days)),
            },
        )
        posts = kind in UNPUBLISHED
        self.action("next").setText(tr("登记变动") if posts else tr("交审查"))
        self.say_help(
            tr("不用公示：复核人看过就登记。") if posts else tr("交审查以后内容不能改；批准要另一个人。")
        )
        if not self.confirm.begin():
            self.next.setFocus()

    def _hand_on(self, second: str) -> None:
        form, ledger, box = self.current(), self.keeper.ledger, self.keeper.box
        self.keeper.hold()
        self.slip.fold()
        self.operations.run(
            self.action("next").text(),
            lambda uow, _: hand_on(uow, form, ledger, box, second),
            then=self._handed_on,
            refused=self._not_handed_on,
        )

    def _not_handed_on(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _handed_on(self, outcome: Outcome[Any]) -> None:
        """To the list, on this case; Esc there goes where the wizard was come from."""
        case = self.keeper.box.id
        self._typed = False
        self.keeper.start(self.keeper.ledger)
        self.navigator.back()
        self.navigator.open("share_cases", case=case, said="".join(outcome.warnings))
