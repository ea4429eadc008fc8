"""收据领用核销: every receipt number from the day it came to the day it was accounted for; gaps stand beside who has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.domain.errors import AmountError, LedgerError
from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent
from village_ledger.i18n import tr
from village_ledger.reports.table import Kind
from village_ledger.services.changes import Changes
from village_ledger.ui.claims.claim_fields import read_day
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.register_form import RegisterForm

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


class ReceiptsPage(RegisterForm):
    """The register of receipt books of the leading ledger and the form for the next line of it."""

    scope = "receipts"
    shows = Changes(claims=True)
    name = "收据领用核销"
    form = "登记"
    empty = "还没有登记收据。填收据名称和起止号，按 Insert 登记一本。"

    def build(self) -> None:
        """What, which numbers, who, when."""
        self.kind = self.field(tr("收据名称"), tr("例如 内部收据、财政票据。"), 30)
        self.first = self.field(tr("起号"), tr("照印的写，前面的零也写上，例如 000001。"), 18)
        self.last = self.field(tr("止号"), tr("只有一张时和起号相同，可以不写。"), 18)
        self.what = Choices(
            self.theme, tr("办什么"), [(act.value, act.words) for act in Act], Act.ISSUE.value
        )
        self.section.add_row(tr("办什么"), self.what, tr("登记新的一本时不用选。"))
        self.holder = self.field(tr("领用人"), "", 30)
        self.day = self.field(tr("日期"), "", 20)
        self.amount = MoneyEdit()
        self.section.add_row(tr("合计金额"), self.amount, tr("使用时填这几张收据的合计。"))
        self.note = self.field(tr("备注"), tr("作废要写原因，各联收齐粘在存根上。"))
        self.note.returnPressed.connect(lambda: self.action("write").trigger())
        self.add_button("print")
        self.add_button("register")
        self.add_button("write", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Register a book, write a line, print."""
        return {"register": self._register, "write": self._write, "print": self.print_register}

    def table_of(self, reader: Reader, ledger: str) -> Table:
        """收据领用核销登记簿."""
        from village_ledger.reports.catalogue import ReportRequest, make

        return make(reader, "receipt-books", ReportRequest(ledger))

    def follow_row(self) -> None:
        """The form speaks of the book in view."""
        if not self.day.text():
            self.day.setText(self.session.month.last.isoformat())
        if self.shown is None:
            return
        rows = list(self.shown.rows)
        if 0 <= self.table.row < len(rows) and not self.kind.text():
            self.kind.setText(str(rows[self.table.row].cells[0]))
        self.status_changed.emit()

    def status(self) -> str:
        """What was done; else the numbers of the book in view, which a narrow column cuts off."""
        rows = list(self.shown.rows) if self.shown is not None else []
        if self._said or self.shown is None or not 0 <= self.table.row < len(rows):
            return super().status()
        cells = rows[self.table.row].cells
        numbers = {"gaps", "issued", "used", "void", "returned", "unused"}
        named = [
            f"{column.label} {cell}"
            for column, cell in zip(self.shown.columns, cells, strict=True)
            if cell and column.kind is Kind.TEXT and column.key in numbers
        ]
        return " · ".join(named)

    def _register(self) -> None:
        from village_ledger.services.claims import receipt_books

        try:
            day = read_day(self.day.text())
        except LedgerError as error:
            self.refuse(error)
            return
        kind, first, last = self.kind.text(), self.first.text(), self.last.text() or self.first.text()
        self.act(
            tr("登记收据"),
            lambda uow, ledger: receipt_books.register(uow, ledger, kind, first, last, day),
            tr("{kind} {first}—{last} 登记了", kind=kind, first=first, last=last),
        )

    def _write(self) -> None:
        from village_ledger.services.claims import receipt_books

        try:
            event = self._event()
        except LedgerError as error:
            self.refuse(error)
            return
        kind = self.kind.text()
        self.act(
            tr("登记收据"),
            lambda uow, ledger: receipt_books.write(uow, ledger, kind, event),
            tr(
                "{kind} {numbers} {act}，登记了",
                kind=kind,
                numbers=event.numbers.words(),
                act=event.act.words,
            ),
        )

    def _event(self) -> ReceiptEvent:
        from village_ledger.services.claims.receipt_books import read_number

        fen = self.amount.fen()
        if fen is None:
            raise AmountError(tr("“{text}”不是金额", text=self.amount.text()), tr("请改成数字。"))
        first = read_number(self.first.text())
        last = read_number(self.last.text()) if self.last.text().strip() else first
        return ReceiptEvent(
            0,
            Act(self.what.value),
            Numbers(first, last),
            self.holder.text(),
            read_day(self.day.text()),
            fen,
            self.note.text(),
        )
