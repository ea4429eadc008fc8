"""The list of accounts: opens by itself, shows what is needed, sets up a sub-account, learns nicknames."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from tests.builders import COLLECTIVE
from tests.ui.voucher_hand import Hand, focused
from village_ledger.ui.voucher.voucher_page import VoucherPage
from village_ledger.ui.widgets.account_picker_delegate import AccountPickerDelegate, RowRole


@pytest.fixture
def hand(qtbot, page_of, village, settle):
    """The keyboard in the first account cell of a village with two bank accounts."""
    village.add_account("102", "农商行基本户")
    village.add_account("102", "土地补偿费专户")
    village.posted("2025-03-08", "收果园承包款", "借 10201 6200; 贷 501 6200")
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page).type("收款").press("Enter")


@pytest.fixture
def picker(hand):
    """The list itself."""
    return hand.page.desk.picker


def entry():
    """The line edit that has the keyboard."""
    widget = focused()
    assert isinstance(widget, QLineEdit)
    return widget


def codes(picker):
    return [match.entry.code for match in picker._rows.rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("102", ["10201", "10202"]),
        ("银行", ["10201", "10202"]),
        ("yhck", ["10201", "10202"]),
        ("nsh", ["10201"]),
    ],
)
def test_it_opens_by_itself_and_finds_by_code_name_and_pinyin(hand, picker, typed, found):
    hand.type(typed)
    assert picker.isVisible()
    assert codes(picker)[: len(found)] == found
    assert focused() is hand.page.desk.form.grid.account_cell


def test_rows_are_42_px_and_say_code_path_balance_and_last_use(hand, picker, theme):
    hand.type("10201")
    index = picker._rows.index(0, 0)
    assert AccountPickerDelegate.row_height(theme) == 42
    assert index.data() == "10201 银行存款—农商行基本户"
    assert index.data(RowRole.BALANCE) == 620000
    assert index.data(RowRole.USED) == "3月8日用过"
    assert index.data(RowRole.MATCH).length == 5


def test_the_rows_keep_qts_rules(hand, picker):
    tester = QAbstractItemModelTester(picker._rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    hand.type("10").press("Backspace", "Backspace").type("513")
    assert codes(picker) == ["513"]
    assert tester.model() is picker._rows


def test_the_best_is_marked_and_arrows_choose_another(hand, picker):
    hand.type("yhck").press("Down", "Enter")
    assert hand.lines[0][1] == "10202"
    assert not picker.isVisible()
    assert hand.cell == "第1行 借方金额"


def test_tab_takes_the_marked_one_too(hand):
    hand.type("yhck").press("Tab")
    assert hand.lines[0][1] == "10201"
    assert hand.cell == "第1行 往来单位"


def test_esc_folds_the_list_and_keeps_the_letters(hand, picker):
    hand.type("yh").press("Esc")
    assert not picker.isVisible()
    assert hand.page.desk.form.grid.account_cell.text() == "yh"


def test_emptying_the_cell_folds_the_list(hand, picker):
    hand.type("y").press("Backspace")
    assert not picker.isVisible()


def test_a_click_takes_a_row(hand, picker, qtbot):
    hand.type("yhck")
    at = picker._list.visualRect(picker._rows.index(1, 0)).center()
    qtbot.mouseClick(picker._list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hand.lines[0][1] == "10202"


def test_the_list_stays_inside_the_window(hand, picker):
    hand.type("1")
    assert hand.page.rect().contains(picker.geometry())


# A new sub-account in place


def test_unknown_text_offers_a_sub_account_and_enter_asks_where(hand, picker, settle, village):
    hand.type("光伏电站管护").press("Enter")
    assert hand.cell == "新建下级科目"
    hand.type("513").press("Enter")
    assert entry().text() == "光伏电站管护"
    assert "51301" in picker._heading.text()
    hand.press("Enter")
    settle()
    assert village.reader.chart(COLLECTIVE).path("51301") == "管理费用—光伏电站管护"
    assert hand.lines[0][1] == "51301"
    assert hand.cell == "第1行 借方金额"


def test_a_code_before_the_name_says_where(hand, picker):
    hand.type("513").type("光伏电站管护").press("Enter")
    assert entry().text() == "光伏电站管护"
    assert "513 管理费用" in picker._heading.text()


def test_the_first_level_cannot_be_added_to(hand, picker):
    hand.type("光伏电站管护").press("Enter")
    parents = {match.entry.code for match in picker._rows.rows}
    assert "" not in parents
    assert all(code in village_codes(hand) for code in parents)
    assert "一级科目" not in codes(picker)


def village_codes(hand):
    return {account.code for account in hand.page.desk.editing.model.chart}


def test_an_account_with_entries_is_refused_as_a_parent_and_the_name_stays(hand, picker, settle):
    hand.type("501").type("光伏").press("Enter", "Enter")
    settle()
    assert picker.isVisible()
    assert "不能再设下级科目" in picker._heading.text() or "已经有账" in picker._heading.text()
    assert entry().text() == "光伏"


def test_esc_leaves_the_new_account_and_the_keyboard_returns_to_the_cell(hand, picker):
    hand.type("光伏电站管护").press("Enter", "Esc")
    assert not picker.isVisible()
    assert hand.cell == "第1行 会计科目"


def test_the_foot_can_be_reached_with_the_arrow(hand, picker):
    hand.type("yhck").press("Down", "Down")
    assert picker._foot.marked
    hand.press("Up")
    assert picker.current_code() == "10202"


# Nicknames


def test_a_text_not_found_before_the_pick_is_offered_as_a_nickname(hand, picker, settle, village):
    hand.type("存折").press("Ctrl+A").type("yhck").press("Enter")
    strip = hand.page.desk.strip
    assert strip.offers_alias
    next(b for b in strip.findChildren(QAbstractButton) if b.text() == "记住“存折”").click()
    settle()
    assert village.reader.aliases(COLLECTIVE) == {"存折": "10201"}
    assert not strip.offers_alias
    hand.page.desk.typing.go_to(hand.page.desk.form.grid.place._replace(row=1))
    hand.press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab").type("存折")
    assert codes(picker) == ["10201"]


def test_a_nickname_not_wanted_is_not_learned(hand, settle, village):
    hand.type("存折").press("Ctrl+A").type("yhck").press("Enter")
    next(b for b in hand.page.desk.strip.findChildren(QAbstractButton) if b.text() == "不用").click()
    settle()
    assert village.reader.aliases(COLLECTIVE) == {}
    assert hand.cell == "第1行 借方金额"


def test_what_was_found_is_no_nickname(hand):
    hand.type("yhck").press("Enter")
    assert not hand.page.desk.strip.offers_alias
