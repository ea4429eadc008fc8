"""到期和欠租: one screen for what is late, what is due and what ends; Enter opens the contract, F8 takes the money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.reports.table import Role
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.contract_warnings import sentences
from village_ledger.services.contracts.due_screen import PAGE, DueLine, DueScreen, Group, due_screen
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("mark", "", Look.CHECK, "✕"),
    ScreenColumn("number", "合同", Look.CODE, "青合〔2025〕12号"),
    ScreenColumn("party", "承租（承包）方", Look.TEXT, "云屏县翠屏茶业有限公司", stretch=2),
    ScreenColumn("what", "标的", Look.TEXT, "茶叶初制加工房", stretch=2),
    ScreenColumn("day", "哪天", Look.TEXT, "2025-12-31"),
    ScreenColumn("days", "天数", Look.TEXT, "逾期 1234 天"),
    ScreenColumn("amount", "金额", Look.MONEY, "123,456.00", hair=True),
    ScreenColumn("cautions", "留意", Look.TEXT, "没按递增收、租期过长", stretch=2),
)
_MARKS = {Group.LATE: Check.FAIL, Group.SOON: Check.WAITING, Group.ENDING: Check.WARN}
_SHORT = {Group.LATE: "已经逾期", Group.SOON: "租金到期", Group.ENDING: "合同到期"}
_ALONE = {Group.LATE: "late", Group.SOON: "soon", Group.ENDING: "ending"}
"""The caution a group says by being there."""


class DueModel(FigureModel):
    """Headings of the groups, their contracts, and a line that asks for more."""

    def __init__(self, screen: DueScreen) -> None:
        super().__init__(COLUMNS)
        self.rows: list[tuple[Group, DueLine | None, str]] = []
        """(group, contract, words of a heading or of the line for more)."""
        for group in Group:
            lines, count = screen.lines[group], screen.counts[group]
            if not count:
                continue
            self.rows.append((group, None, _heading(screen, group)))
            self.rows += [(group, line, "") for line in lines]
            if len(lines) < count:
                more = tr("还有 {n} 份，按 Enter 再看 {page} 份", n=count - len(lines), page=PAGE)
                self.rows.append((group, None, more))

    def count(self) -> int:
        """Rows."""
        return len(self.rows)

    def role(self, row: int) -> Role:
        """Headings stand out."""
        _, line, words = self.rows[row]
        return Role.DETAIL if line is not None or words.startswith("还有") else Role.SECTION

    def check(self, row: int) -> Check | None:
        """The mark of the group, heavier where something presses."""
        group, line, _ = self.rows[row]
        if line is None:
            return None
        return Check.FAIL if group is Group.ENDING and line.days > 0 else _MARKS[group]

    def words(self, row: int, column: int) -> str:
        """The mark in words too."""
        group, line, _ = self.rows[row]
        return group.words if column == 0 and line is not None else self.text(row, column)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        group, line, words = self.rows[row]
        if line is None:
            return {1: _SHORT[group] if self.role(row) is Role.SECTION else "", 2: words}.get(column, "")
        cells = (
            "",
            line.number,
            line.party,
            line.what,
            line.day.isoformat(),
            days_words(group, line),
            format_fen(line.amount) if line.amount else "",
            "、".join(one.brief for one in line.cautions if one.rule not in (_ALONE[group], "expired")),
        )
        return cells[column]


def _heading(screen: DueScreen, group: Group) -> str:
    count = screen.counts[group]
    if group is Group.ENDING and screen.expired:
        return tr("{n} 份，其中 {m} 份已经过期", n=count, m=screen.expired)
    return tr("{n} 份", n=count)


def days_words(group: Group, line: DueLine) -> str:
    """逾期 12 天, 还有 5 天, 今天, 过期 30 天."""
    if line.days == 0:
        return tr("今天")
    if line.days < 0:
        return tr("还有 {n} 天", n=-line.days)
    return tr("过期 {n} 天", n=line.days) if group is Group.ENDING else tr("逾期 {n} 天", n=line.days)


class DuePage(Page):
    """Three groups in one list, as of today or of the last day of an earlier month in view."""

    scope = "due"
    nav = "works"
    shows = Changes(contracts=True, vouchers=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: DueScreen | None = None
        self.model: DueModel | None = None
        self.limits: dict[Group, int] = {}
        self._said = ""
        self.table = FigureTable(
            self.theme, tr("到期和欠租"), watermark=tr("演示") if session.info.is_demo else ""
        )
        self.table.set_empty_words(tr("没有到期、欠租和快到期的合同。按 Ctrl+D 看全部合同，登记或导入。"))
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.explain = ExplainBar(self.theme)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.explain)
        for name in ("register", "arrears", "explain", "accrue"):
            self.add_button(name)
        self.add_button("receive", ButtonLook.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "open": lambda: self._open(self.table.row),
            "explain": self._explain,
            "receive": self._receive,
            "accrue": self._accrue,
            "register": lambda: self.navigator.open("contracts"),
            "arrears": lambda: self._print("rent-arrears"),
            "print": lambda: self._print("rent-arrears"),
        }

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self._said = ""
        self.slip.fold()
        self.explain.hide()
        self.limits = dict(where.get("limits", {}))
        self.reload(row=where.get("row", -1))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on and how much was asked for."""
        return {"row": max(self.table.row, 0), "limits": dict(self.limits)}

    def reload(self, row: int = -1) -> None:
        """Read the screen again, on the worker."""
        if not self.session.is_open:
            return
        ledger, today, limits = self.session.ledger_code, as_of(self.session), dict(self.limits)
        row = row if row >= 0 else self.table.row
        self.operations.read(
            tr("读到期和欠租"),
            lambda reader: due_screen(reader, ledger, today, limits),
            lambda screen: self._show(screen, row),
            refused=lambda error: self.slip.say(describe(error)),
            key="due",
        )

    def escape(self) -> bool:
        """Fold the words away."""
        if self.explain.isVisible():
            self.explain.hide()
            return True
        return False

    def status(self) -> str:
        """What was done, else how many of each."""
        if self._said or self.shown is None:
            return self._said
        counts = self.shown.counts
        return tr(
            "逾期 {late} 份 · 快到期的租金 {soon} 份 · 快到期的合同 {ending} 份",
            late=counts[Group.LATE],
            soon=counts[Group.SOON],
            ending=counts[Group.ENDING],
        )

    def follow_access(self) -> None:
        """What the row in view allows."""
        super().follow_access()
        self._follow()

    # inside

    def _show(self, screen: DueScreen, row: int) -> None:
        self.shown = screen
        self.head.set_title(tr("到期和欠租"), tr("截至 {day}", day=screen.today))
        self.model = DueModel(screen)
        self.table.show_model(self.model)
        if self.model.rows:
            self.table.go_to_row(min(max(row, 1), len(self.model.rows) - 1))
        self._follow()
        self.status_changed.emit()

    def _at(self, row: int) -> tuple[Group, DueLine | None, str] | None:
        rows = self.model.rows if self.model is not None else []
        return rows[row] if 0 <= row < len(rows) else None

    def _line(self) -> DueLine | None:
        found = self._at(self.table.row)
        return found[1] if found else None

    def _follow(self) -> None:
        line = self._line()
        self.action("receive").setEnabled(self.may("receive") and line is not None)
        self.action("explain").setEnabled(line is not None)

    def _open(self, row: int) -> None:
        found = self._at(row)
        if found is None:
            return
        group, line, words = found
        if line is not None:
            self.navigator.open("contract", number=line.number)
        elif words.startswith("还有"):
            self.limits[group] = self.limits.get(group, PAGE) + PAGE
            self.reload(row)

    def _explain(self) -> None:
        line = self._line()
        if line is not None:
            said = sentences(line.cautions) or tr("没有要特别留意的")
            self.explain.explain(tr("合同 {number}：{said}。", number=line.number, said=said))

    def _receive(self) -> None:
        line = self._line()
        if line is not None:
            self.navigator.open("contract_act", act="receive", number=line.number)

    def _accrue(self) -> None:
        from village_ledger.services.contracts.rent_drafts import accrue

        ledger, month = self.session.ledger_code, self.session.month
        self.slip.fold()
        self.operations.run(
            tr("到期的记应收"),
            lambda uow, _: accrue(uow, ledger, month),
            then=self._accrued,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _accrued(self, outcome: Outcome[list[Any]]) -> None:
        made = outcome.value
        total = format_fen(sum(voucher.voucher.amount for voucher in made))
        self._said = (
            tr("记了 {n} 张应收凭证，{total} 元，等待审核", n=len(made), total=total)
            if made
            else tr("到 {month} 月末到期的都记过应收了", month=self.session.month.month)
        )
        self.status_changed.emit()

    def _print(self, report: str) -> None:
        from village_ledger.domain.period import Span

        today = as_of(self.session)
        self.navigator.open("preview", report=report, span=Span(today, today), paper="A4_LANDSCAPE")


def as_of(session: Session) -> date:
    """Today; the last day of the month in view where that is earlier."""
    return min(date.today(), session.month.last)  # noqa: DTZ011  the village's wall calendar
