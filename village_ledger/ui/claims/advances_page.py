"""报账员和备用金: who holds an advance, what the books say of it, what was counted at the month's end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.domain.errors import AmountError
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.widgets.account_field import AccountField
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.register_form import RegisterForm

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


class AdvancesPage(RegisterForm):
    """The month in view: every advance with its count, and the form that keeps the next one."""

    scope = "advances"
    shows = Changes(claims=True, vouchers=True, balances=True)
    name = "报账员和备用金"
    form = "登记和核对"
    empty = "还没有登记报账员。填姓名和备用金科目，按 Ctrl+I 登记。"

    def build(self) -> None:
        """Name and account to register somebody; cash, receipts, reason to count an advance."""
        self.code = ""
        self.person = self.field(tr("报账员"), tr("在表里选一个人，或写一个新名字登记。"), 30)
        self.account = AccountField(self.theme, fills=True)
        self.account.chosen.connect(self._take_account)
        self.section.add_row(
            tr("备用金科目"), self.account, tr("登记新的报账员时选；记账时这个人是它的往来单位。")
        )
        self.cash, self.receipts = MoneyEdit(), MoneyEdit()
        self.section.add_row(tr("点到的现金"), self.cash)
        self.section.add_row(tr("未报的单据"), self.receipts)
        self.reason = self.field(tr("差额原因"), tr("和账面不一样时写明原因，会印在核对表上。"))
        self.reason.returnPressed.connect(lambda: self.action("count").trigger())
        self.add_button("print")
        self.add_button("dismiss")
        self.add_button("register")
        self.add_button("count", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Register, dismiss, count, print."""
        return {
            "register": self._register,
            "dismiss": self._dismiss,
            "count": self._count,
            "print": self.print_register,
        }

    def table_of(self, reader: Reader, ledger: str) -> Table:
        """备用金核对表 of the month in view."""
        from village_ledger.domain.period import Span
        from village_ledger.reports.catalogue import ReportRequest, make

        return make(reader, "advances", ReportRequest(ledger, Span.of_month(self.session.month)))

    def follow_row(self) -> None:
        """The form speaks of the row in view."""
        chart = self.session.reader.chart(self.session.ledger_code)
        self.account.set_chart(chart, {})
        names = [one.name for one in self.session.reader.claimants(self.session.ledger_code)]
        row = self.table.row
        if self.shown is None or not names:
            return
        cells = [r.cells for r in self.shown.rows]
        if 0 <= row < len(cells) and cells[row][0] in names:
            self.person.setText(str(cells[row][0]))

    def _take_account(self, code: str) -> None:
        self.code = code
        self.account.show_account(code, self.session.reader.chart(self.session.ledger_code).get(code).name)
        self.cash.setFocus()

    def _register(self) -> None:
        from village_ledger.services.claims.claims import register_claimant

        name, code = self.person.text(), self.code
        self.act(
            tr("登记报账员"),
            lambda uow, ledger: register_claimant(uow, ledger, name, code),
            tr("登记了报账员{name}", name=name),
        )

    def _dismiss(self) -> None:
        from village_ledger.services.claims.claims import dismiss_claimant

        name = self.person.text().strip()
        self.act(
            tr("停用报账员"),
            lambda uow, ledger: dismiss_claimant(uow, ledger, name),
            tr("{name} 不再报账，重新登记就又能报", name=name),
        )

    def _count(self) -> None:
        from village_ledger.services.claims.advances import reconcile

        amounts: list[int] = []
        for field in (self.cash, self.receipts):
            fen = field.fen()
            if fen is None:
                self.refuse(AmountError(tr("“{text}”不是金额", text=field.text()), tr("请改成数字。")))
                return
            amounts.append(fen)
        name, month, reason = self.person.text().strip(), self.session.month, self.reason.text()
        self.act(
            tr("核对备用金"),
            lambda uow, ledger: reconcile(uow, ledger, name, month, amounts[0], amounts[1], reason),
            tr("{name} {month} 月末的备用金登记了", name=name, month=month.month),
        )
