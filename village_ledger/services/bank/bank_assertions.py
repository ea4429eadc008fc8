"""Asserted balances (对账单余额 = … 到 3月31日): kept for ever, and asked again at every close and every verify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.services.bank.bank_position import (
    Position,
    Reconciliation,
    balance_on,
    read_position,
    reconcile,
)
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.bank.queries import BankAccount, BankAssertion
from village_ledger.storage.bank.register import BankRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Broken:
    """An assertion that no longer holds: why, and the vouchers of those days posted since."""

    assertion: BankAssertion
    reason: str
    vouchers: tuple[str, ...]

    def sentence(self) -> str:
        """One Chinese line."""
        return f"到 {self.assertion.day} 对账单余额 {format_fen(self.assertion.balance)} 的核对不再成立：{self.reason}"


def assert_balance(uow: UnitOfWork, account: BankAccount, day: date, balance: int) -> Outcome[Reconciliation]:
    """Keep that the bank's statement shows a balance at the end of a day; returns the reconciliation of that day.

    Raises LedgerError when a statement of that day says otherwise. A difference to the books does not refuse, it is said.
    """
    vouchers.named(uow.by)
    require(uow, Duty.RECONCILE, account.ledger)
    position = read_position(uow.reader, account)
    if position.covers(day) and balance_on(position, day) != balance:
        raise LedgerError(
            f"导入的对账单上 {day} 的余额是 {format_fen(balance_on(position, day))}，不是 {format_fen(balance)}",
            "请核对日期和余额。",
        )
    before = reconcile(uow.reader, account, day, position)
    difference = before.difference if before.source == "statement" else balance - before.book_balance
    source = "statement" if before.source == "statement" else "typed"
    figures = (balance, before.book_balance, difference, uow.reader.chain_length(account.ledger))
    BankRegister(uow).assert_balance(account.id, day, figures, source)
    uow.log.add(
        "核对银行余额",
        ledger=account.ledger,
        subject=account.account,
        detail=f"{day} 对账单 {format_fen(balance)}，账上 {format_fen(before.book_balance)}，"
        f"未说明的差额 {format_fen(difference)}",
    )
    done = reconcile(uow.reader, account, day)
    warnings = (
        (f"{day} 对账单和账上还有 {format_fen(difference)} 说不清，请查明再结账。",) if difference else ()
    )
    return Outcome(done, Changes(bank=True, ledger=account.ledger), warnings)


def broken(reader: Reader, account: BankAccount, position: Position | None = None) -> list[Broken]:
    """Assertions of an account that held when they were made and do not now; the newest of each day counts."""
    position = position or read_position(reader, account)
    newest = {a.day: a for a in position.assertions}
    found: list[Broken] = []
    for assertion in newest.values():
        reason = _why_broken(reader, position, assertion)
        if reason:
            since = tuple(
                dict.fromkeys(
                    x.ref for x in reader.book_lines_since(account, assertion.day, assertion.posted_to)
                )
            )
            found.append(Broken(assertion, reason, since))
    return found


def _why_broken(reader: Reader, position: Position, assertion: BankAssertion) -> str:
    """Why an assertion does not hold any more, empty when it does."""
    day = assertion.day
    if position.covers(day) and balance_on(position, day) != assertion.balance:
        return f"对账单现在是 {format_fen(balance_on(position, day))}。"
    now = reconcile(reader, position.account, day, position)
    if assertion.source == "typed" and not position.covers(day):
        if now.book_balance in (assertion.balance, assertion.book_balance):
            return ""
        return f"账上那时是 {format_fen(assertion.book_balance)}，现在是 {format_fen(now.book_balance)}。"
    if now.difference not in (0, assertion.difference):
        return f"那时差 {format_fen(assertion.difference)}，现在差 {format_fen(now.difference)}。"
    later = _later_than_bank(position, day)
    since = [
        x
        for x in reader.book_lines_since(position.account, day, assertion.posted_to)
        if not x.match or x.match in later
    ]
    moved = sum(x.amount for x in since)
    return f"后来又记了 {day} 以前的账，合计 {format_fen(moved)}，对账单上没有。" if moved else ""


def _later_than_bank(position: Position, day: date) -> set[int]:
    """Matches whose bank lines all come after a day."""
    early = {x.match for x in position.lines if x.match and x.day <= day}
    return {x.match for x in position.lines if x.match} - early
