"""A statement on screen: a figure, its accounts, a ledger, a voucher, and back to the same figure, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import COMMITTEE, Village
from tests.reports.own_files import RENT
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month, Span
from village_ledger.services.closing import own_statements
from village_ledger.ui.desk.reports_page import ReportsPage
from village_ledger.ui.sheets.statement_page import StatementPage

YEAR = Span.of_year(2025)


@pytest.fixture
def window(window, open_in, tmp_path):
    """青山村 in March: rent, a member who owes, one who is owed, an account below 102."""
    with Village.found(tmp_path) as village:
        village.add_account("102", "农商行基本户")
        village.open_with("借 101 1200", "借 10201 50000", "贷 301 51200")
        village.posted("2025-03-03", "收果园承包款", "借 10201 6200; 贷 501 6200")
        village.posted("2025-03-05", "张三欠承包费", "借 113@张三 300; 贷 501 300")
        village.posted("2025-03-06", "欠李四工钱", "借 513 90; 贷 113@李四 90")
        with village.act() as uow:
            own_statements.store(uow, RENT, "租金.toml")
        path = village.path
    open_in(window, path)
    window.session.go_to_month(Month(2025, 3))
    return window


def press(window, *keys):
    """Keys where the cursor is."""
    for key in keys:
        page = window.shell.pages.current_page()
        QTest.keyClick(page.focusWidget() or page, key)


def visit(window, **where) -> StatementPage:
    window.shell.pages.jump("statement", **{"report": "balance-sheet", "span": YEAR, **where})
    return window.shell.pages.current_page()


def test_from_a_figure_to_its_voucher_and_back(window):
    page = visit(window, key="A3")
    pages = window.shell.pages
    press(window, Qt.Key.Key_Return)
    parts = pages.current_page()
    assert pages.current_name == "statement_figure"
    assert [parts.model.text(row, 1) for row in range(2)] == [
        "112 应收款",
        "113 内部往来（只取借方：别人欠的）",
    ]
    assert parts.model.text(1, 3) == "300.00"
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    ledger = pages.current_page()
    assert (pages.current_name, ledger.figures.account.code) == ("ledger", "113")
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert pages.current_name == "voucher"
    for name in ("ledger", "statement_figure", "statement"):
        pages.back()
        assert pages.current_name == name
    assert page.view.key() == "A3"


def test_a_figure_of_one_account_leads_to_its_ledger_at_once(window):
    visit(window, report="receipts-payments", key="I1")
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "ledger"
    press(window, Qt.Key.Key_Escape)
    assert window.shell.pages.current_page().view.key() == "I1"


def test_a_total_leads_to_the_rows_it_adds_up_and_these_to_theirs(window):
    visit(window, key="A6")
    press(window, Qt.Key.Key_Return)
    parts = window.shell.pages.current_page()
    assert [part.line for part in parts.model.parts] == ["A1", "A2", "A3", "A4", "A5"]
    press(window, Qt.Key.Key_Return)
    assert [part.account for part in window.shell.pages.current_page().model.parts] == ["101", "102"]
    press(window, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert window.shell.pages.current_page().view.key() == "A6"


@pytest.mark.parametrize("report", ["balance-sheet", "income-distribution", "receipts-payments"])
def test_every_figure_is_the_sum_of_what_it_says_it_is_made_of(window, report):
    page = visit(window, report=report)
    seen = 0
    for model in page.view.models:
        for line in model.lines:
            if line.key:
                page.view.go_to(line.key)
                told = page.told()
                assert told is not None
                assert told.amount == sum(part.sign * part.amount for part in told.parts)
                shown = line.texts[model.first_amount]
                assert told.amount == (0 if shown == "—" else parse_fen(shown.replace(",", "")))
                seen += 1
    assert seen > 9


def test_f4_says_formula_accounts_signs_and_amounts(window):
    page = visit(window, key="A1")
    page.action("explain").trigger()
    said = page.explain.words.text()
    assert "货币资金（期末余额） = B(101)+B(102)" in said
    assert "101 库存现金 1,200.00 ＋ 102 银行存款 56,200.00 = 57,400.00" in said
    page.view.go_to("L2")
    assert "113 内部往来（只取贷方：欠别人的） 90.00" in page.explain.words.text()
    assert page.escape()
    assert not page.explain.isVisible()


def test_left_and_right_go_through_the_figures_and_over_into_the_other_half(window):
    window.resize(1600, 900)
    page = visit(window, key="A1")
    assert len(page.view.models) == 2
    press(window, Qt.Key.Key_Right)
    assert (page.view.column, page.view.key()) == ("opening", "A1")
    press(window, Qt.Key.Key_Right)
    assert (page.view.column, page.view.key()) == ("closing", "L1")
    press(window, Qt.Key.Key_Left)
    assert (page.view.column, page.view.key()) == ("opening", "A1")


def test_a_narrow_window_shows_the_form_under_each_other(window):
    window.resize(700, 600)
    page = visit(window, key="L2")
    assert len(page.view.models) == 1
    assert page.view.key() == "L2"
    assert not page.panel.isVisible()


def test_the_checks_stand_at_the_foot_and_unfold_with_their_figures(window):
    window.resize(1100, 700)
    page = visit(window)
    assert page.foot.words.text().startswith("核对 9 项，相符 9 项；没有核对")
    page.foot.unfold.click()
    assert page.checks.isVisible()
    assert not page.view.isVisible()
    assert any(
        s.startswith("X1 资产总计=负债和所有者权益总计 期末余额 57,700.00 = 57,700.00")
        for s in page.checks.sentences
    )
    assert any("X10 固定资产原值=固定资产卡片原值合计 固定资产卡片未启用" in s for s in page.checks.sentences)
    assert page.escape()
    assert page.view.isVisible()


def test_columns_of_last_year_and_of_quarters(window):
    page = visit(window, report="receipts-payments")
    page.choose_columns("quarter")
    model = page.view.models[0]
    assert model.amounts == ["period", "year", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    page.view.go_to("I1")
    assert page.view.texts()[2:] == ("6,500.00", "6,500.00", "6,500.00", "—", "—", "—")
    page.choose_columns("last-year")
    page.view.go_to("I1")
    assert page.view.texts()[2:] == ("6,500.00", "6,500.00", "", "")
    page.view.column = "change"
    page.view.go_to("I1")
    assert page.told() is None


def test_the_other_ledger_without_such_a_statement_says_so(window):
    page = visit(window, report="income-distribution")
    window.session.switch_ledger(COMMITTEE)
    page.reload()
    assert "没有收益及收益分配表" in str(page.slip.notice)
    assert page.view.models == []


def test_statements_and_own_reports_stand_first_among_the_reports(page_of, tmp_path, village):
    with village.act() as uow:
        own_statements.store(uow, RENT, "租金.toml")
    page = page_of(ReportsPage)
    names = [entry.name for entry in page.model.entries]
    assert names[:4] == ["资产负债表", "收益及收益分配表", "收支明细表", "承包租金情况表"]


def test_an_own_report_is_marked(window):
    page = visit(window, report="own:rent-by-kind")
    assert page.sheet is not None
    assert "自定义报表" in page.sheet.table.heading
