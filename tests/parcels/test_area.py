"""Areas: exact in 亩 and in square metres, half up only where they are shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.area import MU, SQM, mu_text, parse_mu, parse_sqm, read_area, sqm_text
from village_ledger.domain.errors import AmountError


def test_one_mu_is_two_thirds_of_a_thousand_square_metres():
    assert Fraction(MU, SQM) == Fraction(2000, 3)


@pytest.mark.parametrize(
    ("mu", "sqm"),
    [
        ("1", "666.67"),
        ("3.25", "2166.67"),
        ("1.5", "1000.00"),
        ("0.0001", "0.07"),
        ("１，２３４．５", "823000.00"),
    ],
)
def test_mu_are_shown_in_square_metres_half_up(mu: str, sqm: str):
    assert sqm_text(parse_mu(mu)) == sqm


@pytest.mark.parametrize(
    ("sqm", "mu"), [("666.67", "1.00"), ("1000", "1.50"), ("3.34", "0.01"), ("3.33", "0.00")]
)
def test_square_metres_are_shown_in_mu_half_up(sqm: str, mu: str):
    assert mu_text(parse_sqm(sqm)) == mu


@given(st.integers(1, 10**10))
def test_what_was_typed_in_mu_comes_back(ten_thousandths: int):
    typed = f"{ten_thousandths // 10000}.{ten_thousandths % 10000:04d}"
    assert Fraction(mu_text(parse_mu(typed))) == Fraction(typed)


@given(st.integers(1, 10**10))
def test_what_was_typed_in_square_metres_comes_back(hundredths: int):
    typed = f"{hundredths // 100}.{hundredths % 100:02d}"
    assert sqm_text(parse_sqm(typed)) == typed


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=9))
def test_parts_in_mu_come_to_the_whole_in_mu(parts: list[int]):
    whole = sum(parts)
    assert sum(parse_mu(f"{p // 100}.{p % 100:02d}") for p in parts) == parse_mu(
        f"{whole // 100}.{whole % 100:02d}"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "不大于零"),
        ("0.00", "不大于零"),
        ("-3", "不大于零"),
        ("3.12345", "小数超过 4 位"),
        ("三亩", "看不懂"),
        ("3.25亩地", "看不懂"),
        ("1e3", "看不懂"),
        ("1,23", "看不懂"),
        ("1000001", "太大"),
        ("9" * 40, "看不懂"),
    ],
)
def test_an_area_that_cannot_be_is_refused(typed: str, said: str):
    with pytest.raises(AmountError, match=said):
        parse_mu(typed)


def test_square_metres_have_two_decimals():
    with pytest.raises(AmountError, match="小数超过 2 位"):
        parse_sqm("100.001")


def test_both_units_may_be_given_where_they_agree_and_the_finer_is_kept():
    assert read_area("3.25", "2166.67") == parse_sqm("2166.67")
    assert read_area("3.2500", "2167") == parse_mu("3.25")
    assert read_area("10", "6666.67") == parse_sqm("6666.67")


@pytest.mark.parametrize(("mu", "sqm"), [("3.25", "3250"), ("10", "6800"), ("3.25", "2170.10")])
def test_units_that_disagree_are_refused(mu: str, sqm: str):
    with pytest.raises(AmountError, match="不是同一个面积"):
        read_area(mu, sqm)


def test_no_area_at_all_is_refused():
    with pytest.raises(AmountError, match="没有写面积"):
        read_area(" ", "")
