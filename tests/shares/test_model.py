"""The second opinion itself against the worked example: first it must be right."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.shares.model import (
    COLLECTIVE,
    FREE,
    FROZEN,
    PLEDGED,
    Act,
    Folk,
    Register,
    Terms,
    Vote,
    largest_remainder,
)

SHARE = "份额"
START = date(2025, 1, 1)
ASSEMBLY = Vote("assembly", START, 200, 150, 140)
BOARD = Vote("board", START, 5, 5, 4)
GRANTED = {
    COLLECTIVE: 200_00,
    "M01": 100_00,
    "M02": 100_00,
    "M03": 100_00,
    "M04": 150_00,
    "M05": 100_00,
    "M06": 100_00,
    "M07": 150_00,
}


def on(day: int) -> date:
    return START + timedelta(days=day)


@pytest.fixture
def register() -> Register:
    people = {name: Folk(member_from=START) for name in GRANTED if name != COLLECTIVE}
    people["N01"] = Folk()
    people["M03"].died = on(3)
    register = Register({SHARE: Terms(redeem_cap=Fraction(5, 100))}, people)
    assert register.post(Act("grant", START, SHARE, parts=tuple(GRANTED.items()), vote=ASSEMBLY)) == []
    return register


def move(
    kind: str, day: int, giver: str, *parts: tuple[str, int], vote: Vote = BOARD, undoes: int = 0
) -> Act:
    return Act(kind, on(day), SHARE, giver, parts, vote, undoes)


E1 = move("transfer", 1, "M01", ("M02", 30_00))
E2 = move("pledge", 2, "M02", ("M02", 50_00))
E3 = move("transfer", 3, "M02", ("M04", 90_00))
E4 = move("inherit", 4, "M03", ("M05", 33_34), ("M06", 33_33), ("N01", 33_33))
E5 = move("gift", 5, "M04", ("M07", 50_00))
E6 = move("redeem", 6, "M05", (COLLECTIVE, 33_34), vote=ASSEMBLY)
E7 = move("release", 7, "M02", ("M02", 50_00), undoes=3)
E8 = Act("reverse", on(8), undoes=2)


def test_the_worked_example(register):
    assert register.post(E1) == []
    assert register.post(E2) == []
    assert register.post(E3) == ["I1"]
    for act in (E4, E5, E6, E7, E8):
        assert register.post(act) == []
    held = {holder: buckets[FREE] for (_, holder), buckets in register.balances(on(8)).items()}
    assert held == {
        COLLECTIVE: 233_34,
        "M01": 100_00,
        "M02": 100_00,
        "M03": 0,
        "M04": 100_00,
        "M05": 100_00,
        "M06": 133_33,
        "M07": 200_00,
        "N01": 33_33,
    }
    assert {register.total(SHARE, day) for day in register.days} == {1000_00}
    weights = [held[holder] for holder in sorted(held)]
    paid = dict(zip(sorted(held), largest_remainder(88_888_88, weights), strict=True))
    assert (paid[COLLECTIVE], paid["M06"], paid["M07"], paid["N01"]) == (
        20_741_33,
        11_851_55,
        17_777_77,
        2_962_67,
    )
    assert {paid[holder] for holder in ("M01", "M02", "M04", "M05")} == {8_888_89}


@pytest.mark.parametrize(("pledged", "faults"), [(50_00, []), (110_00, ["I1"])])
def test_a_transfer_is_reversed_only_while_the_shares_are_free(register, pledged, faults):
    register.post(E1)
    assert register.post(move("pledge", 2, "M02", ("M02", pledged))) == []
    assert register.post(E8) == faults


def test_the_rules_that_are_broken_have_their_names(register):
    faults, early = register.faults, Vote("assembly", on(-1), 200, 150, 140)
    assert faults(move("transfer", 1, "M01", ("N01", 1))) == ["I6"]
    assert faults(move("inherit", 2, "M03", ("M05", 100_00))) == ["I8"]
    assert faults(move("inherit", 4, "M03", ("M05", 99_99))) == ["I8"]
    assert faults(move("redeem", 4, "M04", (COLLECTIVE, 50_01), vote=ASSEMBLY)) == ["I11"]
    assert faults(move("redeem", 4, "M04", (COLLECTIVE, 50_00))) == ["I12"]
    assert faults(move("redeem", -1, "M01", (COLLECTIVE, 1), vote=early)) == ["I1", "I11"]
    assert faults(Act("reverse", on(1), undoes=9)) == ["I10"]
    register.used_record_date = on(9)
    assert faults(move("transfer", 9, "M01", ("M02", 1))) == ["I9"]
    register.terms[SHARE] = Terms(cap=Fraction(15, 100))
    assert faults(move("gift", 10, "M01", ("M04", 1))) == ["I7"]


def test_frozen_shares_stay_where_they_are(register):
    assert register.post(move("freeze", 1, "M01", ("M01", 80_00))) == []
    assert register.has(SHARE, "M01", on(1), FROZEN) == 80_00
    assert register.has(SHARE, "M01", on(1), PLEDGED) == 0
    assert register.faults(move("transfer", 2, "M01", ("M02", 20_01))) == ["I1"]
    assert register.faults(move("unfreeze", 2, "M01", ("M01", 80_01))) == ["I1"]


def test_leftover_quanta_go_to_the_largest_part_and_then_in_the_order_given():
    assert largest_remainder(100_00, [1, 1, 1]) == [33_34, 33_33, 33_33]
    assert largest_remainder(5, [1, 2, 4]) == [1, 1, 3]
