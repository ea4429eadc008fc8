"""The trial balance on screen: folded, unfolded, explained, and the way in and out of a figure."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog

from tests.builders import COLLECTIVE, COMMITTEE
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Role
from village_ledger.services.changes import Changes
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.sheets.trial_balance_figures import TrialModel, narrowed, parents_of
from village_ledger.ui.sheets.trial_balance_page import TrialBalancePage
from village_ledger.ui.tables.table_model import shown
from village_ledger.ui.widgets.span_choice import Reach, parse_span, span_of, words_of

MARCH = Span.of_month(Month(2025, 3))


@pytest.fixture
def books(village):
    """Cash, two bank accounts and some trade in February and March."""
    village.add_account("102", "农商行基本户")
    village.add_account("102", "土地补偿费专户")
    village.open_with("借 101 1200", "借 10201 50000", "贷 301 51200")
    village.posted("2025-02-03", "收果园承包款", "借 10201 6200; 贷 501 6200")
    village.posted("2025-03-05", "提取备用金", "借 101 2000; 贷 10201 2000")
    village.posted("2025-03-08", "付电费", "借 513 1386.40; 贷 101 1386.40")
    village.posted("2025-03-09", "收土地补偿费", "借 10202 97620; 贷 211@征地办 97620")
    return village


@pytest.fixture
def page(books, page_of):
    return page_of(TrialBalancePage)


def rows(page):
    model = page.model
    return {
        model.code(row): [model.text(row, c) for c in range(1, model.columnCount())]
        for row in range(model.count())
    }


def press(page, *keys):
    for key in keys:
        QTest.keyClick(page.table.view, key)


def test_first_level_accounts_stand_folded_with_their_sums(page):
    shown_rows = rows(page)
    assert list(shown_rows) == ["101", "102", "211", "301", "501", "513"]
    assert shown_rows["101"] == ["库存现金", "1,200.00", "", "2,000.00", "1,386.40", "1,813.60", ""]
    assert shown_rows["102"] == ["▸ 银行存款", "56,200.00", "", "97,620.00", "2,000.00", "151,820.00", ""]


def test_the_totals_stand_below_and_balance(page):
    totals = page.model.totals_model()
    assert [totals.text(0, c) for c in range(8)] == [
        "合计", "7 个末级科目", "57,400.00", "57,400.00", "101,006.40", "101,006.40", "155,020.00", "155,020.00",
    ]  # fmt: skip


def test_right_unfolds_one_account_and_left_folds_it(page):
    page.table.go_to_row(1)
    press(page, Qt.Key.Key_Right)
    assert list(rows(page)) == ["101", "102", "10201", "10202", "211", "301", "501", "513"]
    assert page._code() == "102"
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert page._code() == "102"
    press(page, Qt.Key.Key_Left)
    assert "10201" not in rows(page)


def test_one_button_unfolds_and_folds_all(page):
    page.levels.click()
    assert "10202" in rows(page)
    assert page.levels.isChecked()
    page.levels.click()
    assert "10202" not in rows(page)


def test_enter_leads_to_the_ledger_and_back_to_the_same_row(page, navigator):
    page.levels.click()
    page.table.go_to_row(page.model.row_of("10201"))
    press(page, Qt.Key.Key_Return)
    assert navigator.opened == [("ledger", {"account": "10201", "span": MARCH})]
    where = page.where()
    page.levels.click()
    page.table.go_to_row(0)
    page.go(**where)
    assert page._code() == "10201"


def test_an_account_folded_away_is_found_in_the_one_above(page):
    page.go(account="10202", unfolded=())
    assert page._code() == "102"


def test_beside_the_table_stand_sub_accounts_and_last_entries(page):
    page.table.go_to_row(page.model.row_of("102"))
    assert [(row.lead, row.words, row.amount) for row in page.below.rows] == [
        ("10201", "农商行基本户", "54,200.00"),
        ("10202", "土地补偿费专户", "97,620.00"),
        ("合计", "", "151,820.00"),
    ]
    assert [(row.lead, row.words, row.amount) for row in page.recent.rows] == [
        ("03-05", "提取备用金", "贷 2,000.00"),
        ("03-09", "收土地补偿费", "借 97,620.00"),
    ]


def test_f4_says_where_a_balance_comes_from(page):
    page.table.go_to_row(page.model.row_of("102"))
    page.action("explain").trigger()
    words = page.explain.words.text()
    assert words.startswith(
        "102 银行存款：期初 借 56,200.00 + 借方 97,620.00 − 贷方 2,000.00 = 期末 借 151,820.00。"
    )
    assert "10201 农商行基本户 54,200.00 + 10202 土地补偿费专户 97,620.00" in words
    press(page, Qt.Key.Key_Up)
    assert page.explain.words.text().startswith("101 库存现金")
    assert page.escape()
    assert not page.explain.isVisible()


def test_checks_say_that_all_is_equal_and_what_is_left_out(page, books):
    assert page.checks.sentences == ["期初、本期、本年、期末借贷都相等"]
    books.entered("2025-03-20", "还没审的", "借 101 1; 贷 501 1")
    page.reload()
    assert "还有 1 张凭证没有记账" in page.checks.sentences[-1]


def test_screen_and_report_show_the_same_figures(page, books):
    page.levels.click()
    report = narrowed(make(books.reader, "trial-balance", ReportRequest(COLLECTIVE, MARCH)), with_year=False)
    kinds = [column.kind for column in report.columns]
    for number, row in enumerate(row for row in report.rows if row.role is Role.DETAIL):
        texts = [page.model.text(number, place).lstrip("▸▾ ") for place in range(len(kinds))]
        assert texts == [shown(cell, kind) for cell, kind in zip(row.cells, kinds, strict=True)]


def test_the_span_reaches_from_the_month_in_view(page):
    page.span_choice.set_reach(Reach.YEAR_TO_MONTH)
    assert rows(page)["501"][4] == "6,200.00"
    assert page.span_choice.text() == "2025年1至3月 ▾"


def test_any_span_can_be_typed(page):
    page.span_choice.other_asked.emit()
    page.ask.field.setText("2025-03-06 至 2025-03-08")
    page.ask.act.click()
    assert rows(page)["101"][3:5] == ["", "1,386.40"]


def test_a_span_that_is_none_is_refused_in_the_page(page):
    page.span_choice.other_asked.emit()
    page.ask.field.setText("2025-02-30")
    page.ask.act.click()
    assert page.slip.notice is not None
    assert "2025-02-30" in page.slip.notice.what
    assert page.span_choice.span() == MARCH


@pytest.mark.parametrize("text", ["10202", "土地", "tdbc"])
def test_an_account_is_found_by_what_one_types_and_unfolded(page, text):
    page.action("find").trigger()
    page.ask.field.setText(text)
    page.ask.act.click()
    assert page._code() == "10202"


def test_an_account_that_is_not_in_the_table_is_said(page):
    page.action("find").trigger()
    page.ask.field.setText("没有这个科目")
    page.ask.act.click()
    assert page.status() == "表里没有“没有这个科目”这个科目"


def test_months_are_stepped_through_as_far_as_the_books_go(page, session):
    for _ in range(5):
        page.action("earlier").trigger()
    assert session.month == Month(2025, 1)
    page.action("later").trigger()
    assert session.month == Month(2025, 2)


def test_the_other_month_is_read_when_it_is_chosen_above(page, session):
    session.go_to_month(Month(2025, 2))
    page.reload()
    assert rows(page)["102"][3:5] == ["6,200.00", ""]


def test_an_empty_ledger_says_what_to_do(page, session):
    session.switch_ledger(COMMITTEE)
    page.reload()
    assert page.model.count() == 0
    assert "还没有余额" in page.table.view.empty_words
    assert page.table.totals.isHidden()


def test_printing_prints_what_is_seen(page, navigator):
    page.action("print").trigger()
    [(name, where)] = navigator.opened
    assert name == "preview"
    [table] = where["tables"]
    codes = [row.cells[0] for row in table.rows]
    assert codes == ["101", "102", "211", "301", "501", "513", ""]
    assert "year_debit" in [column.key for column in table.columns]


def test_saving_as_a_spreadsheet(page, tmp_path, monkeypatch, settle):
    path = tmp_path / "余额表"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.action("export").trigger()
    settle()
    assert path.with_name("余额表.xlsx").stat().st_size > 0
    assert page.status().startswith("已存到")


def test_a_wide_window_shows_the_year_as_well(page):
    def groups():
        return [column.group for column in page.model.columns]

    assert "本年累计发生额" not in groups()
    page.resize(1800, 900)
    assert "本年累计发生额" in groups()
    page.resize(1240, 660)
    assert "本年累计发生额" not in groups()


def test_the_panel_gives_way_in_the_largest_size(page, theme):
    assert page.panel.isVisible()
    theme.choose_size(Size.HUGE)
    page._fit_panel()
    assert not page.panel.isVisible()
    assert page.status() == "共 8 个科目 · 单位：元 · 借贷都相等"


def test_changes_in_balances_reach_the_page_and_those_in_drafts_do_not(page):
    assert Changes(balances=True, ledger=COLLECTIVE).touches(page.shows)
    assert not Changes(drafts=True).touches(page.shows)


def test_folded_and_unfolded_rows_are_sound_models(books):
    table = make(books.reader, "trial-balance", ReportRequest(COLLECTIVE, MARCH))
    parents = parents_of(table.rows)
    assert parents == {"102"}
    for unfolded in (frozenset(), parents):
        model = TrialModel(table, parents, unfolded)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        assert [model.strong(row) for row in range(model.count())].count(True) == len(unfolded)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-01-01 至 2025-06-30", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-01 至 2025-06", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025/3/8", date(2025, 3, 8), date(2025, 3, 8)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025.1.1到2025.3.31", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_spans_as_people_type_them(text, first, last):
    assert parse_span(text) == Span(first, last)


@pytest.mark.parametrize("text", ["", "三月", "2025", "2025-13", "2025-06-30 至 2025-01-01", "1 2 3"])
def test_what_is_no_span_is_refused(text):
    with pytest.raises(PeriodError):
        parse_span(text)


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        (Reach.MONTH, "2025年5月"),
        (Reach.QUARTER, "2025年第2季度"),
        (Reach.YEAR_TO_MONTH, "2025年1至5月"),
        (Reach.YEAR, "2025年"),
    ],
)
def test_reaches_around_a_month(reach, words):
    assert words_of(span_of(reach, Month(2025, 5))) == words
