"""Quantity ledger (数量金额账): what came in, what went out and what is there, each as quantity, unit price and amount.

Rows are made while they are read, so that a long account needs no more memory than one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Account
from village_ledger.domain.period import Month, Span
from village_ledger.domain.quantity import price_of
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Column, Kind, LazyRows, Link, Role, Row, Table
from village_ledger.storage.quantity.queries import Stock

if TYPE_CHECKING:
    from village_ledger.storage.quantity.queries import QuantityLine

_GROUPS = (("in", "收入"), ("out", "发出"), ("balance", "结存"))
_PARTS = (
    ("quantity", "数量", Kind.QUANTITY, 25),
    ("price", "单价", Kind.PRICE, 20),
    ("amount", "金额", Kind.MONEY, 27),
)
COLUMNS = (
    Column("date", "日期", Kind.DATE, 15),
    Column("voucher", "凭证", Kind.CODE, 19),
    Column("summary", "摘要", Kind.TEXT, 52),
    *(
        Column(f"{key}_{part}", label, kind, width, group)
        for key, group in _GROUPS
        for part, label, kind, width in _PARTS
    ),
)
SIGNATURES = (("会计主管", ""), ("记账", ""), ("保管", ""))
YEAR_BEGUN = "年中启用：本年累计的数量从启用月份算起，金额连启用以前的一起算。"


@dataclass(frozen=True, slots=True)
class QuantityBook:
    """The lines of one account kept by quantity over a span, and the sums before it."""

    account: Account
    path: str
    span: Span
    opening: Stock
    """All that moved before the span, the opening document included."""
    entries: Callable[[], Iterable[QuantityLine]]
    lines: int
    months: Sequence[Month]
    """Months of the span in which there are lines."""
    year_before: Stock
    """What moved in the first year before the span."""
    is_new: bool = False
    begun_in_year: bool = False
    """Whether the opening document brings the year's amounts so far, without their quantities."""


def quantity_ledger(issuer: Issuer, book: QuantityBook, warnings: Sequence[str] = ()) -> Table:
    """The account's lines, with 本月合计 and 本年累计 after each month."""
    return Table(
        report="quantity-ledger",
        title="数量金额账",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=LazyRows(lambda: _rows(book, issuer.ledger), 1 + book.lines + 2 * len(book.months)),
        span=book.span,
        heading=(
            f"科目：{book.account.code} {book.path}",
            book.span.words(),
            f"计量单位：{book.account.unit}，金额：元",
        ),
        notes=(YEAR_BEGUN,) if book.begun_in_year else (),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
        carries_forward=True,
    )


def _rows(book: QuantityBook, ledger: str) -> Iterator[Row]:
    stock, first = book.opening, book.span.first
    carried_over = first.month == first.day == 1 and not book.is_new
    yield _row(Role.OPENING, (first, "", "上年结转" if carried_over else "期初结存"), None, stock)
    year, of_year, whole_year = first.year, book.year_before, not book.begun_in_year
    for month, entries in groupby(book.entries(), key=lambda entry: Month.of(entry.day)):
        if month.year != year:
            year, of_year, whole_year = month.year, Stock(), True
        of_month = Stock()
        for entry in entries:
            stock, of_month = stock.plus(entry.moved), of_month.plus(entry.moved)
            link = Link("voucher", str(entry.voucher_id), ledger)
            yield _row(Role.DETAIL, (entry.day, entry.ref, entry.summary), entry.moved, stock, link)
        of_year = of_year.plus(of_month)
        end = min(month.last, book.span.last)
        whole = first <= month.first and month.last <= book.span.last
        yield _row(Role.SUBTOTAL, (end, "", "本月合计" if whole else "本期合计"), of_month, stock)
        yield _row(Role.SUBTOTAL, (end, "", "本年累计"), of_year, stock, priced=whole_year)


def _row(
    role: Role,
    head: tuple[date, str, str],
    moved: Stock | None,
    stock: Stock,
    link: Link | None = None,
    *,
    priced: bool = True,
) -> Row:
    cells: list[Cell] = [*head]
    for quantity, amount in (
        (None, None) if moved is None else moved[:2],
        (None, None) if moved is None else moved[2:],
    ):
        cells += [quantity, _price(amount, quantity) if priced else None, amount]
    cells += [stock.quantity, _price(stock.amount, stock.quantity), stock.amount]
    return Row(role, tuple(cells), 1, link)


def _price(amount: int | None, quantity: int | None) -> int | None:
    return price_of(amount, quantity) if amount and quantity else None
