"""Account ledger (明细账) and the journals (日记账): lines with a running balance, closed by month and year.

Rows are made while they are read, so that an account with a million lines needs no more memory than one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Account
from village_ledger.domain.period import Month, Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Column, Kind, LazyRows, Link, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.storage.records import LedgerEntry

COLUMNS = (
    Column("date", "日期", Kind.DATE, 18),
    Column("voucher", "凭证", Kind.CODE, 22),
    Column("summary", "摘要", Kind.TEXT, 80),
    Column("counterparty", "对方单位（人）", Kind.TEXT, 45),
    Column("debit", "借方", Kind.MONEY, 30),
    Column("credit", "贷方", Kind.MONEY, 30),
    Column("side", "方向", Kind.SIDE, 12),
    Column("balance", "余额", Kind.MONEY, 32),
)
SIGNATURES = (("会计主管", ""), ("记账", ""), ("复核", ""))
LEVEL = "平"


@dataclass(frozen=True, slots=True)
class Book:
    """The lines of one account over a span, and the sums before it."""

    account: Account
    path: str
    """Full name of the account, 管理费用—水电费."""
    span: Span
    opening: int
    """Debit − credit before the span, fen."""
    entries: Callable[[], Iterable[LedgerEntry]]
    """Gives the lines from the first one on, each time it is called."""
    lines: int
    months: Sequence[Month]
    """Months of the span in which there are lines."""
    year_before: tuple[int, int] = (0, 0)
    """Debits and credits of the first year before the span."""
    is_new: bool = False
    """Whether the ledger began with the span, so that nothing was carried over from an earlier year."""
    busy_days: int = 0
    """Days with two lines or more; they get a 本日合计 in a journal."""


def account_ledger(issuer: Issuer, book: Book, warnings: Sequence[str] = ()) -> Table:
    """An account's lines (明细账), with 本月合计 and 本年累计 after each month."""
    return _table(issuer, book, warnings, "account-ledger", "明细账")


def journal(issuer: Issuer, book: Book, report: str, warnings: Sequence[str] = ()) -> Table:
    """A cash or bank journal: like the account ledger, but also summed by day (会计基础工作规范 art. 57)."""
    title = "库存现金日记账" if report == "cash-journal" else "银行存款日记账"
    return _table(issuer, book, warnings, report, title)


def _table(issuer: Issuer, book: Book, warnings: Sequence[str], report: str, title: str) -> Table:
    daily = report != "account-ledger"
    count = 1 + book.lines + 2 * len(book.months) + (book.busy_days if daily else 0)
    return Table(
        report=report,
        title=title,
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=LazyRows(lambda: _rows(book, issuer.ledger, daily=daily), count),
        span=book.span,
        heading=(f"科目：{book.account.code} {book.path}", book.span.words(), "单位：元"),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
        carries_forward=True,
    )


def side_of(balance: int) -> str:
    """借, 贷 or 平."""
    if not balance:
        return LEVEL
    return "借" if balance > 0 else "贷"


def _rows(book: Book, ledger: str, *, daily: bool) -> Iterator[Row]:
    balance = book.opening
    carried_over = book.span.first.month == book.span.first.day == 1 and not book.is_new
    yield _row(
        Role.OPENING, book.span.first, "上年结转" if carried_over else "期初余额", (None, None), balance
    )
    year, sums = book.span.first.year, list(book.year_before)
    for month, entries in groupby(book.entries(), key=lambda entry: Month.of(entry.day)):
        if month.year != year:
            year, sums = month.year, [0, 0]
        debit = credit = 0
        for day, of_day in groupby(entries, key=lambda entry: entry.day):
            day_debit = day_credit = lines = 0
            for entry in of_day:
                balance = entry.balance
                day_debit += entry.debit
                day_credit += entry.credit
                lines += 1
                yield _line(entry, ledger)
            if daily and lines > 1:
                yield _row(Role.SUBTOTAL, day, "本日合计", (day_debit, day_credit), balance)
            debit += day_debit
            credit += day_credit
        sums[0] += debit
        sums[1] += credit
        whole = book.span.first <= month.first and month.last <= book.span.last
        end = min(month.last, book.span.last)
        yield _row(Role.SUBTOTAL, end, "本月合计" if whole else "本期合计", (debit, credit), balance)
        yield _row(Role.SUBTOTAL, end, "本年累计", (sums[0], sums[1]), balance)


def _line(entry: LedgerEntry, ledger: str) -> Row:
    cells: tuple[Cell, ...] = (
        entry.day,
        entry.ref,
        entry.summary,
        entry.counterparty,
        entry.debit,
        entry.credit,
        side_of(entry.balance),
        abs(entry.balance),
    )
    return Row(Role.DETAIL, cells, 1, Link("voucher", str(entry.voucher_id), ledger))


def _row(role: Role, day: date, label: str, turnover: tuple[int | None, int | None], balance: int) -> Row:
    return Row(role, (day, "", label, "", *turnover, side_of(balance), abs(balance)))
