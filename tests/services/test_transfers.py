"""Money between the two ledgers: nine kinds of document, both vouchers from one, nothing done to one side alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village
from tests.two_ledgers import RESOLUTION, again, asked, lines, mirrors, moved, resolved, waiting
from village_ledger.domain.errors import ChartError, DutyError, LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import parse_day
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.entry import corrections, vouchers
from village_ledger.services.transfers import transfers

CO, VC = "@青山村股份经济合作社", "@青山村村民委员会"

NINE = {
    "T1": (
        ["借 5130101@青山村村民委员会 100.01", "贷 102 100.01"],
        ["借 1002 100.01", f"贷 4501{CO} 100.01"],
    ),
    "T2": (["借 51401@青山村村民委员会 100.01", "贷 102 100.01"], ["借 1002 100.01", f"贷 4501{CO} 100.01"]),
    "T3": (["借 5130101 100.01", "贷 102 100.01"], []),
    "T4": ([f"借 112{VC} 100.01", "贷 102 100.01"], ["借 5102 100.01", f"贷 2202{CO} 100.01"]),
    "T6": ([f"借 112{VC} 100.01", "贷 501 100.01"], ["借 1002 100.01", f"贷 2202{CO} 100.01"]),
    "T7": (["借 102 100.01", f"贷 211{VC} 100.01"], [f"借 1122{CO} 100.01", "贷 4401 100.01"]),
    "T8": (["借 51301 100.01", "贷 102 100.01"], ["借 5102 0.02", "贷 1002 0.02"]),
    "T9": (["借 151 100.01", "贷 31101 100.01"], ["借 5104 100.01", "贷 1505 100.01"]),
}


def more(kind: str) -> dict[str, Any]:
    """What a kind asks beside the amount."""
    if kind in {"T1", "T2", "T3"}:
        return {"resolution": RESOLUTION}
    return {"shares": ("100.01", "0.02")} if kind == "T8" else {}


@pytest.mark.parametrize("kind", NINE)
def test_each_kind_gives_both_vouchers_to_the_fen(village: Village, kind: str):
    resolved(village)
    amount = "100.03" if kind == "T8" else "100.01"
    document = moved(village, kind, amount, **more(kind))
    collective, committee = NINE[kind]
    assert lines(village, document, COLLECTIVE) == collective
    assert lines(village, document, COMMITTEE) == committee
    assert document.state is VoucherState.POSTED
    assert all(here == there for here, there in mirrors(village))
    assert village.verify() == []


def test_the_number_runs_through_the_book_and_both_vouchers_keep_their_own(village: Village):
    village.posted("2025-03-01", "收租金", "借 101 5; 贷 501 5")
    first, second = moved(village, "T4", "10"), moved(village, "T7", "20")
    assert [str(first.number), str(second.number)] == ["往来-2025-0001", "往来-2025-0002"]
    assert [str(side.ref) for side in first.sides] == ["2025-03/记-0002", "2025-03/记-0001"]


def test_a_restricted_subsidy_waits_in_the_project_fund_until_it_is_spent(village: Village):
    resolved(village)
    document = moved(village, "T2", "8000", resolution=RESOLUTION, committee="2301", project="村道")
    assert lines(village, document, COMMITTEE) == ["借 1002 8000.00", f"贷 2301{CO}#村道 8000.00"]


def test_a_kind_that_may_go_to_either_account_asks_which(village: Village):
    resolved(village)
    document = moved(village, "T1", "50", resolution=RESOLUTION, collective="514")
    assert lines(village, document, COLLECTIVE)[0] == f"借 51401{VC} 50.00"
    with pytest.raises(ChartError, match="不能记 101"):
        waiting(village, "T1", "50", resolution=RESOLUTION, collective="101")


# Sub-accounts


def test_sub_accounts_are_made_once_and_found_again(village: Village):
    resolved(village)
    for _ in range(2):
        moved(village, "T1", "50", resolution=RESOLUTION)
    names = [a.name for a in village.reader.chart(COLLECTIVE) if a.code.startswith("513")]
    assert names == ["管理费用", "运转支出", "补助村委会"]


def test_an_account_that_has_lines_never_becomes_a_parent(village: Village):
    resolved(village)
    village.posted("2025-03-01", "付办公费", "借 513 5; 贷 101 5")
    document = moved(village, "T1", "50", resolution=RESOLUTION)
    assert lines(village, document, COLLECTIVE)[0] == f"借 513{VC} 50.00"
    assert village.reader.chart(COLLECTIVE).get("513").is_leaf


def test_a_used_leaf_on_the_way_gets_a_neighbour(village: Village):
    resolved(village)
    running = village.add_account("513", "运转支出")
    village.posted("2025-03-01", "付会议费", f"借 {running.code} 5; 贷 101 5")
    document = moved(village, "T1", "50", resolution=RESOLUTION)
    assert lines(village, document, COLLECTIVE)[0] == f"借 51302{VC} 50.00"


def test_a_divided_receivable_gets_a_leaf_for_the_committee(village: Village):
    village.add_account("112", "租户")
    document = moved(village, "T4", "50")
    assert lines(village, document, COLLECTIVE)[0] == f"借 11202{VC} 50.00"


def test_an_account_that_is_divided_must_be_named_to_the_leaf(village: Village):
    village.add_account("5102", "办公费", COMMITTEE)
    with pytest.raises(ChartError, match=r"5102 办公经费支出 有下级科目.*510201 办公费"):
        waiting(village, "T4", "50")
    document = moved(village, "T4", "50", committee="510201")
    assert lines(village, document, COMMITTEE)[0] == "借 510201 50.00"


# What a kind asks


@pytest.mark.parametrize("kind", ["T1", "T2", "T3"])
def test_a_subsidy_without_a_resolution_is_refused(village: Village, kind: str):
    with pytest.raises(VoucherError, match="要有决议"):
        waiting(village, kind, "50")
    with pytest.raises(VoucherError, match="没有登记过决议“青社代〔2025〕9号”"):
        waiting(village, kind, "50", resolution="青社代〔2025〕9号")
    assert village.reader.transfers() == []


def test_a_resolution_made_after_the_money_went_is_refused(village: Village):
    resolved(village, day="2025-04-01")
    with pytest.raises(PeriodError, match="晚于这一笔的日期"):
        waiting(village, "T1", "50", resolution=RESOLUTION)


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_an_amount_must_be_more_than_nothing(village: Village, amount: str):
    with pytest.raises(VoucherError, match="大于零"):
        waiting(village, "T4", amount)


def test_the_same_person_does_not_pass_what_they_prepared(village: Village):
    with pytest.raises(DutyError), village.act(WANG) as uow:
        transfers.record(uow, asked("T4", "50"), WANG)
    assert village.reader.transfers() == []


def test_a_book_of_one_ledger_has_no_money_between_ledgers(tmp_path):
    with Village.found(tmp_path, single=True) as village, pytest.raises(LedgerError, match="只有一本账"):
        waiting(village, "T4", "50")


# Bank accounts


def test_a_bank_is_named_only_where_a_ledger_has_more_than_one(village: Village):
    village.add_account("102", "基本户")
    village.add_account("102", "专户")
    with pytest.raises(ChartError, match=r"有 2 个银行户.*10201 基本户、10202 专户"):
        waiting(village, "T4", "50")
    document = moved(village, "T4", "50", collective_bank="10202")
    assert lines(village, document, COLLECTIVE)[1] == "贷 10202 50.00"


def test_the_others_bank_account_is_refused(village: Village):
    with pytest.raises(ChartError, match="1002 是青山村村民委员会的银行户"):
        waiting(village, "T4", "50", collective_bank="1002")
    with pytest.raises(ChartError, match="101 不是青山村股份经济合作社的银行户"):
        waiting(village, "T4", "50", collective_bank="101")


# Both or neither


def test_a_second_half_that_fails_leaves_nothing(village: Village, monkeypatch: pytest.MonkeyPatch):
    resolved(village)
    real, done = vouchers.store, []

    def fails_the_second_time(uow, ledger, voucher, action="填制凭证", **more):
        done.append(ledger)
        if len(done) == 2:
            raise OSError("the second half")
        return real(uow, ledger, voucher, action, **more)

    monkeypatch.setattr(vouchers, "store", fails_the_second_time)
    accounts = len(village.reader.chart(COLLECTIVE))
    operations = len(village.reader.operations())
    with pytest.raises(OSError, match="the second half"):
        moved(village, "T1", "50", resolution=RESOLUTION)
    assert done == [COLLECTIVE, COMMITTEE]
    assert village.reader.transfers() == []
    assert village.numbers("2025-03") == village.numbers("2025-03", COMMITTEE) == []
    assert len(village.reader.chart(COLLECTIVE)) == accounts
    assert len(village.reader.operations()) == operations
    assert village.verify() == []


def test_posting_that_fails_in_the_second_ledger_leaves_the_first_unposted(
    village: Village, monkeypatch: pytest.MonkeyPatch
):
    document = waiting(village, "T4", "50")
    village.review(village.reader.voucher(document.sides[0].voucher_id))
    from village_ledger.storage.vouchers.vouchers import Postings

    real = Postings.post

    def fails_for_the_committee(self, ledger, ids, basis):
        if ledger == COMMITTEE:
            raise OSError("the second half")
        real(self, ledger, ids, basis)

    monkeypatch.setattr(Postings, "post", fails_for_the_committee)
    with pytest.raises(OSError, match="the second half"):
        village.post(village.reader.voucher(document.sides[0].voucher_id))
    assert [side.state for side in again(village, document.number).sides] == [VoucherState.REVIEWED] * 2


@pytest.mark.parametrize("ledger", [COLLECTIVE, COMMITTEE])
def test_a_closed_month_on_one_side_keeps_both_out(village: Village, ledger: str):
    village.close_month("2025-03", ledger)
    with pytest.raises(PeriodError, match="已结账"):
        waiting(village, "T4", "50")
    assert village.reader.transfers() == []


@pytest.mark.parametrize("ledger", [COLLECTIVE, COMMITTEE])
def test_what_waits_when_one_side_closes_is_neither_reviewed_nor_posted_nor_voided(
    village: Village, ledger: str
):
    document = waiting(village, "T4", "50")
    mine = village.reader.voucher(document.sides[0].voucher_id)
    village.close_month("2025-03", ledger)
    with pytest.raises(PeriodError, match="已结账"):
        village.review(mine)
    with pytest.raises(PeriodError, match="已结账"), village.act() as uow:
        transfers.void(uow, document.number, "填错了")
    assert [side.state for side in again(village, document.number).sides] == [VoucherState.ENTERED] * 2


def test_reviewing_one_side_reviews_both_and_so_does_taking_it_back(village: Village):
    document = waiting(village, "T4", "50")
    committees = village.reader.voucher(document.sides[1].voucher_id)
    village.review(committees)
    assert [side.reviewed_by for side in again(village, document.number).sides] == [LI, LI]
    village.unreview(committees)
    village.give_back(committees, "摘要不清")
    assert [side.state for side in again(village, document.number).sides] == [VoucherState.ENTERED] * 2
    assert village.again(village.reader.voucher(document.sides[0].voucher_id)).return_reason == "摘要不清"


def test_posting_one_side_posts_both(village: Village):
    document = waiting(village, "T4", "50")
    mine = village.reader.voucher(document.sides[0].voucher_id)
    village.review(mine)
    assert village.post(mine) == 2
    assert [side.state for side in again(village, document.number).sides] == [VoucherState.POSTED] * 2
    assert village.verify() == []


def test_one_side_is_not_posted_past_the_service(village: Village):
    document = waiting(village, "T4", "50")
    mine = document.sides[0].voucher_id
    with village.act() as uow:
        uow.vouchers.mark_reviewed(mine, LI)
    with pytest.raises(VoucherError, match="两边要一起记"), village.act() as uow:
        uow.postings.post(COLLECTIVE, [mine], "reviewed")
    village.unreview(village.reader.voucher(mine))
    village.review(village.reader.voucher(mine))
    with pytest.raises(VoucherError), village.act() as uow:
        uow.postings.post(COLLECTIVE, [mine], "reviewed")
    assert [side.state for side in again(village, document.number).sides] == [VoucherState.REVIEWED] * 2


@pytest.mark.parametrize("side", [0, 1])
def test_one_side_is_neither_voided_nor_deleted_nor_changed_nor_reversed_alone(village: Village, side: int):
    document = waiting(village, "T4", "50")
    one = village.reader.voucher(document.sides[side].voucher_id)
    refused = "两账往来单 往来-2025-0001 的一边"
    with pytest.raises(VoucherError, match=f"{refused}，不能单独作废"):
        village.void(one)
    with pytest.raises(VoucherError, match=f"{refused}，不能单独删除"):
        village.delete_last(one)
    from village_ledger.ui.voucher.voucher_places import draft_of

    with pytest.raises(VoucherError, match=f"{refused}，不能单独修改"):
        village.save(draft_of(one))
    village.review(one)
    village.post(one)
    with pytest.raises(VoucherError, match=f"{refused}，不能单独冲销"), village.act() as uow:
        corrections.reverse(uow, one.ledger, one.ref, parse_day("2025-03-20"), "记错")
    assert [s.state for s in again(village, document.number).sides] == [VoucherState.POSTED] * 2


def test_voiding_a_document_voids_both_and_keeps_both_numbers(village: Village):
    document = waiting(village, "T4", "50")
    with village.act() as uow:
        transfers.void(uow, document.number, "填错了")
    assert again(village, document.number).is_void
    assert village.numbers("2025-03") == village.numbers("2025-03", COMMITTEE) == [(1, 8, "void")]
    assert village.verify() == []


def test_a_posted_document_is_not_voided(village: Village):
    document = moved(village, "T4", "50")
    with pytest.raises(VoucherError, match="已经记账，不能作废"), village.act() as uow:
        transfers.void(uow, document.number, "填错了")
