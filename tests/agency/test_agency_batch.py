"""One act for many villages: each has a verdict of its own, what is refused in one stops no other, and the books stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency, an_agency, an_agency_with_work, tampered
from tests.builders import COLLECTIVE, COMMITTEE, LI, QIAN, WANG, ZHAO, Village
from tests.two_ledgers import waiting
from village_ledger.domain.agency import BatchAct, BatchResult, VillageVerdict
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import AgencyError
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import StoredVoucher, VoucherState
from village_ledger.exchange.agency.agency_batch import BatchOptions, run
from village_ledger.services.entry.progress import Progress
from village_ledger.services.staff import staff

ALL = (QINGSHAN, BAIYUN, HEISHI)
MARCH = BatchOptions(through=date(2025, 3, 31))


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return an_agency_with_work(tmp_path, *ALL)


def _do(
    agency: Agency,
    by: str,
    act: BatchAct,
    villages: Sequence[str] = (),
    options: BatchOptions = MARCH,
    progress: Progress | None = None,
) -> list[VillageVerdict]:
    return run(agency.path, agency.sign_in(by), act, villages, options, progress or Progress())


def _told(verdicts: Sequence[VillageVerdict], ledger: str | None = COLLECTIVE) -> dict[str, BatchResult]:
    return {one.book.village: one.result for one in verdicts if ledger is None or one.ledger == ledger}


def _state(agency: Agency, name: str) -> list[tuple[int, int, str]]:
    with agency.village(name) as village:
        return village.numbers("2025-02")


def _only(village: Village) -> StoredVoucher:
    (voucher_id,) = village.reader.unposted_ids(COLLECTIVE)
    return village.reader.voucher(voucher_id)


def _review_all(agency: Agency) -> None:
    verdicts = _do(agency, LI, BatchAct.REVIEW)
    assert {one.result for one in verdicts if one.ledger == COLLECTIVE} == {BatchResult.DONE}


# reviewing


def test_everything_that_waits_up_to_a_day_is_passed_in_every_village(agency: Agency) -> None:
    with agency.village(BAIYUN) as village:
        village.entered("2025-04-01", "付水费", "借 513 30; 贷 101 30")
    verdicts = _do(agency, LI, BatchAct.REVIEW)
    assert [(one.book.village, one.ledger, one.result.value, one.count) for one in verdicts] == [
        (name, ledger, result, count)
        for name in ALL
        for ledger, result, count in ((COLLECTIVE, "done", 1), (COMMITTEE, "nothing", 0))
    ]
    assert verdicts[0].words == "审核了 1 张凭证。"
    assert verdicts[1].words == "没有等着审核的凭证。"
    with agency.village(BAIYUN) as village:
        states = [village.reader.voucher(one).state for one in village.reader.unposted_ids(COLLECTIVE)]
    assert states == [VoucherState.REVIEWED, VoucherState.ENTERED]


def test_each_book_s_own_log_names_the_person_and_the_act(agency: Agency) -> None:
    _review_all(agency)
    for name in ALL:
        with agency.village(name) as village:
            last = [one for one in village.reader.operations() if one.action == "审核凭证"]
            assert [(one.by, one.ledger, one.subject) for one in last] == [
                (LI, COLLECTIVE, "2025-02/记-0001")
            ]
            assert village.verify() == []


def test_own_vouchers_wait_for_somebody_else(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village:
        with village.act(QIAN) as uow:
            staff.take_role(uow, LI, Role.CHIEF)
            staff.give_role(uow, LI, Role.REVIEWER)
            staff.give_role(uow, LI, Role.PREPARER)
        village.entered("2025-02-05", "付水费", "借 513 30; 贷 101 30", by=LI)
    verdict = _do(agency, LI, BatchAct.REVIEW, [QINGSHAN])[0]
    assert (verdict.result, verdict.count) == (BatchResult.DONE, 1)
    assert verdict.words == "审核了 1 张凭证；1 张是自己制的单，要别人审。"


def test_what_went_back_to_its_maker_is_not_passed_on_the_way(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village:
        village.give_back(_only(village), "缺发票")
    verdict = _do(agency, LI, BatchAct.REVIEW, [QINGSHAN])[0]
    assert (verdict.result, verdict.words) == (
        BatchResult.NOTHING,
        "没有等着审核的凭证；1 张退回了等制单人改。",
    )


def test_the_workspace_gives_no_right_a_book_does_not_give(agency: Agency) -> None:
    verdicts = _do(agency, ZHAO, BatchAct.REVIEW)
    assert _told(verdicts) == dict.fromkeys(ALL, BatchResult.REFUSED)
    assert verdicts[0].words.startswith("赵平 的角色是出纳，不能审核")
    assert all(state == "entered" for name in ALL for _, _, state in _state(agency, name))


def test_chosen_vouchers_alone_are_passed(agency: Agency) -> None:
    with agency.village(BAIYUN) as village:
        wanted = village.entered("2025-02-05", "付水费", "借 513 30; 贷 101 30")
    options = BatchOptions(chosen={agency.kept(BAIYUN).uid: [wanted.id]})
    verdicts = _do(agency, LI, BatchAct.REVIEW, options=options)
    assert [(one.book.village, one.ledger, one.count) for one in verdicts] == [(BAIYUN, COLLECTIVE, 1)]
    assert [state for _, _, state in _state(agency, BAIYUN)] == ["entered", "reviewed"]
    assert [state for _, _, state in _state(agency, QINGSHAN)] == ["entered"]


def test_chosen_vouchers_go_back_with_a_reason(agency: Agency) -> None:
    chosen = {}
    for name in (QINGSHAN, HEISHI):
        with agency.village(name) as village:
            chosen[agency.kept(name).uid] = [_only(village).id]
    verdicts = _do(agency, LI, BatchAct.REVIEW, options=BatchOptions(chosen=chosen, reason="发票抬头不对"))
    assert [(one.book.village, one.words) for one in verdicts] == [
        (QINGSHAN, "退回了 1 张凭证。"),
        (HEISHI, "退回了 1 张凭证。"),
    ]
    with agency.village(HEISHI) as village:
        assert _only(village).return_reason == "发票抬头不对"


def test_a_chosen_voucher_that_was_passed_meanwhile_refuses_its_own_village_alone(agency: Agency) -> None:
    chosen = {}
    for name in ALL:
        with agency.village(name) as village:
            chosen[agency.kept(name).uid] = [_only(village).id]
    with agency.village(BAIYUN) as village:
        village.review(_only(village))
    verdicts = _do(agency, LI, BatchAct.REVIEW, options=BatchOptions(chosen=chosen))
    assert [one.result.value for one in verdicts] == ["done", "refused", "done"]
    assert "不在待审核状态" in verdicts[1].words


def test_a_chosen_voucher_that_is_gone_is_said(agency: Agency) -> None:
    options = BatchOptions(chosen={agency.kept(QINGSHAN).uid: [4711]})
    (verdict,) = _do(agency, LI, BatchAct.REVIEW, options=options)
    assert verdict.result is BatchResult.REFUSED


# posting


def test_what_is_reviewed_is_posted_and_what_is_not_is_said(agency: Agency) -> None:
    _review_all(agency)
    with agency.village(BAIYUN) as village:
        village.entered("2025-02-05", "付水费", "借 513 30; 贷 101 30")
    verdicts = [one for one in _do(agency, WANG, BatchAct.POST) if one.ledger == COLLECTIVE]
    assert [(one.result.value, one.count) for one in verdicts] == [("done", 1)] * 3
    assert verdicts[0].words == "记了 1 张凭证。"
    assert verdicts[1].words == "记了 1 张凭证；1 张还没有审核，没有记。"
    with agency.village(BAIYUN) as village:
        assert village.balance("501") == -620000
        assert village.verify() == []


def test_nothing_is_posted_that_nobody_has_reviewed(agency: Agency) -> None:
    verdict = _do(agency, WANG, BatchAct.POST, [QINGSHAN])[0]
    assert (verdict.result, verdict.words) == (
        BatchResult.NOTHING,
        "没有审核好等着记账的凭证；1 张还没有审核，没有记。",
    )


def test_a_one_person_post_posts_what_waits_for_a_second_review(tmp_path: Path) -> None:
    agency = an_agency(tmp_path, QINGSHAN, staffed=False)
    with agency.village(QINGSHAN) as village:
        village.entered("2025-02-03", "收果园承包款", "借 101 6200; 贷 501 6200")
        village.declare_one_person_post()
    verdict = _do(agency, WANG, BatchAct.POST)[0]
    assert verdict.words == "记了 1 张凭证；其中 1 张一人岗的待补审。"


def test_both_sides_of_a_document_are_counted_where_they_belong(agency: Agency) -> None:
    with agency.village(QINGSHAN) as village:
        waiting(village, "T4", "50", "2025-02-08")
    verdicts = _do(agency, LI, BatchAct.REVIEW, [QINGSHAN])
    assert [(one.ledger, one.count) for one in verdicts] == [(COLLECTIVE, 2), (COMMITTEE, 1)]
    assert verdicts[1].words == "审核了 1 张凭证（1 张随另一本账的往来单）。"
    posted = _do(agency, WANG, BatchAct.POST, [QINGSHAN])
    assert [(one.ledger, one.count) for one in posted] == [(COLLECTIVE, 2), (COMMITTEE, 1)]


# closing


def test_a_month_is_closed_where_its_check_list_passes(agency: Agency) -> None:
    _review_all(agency)
    _do(agency, WANG, BatchAct.POST, [QINGSHAN, BAIYUN])
    january = BatchOptions(month=Month(2025, 1), ledgers=(COLLECTIVE,))
    february = BatchOptions(month=Month(2025, 2), ledgers=(COLLECTIVE,))
    assert _told(_do(agency, LI, BatchAct.CLOSE, options=january)) == dict.fromkeys(ALL, BatchResult.DONE)
    verdicts = _do(agency, LI, BatchAct.CLOSE, options=february)
    assert _told(verdicts) == {
        QINGSHAN: BatchResult.DONE,
        BAIYUN: BatchResult.DONE,
        HEISHI: BatchResult.REFUSED,
    }
    assert "2025年2月还不能结账" in verdicts[2].words
    assert "1 张凭证没有记账" in verdicts[2].words
    again = _do(agency, LI, BatchAct.CLOSE, [QINGSHAN], february)
    assert again[0].words == "2025年2月以前就结过账了。"
    with agency.village(QINGSHAN) as village:
        assert village.reader.month_state(COLLECTIVE, Month(2025, 2)) is MonthState.CLOSED
        assert village.verify() == []


def test_a_month_the_book_does_not_have_is_refused_in_that_village(agency: Agency) -> None:
    (verdict,) = _do(
        agency,
        LI,
        BatchAct.CLOSE,
        [QINGSHAN],
        BatchOptions(month=Month(2031, 1), ledgers=(COLLECTIVE,)),
    )
    assert verdict.result is BatchResult.REFUSED
    assert "不在这本账的年度里" in verdict.words


# villages apart


def _bytes(agency: Agency, name: str) -> str:
    return sha256(agency.book(name).read_bytes()).hexdigest()


def test_a_village_left_out_stays_byte_for_byte_as_it_was(agency: Agency) -> None:
    before = _bytes(agency, HEISHI)
    _do(agency, LI, BatchAct.REVIEW, [QINGSHAN, BAIYUN])
    assert _bytes(agency, HEISHI) == before


def test_what_is_refused_leaves_the_vouchers_as_they_were(agency: Agency) -> None:
    _do(agency, LI, BatchAct.CLOSE, [QINGSHAN], BatchOptions(month=Month(2025, 2)))
    with agency.village(QINGSHAN) as village:
        assert village.reader.month_state(COLLECTIVE, Month(2025, 2)) is MonthState.OPEN
        assert village.verify() == []


def test_a_book_open_elsewhere_is_named_and_the_others_go_on(agency: Agency) -> None:
    with Village(agency.book(BAIYUN)):
        verdicts = _do(agency, LI, BatchAct.REVIEW)
    assert _told(verdicts, None) == {
        QINGSHAN: BatchResult.NOTHING,  # of its committee, told last
        BAIYUN: BatchResult.UNREACHED,
        HEISHI: BatchResult.NOTHING,
    }
    (busy,) = (one for one in verdicts if one.result is BatchResult.UNREACHED)
    assert WANG in busy.words
    assert _told(verdicts)[HEISHI] is BatchResult.DONE


def test_a_missing_book_and_another_s_in_its_place_stop_nobody(agency: Agency, tmp_path: Path) -> None:
    agency.book(QINGSHAN).rename(tmp_path / "搬走了.vledger")
    agency.book(BAIYUN).write_bytes(agency.book(HEISHI).read_bytes())
    verdicts = _do(agency, LI, BatchAct.REVIEW)
    assert [(one.book.village, one.result.value) for one in verdicts if one.ledger != COMMITTEE] == [
        (QINGSHAN, "unreached"),
        (BAIYUN, "unreached"),
        (HEISHI, "done"),
    ]


def test_who_is_not_on_a_book_s_staff_is_refused_there(agency: Agency) -> None:
    with agency.village(BAIYUN) as village, village.act(QIAN) as uow:
        staff.dismiss(uow, LI)
    verdicts = _do(agency, LI, BatchAct.REVIEW)
    refused = [one for one in verdicts if one.book.village == BAIYUN]
    assert {one.result for one in refused} == {BatchResult.REFUSED}
    assert _told(verdicts)[HEISHI] is BatchResult.DONE


def test_a_cancel_between_villages_leaves_the_rest_stopped(agency: Agency) -> None:
    def seen(done: int, _total: int, _label: str) -> None:
        if done == 1:
            progress.cancel()

    progress = Progress(seen)
    verdicts = _do(agency, LI, BatchAct.REVIEW, progress=progress)
    assert [(one.book.village, one.result.value) for one in verdicts] == [
        (QINGSHAN, "done"),
        (QINGSHAN, "nothing"),
        (BAIYUN, "done"),
        (BAIYUN, "nothing"),
        (HEISHI, "stopped"),
    ]
    assert [state for _, _, state in _state(agency, HEISHI)] == ["entered"]


def test_a_cancel_within_a_village_leaves_it_as_it_was(agency: Agency) -> None:
    _review_all(agency)

    def seen(_done: int, _total: int, label: str) -> None:
        if label == QINGSHAN:
            progress.cancel()

    progress = Progress(seen)
    verdicts = _do(agency, WANG, BatchAct.POST, progress=progress)
    assert [(one.book.village, one.result.value) for one in verdicts] == [(name, "stopped") for name in ALL]
    assert [state for _, _, state in _state(agency, QINGSHAN)] == ["reviewed"]


def test_progress_counts_villages_and_says_what_is_done_in_each(agency: Agency) -> None:
    _review_all(agency)
    seen: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, label: seen.append((done, total, label)))
    _do(agency, WANG, BatchAct.POST, [QINGSHAN, BAIYUN], progress=progress)
    assert seen == [
        (0, 2, QINGSHAN),
        (0, 2, f"{QINGSHAN} · 记账"),
        (1, 2, BAIYUN),
        (1, 2, f"{BAIYUN} · 记账"),
    ]


# what cannot be meant


@pytest.mark.parametrize(
    ("act", "options", "said"),
    [
        (BatchAct.REVIEW, BatchOptions(), "没有说审到哪一天"),
        (BatchAct.REVIEW, BatchOptions(reason="缺发票", through=date(2025, 3, 1)), "没有说退回哪几张"),
        (BatchAct.REVIEW, BatchOptions(chosen={}), "一张凭证也没有选"),
        (BatchAct.POST, BatchOptions(), "没有说记到哪一天"),
        (BatchAct.CLOSE, BatchOptions(), "没有说结哪个月"),
        (BatchAct.PRINT, BatchOptions(), "没有说打印哪几张表"),
        (BatchAct.PRINT, BatchOptions(reports=("certificate",)), "不能几个村一起打印"),
        (BatchAct.PRINT, BatchOptions(reports=("trial-balance",)), "这个文件夹"),
        (BatchAct.EXPORT, BatchOptions(form="wps"), "没有“wps”这种导出"),
        (BatchAct.EXPORT, BatchOptions(form="hledger", folder=Path("/没有/这里")), "这个文件夹"),
    ],
)
def test_what_is_asked_wrongly_is_said_before_any_book_is_opened(
    tmp_path: Path, act: BatchAct, options: BatchOptions, said: str
) -> None:
    agency = an_agency(tmp_path, QINGSHAN, staffed=False)
    with pytest.raises(AgencyError, match=said):
        _do(agency, LI, act, options=options)


def test_a_book_with_what_nobody_of_us_wrote_stops_nobody(agency: Agency) -> None:
    tampered(agency.book(BAIYUN))
    february = BatchOptions(month=Month(2025, 1), ledgers=(COLLECTIVE,))
    verdicts = _do(agency, LI, BatchAct.CLOSE, options=february)
    assert [one.result.value for one in verdicts] == ["done", "unreached", "done"]
    assert "读不懂" in verdicts[1].words


def test_a_document_whose_other_side_is_for_somebody_else_does_not_hold_up_the_rest(agency: Agency) -> None:
    """李建国 may review the collective alone: its own voucher is passed, the document waits whole."""
    with agency.village(QINGSHAN) as village:
        waiting(village, "T4", "50", "2025-02-08")
        with village.act(QIAN) as uow:
            staff.take_role(uow, LI, Role.CHIEF)
            staff.give_role(uow, LI, Role.REVIEWER, COLLECTIVE)
    verdicts = _do(agency, LI, BatchAct.REVIEW, [QINGSHAN])
    assert [(one.ledger, one.result.value, one.count) for one in verdicts] == [
        (COLLECTIVE, "done", 1),
        (COMMITTEE, "refused", 0),
    ]
    assert verdicts[0].words == "审核了 1 张凭证；1 张两账往来的，另一边现在不能由你审。"
    assert "在这本账里没有审核的角色" in verdicts[1].words
    assert [state for _, _, state in _state(agency, QINGSHAN)] == ["reviewed", "entered"]
