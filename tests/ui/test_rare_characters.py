"""Rare names at the keyboard: entered through an input method, found by characters and by pinyin, printed."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE
from tests.ui.voucher_hand import Hand
from village_ledger.domain.period import Month
from village_ledger.ui.voucher.voucher_list_page import VoucherListPage
from village_ledger.ui.voucher.voucher_page import VoucherPage

RARE = "曾𬭎何㛃蒲䶮"


@pytest.fixture
def hand(qtbot, page_of, village, settle):
    """The voucher page with the keyboard in the first summary, and an account named after a pond."""
    village.add_account("514", "䶮塘水电费")
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


def test_a_rare_name_is_typed_saved_and_found(hand, village, settle, page_of, qtbot):
    hand.line(f"付{RARE}误工费", "513", debit="60").line("..", "101", credit="60")
    hand.press("Ctrl+S")
    settle()
    (saved,) = village.reader.vouchers(COLLECTIVE, month=Month(2025, 3))
    assert saved.summary == f"付{RARE}误工费"
    page = page_of(VoucherListPage)
    for part in ("𬭎", "何㛃", "䶮误工"):
        with qtbot.waitSignal(page.bar.find_changed):
            page.bar.field.setText(part)
        assert page.model.count() == 1, part
    with qtbot.waitSignal(page.bar.find_changed):
        page.bar.field.setText("𬭎㛃")
    assert page.model.count() == 0


def test_an_account_named_after_a_person_is_found_by_pinyin_and_by_the_character(hand):
    hand.type("付电费").press("Enter").type("ytsd").press("Enter")
    assert hand.lines[0][1] == "51401"
    hand.press("Shift+Tab").type("䶮").press("Enter")
    assert hand.lines[0][1] == "51401"
