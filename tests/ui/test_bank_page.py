"""Bank matching on screen: space ticks, F8 matches, the strip always says what is left; refusals stay in the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.builders import COLLECTIVE, Village
from tests.exchange.bank_files import HEADER, NUMBER, as_workbook, statement
from village_ledger.exchange.bank.import_bank import import_bank
from village_ledger.services.bank import bank_accounts
from village_ledger.ui.bank.bank_accounts_page import BankAccountsPage
from village_ledger.ui.bank.bank_import_page import BankImportPage
from village_ledger.ui.bank.bank_page import BankPage

MARCH = [("账号:", NUMBER), ("起止日期:", "2025-03-01", "2025-03-31")]


@pytest.fixture
def two_parts(village: Village, tmp_path: Path) -> None:
    """One voucher of 500, which the bank has in two parts nobody can be sure of, and a fee."""
    village.posted("2025-03-04", "收甲款", "借 102 500; 贷 504 500")
    lines = [
        ("2025-03-05", "200", "", "x"),
        ("2025-03-06", "300", "", "y"),
        ("2025-03-21", "-15", "", "账户管理费"),
    ]
    with village.act() as uow:
        import_bank(uow, COLLECTIVE, statement(tmp_path, *lines, head=MARCH))


@pytest.fixture
def page(page_of, two_parts) -> BankPage:
    return page_of(BankPage)


def states(page: BankPage) -> list[list[str]]:
    return [[x.state for x in model.rows] for model in (page.bank_model, page.book_model)]


def test_both_sides_are_shown_with_what_waits(page: BankPage):
    assert states(page) == [["未勾对"] * 3, ["未勾对"]]
    assert page.status() == "未勾对：银行 3 行，账上 1 行 · 拿不准的建议 1 个"
    assert "银行有 3 笔账上没有记" in page.strip.closes.text()
    assert "8811" not in page.head.title() + page.strip.closes.text()


def test_space_ticks_and_f8_matches_only_what_is_equal(page: BankPage, qtbot, settle):
    page.book.setFocus()
    qtbot.keyClick(page.book.view, Qt.Key.Key_Space)
    page.bank.setFocus()
    qtbot.keyClick(page.bank.view, Qt.Key.Key_Space)
    assert page.strip.chosen.text() == "选中：银行 200.00，账上 500.00，差 -300.00"
    assert not page.action("match").isEnabled()
    page.bank.go_to_row(1)
    qtbot.keyClick(page.bank.view, Qt.Key.Key_Space)
    assert page.action("match").isEnabled()
    page.action("match").trigger()
    settle()
    assert states(page) == [["已勾对", "已勾对", "未勾对"], ["已勾对"]]
    assert page.strip.chosen.text() == "选中：银行 0.00，账上 0.00，差 0.00"
    page.bank.go_to_row(0)
    qtbot.keyClick(page.bank.view, Qt.Key.Key_Space)
    assert "已经勾对" in page.status()
    page.action("unmatch").trigger()
    settle()
    assert states(page) == [["未勾对"] * 3, ["未勾对"]]


def test_a_proposal_ticks_its_lines(page: BankPage, settle):
    page.action("propose").trigger()
    assert page.status().startswith("建议 1/1：银行 2 笔加起来正好相等")
    page.action("match").trigger()
    settle()
    assert states(page) == [["未勾对"], []]
    page.action("waiting").trigger()
    assert states(page) == [["已勾对", "已勾对", "未勾对"], ["已勾对"]]


def test_escape_takes_the_ticks_back_first(page: BankPage, qtbot):
    qtbot.keyClick(page.bank.view, Qt.Key.Key_Space)
    assert page.escape()
    assert page.bank_model.ticked == set()
    assert not page.escape()


def test_what_only_the_bank_has_is_seen_before_it_is_filled_in(page: BankPage, settle, village: Village):
    page.action("draft").trigger()
    assert page.ask.asking
    page.ask.act.click()
    settle()
    assert states(page)[0][2] == "已填凭证"
    assert [v.summary for v in village.reader.vouchers(COLLECTIVE) if v.summary.startswith("付银行")] == [
        "付银行手续费"
    ]


def test_a_line_no_rule_knows_asks_for_the_account(page: BankPage, qtbot, settle):
    qtbot.keyClick(page.bank.view, Qt.Key.Key_Space)
    page.action("draft").trigger()
    page.ask.field.setText("102")
    page.ask.act.click()
    settle()
    assert page.slip.isVisible()
    page.slip.hide()
    page.action("draft").trigger()
    page.ask.field.setText("504")
    page.ask.act.click()
    settle()
    assert states(page)[0][0] == "已填凭证"


def test_a_bank_error_is_marked_and_unmarked_by_the_same_key(page: BankPage, settle):
    page.bank.go_to_row(2)
    for state in ("银行错账", "未勾对"):
        page.action("error").trigger()
        settle()
        assert states(page)[0][2] == state


def test_the_balance_on_paper_is_kept_or_refused(page: BankPage, settle, village: Village):
    page.action("assert").trigger()
    assert page.ask.field.text() == "485.00"
    page.ask.field.setText("480")
    page.ask.act.click()
    settle()
    assert page.slip.isVisible()
    page.action("assert").trigger()
    page.ask.act.click()
    settle()
    assert [a.balance for a in village.reader.bank_assertions(1)] == [48_500]


def test_the_print_is_the_reconciliation(page: BankPage, navigator):
    page.action("print").trigger()
    [(name, where)] = navigator.opened
    assert (name, where["tables"][0].title) == ("preview", "银行存款余额调节表")


def test_without_an_account_the_page_says_what_to_do(page_of, navigator):
    page = page_of(BankPage)
    assert page.strip.closes.text() == "还没有登记银行账户。"
    page.action("statement").trigger()
    assert navigator.opened[0][0] == "bank_import"


def test_the_page_stacks_where_it_is_narrow(page: BankPage):
    page.resize(400, 600)
    assert page.sides.direction() == page.sides.Direction.TopToBottom


# the import step


def test_a_file_is_shown_column_by_column_and_taken_in(
    page_of, tmp_path: Path, settle, navigator, village: Village
):
    path = statement(tmp_path, ("2025-03-05", "200", "张三", "水费"), head=MARCH, foot=[("合计", "200.00")])
    page = page_of(BankImportPage, path=path)
    assert page.columns.view.model().index(1, 3).data() == "✓ 认得"
    assert "****3358" in page.words.text()
    assert "收入合计 200.00" in page.words.text()
    page.action("take").trigger()
    settle()
    assert navigator.opened == [("bank", {"account": "102"})]
    assert len(village.reader.bank_lines(1)) == 1


def test_an_unclear_column_is_set_with_the_arrows(page_of, tmp_path: Path, settle):
    header = ("交易日期", "来钱", "支出金额", "账户余额")
    path = as_workbook(tmp_path / "a.xlsx", [header, ("2025-03-05", "200.00", "", "200.00")])
    page = page_of(BankImportPage, path=path)
    assert "没有收入、支出两列" in page.words.text()
    assert not page.action("take").isEnabled()
    for _ in range(3):
        page.columns.view.sideways.emit(1, 1)
        settle()
    assert page.columns.view.model().index(1, 2).data() == "收入"
    assert page.action("take").isEnabled()


def test_a_bad_line_is_named_and_nothing_can_be_taken_in(page_of, tmp_path: Path):
    path = as_workbook(tmp_path / "a.xlsx", [HEADER, ("2025-03-05", "2.345", "", "200.00", "", "", "")])
    page = page_of(BankImportPage, path=path)
    assert page.lines.view.model().index(0, 1).data() == "✕ 不对"
    assert not page.action("take").isEnabled()


def test_a_file_that_is_none_is_refused_in_the_page(page_of, tmp_path: Path):
    page = page_of(BankImportPage, path=tmp_path / "没有.csv")
    assert page.slip.isVisible()


# bank accounts


def test_an_account_is_registered_changed_and_removed(page_of, settle, village: Village):
    page = page_of(BankAccountsPage)
    page.number.setText(NUMBER)
    page.bank.setText("农商行")
    page.opened.setText("2020-03-01")
    page.action("keep").trigger()
    settle()
    [found] = village.reader.bank_accounts()
    assert (found.number, found.opened) == (NUMBER, "2020-03-01")
    assert page.table.view.model().index(0, 3).data() == "****3358"
    assert page.number.text() == ""
    page.kind.set_value("special")
    page.action("keep").trigger()
    settle()
    [found] = village.reader.bank_accounts()
    assert (found.number, found.kind) == (NUMBER, "special")
    page.action("remove").trigger()
    settle()
    assert village.reader.bank_accounts() == []


def test_a_number_of_the_other_ledger_is_refused_in_the_page(page_of, settle, village: Village):
    with village.act() as uow:
        bank_accounts.add(uow, "committee", "1002", NUMBER, "农商行")
    page = page_of(BankAccountsPage)
    page.number.setText(NUMBER)
    page.bank.setText("农商行")
    page.action("keep").trigger()
    settle()
    assert page.slip.isVisible()
    assert village.reader.bank_accounts(COLLECTIVE) == []
