"""Account ledgers and the cash and bank journals: every line leads to its voucher, Esc comes back to the same line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu

from village_ledger.domain.chart import Money
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.changes import Changes
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.ledger_figures import (
    LedgerFigures,
    first_account,
    journal_accounts,
    read_ledger,
)
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.tables.paged_model import PagedModel, side_of
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.account_field import AccountField
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.span_choice import SpanChoice, ask_span, step_month, words_of
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class TieStrip(QFrame):
    """Whether the ledger ties with the trial balance, and how many lines it has."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = page.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        row.setSpacing(px.cell)
        self._mark = CheckMark(page.theme, Check.GOOD)
        self.words = QLabel()
        self._left_out = QLabel()
        self._left_out.setProperty("look", "label")
        self._count = QLabel()
        row.addWidget(self._mark)
        row.addWidget(self.words)
        row.addWidget(self._left_out)
        row.addStretch(1)
        row.addWidget(self._count)

    def show_figures(self, figures: LedgerFigures) -> None:
        """The closing balance, the check and the count."""
        closing = f"{side_of(figures.closing)} {format_fen(abs(figures.closing))}"
        self._mark.set_check(Check.GOOD if figures.ties else Check.FAIL)
        if figures.ties:
            self.words.setText(tr("期末余额 <b>{closing}</b>，与科目余额表一致", closing=closing))
        else:
            trial = f"{side_of(figures.trial_closing)} {format_fen(abs(figures.trial_closing))}"
            self.words.setText(
                tr(
                    "期末余额 <b>{closing}</b>，科目余额表是 <b>{trial}</b>，请核对账簿",
                    closing=closing,
                    trial=trial,
                )
            )
        self._left_out.setText(
            tr("有 {count} 张凭证还没记账", count=figures.unposted) if figures.unposted else ""
        )
        self._count.setText(tr("{count} 笔", count=f"{figures.entries.count:,}"))


class LedgerPage(Page):
    """One account over a span; cash and bank are journals."""

    scope = "table"
    nav = "trial_balance"
    shows = Changes(balances=True, accounts=True, vouchers=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._code = ""
        self._as_journal = True
        self._said = ""
        self.figures: LedgerFigures | None = None
        self.model: PagedModel | None = None
        watermark = tr("演示") if session.info.is_demo else ""
        self.table = FigureTable(self.theme, tr("账页"), book_edge=True, watermark=watermark)
        self.tie = TieStrip(self)
        self.explain = ExplainBar(self.theme)
        self.ask = AskBar(self.theme)
        for widget, stretch in ((self.table, 1), (self.explain, 0), (self.ask, 0), (self.tie, 0)):
            self.body.addWidget(widget, stretch)
        self._build_head()
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.theme.changed.connect(self._fit_head)

    def _build_head(self) -> None:
        self.kind = Button(self.theme, tr("换账簿 ▾"))
        self.kind.setAccessibleDescription(tr("换成明细账、现金日记账或银行存款日记账"))
        self.kind.clicked.connect(self._show_kinds)
        self.field = AccountField(self.theme)
        self.field.chosen.connect(self._choose_account)
        self.field.left_field.connect(self.table.setFocus)
        self.span_choice = SpanChoice(self.theme, lambda: self.session.month)
        self.span_choice.changed.connect(self.reload)
        self.span_choice.other_asked.connect(self._ask_span)
        self.head.add_widget(self.kind, fill=self._fill_kinds)
        self.head.add_widget(self.field, keeps=2)
        self.head.add_widget(self.span_choice, keeps=2, fill=self.span_choice.fold_into)
        self.months = [Button(self.theme, tr("◂ 上月")), Button(self.theme, tr("下月 ▸"))]
        for button, name in zip(self.months, ("earlier", "later"), strict=True):
            button.clicked.connect(lambda _checked=False, name=name: self.action(name).trigger())
            self.head.add_widget(button)
        self.add_button("print")
        self._fit_head()

    def _fit_head(self) -> None:
        """In 特大 the top bar's ◂ month ▸ serves alone."""
        for button in self.months:
            self.head.tools.switch(button, self.theme.tokens.size is Size.STANDARD)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the table's actions."""
        return {
            "explain": self._explain,
            "earlier": lambda: step_month(self.session, -1),
            "later": lambda: step_month(self.session, 1),
            "find": self.field.setFocus,
            "print": self._print,
            "export": self._export,
        }

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["explain", "into"]

    def go(self, **where: Any) -> None:
        """``account`` and ``span`` to show; ``row`` and ``voucher`` to stand on."""
        self._code = where.get("account", self._code)
        self._as_journal = where.get("as_journal", self._as_journal)
        if "month" in where:
            self.session.go_to_month(where["month"])
        if "span" in where:
            self.span_choice.set_span(where["span"])
        self.reload()
        row = where.get("row", 0)
        if self.model is not None and where.get("voucher"):
            found = self.model.row_of_voucher(where["voucher"], min(row, self.model.count() - 1))
            row = row if found is None else found
        self.table.go_to_row(row)
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """Account, span, row and the voucher on it."""
        row = self.table.row
        link = self.model.link(row) if self.model is not None and row >= 0 else None
        return {
            "account": self._code,
            "as_journal": self._as_journal,
            "span": self.span_choice.span(),
            "month": self.session.month,
            "row": max(row, 0),
            "voucher": int(link.key) if link else 0,
        }

    def reload(self) -> None:
        """Read the ledger again, keeping the row; in the other ledger fall back to its cash account."""
        if not self.session.is_open:
            return
        reader, ledger = self.session.reader, self.session.ledger_code
        chart = reader.chart(ledger)
        self._code = first_account(chart, self._code)
        self.span_choice.follow()
        span = self.span_choice.span()
        figures = read_ledger(reader, ledger, self._code, span, as_journal=self._as_journal)
        self.figures = figures
        row = self.table.row
        self.model = PagedModel(figures.entries, figures.sums, with_year=span.first.year != span.last.year)
        self.table.show_model(self.model)
        self.table.go_to_row(max(row, 0))
        self.field.set_chart(chart, reader.aliases(ledger))
        self.field.show_account(self._code, figures.account.name)
        self.head.set_title(figures.title, "")
        self.tie.show_figures(figures)
        self._follow()
        self.status_changed.emit()

    def title(self) -> str:
        """Name of the account, as the trail says it."""
        return self.figures.account.name if self.figures else super().title()

    def escape(self) -> bool:
        """Fold a bar away before leaving."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        if self.explain.isVisible():
            self.explain.hide()
            return True
        return False

    def status(self) -> str:
        """The way in, then account and span."""
        if self._said or self.figures is None:
            return self._said
        own = f"{self.figures.account.code} {self.figures.path} · {words_of(self.span_choice.span())}"
        return " › ".join([*self.navigator.trail(), own])

    # acting

    def _follow(self) -> None:
        self._said = ""
        if self.explain.isVisible():
            self._explain()

    def _open(self, row: int) -> None:
        link = self.model.link(row) if self.model is not None else None
        if link is not None:
            self.navigator.open("voucher", voucher_id=int(link.key))

    def _choose_account(self, code: str) -> None:
        self._code, self._as_journal = code, True
        self.table.setFocus()
        self.reload()
        self.table.go_to_row(0)

    def _show_kinds(self) -> None:
        """Detail ledger of the account in view, or one of the journals."""
        menu = QMenu(self)
        self._fill_kinds(menu)
        menu.popup(self.kind.mapToGlobal(QPoint(0, self.kind.height())))

    def _fill_kinds(self, menu: QMenu) -> None:
        chart = self.session.reader.chart(self.session.ledger_code)
        menu.addAction(tr("明细账（三栏）"), self._as_detail)
        for money, words in ((Money.CASH, tr("库存现金日记账")), (Money.BANK, tr("银行存款日记账"))):
            accounts = journal_accounts(chart, money)
            for account in accounts:
                text = words if len(accounts) == 1 else f"{words} · {account.name}"
                menu.addAction(text, lambda code=account.code: self._choose_account(code))

    def _as_detail(self) -> None:
        self._as_journal = False
        self.reload()
        self.table.setFocus()

    def _explain(self) -> None:
        """The balance of the current line from the line above; a sum from its lines."""
        row = self.table.row
        if self.model is not None and row >= 0:
            self.explain.explain(explained(self.model, row))

    def _ask_span(self) -> None:
        ask_span(self, self.table.setFocus)

    def _report(self) -> str:
        """Name of the report that prints what is seen."""
        money = self.figures.account.money if self.figures is not None and self.figures.is_journal else None
        return {None: "account-ledger", Money.CASH: "cash-journal", Money.BANK: "bank-journal"}[money]

    def _print(self) -> None:
        self.navigator.open(
            "preview", report=self._report(), account=self._code, span=self.span_choice.span()
        )

    def _export(self) -> None:
        """Save the whole ledger as a spreadsheet; its lines are read again while it is written."""
        request = ReportRequest(self.session.ledger_code, self.span_choice.span(), self._code)
        table = make(self.session.reader, self._report(), request)
        save_tables(self, self.operations, (table,), "xlsx", self._say)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


def explained(model: PagedModel, row: int) -> str:
    """Where the balance of a row comes from, as a sentence with its figures (怎么来的)."""
    _, ref, summary, _, debit, credit, side, balance = (model.text(row, column) for column in range(8))
    stands = f"{side} {balance}".strip()
    if model.link(row) is not None:
        *_, side_before, before = (model.text(row - 1, column) for column in range(8))
        moved = tr("+ 借方 {sum}", sum=debit) if debit else tr("− 贷方 {sum}", sum=credit)
        upper = f"{side_before} {before}".strip()
        return tr(
            "{ref}：上一行余额 {upper} {moved} = {stands}。", ref=ref, upper=upper, moved=moved, stands=stands
        )
    if row == 0:
        return tr(
            "{summary} {stands}：这段时间以前已记账的借方减贷方，连同期初。", summary=summary, stands=stands
        )
    return tr(
        "{summary}：借方 {debit}，贷方 {credit}，由上面各笔相加；余额 {stands}。",
        summary=summary,
        debit=debit or "0.00",
        credit=credit or "0.00",
        stands=stands,
    )
