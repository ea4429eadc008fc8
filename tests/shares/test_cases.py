"""A share change from the first paper to the register: drafted, checked, approved by another, published, posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import LI
from tests.shares_village import BOARD, ShareVillage, request
from village_ledger.domain.errors import DutyError, LedgerError
from village_ledger.services.shares import share_cases
from village_ledger.services.shares.share_case_list import case_lines
from village_ledger.services.shares.share_checks import examine
from village_ledger.storage.people.records import ShareCase


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """张三 100, 李四 100."""
    with ShareVillage.found(tmp_path) as found:
        found.people("001 张三", "002 李四")
        found.share("grant", "2025-01-10", to="001/张三=100, 002/李四=100")
        yield found


def _drafted(village: ShareVillage, quantity: str = "30", papers: list[str] | None = None) -> ShareCase:
    asked = request("transfer", "2025-02-01", "001/张三", "002/李四", quantity, resolution="")
    with village.act() as uow:
        return share_cases.begin(uow, asked, papers).value


def _published(village: ShareVillage, since: date) -> ShareCase:
    case = _drafted(village)
    with village.act() as uow:
        share_cases.check(uow, case.id)
    with village.act(LI) as uow:
        share_cases.approve(uow, case.id, BOARD)
    with village.act() as uow:
        return share_cases.publish(uow, case.id, since).value


def test_from_draft_to_the_register(village: ShareVillage) -> None:
    case = _published(village, date(2025, 2, 1))
    with village.act() as uow:
        event = share_cases.post(uow, case.id).value
    done = village.reader.share_case(case.id)
    assert [step.state for step in done.steps] == ["draft", "checked", "approved", "published", "posted"]
    assert (event.day, event.resolution, event.reviewed_by) == (date(2025, 2, 8), BOARD, LI)
    assert (done.event, event.case_id) == (event.number, case.id)
    assert village.held()["002/李四"] == "130.00"
    assert village.verify() == []


def test_not_before_the_notice_is_over(village: ShareVillage) -> None:
    case = _published(village, date(2025, 2, 1))
    with pytest.raises(LedgerError, match="公示到 2025-02-07 才满"), village.act() as uow:
        share_cases.post(uow, case.id, date(2025, 2, 7))
    fresh = _published(village, date(2199, 1, 1))
    with pytest.raises(LedgerError, match="才满"), village.act() as uow:
        share_cases.post(uow, fresh.id)


def test_an_objection_is_looked_into_or_ends_it(village: ShareVillage) -> None:
    case = _published(village, date(2025, 2, 1))
    with village.act() as uow:
        share_cases.object_to(uow, case.id, "王五：没有征求户内意见")
    with pytest.raises(LedgerError, match="有异议，不能变成已登记"), village.act() as uow:
        share_cases.post(uow, case.id)
    with village.act() as uow:
        share_cases.check(uow, case.id)
        share_cases.reject(uow, case.id, "申请人撤回")
    with pytest.raises(LedgerError, match="已经办完"), village.act() as uow:
        share_cases.check(uow, case.id)


def test_who_made_it_does_not_approve_it(village: ShareVillage) -> None:
    case = _drafted(village)
    with village.act() as uow:
        share_cases.check(uow, case.id)
    with pytest.raises(DutyError), village.act() as uow:
        share_cases.approve(uow, case.id, BOARD)
    with pytest.raises(LedgerError, match="规则 I12"), village.act(LI) as uow:
        share_cases.approve(uow, case.id)


def test_no_step_is_left_out_and_nothing_impossible_is_handed_on(village: ShareVillage) -> None:
    case = _drafted(village, "101")
    for act in (share_cases.publish, share_cases.post):
        with pytest.raises(LedgerError, match="是草稿"), village.act() as uow:
            act(uow, case.id)
    with pytest.raises(LedgerError, match="规则 I4"), village.act() as uow:
        share_cases.check(uow, case.id)
    asked = request("transfer", "2025-02-01", "001/张三", "002/李四", "100", resolution="")
    with village.act() as uow:
        share_cases.rewrite(uow, case.id, asked, ["申请书"])
        said = share_cases.check(uow, case.id).warnings
    assert said[0].startswith("还缺材料：转让合同、")
    with pytest.raises(LedgerError, match="内容不能改"), village.act() as uow:
        share_cases.rewrite(uow, case.id, asked, [])


def test_what_was_possible_when_it_was_checked_is_asked_again(village: ShareVillage) -> None:
    case = _published(village, date(2025, 2, 1))
    village.share("transfer", "2025-02-02", "001/张三", "002/李四", "90")
    with pytest.raises(LedgerError, match="规则 I4"), village.act() as uow:
        share_cases.post(uow, case.id)
    assert village.reader.share_case(case.id).state == "published"


def test_a_step_cannot_be_skipped_by_raw_sql(village: ShareVillage) -> None:
    case = _drafted(village)
    for state in ("approved", "published", "posted"):
        with village.raw() as raw, pytest.raises(Exception, match="一步一步"):
            raw.execute("UPDATE share_case SET state = ? WHERE id = ?", (state, case.id))


def test_a_draft_may_become_another_kind_and_what_could_not_be_read_is_kept(village: ShareVillage) -> None:
    case = _drafted(village)
    gift = request("gift", "2025-02-01", "001/张三", "002/李四", "20", resolution="")
    with village.act() as uow:
        changed = share_cases.rewrite(uow, case.id, gift, ["赠与书"], {"day": "二月初"}).value
    assert (changed.kind.words, share_cases.request_of(changed).quantity) == ("赠与", "20")
    assert share_cases.typed_of(changed) == {"day": "二月初"}
    with pytest.raises(LedgerError, match="看不懂的：“二月初”"), village.act() as uow:
        share_cases.check(uow, case.id)


def test_a_rejected_case_is_begun_again_with_its_papers(village: ShareVillage) -> None:
    case = _drafted(village, papers=["申请书"])
    with pytest.raises(LedgerError, match="不用另起"), village.act() as uow:
        share_cases.begin_again(uow, case.id)
    with village.act() as uow:
        share_cases.reject(uow, case.id, "数量写错")
        again = share_cases.begin_again(uow, case.id).value
    assert (again.id, again.state) == (2, "draft")
    assert share_cases.papers_of(again) == ["申请书"]
    assert share_cases.request_of(again) == share_cases.request_of(case)


def test_the_board_may_vote_after_the_day_asked_for_then_the_change_is_of_a_later_day(
    village: ShareVillage,
) -> None:
    village.decide("理事会2号", "2025-02-10", "board", (5, 5, 5))
    case = _drafted(village)
    with village.act() as uow:
        share_cases.check(uow, case.id)
    with village.act(LI) as uow:
        share_cases.approve(uow, case.id, "理事会2号")
    with village.act() as uow:
        share_cases.publish(uow, case.id, date(2025, 1, 20))
        assert share_cases.post(uow, case.id).value.day == date(2025, 2, 10)


def test_a_kind_without_notice_is_settled_at_once_with_a_second_person(village: ShareVillage) -> None:
    frozen = request("freeze", "2025-02-01", "001/张三", quantity="40", resolution="", party="法院")
    with village.act() as uow:
        case = share_cases.begin(uow, frozen).value
    for second, what in (("", "要有复核的人"), ("王秀英", "同一个人")):
        with pytest.raises(DutyError, match=what), village.act() as uow:
            share_cases.settle(uow, case.id, second)
    with village.act() as uow:
        event = share_cases.settle(uow, case.id, LI).value
    assert (event.day, event.reviewed_by) == (date(2025, 2, 1), LI)
    steps = village.reader.share_case(case.id).steps
    assert [(step.state, step.by) for step in steps][2] == ("approved", LI)
    transfer = _drafted(village)
    with pytest.raises(LedgerError, match="要先公示"), village.act() as uow:
        share_cases.settle(uow, transfer.id, LI)
    assert village.verify() == []


def test_what_would_happen_is_shown_before_the_resolution_is_there(village: ShareVillage) -> None:
    asked = request("transfer", "2025-02-01", "001/张三", "002/李四", "30", resolution="")
    examined = examine(village.reader, asked)
    assert [fault.rule for fault in examined.faults] == ["I12"]
    assert examined.obstacles == ()
    assert [(one.account, one.before.total, one.after.total) for one in examined.effects] == [
        ("001/张三", 10000, 7000),
        ("002/李四", 10000, 13000),
    ]
    too_much = request("transfer", "2025-02-01", "001/张三", "002/李四", "101", resolution="")
    assert examine(village.reader, too_much).effects == ()


def test_the_list_says_what_is_missing_how_long_and_what_comes_next(village: ShareVillage) -> None:
    case = _published(village, date(2025, 2, 1))
    _drafted(village, "5", papers=["申请书", "转让合同"])
    newest, published = case_lines(village.reader, date(2025, 2, 5))
    assert (newest.who, newest.quantity, newest.following) == ("001/张三 → 002/李四", "5", "填完交审查")
    assert newest.missing == ("双方身份证件复印件", "户内同意书", "股权证", "理事会决议", "公示结果")
    assert (published.case.id, published.days_left, published.is_due) == (case.id, 3, False)
    assert published.following == "公示还有 3 天，2025-02-08 起可以登记"
    assert case_lines(village.reader, date(2025, 2, 8))[1].is_due
    assert case_lines(village.reader, date(2025, 2, 8), "committee") == []


def test_papers_that_come_later_are_noted_with_their_day_and_shift_nothing(village: ShareVillage) -> None:
    case = _published(village, date(2025, 2, 1))
    with village.act() as uow:
        after = share_cases.hand_in(uow, case.id, ["申请书", "股权证"]).value
    assert share_cases.papers_of(after) == ["申请书", "股权证"]
    assert (after.state, after.day_of("published")) == ("published", date(2025, 2, 1))
    for papers, what in ((["申请书"], "不缺“申请书”"), (["房产证"], "不缺“房产证”"), ([], "没有写")):
        with pytest.raises(LedgerError, match=what), village.act() as uow:
            share_cases.hand_in(uow, case.id, papers)
    assert village.verify() == []
    with village.act() as uow:
        share_cases.post(uow, case.id)
    with pytest.raises(LedgerError, match="不再收材料"), village.act() as uow:
        share_cases.hand_in(uow, case.id, ["转让合同"])
