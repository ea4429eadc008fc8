"""The draw of 六手印记 can be done again by anybody: digest of the list, index, later rounds."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.errors import DecisionError
from village_ledger.domain.panel import (
    ListRow,
    draw,
    list_digest,
    lot_index,
    missing_registers,
    next_lot,
    register_meant,
    same_person,
    sitting,
)

FOUR = {
    "组长老干部": "何世全 罗长贵 杨桂芳",
    "普通党员": "李国强 周德清 陈秀英 赵平",
    "困难户": "吴大福 郑小兰",
    "其他农户": "孙有田 钱多福 冯春花 褚老四 卫青山",
}


def the_list(**more: str) -> list[ListRow]:
    names = [(register, name) for register, names in (FOUR | more).items() for name in names.split()]
    return [
        ListRow(n, register, name.rstrip("*"), name.endswith("*"))
        for n, (register, name) in enumerate(names, 1)
    ]


def test_the_digest_is_that_of_the_lines_as_written():
    rows = [ListRow(1, "普通党员", "李国强"), ListRow(2, "普通党员", "周德清", avoids=True)]
    assert (
        list_digest(rows)
        == hashlib.sha256("普通党员\t李国强\t\n普通党员\t周德清\t回避\n".encode()).hexdigest()
    )


def test_the_first_round_is_the_formula_everybody_can_compute():
    rows = the_list(普通党员="李国强 周德清* 陈秀英 赵平")
    digest = list_digest(rows)
    made = draw("3-7-1", rows, {})
    for lot in made:
        names = [row.name for row in rows if row.register == lot.register and not row.avoids]
        number = int(hashlib.sha256(f"3-7-1\n{digest}\n{lot.register}".encode()).hexdigest(), 16)
        assert (lot.name, lot.eligible, lot.index) == (
            names[number % len(names)],
            len(names),
            number % len(names),
        )
    assert [lot.register for lot in made] == list(FOUR)
    assert draw("3-7-1", rows, {}) == made


@given(st.text(min_size=1, max_size=20), st.integers(0, 50))
def test_four_different_people_sit_whatever_the_seed(seed, clash):
    """The same villager may stand on two registers and is still drawn once."""
    rows = the_list(困难户="何世全 郑小兰", 其他农户="何世全 李国强 郑小兰 孙有田 钱多福")
    lots = sitting(draw(f"{seed}{clash}", rows, {}))
    assert len({lot.name for lot in lots.values()}) == 4
    assert sorted(lots) == [1, 2, 3, 4]


def test_somebody_drawn_twice_is_drawn_again_in_the_next_round():
    rows = the_list(组长老干部="何世全", 普通党员="何世全 李国强")
    seed = next(s for s in map(str, range(50)) if lot_index(s, list_digest(rows), "普通党员", 2) == 0)
    first, again, second, *_ = draw(seed, rows, {})
    assert (first.name, again.name, again.round) == ("何世全", "何世全", 1)
    assert (second.name, second.round, second.reason) == ("李国强", 2, "何世全 已经在席")
    assert second.out == ((2, "第 1 轮抽中过"),)


def test_a_later_round_leaves_out_who_came_before():
    rows = the_list()
    made = draw("春分", rows, {})
    names = [lot.name for lot in made if lot.place == 4]
    for round_ in (2, 3, 4, 5):
        lot = next_lot("春分", rows, made, 4, {}, "缺席")
        text = f"春分\n{list_digest(rows)}\n其他农户\n{round_}"
        assert lot.index == int(hashlib.sha256(text.encode()).hexdigest(), 16) % (6 - round_)
        assert lot.name not in names
        names.append(lot.name)
        made.append(lot)
    with pytest.raises(DecisionError, match="名册“其他农户”里没有可以抽的人"):
        next_lot("春分", rows, made, 4, {}, "缺席")


def test_who_is_barred_takes_no_part_and_it_says_why():
    rows = the_list()
    barred = {row.number: "和中标方是一户" for row in rows if row.name in ("何世全", "罗长贵")}
    lot = draw("1", rows, barred)[0]
    assert (lot.name, lot.eligible) == ("杨桂芳", 1)
    assert lot.out == ((1, "和中标方是一户"), (2, "和中标方是一户"))


def test_an_empty_register_is_refused_by_name():
    rows = [row for row in the_list() if row.register != "困难户"]
    assert missing_registers(rows) == ["困难户"]
    with pytest.raises(DecisionError, match="名册“困难户”一个人也没有，不能抽签"):
        draw("1", rows, {})


def test_a_register_where_everybody_avoids_is_refused():
    with pytest.raises(DecisionError, match="名册“困难户”里没有可以抽的人"):
        draw("1", the_list(困难户="吴大福* 郑小兰*"), {})


def test_five_registers_are_refused():
    with pytest.raises(DecisionError, match="名单里有 5 个名册"):
        draw("1", the_list(乡贤="王老师"), {})


def test_registers_may_have_names_of_their_own():
    rows = [ListRow(n, name, f"人{n}") for n, name in enumerate(("甲", "乙", "丙", "丁"), 1)]
    assert [lot.register for lot in draw("1", rows, {})] == ["甲", "乙", "丙", "丁"]
    assert register_meant("脱贫户") == "困难户"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("何世全", "何世全", True),
        ("001/何世全", "何世全", True),
        ("001/何世全", "001/何世全", True),
        ("001/何世全", "017/何世全", False),
        ("何世全", "何世金", False),
    ],
)
def test_namesakes_are_told_apart_by_their_households(one, other, same):
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_two_namesakes_of_two_households_may_both_sit():
    rows = the_list(组长老干部="001/何世全", 普通党员="017/何世全")
    assert [lot.name for lot in draw("1", rows, {})][:2] == ["001/何世全", "017/何世全"]
    with pytest.raises(DecisionError, match="名册“普通党员”里没有可以抽的人"):
        draw("1", the_list(组长老干部="001/何世全", 普通党员="何世全"), {})
