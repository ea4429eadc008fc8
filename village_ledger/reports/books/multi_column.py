"""Multi-column account (多栏账): an account's lines with one column for each account directly below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from village_ledger.domain.chart import Account, Chart, Side
from village_ledger.domain.errors import ChartError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.statement_working import sub_accounts
from village_ledger.reports.books.detail_ledger import side_of
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Column, Kind, LazyRows, Link, Role, Row, Table

_FIXED = (
    Column("date", "日期", Kind.DATE, 18),
    Column("voucher", "凭证", Kind.CODE, 22),
    Column("summary", "摘要", Kind.TEXT, 60),
    Column("debit", "借方", Kind.MONEY, 28),
    Column("credit", "贷方", Kind.MONEY, 28),
    Column("side", "方向", Kind.SIDE, 12),
    Column("balance", "余额", Kind.MONEY, 30),
)
_COLUMN_MM = 26
SIGNATURES = (("会计主管", ""), ("记账", ""), ("复核", ""))


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A posted line of one of the leaves, fen."""

    day: date
    ref: str
    """Such as 记-0012."""
    voucher_id: int
    summary: str
    account: str
    """Code of the leaf."""
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class ColumnBook:
    """An account with sub-accounts and what was posted below it in a span."""

    account: Account
    span: Span
    openings: dict[str, int]
    """Leaf to debit − credit before the span, fen."""
    entries: Callable[[], Iterable[ColumnEntry]]
    """Gives the lines by date, word and number from the first one on, each time it is called."""
    lines: int
    months: Sequence[Month]
    """Months of the span in which there are lines; the closing period counts with December."""
    year_before: dict[str, tuple[int, int]]
    """Leaf to (debits, credits) of the span's first year before it, fen."""
    is_new: bool = False
    """Whether the ledger began with the span."""


def multi_column(issuer: Issuer, chart: Chart, book: ColumnBook, warnings: Sequence[str] = ()) -> Table:
    """The table; a column holds its sub-account's amounts on the account's normal side, the other side in red.

    Raises ChartError when the account has no sub-accounts.
    """
    columns = sub_accounts(chart, book.account.code)
    if not columns:
        raise ChartError(
            f"{book.account.code} {book.account.name} 没有下级科目，不能分栏",
            "请改看它的明细账，或另选科目。",
        )
    group = f"{book.account.side.value}方（{book.account.name}）"
    return Table(
        report="multi-column",
        title="多栏账",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(*_FIXED, *(Column(a.code, a.name, Kind.MONEY, _COLUMN_MM, group) for a in columns)),
        rows=LazyRows(
            lambda: _Writer(book, columns, issuer.ledger).rows(), 1 + book.lines + 2 * len(book.months)
        ),
        span=book.span,
        heading=(f"科目：{book.account.code} {chart.path(book.account.code)}", book.span.words(), "单位：元"),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
        carries_forward=True,
    )


class _Writer:
    """Writes the rows once: a running balance and sums of every column."""

    def __init__(self, book: ColumnBook, columns: Sequence[Account], ledger: str) -> None:
        self._book = book
        self._codes = [account.code for account in columns]
        self._ledger = ledger
        self._sign = 1 if book.account.side is Side.DEBIT else -1
        self._balance = sum(book.openings.values())

    def rows(self) -> Iterator[Row]:
        """Opening, lines, 本月合计 and 本年累计."""
        book, span = self._book, self._book.span
        carried_over = (span.first.month, span.first.day) == (1, 1) and not book.is_new
        opening = self._by_column(book.openings.items())
        yield self._sum_row(
            Role.OPENING, span.first, "上年结转" if carried_over else "期初余额", (None, None), opening
        )
        year = span.first.year
        sums, columns = self._year_before()
        for month, entries in groupby(book.entries(), key=lambda entry: Month.of(entry.day)):
            if month.year != year:
                year, sums, columns = month.year, [0, 0], [0] * len(self._codes)
            month_sums, month_columns = [0, 0], [0] * len(self._codes)
            for entry in entries:
                yield self._line(entry)
                for total, of_columns in ((sums, columns), (month_sums, month_columns)):
                    total[0] += entry.debit
                    total[1] += entry.credit
                    of_columns[self._place(entry.account)] += self._sign * (entry.debit - entry.credit)
            whole = span.first <= month.first and month.last <= span.last
            end = min(month.last, span.last)
            label = "本月合计" if whole else "本期合计"
            yield self._sum_row(Role.SUBTOTAL, end, label, (month_sums[0], month_sums[1]), month_columns)
            yield self._sum_row(Role.SUBTOTAL, end, "本年累计", (sums[0], sums[1]), columns)

    def _year_before(self) -> tuple[list[int], list[int]]:
        before = self._book.year_before
        columns = self._by_column((code, debit - credit) for code, (debit, credit) in before.items())
        return [sum(sides[place] for sides in before.values()) for place in (0, 1)], columns

    def _by_column(self, leaves: Iterable[tuple[str, int]]) -> list[int]:
        columns = [0] * len(self._codes)
        for code, amount in leaves:
            columns[self._place(code)] += self._sign * amount
        return columns

    def _place(self, leaf: str) -> int:
        """Column of the sub-account a leaf is or lies below."""
        return next(place for place, code in enumerate(self._codes) if leaf.startswith(code))

    def _line(self, entry: ColumnEntry) -> Row:
        self._balance += entry.debit - entry.credit
        columns: list[Cell] = [None] * len(self._codes)
        columns[self._place(entry.account)] = self._sign * (entry.debit - entry.credit)
        fixed = (entry.day, entry.ref, entry.summary, entry.debit, entry.credit)
        cells: tuple[Cell, ...] = (*fixed, side_of(self._balance), abs(self._balance), *columns)
        return Row(Role.DETAIL, cells, 1, Link("voucher", str(entry.voucher_id), self._ledger))

    def _sum_row(
        self, role: Role, day: date, label: str, sides: tuple[int | None, int | None], columns: Sequence[int]
    ) -> Row:
        cells: tuple[Cell, ...] = (day, "", label, *sides, side_of(self._balance), abs(self._balance))
        return Row(role, (*cells, *columns))
