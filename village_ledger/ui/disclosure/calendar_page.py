"""公开日历: a year of what must be published, the next first; Enter makes the sheets or opens the posting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLabel

from village_ledger.domain.disclosure_standing import Calendar, Line
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.reports.disclosure.calendar_report import note_of, rule_words
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import calendar_acts
from village_ledger.services.disclosure.calendar_acts import excusable
from village_ledger.services.disclosure.calendar_rules import letters_by_report
from village_ledger.services.disclosure.disclosure_calendar import calendar_of, within
from village_ledger.ui.contracts.due_page import as_of
from village_ledger.ui.disclosure.year_strip import MARKS, YearStrip
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.print_source import PACK
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look as ButtonLook

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session
    from village_ledger.ui.widgets.state_mark import Check

COLUMNS = (
    ScreenColumn("mark", "", Look.CHECK, "✕"),
    ScreenColumn("due", "截止日", Look.TEXT, "2025-12-31"),
    ScreenColumn("state", "情况", Look.TEXT, "晚 123 天公开"),
    ScreenColumn("what", "公开什么", Look.TEXT, "2025年第1季度 · 每季财务收支和财务状况", stretch=3),
    ScreenColumn("sheets", "要有的表", Look.TEXT, "A、B、C、D"),
    ScreenColumn("done", "公开日期", Look.TEXT, "2025-12-31"),
    ScreenColumn("posting", "张贴", Look.TEXT, "2025-01、2025-02", stretch=1),
    ScreenColumn("note", "说明", Look.TEXT, "表已做好，还没张贴", stretch=1),
)


class CalendarModel(FigureModel):
    """A row per thing due."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(COLUMNS)
        self.lines = lines

    def count(self) -> int:
        """Rows."""
        return len(self.lines)

    def check(self, row: int) -> Check | None:
        """The mark of its state."""
        return MARKS.get(self.lines[row].state)

    def words(self, row: int, column: int) -> str:
        """The mark in words too."""
        return self.lines[row].state.words if column == 0 else self.text(row, column)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        line = self.lines[row]
        due = line.due
        return (
            "",
            due.day.isoformat(),
            line.how,
            due.title,
            "、".join(due.obligation.sheets),
            line.done_on.isoformat() if line.done_on else "",
            "、".join(line.postings),
            note_of(line),
        )[column]


class CalendarPage(Page):
    """Of the leading ledger, as of today or of the last day of an earlier month in view."""

    scope: ClassVar[str] = "disclosure_calendar"
    nav: ClassVar[str] = "disclosure"
    shows: ClassVar[Changes] = Changes(
        vouchers=True,
        sheets=True,
        postings=True,
        settings=True,
        contracts=True,
        decisions=True,
        projects=True,
    )

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.calendar: Calendar | None = None
        self.year = session.month.year
        self.model = CalendarModel([])
        self.strip = YearStrip(self.theme)
        self.strip.month_chosen.connect(self._to_month)
        self.strip.year_chosen.connect(self._to_year)
        watermark = tr("演示") if session.info.is_demo else ""
        self.table = FigureTable(self.theme, tr("公开日历"), watermark=watermark)
        self.table.set_empty_words(tr("这一年没有到期要公开的。"))
        self.table.show_model(self.model)
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.basis = QLabel()
        self.basis.setProperty("look", "label")
        self.basis.setWordWrap(True)
        self.ask = AskBar(self.theme)
        for part in (self.strip, self.table, self.ask, self.basis):
            self.body.addWidget(part, 1 if part is self.table else 0)
        for name in ("rules", "matter", "print_this", "excuse", "hang"):
            self.add_button(name)
        self.add_button("into", ButtonLook.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "into": lambda: self._open(self.table.row),
            "hang": self._hang,
            "excuse": self._excuse,
            "matter": lambda: self.navigator.open("disclosure_matters"),
            "rules": lambda: self.navigator.open("disclosure_rules"),
            "print_this": self._print,
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``ledger``, ``year``, ``row``."""
        if "ledger" in where:
            self.session.switch_ledger(where["ledger"])
        self.slip.fold()
        self.year = where.get("year", self.session.month.year)
        self._read(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The year and the row."""
        return {"year": self.year, "row": max(self.table.row, 0)}

    def reload(self) -> None:
        """Read again, the row kept."""
        self._read(max(self.table.row, 0))

    def _read(self, row: int) -> None:
        if not self.session.is_open:
            return
        ledger, today = self.session.ledger_code, as_of(self.session)
        self.head.set_title(tr("公开日历"), self.session.ledger.title)
        self.operations.read(
            tr("读公开日历"),
            lambda reader: calendar_of(reader, ledger, today),
            lambda calendar: self._show(calendar, row),
            refused=lambda error: self.slip.say(describe(error)),
            key="disclosure calendar",
        )

    def escape(self) -> bool:
        """A question first."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        return False

    def status(self) -> str:
        """How many are late, and what comes next."""
        if self.calendar is None:
            return ""
        late, next_ = self.calendar.late, self.calendar.next
        said = [tr("晚了 {n} 件", n=len(late)) if late else tr("没有晚了的")]
        if next_ is not None:
            said.append(tr("下一件 {day}：{what}", day=next_.due.day, what=next_.due.title))
        return " · ".join(said)

    def follow_access(self) -> None:
        """What the row in view allows."""
        super().follow_access()
        self._follow()

    # inside

    def _show(self, calendar: Calendar, row: int) -> None:
        if not self.session.is_open:
            return
        self.calendar = calendar
        words = f"{tr('截至 {day}', day=calendar.today)} · {rule_words(calendar)}"
        self.head.set_title(tr("公开日历"), words)
        lines = within(calendar, Span.of_year(self.year))
        self.strip.show_year(self.year, calendar.lines, self._month_in_view(calendar))
        self.model = CalendarModel(lines)
        self.table.show_model(self.model)
        if lines:
            self.table.go_to_row(min(max(row, 0), len(lines) - 1))
        self._follow()
        self.status_changed.emit()

    def _month_in_view(self, calendar: Calendar) -> int:
        return calendar.today.month if calendar.today.year == self.year else 0

    def line(self) -> Line | None:
        """The one under the cursor."""
        row = self.table.row
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _follow(self) -> None:
        line = self.line()
        self.action("excuse").setEnabled(self.may("excuse") and line is not None and excusable(line))
        waiting = line is not None and line.done_on is None and not line.postings
        self.action("hang").setEnabled(self.may("hang") and waiting)
        into = self.action("into")
        into.setEnabled(line is not None)
        into.setText(tr("看张贴") if line is not None and line.postings else tr("去做表"))
        self.basis.setVisible(line is not None and not self.theme.tokens.tight)
        if line is not None:
            rule = line.due.obligation
            about = "；".join(f"{one.day} {one.words}" for one in line.due.about[:_ABOUT])
            more = tr("等 {n} 件", n=len(line.due.about)) if len(line.due.about) > _ABOUT else ""
            self.basis.setText(" · ".join(filter(None, [rule.basis, rule.mark, f"{about}{more}"])))

    def _open(self, row: int) -> None:
        """The posting; where there is none yet, the pack for its days."""
        if not 0 <= row < len(self.model.lines):
            return
        line, ledger = self.model.lines[row], self.session.ledger_code
        if line.postings:
            self.navigator.open("posting", ledger=ledger, number=line.postings[-1])
            return
        self.navigator.open("disclosure", ledger=ledger, span=line.due.span, sheet=sheet_of(line))

    def _hang(self) -> None:
        """To putting the sheets of its days together, for this occasion."""
        line = self.line()
        if line is not None:
            due, ledger = line.due, self.session.ledger_code
            self.navigator.open("postings", ledger=ledger, span=due.span, occasion=due.occasion)

    def _to_month(self, month: int) -> None:
        """To the first thing that falls due in a month."""
        rows = [
            row
            for row, line in enumerate(self.model.lines)
            if (line.due.day.year, line.due.day.month) == (self.year, month)
        ]
        if rows:
            self.table.go_to_row(rows[0])

    def _to_year(self, year: int) -> None:
        first = self.session.ledger.start.year
        if first <= year <= as_of(self.session).year + 1 and self.calendar is not None:
            self.year = year
            self._show(self.calendar, 0)

    def _excuse(self) -> None:
        line = self.line()
        if line is None or not excusable(line):
            return
        self.slip.fold()
        self.ask.ask(
            tr("“{what}”为什么不再公开", what=line.due.title),
            tr("写下原因"),
            lambda reason: self._write_excuse(line, reason),
            self.table.setFocus,
            hint=tr("原因一直显示在日历上"),
        )

    def _write_excuse(self, line: Line, reason: str) -> None:
        ledger, today = self.session.ledger_code, as_of(self.session)

        def done(_outcome: Outcome[Any]) -> None:
            self.slip.fold()

        self.operations.run(
            tr("说明原因"),
            lambda uow, _progress: calendar_acts.excuse(
                uow, ledger, line.due.occasion, line.due.span, reason, today
            ),
            then=done,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _print(self) -> None:
        span = Span.of_year(self.year)
        self.navigator.open("preview", report="disclosure-calendar", span=span, paper="A4_LANDSCAPE")


def sheet_of(line: Line) -> str:
    """The sheet that tells of something special by its report's name; the whole pack for everything regular."""
    letters = line.due.obligation.sheets
    if not line.due.about or len(letters) != 1:
        return PACK
    return next((report for report, letter in letters_by_report().items() if letter == letters), PACK)


_ABOUT = 3
"""So many of the things that happened are named below the table."""
