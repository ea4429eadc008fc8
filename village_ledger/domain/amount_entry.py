"""What a person types into an amount cell: a figure, ``1.2万``, or a small sum such as ``12*3+5``.

    sum     = ["-"|"+"] product {("+"|"-") product}
    product = factor {("*"|"/") factor}          the factors after the first may carry a sign
    factor  = "(" sum ")" | figure
    figure  = digits with an optional point, or pieces with falling units: 1.2万  3千5百  12元5角

Full-width digits and signs, ×, ÷ and 。 as the point are what an input method leaves behind and count
as their plain forms. Arithmetic is exact; see ``evaluate_entry`` for when the result is rounded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from village_ledger.domain.errors import AmountError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import Fen, quoted, within_limit

LONGEST_ENTRY: Final = 100
"""Characters; bounds the depth of parentheses and the size of every figure."""

_FIGURE = r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
_UNIT = r"(?:[十百千]?万?亿|[十百千]?万|[十百千])元?|元|角|分"
_TOKEN = re.compile(rf" *(?:\u00a5?(?P<figure>{_FIGURE})(?P<unit>{_UNIT})?|(?P<sign>[-+*/()]))", re.ASCII)
_MARKS = str.maketrans(
    {"\u00d7": "*", "\u00f7": "/", "\u3002": ".", "\uff61": ".", "\u2013": "-", "\u2014": "-"}
)
_WORTH: Final = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
    "元": 1,
    "角": Fraction(1, 10),
    "分": Fraction(1, 100),
}
_SEE = "请写成 1234.50、1.2万 或 12*3+5 的样子。"


@dataclass(frozen=True, slots=True)
class _Token:
    """A sign, or a figure with what one of its unit is worth in yuan (None: no unit typed)."""

    text: str
    sign: str = ""
    figure: Fraction = Fraction(0)
    worth: Fraction | None = None


def evaluate_entry(text: str) -> Fen:
    """Work out what was typed, in fen.

    Where something was multiplied or divided, the result alone is rounded half up to the fen (away from
    zero below it), as a price times a quantity is; mere figures and their sums must be whole fen.
    Raises AmountError naming what was not understood, for division by zero and beyond 13 digits of yuan.
    """
    if len(text) > LONGEST_ENTRY:
        raise AmountError(f"输入的算式超过了 {LONGEST_ENTRY} 个字", "请分几步算，或写短一些。")
    tokens = _tokens(half_width(text).translate(_MARKS).strip(), text)
    reader = _Reader(tokens, text)
    fen = reader.whole() * 100
    if fen.denominator != 1 and not any(token.sign in {"*", "/"} for token in tokens):
        raise AmountError(f"金额“{quoted(text)}”的小数超过两位，账只记到分", "请改成两位小数。")
    rounded = math.floor(abs(fen) + Fraction(1, 2))
    return within_limit(-rounded if fen < 0 else rounded, text)


def _tokens(tidy: str, typed: str) -> list[_Token]:
    """Cut the entry into figures and signs; raises AmountError at the first thing that is neither."""
    if not tidy:
        raise AmountError("金额是空的", "请填上金额。")
    tokens: list[_Token] = []
    place = 0
    while place < len(tidy):
        match = _TOKEN.match(tidy, place)
        if match is None:
            raise _not_understood(typed, tidy[place:].lstrip())
        place = match.end()
        sign, figure, unit = match["sign"], match["figure"], match["unit"]
        if sign:
            tokens.append(_Token(sign, sign=sign))
        else:
            worth = _worth(unit) if unit else None
            tokens.append(_Token(match[0].strip(), figure=_exact(figure), worth=worth))
    return tokens


def _exact(figure: str) -> Fraction:
    whole, _, places = figure.replace(",", "").partition(".")
    return Fraction(int(whole + places or "0"), 10 ** len(places))


def _worth(unit: str) -> Fraction:
    """Yuan in one unit: 百万 is a hundred times ten thousand."""
    return math.prod((Fraction(_WORTH[char]) for char in unit), start=Fraction(1))


def _not_understood(typed: str, rest: str) -> AmountError:
    return AmountError(f"看不懂“{quoted(typed)}”里的“{quoted(rest)}”", _SEE)


class _Reader:
    """Recursive descent over the tokens of one entry; values are yuan."""

    def __init__(self, tokens: list[_Token], typed: str) -> None:
        self._tokens = tokens
        self._typed = typed
        self._place = 0

    def whole(self) -> Fraction:
        """The value of the entry, all of it read."""
        value = self._sum()
        if self._place < len(self._tokens):
            raise _not_understood(self._typed, self._tokens[self._place].text)
        return value

    def _take(self, signs: str) -> str:
        """The next sign if it is one of these, else nothing."""
        if self._place < len(self._tokens) and self._tokens[self._place].sign in tuple(signs):
            self._place += 1
            return self._tokens[self._place - 1].sign
        return ""

    def _sum(self) -> Fraction:
        value = self._signed(self._product)
        while sign := self._take("+-"):
            step = self._product()
            value = value + step if sign == "+" else value - step
        return value

    def _product(self) -> Fraction:
        value = self._factor()
        while sign := self._take("*/"):
            factor = self._signed(self._factor)
            if sign == "*":
                value *= factor
            elif factor:
                value /= factor
            else:
                raise AmountError(f"“{quoted(self._typed)}”里除数是零，没有结果", "请核对算式。")
        return value

    def _signed(self, read: Callable[[], Fraction]) -> Fraction:
        return -read() if self._take("+-") == "-" else read()

    def _factor(self) -> Fraction:
        if self._take("("):
            value = self._sum()
            if not self._take(")"):
                raise AmountError(f"“{quoted(self._typed)}”里少了右括号", "请补上括号。")
            return value
        if self._place >= len(self._tokens):
            raise AmountError(f"“{quoted(self._typed)}”没有写完", _SEE)
        token = self._tokens[self._place]
        if token.sign:
            raise _not_understood(self._typed, token.text)
        self._place += 1
        return self._figure(token)

    def _figure(self, token: _Token) -> Fraction:
        """A figure and the pieces that belong to it: 3千5百 falls from unit to unit."""
        if token.worth is None:
            return token.figure
        value = token.figure * token.worth
        above = token.worth
        while self._place < len(self._tokens):
            piece = self._tokens[self._place]
            if piece.worth is None or piece.worth >= above:
                break
            value += piece.figure * piece.worth
            above = piece.worth
            self._place += 1
        return value
