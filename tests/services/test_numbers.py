"""Numbers run 1, 2, 3 … per ledger, month and word, whatever is done to vouchers."""

from __future__ import annotations

import pytest

from tests.builders import COMMITTEE, Village, draft, in_file
from village_ledger.domain.errors import VoucherError
from village_ledger.domain.voucher import VoucherRef, VoucherState

RENT = "借 101 600; 贷 501 600"


def test_each_ledger_month_and_word_counts_for_itself(village: Village):
    refs = [
        village.entered("2025-03-08", "收租金", RENT).ref,
        village.entered("2025-03-02", "收租金", RENT).ref,
        village.entered("2025-04-01", "收租金", RENT).ref,
        village.entered("2025-03-09", "收租金", RENT, word="收").ref,
        village.entered("2025-03-08", "发补贴", "借 5101 5; 贷 1001 5", COMMITTEE).ref,
    ]
    assert list(map(str, refs)) == [
        "2025-03/记-0001",
        "2025-03/记-0002",
        "2025-04/记-0001",
        "2025-03/收-0001",
        "2025-03/记-0001",
    ]


def test_a_void_voucher_keeps_its_number_and_its_page(village: Village):
    first = village.entered("2025-03-08", "收租金", RENT)
    village.entered("2025-03-09", "收租金", RENT)
    void = village.void(first, "写错了对方单位")
    assert (void.state, void.return_reason, void.ref.number) == (VoucherState.VOID, "写错了对方单位", 1)
    assert void.voucher == first.voucher
    assert village.entered("2025-03-10", "收租金", RENT).ref.number == 3
    assert village.reader.gaps("collective") == []


def test_a_reviewed_voucher_may_be_voided_and_nobody_has_reviewed_it_then(village: Village):
    void = village.void(village.reviewed("2025-03-08", "收租金", RENT))
    assert (void.state, void.reviewed_by) == (VoucherState.VOID, "")


def test_only_the_last_voucher_of_a_month_is_deleted(village: Village):
    first = village.entered("2025-03-08", "收租金", RENT)
    second = village.entered("2025-03-09", "收租金", RENT)
    with pytest.raises(VoucherError, match="记-0001 后面还有凭证，删除会断号"):
        village.delete_last(first)
    village.delete_last(second)
    village.delete_last(first)
    assert village.reader.vouchers("collective") == []
    assert village.entered("2025-03-10", "收租金", RENT).ref.number == 1


def test_a_void_voucher_is_not_deleted(village: Village):
    void = village.void(village.entered("2025-03-08", "收租金", RENT))
    with pytest.raises(VoucherError, match="已作废，不能删除"):
        village.delete_last(void)


def test_receipts_arrive_out_of_order_and_are_sorted_by_date(village: Village):
    for day in (20, 5, 12):
        village.entered(f"2025-03-{day:02d}", f"{day}日", RENT)
    assert village.resort("2025-03") == 3
    assert village.numbers("2025-03") == [(1, 5, "entered"), (2, 12, "entered"), (3, 20, "entered")]
    assert village.resort("2025-03") == 0
    assert village.reader.gaps("collective") == []


def test_reviewed_posted_and_void_ones_keep_their_numbers_when_sorting(village: Village):
    village.entered("2025-03-25", "一", RENT)
    village.reviewed("2025-03-24", "二", RENT)
    village.posted("2025-03-23", "三", RENT)
    village.void(village.entered("2025-03-22", "四", RENT))
    village.entered("2025-03-02", "五", RENT)
    village.resort("2025-03")
    assert village.numbers("2025-03") == [
        (1, 2, "entered"),
        (2, 24, "reviewed"),
        (3, 23, "posted"),
        (4, 22, "void"),
        (5, 25, "entered"),
    ]
    assert village.verify() == []


def test_sorting_one_word_leaves_the_other_alone(village: Village):
    for day in (20, 5):
        village.entered(f"2025-03-{day:02d}", "收租金", RENT, word="收")
        village.entered(f"2025-03-{day:02d}", "收租金", RENT)
    village.resort("2025-03", word="收")
    days = {(v.ref.word, v.ref.number): v.day.day for v in village.reader.vouchers("collective")}
    assert days == {("收", 1): 5, ("收", 2): 20, ("记", 1): 20, ("记", 2): 5}


def test_many_vouchers_are_sorted_at_once(village: Village):
    village.take_in(
        *[
            _in_file(day=1 + (number * 7) % 28, number=number)
            for number in range(1, 901)
        ],
        post=False,
    )  # fmt: skip
    village.resort("2025-03")
    listed = village.numbers("2025-03")
    assert [number for number, _, _ in listed] == list(range(1, 901))
    assert [day for _, day, _ in listed] == sorted(day for _, day, _ in listed)


def _in_file(day: int, number: int):
    return in_file(draft(f"2025-03-{day:02d}", "收租金", RENT), number)


def test_a_voucher_moves_to_another_month_only_from_the_end(village: Village):
    first = village.entered("2025-03-08", "收租金", RENT)
    second = village.entered("2025-03-09", "收租金", RENT)
    with pytest.raises(VoucherError, match="移到别的月份会断号"):
        village.save(draft("2025-04-08", "收租金", RENT, editing=first.id))
    moved = village.save(draft("2025-04-08", "收租金", RENT, editing=second.id)).value
    assert (moved.id, str(moved.ref)) == (second.id, "2025-04/记-0001")
    assert village.reader.gaps("collective") == []


def test_changing_the_day_within_the_month_keeps_the_number(village: Village):
    first = village.entered("2025-03-08", "收租金", RENT)
    village.entered("2025-03-09", "收租金", RENT)
    changed = village.save(draft("2025-03-28", "收租金", "借 101 700; 贷 501 700", editing=first.id)).value
    assert (changed.ref.number, changed.voucher.day.day, changed.voucher.amount) == (1, 28, 700_00)
    assert village.verify() == []


def test_a_voucher_is_found_by_what_people_call_it(village: Village):
    made = village.entered("2025-03-08", "收租金", RENT)
    assert village.reader.find_voucher("collective", VoucherRef.parse("2025-03/记-1")).id == made.id
    with pytest.raises(VoucherError, match="没有 2025-03/记-0009 这张凭证"):
        village.reader.find_voucher("collective", VoucherRef.parse("2025-03/记-0009"))
    for endless in ("2025-03/记-" + "9" * 5000, "2025-03/记-99999999999999999999"):
        with pytest.raises(VoucherError):
            village.reader.find_voucher("collective", VoucherRef.parse(endless))


def test_a_deleted_vouchers_traces_do_not_pass_to_the_next(village: Village):
    """The next voucher may get the same id inside; a draft that was editing the old one must not rewrite it."""
    old = village.entered("2025-03-08", "收租金", RENT)
    village.autosave(draft("2025-03-08", "改", RENT, editing=old.id))
    kept = village.autosave(draft("2025-03-09", "别的", RENT))
    with village.act() as uow:
        uow.settings.count_print(f"voucher:{old.id}")
    village.delete_last(old)
    assert [d.id for d in village.reader.drafts()] == [kept]
    assert village.entered("2025-03-08", "收租金", RENT).id != old.id
