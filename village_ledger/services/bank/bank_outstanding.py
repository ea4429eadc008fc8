"""Items outstanding before the first statement (期初未达账项), which nobody could match: typed in, with a day and a reason."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.bank.queries import BankAccount
from village_ledger.storage.bank.register import BankRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def add(
    uow: UnitOfWork, account: BankAccount, side: str, day: date, amount: int, remark: str
) -> Outcome[int]:
    """Add an item the books (``book``) or the bank (``bank``) had before the first statement; money out is below zero.

    Raises LedgerError for a day on or after the first statement: such an item is on a statement or in the books.
    """
    vouchers.named(uow.by)
    require(uow, Duty.RECONCILE, account.ledger)
    statements = uow.reader.bank_statements(account.id)
    if not statements:
        raise LedgerError(f"{account.account} {account.name} 还没有对账单", "请先导入第一份对账单。")
    if day >= statements[0].first:
        raise LedgerError(
            f"{day} 已经在对账单里（从 {statements[0].first} 开始）", "期初未达账项只补录第一份对账单以前的。"
        )
    if not amount:
        raise LedgerError("没有金额", "请填上金额，付出写负数。")
    words = check_text(remark, "说明", SUMMARY_LIMIT)
    if not words:
        raise LedgerError("没有写说明", "请写明是哪一笔，例如支票号。")
    made = BankRegister(uow).add_outstanding(account.id, side, day, amount, words)
    who = "账上" if side == "book" else "银行"
    uow.log.add(
        "补录期初未达账项",
        ledger=account.ledger,
        subject=account.account,
        detail=f"{who}已记 {day} {format_fen(amount)} {words}",
    )
    return Outcome(made, Changes(bank=True, ledger=account.ledger))
