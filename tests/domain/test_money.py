from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import fen
from village_ledger.domain.errors import AmountError
from village_ledger.domain.money import LARGEST_FEN, fen_from_cell, format_fen, parse_fen, plain_fen


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0", 0),
        ("1234", 123400),
        ("1234.5", 123450),
        ("1234.50", 123450),
        ("0.05", 5),
        (".5", 50),
        ("5.", 500),
        ("007", 700),
        ("1,234.50", 123450),
        ("9,999,999,999,999.99", LARGEST_FEN),
        ("-1234.50", -123450),
        ("\u22121,234.50", -123450),
        ("１２３４．５０", 123450),
        ("１，２３４．５", 123450),
        ("－５", -500),
        ("\u3000 12.30 \t", 1230),
        ("¥1,234.50", 123450),
        ("￥1,234.50元", 123450),
        ("¥\u00a01,234.50", 123450),
        ("-¥5", -500),
        ("¥-5", -500),
        ("12 元", 1200),
    ],
)
def test_amounts_as_files_write_them(written, amount):
    assert parse_fen(written) == amount


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("", "金额是空的"),
        (" \u3000", "金额是空的"),
        ("1.005", "小数超过两位"),
        ("1.500", "小数超过两位"),
        ("1.234,5", "逗号的位置不对"),
        ("1,23", "逗号的位置不对"),
        ("1,2345", "逗号的位置不对"),
        ("1234,567", "逗号的位置不对"),
        ("0,123", "逗号的位置不对"),
        ("1,234,56.00", "逗号的位置不对"),
        ("1.2.3", "不是看得懂的金额"),
        ("6.2E+18", "科学记数法"),
        ("1e3", "科学记数法"),
        ("inf", "不是看得懂的金额"),
        ("nan", "不是看得懂的金额"),
        ("电费", "不是看得懂的金额"),
        ("1 234", "不是看得懂的金额"),
        ("--5", "不是看得懂的金额"),
        ("-¥-5", "不是看得懂的金额"),
        ("5-", "不是看得懂的金额"),
        ("1_000", "不是看得懂的金额"),
        ("12\x0034", "不是看得懂的金额"),
        ("\u0661\u0662", "不是看得懂的金额"),
        ("1\u00b2", "不是看得懂的金额"),
        ("①", "不是看得懂的金额"),
        (".", "不是看得懂的金额"),
        ("-", "不是看得懂的金额"),
        ("元", "不是看得懂的金额"),
        ("10,000,000,000,000", "太大"),
        ("12345678901234.5", "太大"),
        ("9" * 10_000, "不是看得懂的金额"),
        (" " * 10_000 + "¥" + " " * 10_000, "不是看得懂的金额"),
    ],
)
def test_what_could_mean_two_figures_is_refused_in_a_whole_sentence(written, complaint):
    with pytest.raises(AmountError) as refusal:
        parse_fen(written)
    sentence = str(refusal.value)
    assert complaint in sentence
    assert "账没有变化。" in sentence
    assert sentence.endswith("。")
    assert len(sentence) < 120
    assert sentence.isprintable()


@given(fen())
def test_what_we_write_we_read_back(amount):
    assert parse_fen(format_fen(amount)) == amount
    assert parse_fen(plain_fen(amount)) == amount
    assert fen_from_cell(format_fen(amount)) == amount


@given(st.text(max_size=40))
def test_any_text_is_an_exact_amount_or_a_refusal(text):
    try:
        amount = parse_fen(text)
    except AmountError:
        return
    assert abs(amount) <= LARGEST_FEN


@pytest.mark.parametrize(
    ("amount", "formatted", "plain"),
    [
        (0, "0.00", "0.00"),
        (5, "0.05", "0.05"),
        (-5, "-0.05", "-0.05"),
        (123450, "1,234.50", "1234.50"),
        (-123450, "-1,234.50", "-1234.50"),
        (LARGEST_FEN, "9,999,999,999,999.99", "9999999999999.99"),
    ],
)
def test_amounts_as_we_write_them(amount, formatted, plain):
    assert format_fen(amount) == formatted
    assert plain_fen(amount) == plain


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (0, 0),
        (3, 300),
        (-3, -300),
        (1234.5, 123450),
        (-5.5, -550),
        (0.1 + 0.2, 30),
        (sum([0.01] * 10_000), 10_000),
        (1.1 * 3, 330),
        (9999999999999.99, LARGEST_FEN),
        (1e3, 100_000),
        (Decimal("12.30"), 1230),
        (Decimal("1.500"), 150),
        (Decimal("1E+3"), 100_000),
        ("1,234.50", 123450),
    ],
)
def test_spreadsheet_cells(cell, amount):
    assert fen_from_cell(cell) == amount


@pytest.mark.parametrize(
    "cell",
    [
        None,
        True,
        1.005,
        0.001,
        1e-5,
        1234567890123.456,
        float("nan"),
        float("inf"),
        1e16,
        10**13,
        10**400,
        Decimal("1.005"),
        Decimal("NaN"),
        Decimal("1E+400"),
        "1.234,5",
    ],
)
def test_spreadsheet_cells_that_are_no_amount(cell):
    with pytest.raises(AmountError) as refusal:
        fen_from_cell(cell)
    assert str(refusal.value).endswith("。")


@given(fen())
def test_a_float_cell_is_the_figure_it_shows(amount):
    assert fen_from_cell(float(plain_fen(amount))) == amount


@given(fen(10**11), st.integers(1, 9))
def test_a_real_third_decimal_in_a_cell_is_never_rounded_away(amount, mill):
    with pytest.raises(AmountError):
        fen_from_cell(float(f"{plain_fen(amount)}{mill}"))


@given(st.lists(fen(10**9), max_size=30))
def test_adding_up_a_column_of_floats_still_gives_the_fen(amounts):
    total = 0.0
    for amount in amounts:
        total += amount / 100
    assert fen_from_cell(total) == sum(amounts)
