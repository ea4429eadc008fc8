"""What Hypothesis draws from: amounts, names and codes as a village has them."""

from __future__ import annotations

from hypothesis import strategies as st

from village_ledger.domain.money import LARGEST_FEN

_HAN_IN_ACCOUNTS = (
    "银行存款库现金应收内部往来农商基本户土地补偿费专管理水电办公经营支出果园固定资产重庆长乐调差朱仇单解曾"
)


def fen(largest: int = LARGEST_FEN) -> st.SearchStrategy[int]:
    """Any amount, negative ones too, often with the zeros that trip up a reader."""
    round_ones = st.builds(lambda digit, power: digit * 10**power, st.integers(1, 9), st.integers(0, 14))
    sums = st.lists(round_ones, min_size=1, max_size=3).map(sum)
    positive = (st.integers(0, largest) | sums).filter(lambda amount: amount <= largest)
    return st.builds(lambda amount, sign: amount * sign, positive, st.sampled_from((1, 1, -1)))


def account_names() -> st.SearchStrategy[str]:
    """Short names of Chinese characters, polyphones among them, sometimes with a number."""
    han = st.text(st.sampled_from(_HAN_IN_ACCOUNTS), min_size=2, max_size=6)
    return st.builds(lambda name, number: f"{name}{number}", han, st.sampled_from(("", "", "", "2", "A")))


def account_codes() -> st.SearchStrategy[str]:
    """Codes of the collective's chart, 3-2-2-2."""
    first = st.integers(101, 599).map(str)
    below = st.lists(st.integers(1, 99).map("{:02d}".format), max_size=3).map("".join)
    return st.builds(lambda top, rest: top + rest, first, below)
