"""Bank accounts (银行账户): which leaf is which account at which bank, one ledger each; numbers are shown masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit

from village_ledger.domain.chart import Money
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.storage.bank.queries import KIND_WORDS, BankAccount
from village_ledger.ui.bank.bank_import_page import TextModel
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_model import ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_COLUMNS = (
    ScreenColumn("account", "科目", Drawn.CODE, "1020101"),
    ScreenColumn("name", "名称", Drawn.TEXT, "农商行基本户", stretch=1),
    ScreenColumn("bank", "开户银行", Drawn.TEXT, "农村商业银行", stretch=1),
    ScreenColumn("number", "账号", Drawn.TEXT, "****3358"),
    ScreenColumn("kind", "性质", Drawn.TEXT, "基本户"),
    ScreenColumn("closed", "销户", Drawn.TEXT, "2024-12-31"),
)


class BankAccountsPage(Page):
    """The accounts of the ledger in view, and a form for the one in hand."""

    scope = "bank_accounts"
    nav = "settings"
    shows = Changes(bank=True, accounts=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._accounts: list[BankAccount] = []
        self._in_hand: BankAccount | None = None
        self._said = ""
        self.table = FigureTable(self.theme, tr("银行账户"))
        self.table.set_empty_words(tr("这本账还没有登记银行账户。在下面填好，按 F6。"))
        self.table.setMinimumHeight(4 * self.table.style_of.row)
        self.table.current_moved.connect(self._take_up)
        self.leaf = PickList()
        self.number, self.bank, self.opened, self.closed = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = Choices(self.theme, tr("性质"), tuple(KIND_WORDS.items()), "basic")
        section = Section(self.theme, tr("登记"))
        section.add_row(tr("科目"), self.leaf, tr("一个银行账户占一个末级科目，只属于这一本账。"))
        section.add_row(tr("账号"), self.number, tr("写全；屏幕和打印只露后四位。改的时候空着就是不变。"))
        section.add_row(tr("开户银行"), self.bank)
        section.add_row(tr("性质"), self.kind)
        section.add_row(tr("开户日期"), self.opened, tr("如 2020-03-01，不知道就空着。"))
        section.add_row(tr("销户日期"), self.closed)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(section)
        self.add_button("new")
        self.add_button("remove")
        self.add_button("keep", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Its buttons."""
        return {"keep": self._keep, "new": self._new, "remove": self._remove}

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self.reload()
        if self._accounts:
            self.table.go_to_row(min(where.get("row", 0), len(self._accounts) - 1))
            self.table.setFocus()
        else:
            self._new()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self) -> None:
        """The accounts of the ledger in view."""
        if not self.session.is_open:
            return
        ledger, reader = self.session.ledger_code, self.session.reader
        self.head.set_title(tr("银行账户"), self.session.ledger.title)
        self._accounts = reader.bank_accounts(ledger)
        leaves = [a for a in reader.money_accounts(ledger) if a.money is Money.BANK]
        self.leaf.clear()
        for leaf in leaves:
            self.leaf.addItem(f"{leaf.code} {leaf.name}", leaf.code)
        row = self.table.row
        rows = [(a.account, a.name, a.bank, a.masked, a.kind_words, a.closed) for a in self._accounts]
        self.table.show_model(TextModel(_COLUMNS, [tuple(r) for r in rows]))
        if rows:
            self.table.go_to_row(min(max(row, 0), len(rows) - 1))
            self._take_up(self.table.row)

    def status(self) -> str:
        """What was done."""
        return self._said or tr("共 {n} 个银行账户", n=len(self._accounts))

    def _take_up(self, row: int) -> None:
        """Show the account of a row in the form; its number stays hidden."""
        if not 0 <= row < len(self._accounts):
            return
        found = self._in_hand = self._accounts[row]
        self.leaf.setCurrentIndex(self.leaf.findData(found.account))
        self.number.setText("")
        self.number.setPlaceholderText(found.masked)
        self.bank.setText(found.bank)
        self.kind.set_value(found.kind)
        self.opened.setText(found.opened)
        self.closed.setText(found.closed)

    def _new(self) -> None:
        """An empty form, on the first leaf without an account."""
        self._in_hand = None
        taken = {a.account for a in self._accounts}
        free = next((i for i in range(self.leaf.count()) if self.leaf.itemData(i) not in taken), 0)
        self.leaf.setCurrentIndex(free)
        self.number.setPlaceholderText("")
        for field in (self.number, self.bank, self.opened, self.closed):
            field.setText("")
        self.kind.set_value("basic")
        self.number.setFocus()

    def _keep(self) -> None:
        from village_ledger.services.bank import bank_accounts

        ledger, before = self.session.ledger_code, self._in_hand
        account, number, bank = str(self.leaf.currentData() or ""), self.number.text(), self.bank.text()
        try:
            opened, closed = _day(self.opened.text()), _day(self.closed.text())
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        if before is None:
            kind = self.kind.value
            self._run(
                lambda uow, _: bank_accounts.add(uow, ledger, account, number, bank, kind=kind, opened=opened)
            )
            return
        after = replace(
            before,
            account=account,
            number=number.strip() or before.number,
            bank=bank,
            kind=self.kind.value,
            opened=opened.isoformat() if opened else "",
            closed=closed.isoformat() if closed else "",
        )
        self._run(lambda uow, _: bank_accounts.change(uow, after))

    def _remove(self) -> None:
        from village_ledger.services.bank import bank_accounts

        found = self._in_hand
        if found is not None:
            self._in_hand = None
            self._run(lambda uow, _: bank_accounts.remove(uow, found))

    def _run(self, act: Callable[..., Any]) -> None:
        def done(_: object) -> None:
            self.reload()
            self._said = tr("保存了")
            self.status_changed.emit()

        self.operations.run(
            tr("登记银行账户"), act, then=done, refused=lambda error: self.slip.say(describe(error))
        )


def _day(text: str) -> date | None:
    """A day as typed, None for nothing."""
    return parse_day(text) if text.strip() else None
