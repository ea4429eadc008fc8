"""A QR code (GB/T 18284) of a short text, as rows of dark and light."""

from __future__ import annotations

Matrix = list[list[bool]]
"""Rows of modules, True for dark; the quiet zone around them is the page's."""


def qr_code(text: str) -> Matrix:
    """The code of a text at level M, read after a fold or a stain on one module in seven."""
    import segno

    made = segno.make_qr(text, error="m", mode="byte", encoding="utf-8", boost_error=False)
    return [[bool(module) for module in row] for row in made.matrix]
