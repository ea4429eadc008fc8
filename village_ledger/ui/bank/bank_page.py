"""Bank matching (银行对账): the bank's lines at the left, the books' at the right; space ticks, F8 matches what is equal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout

from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.bank.bank_acts import BankActs
from village_ledger.ui.bank.bank_model import Desk, Key, Side, SideModel, read_desk
from village_ledger.ui.bank.bank_strip import Strip
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from village_ledger.storage.bank.queries import BankAccount
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

SIDE_CHARS = 26
"""Two tables stand side by side where each has so many characters of room."""


class BankPage(BankActs):
    """One bank account of the ledger in view, to the end of the month in view."""

    scope = "bank"
    nav = "work"
    shows = Changes(bank=True, balances=True, vouchers=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.desk: Desk | None = None
        self._account = ""
        self._choices: Choices | None = None
        self._only_waiting = False
        self._proposal = -1
        self._said = ""
        self.bank, self.book = (FigureTable(self.theme, tr(name)) for name in ("银行对账单", "账上"))
        self.bank_model, self.book_model = SideModel((), set()), SideModel((), set())
        self.titles = (QLabel(tr("银行的")), QLabel(tr("账上的")))
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for title, table in zip(self.titles, (self.bank, self.book), strict=True):
            title.setProperty("look", "heading")
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(table, 1)
            table.setMinimumHeight(5 * table.style_of.row)
            self.sides.addLayout(column, 1)
        self.accounts = QHBoxLayout()
        self.strip = Strip(self)
        self.ask = AskBar(self.theme)
        self.body.addLayout(self.accounts)
        self.body.addLayout(self.sides, 1)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.ask)
        self.bank.marked.connect(lambda row: self._tick(self.bank_model, row))
        self.book.marked.connect(lambda row: self._tick(self.book_model, row))
        self.book.opened.connect(self._open)
        for action in ("accounts", "error", "unmatch", "waiting"):
            self.add_button(action)
        for action in ("automatic", "assert", "propose", "print"):
            self.add_button(action, keeps=1)
        for action in ("draft", "statement"):
            self.add_button(action, keeps=2)
        self.add_button("match", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "match": self._match,
            "unmatch": self._unmatch,
            "automatic": self._automatic,
            "propose": self._propose,
            "draft": self._draft,
            "error": self._error,
            "assert": self._ask_balance,
            "waiting": self._filter,
            "other_side": self._other_side,
            "statement": lambda: self.navigator.open("bank_import", account=self._account),
            "accounts": lambda: self.navigator.open("bank_accounts"),
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``account`` in view and ``row`` of the bank's table."""
        self._account = where.get("account", self._account)
        self.reload()
        self.bank.go_to_row(where.get("row", 0))
        (self.bank if self.bank_model.count() else self.book).setFocus()

    def where(self) -> dict[str, Any]:
        """The account and row."""
        return {"account": self._account, "row": max(self.bank.row, 0)}

    def reload(self) -> None:
        """Read the account again; ticks and rows stay."""
        if not self.session.is_open:
            return
        month = self.session.month
        accounts = self.session.reader.bank_accounts(self.session.ledger_code)
        account = next((a for a in accounts if a.account == self._account), accounts[0] if accounts else None)
        self._account = account.account if account else ""
        self._offer(accounts)
        self.desk = read_desk(self.session.reader, account, month.last) if account else None
        named = (
            f"{account.bank} {account.kind_words} {account.masked}" if account else tr("还没有登记银行账户")
        )
        self.titles[0].setText(" · ".join((tr("银行的"), named)) if account else tr("银行的"))
        self.head.set_title(
            tr("银行对账"), tr("{named} · {year}年{month}月", named=named, year=month.year, month=month.month)
        )
        self._show()

    def escape(self) -> bool:
        """Close a question, or take the ticks back, before leaving."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        if self.bank_model.ticked or self.book_model.ticked:
            self._choose(set(), set())
            return True
        return False

    def status(self) -> str:
        """What was done, or how much is waiting."""
        if self._said:
            return self._said
        if self.theme.tokens.tight and (self.bank_model.ticked or self.book_model.ticked):
            return self.strip.chosen.text()
        bank = sum(not x.match for x in self.bank_model.rows)
        book = sum(not x.match for x in self.book_model.rows)
        waiting = tr("未勾对：银行 {bank} 行，账上 {book} 行", bank=bank, book=book)
        proposed = len(self.desk.proposed) if self.desk else 0
        return tr("{waiting} · 拿不准的建议 {n} 个", waiting=waiting, n=proposed) if proposed else waiting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, one above the other where not."""
        super().resizeEvent(event)
        wide = self.width() > 2 * SIDE_CHARS * self.theme.px.body
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.sides.setDirection(way)

    # showing

    def _offer(self, accounts: list[BankAccount]) -> None:
        """The accounts of the ledger to choose from, where there are several."""
        while (item := self.accounts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if len(accounts) > 1:
            offered = [(a.account, f"{a.account} {a.name}") for a in accounts]
            choices = Choices(self.theme, tr("银行账户"), offered, self._account)
            choices.chosen.connect(self._change_account)
            self.accounts.addWidget(choices)

    def _change_account(self, account: str) -> None:
        self._account, self._proposal = account, -1
        self.bank_model.ticked, self.book_model.ticked = set(), set()
        self.reload()

    def _show(self) -> None:
        desk = self.desk
        rows: tuple[tuple[Side, ...], ...] = (desk.bank, desk.book) if desk else ((), ())
        shown = [[x for x in side if not (self._only_waiting and x.match)] for side in rows]
        at = self.bank.row, self.book.row
        self.bank_model = SideModel(shown[0], self.bank_model.ticked)
        self.book_model = SideModel(shown[1], self.book_model.ticked)
        for table, model, row in ((self.bank, self.bank_model, at[0]), (self.book, self.book_model, at[1])):
            table.show_model(model)
            if model.count():
                table.go_to_row(min(max(row, 0), model.count() - 1))
        self.bank.set_empty_words(
            tr("没有未勾对的行。") if self._only_waiting else tr("还没有本月的对账单。按 Ctrl+I 导入。")
        )
        self.book.set_empty_words(
            tr("没有未勾对的行。") if self._only_waiting else tr("账上本月没有银行收付。")
        )
        self.action("waiting").setText(tr("看全部") if self._only_waiting else tr("只看没勾对的"))
        self.strip.show_desk(desk)
        self._follow()

    def _follow(self) -> None:
        """Sums of what is ticked, and which actions mean something."""
        bank, book = self.bank_model.chosen_rows(), self.book_model.chosen_rows()
        ours, theirs = sum(x.amount for x in bank), sum(x.amount for x in book)
        self.strip.show_chosen(ours, theirs)
        self.action("match").setEnabled(self.may("match") and ours == theirs and len(bank) + len(book) > 1)
        self.action("propose").setEnabled(bool(self.desk and self.desk.proposed))
        for name in ("automatic", "draft", "assert"):
            self.action(name).setEnabled(self.may(name) and self.desk is not None)
        self.action("print").setEnabled(self.desk is not None)
        self.status_changed.emit()

    def _choose(self, bank: set[Key], book: set[Key]) -> None:
        """Tick exactly these lines."""
        self.bank_model.ticked, self.book_model.ticked = bank, book
        self._show()

    def _tick(self, model: SideModel, row: int) -> None:
        self._said = ""
        if not model.toggle(row):
            self._said = tr("这一行已经勾对，Shift+F8 取消")
        self._follow()

    # acting

    def _filter(self) -> None:
        self._only_waiting = not self._only_waiting
        self._show()

    def _other_side(self) -> None:
        (self.bank if self.book.view.hasFocus() else self.book).setFocus()

    def _open(self, row: int) -> None:
        side = self.book_model.rows[row]
        if side.voucher_id:
            self.navigator.open("voucher", voucher_id=side.voucher_id)

    def _print(self) -> None:
        from village_ledger.domain.period import Span
        from village_ledger.reports.catalogue import ReportRequest, make_all

        request = ReportRequest(self.session.ledger_code, Span.of_month(self.session.month), self._account)
        tables = tuple(make_all(self.session.reader, "bank-reconciliation", request))
        self.navigator.open("preview", tables=tables)
