"""A month closed while its voucher is still being typed: nothing the keyboard can do brings it in."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE
from tests.ui.voucher_hand import Hand
from village_ledger.domain.period import Month
from village_ledger.ui.voucher.voucher_page import VoucherPage

MARCH = Month(2025, 3)


@pytest.fixture
def hand(qtbot, page_of, village, settle):
    """A whole voucher of March typed, then March closed behind it."""
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    made = Hand(page)
    made.line("付电费", "513", debit="60").line("..", "101", credit="60")
    for month in ("2025-01", "2025-02", "2025-03"):
        village.close_month(month)
    return made


@pytest.mark.parametrize(
    "keys", [("Ctrl+S",), ("Ctrl+Z", "Ctrl+Y", "Ctrl+S"), ("Ctrl+Delete", "Ctrl+Z", "Ctrl+S")]
)
def test_saving_undoing_and_doing_again_post_nothing_into_it(hand, village, settle, keys):
    typed = hand.filled
    for key in keys:
        hand.press(key)
        settle()
    assert village.reader.vouchers(COLLECTIVE, month=MARCH) == []
    assert hand.filled == typed
    assert village.verify() == []
