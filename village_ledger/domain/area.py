"""Area of land: whole parts, 300 to the square metre, in which both 亩 to four decimals and ㎡ to two are exact.

    1 亩 = 2000/3 ㎡ = 200,000 parts      0.0001 亩 = 20 parts      0.01 ㎡ = 3 parts

    parse_mu, parse_sqm   what somebody typed, read without rounding
    read_area             one of the two, or both where they agree
    mu_text, sqm_text     for people and files, half up

An area typed in 亩 so keeps its 亩: parts of a parcel split in 亩 come to its area exactly, which hundredths of a square metre
would not (1/3 亩 more or less).
"""

from __future__ import annotations

import re
from decimal import Decimal

from village_ledger.domain.errors import AmountError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import quoted

SQM = 300
"""Parts of one square metre."""
MU = 200_000
"""Parts of one 亩."""
LARGEST = 1_000_000 * MU
"""A million 亩: more is a slip of the hand."""
_MU_PLACES, _SQM_PLACES = 4, 2
_FIGURE = re.compile(r"(?:(\d+)|([1-9]\d{0,2}(?:,\d{3})+))(?:\.(\d*))?", re.ASCII)
_LONGEST = 30


def parse_mu(text: str) -> int:
    """Read 亩 of at most four decimals; raises AmountError for what is no area, nothing or less than nothing."""
    return int(_decimal(text, "亩", _MU_PLACES) * MU)


def parse_sqm(text: str) -> int:
    """Read square metres of at most two decimals; raises AmountError likewise."""
    return int(_decimal(text, "平方米", _SQM_PLACES) * SQM)


def read_area(mu: str, sqm: str) -> int:
    """An area given in 亩, in ㎡, or in both; both must be one area rounded each in its way, and the finer one is kept.

    亩 are taken as rounded to 0.01 at most: nobody writes 10 亩 beside 6,800 ㎡ and means one piece of land.
    Raises AmountError when neither is given, one cannot be read, or they disagree.
    """
    mu, sqm = mu.strip(), sqm.strip()
    if not mu and not sqm:
        raise AmountError("没有写面积", "请写多少亩，或多少平方米。")
    if not (mu and sqm):
        return parse_mu(mu) if mu else parse_sqm(sqm)
    by_mu, by_sqm = parse_mu(mu), parse_sqm(sqm)
    step_mu, step_sqm = min(_last_digit(mu, MU), MU // 100), _last_digit(sqm, SQM)
    if 2 * abs(by_mu - by_sqm) > max(step_mu, step_sqm):
        raise AmountError(
            f"{mu} 亩和 {sqm} 平方米不是同一个面积，{mu} 亩是 {sqm_text(by_mu)} 平方米",
            "请核对；只知道一个就只写一个。",
        )
    return by_sqm if step_sqm <= step_mu else by_mu


def mu_text(area: int) -> str:
    """亩 with two decimals, half up; with three or four where the area is exactly that."""
    places = next((n for n in (2, 3, 4) if area % (MU // 10**n) == 0), 2)
    return _half_up(area, MU, places)


def sqm_text(area: int) -> str:
    """Square metres with two decimals, half up."""
    return _half_up(area, SQM, 2)


def fine_sqm_text(area: int) -> str:
    """Square metres with four decimals, for what would else be shown as nothing."""
    return _half_up(area, SQM, 4)


def words(area: int) -> str:
    """An area as people say it: ``3.25 亩``."""
    return f"{mu_text(area)} 亩"


def _decimal(text: str, unit: str, places: int) -> Decimal:
    tidy = half_width(text).strip()
    write_so = f"请写成 12.5 的样子，{unit}最多 {places} 位小数。"
    negative = tidy.startswith("-")
    match = _FIGURE.fullmatch(tidy.removeprefix("-").strip()) if len(tidy) <= _LONGEST else None
    if match is None:
        raise AmountError(f"面积“{quoted(text)}”看不懂", write_so)
    plain, grouped, decimals = match.groups()
    decimals = (decimals or "").rstrip("0")
    value = Decimal(f"{plain or grouped.replace(',', '')}.{decimals or '0'}")
    if negative or not value:
        raise AmountError(f"面积“{quoted(text)}”不大于零", "面积要大于零。")
    if len(decimals) > places:
        raise AmountError(f"面积“{quoted(text)}”的小数超过 {places} 位", write_so)
    if value * (MU if unit == "亩" else SQM) > LARGEST:
        raise AmountError(f"面积“{quoted(text)}”{unit}太大，超过一百万亩", "请核对是亩还是平方米。")
    return value


def _last_digit(text: str, whole: int) -> int:
    """Parts of one in the last digit typed."""
    return whole // 10 ** len(half_width(text).partition(".")[2])


def _half_up(area: int, whole: int, places: int) -> str:
    scale = 10**places
    sign, size = ("-", -area) if area < 0 else ("", area)
    value = (2 * size * scale + whole) // (2 * whole)
    return f"{sign}{value // scale}.{value % scale:0{places}d}"
