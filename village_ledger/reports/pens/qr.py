"""A QR code (GB/T 18284) of a short text, as rows of dark and light."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.pens.ink import Ink

Matrix = list[list[bool]]
"""Rows of modules, True for dark; the quiet zone around them is the page's."""


def qr_code(text: str) -> Matrix:
    """The code of a text at level M, read after a fold or a stain on one module in seven."""
    import segno

    made = segno.make_qr(text, error="m", mode="byte", encoding="utf-8", boost_error=False)
    return [[bool(module) for module in row] for row in made.matrix]


class Square:
    """A code made once and drawn on many pages."""

    def __init__(self, text: str) -> None:
        self._matrix = qr_code(text)

    def draw(self, ink: Ink, x: float, y: float, side: float) -> None:
        """The square on paper, dark neighbours in a row filled together."""
        unit = side / len(self._matrix)
        for row, modules in enumerate(self._matrix):
            start = None
            for column, dark in enumerate([*modules, False]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    ink.fill(x + start * unit, y + row * unit, (column - start) * unit, unit * 1.02, "0 0 0")
                    start = None


def draw_qr(ink: Ink, text: str, x: float, y: float, side: float) -> None:
    """The square of a text drawn once."""
    Square(text).draw(ink, x, y, side)


def sheet_words(title: str, code: str) -> str:
    """What the square on a posted sheet says to a telephone."""
    return f"{title} 校验码 {code}"
