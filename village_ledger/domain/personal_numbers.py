"""Numbers of people inside sentences (身份证号、银行账号、电话): found however they are grouped, and cut for the public.

A public sheet shows none of them (domain/masking, level L2); amounts, dates and numbers of papers stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum


class NumberKind(Enum):
    """What a run of digits is taken for."""

    IDENTITY = "身份证号"
    BANK = "银行账号"
    PHONE = "电话号码"


CUT = "（号码略）"
"""Stands where a number stood."""
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－—–　", "0123456789XX--- ")
_RUN = re.compile(r"(?<![\d.,，])\d(?:[ \-·]{0,2}\d){9,}(?:[ \-]?[Xx](?![A-Za-z]))?")
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_IDENTITY = re.compile(rf"\d{{6}}(?:18|19|20)\d{{2}}{_MONTH}{_DAY}\d{{3}}[\dXx]|\d{{8}}{_MONTH}{_DAY}\d{{3}}")
_MOBILE = re.compile(r"1[3-9]\d{9}|861[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}|[48]00\d{7}")
_DATES = re.compile(rf"(?:(?:19|20)\d\d-?{_MONTH}-?{_DAY}[ \-]*){{1,2}}")
_OF_A_PAPER = re.compile(r"(?:发票|票据|收据|支票|合同|文件|统一社会信用代码|编号|单号|批次)[^\d]{0,6}$")
_AN_AMOUNT = re.compile(r"\.\d|\s*(?:元|万|亿|斤|亩)")
_LEAST_BANK = 15


def kinds_in(text: str) -> tuple[NumberKind, ...]:
    """What personal numbers a text carries, each as often as it stands there."""
    return tuple(kind for _, _, kind in _found(text))


def without_numbers(text: str) -> str:
    """The text with every personal number cut out."""
    shown, at = "", 0
    for start, end, _ in _found(text):
        shown += text[at:start] + CUT
        at = end
    return shown + text[at:] if at else text


def _found(text: str) -> Iterator[tuple[int, int, NumberKind]]:
    plain = text.translate(_WIDE)  # one character for one: places stay
    for run in _RUN.finditer(plain):
        kind = _kind(run.group(), plain[: run.start()], plain[run.end() :])
        if kind is not None:
            yield run.start(), run.end(), kind


def _kind(run: str, before: str, after: str) -> NumberKind | None:
    digits = re.sub(r"[ \-·]", "", run)
    if _IDENTITY.fullmatch(digits):
        return NumberKind.IDENTITY
    if _AN_AMOUNT.match(after) or _DATES.fullmatch(run) or _OF_A_PAPER.search(before):
        return None
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return NumberKind.PHONE
    return NumberKind.BANK if len(digits) >= _LEAST_BANK else None
