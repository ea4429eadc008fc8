"""现金盘点: notes and coins by denomination beside the sheet; what differs becomes a voucher with one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.cash_count import DENOMINATIONS, words
from village_ledger.domain.errors import AmountError, LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.register_form import RegisterForm

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

_COLUMNS = 2
_MOST = 7


class CashCountPage(RegisterForm):
    """The sheet of the month in view, and the form that keeps the next count."""

    scope = "cash_count"
    shows = Changes(cash=True, vouchers=True, balances=True)
    name = "现金盘点"
    form = "点到的现金"

    def build(self) -> None:
        """Which box, which day, how many of each, why it differs."""
        self.account = self.field(tr("现金科目"), "", 20)
        self.account.editingFinished.connect(self.reload)
        self.day = self.field(tr("盘点日"), tr("对的是这一天日终的账面。"), 20)
        self.pieces: dict[int, QLineEdit] = {}
        self.section.add_row(tr("张（枚）数"), self._grid_of_pieces())
        self.sum = QLabel()
        self.section.add_row(tr("合起来"), self.sum)
        self.total = MoneyEdit()
        self.section.add_row(tr("只登合计"), self.total, tr("没有按面额点的，只填合计；按面额点的不用填。"))
        self.reason = self.field(tr("差额原因"), tr("长款、短款的原因，会印在盘点表上。"))
        self.reason.returnPressed.connect(lambda: self.action("count").trigger())
        self.add_button("print")
        self.add_button("voucher")
        self.add_button("count", Look.MAIN)
        self._add_up()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Keep a count, book what differs, print."""
        return {"count": self._count, "voucher": self._voucher, "print": self.print_register}

    def table_of(self, reader: Reader, ledger: str) -> Table:
        """现金盘点表 of the month in view."""
        from village_ledger.domain.period import Span
        from village_ledger.reports.catalogue import ReportRequest, make
        from village_ledger.services.bank.cash_counts import cash_accounts

        code = self._code()
        if code not in {a.code for a in cash_accounts(reader, ledger)}:
            code = ""
        return make(reader, "cash-count", ReportRequest(ledger, Span.of_month(self.session.month), code))

    def follow_row(self) -> None:
        """The form speaks of the box and the month in view."""
        if self.shown is not None:
            code = self.shown.heading[0].split(" ")[0]
            if not self.account.hasFocus():
                self.account.setText(code)
        month = self.session.month
        if not self.day.text().startswith(str(month)):
            self.day.setText(month.last.isoformat())

    def _grid_of_pieces(self) -> QWidget:
        made = QWidget()
        made.setAccessibleName(tr("各面额的张数"))
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        deep = -(-len(DENOMINATIONS) // _COLUMNS)
        for place, denomination in enumerate(DENOMINATIONS):
            column, row = divmod(place, deep)
            label, field = QLabel(words(denomination)), QLineEdit()
            label.setBuddy(field)
            label.setProperty("look", "label")
            field.setAccessibleName(tr("{what} 的张数", what=words(denomination)))
            field.setMaxLength(_MOST)
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            field.textChanged.connect(self._add_up)
            field.returnPressed.connect(lambda field=field: field.focusNextChild())
            self.pieces[denomination] = field
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
        return made

    def _code(self) -> str:
        return half_width(self.account.text()).strip()

    def _typed(self) -> dict[int, int]:
        """Pieces as typed; raises AmountError."""
        found: dict[int, int] = {}
        for denomination, field in self.pieces.items():
            text = half_width(field.text()).strip()
            if text and not text.isdecimal():
                raise AmountError(
                    tr("{what} 的张数“{text}”不是数字", what=words(denomination), text=text),
                    tr("请填几张，没有的空着。"),
                )
            if text:
                found[denomination] = int(text)
        return found

    def _add_up(self) -> None:
        try:
            self.sum.setText(format_fen(sum(d * number for d, number in self._typed().items())))
        except LedgerError as error:
            self.sum.setText(error.what)

    def _asked(self) -> tuple[str, date, dict[int, int], int | None]:
        total = self.total.fen() if self.total.text().strip() else None
        if self.total.text().strip() and total is None:
            raise AmountError(tr("“{text}”不是金额", text=self.total.text()), tr("请改成数字。"))
        return self._code(), parse_day(half_width(self.day.text()).strip()), self._typed(), total

    def _count(self) -> None:
        from village_ledger.services.bank import cash_counts

        try:
            account, day, pieces, total = self._asked()
        except LedgerError as error:
            self.refuse(error)
            return
        reason = self.reason.text()
        self.act(
            tr("现金盘点"),
            lambda uow, ledger: cash_counts.count(uow, ledger, account, day, pieces, total, reason),
            tr("{day} 的现金盘点登记了", day=day),
        )

    def _voucher(self) -> None:
        from village_ledger.services.bank import cash_counts

        try:
            account, day, _, _ = self._asked()
        except LedgerError as error:
            self.refuse(error)
            return
        self.act(
            tr("盘点差额填成凭证"),
            lambda uow, ledger: cash_counts.propose(uow, ledger, account, day),
            tr("差额填成了凭证，等待审核和记账"),
        )
