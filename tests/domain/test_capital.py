import re

import pytest
from hypothesis import given

from tests.strategies import fen
from village_ledger.domain.capital import capital, capital_shares
from village_ledger.domain.money import LARGEST_FEN, parse_fen

VALUES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}


def read_number(words: str) -> int:
    """Read upper-case figures the way a clerk does: split at the largest unit, read both halves."""
    for unit in ("亿", "万", "仟", "佰", "拾"):
        high, found, low = words.rpartition(unit) if unit == "亿" else words.partition(unit)
        if found:
            return read_number(high) * UNITS[unit] + read_number(low)
    digits = words.strip("零")
    assert len(digits) <= 1
    return VALUES[digits] if digits else 0


def read_capital(text: str) -> int:
    """An independent reader of 大写 amounts, in fen; it knows nothing of how they are written."""
    assert text.startswith("人民币")
    match = re.fullmatch(r"(负?)(?:(.+)元)?零?(?:(.)角)?零?(?:(.)分|整)", text.removeprefix("人民币"))
    assert match, text
    minus, yuan, jiao, cent = match.groups()
    amount = read_number(yuan or "") * 100 + VALUES[jiao or "零"] * 10 + VALUES[cent or "零"]
    return -amount if minus else amount


TABLE = [
    ("0", "零元整"),
    ("0.01", "壹分"),
    ("0.03", "叁分"),
    ("0.05", "伍分"),
    ("0.50", "伍角整"),
    ("0.55", "伍角伍分"),
    ("1.00", "壹元整"),
    ("10.00", "壹拾元整"),
    ("15.00", "壹拾伍元整"),
    ("10.05", "壹拾元零伍分"),
    ("10.50", "壹拾元零伍角整"),
    ("107.00", "壹佰零柒元整"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("1010.05", "壹仟零壹拾元零伍分"),
    ("1409.50", "壹仟肆佰零玖元伍角整"),
    ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
    ("3914.50", "叁仟玖佰壹拾肆元伍角整"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("100000", "壹拾万元整"),
    ("107000.53", "壹拾万柒仟元零伍角叁分"),
    ("1000100", "壹佰万零壹佰元整"),
    ("10000000.10", "壹仟万元零壹角整"),
    ("100000001.00", "壹亿零壹元整"),
    ("100010000", "壹亿零壹万元整"),
    ("100001000", "壹亿零壹仟元整"),
    ("1000000000000", "壹万亿元整"),
    ("1000100000000", "壹万零壹亿元整"),
    ("1000000000001", "壹万亿零壹元整"),
    ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]


@pytest.mark.parametrize(("figures", "words"), TABLE)
def test_the_cases_of_article_52(figures, words):
    assert capital(parse_fen(figures)) == f"人民币{words}"


@pytest.mark.parametrize(("figures", "words"), TABLE)
def test_the_reader_these_tests_trust_reads_the_table_too(figures, words):
    assert read_capital(f"人民币{words}") == parse_fen(figures)


def test_below_zero_the_word_stands_after_the_currency():
    assert capital(-391450) == "人民币负叁仟玖佰壹拾肆元伍角整"


def test_a_red_print_chooses_its_own_mark():
    assert capital(-500, negative="") == "人民币伍元整"
    assert capital(-500, negative="（红字）") == "人民币（红字）伍元整"


@given(fen())
def test_words_say_the_figure(amount):
    assert read_capital(capital(amount)) == amount


@given(fen())
def test_zeros_are_read_once_and_only_whole_jiao_end_in_zheng(amount):
    words = capital(amount)
    assert "零零" not in words
    assert not re.search("零[拾佰仟万亿角分]", words)
    assert words.endswith("分" if amount % 10 else "整")


def test_every_amount_of_a_small_till():
    assert all(read_capital(capital(amount)) == amount for amount in range(-120_00, 120_00))


def test_the_largest_amount_can_be_said():
    assert read_capital(capital(-LARGEST_FEN)) == -LARGEST_FEN


@pytest.mark.parametrize(
    ("quanta", "decimals", "words"),
    [
        (3834, 2, "叁拾捌点叁肆份"),
        (4000, 2, "肆拾份"),
        (850, 2, "捌点伍份"),
        (5, 2, "零点零伍份"),
        (0, 2, "零份"),
        (12, 0, "壹拾贰份"),
        (1_000_003, 3, "壹仟点零零叁份"),
    ],
)
def test_a_quantity_of_shares_in_words(quanta: int, decimals: int, words: str):
    assert capital_shares(quanta, decimals) == words
