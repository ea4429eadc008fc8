"""An electronic invoice filled into a half-typed voucher: proposed accounts, amounts, party; the accountant decides."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.domain.attachment import INBOX, Owner
from village_ledger.domain.chart import Account, Chart, Dimension, Money
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.resources_dir import resource
from village_ledger.services.attachments.e_invoices import is_sale, side_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.domain.electronic_invoice import ElectronicInvoice
    from village_ledger.storage.reader import Reader


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "invoice_accounts.toml").read_text(encoding="utf-8"))


def proposed(reader: Reader, ledger: str, invoice: ElectronicInvoice, day: date | None = None) -> Draft:
    """A draft of what an invoice books: bought on the debit side, paid from the bank; a red letter with negative amounts.

    Nothing is stored. Accounts nobody can guess stay empty. ``day`` is the voucher's, else the invoice's own.
    """
    sold = is_sale(reader, ledger, invoice)
    chart = reader.chart(ledger)
    party = invoice.buyer if sold else invoice.seller
    words = "冲减" if invoice.is_red else "收" if sold else "付"
    summary = f"{words}{party}{invoice.goods}"
    thing = _account_of(reader, ledger, chart, invoice, sold=sold)
    bank = _bank(chart)
    amount = plain_fen(invoice.gross)
    first, second = (bank, thing) if sold else (thing, bank)
    lines = [_line(summary, first, party, debit=amount), _line(summary, second, party, credit=amount)]
    return Draft(
        ledger,
        (day or invoice.day).isoformat(),
        attachments="1",
        lines=lines,
        cursor=(0, "summary" if thing else "account"),
        invoices=invoice.key,
        papers=[one.id for one in reader.invoice_files(invoice.key) if one.owner == Owner(INBOX, ledger)],
    )


def _line(
    summary: str, account: Account | None, party: str, *, debit: str = "", credit: str = ""
) -> DraftLine:
    asks = account is not None and Dimension.COUNTERPARTY in account.demands
    return DraftLine(
        summary,
        account.code if account else "",
        debit,
        credit,
        counterparty=party if asks else "",
    )


def _account_of(
    reader: Reader, ledger: str, chart: Chart, invoice: ElectronicInvoice, *, sold: bool
) -> Account | None:
    """The leaf the data propose for what was bought or sold."""
    side = side_of(reader.ledger(ledger).kind)
    if sold:
        return _leaf_under(chart, _rules()["sold"][side], [])
    text = " ".join((*(line.name for line in invoice.lines), invoice.remark))
    for entry in _rules()["goods"]:
        if any(word in text for word in entry["words"]):
            return _leaf_under(chart, entry[side], entry["leaf"])
    return None


def _leaf_under(chart: Chart, code: str, words: Sequence[str]) -> Account | None:
    """The account itself when it is a leaf, else the leaf below it whose name has one of the words."""
    below = [a for a in chart if a.code.startswith(code) and a.is_leaf and a.active]
    if len(below) == 1:
        return below[0]
    return next((a for word in words for a in below if word in a.name), None)


def _bank(chart: Chart) -> Account | None:
    """The bank account money most likely goes through: the only one, or the first."""
    return next((a for a in chart if a.is_leaf and a.active and a.money is Money.BANK), None)


def day_in(month: Month, day: date) -> date:
    """The invoice's day where it lies in the month one works in, else the day nearest to it there."""
    return min(max(day, month.first), month.last)
