import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import fen
from village_ledger.domain.amount_entry import LONGEST_ENTRY, evaluate_entry
from village_ledger.domain.errors import AmountError
from village_ledger.domain.money import LARGEST_FEN, format_fen, parse_fen, plain_fen


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12*3+5", "41"),
        ("5+12*3", "41"),
        ("(5+12)*3", "51"),
        ("100-20-5", "75"),
        ("100/4/5", "5"),
        ("-5+8", "3"),
        ("3*-2", "-6"),
        ("-(2+3)*2", "-10"),
        (" 12 * 3 + 5 ", "41"),
        ("1.2万", "12000"),
        ("１．２万", "12000"),
        ("3千", "3000"),
        ("2百", "200"),
        ("1.5亿", "150000000"),
        ("5百万", "5000000"),
        ("1万亿", "1000000000000"),
        ("3千5百", "3500"),
        ("1万2千元", "12000"),
        ("12元5角", "12.5"),
        ("3角5分", "0.35"),
        ("1.2万*3", "36000"),
        ("1,234.5", "1234.5"),
        ("１，２３４。５", "1234.5"),
        ("12。5", "12.5"),
        ("12\uff615", "12.5"),
        ("¥1,234.50元", "1234.5"),
        ("－５", "-5"),
        ("\u22125", "-5"),
        ("２×３", "6"),
        ("6÷4", "1.5"),
        ("（１＋２）×３", "9"),
        ("680.5*2.5", "1701.25"),
    ],
)
def test_what_people_type(typed, amount):
    assert evaluate_entry(typed) == parse_fen(amount)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("100/3", "33.33"),
        ("200/3", "66.67"),
        ("0.005*1", "0.01"),
        ("-0.005*1", "-0.01"),
        ("1.2345*100", "123.45"),
        ("10/3*3", "10"),
        ("1/3+1/3+1/3", "1"),
    ],
)
def test_a_product_or_quotient_is_rounded_once_at_the_end(typed, amount):
    assert evaluate_entry(typed) == parse_fen(amount)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "金额是空的"),
        ("  ", "金额是空的"),
        ("电费", "看不懂“电费”里的“电费”"),
        ("12+电费", "里的“电费”"),
        ("12a", "里的“a”"),
        ("1e5", "里的“e5”"),
        ("2**3", "里的“*”"),
        ("1--5", "里的“-”"),
        ("1+-5", "里的“-”"),
        ("1 2", "里的“2”"),
        ("1.2.3", "里的“.3”"),
        ("1,23", "里的“,23”"),
        ("1.234,5", "里的“,5”"),
        ("1万2", "里的“2”"),
        ("2百3千", "里的“3千”"),
        ("5元元", "里的“元”"),
        ("5%", "里的“%”"),
        ("½", "里的“½”"),
        ("\u0665", "看不懂"),
        ("12=", "里的“=”"),
        ("__import__('os')", "看不懂"),
        ("3*", "没有写完"),
        ("(1+2", "少了右括号"),
        ("1+2)", "里的“)”"),
        ("()", "里的“)”"),
        ("5/0", "除数是零"),
        ("5/(2-2)", "除数是零"),
        ("1.234", "小数超过两位"),
        ("1.001+1", "小数超过两位"),
        ("1.2345678万", "小数超过两位"),
        ("9" * 14, "太大"),
        ("9999亿*9999亿", "太大"),
        ("1" * (LONGEST_ENTRY + 1), "超过了"),
        ("(" * LONGEST_ENTRY, "没有写完"),
    ],
)
def test_what_was_not_understood_is_named(typed, complaint):
    with pytest.raises(AmountError) as refusal:
        evaluate_entry(typed)
    assert complaint in str(refusal.value)
    assert str(refusal.value).endswith("。")


@given(fen())
def test_a_plain_amount_means_the_same_as_in_a_file(amount):
    assert evaluate_entry(plain_fen(amount)) == amount
    assert evaluate_entry(format_fen(amount)) == amount


def written(value: int, places: int) -> tuple[str, Fraction]:
    text = f"{value / 10**places:.{places}f}"
    return text, Fraction(text)


figures = st.builds(written, st.integers(0, 99_999), st.integers(0, 3))


def joined(left, sign, right):
    (left_text, left_value), (right_text, right_value) = left, right
    value = {
        "+": lambda: left_value + right_value,
        "-": lambda: left_value - right_value,
        "*": lambda: left_value * right_value,
        "/": lambda: left_value / right_value if right_value else None,
    }[sign]()
    return f"({left_text}){sign}({right_text})", value


sums = st.recursive(
    figures,
    lambda inner: st.builds(joined, inner, st.sampled_from("+-*/"), inner).filter(
        lambda made: made[1] is not None
    ),
    max_leaves=5,
)


def half_up(value: Fraction) -> int:
    rounded = math.floor(abs(value) + Fraction(1, 2))
    return -rounded if value < 0 else rounded


@given(sums)
def test_sums_equal_exact_fractions(made):
    text, value = made
    exact = value * 100
    refused = len(text) > LONGEST_ENTRY or abs(half_up(exact)) > LARGEST_FEN
    if refused or (exact.denominator != 1 and not set("*/") & set(text)):
        with pytest.raises(AmountError):
            evaluate_entry(text)
    else:
        assert evaluate_entry(text) == half_up(exact)


@given(st.lists(st.integers(1, 999), min_size=2, max_size=6), st.data())
def test_without_parentheses_products_bind_first(values, data):
    signs = [data.draw(st.sampled_from("+-*/")) for _ in values[1:]]
    text = str(values[0]) + "".join(f"{sign}{value}" for sign, value in zip(signs, values[1:], strict=True))
    terms = [Fraction(values[0])]
    for sign, value in zip(signs, values[1:], strict=True):
        if sign in "+-":
            terms.append(Fraction(value if sign == "+" else -value))
        else:
            terms[-1] = terms[-1] * value if sign == "*" else terms[-1] / value
    try:
        amount = evaluate_entry(text)
    except AmountError:
        assert abs(half_up(sum(terms, Fraction(0)) * 100)) > LARGEST_FEN
    else:
        assert amount == half_up(sum(terms, Fraction(0)) * 100)


@given(st.text(st.sampled_from("0123456789.,+-*/()万千百亿元角 。×÷１，（）¥"), max_size=30))
def test_anything_typed_is_an_amount_or_a_sentence(typed):
    try:
        amount = evaluate_entry(typed)
    except AmountError as refusal:
        assert str(refusal).endswith("。")  # noqa: PT017  either outcome is allowed, each is checked
    else:
        assert abs(amount) <= LARGEST_FEN
