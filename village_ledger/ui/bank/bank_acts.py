"""What a person does on the page of bank matching: each act goes to its service, its refusal into the page's slip."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import AmountError, LedgerError
from village_ledger.domain.money import format_fen, parse_fen, plain_fen
from village_ledger.i18n import tr
from village_ledger.ui.bank.bank_model import OUTSTANDING, Desk, Key, SideModel
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page

if TYPE_CHECKING:
    from village_ledger.storage.bank.queries import BankAccount
    from village_ledger.ui.tables.table_view import FigureTable
    from village_ledger.ui.widgets.ask_bar import AskBar


class BankActs(Page):
    """The acts of ``BankPage``, which has the tables."""

    desk: Desk | None
    bank: FigureTable
    book: FigureTable
    bank_model: SideModel
    book_model: SideModel
    ask: AskBar
    _proposal: int
    _only_waiting: bool
    _said: str

    def _choose(self, bank: set[Key], book: set[Key]) -> None:
        """Tick exactly these lines."""
        raise NotImplementedError

    def _account_in_view(self) -> BankAccount:
        if self.desk is None:
            raise LedgerError(tr("还没有登记银行账户"), tr("请先导入对账单，或按“银行账户”登记。"))
        return self.desk.account

    def _match(self) -> None:
        from village_ledger.services.bank.bank_matches import match_by_hand

        account = self._account_in_view()
        chosen = [*self.bank_model.ticked, *self.book_model.ticked]
        items = [key[1] for key in chosen if key[0] == OUTSTANDING]
        lines = [key[0] for key in self.bank_model.ticked if key[0] != OUTSTANDING]
        entries = [(key[0], key[1]) for key in self.book_model.ticked if key[0] != OUTSTANDING]
        self._run(
            tr("勾对"),
            lambda uow, _: match_by_hand(uow, account, lines, entries, items),
            lambda _: tr("勾对好了"),
        )

    def _unmatch(self) -> None:
        from village_ledger.services.bank.bank_matches import unmatch

        account = self._account_in_view()
        table, model = (
            (self.book, self.book_model) if self.book.view.hasFocus() else (self.bank, self.bank_model)
        )
        match = model.rows[table.row].match if 0 <= table.row < model.count() else 0
        if not match:
            self._say(tr("这一行没有勾对"))
            return
        self._run(
            tr("取消勾对"), lambda uow, _: unmatch(uow, account, match), lambda _: tr("取消了这一组勾对")
        )

    def _automatic(self) -> None:
        from village_ledger.services.bank.bank_matches import match_automatically

        account = self._account_in_view()
        self._run(
            tr("自动勾对"),
            lambda uow, _: match_automatically(uow, account),
            lambda done: "；".join(
                [
                    tr(
                        "勾对了 {n} 组，拿不准的 {left} 组",
                        n=done.value.matches,
                        left=len(done.value.proposed),
                    ),
                    *done.warnings,
                ]
            ),
        )

    def _propose(self) -> None:
        """Tick the next group a person has to decide."""
        if self.desk is None or not self.desk.proposed:
            return
        self._proposal = (self._proposal + 1) % len(self.desk.proposed)
        group = self.desk.proposed[self._proposal]
        self._only_waiting = True
        self._choose({x.key for x in group.bank}, {x.key for x in group.book})
        for table, model in ((self.bank, self.bank_model), (self.book, self.book_model)):
            row = model.row_of(lambda x, model=model: x.key in model.ticked)
            if row is not None:
                table.go_to_row(row)
        self._say(
            tr(
                "建议 {n}/{all}：{reason}。按 F8 勾对，F9 看下一个",
                n=self._proposal + 1,
                all=len(self.desk.proposed),
                reason=group.reason,
            )
        )

    def _draft(self) -> None:
        """Vouchers for the ticked bank lines, or for all the rules know; the accountant sees them first."""
        from village_ledger.services.bank.bank_drafts import propose

        account = self._account_in_view()
        ticked = [key[0] for key in self.bank_model.ticked if key[0] != OUTSTANDING]
        found = propose(self.session.reader, account, ticked)
        if not found:
            self._say(tr("没有银行有、账上没有的行"))
            return
        unknown = [p for p in found if not p.counter]
        if unknown and ticked:
            first = unknown[0]
            self.ask.ask(
                tr("{day} {amount} 记到哪个科目", day=first.line.day, amount=format_fen(first.line.amount)),
                tr("填凭证"),
                lambda code: self._fill_in(ticked, dict.fromkeys((p.line.id for p in unknown), code)),
                self.bank.setFocus,
                hint=tr("对方科目的编码，如 504"),
            )
            return
        known = [p for p in found if p.counter]
        if not known:
            self._say(tr("没有规则能套的行；先用空格选中，再按 F10 自己写科目"))
            return
        words = "，".join(f"{p.summary} {format_fen(p.line.amount)}→{p.counter}" for p in known[:4])
        self.ask.ask(
            tr("填 {n} 张凭证：{words}", n=len(known), words=words),
            tr("填凭证"),
            lambda _: self._fill_in([p.line.id for p in known], {}),
            self.bank.setFocus,
            wants_text=False,
        )

    def _fill_in(self, lines: list[int], counters: dict[int, str]) -> None:
        from village_ledger.services.bank.bank_drafts import fill_in

        account = self._account_in_view()
        self._run(
            tr("填成凭证"),
            lambda uow, _: fill_in(uow, account, lines, counters),
            lambda done: tr(
                "填了 {refs}，等审核记账；记账后自动勾对", refs="、".join(v.ref.short for v in done.value)
            ),
        )

    def _error(self) -> None:
        from village_ledger.services.bank.bank_matches import mark_error

        account, row = self._account_in_view(), self.bank.row
        if not 0 <= row < self.bank_model.count():
            return
        side = self.bank_model.rows[row]
        is_error = side.state != "银行错账"
        self._run(
            tr("标银行错账"),
            lambda uow, _: mark_error(uow, account, side.key[0], is_error=is_error),
            lambda _: tr("标成银行错账，应由银行更正") if is_error else tr("取消了错账的标记"),
        )

    def _ask_balance(self) -> None:
        """Ctrl+D: the balance on the bank's paper at the month's end."""
        desk = self.desk
        if desk is None:
            return
        known = plain_fen(desk.found.bank_balance) if desk.found.bank_balance is not None else ""
        self.ask.ask(
            tr("对账单上 {day} 的余额", day=desk.found.day),
            tr("记下"),
            self._assert,
            self.bank.setFocus,
            text=known,
            hint=tr("照对账单抄，如 1234.50"),
        )

    def _assert(self, text: str) -> None:
        from village_ledger.services.bank.bank_assertions import assert_balance

        account, day = self._account_in_view(), self.session.month.last
        try:
            balance = parse_fen(text)
        except AmountError as error:
            self.slip.say(describe(error))
            return
        self._run(
            tr("核对余额"),
            lambda uow, _: assert_balance(uow, account, day, balance),
            lambda done: "；".join([tr("记下了，以后每次结账都核对"), *done.warnings]),
        )

    def _run(self, label: str, act: Callable[..., Any], said: Callable[[Any], str]) -> None:
        """Carry out an act; a refusal shows in the page's slip."""

        def done(outcome: Any) -> None:
            self.bank_model.ticked, self.book_model.ticked = set(), set()
            self.reload()
            self._say(said(outcome))

        self.operations.run(label, act, then=done, refused=lambda error: self.slip.say(describe(error)))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
