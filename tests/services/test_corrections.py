"""What was posted stays; mistakes are undone by a red-letter pair or a blue voucher, linked both ways."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COMMITTEE, LI, Village, draft
from village_ledger.domain.errors import PeriodError, VoucherError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import StoredVoucher, VoucherKind, VoucherRef, VoucherState
from village_ledger.services.entry import corrections

RENT = "借 101 600; 贷 501 600"


def test_a_red_letter_copy_of_the_same_year_cancels_the_original_out(village: Village):
    wrong = village.posted("2025-03-08", "付水电费", "借 513 120; 贷 101 120")
    red = village.reverse(wrong, "2025-06-20")
    assert [(x.account, x.debit, x.credit) for x in red.voucher.lines] == [
        ("513", -120_00, 0),
        ("101", 0, -120_00),
    ]
    assert {x.summary for x in red.voucher.lines} == {"注销3月8日记-0001号凭证"}
    assert (red.voucher.kind, str(red.ref), red.state) == (
        VoucherKind.REVERSAL,
        "2025-06/记-0001",
        VoucherState.ENTERED,
    )
    village.review(red)
    village.post(red)
    assert village.balance("513") == village.balance("101") == 0
    assert village.verify() == []


def test_the_pair_is_linked_both_ways(village: Village):
    wrong = village.posted("2025-03-08", "付水电费", "借 513 120; 贷 101 120")
    red = village.reverse(wrong, "2025-03-20", "金额写错")
    assert red.links == (("红字", "2025-03/记-0001"),)
    assert village.again(wrong).links == (("已冲", "2025-03/记-0002"),)
    last = village.reader.operations()[-1]
    assert (last.action, last.subject, last.detail) == (
        "冲销原因",
        "2025-03/记-0002",
        "2025-03/记-0001：金额写错",
    )


def test_the_right_one_beside_it_is_linked_too_and_only_once(village: Village):
    wrong = village.posted("2025-03-08", "付水电费", "借 513 120; 贷 101 120")
    village.reverse(wrong, "2025-03-20")
    right = draft(
        "2025-03-20", "付水电费", "借 513 210; 贷 101 210", kind=VoucherKind.CORRECTION, corrects=wrong.id
    )
    made = village.save(right).value
    assert made.links == (("订正", "2025-03/记-0001"),)
    assert village.again(wrong).links == (("已冲", "2025-03/记-0002"), ("已订正", "2025-03/记-0003"))
    with pytest.raises(VoucherError, match="2025-03/记-0001 已经由 2025-03/记-0003 订正过"):
        village.save(right)


def test_only_a_posted_voucher_of_the_same_ledger_is_put_right(village: Village):
    entered = village.entered("2025-03-08", "收租金", RENT)
    other = village.posted("2025-03-08", "发补贴", "借 5101 5; 贷 1001 5", COMMITTEE)
    for wrong in (entered, other):
        with pytest.raises(VoucherError, match="不用订正"):
            village.save(draft("2025-03-20", "收租金", RENT, corrects=wrong.id))


def test_a_mistake_of_an_earlier_year_is_mended_by_a_blue_voucher(village: Village):
    wrong = village.posted("2025-11-08", "付水电费", "借 513 120; 贷 101 120")
    blue = village.reverse(wrong, "2026-02-03")
    assert [(x.account, x.debit, x.credit) for x in blue.voucher.lines] == [
        ("513", 0, 120_00),
        ("101", 120_00, 0),
    ]
    assert {x.summary for x in blue.voucher.lines} == {"更正2025年11月8日记-0001号凭证"}
    assert blue.voucher.kind is VoucherKind.PRIOR_YEAR
    assert blue.links == (("蓝字", "2025-11/记-0001"),)
    assert village.again(wrong).links == (("已冲", "2026-02/记-0001"),)
    village.review(blue)
    village.post(blue)
    assert village.balance("101", "2025-12-31") == -120_00
    assert village.balance("101", "2026-12-31") == 0


def test_a_voucher_is_reversed_once(village: Village):
    wrong = village.posted("2025-03-08", "收租金", RENT)
    village.reverse(wrong, "2025-03-20")
    with pytest.raises(VoucherError, match="2025-03/记-0001 已经由 2025-03/记-0002 冲销过"):
        village.reverse(wrong, "2025-03-21")


@pytest.mark.parametrize("undo", ["delete", "void"])
def test_a_reversal_that_is_taken_back_frees_the_original(village: Village, undo: str):
    wrong = village.posted("2025-03-08", "收租金", RENT)
    red = village.reverse(wrong, "2025-03-20")
    if undo == "delete":
        village.delete_last(red)
    else:
        village.void(red)
        assert village.again(red).links == ()
    assert village.again(wrong).links == ()
    again = village.reverse(wrong, "2025-03-21")
    assert village.again(wrong).links == (("已冲", str(again.ref)),)


@pytest.mark.parametrize("state", ["entered", "reviewed", "void"])
def test_only_a_posted_voucher_is_reversed(village: Village, state: str):
    voucher = village.entered("2025-03-08", "收租金", RENT)
    if state == "reviewed":
        village.review(voucher)
    if state == "void":
        village.void(voucher)
    with pytest.raises(VoucherError, match="还没有记账，不用冲销"):
        village.reverse(voucher, "2025-03-20")


def test_a_reversal_is_not_reversed_and_none_is_dated_before_the_original(village: Village):
    wrong = village.posted("2025-03-08", "收租金", RENT)
    with pytest.raises(PeriodError, match="早于原凭证日期"):
        village.reverse(wrong, "2025-03-07")
    red = village.reverse(wrong, "2025-03-08")
    village.review(red)
    village.post(red)
    with pytest.raises(VoucherError, match="本身就是更正凭证"):
        village.reverse(village.again(red), "2025-03-20")


def test_a_reversal_goes_into_an_open_month_only(village: Village):
    wrong = village.posted("2025-03-08", "收租金", RENT)
    village.close_month("2025-03")
    with pytest.raises(PeriodError, match="2025年3月已结账"):
        village.reverse(wrong, "2025-03-20")
    assert village.again(wrong).links == ()
    assert village.reverse(wrong, "2025-04-01").ref == VoucherRef(Month(2025, 4), "记", 1)


def test_a_reversal_of_a_voucher_nobody_has(village: Village):
    with pytest.raises(VoucherError, match="没有 2025-03/记-0009 这张凭证"), village.act() as uow:
        corrections.reverse(uow, "collective", VoucherRef.parse("2025-03/记-9"), date(2025, 3, 20), "错")


def test_a_reversal_mirrors_its_original_whatever_is_typed_into_it(village: Village):
    wrong = village.posted("2025-03-08", "收租金", RENT)
    red = village.reverse(wrong, "2025-03-20")
    with pytest.raises(VoucherError, match="要和原凭证一一对应"):
        village.save(draft("2025-03-20", "冲销", "借 101 -500; 贷 501 -500", editing=red.id))
    with pytest.raises(VoucherError, match="要和原凭证一一对应"):
        village.save(draft("2026-03-20", "冲销", "借 101 -600; 贷 501 -600", editing=red.id))
    later = village.save(draft("2025-03-28", "冲3月8日", "借 101 -600; 贷 501 -600", editing=red.id)).value
    assert (later.voucher.kind, later.voucher.day.day) == (VoucherKind.REVERSAL, 28)
    assert later.links == red.links


def test_a_reversal_needs_no_attachment(village: Village):
    wrong = village.posted("2025-03-08", "收租金", RENT)
    with village.act() as uow:
        outcome = corrections.reverse(uow, "collective", wrong.ref, date(2025, 3, 20), "错了")
    assert not any("附单据" in warning for warning in outcome.warnings)


def test_the_wrong_ledger_guard_lets_a_reversal_through(village: Village):
    """Taking a wrong income line back is no new income."""
    typed = draft("2025-03-08", "收张三罚没款", "借 1001 600; 贷 4901 600", COMMITTEE)
    wrong = village.save(typed).value
    village.review(wrong)
    village.post(wrong)
    assert village.reverse(wrong, "2025-03-20").voucher.amount == -600_00


def test_a_change_to_another_ledgers_voucher_is_refused(village: Village):
    voucher: StoredVoucher = village.entered("2025-03-08", "收租金", RENT)
    with pytest.raises(VoucherError, match="另一本账的凭证"):
        village.save(draft("2025-03-08", "发补贴", "借 5101 5; 贷 1001 5", COMMITTEE, editing=voucher.id))


def test_the_year_stands_as_if_nothing_had_been(village: Village):
    wrong = village.posted("2025-03-08", "收张三承包款", "借 101 600; 贷 113@张三 600")
    red = village.reverse(wrong, "2025-03-20")
    village.review(red, by=LI)
    village.post(red)
    for turnover in village.reader.turnovers("collective", Span.of_year(2025)):
        assert (turnover.debit, turnover.credit, turnover.closing_debit, turnover.closing_credit) == (
            0,
            0,
            0,
            0,
        )
