"""现金盘点 in the window: pieces typed, kept, the difference booked."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE
from village_ledger.domain.period import Month, Span
from village_ledger.services.check_item import Verdict
from village_ledger.ui.bank.cash_count_page import CashCountPage
from village_ledger.ui.closing.closing_page import ClosingPage


@pytest.fixture
def page(village, page_of, settle) -> CashCountPage:
    village.posted("2025-03-08", "收果园承包款", "借 101 300.50; 贷 501 300.50")
    page = page_of(CashCountPage)
    page.session.go_to_month(Month(2025, 3))
    page.reload()
    settle()
    return page


def test_pieces_are_typed_and_the_difference_becomes_a_voucher(page, village, settle):
    assert (page.account.text(), page.day.text()) == ("101", "2025-03-31")
    page.pieces[10000].setText("３")
    assert page.sum.text() == "300.00"
    page.reason.setText("找零少收")
    page.action("count").trigger()
    settle()
    (stored,) = village.reader.cash_counts(COLLECTIVE, Span.of_month(Month(2025, 3)))
    assert stored.found.difference == -50
    page.action("voucher").trigger()
    settle()
    (stored,) = village.reader.cash_counts(COLLECTIVE, Span.of_month(Month(2025, 3)))
    assert village.reader.voucher(stored.voucher_id).voucher.amount == 50


def test_what_cannot_be_read_is_said_in_the_page(page, village, settle):
    page.pieces[50].setText("两张")
    page.action("count").trigger()
    settle()
    assert "不是数字" in page.slip.notice.what
    assert village.reader.cash_counts(COLLECTIVE, Span.of_month(Month(2025, 3))) == []


def test_the_check_list_hears_of_a_count(page, page_of, session, settle):
    closing = page_of(ClosingPage)
    session.changed.connect(lambda changes: closing.reload() if changes.touches(closing.shows) else None)
    assert verdict(closing) is Verdict.WARN
    page.total.setText("300.50")
    page.action("count").trigger()
    settle()
    assert verdict(closing) is Verdict.PASS


def verdict(closing: ClosingPage) -> Verdict:
    assert closing.view is not None
    return next(item.verdict for item in closing.view.items if item.rule == "K29")
