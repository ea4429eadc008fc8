"""Rent rows: held against a slow second opinion that walks day by day, and against figures worked out by hand."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.errors import ContractError
from village_ledger.domain.rent_schedule import (
    PayDay,
    RentRow,
    RentTerms,
    Step,
    read_pay_day,
    read_period,
    read_rate,
    read_steps,
    rent_rows,
    rent_rows_due,
    write_steps,
    year_rent,
)
from village_ledger.domain.rhythm import Rhythm

ONE = timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """The same day some months on, or the month's last: written anew for the second opinion."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def price_on(terms: RentTerms, day: date) -> Fraction:
    """Rent of a whole period at the price of a day, as the contract's words say it."""
    price, since = terms.amount, terms.start
    for step in terms.steps:
        if step.day <= day:
            price, since = step.amount, step.day
    rises = 0
    year = 1
    while terms.rate and months_on(terms.start, 12 * terms.rate_years * year) <= day:
        rises += months_on(terms.start, 12 * terms.rate_years * year) > since
        year += 1
    exact = price * (1 + Fraction(terms.rate, 10_000)) ** rises
    return Fraction(int(exact + Fraction(1, 2)))


def second_opinion(terms: RentTerms) -> list[RentRow]:
    """Every period summed up from its days, each bearing its share of that day's price."""
    rows: list[RentRow] = []
    number = 0
    while (first := months_on(terms.start, terms.period.value * number)) <= terms.end:
        following = months_on(terms.start, terms.period.value * (number + 1))
        last = min(following - ONE, terms.end)
        whole = (following - first).days
        exact, day = Fraction(), first
        while day <= last:
            exact += price_on(terms, day) / whole
            day += ONE
        due = first if terms.pay_day is PayDay.FIRST else last
        rows.append(RentRow(first, last, due, int(exact + Fraction(1, 2))))
        number += 1
    return rows


@st.composite
def some_terms(draw: st.DrawFn, *, longest: int = 1500) -> RentTerms:
    start = draw(st.dates(date(2015, 1, 1), date(2032, 12, 31)))
    days = draw(st.integers(0, longest))
    end = start + timedelta(days=days)
    rate = draw(st.sampled_from([0, 0, 250, 500, 1000]))
    offsets = sorted(draw(st.sets(st.integers(1, max(1, days)), max_size=2))) if days else []
    steps = tuple(
        Step(start + timedelta(days=offset), draw(st.integers(1, 5_000_000)))
        for offset in offsets
        if offset <= days
    )
    return RentTerms(
        start,
        end,
        draw(st.sampled_from(list(Rhythm))),
        draw(st.sampled_from(list(PayDay))),
        draw(st.integers(1, 9_999_999)),
        rate,
        draw(st.integers(1, 3)) if rate else 0,
        steps,
    )


@given(some_terms())
def test_a_second_opinion_comes_to_the_same_rows(terms: RentTerms) -> None:
    assert rent_rows(terms) == second_opinion(terms)


@given(some_terms(longest=12000))
def test_rows_tile_the_term(terms: RentTerms) -> None:
    rows = rent_rows(terms)
    assert rows[0].first == terms.start
    assert rows[-1].last == terms.end
    assert all(second.first - first.last == ONE for first, second in pairwise(rows))
    assert all(row.first <= row.due <= row.last for row in rows)


@given(some_terms(longest=12000), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 900))
def test_rows_due_in_some_days_are_those_of_all(terms: RentTerms, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert rent_rows_due(terms, first, last) == [row for row in rent_rows(terms) if first <= row.due <= last]


@given(
    st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    st.sampled_from(list(Rhythm)),
    st.integers(1, 40),
    st.integers(1, 10**9),
)
def test_a_regular_term_comes_to_periods_times_rent(
    start: date, period: Rhythm, periods: int, amount: int
) -> None:
    end = months_on(start, period.value * periods) - ONE
    rows = rent_rows(RentTerms(start, end, period, PayDay.LAST, amount))
    assert [row.amount for row in rows] == [amount] * periods


@given(some_terms())
def test_what_is_written_is_read_again(terms: RentTerms) -> None:
    assert read_steps(write_steps(terms.steps)) == terms.steps


def rows_of(start: str, end: str, period: Rhythm, amount: int, **more: object) -> list[RentRow]:
    terms = RentTerms(
        date.fromisoformat(start),
        date.fromisoformat(end),
        period,
        PayDay.FIRST,
        amount,
        **more,  # pyright: ignore[reportArgumentType]  terms by name
    )
    return rent_rows(terms)


def test_from_the_31st_periods_begin_on_the_last_day_of_shorter_months() -> None:
    rows = rows_of("2023-12-31", "2024-05-30", Rhythm.MONTH, 100)
    begins = [str(row.first) for row in rows]
    assert begins == ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
    assert [row.amount for row in rows] == [100] * 5


def test_from_29_february_years_begin_on_the_28th_until_the_next_leap_year() -> None:
    rows = rows_of("2024-02-29", "2029-02-27", Rhythm.YEAR, 100)
    begins = [str(row.first) for row in rows]
    assert begins == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_a_cut_last_period_bears_its_days_half_up() -> None:
    # 2025-07-01 to 2025-08-31 of July to December: 62 of 184 days, 4800.00 x 62 / 184 = 1617.391
    rows = rows_of("2025-01-01", "2025-08-31", Rhythm.HALF_YEAR, 480000)
    assert [row.amount for row in rows] == [480000, 161739]
    # 1 fen over 2 of 4 days: half a fen goes up
    assert rows_of("2026-02-01", "2026-02-14", Rhythm.MONTH, 1)[0].amount == 1
    assert rows_of("2026-02-01", "2026-02-13", Rhythm.MONTH, 1)[0].amount == 0


def test_escalation_over_a_partial_year() -> None:
    """5 % every year on 10,000.00 for two years and a half: the cut year bears its own year's rent."""
    rows = rows_of("2025-01-01", "2027-06-30", Rhythm.YEAR, 1_000_000, rate=500, rate_years=1)
    # 11,025.00 x 181 / 365 = 5467.191…
    assert [row.amount for row in rows] == [1_000_000, 1_050_000, 546_719]


def test_from_the_sixth_year_every_three_years() -> None:
    """The tea house of the sample register: 42,000 half-yearly, 44,100 from 2024-07, 46,305 from 2027-07."""
    steps = read_steps("2024-07-01:44100;2027-07-01:46305")
    rows = rows_of("2019-07-01", "2029-06-30", Rhythm.HALF_YEAR, 4_200_000, steps=steps)
    assert [row.amount for row in rows] == [4_200_000] * 10 + [4_410_000] * 6 + [4_630_500] * 4


def test_a_step_inside_a_period_weighs_the_days() -> None:
    rows = rows_of("2025-01-01", "2025-12-31", Rhythm.YEAR, 36_500, steps=read_steps("2025-07-02:730"))
    # 182 days at 365 yuan a year, 183 at 730
    assert [row.amount for row in rows] == [18_200 + 36_600]


def test_a_step_is_escalated_after_its_day() -> None:
    rows = rows_of(
        "2025-01-01",
        "2028-12-31",
        Rhythm.YEAR,
        10_000,
        rate=1000,
        rate_years=1,
        steps=read_steps("2026-01-01:200"),
    )
    assert [row.amount for row in rows] == [10_000, 20_000, 22_000, 24_200]


def test_changes_of_terms() -> None:
    terms = RentTerms(
        date(2025, 1, 1),
        date(2027, 12, 31),
        Rhythm.YEAR,
        PayDay.LAST,
        100,
        steps=(Step(date(2027, 1, 1), 300),),
    )
    assert [row.amount for row in rent_rows(terms.changed(date(2026, 1, 1), 200))] == [100, 200, 200]
    assert [row.amount for row in rent_rows(terms.changed(date(2025, 1, 1), 200))] == [200, 200, 200]
    assert [str(row.due) for row in rent_rows(terms.until(date(2026, 6, 30)))] == ["2025-12-31", "2026-06-30"]
    assert year_rent(terms, date(2027, 5, 1)) == 300


@pytest.mark.parametrize("word", ["月", "每月", "month"])
def test_periods_are_read(word: str) -> None:
    assert read_period(word) is Rhythm.MONTH


def test_words_are_read_or_refused() -> None:
    assert read_pay_day("末日") is PayDay.LAST
    assert read_rate("2.5%") == 250
    assert read_rate("") == 0
    for read, wrong, sentence in (
        (read_period, "旬", "周期“旬”看不懂"),
        (read_pay_day, "月中", "付款日“月中”看不懂"),
        (read_rate, "五个点", "递增率“五个点”看不懂"),
        (read_steps, "2024-07-01 44100", "阶梯“2024-07-01 44100”看不懂"),
    ):
        with pytest.raises(ContractError, match=sentence):
            read(wrong)
