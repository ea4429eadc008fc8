"""One stock-take (清产核资): sheet by sheet what the books say and what was found, to the vouchers and the assembly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel

from village_ledger.domain.attachment import Owner
from village_ledger.domain.stock_take import STAGES as STAGE_NAMES
from village_ledger.domain.stock_take import Count, CountLine, Step
from village_ledger.domain.stock_take_figures import unexplained
from village_ledger.domain.stock_take_sheets import Sheet, family_of, sheets_for
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.attachments.attachment_fold import AttachmentFold
from village_ledger.ui.counting.count_model import CountModel
from village_ledger.ui.counting.count_strip import CountStrip
from village_ledger.ui.counting.stock_take_acts import StockTakeActs
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.step_strip import StepStrip

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.counting.stock_takes import TakeView
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

DIFFERENCES = "differences"
ONWARD = {
    None: "从账上填",
    Step.FILLED: "盘点完毕",
    Step.BACK: "盘点完毕",
    Step.COUNTED: "登记审批…",
    Step.APPROVED: "差异出凭证",
    Step.ADJUSTED: "登记公示…",
    Step.PUBLISHED: "登记确认…",
}
"""What the main button does next."""


class StockTakePage(Page):
    """A stock-take of the leading ledger; the button at the right always does what comes next."""

    scope = "stock_take"
    nav = "works"
    shows = Changes(counts=True, vouchers=True, balances=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.day: date | None = None
        self.view: TakeView | None = None
        self.sheets: tuple[Sheet, ...] = ()
        self.sheet = ""
        """Number of the sheet in view, or ``DIFFERENCES``."""
        self._said = ""
        self._stand = -1
        """Row to stand on once what was entered has been read again."""
        self.head.set_title(tr("清产核资"))
        self.acts = StockTakeActs(self)
        self.steps = StepStrip(self.theme)
        self.choice = PickList(tr("哪张清查表"))
        self.choice.activated.connect(lambda _index: self._choose(self.choice.currentData()))
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setProperty("look", "warn")
        self.progress = QLabel()
        self.progress.setProperty("look", "label")
        self.bar = AskBar(self.theme)
        self.table = FigureTable(self.theme, tr("清查登记表"))
        self.table.view.empty_words = tr("账上没有这一类。点到了账上没有的东西，按 Insert。")
        self.table.opened.connect(lambda _row: self._begin_line())
        self.table.current_moved.connect(lambda _row: self._follow_row())
        self.strip = CountStrip(self.theme)
        self.strip.put.connect(self._put)
        self.strip.refused.connect(self.refuse)
        top = QHBoxLayout()
        top.addWidget(self.choice, 1)
        top.addWidget(self.progress, 2)
        for part in (self.steps, self.bar, self.notice):
            self.body.addWidget(part)
        self.body.addLayout(top)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.strip)
        self.attachments = AttachmentFold(session, operations, self.slip)
        self.body.addWidget(self.attachments)
        for name in ("take_in", "go_back", "drop", "found", "fill", "agree"):
            self.add_button(name)
        self.onward = self.add_button("onward", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        acts = self.acts
        return {
            "previous": lambda: self._turn(-1),
            "next_sheet": lambda: self._turn(1),
            "enter": self._begin_line,
            "fill": acts.fill,
            "agree": acts.agree,
            "found": acts.found,
            "drop": acts.drop,
            "take_in": self._take_in,
            "go_back": acts.go_back,
            "onward": acts.onward,
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``day`` of the stock-take, the ``sheet`` in view, the ``row``; ``said`` is what was done on the way here."""
        self.slip.fold()
        day = where.get("day", self.day)
        self.day = date.fromisoformat(day) if isinstance(day, str) else day
        self.sheet = str(where.get("sheet", self.sheet))
        self._said = str(where.get("said", ""))
        self.reload(row=int(where.get("row", -1)))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """Day, sheet and row."""
        return {"day": self.day, "sheet": self.sheet, "row": max(self.table.row, 0)}

    def reload(self, row: int = -1) -> None:
        """Read it again, on the worker."""
        if not self.session.is_open or self.day is None:
            return
        from village_ledger.services.counting import stock_takes

        ledger, day = self.session.ledger_code, self.day
        row = row if row >= 0 else self.table.row
        self.operations.read(
            tr("读清查表"),
            lambda reader: (stock_takes.view(reader, ledger, day), reader.ledger(ledger).chart_id),
            lambda read: self._show(read[0], sheets_for(family_of(read[1])), row),
            refused=self._gone,
            key="stock_take",
        )

    def escape(self) -> bool:
        """The question first, then the fields, then the page."""
        if self.bar.isVisible():
            self.bar.put_away()
            return True
        if self.strip.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
            return True
        return False

    def status(self) -> str:
        """What was done."""
        return self._said

    def restyle(self) -> None:
        """The strip of steps gives way where there is little room; the stage stands in the title."""
        self.steps.setVisible(not self.theme.tokens.tight)

    def follow_access(self) -> None:
        """What the stage allows."""
        super().follow_access()
        self._follow_stage()

    # what its acts use

    @property
    def line(self) -> CountLine | None:
        """The line one stands on."""
        model = self.table.view.model()
        row = self.table.row
        return model.lines[row] if isinstance(model, CountModel) and 0 <= row < model.count() else None

    def run(self, label: str, work: Callable[[Any], Outcome[Any]], said: str) -> None:
        """Carry something out on the worker; a refusal stands in the slip."""
        self.slip.fold()

        def done(outcome: Outcome[Any]) -> None:
            self._said = " ".join((said.format(value=outcome.value), *outcome.warnings))
            self.status_changed.emit()

        self.operations.run(label, lambda uow, _: work(uow), then=done, refused=self.refuse)

    def refuse(self, error: LedgerError) -> None:
        """Say it in the page."""
        self.slip.say(describe(error))

    # inside

    def _gone(self, error: LedgerError) -> None:
        """Another ledger was chosen that has no stock-take of this day."""
        self.view = None
        self.table.show_model(CountModel((), used=False))
        self.strip.show_line(None, None)
        self.refuse(error)

    def _show(self, view: TakeView, sheets: Sequence[Sheet], row: int) -> None:
        self.view, self.sheets = view, tuple(sheets)
        take = view.take
        self.head.set_title(tr("清产核资"), f"{self.session.ledger.title} · {take.day} · {take.stage}")
        self.steps.show_steps([tr(name) for name in STAGE_NAMES], STAGE_NAMES.index(take.stage))
        self.restyle()
        names = "、".join(one.name for one in view.changed[:4])
        self.notice.setText(
            tr(
                "填表以后账变了 {count} 行（{names}）。按 Ctrl+R 重新从账上填，点到的数会留着。",
                count=len(view.changed),
                names=names,
            )
        )
        self.notice.setVisible(bool(view.changed))
        self.attachments.strip.show_owner(Owner("count", take.ledger, str(take.day)))
        self._offer_sheets()
        self._show_sheet(self._stand if self._stand >= 0 else row)
        self._stand = -1
        self._follow_stage()
        self.status_changed.emit()

    def _offer_sheets(self) -> None:
        """Every sheet with how many lines were counted; those that are empty only when one may add to them."""
        if self.view is None:
            return
        lines = self.view.lines
        self.choice.clear()
        for sheet in self.sheets:
            some = [line for line in lines if line.book.sheet == sheet.number]
            done = sum(line.count is not None for line in some)
            if some or self.view.take.is_open:
                self.choice.addItem(f"{sheet.number} {sheet.short}　{done}/{len(some)}", sheet.number)
        differ = sum(line.differs for line in lines)
        self.choice.addItem(tr("差异　{count} 处", count=differ), DIFFERENCES)
        if self.choice.findData(self.sheet) < 0:
            first = next(
                (s.number for s in self.sheets if any(x.book.sheet == s.number for x in lines)), "01"
            )
            self.sheet = first if self.view.take.is_open else DIFFERENCES
        self.choice.setCurrentIndex(max(self.choice.findData(self.sheet), 0))
        done = sum(line.count is not None for line in lines)
        open_ = len(unexplained(lines))
        words = tr("共 {count} 行，已盘 {done}，差异 {differ} 处", count=len(lines), done=done, differ=differ)
        self.progress.setText(words + (tr("，{open} 处没有写原因或处理", open=open_) if open_ else ""))

    def _show_sheet(self, row: int) -> None:
        if self.view is None:
            return
        if self.sheet == DIFFERENCES:
            model = CountModel([x for x in self.view.lines if x.differs], used=False, numbered=True)
        else:
            sheet = next(s for s in self.sheets if s.number == self.sheet)
            some = [x for x in self.view.lines if x.book.sheet == self.sheet]
            model = CountModel(some, used=sheet.has_usage, valued=sheet.by != "parcel")
        self.table.show_model(model, model.totals())
        self.table.go_to_row(min(max(row, 0), model.count() - 1))
        self._follow_row()

    def _choose(self, sheet: str) -> None:
        self.sheet = sheet
        self._show_sheet(0)
        self.table.setFocus()

    def _turn(self, step: int) -> None:
        """To the sheet before or after, those without lines left out."""
        if self.view is None:
            return
        with_lines = [s.number for s in self.sheets if any(x.book.sheet == s.number for x in self.view.lines)]
        order = [*with_lines, DIFFERENCES]
        place = order.index(self.sheet) if self.sheet in order else 0
        self._choose(order[(place + step) % len(order)])
        self.choice.setCurrentIndex(max(self.choice.findData(self.sheet), 0))

    def _follow_row(self) -> None:
        line = self.line
        sheet = next((s for s in self.sheets if line is not None and s.number == line.book.sheet), None)
        self.strip.show_line(line, sheet)
        self.action("drop").setEnabled(self.may("drop") and line is not None and line.found)

    def _follow_stage(self) -> None:
        """Fields and buttons of counting are there only while things are counted."""
        take = self.view.take if self.view is not None else None
        counting = take is not None and take.is_open
        self.strip.setVisible(counting)
        for name in ("fill", "agree", "found", "take_in"):
            self.action(name).setEnabled(self.may(name) and counting)
        self.action("go_back").setEnabled(
            self.may("go_back") and take is not None and take.last is Step.COUNTED
        )
        words = ONWARD.get(take.last, "") if take is not None else ""
        self.action("onward").setText(tr(words) if words else tr("办完了"))
        self.action("onward").setEnabled(bool(words) and self.may("onward"))

    def _begin_line(self) -> None:
        """Enter on a line: into its fields, or to the voucher of its difference."""
        line = self.line
        if line is None or self.view is None:
            return
        if self.view.take.is_open:
            self.strip.begin()
            return
        stands = [
            one.id
            for one in self.view.vouchers
            if one.sheet == line.book.sheet and one.line in (0, line.number)
        ]
        if stands and line.adjusts:
            self.navigator.open("voucher", voucher_id=stands[0])

    def _put(self, number: int, count: Count) -> None:
        """Keep what was found; the cursor is on the next line at once."""
        from village_ledger.services.counting import stock_takes

        if self.day is None or self.view is None:
            return
        ledger, day, row = self.session.ledger_code, self.day, self.table.row
        self.slip.fold()

        def kept(_: object) -> None:
            if self.view is not None:
                lines = tuple(replace(x, count=count) if x.number == number else x for x in self.view.lines)
                self.view = replace(self.view, lines=lines)
                self._stand = row + 1
                self._offer_sheets()
                self._show_sheet(row + 1)
                if row + 1 < self.table.view.model().rowCount():
                    self.strip.begin()
                else:
                    self.table.setFocus()

        self.operations.run(
            tr("登记盘点"),
            lambda uow, _: stock_takes.enter(uow, ledger, day, [(number, count)]),
            then=kept,
            refused=self.refuse,
        )

    def _take_in(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("选填好的清查表"), "", tr("清查表 (*.xlsx)"))
        if name:
            self.acts.take_file(Path(name))

    def _print(self) -> None:
        from village_ledger.domain.period import Span
        from village_ledger.reports.catalogue import ReportRequest, make_all

        if self.day is None:
            return
        request = ReportRequest(self.session.ledger_code, Span(self.day, self.day))
        self.operations.read(
            tr("排清查表"),
            lambda reader: make_all(reader, "stock-take", request),
            lambda tables: self.navigator.open("preview", tables=tuple(tables)),
            refused=self.refuse,
        )
