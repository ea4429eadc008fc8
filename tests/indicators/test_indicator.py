"""Indicators as values: exact sums over exact sums, rounded only where they are said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.formula import StatementError
from village_ledger.domain.indicator import (
    Definition,
    Judged,
    Unit,
    decimal_text,
    preservation,
    read_line,
    read_terms,
    work_out,
)
from village_ledger.services.indicators.indicator_rules import indicator_rules

BANDS = indicator_rules().bands


def of(key: str) -> Definition:
    return next(one for one in indicator_rules().definitions if one.key == key)


def test_the_worked_example_of_preservation_is_107_percent():
    """Opening 2,000,000; closing 2,230,000 with grants of 150,000; 60,000 were given to members."""
    figures = {"E4": 2_230_000_00, "outside": 150_000_00, "R18": 60_000_00, "E4.0": 2_000_000_00}
    found = work_out(of("preservation"), figures, {}, BANDS)
    assert found.shown == "107.0%"
    assert found.working == "（2,230,000.00 − 150,000.00 + 60,000.00） ÷ 2,000,000.00"
    assert found.judged is Judged.GOOD
    assert (
        found.value == preservation(2_000_000_00, 2_230_000_00, 150_000_00, 60_000_00) == Fraction(107, 100)
    )


def test_a_value_below_its_line_asks_for_a_look():
    figures = {"rent_received": 94_949, "rent_due": 100_000}
    found = work_out(of("rent_collection"), figures, {}, BANDS)
    assert (found.shown, found.judged, found.line_shown) == ("94.9%", Judged.LOOK, "低于 95%")


def test_what_is_on_the_line_is_good():
    found = work_out(of("rent_collection"), {"rent_received": 95, "rent_due": 100}, {}, BANDS)
    assert found.judged is Judged.GOOD


def test_without_a_register_there_is_no_value_but_a_reason():
    found = work_out(
        of("rent_collection"),
        {"rent_received": None, "rent_due": None},
        {"rent_due": "没有登记合同", "rent_received": "没有登记合同"},
        BANDS,
    )
    assert (found.value, found.shown, found.text, found.working) == (None, "—", "", "没有登记合同")
    assert found.judged is Judged.UNJUDGED


@pytest.mark.parametrize("under", [0, -5_00])
def test_nothing_is_divided_by_nothing(under: int):
    found = work_out(of("debt_ratio"), {"L11": 100, "A23": under}, {}, BANDS)
    assert found.value is None
    assert "分母是" in found.working


@pytest.mark.parametrize(
    ("yuan", "band"),
    [
        (-1, "无经营收益（薄弱村）"),
        (0, "无经营收益（薄弱村）"),
        (1, "5万元以下（薄弱村）"),
        (49_999, "5万元以下（薄弱村）"),
        (50_000, "5万—10万元"),
        (100_000, "10万—50万元"),
        (999_999, "50万—100万元"),
        (1_000_000, "100万元以上"),
    ],
)
def test_bands_of_collective_income(yuan: int, band: str):
    figures = dict.fromkeys(("R2", "operating_other", "R4", "R5", "R6"), 0) | {"R1": yuan * 100}
    assert work_out(of("operating_profit"), figures, {}, BANDS).band == band


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1, 2000), 1, "0.0"),
        (Fraction(5, 100), 1, "0.1"),
        (Fraction(-5, 100), 1, "-0.1"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(7, 2), 0, "4"),
    ],
)
def test_decimals_are_half_up_away_from_zero(value: Fraction, places: int, text: str):
    assert decimal_text(value, places) == text


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12))
def test_a_percent_is_within_half_of_its_last_digit(over: int, under: int):
    shown = Fraction(decimal_text(Fraction(over, under) * 100, 1))
    assert abs(shown - Fraction(over * 100, under)) <= Fraction(1, 20)


@pytest.mark.parametrize("text", ["R1 R2", "R1 * R2", "R1 +", "1", "R1 + (R2)", "__import__"])
def test_a_formula_is_a_sum_of_names_and_nothing_else(text: str):
    with pytest.raises(StatementError, match="看不懂"):
        read_terms(text)


def test_a_name_nobody_reads_is_refused():
    odd = Definition("x", "怪指标", Unit.YUAN, read_terms("R99"), (), "")
    with pytest.raises(StatementError, match="用了没有的数“R99”"):
        work_out(odd, {"R1": 1}, {}, BANDS)


@pytest.mark.parametrize("text", ["", "高", "1e3", "95.123", "九十"])
def test_a_line_that_is_no_number_is_refused(text: str):
    with pytest.raises(LedgerError, match="看不懂"):
        read_line(text, Unit.PERCENT)


def test_every_definition_has_its_words_and_a_side():
    for one in indicator_rules().definitions:
        assert one.words
        assert one.over
    assert set(indicator_rules().home) <= {one.key for one in indicator_rules().definitions}
