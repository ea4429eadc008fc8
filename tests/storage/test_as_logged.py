"""Who changes with a database tool what money or proof hangs on, and no chain covers, is told by the operation log (V87)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.review.township import NUMBER, sent, unguarded
from tests.two_ledgers import RESOLUTION, moved, resolved
from village_ledger.domain.period import parse_day
from village_ledger.exchange.review.package_reading import opened
from village_ledger.services.book import log_check
from village_ledger.services.transfers import resolutions


@pytest.fixture
def decided(village: Village) -> Village:
    """A subsidy that was decided, an advance with somebody's name, a project, a one-person post that was ended again."""
    resolved(village)
    moved(village, "T4", "50")
    village.posted("2025-03-05", "付修渠款", "借 514@建筑队 300; 贷 102 300")
    village.declare_one_person_post()
    village.declare_one_person_post(declared=False)
    village.declare_one_person_post(COMMITTEE)
    assert village.verify() == []
    return village


@pytest.mark.parametrize(
    ("change", "record", "text", "sides"),
    [
        (
            "UPDATE resolution SET eligible = 29",
            RESOLUTION,
            "和登记时不同",
            ("应到 30，实到 28", "应到 29，实到 28"),
        ),
        ("UPDATE resolution SET present = 29", RESOLUTION, "和登记时不同", ("实到 28，", "实到 29，")),
        ("UPDATE resolution SET in_favour = 28", RESOLUTION, "和登记时不同", ("赞成 27：", "赞成 28：")),
        ("UPDATE resolution SET subject = '分红'", RESOLUTION, "和登记时不同", ("补助村委会", "：分红")),
        ("UPDATE resolution SET body = 'board'", RESOLUTION, "和登记时不同", ("成员代表大会，", "理事会，")),
        ("UPDATE resolution SET number = '别的'", "别的", "操作日志里没有登记过", ("", "补助村委会")),
        ("DELETE FROM resolution", RESOLUTION, "登记过，现在没有了", ("补助村委会", "")),
        (
            "UPDATE ledger SET one_person_post = 1 WHERE code = 'collective'",
            "一人岗",
            "和操作日志不符",
            ("不是一人岗", "是一人岗"),
        ),
        (
            "UPDATE ledger SET one_person_post = 0 WHERE code = 'committee'",
            "一人岗",
            "和操作日志不符",
            ("是一人岗", "不是一人岗"),
        ),
        (
            "UPDATE party SET kind = 'group' WHERE name = '建筑队'",
            "建筑队",
            "类别和用它的账不符",
            ("往来单位", "村民小组"),
        ),
    ],
)
def test_what_the_log_says_otherwise_is_found(
    decided: Village, change: str, record: str, text: str, sides: tuple[str, str]
) -> None:
    with decided.raw() as raw:
        unguarded(raw, change)
    found = [one for one in decided.verify() if one.rule == log_check.RULE]
    said = next(one for one in found if record in one.record and one.text == text)
    assert all(side in whole for side, whole in zip(sides, (said.expected, said.found), strict=True))


def test_a_resolution_nobody_entered(decided: Village) -> None:
    with decided.raw() as raw:
        raw.execute(
            "INSERT INTO resolution VALUES ('凭空', '2025-01-05', 'assembly', 9, 9, 9, '', '分红', '某人', 'x')"
        )
    assert [(one.rule, one.record) for one in decided.verify()] == [("V87", "决议 凭空")]


def test_what_was_declared_is_the_last_word_of_each_ledger(decided: Village) -> None:
    decided.declare_one_person_post(COLLECTIVE)
    decided.declare_one_person_post(COMMITTEE, declared=False)
    assert decided.verify() == []


def test_a_resolution_masked_on_its_way_to_the_township_still_proves(
    decided: Village, tmp_path: Path
) -> None:
    with decided.act() as uow:
        votes = (30, 28, 27)
        resolutions.enter(
            uow, "青社代〔2025〕2号", parse_day("2025-02-05"), "representatives", votes, f"补助{NUMBER}周大山"
        )
    with opened(sent(decided, tmp_path).path) as package:
        assert package.findings == []
