"""A voucher typed by keyboard alone: every key of the voucher page, as its users know them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

from tests.builders import COLLECTIVE, WANG
from tests.ui.voucher_hand import Hand, commit
from village_ledger.domain.chart import Dimension
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.book import accounts
from village_ledger.ui.voucher.voucher_page import VoucherPage


@pytest.fixture
def hand(qtbot, page_of, village, settle):
    """The voucher page of March 2025 with the keyboard in the first summary."""
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


def test_it_opens_with_two_empty_lines_and_the_cursor_in_the_summary(hand):
    assert hand.lines == [("", "", "", "")] * 2
    assert hand.cell == "第1行 摘要"


def test_a_whole_voucher_by_keyboard_only(hand, settle, village):
    hand.type("付路灯电费").press("Enter").type("glfy").press("Enter").type("1386.4").press("Enter")
    hand.press("Enter").type("kcxj").press("Enter").type("=").press("Enter")
    assert hand.cell == "附单据张数"
    hand.type("2").press("Enter")
    assert hand.cell == "保存并记下一张"
    hand.press("Space")
    settle()
    saved = village.reader.vouchers(COLLECTIVE, month=Month(2025, 3))[-1]
    voucher = village.reader.voucher(saved.id).voucher
    assert saved.state is VoucherState.ENTERED
    assert [(x.summary, x.account, x.debit, x.credit) for x in voucher.lines] == [
        ("付路灯电费", "513", 138640, 0),
        ("付路灯电费", "101", 0, 138640),
    ]
    assert voucher.attachments == 2
    assert hand.filled == []
    assert hand.cell == "第1行 摘要"


def test_enter_skips_what_is_optional_and_tab_visits_every_cell(hand):
    hand.type("付办公费").press("Enter").type("513").press("Enter")
    assert hand.cell == "第1行 借方金额"
    hand.press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab")
    assert hand.cell == "第1行 会计科目"
    seen = []
    for _ in range(5):
        hand.press("Tab")
        seen.append(hand.cell)
    assert seen == [f"第1行 {name}" for name in ("往来单位", "项目", "村民小组", "借方金额", "贷方金额")]


def test_enter_stops_at_what_the_account_demands(hand, village, operations, settle):
    hand.type("收张三承包款").press("Enter").type("113").press("Enter")
    assert hand.cell == "第1行 往来单位"
    hand.press("Enter")
    assert hand.cell == "第1行 往来单位"
    assert "要写明往来单位" in hand.page.desk.strip.remarks
    hand.type("张三").press("Enter")
    assert hand.cell == "第1行 借方金额"
    assert "以前没有用过" in hand.page.desk.strip.remarks
    assert village.reader.chart(COLLECTIVE).get("113").demands == {Dimension.COUNTERPARTY}


# = balances


@pytest.mark.parametrize("sign", ["=", "＝"])
def test_equals_fills_the_difference_whatever_the_input_method_does(hand, sign):
    hand.line("付电费", "513", debit="312.5")
    hand.press("Enter").type("101").press("Enter", "Enter").type(sign)
    assert hand.lines[1] == ("付电费", "101", "", "312.50")
    assert hand.page.desk.strip.accessibleName() == "借贷相等"


def test_equals_goes_to_the_side_that_needs_it(hand):
    hand.line("付电费", "513", debit="312.5")
    hand.press("Enter").type("101").press("Enter")
    assert hand.cell == "第2行 借方金额"
    hand.type("=")
    assert hand.cell == "第2行 贷方金额"
    assert hand.lines[1][3] == "312.50"


def test_equals_replaces_a_wrong_figure_and_a_half_typed_one(hand):
    hand.line("付电费", "513", debit="312.5")
    hand.press("Enter").type("101").press("Enter", "Enter").type("99=")
    assert hand.lines[1] == ("付电费", "101", "", "312.50")


def test_equals_keeps_the_side_and_the_minus_in_a_red_voucher(hand):
    hand.line("冲电费", "513", debit="-312.5")
    hand.press("Enter").type("101").press("Enter", "Enter").type("=")
    assert hand.lines[1] == ("冲电费", "101", "", "-312.50")


def test_ctrl_f7_fills_from_any_cell_of_the_line(hand):
    hand.line("付电费", "513", debit="8")
    hand.press("Enter").type("101").press("Enter", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab")
    assert hand.cell == "第2行 会计科目"
    hand.press("Ctrl+F7")
    assert hand.lines[1] == ("付电费", "101", "", "8.00")


# Space flips


def test_space_moves_the_amount_to_the_other_side_and_back(hand):
    hand.type("付电费").press("Enter").type("513").press("Enter").type("312.5").press("Space")
    assert hand.lines[0][2:] == ("", "312.50")
    assert hand.cell == "第1行 贷方金额"
    commit("　")
    assert hand.lines[0][2:] == ("312.50", "")


def test_an_amount_typed_on_one_side_empties_the_other(hand):
    hand.line("付电费", "513", debit="312.5")
    hand.press("Up", *["Tab"] * 6)
    assert hand.cell == "第1行 贷方金额"
    hand.type("5")
    assert hand.lines[0][2:] == ("", "5")


def test_arrows_at_the_end_of_the_text_go_to_the_cell_beside(hand):
    hand.type("付电费").press("Right")
    assert hand.cell == "第1行 会计科目"
    hand.press("Right")
    assert hand.cell == "第1行 借方金额"
    hand.press("Left", "Left")
    assert hand.cell == "第1行 摘要"
    hand.press("Left", "Right", "Right")
    assert hand.cell == "第1行 会计科目"


# .. and // copy


@pytest.mark.parametrize("dots", ["..", "。。"])
def test_two_dots_copy_the_summary_above(hand, dots):
    hand.line("付电费", "513", debit="1")
    hand.line("付水费", "513", debit="2")
    hand.type(dots)
    assert hand.lines[2][0] == "付水费"


@pytest.mark.parametrize("strokes", ["//", "、、"])
def test_two_strokes_copy_the_first_summary(hand, strokes):
    hand.line("付电费", "513", debit="1")
    hand.line("付水费", "513", debit="2")
    hand.type(strokes)
    assert hand.lines[2][0] == "付电费"


def test_enter_on_an_empty_summary_repeats_the_line_above(hand):
    hand.line("付电费", "513", debit="1")
    hand.press("Enter")
    assert hand.lines[1][0] == "付电费"
    assert hand.cell == "第2行 会计科目"


def test_nothing_above_is_said_and_nothing_is_lost(hand):
    hand.type("..")
    assert hand.lines[0][0] == ""
    assert "摘要" in hand.page.desk.strip.remarks
    hand.press("Enter")
    assert hand.cell == "第1行 摘要"


# Amounts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1234.5", "1234.50"),
        ("1,234.5", "1234.50"),
        ("12*3+5", "41.00"),
        ("1.2万", "12000.00"),
        ("3千", "3000.00"),
        ("１２３。５", "123.50"),
        ("-8", "-8.00"),
        (".5", "0.50"),
    ],
)
def test_amounts_are_read_as_people_write_them(hand, typed, kept):
    hand.type("付电费").press("Enter").type("513").press("Enter").type(typed).press("Enter")
    assert hand.lines[0][2] == kept


def test_an_amount_that_cannot_be_read_stays_and_is_explained(hand):
    hand.type("付电费").press("Enter").type("513").press("Enter").type("12x").press("Enter")
    assert hand.cell == "第1行 借方金额"
    assert hand.lines[0][2] == "12x"
    assert "看不懂" in hand.page.desk.strip.remarks


def test_the_words_and_sums_follow_every_key(hand):
    totals = hand.page.desk.form.totals
    hand.type("付电费").press("Enter").type("513").press("Enter").type("100000")
    assert totals.words() == "人民币壹拾万元整"
    hand.press("Backspace")
    assert totals.words() == "人民币壹万元整"
    assert hand.page.desk.strip.accessibleName() == "还差 10,000.00"


# Lines


def test_insert_puts_a_line_before_and_ctrl_delete_takes_it_out(hand):
    hand.line("付电费", "513", debit="1")
    hand.press("Insert")
    assert [line[0] for line in hand.lines] == ["付电费", "", ""]
    hand.press("Up", "Ctrl+Delete")
    assert [line[0] for line in hand.lines] == ["", ""]
    hand.press("Ctrl+Z")
    assert hand.lines[0] == ("付电费", "513", "1.00", "")
    assert hand.cell == "第1行 摘要"


def test_the_last_two_lines_are_emptied_not_taken(hand):
    hand.line("付电费", "513", debit="1")
    hand.press("Up", "Ctrl+Delete")
    assert hand.lines == [("", "", "", "")] * 2
    hand.press("Ctrl+Z")
    assert hand.lines[0] == ("付电费", "513", "1.00", "")


def test_there_is_no_limit_of_lines(hand):
    for number in range(1, 31):
        hand.line(f"付第{number}户", "513", debit=str(number))
    assert len(hand.filled) == 30
    assert hand.cell == "第31行 摘要"


# Esc and undo


def test_esc_backs_out_one_level_at_a_time(hand):
    hand.type("付电费").press("Enter").type("5")
    assert hand.page.desk.picker.isVisible()
    hand.press("Esc")
    assert not hand.page.desk.picker.isVisible()
    assert hand.lines[0][1] == "5"
    hand.press("Esc")
    assert hand.lines[0][1] == ""
    assert hand.lines[0][0] == "付电费"
    assert not hand.page.escape()


def test_what_esc_took_back_comes_again_with_ctrl_y(hand):
    hand.type("付电费").press("Esc")
    assert hand.lines[0][0] == ""
    hand.press("Ctrl+Y")
    assert hand.lines[0][0] == "付电费"


def test_undo_goes_back_cell_by_cell_and_forward_again(hand):
    hand.line("付电费", "513", debit="312.5")
    hand.press("Enter").type("101").press("Enter", "Enter").type("=")
    whole = hand.lines
    for _ in range(7):
        hand.press("Ctrl+Z")
    assert hand.filled == []
    for _ in range(7):
        hand.press("Ctrl+Y")
    assert hand.lines == whole


def test_undo_puts_the_cursor_where_it_happened(hand):
    hand.line("付电费", "513", debit="312.5")
    assert hand.cell == "第2行 摘要"
    hand.press("Ctrl+Z")
    assert hand.cell == "第1行 借方金额"
    assert hand.lines[0][2] == ""


# Looking up and calculating


def test_f7_shows_summaries_used_before(hand):
    hand.press("F7")
    assert hand.page.desk.suggestions.isVisible()
    hand.press("Down", "Enter")
    assert hand.lines[0][0] == "收果园承包款"
    assert hand.cell == "第1行 会计科目"


@pytest.mark.parametrize("key", ["F7", "F2"])
def test_look_up_in_the_account_cell_shows_those_used_last(hand, key):
    hand.type("收款").press("Enter", key)
    assert hand.page.desk.picker.current_code() in {"101", "501"}
    hand.press("Enter")
    assert hand.lines[0][1] in {"101", "501"}


@pytest.mark.parametrize("key", ["F9", "F7"])
def test_the_calculator_fills_the_cell_and_keeps_its_tape(hand, key):
    hand.type("付电费").press("Enter").type("513").press("Enter", key)
    hand.type("12*3").press("Enter").type("+5").press("Enter", "Enter")
    assert hand.lines[0][2] == "41.00"
    assert hand.cell == "第1行 借方金额"
    tape = hand.page.desk.calculator.tape.toPlainText()
    assert "12*3 = 36.00" in tape
    assert "36.00+5 = 41.00" in tape


def test_f6_saves_and_shows_what_was_saved(hand, settle, village):
    hand.line("付电费", "513", debit="3")
    hand.press("Enter").type("101").press("Enter").type("=").press("Enter").type("1").press("F6")
    settle()
    assert hand.page.title() == "改凭证"
    assert hand.page.status() == "○ 已保存 记-0002"
    assert village.reader.drafts() == []


def test_typing_goes_on_in_the_next_voucher_while_the_last_is_still_being_saved(hand, settle, qtbot):
    hand.line("付电费", "513", debit="3")
    hand.press("Enter").type("101").press("Enter").type("=").press("Enter").type("1").press("Ctrl+Enter")
    hand.type("fu")
    settle()
    qtbot.waitUntil(lambda: hand.lines[0][0] == "fu")
    assert hand.page.desk.form.heading.number.text() == "记-0003"


def test_the_date_keeps_its_day_from_one_voucher_to_the_next(hand, settle):
    day = hand.page.desk.form.heading.day
    day.setFocus()
    hand.type("18").press("Enter")
    hand.line("付电费", "513", debit="3")
    hand.press("Enter").type("101").press("Enter").type("=").press("Ctrl+Enter")
    settle()
    assert hand.page.desk.editing.head.day == "2025-03-18"


def test_ctrl_l_changes_the_look_and_nothing_else(hand):
    hand.type("付电费").press("Enter").type("513")
    before = (hand.lines, hand.page.desk.form.look)
    hand.press("Ctrl+L")
    assert hand.lines == before[0]
    assert hand.page.desk.form.look is not before[1]
    assert hand.cell == "第1行 会计科目"


def test_every_control_has_a_name_for_screen_readers(hand):
    page = hand.page
    controls = [
        *page.findChildren(QLineEdit),
        *page.findChildren(QAbstractButton),
        *page.findChildren(QAbstractItemView),
    ]
    nameless = [w for w in controls if not w.accessibleName() and w.focusPolicy() and w.isVisible()]
    assert nameless == []
    assert hand.cell == "第1行 摘要"


def test_a_learned_nickname_finds_its_account(hand, village, settle):
    with village.book.unit_of_work(WANG) as uow:
        accounts.learn_alias(uow, COLLECTIVE, "路灯钱", "514")
        uow.commit()
    hand.page.account_help.read()
    settle()
    hand.type("付路灯").press("Enter").type("路灯钱").press("Enter")
    assert hand.lines[0][1] == "514"
