"""The amount grid of Chinese vouchers: eleven boxes from 亿 to 分, digits filled in from the right."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, MM, RED, RULE, WHITE, Ink, Style, middle

PLACES = "亿千百十万千百十元角分"
LARGEST_IN_GRID = 99_999_999_999
"""Fen; above 999,999,999.99 yuan plain figures are written across the boxes."""
_HEAVY_BEFORE = (3, 6)
"""After the millions and after the thousands."""
_RED_BEFORE = 9
_DIGITS = Style(Face.SERIF, 12)
_LABELS = Style(Face.SERIF, 8)


def draw_grid(ink: Ink, x: float, y: float, width: float, height: float) -> None:
    """The vertical lines of one side; the line before 角 is red."""
    box = width / len(PLACES)
    for place in range(1, len(PLACES)):
        at = x + place * box
        if place == _RED_BEFORE:
            ink.line(at, y, at, y + height, RULE, RED)
        else:
            ink.line(at, y, at, y + height, RULE * 0.7 if place in _HEAVY_BEFORE else HAIR * 0.6)


def draw_places(ink: Ink, x: float, y: float, width: float, height: float) -> None:
    """The names of the places in the head."""
    box = width / len(PLACES)
    for place, name in enumerate(PLACES):
        ink.text_centre(x + (place + 0.5) * box, middle(y, height, _LABELS.size), name, _LABELS)


def grid_marks(fen: int, *, with_sign: bool = False) -> list[str] | None:
    """What stands in the eleven boxes; None when the amount does not fit and plain figures are written.

    A minus takes the box before the first digit; so does ¥ where ``with_sign`` asks for it and a box is free.
    """
    digits = f"{abs(fen):03d}"
    sign = "-" if fen < 0 else "¥" if with_sign else ""
    if len(digits) + (fen < 0) > len(PLACES):
        return None
    marks = [*sign, *digits][-len(PLACES) :] if len(digits) < len(PLACES) else list(digits)
    return [""] * (len(PLACES) - len(marks)) + marks


def draw_amount(
    ink: Ink, x: float, y: float, width: float, height: float, fen: int, *, with_sign: bool = False
) -> None:
    """An amount in its boxes, red and with its minus where negative; nothing for zero."""
    if not fen:
        return
    colour = RED if fen < 0 else BLACK
    marks = grid_marks(fen, with_sign=with_sign)
    if marks is None:
        style = Style(Face.SANS_BOLD if fen < 0 else Face.SANS, 11, colour)
        room = width - 2 * MM
        ink.fill(x + RULE, y + RULE, width - 2 * RULE, height - 2 * RULE, WHITE)
        ink.text_right(x + width - MM, middle(y, height, style.size), format_fen(fen), style, squeeze_to=room)
        return
    box = width / len(PLACES)
    style = Style(Face.SERIF_BOLD if fen < 0 else _DIGITS.face, _DIGITS.size, colour)
    for place, mark in enumerate(marks):
        if mark:
            ink.text_centre(x + (place + 0.5) * box, middle(y, height, style.size), mark, style)
