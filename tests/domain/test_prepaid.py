"""Advance rent in parts: they add up to the whole, whatever the days; leap years and cut months are counted right."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.errors import AmountError, PeriodError
from village_ledger.domain.period import Month
from village_ledger.domain.prepaid import Basis, spread
from village_ledger.domain.rhythm import Rhythm, due_days, months_later

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(
    total=st.integers(1, 10**12),
    first=DAYS,
    length=st.integers(0, 365 * 30),
    basis=st.sampled_from(Basis),
)
def test_parts_add_up_cover_every_day_once_and_are_never_nothing(total, first, length, basis):
    last = first + timedelta(days=length)
    parts = spread(total, first, last, basis)
    assert sum(part.amount for part in parts) == total
    assert all(part.amount > 0 for part in parts)
    assert all(part.due == Month.of(part.first) for part in parts)
    assert parts[-1].last <= last
    assert all(a.last < b.first for a, b in itertools.pairwise(parts))
    if total > 10**7:  # then no part is less than a fen
        assert parts[0].first == first
        assert parts[-1].last == last
        assert all(a.last + timedelta(days=1) == b.first for a, b in itertools.pairwise(parts))


@given(total=st.integers(10**6, 10**10), year=st.integers(2000, 2050), years=st.integers(1, 20))
def test_whole_years_and_whole_months_differ_by_a_fen_at_most(total, year, years):
    for basis in Basis:
        amounts = {p.amount for p in spread(total, date(year, 1, 1), date(year + years - 1, 12, 31), basis)}
        assert max(amounts) - min(amounts) <= 1


def test_three_years_of_10000_by_month():
    parts = spread(10_000_00, date(2025, 3, 1), date(2028, 2, 29), Basis.MONTH)
    assert len(parts) == 36
    assert [p.amount for p in parts[:3]] == [27778, 27778, 27777]
    assert (parts[-1].first, parts[-1].last) == (date(2028, 2, 1), date(2028, 2, 29))


def test_a_month_cut_at_both_ends_bears_its_days():
    parts = spread(1200_00, date(2025, 1, 16), date(2026, 1, 15), Basis.MONTH)
    assert len(parts) == 13
    whole = 1200_00 / (16 / 31 + 11 + 15 / 31)
    assert parts[0].amount == round(whole * 16 / 31)
    assert parts[-1].amount == 1200_00 - sum(p.amount for p in parts[:-1])
    assert abs(parts[-1].amount - whole * 15 / 31) < 1


def test_contract_years_from_29_february_begin_on_the_28th_and_in_leap_years_on_the_29th():
    parts = spread(5000_00, date(2024, 2, 29), date(2029, 2, 27), Basis.YEAR)
    assert [p.first for p in parts] == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]
    assert [p.amount for p in parts] == [1000_00] * 5


def test_a_short_last_contract_year_bears_its_days():
    parts = spread(1500_00, date(2025, 7, 1), date(2026, 12, 31), Basis.YEAR)
    assert [p.amount for p in parts] == [
        round(1500_00 / (1 + 184 / 365)),
        1500_00 - round(1500_00 / (1 + 184 / 365)),
    ]


def test_one_day_is_one_part():
    assert [p.amount for p in spread(1, date(2025, 5, 5), date(2025, 5, 5), Basis.MONTH)] == [1]


def test_an_end_before_the_start_and_a_slip_of_a_century_are_refused():
    with pytest.raises(PeriodError, match="早于起日"):
        spread(100, date(2025, 5, 5), date(2025, 5, 4), Basis.MONTH)
    with pytest.raises(PeriodError, match="超过 100 年"):
        spread(100, date(2025, 5, 5), date(2225, 5, 4), Basis.MONTH)


@pytest.mark.parametrize("total", [0, -1])
def test_nothing_received_is_nothing_to_spread(total):
    with pytest.raises(AmountError):
        spread(total, date(2025, 1, 1), date(2025, 12, 31), Basis.YEAR)


def test_months_later_clamps_to_the_month_and_comes_back():
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert months_later(date(2025, 1, 31), 1) == date(2025, 2, 28)


def test_due_days_of_each_rhythm():
    def days(rhythm: Rhythm, day: int, end: str = "") -> list[str]:
        until = Month.parse(end) if end else None
        found = due_days(rhythm, day, Month(2025, 1), until, Month(2025, 12))
        return [d.isoformat()[5:] for d in found]

    assert days(Rhythm.QUARTER, 31) == ["01-31", "04-30", "07-31", "10-31"]
    assert days(Rhythm.HALF_YEAR, 5) == ["01-05", "07-05"]
    assert days(Rhythm.YEAR, 1) == ["01-01"]
    assert days(Rhythm.MONTH, 31, "2025-02") == ["01-31", "02-28"]
