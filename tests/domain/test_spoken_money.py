"""What a voice reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.spoken_money import spoken


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "0元"),
        (5, "5分"),
        (50, "5角"),
        (1234_05, "1234元零5分"),
        (103_4418_20, "103万4418元2角"),
        (10_0613_60, "10万零613元6角"),
        (10_0000_00, "10万元"),
        (1_0000_0005_00, "1亿零5元"),
        (123_4567_8901_23, "123亿4567万8901元2角3分"),
        (-10_4575_74, "负10万4575元7角4分"),
    ],
)
def test_an_amount_is_read_out(fen: int, said: str):
    assert spoken(fen) == said


@given(st.integers(min_value=0, max_value=10**15))
def test_what_is_heard_is_the_amount(fen: int):
    said = spoken(fen)
    places = {"亿": 10**10, "万": 10**6, "元": 100, "角": 10, "分": 1}
    heard = sum(int(count) * places[place] for count, place in re.findall(r"(\d+)([亿万元角分])", said))
    assert heard == fen
