"""After a merger: creditors told and what they answered, open matters until they are settled, and the papers of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QLineEdit

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.changes import Changes
from village_ledger.services.merger.creditors import follow_creditor, follow_matter
from village_ledger.storage.clock import now_text
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.merger.merger_books import save_paper
from village_ledger.ui.merger.merger_rows import RowsModel
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.merger.records import Creditor, OpenMatter, StoredMerger
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

CREDITOR_COLUMNS = (
    ScreenColumn("check", "", Look.CHECK, "✓"),
    ScreenColumn("number", "序号", Look.CENTRED, "序号"),
    ScreenColumn("village", "原村", Look.TEXT, "青山村"),
    ScreenColumn("party", "债权人", Look.TEXT, "云屏县宏达路桥公司", stretch=2),
    ScreenColumn("amount", "金额", Look.MONEY, "9,999,999.99", hair=True),
    ScreenColumn("due", "期限", Look.TEXT, "2025-12-31"),
    ScreenColumn("told", "通知了", Look.TEXT, "2025-12-31"),
    ScreenColumn("answer", "答复", Look.TEXT, "同意由新社承继", stretch=1),
)
MATTER_COLUMNS = (
    ScreenColumn("check", "", Look.CHECK, "✓"),
    ScreenColumn("number", "序号", Look.CENTRED, "序号"),
    ScreenColumn("village", "原村", Look.TEXT, "青山村"),
    ScreenColumn("kind", "类别", Look.TEXT, "银行账户"),
    ScreenColumn("text", "怎么办", Look.TEXT, "开户名称还是原来的", stretch=3),
    ScreenColumn("note", "办到哪", Look.TEXT, "已经换发", stretch=1),
)
VIEWS = (("creditors", "债权人"), ("matters", "未决事项"))


class _Read(NamedTuple):
    stored: StoredMerger | None
    creditors: list[Creditor]
    matters: list[OpenMatter]


class MergerFollowPage(Page):
    """One list at a time, a short form under it."""

    scope = "merger_follow"
    nav = "works"
    shows = Changes(settings=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("合并以后"), tr("通知债权人，办完没有定的事；每一步都记下来，不能改"))
        self.creditors: list[Creditor] = []
        self.matters: list[OpenMatter] = []
        self.stored: StoredMerger | None = None
        self._said = ""
        self.view = Choices(self.theme, tr("看什么"), VIEWS, "creditors")
        self.table = FigureTable(self.theme, tr("合并以后要办的"))
        self.table.setMinimumHeight(self.theme.px.table_row * 5)
        self.day, self.note = QLineEdit(), QLineEdit()
        form = Section(self.theme, tr("登记办理"))
        form.add_row(tr("日期"), self.day)
        form.add_row(tr("说明"), self.note, tr("对方怎么答复、怎么清偿或担保，或这件事怎么办的。"))
        self.body.addWidget(self.view)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(form)
        for action_id, look in (
            ("told", ButtonLook.MAIN),
            ("answered", ButtonLook.PLAIN),
            ("comparison", ButtonLook.PLAIN),
            ("print_list", ButtonLook.PLAIN),
        ):
            self.add_button(action_id, look)
        self.view.chosen.connect(lambda _: self._show())

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Slots of the page's actions."""
        return {
            "told": self._told,
            "answered": self._answered,
            "noted": partial(self._matter, settled=False),
            "creditors": partial(self._turn, "creditors"),
            "matters": partial(self._turn, "matters"),
            "print_list": self._print_list,
            **{
                action_id: partial(self._print, name)
                for action_id, name in (
                    ("comparison", "merger-comparison"),
                    ("origins", "merger-origin"),
                    ("shares", "merger-shares"),
                    ("codes", "merger-codes"),
                )
            },
        }

    def go(self, **where: Any) -> None:
        """``view`` is creditors or matters."""
        self.view.set_value(where.get("view", self.view.value))
        if not self.day.text():
            self.day.setText(now_text()[:10])
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The list in view."""
        return {"view": self.view.value}

    def status(self) -> str:
        """How much is left, or where a paper was written."""
        if self._said:
            return self._said
        left = sum(one.told_on is None for one in self.creditors)
        open_ = sum(one.settled_on is None for one in self.matters)
        return tr("没有通知的债权人 {left} 户，没有办结的事 {open} 件", left=left, open=open_)

    def reload(self) -> None:
        """Both lists."""
        if self.session.is_open:
            self.operations.read(tr("读合并以后要办的"), _read, self._take, key="merger_follow")

    def _take(self, found: _Read) -> None:
        self.stored, self.creditors, self.matters = found
        self._show()

    def _show(self) -> None:
        stored = self.stored
        if stored is None:
            self.table.set_empty_words(tr("这个账簿不是合并建成的。合并在“资产 › 村级合并”或开始页做。"))
            self.table.show_model(RowsModel(CREDITOR_COLUMNS, []))
            return
        row = self.table.row
        on_creditors = self.view.value == "creditors"
        self.table.set_empty_words(tr("没有要通知的债权人。") if on_creditors else tr("没有未决事项。"))
        self.table.show_model(self._creditors(stored) if on_creditors else self._matters(stored))
        self.table.go_to_row(max(row, 0))
        self.action("told").setEnabled(on_creditors)
        self.action("noted").setEnabled(not on_creditors)
        self.follow_access()
        self.status_changed.emit()

    def _creditors(self, stored: StoredMerger) -> RowsModel:
        today = now_text()[:10]
        rows: list[tuple[str, ...]] = []
        checks: list[Check] = []
        for one in self.creditors:
            due, told = (day.isoformat() if day else "" for day in (one.due_on, one.told_on))
            rows.append(
                (
                    "",
                    str(one.id),
                    stored.village(one.source),
                    one.party,
                    format_fen(one.amount),
                    due,
                    told,
                    one.answer,
                )
            )
            late = not told and due and due < today
            checks.append(Check.GOOD if told else Check.FAIL if late else Check.WAITING)
        return RowsModel(CREDITOR_COLUMNS, rows, checks)

    def _matters(self, stored: StoredMerger) -> RowsModel:
        rows = [
            (
                "",
                str(one.id),
                "" if one.source is None else stored.village(one.source),
                one.kind,
                f"{one.subject}：{one.text}",
                one.follows[-1].note if one.follows else "",
            )
            for one in self.matters
        ]
        checks = [Check.WAITING if one.settled_on is None else Check.GOOD for one in self.matters]
        return RowsModel(MATTER_COLUMNS, rows, checks)

    # what is done

    def _turn(self, view: str) -> None:
        self.view.set_value(view)
        self._show()

    def _told(self) -> None:
        self._creditor("told")

    def _answered(self) -> None:
        if self.view.value == "creditors":
            self._creditor("answered")
        else:
            self._matter(settled=True)

    def _creditor(self, act: str) -> None:
        row = self.table.row
        if not 0 <= row < len(self.creditors):
            self._stay()
            return
        try:
            day = parse_day(self.day.text())
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        number, note = self.creditors[row].id, self.note.text()
        self.slip.fold()
        self.operations.run(
            tr("登记债权人"),
            lambda uow, _: follow_creditor(uow, number, act, day, note),
            then=self._done,
        )

    def _matter(self, *, settled: bool) -> None:
        row = self.table.row
        if not 0 <= row < len(self.matters):
            self._stay()
            return
        try:
            day = parse_day(self.day.text())
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        number, note = self.matters[row].id, self.note.text()
        self.slip.fold()
        self.operations.run(
            tr("登记未决事项"),
            lambda uow, _: follow_matter(uow, number, day, note, settled=settled),
            then=self._done,
        )

    def _done(self, outcome: Outcome[Any]) -> None:
        self.note.clear()
        self._said = "".join(outcome.warnings)
        row = self.table.row
        self.reload()
        self.table.go_to_row(row + 1)

    def _stay(self) -> None:
        self.slip.say(Notice(tr("没有选中哪一行"), "", tr("请先在单子里选一行。"), "U-151"))

    def _print_list(self) -> None:
        self._print("creditor-notices" if self.view.value == "creditors" else "merger-matters")

    def _print(self, name: str) -> None:
        self.operations.read(
            tr("出单子"),
            lambda reader: make(reader, name, ReportRequest()),
            lambda table: save_paper(self, self.operations, table, self._wrote),
        )

    def _wrote(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


def _read(reader: Reader) -> _Read:
    with reader.snapshot():
        return _Read(reader.merger(), reader.creditors(), reader.open_matters())
