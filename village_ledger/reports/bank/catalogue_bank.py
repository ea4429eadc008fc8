"""Reports of the bank: what is read for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.reports.bank.bank_reconciliation import bank_reconciliation
from village_ledger.reports.issuer import Issuer
from village_ledger.services.bank.bank_assertions import broken
from village_ledger.services.bank.bank_position import read_position, reconcile
from village_ledger.storage.bank.queries import BankAccount

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def each_account(reader: Reader, request: ReportRequest) -> list[ReportRequest]:
    """The request once for each bank account of the ledger, or as it is when it names one."""
    if request.account:
        return [request]
    accounts = reader.bank_accounts(request.ledger)
    if not accounts:
        raise LedgerError("这本账还没有登记银行账户", "请先导入对账单，或在“设置—银行账户”里登记。")
    return [replace(request, account=found.account) for found in accounts]


def bank_reconciliation_of(reader: Reader, request: ReportRequest) -> Table:
    """余额调节表 of one bank account at the end of the span; without a span, of the last day of its statements."""
    [request, *_] = each_account(reader, request)
    account = reader.bank_account(request.ledger, request.account)
    position = read_position(reader, account)
    day = request.span.last if request.span else _last_day(reader, account)
    info, book = reader.ledger(request.ledger), reader.book()
    issuer = Issuer(book.village, info.code, info.kind, info.title, info.entity, book.is_demo)
    lost = [
        f"{b.sentence()}后来记的：{'、'.join(b.vouchers)}" if b.vouchers else b.sentence()
        for b in broken(reader, account, position)
        if b.assertion.day <= day
    ]
    return bank_reconciliation(issuer, reconcile(reader, account, day, position), lost)


def _last_day(reader: Reader, account: BankAccount) -> date:
    days = [s.last for s in reader.bank_statements(account.id)]
    days += [a.day for a in reader.bank_assertions(account.id)]
    if not days:
        raise LedgerError(
            f"{account.account} {account.name} 还没有对账单", "请先导入对账单，或写明到哪一天。"
        )
    return max(days)
