"""What closing and the statements ask of the bank: whether each account is agreed with its statement at the month's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from village_ledger.domain.chart import Account, Money
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.services.bank.bank_assertions import broken
from village_ledger.services.bank.bank_position import Reconciliation, read_position, reconcile
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class BankProof:
    """One bank leaf at the end of a day, for the statements (X9); ``proved`` is None when nothing from the bank is known."""

    account: str
    name: str
    number: str
    """Masked; empty when no bank account is registered on the leaf."""
    book_balance: int
    bank_balance: int | None
    proved: int | None
    """What the books should show by the bank: its balance, plus and minus all that is outstanding, fen."""


def bank_proofs(reader: Reader, ledger: str, day: date) -> list[BankProof]:
    """Every bank leaf with a balance, a movement or a bank account, as the bank proves it on a day."""
    accounts = {b.account: b for b in reader.bank_accounts(ledger)}
    proofs: list[BankProof] = []
    for leaf in _bank_leaves(reader, ledger):
        book = reader.balance_before(ledger, [leaf.code], day + timedelta(days=1))
        account = accounts.get(leaf.code)
        if account is None:
            if book:
                proofs.append(BankProof(leaf.code, leaf.name, "", book, None, None))
            continue
        found = reconcile(reader, account, day)
        outstanding = sum(x.amount for x in found.bank_only)
        proved = None if found.bank_balance is None else found.adjusted_bank - outstanding
        proofs.append(BankProof(leaf.code, leaf.name, account.masked, book, found.bank_balance, proved))
    return proofs


def proved_bank(reader: Reader, ledger: str, day: date) -> int | None:
    """Σ bank statement balances ± outstanding items on a day (X9), None while a leaf with a balance has no statement."""
    proofs = bank_proofs(reader, ledger, day)
    if any(p.proved is None and p.book_balance for p in proofs):
        return None
    return sum(p.proved or 0 for p in proofs)


def bank_checks(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K9: each bank account has a statement to the month's end and is agreed with it, and old agreements still hold."""
    accounts = {b.account: b for b in reader.bank_accounts(ledger)}
    missing: list[str] = []
    open_items: list[str] = []
    agreed: list[str] = []
    for leaf in _bank_leaves(reader, ledger):
        account = accounts.get(leaf.code)
        if account is None:
            if _is_used(reader, ledger, leaf, month):
                missing.append(f"{leaf.code} {leaf.name}")
            continue
        if (account.opened and account.opened > month.last.isoformat()) or (
            account.closed and account.closed < month.first.isoformat()
        ):
            continue
        position = read_position(reader, account)
        found = reconcile(reader, account, month.last, position)
        if found.bank_balance is None:
            missing.append(f"{leaf.code} {leaf.name}")
            continue
        open_items += [f"{leaf.code}：{text}" for text in _left_open(found)]
        open_items += [
            f"{leaf.code}：{b.sentence()}{'、'.join(b.vouchers[:5])}"
            for b in broken(reader, account, position)
        ]
        agreed.append(f"{leaf.code} {leaf.name}")
    return _items(missing, open_items, agreed)


def _items(missing: list[str], open_items: list[str], agreed: list[str]) -> list[CheckItem]:
    """Accounts without a statement and what a statement leaves open are two things."""
    items: list[CheckItem] = []
    if missing:
        text = "还没有录入本月的银行对账单，银行存款没有和银行核对。"
        items.append(CheckItem("K9", Verdict.WARN, text, tuple(missing)))
    if open_items:
        text = "银行存款和对账单还没有核对清楚。"
        items.append(CheckItem("K9", Verdict.WARN, text, tuple(open_items)))
    if items:
        return items
    if not agreed:
        return [CheckItem("K9", Verdict.PASS, "银行存款没有余额，也没有收付。")]
    return [CheckItem("K9", Verdict.PASS, "银行存款和对账单核对相符。", tuple(agreed))]


def _left_open(found: Reconciliation) -> list[str]:
    """What keeps an account from being agreed: an unexplained difference, lines of the bank the books do not have."""
    texts: list[str] = []
    if found.difference:
        texts.append(f"有 {format_fen(found.difference)} 的差额说不清")
    if found.bank_only:
        total = sum(x.amount for x in found.bank_only)
        texts.append(f"银行有 {len(found.bank_only)} 笔账上没有记，合计 {format_fen(total)}")
    suspected = [x for x in found.errors if x.suspected]
    if suspected:
        texts.append(f"有 {len(suspected)} 笔疑似银行错账，还没有确认")
    return texts


def _bank_leaves(reader: Reader, ledger: str) -> list[Account]:
    return [a for a in reader.money_accounts(ledger) if a.money is Money.BANK]


def _is_used(reader: Reader, ledger: str, leaf: Account, month: Month) -> bool:
    """Whether the leaf has a balance at the month's end or moved in the month."""
    if reader.balance_before(ledger, [leaf.code], month.last + timedelta(days=1)):
        return True
    return bool(reader.ledger_days(ledger, [leaf.code], Span.of_month(month)))
