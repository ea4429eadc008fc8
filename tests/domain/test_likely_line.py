"""The bookkeeper's three tests of a voucher that does not balance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.likely_line import LikelyLine, Slip, likely_line

AMOUNTS = st.integers(1, 10**9)


def test_a_balanced_voucher_has_no_culprit():
    assert likely_line([(500, 0), (0, 500)]) is None
    assert likely_line([]) is None


def test_half_the_difference_names_the_line_on_the_wrong_side():
    assert likely_line([(1000, 0), (300, 0), (0, 700)]) == LikelyLine(Slip.WRONG_SIDE, 1)


def test_the_difference_itself_names_the_line_typed_twice():
    assert likely_line([(1000, 0), (1000, 0), (0, 1000)]) == LikelyLine(Slip.DOUBLED, 1)


def test_exchanged_digits_are_named_with_the_right_amount():
    assert likely_line([(138640, 0), (0, 183640)]) == LikelyLine(Slip.SWAPPED, 1, 138640)


def test_a_nought_too_many_is_named():
    assert likely_line([(5000, 0), (0, 500)]) == LikelyLine(Slip.SHIFTED, 1, 5000)


def test_divisible_by_nine_without_a_culprit_is_still_said():
    assert likely_line([(11100, 0), (0, 300), (0, 300)]) is None
    assert likely_line([(1003, 0), (0, 101), (0, 2)]) == LikelyLine(Slip.NINE, -1)


def test_any_other_difference_says_nothing():
    assert likely_line([(1000, 0), (0, 390)]) is None


@given(lines=st.lists(AMOUNTS, min_size=2, max_size=6))
def test_turning_one_line_round_is_found(lines):
    total = sum(lines)
    wrong = [(amount, 0) for amount in lines] + [(0, total)]
    wrong[0] = (0, lines[0])
    found = likely_line(wrong)
    assert found is not None
    assert found.slip is Slip.WRONG_SIDE
    debit, credit = wrong[found.line]
    assert (debit - credit) * 2 == sum(d - c for d, c in wrong)
