"""What the demonstration year's summaries say is what is booked, but for one error left to find."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.demo.village_files import DEMO, LEDGERS, vouchers

both = pytest.mark.parametrize("ledger", LEDGERS)


# What the text says and what is booked

FACTOR = r"[\d,.]+(?:%|[\u4e00-\u9fff]{1,4})?"
PRODUCT = re.compile(f"{FACTOR}(?:[×÷]{FACTOR})+")
ADDED = re.compile(r"青苗附着物([\d,.]+)元")
TAKEN_OFF = re.compile(r"[扣减]已付([\d,.]+)元")


def number(text: str) -> Decimal:
    """A figure with thousands commas; a percentage counts as its hundredth."""
    figure = Decimal(re.sub(r"[^\d.]", "", text))
    return figure / 100 if text.endswith("%") else figure


def said(summary: str) -> int | None:
    """Fen that the arithmetic in a summary comes to, or None where it does none in yuan."""
    products = [product for product in PRODUCT.findall(summary) if "元" in product or "%" in product]
    if not products:
        return None
    result = Decimal(0)
    for product in products:
        value = Decimal(1)
        for sign, factor in re.findall(f"([×÷]?)({FACTOR})", product):
            value = value / number(factor) if sign == "÷" else value * number(factor)
        result += value
    result += sum(number(figure) for figure in ADDED.findall(summary))
    result -= sum(number(figure) for figure in TAKEN_OFF.findall(summary))
    return int((result * 100).quantize(Decimal(1), ROUND_HALF_UP))


def test_the_reader_of_summaries_can_count():
    assert said("付运费（6车次×320元）") == 1920_00
    assert said("收承包款（12亩×1,500元÷2）") == 9000_00
    assert said("应付征地补偿（0.38亩×35,600元+青苗附着物2,130元）") == 15658_00
    assert said("验收交付使用（520米×3.5米）") is None


@both
def test_the_arithmetic_in_a_summary_comes_to_an_amount_of_its_voucher(ledger):
    counted = 0
    for voucher in vouchers(ledger):
        amounts = {abs(line.amount) for line in voucher.lines}
        amounts |= {sum(line.debit for line in voucher.lines)}
        for summary in {line.summary for line in voucher.lines}:
            result = said(summary)
            assert result is None or result in amounts, (voucher.name, summary)
            counted += result is not None
    assert counted > 50


# The one error


PUBLIC_GOOD = ("路灯", "村道", "堡坎", "饮水", "重阳", "医保", "公益林", "塌方", "水毁", "涵管")
OPERATION = ("果园", "柑橘", "春见", "蜜橘", "光伏", "旧村小", "仓房", "分拣", "采果", "果袋", "包装箱")


def misplaced(words: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """Expense lines that speak of one use and are booked to another."""
    return [
        f"{voucher.name} {line.account}"
        for voucher in vouchers("collective")
        for line in voucher.lines
        if line.account[:3] in {"511", "513", "514"}
        and any(word in line.summary for word in words)
        and line.account[:3] not in right
    ]


def test_exactly_one_expense_does_not_follow_its_use():
    assert misplaced(PUBLIC_GOOD, ("514",)) == ["2025-08/记-0006 51302"]
    assert misplaced(OPERATION, ("511",)) == []


def test_the_readme_tells_which_it_is():
    text = (DEMO / "README.md").read_text(encoding="utf-8")
    assert "2025年8月19日记-0006号" in text
    assert "2025-08/记-0006" in text
