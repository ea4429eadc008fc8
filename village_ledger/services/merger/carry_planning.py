"""Documents that gave projects money, and rent received in advance."""

from __future__ import annotations

from dataclasses import replace

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.services.merger.merging import Merging
from village_ledger.services.planning import project_funds


def carry_grants(merging: Merging) -> None:
    """Every document that gave a project money, on the account its money is kept on now."""
    for one in merging.books:
        for info in one.reader.ledgers():
            ledger = merging.ledger(one, info.code)
            for old in one.reader.grant_documents(info.code) if ledger else ():
                account = merging.account(one, info.code, old.account)
                new = replace(old, project=merging.project(one, old.project), account=account)
                try:
                    project_funds.register_document(merging.uow, ledger, new)
                except LedgerError as error:
                    merging.matter(
                        one, "拨款文件", f"{old.project} {old.number}", f"{error.what}，请在新账里登记。"
                    )


def list_prepaids(merging: Merging) -> None:
    """Rent received in advance and not all released: its schedule hangs on the old voucher and is set up anew."""
    for one in merging.books:
        for info in one.reader.ledgers():
            if not merging.ledger(one, info.code):
                continue
            for old in one.reader.prepaids(info.code):
                if old.stands and old.left:
                    account = merging.account(one, info.code, old.account)
                    text = (
                        f"还有 {format_fen(old.left)} 没有摊完（到 {old.last}），记在 {account}，"
                        "请在新账里按原来的期限接着摊。"
                    )
                    merging.matter(one, "预收租金", f"{old.counterparty} {old.what}", text)
