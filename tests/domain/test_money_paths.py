"""Money is traced to what stands beside it, to the fen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.money_paths import paths, shared_out


def test_a_receipt_goes_to_its_income_and_its_tax():
    assert paths(106_00, {"501": 100_00, "21401": 6_00}) == {"501": 100_00, "21401": 6_00}


def test_what_was_only_partly_paid_is_shared_in_proportion():
    assert paths(60_00, {"50101": 75_00, "50103": 25_00}) == {"50101": 45_00, "50103": 15_00}


def test_a_discount_on_the_other_side_takes_no_part():
    assert paths(90_00, {"501": 100_00, "511": -10_00}) == {"501": 90_00}


def test_red_letters_take_back_where_they_came_from():
    assert paths(-30_00, {"501": -30_00}) == {"501": -30_00}


def test_nothing_beside_the_money_leaves_it_unnamed():
    assert paths(5_00, {"511": -5_00}) == {}


@given(st.integers(0, 10**13), st.lists(st.integers(1, 10**12), min_size=1, max_size=30))
def test_the_parts_add_up_and_none_is_off_by_a_fen(amount: int, weights: list[int]):
    parts = shared_out(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * total - amount * weight) < total
