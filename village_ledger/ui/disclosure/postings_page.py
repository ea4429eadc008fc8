"""张贴登记: every set of sheets of a ledger and how far it is, what waits for somebody; beside it the next set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from village_ledger.domain.period import Span
from village_ledger.domain.posting import Posting, PostingState
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import posting_sets
from village_ledger.services.disclosure.record_check import ToDo, to_do
from village_ledger.ui.disclosure.posting_acts import today
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.mark_rows import MarkRow, MarkRows
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.register_form import RegisterForm
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

SHOWN = 8
"""So many things to do are listed; the rest are counted."""
_REPLACED = frozenset({PostingState.REDO, PostingState.POSTED, PostingState.TAKEN_DOWN, PostingState.CLOSED})


@dataclass(frozen=True, slots=True)
class Offered:
    """A span with registered sheets, and whether a set of it hangs already."""

    span: Span
    sheets: int
    taken: bool


class PostingsPage(RegisterForm):
    """Sets of the leading ledger, the newest last."""

    scope = "postings"
    nav = "disclosure"
    shows = Changes(postings=True, sheets=True, attachments=True)
    name = "张贴登记"
    form = "准备一次张贴"
    empty = "还没有张贴过。先在公开页出表，再在旁边选好哪段日期，按 F6。"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        side = self.section.parentWidget()
        column = side.layout() if side is not None else None
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self.waits)

    def build(self) -> None:
        """Which span, for what, in whose place."""
        self._offered: list[Offered] = []
        self._postings: list[Posting] = []
        self._waiting: list[ToDo] = []
        self._told: list[ToDo] | None = None
        self._asked: tuple[Span | None, str] = (None, "")
        self._filled: object = None
        self.span = PickList()
        self.section.add_row(tr("哪段日期"), self.span, tr("出过并登记过公开表的日期；每种表放最新的一张。"))
        self.occasion = PickList()
        self.section.add_row(tr("场合"), self.occasion)
        self.replaces = PickList()
        self.section.add_row(tr("替代哪一次"), self.replaces, tr("监督机构要求重做的，或贴出以后更正的。"))
        self.note = self.field(tr("说明"), limit=500)
        self.waits = MarkRows(self.theme, tr("要办的事"))
        self.span.currentIndexChanged.connect(lambda _i: self._offer_replaced())
        self.note.returnPressed.connect(lambda: self.action("new").trigger())
        self.table.opened.connect(self._open)
        for name in ("sheets", "objections"):
            self.add_button(name)
        self.add_button("new", Look.MAIN)

    def go(self, **where: Any) -> None:
        """``ledger``, ``span`` and ``occasion``: what the calendar asks to be hung next."""
        ledger = str(where.get("ledger", ""))
        if ledger and ledger != self.session.ledger_code:
            self.session.switch_ledger(ledger)
        self._asked = (where.get("span"), where.get("occasion", ""))
        self._filled = None
        super().go(**where)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Put together, open, go to the sheets, print."""
        return {
            "open": lambda: self._open(self.table.row),
            "objections": lambda: self._preview("objections"),
            "sheets": lambda: self.navigator.open("disclosure"),
            "new": self._new,
            "print": lambda: self._preview("postings"),
        }

    def table_of(self, reader: Reader, ledger: str) -> Table:
        """The register in the columns a screen has room for."""
        from village_ledger.reports.catalogue import ReportRequest, make
        from village_ledger.reports.disclosure.posting_reports import on_screen

        with reader.snapshot():
            self._offered = _offered(reader, ledger)
            self._postings = reader.postings(ledger)
            self._waiting = to_do(reader, ledger, today())
            return on_screen(make(reader, "postings", ReportRequest(ledger)))

    def follow_row(self) -> None:
        """Once the register was read the form offers what there is."""
        if self._waiting != self._told:
            self._told = self._waiting
            self._show_waiting()
        key = [(one.span, one.sheets, one.taken) for one in self._offered], [p.number for p in self._postings]
        if key == self._filled:
            return
        self._filled = key
        self.span.blockSignals(True)
        self.span.clear()
        for one in self._offered:
            words = tr("{span}（{count} 张表）", span=one.span.words(), count=one.sheets)
            self.span.addItem(tr("{span}，已经开过", span=words) if one.taken else words, one.span)
        if not self._offered:
            self.span.addItem(tr("还没有登记过公开表"), None)
        fresh = next((i for i, one in enumerate(self._offered) if not one.taken), 0)
        span, occasion = self._asked
        asked = next((i for i, one in enumerate(self._offered) if one.span == span), None)
        self.span.setCurrentIndex(fresh if asked is None else asked)
        self.span.blockSignals(False)
        self._offer_replaced()
        if asked is not None and occasion:
            self.occasion.setCurrentIndex(max(0, self.occasion.findData(occasion)))
        if span is not None and asked is None:
            self.say(tr("{span} 还没有登记过公开表，请先按 F8 出表。", span=span.words()))

    def _offer_replaced(self) -> None:
        span = self.span.currentData()
        self.replaces.clear()
        self.replaces.addItem(tr("不替代"), "")
        for one in self._postings:
            if one.span == span and one.state in _REPLACED and not one.replaced_by:
                words = tr("{number}（{state}）", number=one.number, state=one.state.words)
                self.replaces.addItem(words, one.number)
                if one.state is PostingState.REDO:
                    self.replaces.setCurrentIndex(self.replaces.count() - 1)
        self._offer_occasions(span)

    def _offer_occasions(self, span: Span | None) -> None:
        from village_ledger.services.disclosure.calendar_rules import triggers

        self.occasion.clear()
        usual = posting_sets.occasion_of(span) if span is not None else ""
        ids = ["plan", "month", "quarter", "half-year", "year", "request"]
        ids += [f"special:{one}" for one in triggers() if one != "request"]
        for one in ids:
            self.occasion.addItem(posting_sets.occasion_title(one), one)
        self.occasion.setCurrentIndex(max(0, self.occasion.findData(usual)))

    def _show_waiting(self) -> None:
        rows = [
            MarkRow(Check.WARN if one.late else Check.WAITING, one.words) for one in self._waiting[:SHOWN]
        ]
        if len(self._waiting) > SHOWN:
            rows.append(MarkRow(Check.WAITING, tr("还有 {count} 件", count=len(self._waiting) - SHOWN)))
        self.waits.show_rows(rows or [MarkRow(Check.GOOD, tr("没有要办的事"))])

    def _open(self, row: int) -> None:
        rows = list(self.shown.rows) if self.shown is not None else []
        if 0 <= row < len(rows):
            self.navigator.open("posting", number=str(rows[row].cells[0]))

    def _new(self) -> None:
        span: Span | None = self.span.currentData()
        if span is None:
            from village_ledger.domain.errors import PostingError

            self.refuse(
                PostingError(tr("还没有登记过公开表"), tr("请先按 F8 到公开页出表，存成文件或打印一次。"))
            )
            return
        ledger = self.session.ledger_code
        occasion, replaces = str(self.occasion.currentData() or ""), str(self.replaces.currentData() or "")
        note = self.note.text()
        self.slip.fold()
        self.operations.run(
            tr("准备张贴"),
            lambda uow, _: posting_sets.open_posting(uow, ledger, span, (), occasion, replaces, note),
            then=lambda done: self.navigator.open("posting", number=done.value.number),
            refused=self.refuse,
        )

    def _preview(self, report: str) -> None:
        from village_ledger.reports.catalogue import ReportRequest, make

        request = ReportRequest(self.session.ledger_code)
        self.operations.read(
            tr("排登记簿"),
            lambda reader: make(reader, report, request),
            lambda table: self.navigator.open("preview", tables=(table,)),
            refused=self.refuse,
        )


def _offered(reader: Reader, ledger: str) -> list[Offered]:
    """Spans with registered sheets, the newest first; those that hang, or are on their way, are marked."""
    counts: dict[Span, int] = {}
    for one in reader.latest_sheets(ledger):
        counts[one.span] = counts.get(one.span, 0) + 1
    taken = {one.span for one in reader.postings(ledger) if one.state is not PostingState.WITHDRAWN}
    spans = sorted(counts, key=lambda span: (span.last, span.first), reverse=True)
    return [Offered(span, counts[span], span in taken) for span in spans]
