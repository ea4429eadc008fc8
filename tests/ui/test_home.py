"""Where work goes on: the session, the home page, settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from tests.builders import COMMITTEE, LI, WANG
from village_ledger import file_types
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month
from village_ledger.services.disclosure.disclosure_calendar import calendar_of, with_vouchers
from village_ledger.settings import VOUCHER_STYLE
from village_ledger.ui.desk.home_figures import read_home
from village_ledger.ui.desk.home_page import HomePage
from village_ledger.ui.desk.settings_page import SettingsPage
from village_ledger.ui.disclosure.calendar_todos import publish_rows
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.session import starting_month
from village_ledger.ui.shell import names_in_month
from village_ledger.ui.widgets.bars_chart import in_wan
from village_ledger.ui.widgets.cash_chart import axis


@pytest.fixture
def year(village):
    """A small year: income and expense in both ledgers, one voucher unreviewed, one reviewed."""
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.posted("2025-05-20", "付路灯电费", "借 513 300; 贷 101 300")
    village.entered("2025-05-21", "付办公费", "借 513 12.50; 贷 101 12.50")
    village.reviewed("2025-05-22", "付办公费", "借 513 10; 贷 101 10")
    return village


# Session


def test_work_goes_on_where_the_last_vouchers_are(year):
    assert starting_month(year.reader, date(2031, 7, 1)) == Month(2025, 5)
    assert starting_month(year.reader, date(2025, 2, 1)) == Month(2025, 2)


def test_an_empty_book_begins_at_its_first_month(village):
    assert starting_month(village.reader, date(2031, 7, 1)) == Month(2025, 1)


def test_f12_goes_round_the_ledgers(session, qtbot):
    with qtbot.waitSignal(session.ledger_changed):
        session.switch_ledger()
    assert session.kind is LedgerKind.COMMITTEE
    session.switch_ledger()
    assert session.kind is LedgerKind.COLLECTIVE


def test_the_person_is_remembered_for_this_book(session, preferences):
    session.sit_down(LI)
    assert session.by == LI
    assert preferences.people(session.book.path)[0] == LI


def test_names_offered_are_those_who_worked_in_the_month(year):
    assert names_in_month(year.reader, "collective", Month(2025, 5)) == [WANG, LI]


# Home


def test_home_figures_come_from_the_posted_vouchers(year):
    figures = read_home(year.reader, 2025)
    collective = figures.ledgers[0]
    assert collective.income[2] == 620000
    assert collective.expense[4] == 30000
    assert collective.money == 590000
    assert (collective.unreviewed, collective.unposted) == (1, 1)
    assert collective.cash[:6] == (0, 0, 620000, 620000, 590000, None)


def test_a_red_letter_lowers_the_month_it_is_in(year):
    wrong = year.posted("2025-06-02", "付办公费", "借 513 50; 贷 101 50")
    red = year.reverse(wrong, "2025-06-09")
    year.review(red)
    year.post(red)
    assert read_home(year.reader, 2025).ledgers[0].expense[5] == 0


def test_home_says_what_is_to_be_done(page_of, year):
    page = page_of(HomePage)
    words = [label.text() for label in page.todos.findChildren(QLabel)]
    assert any("1 张未审核、1 张未记账" in text for text in words)
    assert any("超限额 900.00" in text for text in words)


def test_a_thing_to_do_leads_to_where_it_is_done(page_of, year, navigator):
    page = page_of(HomePage)
    button = next(b for b in page.todos.findChildren(QAbstractButton) if b.text() == "去审核")
    button.click()
    assert navigator.opened == [("voucher_list", {})]


def test_months_over_and_open_are_one_quiet_line_that_leads_to_the_first(page_of, year, navigator, session):
    page = page_of(HomePage)
    said = "集体账从 3 月起有 2 个月没结账"
    assert read_home(year.reader, 2025).ledgers[0].open_months == (Month(2025, 3), Month(2025, 5))
    button = next(b for b in page.todos.findChildren(QAbstractButton) if b.accessibleName().endswith(said))
    session.go_to_month(Month(2025, 5))
    button.click()
    assert navigator.opened == [("closing", {})]
    assert (session.ledger_code, session.month) == ("collective", Month(2025, 3))


def test_what_is_late_on_the_board_is_one_line_that_leads_to_the_calendar(page_of, year, navigator, session):
    page = page_of(HomePage)
    late = read_home(year.reader, 2025).ledgers[0].publish_late
    assert [line.due.title for line in late][:2] == [
        "2025年 · 年度财务计划",
        "2025年第1季度 · 每季财务收支和财务状况",
    ]
    said = f"集体账有 {len(late)} 件公开晚了，最早的 2025年 · 年度财务计划"
    button = next(b for b in page.todos.findChildren(QAbstractButton) if b.accessibleName().endswith(said))
    session.switch_ledger("committee")
    button.click()
    assert navigator.opened == [("disclosure_calendar", {})]
    assert session.ledger_code == "collective"


def test_what_is_due_on_the_board_is_said_in_time(year):
    calendar = calendar_of(year.reader, "collective", date(2025, 4, 8))
    (line,) = with_vouchers(year.reader, "collective", calendar.soon)
    figures = replace(read_home(year.reader, 2025).ledgers[0], publish_late=(), publish_soon=(line,))
    (todo,) = publish_rows(figures, "集体", list)
    assert todo.words == "集体账 2025年第1季度 · 每季财务收支和财务状况，2025-04-20 前公开"
    late = calendar_of(year.reader, "collective", date(2025, 4, 21)).late[-1:]
    (todo,) = publish_rows(replace(figures, publish_late=tuple(late), publish_soon=()), "集体", list)
    assert todo.words == "集体账 2025年第1季度 · 每季财务收支和财务状况，晚了 1 天"


def test_a_bar_leads_to_the_balances_of_its_month(page_of, year, navigator, session, qtbot):
    page = page_of(HomePage)
    bars = page.cards[1].bars
    bars.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(bars, key)
    assert navigator.opened == [("trial_balance", {})]
    assert (session.ledger_code, session.month) == (COMMITTEE, Month(2025, 3))


@pytest.mark.parametrize(
    ("fen", "words"), [(0, ""), (1, "0.0"), (50_000, "0.1"), (9_593_186, "9.6"), (-1_500_000, "-1.5")]
)
def test_wan_with_one_decimal(fen, words):
    assert in_wan(fen) == words


@pytest.mark.parametrize("most", [1, 99, 10_000, 564_900, 12_345_678, 99_999_999_999])
def test_the_axis_begins_at_zero_and_reaches_the_figure(most):
    marks = axis(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 5


# Settings


def test_a_choice_in_settings_holds_at_once(page_of, theme, preferences):
    page = page_of(SettingsPage)
    page.choices["text_size"].findChildren(QAbstractButton)[2].click()
    assert theme.tokens.size is Size.HUGE
    page.choices["voucher_style"].findChildren(QAbstractButton)[1].click()
    assert type(preferences)().get(VOUCHER_STYLE) == "plain"


def test_a_double_click_is_registered_and_taken_back_in_settings(page_of, settle, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    page = page_of(SettingsPage)
    no, yes = page.double_click.findChildren(QAbstractButton)
    yes.click()
    settle()
    assert file_types.is_registered()
    no.click()
    settle()
    assert not file_types.is_registered()


def test_where_nothing_may_be_written_the_double_click_choice_goes_back(
    page_of, operations, settle, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "applications").write_text("not a folder", encoding="utf-8")
    said: list[LedgerError] = []
    operations.refused.connect(said.append)
    page = page_of(SettingsPage)
    page.double_click.findChildren(QAbstractButton)[1].click()
    settle()
    assert [one.code for one in said] == ["S-110"]
    assert page.double_click.value == "no"


def test_a_one_person_post_is_declared_in_the_book(page_of, session, village, settle):
    page = page_of(SettingsPage)
    page.one_person["collective"].findChildren(QAbstractButton)[1].click()
    settle()
    assert village.reader.ledger("collective").one_person_post
    assert not village.reader.ledger(COMMITTEE).one_person_post


def test_without_a_name_nothing_is_declared_and_the_choice_goes_back(
    page_of, session, operations, village, settle
):
    operations.use(village.book, "")
    said: list[LedgerError] = []
    operations.refused.connect(said.append)
    page = page_of(SettingsPage)
    page.one_person["collective"].findChildren(QAbstractButton)[1].click()
    settle()
    assert said
    assert page.one_person["collective"].value == "no"
