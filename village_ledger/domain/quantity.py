"""Quantities (数量) of lines on accounts kept by quantity: whole thousandths, and the unit price that follows from them.

    parse_quantity    12.5 斤 as 12500
    format_quantity   12,500.000 for people, plain_quantity 12500.000 for files
    amount_for        quantity × price, half up to the fen
    price_of          amount ÷ quantity in 1/10000 yuan, for showing only: a price is never kept

The sign of a quantity is that of its amount; the side says whether it came in (借) or went out (贷).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from village_ledger.domain.errors import AmountError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import quoted, within_limit

LARGEST = 999_999_999_999
"""A thousand million less one thousandth: more is a slip of the hand, and the paper columns hold no more."""
UNIT_LIMIT = 8
_FIGURE = re.compile(r"(-?)(?:(\d+)|([1-9]\d{0,2}(?:,\d{3})+))?(?:\.(\d*))?", re.ASCII)
_LONGEST = 30
_PRICE_PLACES = 4
_PRICE_SCALE = 10**_PRICE_PLACES
_WRITE_SO = "请写成 12.5 或 12.500 的样子，最多三位小数。"


def parse_quantity(text: str) -> int:
    """Read a quantity of at most three decimals as thousandths; raises AmountError."""
    return int(_decimal(text, "数量", 3, _WRITE_SO) * 1000)


def parse_price(text: str) -> Decimal:
    """Read a unit price in yuan, at most four decimals and not below zero; raises AmountError."""
    price = _decimal(text, "单价", _PRICE_PLACES, "请写成 3.2 或 3.2050 的样子，最多四位小数。")
    if price < 0:
        raise AmountError(f"单价“{quoted(text)}”小于零", "退货、冲红请把数量和金额写成负数，单价照旧。")
    return price


def _decimal(text: str, what: str, places: int, write_so: str) -> Decimal:
    tidy = half_width(text).strip()
    match = _FIGURE.fullmatch(tidy) if len(tidy) <= _LONGEST else None
    if match is None or not any(match.groups()[1:]):
        raise AmountError(f"{what}“{quoted(text)}”看不懂", write_so)
    sign, plain, grouped, decimals = match.groups()
    decimals = (decimals or "").rstrip("0")
    if len(decimals) > places:
        raise AmountError(f"{what}“{quoted(text)}”的小数超过 {places} 位", write_so)
    value = Decimal(f"{sign}{plain or (grouped or '0').replace(',', '')}.{decimals or '0'}")
    if abs(value) * 1000 > LARGEST:
        raise AmountError(f"{what}“{quoted(text)}”太大", "请核对；也可以换一个大些的计量单位。")
    return value


def plain_quantity(thousandths: int) -> str:
    """For files and drafts: ``12.500``."""
    whole, rest = divmod(abs(thousandths), 1000)
    return f"{'-' if thousandths < 0 else ''}{whole}.{rest:03d}"


def format_quantity(thousandths: int) -> str:
    """For people: ``1,012.500``."""
    whole, rest = divmod(abs(thousandths), 1000)
    return f"{'-' if thousandths < 0 else ''}{whole:,}.{rest:03d}"


def amount_for(quantity: int, price: Decimal) -> int:
    """Fen of so many thousandths at a price in yuan, half up (away from zero); raises AmountError beyond 13 digits."""
    fen = Decimal(quantity) * price / 10
    return within_limit(int(fen.quantize(Decimal(1), ROUND_HALF_UP)), f"{plain_quantity(quantity)}×{price}")


def price_of(amount: int, quantity: int) -> int | None:
    """Unit price in 1/10000 yuan, half up; None where there is no quantity to divide by."""
    if not quantity:
        return None
    # fen / 100 yuan over thousandths / 1000, in 1/10000 yuan
    exact = Decimal(amount) * 10 * _PRICE_SCALE / Decimal(quantity)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def plain_price(price: int) -> str:
    """A price for files: two decimals, three or four only where they say something."""
    whole, rest = divmod(abs(price), _PRICE_SCALE)
    decimals = f"{rest:0{_PRICE_PLACES}d}"
    while len(decimals) > 2 and decimals.endswith("0"):
        decimals = decimals[:-1]
    return f"{'-' if price < 0 else ''}{whole}.{decimals}"


def format_price(price: int) -> str:
    """A price for people: ``1,203.25``."""
    sign, plain = ("-", plain_price(-price)) if price < 0 else ("", plain_price(price))
    whole, _, decimals = plain.partition(".")
    return f"{sign}{int(whole):,}.{decimals}"


def words(quantity: int, unit: str, amount: int) -> str:
    """What a printed voucher says of a line: ``12.500 斤 × 3.20``."""
    price = price_of(amount, quantity)
    return f"{format_quantity(quantity)} {unit} × {format_price(price or 0)}"
