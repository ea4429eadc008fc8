"""Account ledgers and journals on screen: opened at a line, left to the voucher, come back to."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import COLLECTIVE, COMMITTEE
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Role
from village_ledger.services.closing import year_end
from village_ledger.ui.sheets.ledger_figures import read_ledger
from village_ledger.ui.sheets.ledger_page import LedgerPage
from village_ledger.ui.tables.paged_model import PagedModel
from village_ledger.ui.tables.table_model import shown

MARCH = Span.of_month(Month(2025, 3))
YEAR = Span.of_year(2025)


@pytest.fixture
def books(village):
    """Two bank accounts over two months, two lines on one day, one red letter."""
    village.add_account("102", "农商行基本户")
    village.add_account("102", "土地补偿费专户")
    village.open_with("借 101 1200", "借 10201 50000", "贷 301 51200")
    village.posted("2025-02-03", "收果园承包款", "借 10201 6200; 贷 501 6200")
    village.posted("2025-03-05", "提取备用金", "借 101 2000; 贷 10201 2000")
    wrong = village.posted("2025-03-05", "付电费", "借 513 1386.40; 贷 10201 1386.40")
    red = village.reverse(wrong, "2025-03-09")
    village.review(red)
    village.post(red)
    village.posted("2025-03-12", "收土地补偿费", "借 10202 97620; 贷 211@征地办 97620")
    return village


@pytest.fixture
def page(books, page_of):
    return page_of(LedgerPage, account="10201", span=MARCH)


def lines(model):
    return [[model.text(row, column) for column in range(8)] for row in range(model.count())]


def press(page, *keys):
    for key in keys:
        QTest.keyClick(page.table.view, key)


def test_a_bank_journal_of_a_month(page):
    assert page.head.title() == "银行存款日记账"
    assert [[line[0], line[1], line[2], *line[4:]] for line in lines(page.model)] == [
        ["03-01", "", "期初余额", "", "", "借", "56,200.00"],
        ["03-05", "记-0001", "提取备用金", "", "2,000.00", "借", "54,200.00"],
        ["03-05", "记-0002", "付电费", "", "1,386.40", "借", "52,813.60"],
        ["03-05", "", "本日合计", "", "3,386.40", "借", "52,813.60"],
        ["03-09", "记-0003", "注销3月5日记-0002号凭证", "", "-1,386.40", "借", "54,200.00"],
        ["03-31", "", "本月合计", "", "2,000.00", "借", "54,200.00"],
        ["03-31", "", "本年累计", "6,200.00", "2,000.00", "借", "54,200.00"],
    ]


@pytest.mark.parametrize(
    "span", [MARCH, YEAR, Span(date(2025, 3, 5), date(2025, 3, 8)), Span.of_month(Month(2025, 7))]
)
@pytest.mark.parametrize(
    ("report", "code"),
    [
        ("bank-journal", "10201"),
        ("account-ledger", "102"),
        ("account-ledger", "513"),
        ("cash-journal", "101"),
    ],
)
def test_screen_and_paper_show_the_same_lines(books, span, report, code):
    figures = read_ledger(books.reader, COLLECTIVE, code, span, as_journal=report != "account-ledger")
    on_screen = lines(PagedModel(figures.entries, figures.sums))
    table = make(books.reader, report, ReportRequest(COLLECTIVE, span, code))
    kinds = [column.kind for column in table.columns]
    on_paper = [
        [shown(cell, kind) for cell, kind in zip(row.cells, kinds, strict=True)] for row in table.rows
    ]
    assert on_screen == on_paper


def test_a_parent_shows_all_its_leaves(books, page_of):
    page = page_of(LedgerPage, account="102", span=MARCH)
    assert "收土地补偿费" in [line[2] for line in lines(page.model)]
    assert lines(page.model)[-1][-1] == "151,820.00"


def test_the_ledger_ties_with_the_trial_balance(page):
    assert page.figures.ties
    assert page.tie.words.text() == "期末余额 <b>借 54,200.00</b>，与科目余额表一致"


def test_vouchers_not_posted_yet_are_said_to_be_missing(page, books):
    books.entered("2025-03-20", "还没审的", "借 101 1; 贷 501 1")
    page.reload()
    assert page.tie._left_out.text() == "有 1 张凭证还没记账"


def test_enter_opens_the_voucher_and_coming_back_stands_on_its_line(page, books, navigator):
    page.table.go_to_row(2)
    press(page, Qt.Key.Key_Return)
    assert navigator.opened == [("voucher", {"voucher_id": 3})]
    where = page.where()
    books.posted("2025-03-02", "早一点的", "借 10201 5; 贷 501 5")
    page.go(**where)
    assert page.model.text(page.table.row, 2) == "付电费"


def test_enter_on_a_sum_leads_nowhere(page, navigator):
    page.table.go_to_row(0)
    press(page, Qt.Key.Key_Return)
    page.table.go_to_row(5)
    press(page, Qt.Key.Key_Return)
    assert navigator.opened == []


def test_f4_takes_a_balance_apart(page):
    page.table.go_to_row(2)
    page.action("explain").trigger()
    assert page.explain.words.text() == "记-0002：上一行余额 借 54,200.00 − 贷方 1,386.40 = 借 52,813.60。"
    press(page, Qt.Key.Key_End)
    assert page.explain.words.text().startswith("本年累计：借方 6,200.00，贷方 2,000.00")


def test_another_account_is_found_by_what_one_types(page, qtbot, monkeypatch):
    monkeypatch.setattr(
        page.field._completer, "complete", lambda: None
    )  # the offscreen screen has no pop-ups
    page.action("find").trigger()
    page.field._search("td")
    with qtbot.waitSignal(page.field.chosen) as chosen:
        page.field.setText("td")
        QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert chosen.args == ["10202"]
    assert page.figures.account.name == "土地补偿费专户"
    assert page.field.text() == "10202 土地补偿费专户"


def test_what_was_typed_and_not_taken_leaves_the_account(page, monkeypatch):
    monkeypatch.setattr(page.field._completer, "complete", lambda: None)
    page.field.setFocus()
    page.field.setText("没有这个")
    page.field._search("没有这个")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    page.field.clearFocus()
    assert page.figures.account.code == "10201"


def test_the_detail_ledger_has_no_sums_by_day(page):
    page._as_detail()
    assert page.head.title() == "明细账"
    assert "本日合计" not in [line[2] for line in lines(page.model)]


def test_the_other_ledger_falls_back_to_its_cash(page, session):
    session.switch_ledger(COMMITTEE)
    page.reload()
    assert page.figures.account.code == "1001"
    assert page.head.title() == "库存现金日记账"


def test_an_empty_month_shows_its_opening_alone(books, page_of):
    page = page_of(LedgerPage, account="10201", span=Span.of_month(Month(2025, 7)))
    assert [line[2] for line in lines(page.model)] == ["期初余额"]
    assert lines(page.model)[0][-1] == "54,200.00"


def test_a_span_of_two_years_shows_its_years(books):
    figures = read_ledger(books.reader, COLLECTIVE, "10201", Span(date(2025, 1, 1), date(2026, 12, 31)))
    model = PagedModel(figures.entries, figures.sums, with_year=True)
    assert model.text(1, 0) == "2025-02-03"


def test_december_and_the_closing_period_are_one_month_on_screen_as_on_paper(books):
    books.posted("2025-12-30", "收果园承包款", "借 10201 6200; 贷 501 6200")
    for month in range(1, 13):
        books.close_month(f"2025-{month:02d}")
    with books.act() as uow:
        year_end.close_year(uow, COLLECTIVE, 2025)
    december = Span.of_month(Month(2025, 12))
    figures = read_ledger(books.reader, COLLECTIVE, "501", december)
    table = make(books.reader, "account-ledger", ReportRequest(COLLECTIVE, december, "501"))
    kinds = [column.kind for column in table.columns]
    on_paper = [
        [shown(cell, kind) for cell, kind in zip(row.cells, kinds, strict=True)] for row in table.rows
    ]
    on_screen = lines(PagedModel(figures.entries, figures.sums))
    assert on_screen == on_paper
    assert [line[2] for line in on_screen].count("本月合计") == 1
    assert on_screen[-1][6] == "平"


def test_printing_asks_for_the_same_journal(page, navigator):
    page.action("print").trigger()
    assert navigator.opened == [("preview", {"report": "bank-journal", "account": "10201", "span": MARCH})]


def test_only_month_sums_close_with_red_rules(page):
    closing = [page.model.text(row, 2) for row in range(page.model.count()) if page.model.closes(row)]
    assert closing == ["本月合计"]
    assert page.model.role(4) is Role.DETAIL
