"""数量 and 单价 on the voucher page: asked only where the account is kept by quantity; together they make the amount."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE
from tests.ui.voucher_hand import Hand
from village_ledger.domain.period import Month
from village_ledger.services.book import accounts
from village_ledger.ui.voucher.voucher_page import VoucherPage


@pytest.fixture
def hand(qtbot, page_of, village, settle):
    """A village that keeps its stores by weight, the keyboard in the first summary."""
    village.add_account("121", "化肥")
    with village.act() as uow:
        accounts.keep_by_quantity(uow, COLLECTIVE, "12101", "斤", required=False)
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


def test_enter_asks_for_quantity_and_price_and_they_make_the_amount(hand, village, settle):
    hand.type("购化肥").press("Enter").type("12101").press("Enter")
    assert hand.cell == "第1行 数量"
    hand.type("12.5").press("Enter")
    assert hand.cell == "第1行 单价"
    hand.type("3.20").press("Enter")
    assert hand.lines[0][2] == "40.00"
    hand.press("Enter").type("..").press("Enter").type("101").press("Enter").press("Enter").type("40")
    hand.press("Ctrl+S")
    settle()
    (saved,) = village.reader.vouchers(COLLECTIVE, month=Month(2025, 3))
    first, second = village.reader.voucher(saved.id).voucher.lines
    assert (first.debit, first.quantity) == (40_00, 12_500)
    assert second.quantity == 0


def test_other_accounts_are_not_asked(hand):
    hand.type("付电费").press("Enter").type("513").press("Enter")
    assert hand.cell == "第1行 借方金额"
    seen = []
    hand.press("Shift+Tab")
    for _ in range(4):
        seen.append(hand.cell)
        hand.press("Shift+Tab")
    assert not any("数量" in cell or "单价" in cell for cell in seen)


def test_what_is_no_quantity_keeps_the_cursor_there(hand):
    hand.type("购化肥").press("Enter").type("12101").press("Enter").type("很多").press("Enter")
    assert hand.cell == "第1行 数量"


def test_the_price_may_be_left_out(hand):
    hand.type("购化肥").press("Enter").type("12101").press("Enter").type("10").press("Enter", "Enter")
    assert hand.cell == "第1行 借方金额"
    assert hand.lines[0][2] == ""
