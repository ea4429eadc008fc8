import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.half_width import half_width


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("１０２．０１", "102.01"),
        ("ＹＨｃｋ", "YHck"),
        ("￥－１，２３４", "¥-1,234"),
        ("\u3000银行\u00a0存款", " 银行 存款"),
        ("plain 12.5", "plain 12.5"),
    ],
)
def test_what_an_input_method_types_becomes_plain(typed, folded):
    assert half_width(typed) == folded


@pytest.mark.parametrize("sign", ["①", "²", "½", "㈠", "㎡"])
def test_a_sign_that_only_resembles_a_digit_is_left_alone(sign):
    assert half_width(sign) == sign


@given(st.text())
def test_positions_stay_true(text):
    assert len(half_width(text)) == len(text)
    assert half_width(half_width(text)) == half_width(text)
