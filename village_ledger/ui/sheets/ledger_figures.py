"""What the ledger page shows, read from the book: opening, sums between the entries, and whether it ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Account, Chart, Money
from village_ledger.domain.period import Month, Span
from village_ledger.i18n import tr
from village_ledger.reports.books.journal_names import NamedEntries
from village_ledger.ui.tables.paged_model import LedgerSum, Slice

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

TITLES = {None: "明细账", Money.CASH: "库存现金日记账", Money.BANK: "银行存款日记账"}


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """An account's ledger over a span; amounts are fen, balances debit − credit."""

    account: Account
    path: str
    is_journal: bool
    entries: Slice
    sums: Sequence[LedgerSum] = field(repr=False)
    closing: int
    """By the ledger itself: opening and all that moved."""
    trial_closing: int
    """By the trial balance; the two must agree."""
    unposted: int
    """Vouchers of the ledger up to the span's end that are not posted yet, whatever their account."""

    @property
    def title(self) -> str:
        """明细账, 库存现金日记账 or 银行存款日记账."""
        return tr(TITLES[self.account.money if self.is_journal else None])

    @property
    def ties(self) -> bool:
        """Whether ledger and trial balance agree."""
        return self.closing == self.trial_closing


def read_ledger(
    reader: Reader, ledger: str, code: str, span: Span, *, as_journal: bool = True
) -> LedgerFigures:
    """The ledger of an account, leaf or parent; cash and bank come as journals with sums by day if asked for.

    Raises ChartError when the ledger has no such account.
    """
    chart = reader.chart(ledger)
    account = chart.get(code)
    entries = reader.account_ledger(ledger, code, span)
    is_journal = as_journal and account.money is not None
    leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(code)]
    days = reader.ledger_days(ledger, leaves, span) if is_journal and leaves else []
    begins = reader.ledger(ledger).start.first
    opening = LedgerSum(0, _opening_words(span.first, begins), entries.opening, day=_day(span.first, span))
    rest = _sums(span, entries.opening, entries.months, days, _year_before(reader, ledger, code, span.first))
    closing = entries.opening + sum(debit - credit for _, debit, credit, _ in entries.months)
    trial = sum(t.closing for t in reader.turnovers(ledger, span) if t.account.startswith(code))
    unposted = len(reader.unposted_ids(ledger, span.last.isoformat()))
    return LedgerFigures(
        account,
        chart.path(code),
        is_journal,
        NamedEntries(reader, entries) if is_journal else entries,
        (opening, *rest),
        closing,
        trial,
        unposted,
    )


def _opening_words(first: date, begins: date) -> str:
    """上年结转 at the start of a year, else 期初余额; the words the paper has."""
    return tr("上年结转") if (first.month, first.day) == (1, 1) and first > begins else tr("期初余额")


def _year_before(reader: Reader, ledger: str, code: str, first: date) -> tuple[int, int]:
    """Debits and credits of the year before a day, those the opening document brought along included."""
    on_day = reader.turnovers(ledger, Span(first, first))
    own = [t for t in on_day if t.account.startswith(code)]
    return sum(t.year_debit - t.debit for t in own), sum(t.year_credit - t.credit for t in own)


def _day(day: date, span: Span) -> str:
    return day.isoformat() if span.first.year != span.last.year else f"{day.month:02d}-{day.day:02d}"


def _sums(
    span: Span,
    opening: int,
    months: Sequence[tuple[Month, int, int, int]],
    days: Sequence[tuple[date, int, int, int]],
    year_before: tuple[int, int],
) -> Iterator[LedgerSum]:
    """本日合计 of days with two entries or more, 本月合计 and 本年累计 of every month with entries."""
    after, balance = 0, opening
    year, (year_debit, year_credit) = span.first.year, year_before
    of_month: dict[Month, list[tuple[date, int, int, int]]] = {}
    for day in days:
        of_month.setdefault(Month.of(day[0]), []).append(day)
    for month, debit, credit, lines in _calendar_months(months):
        if month.year != year:
            year, year_debit, year_credit = month.year, 0, 0
        yield from _day_sums(span, after, balance, of_month.get(month, ()))
        after += lines
        balance += debit - credit
        year_debit += debit
        year_credit += credit
        whole = span.first <= month.first and month.last <= span.last
        end = _day(min(month.last, span.last), span)
        yield LedgerSum(
            after, tr("本月合计") if whole else tr("本期合计"), balance, debit, credit, end, closes=True
        )
        yield LedgerSum(after, tr("本年累计"), balance, year_debit, year_credit, end)


def _calendar_months(
    months: Sequence[tuple[Month, int, int, int]],
) -> Iterator[tuple[Month, int, int, int]]:
    """Months as the calendar has them: the closing period lies on the last day of December."""
    for month, group in groupby(months, key=lambda entry: Month.of(entry[0].last)):
        sums = list(group)
        yield month, sum(s[1] for s in sums), sum(s[2] for s in sums), sum(s[3] for s in sums)


def _day_sums(
    span: Span, after: int, balance: int, days: Sequence[tuple[date, int, int, int]]
) -> Iterator[LedgerSum]:
    for day, debit, credit, lines in days:
        after += lines
        balance += debit - credit
        if lines > 1:
            yield LedgerSum(after, tr("本日合计"), balance, debit, credit, _day(day, span))


def first_account(chart: Chart, code: str = "") -> str:
    """The account of that code if the chart has it, else the first cash account: what a ledger opens with."""
    if code in chart:
        return code
    cash = (a.code for a in chart if a.money is Money.CASH and a.is_leaf)
    return next(cash, next(iter(chart)).code)


def journal_accounts(chart: Chart, money: Money) -> list[Account]:
    """Cash or bank leaves, for the choice of a journal."""
    return [a for a in chart if a.money is money and a.is_leaf]
