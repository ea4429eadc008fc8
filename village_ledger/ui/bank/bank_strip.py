"""The strip under bank matching: what is ticked, what that leaves, and how the account stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.bank.bank_model import Desk
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.ui.page import Page


class Strip(QFrame):
    """What is ticked on both sides, what that leaves, and whether the reconciliation closes: always in view."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self.mark = CheckMark(page.theme, Check.WARN)
        self.chosen, self.closes = QLabel(), QLabel()
        self.chosen.setProperty("look", "strong")
        for label in (self.chosen, self.closes):
            label.setWordWrap(True)
        row = QHBoxLayout(self)
        px = page.theme.px
        row.setContentsMargins(px.cell, px.unit, px.cell, px.unit)
        row.addWidget(self.chosen, 1)
        row.addWidget(self.mark)
        row.addWidget(self.closes, 1)

    def show_chosen(self, bank: int, book: int) -> None:
        """Sums ticked, and their difference."""
        self.chosen.setText(
            tr(
                "选中：银行 {bank}，账上 {book}，差 {difference}",
                bank=format_fen(bank),
                book=format_fen(book),
                difference=format_fen(bank - book),
            )
        )

    def show_desk(self, desk: Desk | None) -> None:
        """How the account stands at the month's end."""
        check, sentence = _standing(desk)
        self.mark.set_check(check)
        self.closes.setText(sentence)


def _standing(desk: Desk | None) -> tuple[Check, str]:
    if desk is None:
        return Check.WAITING, tr("还没有登记银行账户。")
    found = desk.found
    if desk.lost:
        return Check.WARN, desk.lost[0].sentence()
    if found.bank_balance is None:
        return Check.WAITING, tr("还没有到 {day} 的对账单。", day=found.day)
    balances = tr(
        "对账单 {bank}，账上 {book}，调节后 {adjusted}",
        bank=format_fen(found.bank_balance),
        book=format_fen(found.book_balance),
        adjusted=format_fen(found.adjusted_book),
    )
    if found.difference:
        return Check.FAIL, tr(
            "{balances}，还差 {rest} 说不清。", balances=balances, rest=format_fen(found.difference)
        )
    if found.bank_only:
        return Check.WARN, tr(
            "{balances}，两边相等；银行有 {n} 笔账上没有记。", balances=balances, n=len(found.bank_only)
        )
    return Check.GOOD, tr("{balances}，两边相等。", balances=balances)
