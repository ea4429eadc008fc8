"""办理中的变动: every case with where it stands and what comes next; each step is done from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.shares import share_cases
from village_ledger.services.shares.share_case_list import CaseLine, case_lines
from village_ledger.services.shares.share_cases import NEXT, UNPUBLISHED
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.shares.share_case_sheet import CaseSheet
from village_ledger.ui.shares.share_figures import deciders, may_decide
from village_ledger.ui.staff.second_person import all_confirmed
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.approve_bar import ApproveBar
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.interledger.records import Resolution
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("number", "办件", Look.CODE, "123"),
    ScreenColumn("state", "状态", Look.TEXT, "已审查"),
    ScreenColumn("kind", "什么事", Look.TEXT, "质押处置"),
    ScreenColumn("who", "谁", Look.TEXT, "022/欧阳建国 → 017/周建军", stretch=1),
    ScreenColumn("quantity", "份额", Look.MONEY, "12,345.67"),
    ScreenColumn("missing", "缺材料", Look.TEXT, "缺 7 件"),
    ScreenColumn("left", "公示", Look.TEXT, "还有 30 天"),
    ScreenColumn("next", "接下来", Look.TEXT, "另一个人凭理事会决议批准", stretch=1),
)
STEPS_OF = {
    "check": "checked",
    "approve": "approved",
    "publish": "published",
    "object": "objected",
    "reject": "rejected",
    "post": "posted",
}
"""The state each action leads to."""


class CasesModel(FigureModel):
    """Cases as table rows: those to be dealt with first, newest first."""

    def __init__(self, lines: Sequence[CaseLine]) -> None:
        super().__init__(COLUMNS)
        self.lines = tuple(lines)

    def count(self) -> int:
        """Cases."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        line = self.lines[row]
        notice = ""
        if line.case.state == "published":
            left = tr("还有 {days} 天", days=line.days_left)
            notice = left if line.days_left else tr("期满")
        return (
            str(line.case.id),
            line.state,
            line.case.kind.words,
            line.who,
            line.quantity,
            tr("缺 {count} 件", count=len(line.missing)) if line.missing else "",
            notice,
            line.following,
        )[column]


class ShareCasesPage(Page):
    """The list above, the case one stands on below with its steps."""

    scope = "share_cases"
    nav = "members"
    shows: ClassVar[Changes] = Changes(members=True, shares=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("办理中的变动"), "")
        self._case: int | None = None
        self._resolutions: tuple[Resolution, ...] = ()
        self.model = CasesModel([])
        self.table = FigureTable(self.theme, tr("办理中的变动"))
        self.table.set_empty_words(tr("没有办理中的变动。按 Insert 新办一件。"))
        self.table.opened.connect(lambda _row: self._open())
        self.table.current_moved.connect(lambda _row: self._follow())
        self.sheet = CaseSheet(self.theme)
        self.sheet.ticking.connect(self.follow_access)
        self.notice = NoticeBar(self.theme, "", [])
        self.notice.hide()
        self.bar = AskBar(self.theme)
        self.approval = ApproveBar(self.theme)
        for part in (self.notice, self.table, self.bar, self.approval, self.sheet):
            self.body.addWidget(part, 3 if part is self.table else 2 if part is self.sheet else 0)
        for name in ("again", "reject", "object", "papers", "publish", "approve", "check"):
            self.add_button(name)
        self.add_button("post", keeps=2)
        self.add_button("new", ButtonLook.MAIN)
        self.restyle()

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "new": lambda: self.navigator.open("share_event"),
            "open": self._open,
            "check": lambda: self._run(tr("审查"), share_cases.check),
            "approve": self._ask_approval,
            "publish": self._ask_day,
            "post": lambda: self._run(tr("登记"), share_cases.post),
            "object": lambda: self._ask_why(tr("登记异议"), tr("谁、为什么有异议"), share_cases.object_to),
            "reject": lambda: self._ask_why(tr("退回"), tr("为什么不办"), share_cases.reject),
            "again": self._begin_again,
            "papers": self._hand_in,
        }

    def go(self, **where: Any) -> None:
        """``case`` to stand on, ``said`` of what was just done."""
        asked = where.get("case", self._case)
        self._case = None if asked is None else int(asked)
        said = str(where.get("said", ""))
        self.notice.sentence.setText(said)
        self.notice.setVisible(bool(said))
        self.slip.fold()
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The case one stands on."""
        line = self.current()
        return {"case": line.case.id if line else self._case}

    def reload(self) -> None:
        """Every case of the ledger."""
        if not self.session.is_open:
            return
        line = self.current()
        self._case = line.case.id if line and self._case is None else self._case
        ledger, today = self.session.ledger_code, date.today()  # noqa: DTZ011  the village's wall calendar

        def look_up(reader: Reader) -> tuple[list[CaseLine], list[Resolution]]:
            return case_lines(reader, today, ledger), reader.resolutions()

        self.operations.read(tr("读办件"), look_up, self._show, key="share_cases")

    def restyle(self) -> None:
        """Some rows stay in view whatever the size."""
        self.table.setMinimumHeight(5 * self.table.style_of.row)

    def escape(self) -> bool:
        """Put a question away."""
        for part in (self.bar, self.approval):
            if part.asking:
                part.put_away()
                return True
        return False

    def status(self) -> str:
        """How many are open, how many may be posted."""
        lines = self.model.lines
        return tr(
            "在办 {count} 件，公示期满 {due} 件",
            count=sum(line.is_open for line in lines),
            due=sum(line.is_due for line in lines),
        )

    def follow_access(self) -> None:
        """Only what comes next for the case one stands on."""
        super().follow_access()
        line = self.current()
        state, kind = (line.case.state, line.case.kind) if line else ("", None)
        able = {name: bool(line) and to in NEXT[state] for name, to in STEPS_OF.items()}
        able["again"] = state == "rejected"
        able["papers"] = bool(self.sheet.ticked())
        if kind in UNPUBLISHED and state == "approved":
            able["post"] = True
        for name, holds in able.items():
            if not holds:
                self.action(name).setEnabled(False)

    def current(self) -> CaseLine | None:
        """The case one stands on."""
        row = self.table.row
        return self.model.lines[row] if 0 <= row < self.model.count() else None

    # inside

    def _show(self, read: tuple[list[CaseLine], list[Resolution]]) -> None:
        lines, resolutions = read
        self._resolutions = tuple(resolutions)
        wanted = self._case
        self.model = CasesModel(sorted(lines, key=lambda line: (not line.is_open, -line.case.id)))
        self.table.show_model(self.model)
        rows = {line.case.id: row for row, line in enumerate(self.model.lines)}
        if rows:
            self.table.go_to_row(rows.get(wanted, 0) if wanted is not None else 0)
        self._follow()
        self.status_changed.emit()

    def _follow(self) -> None:
        line = self.current()
        if line is not None:
            self._case = line.case.id
        self.sheet.show_line(line)
        self.follow_access()

    def _open(self) -> None:
        line = self.current()
        if line is None:
            return
        if line.case.state == "draft":
            self.navigator.open("share_event", case=line.case.id)
        elif line.request.from_ and "/" in line.request.from_:
            self.navigator.open("household", household=line.request.from_.partition("/")[0])

    def _run(self, label: str, act: Callable[[UnitOfWork, int], Outcome[Any]]) -> None:
        line = self.current()
        if line is None:
            return
        case = line.case.id
        self.slip.fold()
        self.notice.hide()
        self.operations.run(label, lambda uow, _: act(uow, case), then=self._done, refused=self._refuse)

    def _done(self, outcome: Outcome[Any]) -> None:
        said = "".join(outcome.warnings)
        self.notice.sentence.setText(said)
        self.notice.setVisible(bool(said))
        self.table.setFocus()

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _ask_approval(self) -> None:
        line = self.current()
        if line is None:
            return
        self.approval.ask(
            tr("批准第 {case} 号：{kind} {who}", case=line.case.id, kind=line.case.kind.words, who=line.who),
            may_decide(line.case.kind, self._resolutions),
            line.request.resolution,
            needed=bool(deciders(line.case.kind)),
            second="" if self.session.by == line.case.made_by else self.session.by,
            done=self._approve,
            back=self._back_to_list,
        )
        self.sheet.hide()

    def _back_to_list(self) -> None:
        self.sheet.show()
        self.table.setFocus()

    def _approve(self, resolution: str, second: str, pin: str) -> None:
        others = [(second, pin)] if second and second != self.session.by else []
        all_confirmed(
            self,
            others,
            lambda: self._run(
                tr("批准"), lambda uow, case: share_cases.approve(uow, case, resolution, by=second)
            ),
        )

    def _ask_day(self) -> None:
        line = self.current()
        if line is None:
            return

        def act(text: str) -> None:
            try:
                since = parse_day(text)
            except LedgerError as error:
                self._refuse(error)
                return
            self._run(tr("公示"), lambda uow, case: share_cases.publish(uow, case, since))

        today = date.today()  # noqa: DTZ011  the village's wall calendar
        self.bar.ask(
            tr("第 {case} 号从哪天起公示", case=line.case.id),
            tr("公示"),
            act,
            self.table.setFocus,
            text=today.isoformat(),
        )

    def _ask_why(self, verb: str, question: str, act: Callable[[UnitOfWork, int, str], Outcome[Any]]) -> None:
        line = self.current()
        if line is None:
            return
        self.bar.ask(
            tr("第 {case} 号：{question}", case=line.case.id, question=question),
            verb,
            lambda why: self._run(verb, lambda uow, case: act(uow, case, why)),
            self.table.setFocus,
        )

    def _hand_in(self) -> None:
        papers = self.sheet.ticked()
        self._run(tr("补材料"), lambda uow, case: share_cases.hand_in(uow, case, papers))

    def _begin_again(self) -> None:
        line = self.current()
        if line is None:
            return
        case = line.case.id

        def then(outcome: Outcome[Any]) -> None:
            self.navigator.open("share_event", case=outcome.value.id)

        self.operations.run(
            tr("另起一件"),
            lambda uow, _: share_cases.begin_again(uow, case),
            then=then,
            refused=self._refuse,
        )
