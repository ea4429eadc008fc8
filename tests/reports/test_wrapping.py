"""Lines of Chinese text: nothing lost, figures whole, marks where they belong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.reports.pens.wrapping import wrap

TEXT = st.text(st.sampled_from("村账收支电费一二三，。（）《》1234567890.,:AB "), max_size=60)


@given(TEXT, st.integers(1, 20))
def test_nothing_is_lost_and_no_line_is_much_too_wide(text, width):
    lines = wrap(text, width, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width * 1.02 + 1 for line in lines)


def test_figures_are_not_torn_apart():
    assert wrap("付路灯电费1,275.96元", 8, len) == ["付路灯电费", "1,275.96", "元"]
    assert "86,938.28" in "|".join(wrap("（存款86,938.28）", 10, len))


def test_a_closing_mark_never_begins_a_line():
    for width in range(4, 12):
        lines = wrap("付果园用工（刘桂珍等，转卡），已付。", width, len)
        assert not any(line[0] in "，。）" for line in lines[1:]), lines


def test_an_opening_mark_never_ends_a_line():
    assert wrap("付电费（路灯）", 4, len)[0] == "付电费"
