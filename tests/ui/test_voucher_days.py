"""The date of a voucher: typed short, judged at once, never a late failure."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE
from tests.ui.voucher_hand import Hand, focused
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import Month, MonthState
from village_ledger.storage.records import MonthInfo
from village_ledger.ui.voucher.voucher_days import day_problem, day_words, looks_whole, read_day
from village_ledger.ui.voucher.voucher_page import VoucherPage

CURRENT = date(2025, 3, 8)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("18", date(2025, 3, 18)),
        ("1", date(2025, 3, 1)),
        ("12-15", date(2025, 12, 15)),
        ("1215", date(2025, 12, 15)),
        ("20241215", date(2024, 12, 15)),
        ("2025-4-1", date(2025, 4, 1)),
        ("2025/4/1", date(2025, 4, 1)),
        ("2025年4月1日", date(2025, 4, 1)),
        ("4月1日", date(2025, 4, 1)),
        ("１８", date(2025, 3, 18)),
        ("2025-03-08 周六", date(2025, 3, 8)),
        ("2025。4。1", date(2025, 4, 1)),
    ],
)
def test_dates_are_read_as_people_write_them(typed, day):
    assert read_day(typed, CURRENT) == day


@pytest.mark.parametrize("typed", ["2025-02-30", "31月", "32", "0", "1332", "明天", ""])
def test_days_that_do_not_exist_are_refused(typed):
    with pytest.raises(PeriodError):
        read_day(typed, CURRENT)


def test_a_beginning_is_not_judged_yet():
    assert not looks_whole("2025-1")
    assert looks_whole("2025-12-1")
    assert looks_whole("18")


def test_the_day_is_shown_in_the_words_of_the_look():
    assert day_words(date(2025, 12, 15), paper=False) == "2025-12-15 周一"
    assert day_words(date(2025, 12, 10), paper=True) == "2025 年 12 月 10 日"


MONTHS = [
    MonthInfo(Month(2025, 1), MonthState.SEALED),
    MonthInfo(Month(2025, 2), MonthState.CLOSED),
    MonthInfo(Month(2025, 3), MonthState.CHECKING),
    MonthInfo(Month(2025, 4), MonthState.OPEN),
]


def state_of(month):
    found = next((info.state for info in MONTHS if info.month == month), None)
    if found is None:
        raise PeriodError("没有这个月", "请核对日期。")
    return found


@pytest.mark.parametrize("day", [date(2025, 3, 31), date(2025, 4, 1)])
def test_open_months_and_those_being_checked_take_vouchers(day):
    assert day_problem(day, state_of, MONTHS) is None


def test_a_closed_month_is_explained_and_the_next_open_day_offered():
    problem = day_problem(date(2025, 2, 5), state_of, MONTHS)
    assert problem is not None
    assert problem.sentence.startswith("2月已结账，可记入3月（2025-03-01）。")
    assert "反结账" in problem.sentence
    assert problem.offer == date(2025, 3, 1)


def test_a_sealed_month_offers_no_way_back():
    problem = day_problem(date(2025, 1, 5), state_of, MONTHS)
    assert problem is not None
    assert "已封账" in problem.sentence
    assert "反结账" not in problem.sentence


def test_a_month_beyond_the_book_offers_the_last_open_day():
    problem = day_problem(date(2029, 1, 5), state_of, MONTHS)
    assert problem is not None
    assert problem.offer == date(2025, 4, 30)


def test_a_book_with_every_month_closed_says_so():
    closed = [MonthInfo(Month(2025, 2), MonthState.CLOSED)]
    problem = day_problem(date(2025, 2, 5), state_of, closed)
    assert problem is not None
    assert problem.offer is None
    assert "没有开着的月份" in problem.sentence


# At the field


@pytest.fixture
def hand(qtbot, page_of, village, settle):
    """The voucher page with February closed and the keyboard in the date."""
    village.set_month("2025-02", MonthState.CLOSED)
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    page.desk.form.heading.day.setFocus()
    return Hand(page)


def said(hand):
    heading = hand.page.desk.form.heading
    return heading.notice.text() if heading.notice.isVisible() else ""


def test_a_closed_month_is_explained_while_one_types_and_enter_takes_the_offer(hand):
    hand.type("2025-02-05")
    assert "2月已结账，可记入3月（2025-03-01）" in said(hand)
    hand.press("Enter")
    assert hand.cell == "日期"
    hand.press("Enter")
    assert said(hand) == ""
    assert hand.page.desk.editing.head.day == "2025-03-01"
    hand.press("Enter")
    assert hand.cell == "第1行 摘要"


def test_a_day_that_does_not_exist_is_said_at_once_and_the_old_one_stays(hand):
    before = hand.page.desk.editing.head.day
    hand.type("2025-02-30")
    assert "没有“2025-02-30”这一天" in said(hand)
    hand.press("Enter")
    assert hand.cell == "日期"
    assert hand.page.desk.editing.head.day == before


def test_a_day_alone_keeps_the_month(hand):
    hand.type("18").press("Enter")
    assert hand.page.desk.editing.head.day == "2025-03-18"
    assert hand.cell == "第1行 摘要"


def test_arrows_go_a_day_back_and_forth(hand):
    hand.type("18").press("Down", "Down", "Up")
    assert hand.page.desk.editing.head.day == "2025-03-19"


def test_the_number_follows_the_month_of_the_date(hand, village):
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    hand.type("12").press("Enter")
    assert hand.page.desk.form.heading.number.text() == "记-0002"
    hand.page.desk.form.heading.day.setFocus()
    hand.type("2025-04-12").press("Enter")
    assert hand.page.desk.form.heading.number.text() == "记-0001"


def test_a_voucher_with_a_closed_date_is_not_sent_to_the_book(hand, village):
    hand.type("2025-02-05").press("Enter")
    hand.page.desk.focus_lines()
    hand.line("付电费", "513", debit="3")
    hand.press("F6")
    assert focused() is hand.page.desk.form.heading.day
    assert village.reader.vouchers(COLLECTIVE, month=Month(2025, 2)) == []


def test_the_date_can_be_undone_like_any_cell(hand):
    before = hand.page.desk.editing.head.day
    hand.type("18").press("Enter", "Ctrl+Z")
    assert hand.page.desk.editing.head.day == before
