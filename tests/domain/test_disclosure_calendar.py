"""When what must be published, and how it stands."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.disclosure_calendar import (
    Deadline,
    Due,
    Every,
    Happened,
    Obligation,
    occasional,
    regular,
)
from village_ledger.domain.disclosure_standing import Excuse, Posted, State, judge
from village_ledger.domain.period import Month, Span

START, BOTH = date(2025, 1, 1), frozenset(LedgerKind)
YEAR = Span.of_year(2025)


def rule(every: Every, due: Deadline, ident: str = "", sheets: str = "A", **more: object) -> Obligation:
    return Obligation(ident or every.value, "财务收支", every, BOTH, sheets, due, "", "", **more)  # pyright: ignore[reportArgumentType]  fields by name


QUARTER = rule(Every.QUARTER, Deadline(20), sheets="AC", parts=True)


def dues(obligation: Obligation, window: Span = YEAR, start: date = START) -> list[tuple[str, date]]:
    return [(due.span.words(), due.day) for due in regular(obligation, window, start)]


def month(number: int, year: int = 2025) -> Span:
    return Span.of_month(Month(year, number))


def quarter(number: int, year: int = 2025) -> Span:
    return Span(month(3 * number - 2, year).first, month(3 * number, year).last)


def hung(
    span: Span, day: date | None, letters: str = "AC", occasion: str = "quarter", number: str = "2025-01"
):
    return Posted(number, occasion, span, frozenset(letters), day)


def stands(obligation: Obligation, *posted: Posted, today: date, excuses: tuple[Excuse, ...] = ()):
    found = list(regular(obligation, Span(START, date(2026, 12, 31)), START))
    return {line.due.span.words(): line for line in judge(found, posted, excuses, today)}


# when


def test_quarters_fall_due_in_the_month_after():
    assert dues(QUARTER) == [
        ("2025年第1季度", date(2025, 4, 20)),
        ("2025年第2季度", date(2025, 7, 20)),
        ("2025年第3季度", date(2025, 10, 20)),
    ]
    assert ("2024年第4季度", date(2025, 1, 20)) in dues(QUARTER, start=date(2024, 12, 1))


def test_a_year_falls_due_on_a_day_of_the_next_and_a_plan_on_one_of_its_own():
    assert dues(rule(Every.YEAR, Deadline(on=(2, 8))), Span.of_year(2026)) == [("2025年", date(2026, 2, 8))]
    assert dues(rule(Every.PLAN, Deadline(on=(3, 31)))) == [("2025年", date(2025, 3, 31))]
    assert dues(rule(Every.PLAN, Deadline(on=(3, 31))), start=date(2025, 5, 1)) == []


def test_a_half_year_has_two_halves():
    assert dues(rule(Every.HALF_YEAR, Deadline(on=(7, 8)))) == [("2025年1月至6月", date(2025, 7, 8))]


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from([Every.MONTH, Every.QUARTER, Every.YEAR])
)
def test_the_days_of_a_regular_occasion_leave_nothing_out_and_nothing_twice(start, every):
    found = list(regular(rule(every, Deadline(20)), Span(start, date(2042, 12, 31)), start))
    spans = [due.span for due in found]
    assert spans[0].first <= start <= spans[0].last
    assert all(one.after == other.first for one, other in pairwise(spans))
    assert all(due.day == due.span.last + timedelta(days=20) for due in found)


def test_what_happened_in_a_month_is_published_together_or_each_by_itself():
    events = [Happened("land", date(2025, 3, day), f"第{day}笔") for day in (3, 3, 20)]
    each = rule(Every.EVENT, Deadline(5), "special:land", "G", triggers=("land",))
    assert [(d.span.last, d.day, len(d.about)) for d in occasional(each, events, YEAR)] == [
        (date(2025, 3, 3), date(2025, 3, 8), 2),
        (date(2025, 3, 20), date(2025, 3, 25), 1),
    ]
    together = rule(Every.EVENT, Deadline(10), "special:land", "G", triggers=("land",), together=Every.MONTH)
    (only,) = occasional(together, events, YEAR)
    assert (only.span, only.day, only.title) == (month(3), date(2025, 4, 10), "财务收支 · 第3笔等 3 件")
    assert list(occasional(together, [Happened("loan", date(2025, 3, 3), "")], YEAR)) == []


def test_papers_lie_ready_days_before_a_meeting_about_another_year():
    papers = rule(Every.EVENT, Deadline(before=10), "special:assembly", "", triggers=("assembly",))
    meeting = Happened("assembly", date(2026, 3, 15), "成员大会", "1", Span.of_year(2025))
    (due,) = occasional(papers, [meeting], Span.of_year(2026))
    assert (due.span, due.day) == (Span.of_year(2025), date(2026, 3, 5))
    in_time = hung(Span.of_year(2025), date(2026, 3, 4), "SB", "special:assembly")
    assert judge([due], [in_time], (), date(2026, 3, 20))[0].state is State.DONE


def test_two_requests_about_the_same_days_stand_apart():
    asked = rule(Every.EVENT, Deadline(5), "request", "", triggers=("request",))
    events = [Happened("request", date(2025, 5, day), "", str(day), month(4)) for day in (2, 9)]
    assert [due.day for due in occasional(asked, events, YEAR)] == [date(2025, 5, 7), date(2025, 5, 14)]


# how it stands


def test_a_quarter_waits_then_is_due_then_late_and_stays_so():
    def state(today: date) -> tuple[State, str]:
        line = stands(QUARTER, today=today)["2025年第1季度"]
        return line.state, line.how

    assert state(date(2025, 3, 1)) == (State.AHEAD, "还有 50 天")
    assert state(date(2025, 4, 1)) == (State.SOON, "还有 19 天")
    assert state(date(2025, 4, 20)) == (State.SOON, "今天到期")
    assert state(date(2025, 4, 21)) == (State.LATE, "晚了 1 天")
    assert state(date(2026, 11, 1))[0] is State.LATE


def test_a_posting_in_time_answers_it_and_a_late_one_says_how_late():
    first = quarter(1)
    done = stands(QUARTER, hung(first, date(2025, 4, 12)), today=date(2025, 5, 1))["2025年第1季度"]
    assert (done.state, done.postings, done.done_on) == (State.DONE, ("2025-01",), date(2025, 4, 12))
    late = stands(QUARTER, hung(first, date(2025, 4, 25)), today=date(2025, 5, 1))["2025年第1季度"]
    assert (late.state, late.how) == (State.DONE_LATE, "晚 5 天公开")


def test_a_correction_is_named_with_what_it_replaced_and_makes_nothing_late():
    first = Posted("2025-01", "quarter", quarter(1), frozenset("AC"), date(2025, 4, 12), "2025-02")
    second = hung(quarter(1), date(2025, 4, 28), number="2025-02")
    line = stands(QUARTER, first, second, today=date(2025, 5, 1))["2025年第1季度"]
    assert (line.state, line.done_on, line.postings) == (
        State.DONE,
        date(2025, 4, 12),
        ("2025-01", "2025-02"),
    )


def test_a_set_that_is_made_and_not_hung_answers_nothing_but_is_named():
    line = stands(QUARTER, hung(quarter(1), None), today=date(2025, 5, 1))["2025年第1季度"]
    assert (line.state, line.postings) == (State.LATE, ("2025-01",))


def test_a_missing_sheet_is_named():
    line = stands(QUARTER, hung(quarter(1), date(2025, 4, 2), "A"), today=date(2025, 4, 5))["2025年第1季度"]
    assert (line.state, line.how) == (State.PARTLY, "缺表 C")


def test_three_months_together_make_a_quarter_and_a_gap_does_not():
    months = [hung(month(n), date(2025, n + 1, 9), occasion="month", number=f"2025-0{n}") for n in (1, 2, 3)]
    line = stands(QUARTER, *months, today=date(2025, 5, 1))["2025年第1季度"]
    assert (line.state, line.done_on, line.postings) == (
        State.DONE,
        date(2025, 4, 9),
        ("2025-01", "2025-02", "2025-03"),
    )
    line = stands(QUARTER, months[0], months[2], today=date(2025, 5, 1))["2025年第1季度"]
    assert line.state is State.LATE


def test_four_quarters_do_not_make_the_year():
    year = rule(Every.YEAR, Deadline(on=(2, 8)), sheets="AC")
    quarters = [hung(quarter(n), date(2026, 1, 5)) for n in (1, 2, 3, 4)]
    assert stands(year, *quarters, today=date(2026, 3, 1))["2025年"].state is State.LATE


def test_what_hung_before_its_days_were_over_answers_nothing():
    line = stands(QUARTER, hung(quarter(1), date(2025, 3, 20)), today=date(2025, 5, 1))["2025年第1季度"]
    assert line.state is State.LATE


def test_a_plan_is_answered_by_a_posting_of_the_plan_alone():
    plan = rule(Every.PLAN, Deadline(on=(3, 31)), sheets="B")
    of_the_year = hung(YEAR, date(2025, 2, 1), "B", "year")
    assert stands(plan, of_the_year, today=date(2025, 5, 1))["2025年"].state is State.LATE
    posted = hung(YEAR, date(2025, 2, 1), "B", "plan")
    assert stands(plan, posted, today=date(2025, 5, 1))["2025年"].state is State.DONE


def test_a_reason_takes_the_place_of_a_posting_but_stays_visible():
    excuse = Excuse("quarter", quarter(1), "启用本软件以前已在公开栏张贴")
    line = stands(QUARTER, today=date(2025, 5, 1), excuses=(excuse,))["2025年第1季度"]
    assert (line.state, line.excuse) == (State.EXCUSED, excuse)
    both = stands(QUARTER, hung(quarter(1), date(2025, 4, 30)), today=date(2025, 5, 1), excuses=(excuse,))
    assert both["2025年第1季度"].state is State.DONE_LATE


def test_what_was_told_by_its_own_notice_needs_no_posting():
    decided = rule(Every.EVENT, Deadline(10), "special:decision", "", triggers=("decision",))
    event = Happened("decision", date(2025, 6, 1), "修路", "1", told_on=date(2025, 6, 3))
    (due,) = occasional(decided, [event], YEAR)
    line = judge([due], (), (), date(2025, 9, 1))[0]
    assert (line.state, line.done_on) == (State.DONE, date(2025, 6, 3))


def test_late_ones_come_first_then_the_next_then_what_is_done():
    found = list(regular(QUARTER, Span(START, date(2026, 6, 30)), START))
    posted = [hung(quarter(1), date(2025, 4, 2))]
    lines = judge(found, posted, (), date(2025, 10, 5))
    assert [(line.due.span.words(), line.state) for line in lines] == [
        ("2025年第2季度", State.LATE),
        ("2025年第3季度", State.SOON),
        ("2025年第4季度", State.AHEAD),
        ("2026年第1季度", State.AHEAD),
        ("2025年第1季度", State.DONE),
    ]


def test_a_due_thing_is_named_by_its_days_or_by_what_happened():
    assert Due(QUARTER, quarter(1), START).title == "2025年第1季度 · 财务收支"
