"""What the book says to a voucher: refusals lead to the cell, warnings stand in the strip, nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.builders import COLLECTIVE, COMMITTEE
from tests.ui.voucher_hand import Hand
from village_ledger.domain.errors import DiskFullError
from village_ledger.domain.likely_line import LikelyLine, Slip
from village_ledger.services.entry import vouchers
from village_ledger.ui.voucher.voucher_lines_model import Column
from village_ledger.ui.voucher.voucher_page import VoucherPage
from village_ledger.ui.voucher.voucher_strip import slip_words


@pytest.fixture
def hand(qtbot, page_of, settle):
    """The voucher page with its window active."""
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


def pay(hand, amount="3", account="101", papers="1"):
    """A payment out of an account, up to where it could be saved."""
    hand.line("付电费", "513", debit=amount)
    hand.press("Enter").type(account).press("Enter").type("=").press("Enter")
    return hand.type(papers) if papers else hand


def test_an_unbalanced_voucher_is_refused_and_the_cursor_goes_to_the_likely_line(hand, village, settle):
    hand.line("付电费", "513", debit="1386.4")
    hand.press("Enter").type("101").press("Enter", "Enter").type("1836.4").press("F6")
    settle()
    assert hand.page.slip.notice.what.startswith("借贷不平")
    assert hand.page.slip.notice.safe == "账没有变化。"
    assert "1,386.40" in hand.page.desk.strip.remarks
    assert hand.cell == "第2行 贷方金额"
    assert len(hand.filled) == 2
    assert village.reader.vouchers(COLLECTIVE) == []


def test_typing_on_folds_the_refusal_away(hand):
    hand.type("付电费").press("F6")
    assert hand.page.slip.notice is not None
    hand.type("一")
    assert hand.page.slip.notice is None


def test_the_cursor_goes_to_the_cell_the_refusal_names(hand):
    hand.type("付电费").press("Enter").type("513").press("Enter", "Enter", "F6")
    assert "第 1 行没有金额" in hand.page.slip.notice.what
    assert hand.cell == "第1行 借方金额"


def test_one_line_is_not_yet_a_voucher(hand):
    hand.line("付电费", "513", debit="3").press("F6")
    assert "两行" in hand.page.slip.notice.what
    assert hand.cell == "第2行 摘要"


def test_esc_takes_the_slip_away_before_anything_typed(hand):
    hand.type("付电费").press("F6")
    assert hand.page.slip.notice is not None
    hand.press("Esc")
    assert hand.page.slip.notice is None
    assert hand.lines[0][0] == "付电费"


def test_a_missing_summary_is_named_by_its_line(hand):
    pay(hand)
    hand.press("Enter")
    hand.page.desk.editing.put(1, Column.SUMMARY, "")
    hand.press("F6")
    assert "第 2 行" in hand.page.slip.notice.what
    assert hand.cell == "第2行 摘要"


def test_a_full_disk_keeps_the_form_and_offers_to_try_again(hand, village, settle, monkeypatch):
    real = vouchers.save

    def full(*_):
        raise DiskFullError("没能保存：U盘已满", "请清出空间，再按 F6。")

    monkeypatch.setattr(vouchers, "save", full)
    pay(hand).press("F6")
    settle()
    notice = hand.page.slip.notice
    assert (notice.what, notice.code) == ("没能保存：U盘已满", "S-104")
    assert len(hand.filled) == 2
    again = next(b for b in hand.page.slip.findChildren(QAbstractButton) if b.text() == "再存一次")
    monkeypatch.setattr(vouchers, "save", real)
    again.click()
    settle()
    assert hand.page.slip.notice is None
    assert len(village.reader.vouchers(COLLECTIVE)) == 1


def test_a_crash_gives_the_keyboard_back(hand, settle, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(vouchers, "save", broken)
    pay(hand).press("F6")
    settle()
    monkeypatch.undo()
    hand.page.desk.focus_lines()
    hand.press("Tab")
    hand.press("F6")
    settle()
    assert hand.page.status() == "○ 已保存 记-0001"


def test_cash_below_zero_is_said_in_the_strip_after_saving(hand, settle):
    pay(hand, "300").press("Ctrl+Enter")
    settle()
    remarks = hand.page.desk.strip.remarks
    assert remarks.startswith("▲ 记-0001：")
    assert "库存现金" in remarks
    assert "-300.00" in remarks
    assert hand.filled == []


def test_the_balance_after_posting_follows_every_key(hand, village, settle):
    village.posted("2025-03-01", "收承包款", "借 101 6200; 贷 501 6200")
    hand.page.account_help.read()
    settle()
    hand.line("付电费", "513", debit="200")
    hand.press("Enter").type("101").press("Enter", "Enter").type("20")
    strip = hand.page.desk.strip
    assert strip._money.accessibleName() == "库存现金记后余额 6,180.00"
    hand.type("0")
    assert strip._money.accessibleName() == "库存现金记后余额 6,000.00"


def test_the_wrong_ledger_is_pointed_out_before_saving(hand, session, settle):
    hand.page.leave()
    session.switch_ledger(COMMITTEE)
    hand.page.reload()
    settle()
    chart = session.reader.chart(COMMITTEE)
    income = next(a.code for a in chart if a.is_income and a.is_leaf)
    hand.type("收果园承包款").press("Enter").type("1001").press("Enter").type("600").press("Enter")
    hand.type("收果园承包款").press("Enter").type(income).press("Enter").type("=").press("Enter").type("1")
    hand.page.keeper.save_now()
    settle()
    assert "这样保存会被拒绝" in hand.page.desk.strip.remarks
    hand.press("F6")
    settle()
    assert hand.page.slip.notice is not None
    assert session.reader.vouchers(COMMITTEE) == []


def test_nothing_attached_asks_for_the_reason(hand, village, settle):
    pay(hand, papers="")
    hand.type("0").press("Enter")
    assert hand.cell == "没有附单据的原因"
    hand.type("单据随后补").press("Enter").press("Space")
    settle()
    stored = village.reader.voucher(village.reader.vouchers(COLLECTIVE)[0].id)
    assert stored.voucher.no_attachment_reason == "单据随后补"


def test_names_around_the_lines_are_saved(hand, village, settle):
    pay(hand)
    hand.page.desk.form.foot.fields["handler"].setFocus()
    hand.type("罗成林").press("Enter").type("周德清").press("Enter").type("赵永康").press("F6")
    settle()
    voucher = village.reader.voucher(village.reader.vouchers(COLLECTIVE)[0].id).voucher
    assert (voucher.handler, voucher.witness, voucher.approver) == ("罗成林", "周德清", "赵永康")


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        (LikelyLine(Slip.WRONG_SIDE, 0), "借贷记反"),
        (LikelyLine(Slip.DOUBLED, 0), "重复记"),
        (LikelyLine(Slip.SWAPPED, 0, 138640), "可能是 1,386.40"),
        (LikelyLine(Slip.SHIFTED, 0, 138640), "一个 0"),
        (LikelyLine(Slip.NINE, -1), "被 9 除尽"),
        (None, ""),
    ],
)
def test_the_likely_slip_is_said_in_a_sentence(slip, words):
    assert words in slip_words(slip, [(183640, 0), (0, 138640)])
