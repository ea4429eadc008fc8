"""A pool shared out: to the fen, by classes of different decimals, in three ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.dividend import (
    Kind,
    Method,
    Part,
    Shared,
    by_holder,
    creditor_part,
    in_order,
    share_out,
)
from village_ledger.domain.share import ShareClass, parse_shares

BASIC = ShareClass(1, "collective", "人口股", 2)
LABOUR = ShareClass(2, "collective", "农龄股", 0)


def part(
    account: int, household: str, name: str, shares: str, of: ShareClass = BASIC, kind: Kind = Kind.MEMBER
) -> Part:
    return Part(account, of, household, name, kind, parse_shares(shares, of.decimals))


def amounts(shared: Shared) -> dict[str, int]:
    return {portion.part.account: portion.amount for portion in shared.portions}


def worked_example() -> list[Part]:
    hundred = [part(n, f"{n:03d}", f"M0{n}", "100") for n in (1, 2, 4, 5)]
    return [
        part(9, "", "", "233.34", kind=Kind.COLLECTIVE),
        *hundred,
        part(6, "006", "M06", "133.33"),
        part(7, "007", "M07", "200"),
        part(8, "008", "N01", "33.33", kind=Kind.OUTSIDER),
        part(3, "003", "M03", "0"),
    ]


class TestTheWorkedExample:
    def test_every_fen_is_given_out(self):
        shared = share_out(8_888_888, worked_example())
        assert amounts(shared) == {
            "001/M01": 888_889,
            "002/M02": 888_889,
            "004/M04": 888_889,
            "005/M05": 888_889,
            "006/M06": 1_185_155,
            "007/M07": 1_777_777,
            "008/N01": 296_267,
            "集体": 2_074_133,
        }
        assert (shared.amount, shared.over) == (8_888_888, 0)
        assert shared.of(Kind.MEMBER) + shared.of(Kind.OUTSIDER) + shared.of(Kind.COLLECTIVE) == 8_888_888

    def test_whole_fen_only_leaves_five(self):
        shared = share_out(8_888_888, worked_example(), Method.FLOOR)
        assert shared.over == 5
        assert amounts(shared)["001/M01"] == 888_888

    def test_by_a_fixed_amount_a_share_says_the_difference(self):
        shared = share_out(8_888_888, worked_example(), Method.PER_SHARE)
        assert shared.per_share == "88.8888"
        assert amounts(shared)["007/M07"] == 1_777_776
        assert shared.amount + shared.over == 8_888_888
        assert shared.over == 9

    def test_ties_go_to_the_first_account_in_text_order(self):
        thirds = [part(3, "003", "丙", "1"), part(1, "001", "甲", "1"), part(2, "002", "乙", "1")]
        assert list(amounts(share_out(10_000, thirds)).items()) == [
            ("001/甲", 3334),
            ("002/乙", 3333),
            ("003/丙", 3333),
        ]


class TestClassesOfDifferentDecimals:
    def test_one_share_is_one_share(self):
        both = [part(1, "001", "甲", "1.00"), part(2, "001", "甲", "2", LABOUR), part(3, "002", "乙", "1.00")]
        shared = share_out(40_000, both)
        assert [portion.amount for portion in shared.portions] == [10_000, 20_000, 10_000]
        assert by_holder(shared.portions) == {"001/甲": 30_000, "002/乙": 10_000}
        assert shared.per_share == "100.0000"

    def test_nobody_with_nothing(self):
        assert share_out(100, [part(1, "001", "甲", "0")]).portions == ()


@given(st.integers(1, 10**12), st.lists(st.integers(0, 10**7), min_size=1, max_size=40))
def test_the_largest_remainder_gives_out_the_pool_and_never_more_than_a_fen_from_the_ideal(
    pool: int, held: list[int]
):
    parts = [Part(n, BASIC, f"{n:03d}", "某", Kind.MEMBER, quanta) for n, quanta in enumerate(held)]
    shared = share_out(pool, parts)
    whole = sum(held)
    assert shared.amount == (pool if whole else 0)
    assert list(shared.portions) == sorted(shared.portions, key=lambda x: x.part.account)
    for portion in shared.portions:
        assert 0 <= portion.amount * whole - pool * portion.part.quantity + whole <= 2 * whole


@given(st.integers(1, 10**10), st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_the_other_two_ways_never_stray_far(pool: int, held: list[int]):
    parts = [Part(n, BASIC, f"{n:03d}", "某", Kind.MEMBER, quanta) for n, quanta in enumerate(held)]
    assert 0 <= share_out(pool, parts, Method.FLOOR).over < len(held)
    assert share_out(pool, parts, Method.PER_SHARE).over >= -len(held)


def test_the_creditor_has_what_the_pledged_shares_earned():
    assert creditor_part(1000, 30_00, 10_00) == 333
    assert creditor_part(1000, 0, 0) == 0


def test_the_organisation_stands_last():
    assert [p.account for p in in_order(worked_example())][-1] == "集体"
