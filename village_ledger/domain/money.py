"""Money in whole fen: read without guessing, written one way.

    parse_fen       an amount in a file: strict, and quick for half a million of them
    fen_from_cell   the value of a spreadsheet cell
    format_fen      1,234.50 for people
    plain_fen       1234.50 for files

What a person types into an amount cell may be an expression; that is ``amount_entry``.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final, TypeAlias

from village_ledger.domain.errors import AmountError
from village_ledger.domain.half_width import half_width

Fen: TypeAlias = int
"""An amount in fen (分), 1/100 yuan."""

LARGEST_FEN: Final = 999_999_999_999_999
"""13 digits of yuan, the widest figure the paper columns hold; also the most a spreadsheet keeps exactly."""

_YUAN_DIGITS: Final = 13
_QUOTED_CHARS: Final = 30
_LONGEST_TEXT: Final = 60
"""No amount is longer; what is, need not be looked at closely."""
_NOISE_ULPS: Final = 64
_LEAST_NOISE: Final = 1e-8
_MOST_NOISE: Final = 5e-4
"""What adding up a column of binary floats may leave behind, in yuan: some last binary digits, always less
than a real third decimal."""

_FIGURE = re.compile(
    r"(-?) *\u00a5? *(-?) *(?:(\d+)|([1-9]\d{0,2}(?:,\d{3})+))?(?:\.(\d{0,2}))? *元?", re.ASCII
)
_EXPONENT = re.compile(r"[-+]?[\d.,]+[eE][-+]?\d+", re.ASCII)
_TOO_FINE = re.compile(r"-?\u00a5?-?[\d,]*\.\d{3,}元?", re.ASCII)
_COMMAS = re.compile(r"-?\u00a5?-?\d[\d,.]*,[\d,.]*元?", re.ASCII)

_WRITE_SO = "请写成 1234.50 或 1,234.50 的样子。"


def parse_fen(text: str) -> Fen:
    """Read an amount from a file, such as ``1234.5``, ``1,234.50`` or ``-¥1,234.50元``, full-width forms too.

    Raises AmountError for anything that could mean two figures: more than two decimals, commas out of
    place, exponents, words, nothing at all; and beyond 13 digits of yuan.
    """
    yuan, _, cents = text.partition(".")
    digits = yuan + cents
    if digits.isdigit() and digits.isascii() and len(yuan) <= _YUAN_DIGITS:
        places = len(cents)
        if places == 2:
            return int(digits)
        if places < 2:
            return int(digits) * (10 if places else 100)
    return _parse_with_marks(text)


def _parse_with_marks(text: str) -> Fen:
    """The slower way, for signs, commas, blanks, full-width forms, and for every refusal."""
    tidy = half_width(text).strip()
    match = _FIGURE.fullmatch(tidy) if len(tidy) <= _LONGEST_TEXT else None
    if match is None:
        raise _refusal(text, tidy)
    before, after, plain, grouped, cents = match.groups()
    yuan = plain or (grouped or "").replace(",", "")
    if not (yuan or cents) or (before and after):
        raise _refusal(text, tidy)
    fen = int(yuan or "0") * 100 + int((cents or "").ljust(2, "0"))
    return within_limit(-fen if before or after else fen, text)


def within_limit(fen: int, text: str) -> Fen:
    """The amount itself; raises AmountError when it has more than 13 digits of yuan."""
    if -LARGEST_FEN <= fen <= LARGEST_FEN:
        return fen
    raise AmountError(
        f"金额“{quoted(text)}”太大，超过了 13 位整数", f"最大只能记 {format_fen(LARGEST_FEN)} 元，请核对。"
    )


def quoted(text: str) -> str:
    """The text as a sentence can carry it: printable and not too long."""
    shown = "".join(char if char.isprintable() else "\u25a1" for char in text.strip())
    return shown if len(shown) <= _QUOTED_CHARS else shown[:_QUOTED_CHARS] + "…"


def _refusal(text: str, tidy: str) -> AmountError:
    """The sentence that says what is wrong with this amount."""
    if not tidy:
        return AmountError("金额是空的", "请填上金额。")
    shown = quoted(text)
    tidy = tidy[:_LONGEST_TEXT]
    if _EXPONENT.fullmatch(tidy):
        return AmountError(
            f"金额“{shown}”是科学记数法，看不出准确的数", "请在表格里把这一列设成两位小数的数值再存一次。"
        )
    if _COMMAS.fullmatch(tidy):
        return AmountError(f"金额“{shown}”里逗号的位置不对，看不准是多少", _WRITE_SO)
    if _TOO_FINE.fullmatch(tidy):
        return AmountError(f"金额“{shown}”的小数超过两位，账只记到分", "请改成两位小数。")
    return AmountError(f"“{shown}”不是看得懂的金额", _WRITE_SO)


def fen_from_cell(value: float | Decimal | str | None) -> Fen:
    """Read a spreadsheet cell: a number as the file holds it, or text as ``parse_fen`` reads it.

    A float counts as the decimal it is written as; what binary arithmetic left behind (0.1 + 0.2) is
    forgiven, a real third decimal is not. Raises AmountError.
    """
    if value is None:
        raise AmountError("金额是空的", "请填上金额。")
    if isinstance(value, str):
        return parse_fen(value)
    if isinstance(value, bool):
        raise AmountError("这一格是“是/否”，不是金额", _WRITE_SO)
    if isinstance(value, int):
        return within_limit(value * 100, str(value) if abs(value) < LARGEST_FEN else "…")
    text = repr(value) if isinstance(value, float) else str(value)
    whole, _, cents = text.partition(".")
    if len(cents) <= 2 and cents.isdigit() and whole.isdigit() and len(whole) <= _YUAN_DIGITS:
        return parse_fen(text)
    exact = Decimal(text)
    if not exact.is_finite():
        raise AmountError("这一格不是一个数", _WRITE_SO)
    if abs(exact) * 100 > LARGEST_FEN:
        within_limit(LARGEST_FEN + 1, text)
    fen = int((exact * 100).to_integral_value(ROUND_HALF_EVEN))
    if abs(exact - Decimal(fen) / 100) > (_noise(value) if isinstance(value, float) else 0):
        raise AmountError(f"金额“{quoted(text)}”的小数超过两位，账只记到分", "请改成两位小数。")
    return fen


def _noise(value: float) -> Decimal:
    """How far a computed cell may lie beside the fen, in yuan."""
    return Decimal(min(max(_LEAST_NOISE, _NOISE_ULPS * math.ulp(value)), _MOST_NOISE))


def format_fen(fen: Fen) -> str:
    """For people, such as ``1,234.50``; the minus stands before the figure."""
    if fen < 0:
        return "-" + format_fen(-fen)
    yuan, cents = divmod(fen, 100)
    return f"{yuan:,}.{cents:02d}"


def plain_fen(fen: Fen) -> str:
    """For files, such as ``1234.50``."""
    if fen < 0:
        return "-" + plain_fen(-fen)
    yuan, cents = divmod(fen, 100)
    return f"{yuan}.{cents:02d}"
