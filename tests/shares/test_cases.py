"""A share change from the first paper to the register: drafted, checked, approved by another, published, posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import LI
from tests.shares_village import BOARD, ShareVillage, request
from village_ledger.domain.errors import DutyError, LedgerError
from village_ledger.services import share_cases
from village_ledger.storage.records_members import ShareCase


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
