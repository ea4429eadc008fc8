"""Which line most likely makes a voucher not balance: the bookkeeper's three old tests.

Twice an amount: it stands on the wrong side. The amount itself: it is there twice, or its partner is missing.
Divisible by nine: two neighbouring digits were exchanged, or a nought too many or too few was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

_NINE: Final = 9
_TEN: Final = 10


class Slip(Enum):
    """What kind of slip of the hand it looks like."""

    WRONG_SIDE = "wrong side"
    DOUBLED = "doubled"
    SWAPPED = "swapped digits"
    SHIFTED = "a nought too many or too few"
    NINE = "divisible by nine"


@dataclass(frozen=True, slots=True)
class LikelyLine:
    """A suspicion: the line (counted from 0, −1 when none stands out) and the amount it should be, fen."""

    slip: Slip
    line: int
    amount: int = 0
    """What the line would have to say; 0 where the slip is not about digits."""


def likely_line(amounts: Sequence[tuple[int, int]]) -> LikelyLine | None:
    """The most likely culprit among (debit, credit) pairs in fen, None when balanced or nothing fits.

    Later lines are suspected first: the slip is mostly in what was typed last.
    """
    difference = sum(debit - credit for debit, credit in amounts)
    if difference == 0:
        return None
    signed = [debit - credit for debit, credit in amounts]
    newest_first = range(len(signed) - 1, -1, -1)
    for line in newest_first:
        if signed[line] * 2 == difference:
            return LikelyLine(Slip.WRONG_SIDE, line)
    for line in newest_first:
        if signed[line] == difference and len([amount for amount in signed if amount]) > 1:
            return LikelyLine(Slip.DOUBLED, line)
    return None if difference % _NINE else _slip_of_digits(signed, difference)


def _slip_of_digits(signed: Sequence[int], difference: int) -> LikelyLine:
    """The line whose digits explain a difference divisible by nine."""
    newest_first = range(len(signed) - 1, -1, -1)
    for line in newest_first:
        typed = abs(signed[line])
        wanted = abs(signed[line] - difference) if signed[line] else 0
        if typed and wanted in _exchanges(typed):
            return LikelyLine(Slip.SWAPPED, line, wanted)
    for line in newest_first:
        typed = signed[line]
        wanted = typed - difference
        if typed and wanted and (typed == wanted * _TEN or wanted == typed * _TEN):
            return LikelyLine(Slip.SHIFTED, line, abs(wanted))
    return LikelyLine(Slip.NINE, -1)


def _exchanges(amount: int) -> set[int]:
    """Every amount of as many digits that differs from this one by two neighbouring ones exchanged."""
    digits = list(str(amount))
    found: set[int] = set()
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            swapped = digits.copy()
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
            if swapped[0] != "0":
                found.add(int("".join(swapped)))
    return found
