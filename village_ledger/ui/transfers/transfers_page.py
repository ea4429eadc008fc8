"""两账往来: every document between the two ledgers with its state and what is still open; both sides go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span, parse_day
from village_ledger.domain.voucher import STATE_NAMES, VoucherState
from village_ledger.i18n import tr
from village_ledger.reports.transfers.inter_ledger import settled_of
from village_ledger.services.changes import Changes
from village_ledger.services.entry import posting, review
from village_ledger.services.transfers import transfers
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.print_source import Wanted
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look as ButtonLook

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.interledger.records import Transfer, TransferSide
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("number", "往来单号", Look.CODE, "往来-2025-0001"),
    ScreenColumn("date", "日期", Look.TEXT, "2025-12-31"),
    ScreenColumn("kind", "事项", Look.TEXT, "代收村委会款·转交"),
    ScreenColumn("summary", "摘要", Look.TEXT, "转村委会办公经费补助", stretch=1),
    ScreenColumn("amount", "金额", Look.MONEY, "1,000,000.00", hair=True),
    ScreenColumn("open", "未结清", Look.MONEY, "1,000,000.00"),
    ScreenColumn("collective", "集体凭证", Look.CODE, "12月记-0001", hair=True),
    ScreenColumn("committee", "村委会凭证", Look.CODE, "12月记-0001"),
    ScreenColumn("state", "状态", Look.STATE, "已审核"),
)


class TransfersModel(FigureModel):
    """Documents as table rows, the newest first."""

    def __init__(self, documents: Sequence[Transfer]) -> None:
        super().__init__(COLUMNS)
        self.documents = tuple(documents)

    def count(self) -> int:
        """Documents."""
        return len(self.documents)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        document = self.documents[row]
        left = document.amount - settled_of(document)
        shown = (
            str(document.number),
            document.day.isoformat(),
            name_of(document),
            document.summary,
            format_fen(document.amount),
            "" if document.is_void or not left else format_fen(left),
            _ref(document.side("collective")),
            _ref(document.side("committee")) or tr("不记账"),
            STATE_NAMES[document.state],
        )
        return shown[column]

    def state(self, row: int) -> VoucherState:
        """State of both vouchers, which is one."""
        return self.documents[row].state


def name_of(document: Transfer) -> str:
    """A document's kind in words, with its step or what it undoes."""
    name = transfers.rules().kind(document.kind).name
    if document.reverses is not None:
        return tr("{name}·冲销", name=name)
    return tr("{name}·转交", name=name) if document.step == "paid" else name


def _ref(side: TransferSide | None) -> str:
    return "" if side is None else f"{side.ref.month.month}月{side.ref.short}"


class TransfersPage(Page):
    """The list; Enter opens the leading ledger's voucher, from which the other is one step away."""

    scope = "transfers"
    nav = "work"
    shows = Changes(vouchers=True, settings=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("两账往来"), tr("集体和村委会之间的钱：一份单，两边的凭证一起记"))
        for action in ("reverse", "void", "slip", "other_voucher", "print"):
            self.add_button(action)
        for action in ("settle", "pass", "post"):
            self.add_button(action, keeps=2)
        self.add_button("new", ButtonLook.MAIN)
        self.table = FigureTable(self.theme, tr("两账往来"))
        self.table.set_empty_words(tr("还没有两账往来。按“新填往来单”填第一份。"))
        self.table.opened.connect(lambda _row: self._open_voucher(0))
        self.table.current_moved.connect(lambda _row: self.status_changed.emit())
        self.bar = AskBar(self.theme)
        self.model = TransfersModel([])
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.bar)
        self._number: DocumentNumber | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the page's actions."""
        return {
            "new": lambda: self.navigator.open("transfer"),
            "settle": self._settle,
            "pass": lambda: self._run(tr("审核"), review.pass_vouchers),
            "post": lambda: self._run(tr("记账"), posting.post),
            "reverse": self._ask_day,
            "void": self._ask_void,
            "slip": self._print_slip,
            "other_voucher": lambda: self._open_voucher(1),
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``number`` of the document to stand on."""
        self._number = where.get("number", self._number)
        self._read()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The document one stands on."""
        document = self.current()
        return {"number": document.number} if document else {}

    def escape(self) -> bool:
        """Esc puts a question away."""
        if self.bar.asking:
            self.bar.put_away()
            return True
        return False

    def status(self) -> str:
        """How many there are and how much is still open."""
        left = sum(d.amount - settled_of(d) for d in self.model.documents if not d.is_void)
        return tr("{count} 份，未结清 {left} 元", count=self.model.count(), left=format_fen(left))

    def reload(self) -> None:
        """All documents, the newest first, standing on the same one."""
        if not self.session.is_open:
            return
        document = self.current()
        if document is not None:
            self._number = document.number
        self._read()

    def _read(self) -> None:
        self.operations.read(tr("读两账往来"), lambda r: r.transfers(), self._show, key="transfers")

    def current(self) -> Transfer | None:
        """The document one stands on."""
        row = self.table.row
        return self.model.documents[row] if 0 <= row < self.model.count() else None

    def _show(self, documents: list[Transfer]) -> None:
        self.model = TransfersModel(documents[::-1])
        self.table.show_model(self.model)
        rows = {d.number: row for row, d in enumerate(self.model.documents)}
        if rows:
            self.table.go_to_row(rows.get(self._number, 0) if self._number else 0)
        self.status_changed.emit()

    # acts

    def _run(self, label: str, act: Callable[[UnitOfWork, list[int]], Outcome[Any]]) -> None:
        document = self.current()
        if document is None:
            return
        ids = [side.voucher_id for side in document.sides]
        self.slip.fold()
        self.operations.run(label, lambda uow, _: act(uow, ids))

    def _settle(self) -> None:
        document = self.current()
        if document is None:
            return
        kind = "T5" if document.kind == "T4" else document.kind
        self.navigator.open("transfer", event=kind, settles=str(document.number))

    def _open_voucher(self, step: int) -> None:
        """The leading ledger's voucher, or with ``step`` the other's."""
        document = self.current()
        if document is None:
            return
        sides = sorted(document.sides, key=lambda side: side.ledger != self.session.ledger_code)
        side = sides[min(step, len(sides) - 1)]
        self.session.switch_ledger(side.ledger)
        self.navigator.open("voucher", voucher_id=side.voucher_id)

    def _ask_day(self) -> None:
        document = self.current()
        if document is None:
            return
        first = max(document.day, self.session.month.first)
        self.bar.ask(
            tr("{number} 两边一起冲销，冲销的日期", number=document.number),
            tr("写原因"),
            lambda day: self._ask_reason(document, day),
            self.table.setFocus,
            text=first.isoformat(),
        )

    def _ask_reason(self, document: Transfer, day: str) -> None:
        def act(reason: str) -> None:
            self.operations.run(
                tr("冲销"), lambda uow, _: transfers.reverse(uow, document.number, parse_day(day), reason)
            )

        self.bar.ask(
            tr("为什么冲销 {number}", number=document.number), tr("冲销两边"), act, self.table.setFocus
        )

    def _ask_void(self) -> None:
        document = self.current()
        if document is None:
            return

        def act(reason: str) -> None:
            self.operations.run(tr("作废"), lambda uow, _: transfers.void(uow, document.number, reason))

        self.bar.ask(
            tr("为什么作废 {number}", number=document.number), tr("作废两边"), act, self.table.setFocus
        )

    def _print(self) -> None:
        year = self.session.month.year
        span = Span(date(year, 1, 1), self.session.month.last)
        self.navigator.open("preview", wanted=Wanted("inter-ledger", span=span))

    def _print_slip(self) -> None:
        document = self.current()
        if document is None:
            return
        from village_ledger.reports.transfers.catalogue_interledger import slip_sheet

        def show(table: Any) -> None:
            self.navigator.open("preview", wanted=Wanted(tables=(table,)))

        self.operations.read(tr("分割单"), lambda r: slip_sheet(r, document.number), show)
