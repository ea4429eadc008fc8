"""旧账清单: what was owed before the term, who sees to it, how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.errors import HandoverError
from village_ledger.domain.old_matter import FollowUp, MatterStatus, Side
from village_ledger.domain.period import Month
from village_ledger.services.handover import old_matters
from village_ledger.services.handover.handover_check import check_items

TERM = date(2025, 4, 1)
WORKING, SETTLED = MatterStatus.WORKING, MatterStatus.SETTLED


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """One who owes and one who is owed before the term; another who owes since."""
    with Village.found(tmp_path) as found:
        found.open_with("借 101 1200", "借 113@张三 300", "贷 211@建材店 700", "贷 311 800")
        found.posted("2025-04-08", "李四欠承包款", "借 113@李四 50; 贷 501 50")
        yield found


def gathered(village: Village) -> list[str]:
    with village.act() as uow:
        return old_matters.gather(uow, COLLECTIVE, TERM).value


def followed(village: Village, number: str, entry: FollowUp) -> None:
    with village.act() as uow:
        old_matters.follow_up(uow, COLLECTIVE, number, entry)


def test_what_was_owed_before_the_term_is_listed_once(village: Village) -> None:
    assert gathered(village) == ["旧-0001", "旧-0002"]
    assert gathered(village) == []
    claim, debt = old_matters.matters(village.reader, COLLECTIVE, date(2025, 12, 31))
    assert (claim.side, claim.name, claim.balance, claim.age) == (Side.CLAIM, "张三", 30000, "建账前")
    assert (debt.side, debt.name, debt.balance_now) == (Side.DEBT, "建材店", 70000)
    assert village.verify() == []


def test_a_matter_is_followed_up_until_the_books_hold_nothing_of_it(village: Village) -> None:
    gathered(village)
    followed(
        village,
        "1",
        FollowUp(date(2025, 5, 1), WORKING, "周德清", "多年未催", "分两次还", date(2025, 9, 30), "上门"),
    )
    followed(village, "旧-0001", FollowUp(date(2025, 6, 1), WORKING, words="还了一半"))
    matter = village.reader.old_matter(COLLECTIVE, "旧-0001")
    assert (matter.latest.owner, matter.latest.plan, len(matter.log)) == ("周德清", "分两次还", 2)
    done = FollowUp(date(2025, 10, 1), SETTLED, words="还清，收据 12 号")
    with pytest.raises(HandoverError, match=r"账上还有 300\.00 元"):
        followed(village, "1", done)
    village.posted("2025-09-30", "收张三旧欠", "借 101 300; 贷 113@张三 300")
    with pytest.raises(HandoverError, match="要写明怎样了结"):
        followed(village, "1", FollowUp(date(2025, 10, 1), SETTLED))
    followed(village, "1", done)
    assert old_matters.matters(village.reader, COLLECTIVE, date(2025, 12, 31))[0].balance_now == 0
    assert village.verify() == []


def test_what_the_books_do_not_hold_is_listed_by_hand(village: Village) -> None:
    with village.act() as uow:
        matter = old_matters.add(uow, COLLECTIVE, TERM, Side.OTHER, "村小学房屋确权", cause="手续不全").value
    assert (matter.number, matter.latest.cause) == ("旧-0001", "手续不全")
    followed(village, "1", FollowUp(date(2025, 7, 1), SETTLED, words="证书已办"))


def test_refusals(village: Village) -> None:
    gathered(village)
    with pytest.raises(HandoverError, match="没有“旧-0009”"):
        followed(village, "旧-0009", FollowUp(TERM, WORKING))
    followed(village, "1", FollowUp(date(2025, 5, 1), WORKING, "周德清"))
    with pytest.raises(HandoverError, match="在上一条 2025-05-01 以前"):
        followed(village, "1", FollowUp(date(2025, 4, 1), WORKING))
    with pytest.raises(HandoverError, match="还没有到"):
        followed(village, "1", FollowUp(date(2099, 4, 1), WORKING))
    with pytest.raises(HandoverError, match="以前账里还没有数"), village.act() as uow:
        old_matters.gather(uow, COLLECTIVE, date(2025, 1, 1))
    with pytest.raises(HandoverError, match="任期起日 2099-01-01 太远"), village.act() as uow:
        old_matters.gather(uow, COLLECTIVE, date(2099, 1, 1))
    with pytest.raises(HandoverError, match="要写明是什么事"), village.act() as uow:
        old_matters.add(uow, COLLECTIVE, TERM, Side.OTHER, " ")
    with pytest.raises(HandoverError, match="不能小于零"), village.act() as uow:
        old_matters.add(uow, COLLECTIVE, TERM, Side.OTHER, "担保", -1)
    with pytest.raises(HandoverError, match="看不懂"):
        MatterStatus.read("不知道")


def test_k42_asks_for_owner_and_plan(village: Village) -> None:
    gathered(village)
    (item,) = check_items(village.reader, COLLECTIVE, Month(2025, 4))
    assert item.evidence == ("旧-0001 张三 没有责任人或办法", "旧-0002 建材店 没有责任人或办法")
    for number in ("1", "2"):
        followed(
            village,
            number,
            FollowUp(date(2025, 4, 9), WORKING, "周德清", plan="年内办完", due=date(2025, 6, 30)),
        )
    (item,) = check_items(village.reader, COLLECTIVE, Month(2025, 4))
    assert item.evidence == ()
    (item,) = check_items(village.reader, COLLECTIVE, Month(2025, 7))
    assert item.evidence[0] == "旧-0001 张三 过了约定的 2025-06-30"
