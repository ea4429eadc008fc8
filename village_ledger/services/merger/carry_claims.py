"""People who hand in claims, and receipts not used up yet."""

from __future__ import annotations

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.receipt_book import Act
from village_ledger.services.claims import claims, receipt_books
from village_ledger.services.merger.merging import Merging
from village_ledger.storage.claims.queries import StoredReceiptBook


def carry_claimants(merging: Merging) -> None:
    """Every 报账员 who still hands in claims, with the leaf of the advance."""
    for one in merging.books:
        for info in one.reader.ledgers():
            ledger = merging.ledger(one, info.code)
            for old in one.reader.claimants(info.code) if ledger else ():
                if old.gone:
                    continue
                account = merging.account(one, info.code, old.account)
                name = merging.party(one, old.name)
                try:
                    claims.register_claimant(merging.uow, ledger, name, account)
                except LedgerError as error:
                    merging.matter(one, "报账员", old.name, f"{error.what}，请在新账里登记。")


def carry_receipt_books(merging: Merging) -> None:
    """Books of receipts with numbers that nothing has happened to: those that are left, as new books."""
    for one in merging.books:
        for info in one.reader.ledgers():
            ledger = merging.ledger(one, info.code)
            for book in one.reader.receipt_books(info.code) if ledger else ():
                _carry(merging, one.number - 1, ledger, book)


def _carry(merging: Merging, place: int, ledger: str, book: StoredReceiptBook) -> None:
    one = merging.books[place]
    done = [x.numbers for x in book.events if x.act in (Act.USE, Act.VOID, Act.RETURN)]
    for left in book.numbers.without(done):
        first, last = f"{left.first:0{book.width}d}", f"{left.last:0{book.width}d}"
        try:
            receipt_books.register(merging.uow, ledger, book.kind, first, last, merging.request.start.first)
            said = "没有用完的收据还印着原单位的名称，请交回换领，或加盖新章以后再用。"
        except LedgerError as error:
            said = f"{error.what}，请换领新的收据。"
        merging.matter(one, "收据", f"{book.kind} {first}—{last}", said)
