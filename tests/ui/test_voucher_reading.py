"""Stored vouchers on the page: who may still be changed, who is only read, and the way to a red-letter copy."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, LI, WANG
from tests.ui.voucher_hand import Hand, focused
from village_ledger.domain.errors import VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherKind, VoucherRef, VoucherState
from village_ledger.ui.voucher.voucher_lines_model import Column
from village_ledger.ui.voucher.voucher_page import VoucherPage
from village_ledger.ui.voucher.voucher_places import named_cell, ref_of

ENTRY = "借 513 300; 贷 101 300"


@pytest.fixture
def open_page(qtbot, page_of, settle):
    """Open the page at a stored voucher."""

    def build(**where):
        page = page_of(VoucherPage, **where)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        settle()
        return Hand(page)

    return build


def test_an_entered_voucher_is_changed_in_place(open_page, village, settle):
    stored = village.entered("2025-03-08", "付电费", ENTRY)
    hand = open_page(voucher_id=stored.id)
    assert hand.page.title() == "改凭证"
    assert "待审核" in hand.page.state_line.words
    assert hand.cell == "第1行 摘要"
    hand.type("付水费").press("F6")
    settle()
    assert village.again(stored).voucher.lines[0].summary == "付水费"
    assert village.again(stored).ref == stored.ref


def make(village, state):
    stored = village.entered("2025-03-08", "付电费", ENTRY)
    if state is VoucherState.VOID:
        return village.void(stored)
    village.review(stored)
    if state is VoucherState.POSTED:
        village.post(stored)
    return village.again(stored)


@pytest.mark.parametrize("state", [VoucherState.REVIEWED, VoucherState.POSTED, VoucherState.VOID])
def test_others_are_only_read(open_page, village, state):
    stored = make(village, state)
    hand = open_page(voucher_id=stored.id)
    before = hand.lines
    hand.type("xyz").press("Enter", "Delete", "Ctrl+Delete", "Insert", "Ctrl+Z", "F6", "Tab")
    assert hand.page.title() == "看凭证"
    assert hand.lines == before
    assert village.again(stored) == stored
    assert WANG in hand.page.state_line.words
    assert (LI in hand.page.state_line.words) == (state is not VoucherState.VOID)


def test_a_returned_voucher_says_why(open_page, village):
    stored = village.entered("2025-03-08", "付电费", ENTRY)
    village.give_back(stored, "缺发票")
    hand = open_page(voucher_id=stored.id)
    assert "▲ 退回：缺发票" in hand.page.state_line.words


def test_a_posted_voucher_offers_the_red_letter_copy(open_page, village, settle):
    stored = village.posted("2025-03-08", "付电费", ENTRY)
    hand = open_page(voucher_id=stored.id)
    hand.press("Ctrl+R")
    assert hand.cell == "冲销的原因"
    hand.press("Enter")
    assert "为什么冲销" in hand.page.reversal.panel.note.text()
    hand.type("金额记错").press("Enter")
    settle()
    made = village.reader.find_voucher(COLLECTIVE, VoucherRef(Month(2025, 3), "记", 2))
    assert made.voucher.kind is VoucherKind.REVERSAL
    assert [line.debit for line in made.voucher.lines] == [-30000, 0]
    assert str(stored.ref) in hand.page.state_line.words
    assert hand.page.desk.form.heading.tag.text() == "红字冲销"
    assert hand.page.desk.editing.model.read_only


def test_a_second_red_letter_copy_is_refused_in_the_panel(open_page, village, settle):
    stored = village.posted("2025-03-08", "付电费", ENTRY)
    village.reverse(stored, "2025-03-20")
    hand = open_page(voucher_id=stored.id)
    hand.press("Ctrl+R").type("再冲一次").press("Enter")
    settle()
    assert "冲销过" in hand.page.reversal.panel.note.text()


def test_esc_puts_the_question_away(open_page, village):
    stored = village.posted("2025-03-08", "付电费", ENTRY)
    hand = open_page(voucher_id=stored.id)
    hand.press("Ctrl+R", "Esc")
    assert hand.page.reversal.panel.isHidden()
    assert village.again(stored).links == ()


def test_pgup_and_pgdn_go_through_the_numbers_and_back_to_the_one_being_typed(open_page, village, settle):
    first = village.posted("2025-02-08", "付电费", ENTRY)
    second = village.entered("2025-03-08", "付水费", ENTRY)
    hand = open_page()
    hand.type("付话费")
    hand.press("PgUp")
    settle()
    assert hand.page.where() == {"voucher_id": second.id}
    hand.press("PgUp")
    settle()
    assert hand.page.where() == {"voucher_id": first.id}
    hand.press("PgUp")
    assert "前面没有凭证" in hand.page.desk.strip.remarks
    hand.press("PgDn", "PgDn")
    settle()
    assert hand.page.where() == {}
    assert hand.filled[0][0] == "付话费"


@pytest.mark.parametrize("typed", ["1", "记-1", "2025-03/记-0001", "０１"])
def test_ctrl_g_goes_to_a_number(open_page, village, settle, typed):
    stored = village.posted("2025-03-08", "付电费", ENTRY)
    hand = open_page()
    hand.press("Ctrl+G").type(typed).press("Enter")
    settle()
    assert hand.page.where() == {"voucher_id": stored.id}


def test_a_number_that_is_not_there_is_said_and_esc_goes_back_to_the_cell(open_page):
    hand = open_page()
    hand.press("Ctrl+G").type("99").press("Enter")
    assert "没有" in hand.page.browsing.panel.note.text()
    hand.press("Esc")
    assert hand.cell == "第1行 摘要"


def test_a_voucher_deleted_meanwhile_is_said_and_a_blank_one_shown(open_page, village):
    stored = village.entered("2025-03-08", "付电费", ENTRY)
    village.delete_last(stored)
    hand = open_page(voucher_id=stored.id)
    assert "没有这张凭证" in hand.page.slip.notice.what
    assert hand.filled == []


def test_a_voucher_reviewed_elsewhere_becomes_read_only_here(open_page, village, settle):
    stored = village.entered("2025-03-08", "付电费", ENTRY)
    hand = open_page(voucher_id=stored.id)
    village.review(stored)
    hand.page.reload()
    settle()
    assert hand.page.title() == "看凭证"
    assert "已审核" in hand.page.state_line.words


def test_printing_asks_for_the_stored_voucher(open_page, village, navigator):
    stored = village.posted("2025-03-08", "付电费", ENTRY)
    hand = open_page(voucher_id=stored.id)
    hand.page.action("print").trigger()
    assert navigator.opened == [("preview", {"report": "voucher", "vouchers": [stored.id]})]
    hand.page.new_voucher()
    hand.page.action("print").trigger()
    assert len(navigator.opened) == 1
    assert "F6" in hand.page.desk.strip.remarks


def test_a_link_leads_to_the_other_voucher(open_page, village, settle):
    stored = village.posted("2025-03-08", "付电费", ENTRY)
    made = village.reverse(stored, "2025-03-20")
    hand = open_page(voucher_id=made.id)
    hand.page.state_line.voucher_wanted.emit(str(stored.ref))
    settle()
    assert hand.page.where() == {"voucher_id": stored.id}


def test_the_keyboard_is_somewhere_even_when_nothing_may_be_typed(open_page, village):
    stored = village.posted("2025-03-08", "付电费", ENTRY)
    hand = open_page(voucher_id=stored.id)
    assert focused() is hand.page.desk.form.grid


@pytest.mark.parametrize("text", ["记", "x-y-z", "2025/13/1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(VoucherError):
        ref_of(text, Month(2025, 3), "记")


def test_a_refusal_names_its_cell():
    assert named_cell("第 3 行没有选科目") == (2, Column.ACCOUNT)
    assert named_cell("第 1 行 113 内部往来 要写明往来单位") == (0, Column.COUNTERPARTY)
    assert named_cell("借贷不平") is None
