"""Bank accounts into the merged book, on the leaves their balances went to; statements stay in the old book."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.errors import LedgerError
from village_ledger.services.bank import bank_accounts
from village_ledger.services.merger.merging import Merging


def carry_bank_accounts(merging: Merging) -> None:
    """Every account that is not closed, under its number."""
    for one in merging.books:
        for old in one.reader.bank_accounts():
            ledger = merging.ledger(one, old.ledger)
            account = merging.account(one, old.ledger, old.account) if ledger else ""
            if not account or old.closed:
                continue
            opened = date.fromisoformat(old.opened) if old.opened else None
            try:
                bank_accounts.add(
                    merging.uow, ledger, account, old.number, old.bank, kind=old.kind, opened=opened
                )
            except LedgerError as error:
                merging.matter(one, "银行账户", f"{old.bank} {old.masked}", f"{error.what}，请在新账里登记。")
                continue
            if account != old.account:
                merging.code(one, "bank", old.ledger, old.account, account, old.masked)
            text = "开户名称还是原来的，请到银行变更户名和预留印鉴，再导入以后的对账单。"
            merging.matter(one, "银行账户", f"{old.bank} {old.masked}", text)
