"""Bank accounts (银行账户): which leaf of which ledger is which account at which bank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from village_ledger.domain.chart import Money
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.bank.queries import KIND_WORDS, BankAccount
from village_ledger.storage.bank.register import BankRegister
from village_ledger.storage.unit_of_work import UnitOfWork

SHORTEST, LONGEST = 6, 34


def bank_number(text: str) -> str:
    """A bank account's number as it is kept: digits and capital letters, without blanks, tabs and dashes.

    Raises LedgerError for anything else, and for a number a spreadsheet has already rounded (6.2E+18).
    """
    tidy = "".join(c for c in half_width(text) if not c.isspace() and c not in "-'’‘").upper()
    if not (tidy.isascii() and tidy.isalnum() and SHORTEST <= len(tidy) <= LONGEST) or "E+" in text.upper():
        raise LedgerError(
            "银行账号要写全，只有数字和字母，6 到 34 位", "请照开户许可证或对账单上的账号重新填。"
        )
    return tidy


def add(
    uow: UnitOfWork,
    ledger: str,
    account: str,
    number: str,
    bank: str,
    *,
    kind: str = "basic",
    opened: date | None = None,
) -> Outcome[BankAccount]:
    """Register a bank account on a bank leaf; raises LedgerError when the number or the leaf is taken, by either ledger."""
    vouchers.named(uow.by)
    require(uow, Duty.ACCOUNTS, ledger)
    plain, bank = bank_number(number), _bank_name(bank)
    _ensure_bank_leaf(uow, ledger, account)
    _ensure_free(uow, ledger, account, plain)
    since = opened.isoformat() if opened else ""
    BankRegister(uow).add_account(ledger, account, plain, bank, _kind(kind), since)
    made = uow.reader.bank_account(ledger, account)
    uow.log.add("登记银行账户", ledger=ledger, subject=account, detail=_described(made))
    return Outcome(made, Changes(bank=True, ledger=ledger))


def change(uow: UnitOfWork, found: BankAccount) -> Outcome[BankAccount]:
    """Store a bank account as now filled in; its leaf and number can change only until a statement came in."""
    vouchers.named(uow.by)
    require(uow, Duty.ACCOUNTS, found.ledger)
    before = next((b for b in uow.reader.bank_accounts(found.ledger) if b.id == found.id), None)
    if before is None:
        raise LedgerError("这个银行账户已经不在了", "请刷新后再改。")
    after = replace(
        found, number=bank_number(found.number), bank=_bank_name(found.bank), kind=_kind(found.kind)
    )
    if after.opened and after.closed and after.closed < after.opened:
        raise LedgerError("销户日期早于开户日期", "请核对两个日期。")
    _ensure_bank_leaf(uow, after.ledger, after.account)
    _ensure_free(uow, after.ledger, after.account, after.number, but=after.id)
    BankRegister(uow).update_account(after)
    uow.log.add("修改银行账户", ledger=after.ledger, subject=after.account, detail=_described(after))
    return Outcome(after, Changes(bank=True, ledger=after.ledger))


def remove(uow: UnitOfWork, found: BankAccount) -> Outcome[None]:
    """Forget a bank account registered by mistake; refused once a statement came in or a balance was asserted."""
    vouchers.named(uow.by)
    require(uow, Duty.ACCOUNTS, found.ledger)
    if uow.reader.bank_statements(found.id) or uow.reader.bank_assertions(found.id):
        raise LedgerError(
            f"{found.account} {found.name} 已经有对账单，这个银行账户不能删除", "不用了就填上销户日期。"
        )
    BankRegister(uow).delete_account(found.id)
    uow.log.add("删除银行账户", ledger=found.ledger, subject=found.account, detail=_described(found))
    return Outcome(None, Changes(bank=True, ledger=found.ledger))


def _described(found: BankAccount) -> str:
    """What the log keeps of an account: never the whole number."""
    return f"{found.bank} {found.kind_words} {found.masked}"


def _bank_name(text: str) -> str:
    name = check_text(text, "开户银行", NAME_LIMIT)
    if not name:
        raise LedgerError("没有写开户银行", "请填上银行的名称。")
    return name


def _kind(text: str) -> str:
    words = {word: kind for kind, word in KIND_WORDS.items()}
    kind = words.get(text, text)
    if kind not in KIND_WORDS:
        raise LedgerError(f"没有“{text}”这种银行账户", f"可以是：{'、'.join(KIND_WORDS.values())}。")
    return kind


def _ensure_bank_leaf(uow: UnitOfWork, ledger: str, account: str) -> None:
    found = uow.reader.chart(ledger).get(account)
    if found.money is not Money.BANK or not found.is_leaf:
        raise ChartError(
            f"{found.code} {found.name} 不是银行存款的末级科目",
            "银行账户要登记在银行存款的末级科目上，一个科目一个账户。",
        )


def _ensure_free(uow: UnitOfWork, ledger: str, account: str, number: str, but: int = 0) -> None:
    taken = uow.reader.bank_account_by_number(number)
    if taken is not None and taken.id != but:
        owner = uow.reader.ledger(taken.ledger)
        raise LedgerError(
            f"账号 {taken.masked} 已经登记在{owner.title}的 {taken.account} {taken.name}",
            "一个银行账户只属于一本账；请核对账号和账套。",
        )
    on_leaf = next(
        (b for b in uow.reader.bank_accounts(ledger) if b.account == account and b.id != but), None
    )
    if on_leaf is not None:
        raise LedgerError(
            f"{account} {on_leaf.name} 已经登记了账号 {on_leaf.masked}",
            "一个科目一个银行账户；请先给另一个账户增设明细科目。",
        )
