"""Two laws, two sets of voting rules: exact in whole numbers, and never one for the other."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.errors import DecisionError
from village_ledger.domain.voting import Law, Vote, bodies, body, shortfalls

TODAY = date(2025, 6, 1)


def carried(body_id: str, *counts: int, day: date = TODAY) -> bool:
    one = bodies()[body_id]
    return not shortfalls(one.rule_on(day), one.name, Vote(*counts))


@pytest.mark.parametrize(
    ("body_id", "counts", "passes"),
    [
        ("assembly", (186, 124, 124), True),  # two thirds of all 186 is 124
        ("assembly", (186, 124, 123), False),
        ("assembly", (186, 186, 123), False),  # everybody came: still two thirds of all
        ("assembly", (100, 67, 67), True),  # 66.67 rounds up
        ("assembly", (100, 66, 66), False),
        ("representatives", (30, 20, 20), True),
        ("representatives", (30, 30, 19), False),
        ("board", (5, 4, 3), True),
        ("board", (5, 4, 2), False),
        ("board", (5, 3, 3), False),  # two thirds of five is four
        ("villagers", (1000, 501, 251), True),  # over half came, over half of those present
        ("villagers", (1000, 500, 500), False),  # exactly half did not come together
        ("villagers", (1000, 600, 300), False),  # half of those present is not over half
        ("villagers", (1001, 501, 251), True),
        ("households", (300, 200, 101), True),
        ("households", (300, 199, 199), False),
        ("villager-representatives", (45, 30, 16), True),
        ("villager-representatives", (45, 30, 15), False),
        ("group", (60, 40, 21), True),
        ("group", (60, 39, 39), False),
    ],
)
def test_what_each_body_must_reach(body_id, counts, passes):
    assert carried(body_id, *counts) is passes


def test_a_board_before_the_law_needed_half_its_members_to_be_there():
    assert carried("board", 5, 3, 3, day=date(2025, 4, 30))
    assert not carried("board", 5, 3, 3, day=date(2025, 5, 1))


@given(st.sampled_from(sorted(bodies())), st.integers(1, 5000), st.data())
def test_the_least_numbers_are_those_of_the_fractions(body_id, eligible, data):
    rule = bodies()[body_id].rule_on(TODAY)
    least = rule.least_present(eligible)
    share = Fraction(*rule.quorum) * eligible
    assert (least > share) if rule.quorum_above else (least >= share)
    assert (least - 1 <= share) if rule.quorum_above else (least - 1 < share)
    present = data.draw(st.integers(0, eligible))
    base = eligible if rule.of_all else present
    share = Fraction(*rule.majority) * base
    needed = rule.least_in_favour(eligible, present)
    assert (needed > share) if rule.majority_above else (needed >= share)
    assert (needed - 1 <= share) if rule.majority_above else (needed - 1 < share)


def test_a_body_of_one_law_does_not_exist_under_the_other():
    for one in bodies().values():
        assert body(one.law, one.id) is one
        other = Law.COMMITTEE if one.law is Law.COLLECTIVE else Law.COLLECTIVE
        with pytest.raises(DecisionError, match=f"{other.who}的事不能由.*决定：那是{one.law.who}的会议"):
            body(other, one.id)
    with pytest.raises(DecisionError, match="没有“妇女会”这种会议"):
        body(Law.COMMITTEE, "妇女会")


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0), "应到人数要大于零"),
        ((30, 31, 20), "实到 31 人，应到只有 30 人"),
        ((30, 28, 29), "共 29 票，实到只有 28 人"),
        ((30, 28, 20, 6, 3), "共 29 票，实到只有 28 人"),
        ((30, 28, -1), "票数不能小于零"),
    ],
)
def test_a_count_that_cannot_be_is_refused(counts, sentence):
    with pytest.raises(DecisionError, match=sentence):
        Vote(*counts)
