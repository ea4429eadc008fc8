"""How many must come and how many must agree, at the numbers themselves: one vote less falls short (集体经济组织法)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.shares_village import ShareVillage
from village_ledger.domain.errors import MemberError
from village_ledger.domain.member import Reason
from village_ledger.services.people.standing import admit
from village_ledger.services.transfers.resolutions import shortfalls
from village_ledger.storage.interledger.records import Resolution

LAW = date(2025, 5, 1)


def vote(body: str, eligible: int, present: int, in_favour: int, day: date = LAW) -> list[str]:
    """What is short of a vote."""
    return shortfalls(
        Resolution("石股社1号", day, body, eligible, present, in_favour, None, "份额", "王秀英", 0)
    )


@pytest.mark.parametrize(
    ("body", "eligible", "quorum", "majority"),
    [
        ("assembly", 200, 134, 134),
        ("assembly", 186, 124, 124),
        ("representatives", 31, 21, 21),
        ("representatives", 30, 20, 20),
        ("board", 5, 4, 3),
        ("board", 3, 2, 2),
        ("board", 7, 5, 4),
    ],
)
def test_the_last_vote_decides(body, eligible, quorum, majority):
    assert vote(body, eligible, quorum, majority) == []
    assert vote(body, eligible, eligible, majority) == []
    (short,) = vote(body, eligible, eligible, majority - 1)
    assert f"赞成 {majority - 1} 人" in short
    few = vote(body, eligible, quorum - 1, min(majority, quorum - 1))
    assert f"到会 {quorum - 1} 人" in few[0]


def test_three_of_five_directors_are_too_few_for_a_meeting_since_the_law():
    assert vote("board", 5, 3, 3) == ["理事会到会 3 人，不到应到的三分之二（集体经济组织法第31条）。"]


def test_a_vote_is_judged_by_the_rule_of_its_own_day():
    before = date(2025, 4, 30)
    assert vote("board", 5, 3, 3, before) == []
    assert vote("board", 5, 2, 2, before) == [
        "理事会到会 2 人，不到应到的一半以上（农村集体经济组织财务制度第8条）。",
        "赞成 2 人，不到全体理事的一半以上（农村集体经济组织财务制度第8条）。",
    ]
    assert vote("board", 5, 3, 3, date(2021, 6, 1)) == []


def test_rights_for_a_non_member_need_three_quarters_of_all(tmp_path):
    with ShareVillage.found(tmp_path) as village:
        village.people("009 外来", status="none")
        village.decide("股社149", "2025-06-01", "assembly", (200, 180, 149))
        village.decide("股社150", "2025-06-01", "assembly", (200, 180, 150))
        with village.act() as uow, pytest.raises(MemberError, match="不到全体成员的四分之三"):
            admit(uow, "009/外来", date(2025, 6, 2), Reason.CONTRIBUTION, "长期务工", resolution="股社149")
        with village.act() as uow:
            made = admit(
                uow, "009/外来", date(2025, 6, 2), Reason.CONTRIBUTION, "长期务工", resolution="股社150"
            )
        assert made.value.status == "granted"
