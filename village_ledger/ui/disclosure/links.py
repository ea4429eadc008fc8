"""Where a figure of a public sheet leads: to its voucher, its account, its contract, another sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.ui.pages import FACTORIES

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.reports.table import Link
    from village_ledger.ui.page import Page

LINES = "disclosure_lines"
"""The page of all vouchers behind one line of a sheet."""


def open_link(page: Page, link: Link | None, span: Span | None = None) -> bool:
    """Go where a figure leads, in the ledger it is of; False where there is nothing behind it."""
    if link is None:
        return False
    ways = {
        "voucher": lambda: page.navigator.open("voucher", voucher_id=int(link.key)),
        "account": lambda: page.navigator.open("ledger", account=link.key, span=span),
        "contract": lambda: page.navigator.open("contract", number=link.key),
        "asset": lambda: page.navigator.open("asset_card", code=link.key),
        "parcel": lambda: page.navigator.open("parcel", code=link.key),
        "sheet": lambda: page.navigator.open("disclosure", sheet=link.key, span=span),
    }
    if LINES in FACTORIES:
        ways["lines"] = lambda: page.navigator.open(LINES, key=link.key, span=span)
    way = ways.get(link.kind)
    if way is None:
        return False
    if link.ledger and link.ledger != page.session.ledger_code:
        page.session.switch_ledger(link.ledger)
    way()
    return True
