"""The quantity ledger read from a book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import ChartError
from village_ledger.domain.period import Month
from village_ledger.reports.books.quantity_ledger import QuantityBook, quantity_ledger
from village_ledger.reports.request import ReportRequest, issuer_of, span_of, warnings_of, year_before
from village_ledger.storage.quantity.queries import Stock

if TYPE_CHECKING:
    from village_ledger.domain.chart import Account
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

_AT_ONCE = 500
"""Lines read together."""


def kept_by_quantity(reader: Reader, ledger: str) -> list[Account]:
    """The accounts of a ledger that are kept by quantity, in code order."""
    return [account for account in reader.chart(ledger) if account.is_leaf and account.unit]


def quantity_ledger_of(reader: Reader, request: ReportRequest) -> Table:
    """The quantity ledger of the account asked for; raises ChartError for none or one not kept by quantity."""
    info, span, chart = reader.ledger(request.ledger), span_of(reader, request), reader.chart(request.ledger)
    kept = kept_by_quantity(reader, info.code)
    names = "、".join(f"{a.code} {a.name}" for a in kept)
    if not request.account:
        raise ChartError("没有说是哪个科目的数量金额账", f"按数量核算的科目：{names or '还没有'}。")
    account = chart.get(request.account)
    if account not in kept:
        raise ChartError(
            f"{account.code} {account.name} 不按数量核算",
            f"请先给它设计量单位；已设的：{names or '还没有'}。",
        )
    code, first_day = account.code, date(span.first.year, 1, 1)
    months = reader.quantity_months(info.code, code, span)
    in_year = reader.stock_moved(info.code, code, first_day, span.first)
    debit, credit = year_before(reader, info, code, span)
    begun_in_year = (debit, credit) != (in_year.in_amount, in_year.out_amount)
    opening = reader.opening_stock(info.code, code)
    book = QuantityBook(
        account=account,
        path=chart.path(code),
        span=span,
        opening=opening.plus(reader.stock_moved(info.code, code, date.min, span.first)),
        entries=lambda: reader.quantity_lines(info.code, code, span, _AT_ONCE),
        lines=sum(lines for _, lines in months),
        months=list(dict.fromkeys(Month.of(month.last) for month, _ in months)),
        year_before=Stock(in_year.in_quantity, debit, in_year.out_quantity, credit),
        is_new=span.first <= info.start.first,
        begun_in_year=begun_in_year,
    )
    return quantity_ledger(issuer_of(reader, info.code), book, warnings_of(reader, info, span))
