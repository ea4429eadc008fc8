"""Trial balance, account ledgers and journals as figures."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import demo_village as village
from village_ledger.domain.balance import Turnover
from village_ledger.domain.chart import Account, Side
from village_ledger.domain.period import Month, Span
from village_ledger.reports.books.detail_ledger import Book, account_ledger, journal
from village_ledger.reports.books.trial_balance import trial_balance
from village_ledger.reports.table import Role
from village_ledger.storage.records import LedgerEntry

NOVEMBER = Span.of_month(Month(2025, 11))
YEAR = Span.of_year(2025)
BANK = Account("102", "银行存款", Side.DEBIT, "资产")


@pytest.mark.parametrize("issuer", [village.COLLECTIVE, village.COMMITTEE], ids=lambda issuer: issuer.ledger)
def test_the_trial_balance_balances_at_every_level(issuer):
    table = trial_balance(issuer, village.chart(issuer), village.turnovers(issuer, NOVEMBER), NOVEMBER)
    sides = [
        f"{group}_{side}"
        for group in ("opening", "period", "year", "closing")
        for side in ("debit", "credit")
    ]
    assert [column.key for column in table.columns] == ["code", "name", *sides]
    *rows, total = table.rows
    top = [row for row in rows if row.level == 1]
    assert total.role is Role.TOTAL
    for place in range(2, 10):
        assert sum(int(str(row.cells[place])) for row in top) == total.cells[place]
    assert [check.ok for check in table.checks] == [True] * 4
    assert all(row.link is not None and row.link.key == row.cells[0] for row in rows)


def test_a_trial_balance_out_of_balance_says_by_how_much():
    chart = village.chart(village.COLLECTIVE)
    table = trial_balance(village.COLLECTIVE, chart, [Turnover("101", opening_debit=500)], NOVEMBER)
    assert [check.ok for check in table.checks] == [False, True, True, True]
    assert table.checks[0].text == "期初借方合计 5.00，贷方合计 0.00，相差 5.00"


def test_an_unused_ledger_has_a_total_row_only():
    table = trial_balance(village.COLLECTIVE, village.chart(village.COLLECTIVE), [], NOVEMBER)
    assert [row.cells[2:] for row in table.rows] == [(0,) * 8]


def entries(*moves: tuple[date, int], opening: int = 0) -> list[LedgerEntry]:
    balances = accumulate((fen for _, fen in moves), initial=opening)
    next(balances)
    return [
        LedgerEntry(day, f"记-{i:04d}", i, "收付", "", max(fen, 0), max(-fen, 0), balance)
        for i, ((day, fen), balance) in enumerate(zip(moves, balances, strict=True), 1)
    ]


def ledger(lines: list[LedgerEntry], span: Span = YEAR, opening: int = 0, **more: Any) -> Book:
    days = [entry.day for entry in lines]
    busy = sum(days.count(day) > 1 for day in set(days))
    months = sorted({Month.of(day) for day in days})
    return Book(
        BANK, "银行存款", span, opening, lambda: iter(lines), len(lines), months, busy_days=busy, **more
    )


def summaries(table) -> list[str]:
    return [str(row.cells[2]) for row in table.rows]


def test_months_are_closed_with_their_sum_and_the_years():
    lines = entries((date(2025, 1, 5), 100), (date(2025, 1, 9), -30), (date(2025, 3, 1), 50), opening=1000)
    table = account_ledger(village.COLLECTIVE, ledger(lines, opening=1000))
    rows = [[str(cell) for cell in row.cells] for row in table.rows]
    assert rows == [
        ["2025-01-01", "", "上年结转", "", "None", "None", "借", "1000"],
        ["2025-01-05", "记-0001", "收付", "", "100", "0", "借", "1100"],
        ["2025-01-09", "记-0002", "收付", "", "0", "30", "借", "1070"],
        ["2025-01-31", "", "本月合计", "", "100", "30", "借", "1070"],
        ["2025-01-31", "", "本年累计", "", "100", "30", "借", "1070"],
        ["2025-03-01", "记-0003", "收付", "", "50", "0", "借", "1120"],
        ["2025-03-31", "", "本月合计", "", "50", "0", "借", "1120"],
        ["2025-03-31", "", "本年累计", "", "150", "30", "借", "1120"],
    ]
    assert table.carries_forward


def test_a_book_begun_in_mid_year_carries_the_years_sums():
    span = Span(date(2025, 7, 1), date(2025, 7, 31))
    table = account_ledger(
        village.COLLECTIVE, ledger(entries((date(2025, 7, 2), 5)), span, year_before=(1000, 400), is_new=True)
    )
    *_, year = table.rows
    assert year.cells[4:6] == (1005, 400)
    assert summaries(table)[0] == "期初余额"


def test_the_years_sum_begins_again_in_january():
    span = Span(date(2024, 12, 1), date(2025, 1, 31))
    table = account_ledger(
        village.COLLECTIVE, ledger(entries((date(2024, 12, 3), 7), (date(2025, 1, 3), 5)), span)
    )
    assert [row.cells[4] for row in table.rows if row.cells[2] == "本年累计"] == [7, 5]


def test_part_of_a_month_is_not_called_a_month():
    span = Span(date(2025, 3, 10), date(2025, 3, 20))
    table = account_ledger(village.COLLECTIVE, ledger(entries((date(2025, 3, 12), 7)), span))
    assert summaries(table) == ["期初余额", "收付", "本期合计", "本年累计"]


def test_a_journal_is_summed_by_day_too():
    day = date(2025, 3, 12)
    lines = entries((day, 7), (day, -2), (day + timedelta(1), 3))
    table = journal(village.COLLECTIVE, ledger(lines), "cash-journal")
    assert summaries(table) == ["上年结转", "收付", "收付", "本日合计", "收付", "本月合计", "本年累计"]
    assert table.title == "库存现金日记账"


def test_balances_name_their_side():
    day = date(2025, 3, 12)
    table = account_ledger(village.COLLECTIVE, ledger(entries((day, 7), (day, -7), (day, -2))))
    assert [row.cells[6] for row in table.rows][:4] == ["平", "借", "平", "贷"]
    assert [row.cells[7] for row in table.rows][:4] == [0, 7, 0, 2]


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(-9999, 9999)), max_size=40).map(sorted), st.integers(-999, 999))
def test_running_balances_follow_the_lines_and_the_count_is_true(moves, opening):
    book = ledger(entries(*moves, opening=opening), opening=opening)
    for table in (
        account_ledger(village.COLLECTIVE, book),
        journal(village.COLLECTIVE, book, "bank-journal"),
    ):
        rows = list(table.rows)
        assert len(rows) == len(table.rows)  # pyright: ignore[reportArgumentType]  rows may be lazy, len is asked on purpose
        balance = opening
        for row in rows:
            if row.role is Role.DETAIL:
                balance += int(str(row.cells[4])) - int(str(row.cells[5]))
            shown = int(str(row.cells[7])) * (-1 if row.cells[6] == "贷" else 1)
            assert shown == balance
        months = [int(str(row.cells[4])) for row in rows if row.cells[2] == "本月合计"]
        assert sum(months) == sum(max(fen, 0) for _, fen in moves)
