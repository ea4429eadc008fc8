"""What the home page shows, read once on the worker: plain figures, no widget."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from village_ledger.domain.chart import INCOME_AND_EXPENSE, LedgerKind, Money, Side
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import VoucherState
from village_ledger.reports.disclosure import version_list
from village_ledger.resources_dir import resource
from village_ledger.services.contracts.due_screen import DueScreen, Group, due_screen
from village_ledger.services.counting import counting_check
from village_ledger.services.disclosure import record_check
from village_ledger.services.disclosure.disclosure_calendar import calendar_of, with_vouchers
from village_ledger.services.entry import recurring
from village_ledger.services.handover import handover_check
from village_ledger.services.planning import prepaid
from village_ledger.services.shares.share_case_list import case_lines
from village_ledger.ui.contracts.rent_todos import NAMED

if TYPE_CHECKING:
    from village_ledger.domain.disclosure_standing import Line
    from village_ledger.reports.indicators.indicator_figures import IndicatorSet
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo, MonthInfo, StoredDraft

UNCLOSED = {MonthState.OPEN, MonthState.CHECKING}


@lru_cache(maxsize=1)
def cash_limit() -> int:
    """Cash that may stay overnight, fen (《现金管理暂行条例》第9条; the sum is a local rule)."""
    rules = tomllib.loads(resource("rules", "cash.toml").read_text(encoding="utf-8"))
    return int(rules["limit"]["default_fen"])


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """One ledger in the year in view; amounts in fen."""

    code: str
    kind: LedgerKind
    title: str
    money: int
    """Cash and bank after the last posted day of the year."""
    income: tuple[int, ...]
    """Per month, January first: credits of income accounts, red letters deducted."""
    expense: tuple[int, ...]
    """Per month: debits of expense accounts, red letters deducted."""
    cash: tuple[int | None, ...]
    """Cash at the end of each month; None before the book's start and after its last used month."""
    unreviewed: int
    unposted: int
    """Reviewed, not yet posted."""
    returned: int
    """Given back to their maker."""
    due: int = 0
    """Due days of what comes round that nothing was done about, through the month of today."""
    prepaid_due: int = 0
    """Advances with a part due and not released."""
    open_months: tuple[Month, ...] = ()
    """Months of the year that are over, have vouchers, and are not closed."""
    publish_late: tuple[Line, ...] = ()
    """What should hang on the board already and does not."""
    publish_soon: tuple[Line, ...] = ()
    """What is to be hung within the days of a reminder."""
    cases_waiting: int = 0
    """Share changes checked or objected to, waiting for somebody."""
    cases_due: int = 0
    """Share changes whose notice is over."""
    reminders: tuple[tuple[str, str], ...] = ()
    """(words, page): what comes round once a year or with another person."""
    sheets_differing: tuple[str, ...] = ()
    """Which sheets on the wall the ledger no longer gives, in a sentence; empty when none."""
    rent: DueScreen | None = None
    """Rent late and due, contracts ending; None where there are no contracts."""


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """All the home page draws."""

    year: int
    limit: int
    ledgers: tuple[LedgerFigures, ...]
    drafts: tuple[StoredDraft, ...]


def read_home(reader: Reader, year: int) -> HomeFigures:
    """Read the figures of a year; cost follows accounts and months, not vouchers."""
    ledgers = tuple(_read_ledger(reader, ledger, year) for ledger in reader.ledgers())
    return HomeFigures(year, cash_limit(), ledgers, tuple(reader.drafts()))


def read_home_indicators(reader: Reader, year: int) -> IndicatorSet | None:
    """The first collective ledger's indicators after its last month with vouchers in the year; None before it began."""
    from village_ledger.reports.indicators.indicator_figures import has_indicators, read_indicators

    info = next((one for one in reader.ledgers() if has_indicators(reader, one.code)), None)
    if info is None or year < info.start.year:
        return None
    return read_indicators(reader, info.code, _last_used(reader, info, year).last)


def _read_ledger(reader: Reader, ledger: LedgerInfo, year: int) -> LedgerFigures:
    income, expense = _by_month(reader, ledger.code, year)
    waiting = reader.state_counts(ledger.code)
    last = _last_used(reader, ledger, year)
    after = last.last + timedelta(days=1)
    today = Month.of(date.today())  # noqa: DTZ011  the wall calendar of the village
    through = min(today, reader.months(ledger.code)[-1].month)
    unreviewed = waiting.get(VoucherState.ENTERED, 0)
    over = _months_over(reader, ledger.code, year, today)
    cases = case_lines(reader, date.today(), ledger.code)  # noqa: DTZ011  likewise
    publish = _publish(reader, ledger.code, min(date.today(), through.last))  # noqa: DTZ011  likewise
    return LedgerFigures(
        code=ledger.code,
        kind=ledger.kind,
        title=ledger.title,
        money=sum(reader.cash_and_bank_before(ledger.code, after).values()),
        income=income,
        expense=expense,
        cash=_cash(reader, ledger, year, last),
        unreviewed=unreviewed,
        unposted=waiting.get(VoucherState.REVIEWED, 0),
        returned=_returned(reader, ledger.code) if unreviewed else 0,
        due=len(recurring.due(reader, ledger.code, through)),
        prepaid_due=len(prepaid.due(reader, ledger.code, through)),
        open_months=tuple(m.month for m in over if m.state in UNCLOSED),
        publish_late=publish[0],
        publish_soon=publish[1],
        cases_waiting=sum(line.case.state in {"checked", "objected"} for line in cases),
        cases_due=sum(line.is_due for line in cases),
        reminders=_reminders(reader, ledger.code),
        sheets_differing=tuple(version_list.reminders(reader, ledger.code)),
        rent=_rent(reader, ledger.code, min(date.today(), through.last)),  # noqa: DTZ011  likewise
    )


def _rent(reader: Reader, ledger: str, day: date) -> DueScreen | None:
    """What is late, due and ending; a few by name."""
    if not reader.has_contracts(ledger):
        return None
    return due_screen(reader, ledger, day, dict.fromkeys(Group, NAMED))


def _reminders(reader: Reader, ledger: str) -> tuple[tuple[str, str], ...]:
    """Sheets that differ or hang, stock-take and its deadline, handovers under way, old matters."""
    today = date.today()  # noqa: DTZ011  the wall calendar of the village
    counts = [(words, "stock_takes") for words in counting_check.reminders(reader, ledger, today)]
    differing = [(words, "sheet_check") for words in version_list.reminders(reader, ledger)]
    hung = record_check.reminders(reader, ledger, today)
    return (*differing, *hung, *counts, *handover_check.reminders(reader, ledger, today))


def _months_over(reader: Reader, ledger: str, year: int, today: Month) -> list[MonthInfo]:
    """Months of the year before this one that have vouchers."""
    used = {row[0] for row in reader.numbers(ledger)}
    return [m for m in reader.months(ledger) if m.month.year == year and m.month < today and m.month in used]


def _publish(reader: Reader, ledger: str, day: date) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What is late and what is due on the disclosure calendar, where the books have something to tell."""
    calendar = calendar_of(reader, ledger, day)
    late, soon = (tuple(with_vouchers(reader, ledger, lines)) for lines in (calendar.late, calendar.soon))
    return late, soon


def _by_month(reader: Reader, ledger: str, year: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Income and expense per month.

    Each side is taken alone, so that a year's closing transfer, which stands on the other side, is not counted.
    """
    accounts = {a.code: a for a in reader.chart(ledger) if a.is_leaf and a.category in INCOME_AND_EXPENSE}
    income, expense = [0] * 12, [0] * 12
    if accounts:
        for code, month, debit, credit in reader.month_turnovers(
            ledger, list(accounts), Month(year, 1), Month(year, 12)
        ):
            if accounts[code].side is Side.CREDIT:
                income[month.month - 1] += credit
            else:
                expense[month.month - 1] += debit
    return tuple(income), tuple(expense)


def _last_used(reader: Reader, ledger: LedgerInfo, year: int) -> Month:
    """The last month of the year with a voucher, or the first the ledger has in it."""
    first = max(ledger.start, Month(year, 1)) if ledger.start.year == year else Month(year, 1)
    return max((row[0] for row in reader.numbers(ledger.code) if row[0].year == year), default=first)


def _cash(reader: Reader, ledger: LedgerInfo, year: int, last: Month) -> tuple[int | None, ...]:
    """Cash at the end of each month that has been used."""
    balances: list[int | None] = []
    codes = [a.code for a in reader.money_accounts(ledger.code) if a.money is Money.CASH]
    for number in range(1, 13):
        month = Month(year, number)
        used = ledger.start <= month <= last
        day = month.last + timedelta(days=1)
        balances.append(reader.balance_before(ledger.code, codes, day) if used and codes else None)
    return tuple(balances)


def _returned(reader: Reader, ledger: str) -> int:
    """Vouchers given back and not yet passed."""
    waiting = reader.vouchers_by_id(reader.unposted_ids(ledger))
    return sum(1 for voucher in waiting if voucher.return_reason and voucher.state is VoucherState.ENTERED)
