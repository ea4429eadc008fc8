"""Two pairs of eyes, then the books: review, return, posting, one-person posts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COMMITTEE, LI, WANG, ZHAO, Village, draft
from village_ledger.domain.errors import Cancelled, DutyError, LedgerError, VoucherError
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.entry import posting, review
from village_ledger.services.entry.progress import Progress

RENT = "借 101 600; 贷 501 600"


def test_nobody_reviews_their_own_voucher(village: Village):
    mine = village.entered("2025-03-08", "收租金", RENT)
    with pytest.raises(DutyError, match="记-0001 是 王秀英 自己制的单，自己不能审"):
        village.review(mine, by=WANG)
    assert village.again(mine).state is VoucherState.ENTERED


def test_a_batch_with_ones_own_voucher_is_not_passed_at_all(village: Village):
    first = village.entered("2025-03-08", "收租金", RENT)
    second = village.entered("2025-03-09", "收租金", RENT, by=LI)
    with pytest.raises(DutyError, match="记-0002 是 李建国 自己制的单"):
        village.review(first, second, by=LI)
    assert village.again(first).state is VoucherState.ENTERED


def test_who_rewrites_a_voucher_is_its_maker(village: Village):
    voucher = village.entered("2025-03-08", "收租金", RENT)
    village.save(draft("2025-03-08", "收果园租金", RENT, editing=voucher.id), by=LI)
    with pytest.raises(DutyError):
        village.review(voucher, by=LI)
    village.review(voucher, by=WANG)
    assert village.again(voucher).prepared_by == LI


def test_a_returned_voucher_shows_the_reason_until_it_is_mended(village: Village):
    voucher = village.reviewed("2025-03-08", "收租金", RENT)
    back = village.give_back(voucher, " 缺附件 ")
    assert (back.state, back.return_reason, back.reviewed_by) == (VoucherState.ENTERED, "缺附件", "")
    (listed,) = village.reader.vouchers("collective")
    assert listed.return_reason == "缺附件"
    mended = village.save(draft("2025-03-08", "收租金", RENT, attachments="2", editing=voucher.id)).value
    assert mended.return_reason == ""
    assert mended.ref == voucher.ref


def test_passing_a_returned_voucher_takes_the_reason_away(village: Village):
    voucher = village.give_back(village.entered("2025-03-08", "收租金", RENT), "缺附件")
    village.review(voucher)
    assert village.again(voucher).return_reason == ""


def test_ones_own_voucher_is_changed_and_not_returned(village: Village):
    voucher = village.entered("2025-03-08", "收租金", RENT)
    with pytest.raises(DutyError, match="直接修改就行"):
        village.give_back(voucher, "缺附件", by=WANG)


def test_who_reviewed_unreviews(village: Village):
    voucher = village.reviewed("2025-03-08", "收租金", RENT)
    with pytest.raises(DutyError, match="是 李建国 审核的"):
        village.unreview(voucher, by=ZHAO)
    assert village.unreview(voucher, by=LI).state is VoucherState.ENTERED
    with pytest.raises(VoucherError, match="不在已审核状态"):
        village.unreview(voucher, by=LI)


def test_a_reviewed_voucher_is_neither_changed_nor_deleted_nor_passed_again(village: Village):
    voucher = village.reviewed("2025-03-08", "收租金", RENT)
    for act in (
        lambda: village.save(draft("2025-03-08", "改", RENT, editing=voucher.id)),
        lambda: village.delete_last(voucher),
        lambda: village.review(voucher, by=ZHAO),
    ):
        with pytest.raises(VoucherError):
            act()
    assert village.again(voucher) == voucher


def test_only_reviewed_vouchers_are_posted_and_then_all_or_none(village: Village):
    passed = village.reviewed("2025-03-08", "收租金", RENT)
    waiting = village.entered("2025-03-09", "收租金", RENT)
    with pytest.raises(VoucherError, match="2025-03/记-0002 还没有审核，这次一张也没有记账"):
        village.post(passed, waiting)
    assert village.balance("101") == 0
    assert village.post(passed) == 1
    assert village.balance("101") == 600_00


def test_a_posted_or_void_voucher_is_posted_by_nobody(village: Village):
    done = village.posted("2025-03-08", "收租金", RENT)
    void = village.void(village.entered("2025-03-09", "收租金", RENT))
    for voucher in (done, void):
        with pytest.raises(VoucherError, match="不能记账"):
            village.post(voucher)
    assert village.balance("101") == 600_00


def test_a_posted_voucher_stays_as_it_is(village: Village):
    done = village.posted("2025-03-08", "收租金", RENT)
    for act in (
        lambda: village.save(draft("2025-03-08", "改", RENT, editing=done.id)),
        lambda: village.void(done),
        lambda: village.delete_last(done),
        lambda: village.give_back(done, "缺附件"),
        lambda: village.unreview(done),
    ):
        with pytest.raises(VoucherError):
            act()
    assert village.again(done) == done
    assert done.posted_by == WANG


def test_posting_goes_by_date_word_and_number_across_both_ledgers(village: Village):
    late = village.reviewed("2025-03-20", "收租金", RENT)
    early = village.reviewed("2025-03-08", "收租金", RENT)
    other = village.reviewed("2025-03-09", "发补贴", "借 5101 5; 贷 1001 5", COMMITTEE)
    assert village.post(late, other, early) == 3
    with village.raw() as connection:
        order = connection.execute(
            "SELECT voucher_id, seq FROM posting WHERE ledger_id = 1 ORDER BY seq"
        ).fetchall()
    assert order == [(early.id, 1), (late.id, 2)]
    assert village.verify() == []


def test_posting_through_a_day_with_a_named_reviewer(village: Village):
    march = village.entered("2025-03-08", "收租金", RENT)
    april = village.entered("2025-04-08", "收租金", RENT)
    with village.act() as uow:
        done = posting.post_through(uow, "collective", date(2025, 3, 31), LI)
    assert done.value == 1
    assert village.again(march).reviewed_by == LI
    assert village.again(april).state is VoucherState.ENTERED


@pytest.mark.parametrize("reviewer", [WANG, f" {WANG} ", f"{WANG}\u3000"])
def test_posting_through_refuses_one_person_for_both(village: Village, reviewer: str):
    village.entered("2025-03-08", "收租金", RENT, by=ZHAO)
    with pytest.raises(DutyError, match="审核和记账都是 王秀英"), village.act() as uow:
        posting.post_through(uow, "collective", date(2025, 3, 31), reviewer)


def test_posting_through_refuses_the_maker_as_reviewer(village: Village):
    voucher = village.entered("2025-03-08", "收租金", RENT)
    with pytest.raises(DutyError, match="是 王秀英 自己制的单"), village.act(LI) as uow:
        posting.post_through(uow, "collective", date(2025, 3, 31), f" {WANG}")
    assert village.again(voucher).state is VoucherState.ENTERED


def test_posting_through_without_a_reviewer_wants_everything_reviewed(village: Village):
    village.entered("2025-03-08", "收租金", RENT)
    with pytest.raises(VoucherError, match="还没有审核"), village.act() as uow:
        posting.post_through(uow, "collective", date(2025, 3, 31))
    with village.act() as uow:
        assert posting.post_through(uow, "collective", date(2025, 2, 28)).value == 0


def test_a_one_person_post_posts_as_awaiting_the_second_pair_of_eyes(village: Village):
    voucher = village.entered("2025-03-08", "收租金", RENT)
    with pytest.raises(VoucherError, match="还没有审核"):
        village.post(voucher)
    village.declare_one_person_post()
    village.post(voucher)
    done = village.again(voucher)
    assert (done.state, done.awaits_second_review, done.reviewed_by) == (VoucherState.POSTED, True, "")
    assert village.reader.vouchers("collective")[0].awaits_second_review
    assert "待补审" in village.reader.operations()[-1].detail
    assert village.verify() == []


def test_what_was_reviewed_in_a_one_person_post_awaits_nothing(village: Village):
    village.declare_one_person_post()
    passed = village.reviewed("2025-03-08", "收租金", RENT)
    alone = village.entered("2025-03-09", "收租金", RENT)
    village.post(passed, alone)
    assert [v.awaits_second_review for v in village.reader.vouchers("collective")] == [False, True]


def test_a_one_person_post_is_declared_per_ledger_and_can_end(village: Village):
    village.declare_one_person_post()
    other = village.entered("2025-03-09", "发补贴", "借 5101 5; 贷 1001 5", COMMITTEE)
    with pytest.raises(VoucherError, match="还没有审核"):
        village.post(other)
    village.declare_one_person_post(declared=False)
    with pytest.raises(VoucherError, match="还没有审核"):
        village.post(village.entered("2025-03-08", "收租金", RENT))
    with pytest.raises(LedgerError, match="group-01"):
        village.declare_one_person_post("group-01")
    actions = [o.action for o in village.reader.operations()]
    assert actions.count("声明一人岗") == actions.count("取消一人岗") == 1


def test_cancelled_posting_posts_nothing(village: Village):
    voucher = village.reviewed("2025-03-08", "收租金", RENT)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled), village.act() as uow:
        posting.post(uow, [voucher.id], progress)
    assert village.again(voucher).state is VoucherState.REVIEWED
    assert village.verify() == []


def test_every_act_says_what_it_changed(village: Village):
    voucher = village.entered("2025-03-08", "收租金", RENT)
    with village.act(LI) as uow:
        passed = review.pass_vouchers(uow, [voucher.id])
    with village.act() as uow:
        posted = posting.post(uow, [voucher.id])
    assert (passed.value, passed.changes.vouchers, passed.changes.balances) == (1, True, False)
    assert (posted.value, posted.changes.balances, posted.changes.ledger) == (1, True, "collective")


def test_the_log_tells_who_did_what(village: Village):
    village.posted("2025-03-08", "收租金", RENT)
    told = [(o.action, o.by, o.subject) for o in village.reader.operations()[2:]]
    assert told == [
        ("填制凭证", WANG, "2025-03/记-0001"),
        ("审核凭证", LI, "2025-03/记-0001"),
        ("记账", WANG, "2025-03/记-0001"),
    ]
