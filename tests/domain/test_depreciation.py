"""What a month bears: equal months with the rest in the last, work by its share, and never more than there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.asset import AssetKind, Card, Facts, Method, Status, Use, check_card, check_facts
from village_ledger.domain.depreciation import (
    Plan,
    charge,
    first_plan,
    half_up,
    month_number,
    month_of_number,
)
from village_ledger.domain.errors import AssetError, LedgerError
from village_ledger.domain.period import Month

MACHINE = Card(
    "J009",
    "茶叶烘干机",
    AssetKind.FIXED,
    5_780_000,
    date(2018, 10, 1),
    salvage=289_000,
    method=Method.STRAIGHT,
    months=120,
)  # fmt: skip  a card in one row


def life(card: Card, months: int) -> list[int]:
    """What a card bears month by month from the one after its use began."""
    plan, taken, borne = first_plan(card), 0, list[int]()
    for month in range(plan.since, plan.since + months):
        amount = charge(plan, month, card.base - card.opening, taken)
        taken += amount
        borne.append(amount)
    return borne


def by_hand(base: int, months: int) -> list[int]:
    """The plain loop an accountant would write: equal months, half up, the last takes the rest, never above the base."""
    equal = int(base / months + 0.5) if base < 10**6 else (base * 2 + months) // (months * 2)
    done, borne = 0, list[int]()
    for number in range(1, months + 1):
        amount = base - done if number == months else min(equal, base - done)
        done += amount
        borne.append(amount)
    return borne


def test_the_drier_bears_457_58_a_month_from_november_2018_and_its_last_month_takes_the_rest():
    borne = life(MACHINE, 122)
    assert first_plan(MACHINE).since == month_number(Month(2018, 11))
    assert borne[:2] == [45_758, 45_758]
    assert borne[118:] == [45_758, 45_798, 0, 0]
    assert sum(borne) == MACHINE.base


@given(st.integers(1, 10**9), st.integers(1, 480), st.integers(0, 10**9))
def test_a_life_is_that_of_the_plain_loop(cost: int, months: int, salvage: int):
    card = replace(MACHINE, cost=cost, salvage=min(salvage, cost), months=months)
    assert life(card, months) == by_hand(card.base, months)


@given(st.integers(1, 10**8), st.integers(1, 300), st.data())
def test_a_card_from_the_middle_of_its_life_goes_on_as_if_it_had_always_been_here(
    cost: int, months: int, data: st.DataObject
):
    whole = by_hand(cost, months)
    passed = data.draw(st.integers(0, months - 1))
    through = month_of_number(month_number(Month(2018, 10)) + passed)
    card = replace(MACHINE, cost=cost, salvage=0, months=months, opening=sum(whole[:passed]), as_of=through)
    assert life(card, months - passed) == whole[passed:]


@given(st.integers(1, 10**8), st.integers(1, 240), st.integers(0, 10**8), st.integers(0, 300))
def test_whatever_was_taken_before_it_never_loses_more_than_its_base_nor_less_in_the_end(
    cost: int, months: int, opening: int, passed: int
):
    through = month_of_number(month_number(Month(2018, 10)) + passed)
    card = replace(MACHINE, cost=cost, salvage=0, months=months, opening=min(opening, cost), as_of=through)
    borne = life(card, months + 1)
    assert min(borne) >= 0
    assert card.opening + sum(borne) == card.base


def test_a_road_nobody_charged_begins_now_and_lasts_its_whole_life():
    road = replace(
        MACHINE, cost=86_000_000, salvage=0, months=240, in_use=date(2008, 11, 1), as_of=Month(2024, 12)
    )
    borne = life(road, 240)
    assert borne[0] == 358_333
    assert borne[-1] == 86_000_000 - 239 * 358_333
    assert first_plan(road).since == month_number(Month(2025, 1))


def test_a_month_let_slip_is_caught_up_by_the_last():
    plan = first_plan(MACHINE)
    last = plan.since + 119
    assert charge(plan, last, MACHINE.base, 100 * 45_758) == MACHINE.base - 100 * 45_758
    assert charge(plan, last + 5, MACHINE.base, 100 * 45_758) == MACHINE.base - 100 * 45_758


def test_nothing_is_borne_before_its_month_nor_by_what_is_not_charged():
    assert charge(first_plan(MACHINE), month_number(Month(2018, 10)), MACHINE.base, 0) == 0
    chapel = replace(MACHINE, cost=100, salvage=0, method=Method.NONE, months=0)
    assert charge(first_plan(chapel), month_number(Month(2025, 1)), 100, 0) == 0


TRACTOR = replace(MACHINE, method=Method.HOURS, months=0, units=10_000_000)


@given(st.integers(1, 10**9), st.integers(1, 10**7), st.lists(st.integers(0, 10**6), max_size=30))
def test_work_takes_its_share_of_all_the_work_half_up(base: int, units: int, worked: list[int]):
    card = replace(TRACTOR, cost=base, salvage=0, units=units)
    plan, taken, used = first_plan(card), 0, 0
    for place, month in enumerate(worked):
        used = min(used + month, units)
        taken += charge(plan, plan.since + place, base, taken, used)
        assert taken == int((base * used * 2 + units) // (units * 2))
    assert taken <= base


def test_work_counts_in_the_month_use_begins_and_what_was_taken_before_stands_for_work_done():
    assert first_plan(TRACTOR).since == month_number(Month(2018, 10))
    half = replace(TRACTOR, opening=TRACTOR.base // 2, as_of=Month(2024, 12))
    plan = first_plan(half)
    assert plan.units_before == 5_000_000
    assert charge(plan, plan.since, half.base - half.opening, 0, 5_000_000) == half.base - half.opening
    assert charge(plan, plan.since, half.base - half.opening, 0, 10_000) == half_up(
        half.base * 10_000, half.units
    )


def test_another_plan_spreads_what_is_left_over_the_months_that_are_left():
    plan = Plan(month_number(Month(2025, 4)), Method.STRAIGHT, 7)
    borne, taken = [], 0
    for month in range(plan.since, plan.since + 7):
        borne.append(charge(plan, month, 100_000, taken))
        taken += borne[-1]
    assert borne == [14_286] * 6 + [14_284]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cost": 0}, "资产不能没有价值"),
        ({"cost": -100}, "资产不能没有价值"),
        ({"salvage": 5_780_001}, "残值"),
        ({"salvage": -1}, "残值"),
        ({"opening": 5_491_001}, "应提总额"),
        ({"opening": -1}, "应提总额"),
        ({"months": 0}, "使用月数"),
        ({"months": 1201}, "使用月数"),
        ({"method": Method.HOURS, "months": 0}, "没有总工作量"),
        ({"method": Method.OUTPUT, "units": 1000}, "不该有使用月数"),
        ({"units": 5}, "不该有总工作量"),
        ({"method": Method.NONE, "months": 0, "opening": 5}, "不提折旧，可是已提折旧"),
        ({"code": " "}, "没有编号"),
        ({"name": ""}, "没有名称"),
        ({"name": "a\x00b"}, "控制字符"),
        ({"kind": AssetKind.INVESTMENT}, "是长期投资，不提折旧"),
        ({"in_use": date(1, 1, 1)}, "启用日期"),
        ({"in_use": date(2025, 3, 1), "as_of": Month(2024, 12), "opening": 5}, "才启用"),
        ({"method": Method.HOURS, "months": 0, "units": 5, "units_before": 6}, "以前的工作量"),
    ],
)
def test_a_card_that_cannot_be_is_refused_with_its_reason(change: dict[str, object], said: str):
    with pytest.raises(LedgerError, match=said):
        check_card(replace(MACHINE, **change))  # pyright: ignore[reportArgumentType]  each row names fields as they are


def test_nobody_writes_that_an_asset_is_gone():
    with pytest.raises(AssetError, match="不能直接填"):
        check_facts(Facts(Use.OPERATING, Status.GONE))
