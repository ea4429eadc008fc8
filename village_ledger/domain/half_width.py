"""Full-width letters, digits and signs, as a Chinese input method types them, folded to ASCII."""

from __future__ import annotations

_FIRST, _LAST, _OFFSET = 0xFF01, 0xFF5E, 0xFEE0
_TABLE: dict[int, int | str] = {
    **{code: code - _OFFSET for code in range(_FIRST, _LAST + 1)},
    0x3000: " ",
    0x00A0: " ",
    0xFFE5: "\u00a5",
    0x2212: "-",
}
"""Beside the ASCII block: ideographic and no-break blank, full-width yuan sign, mathematical minus."""


def half_width(text: str) -> str:
    """The text with full-width forms replaced one for one, so that positions stay true.

    Deliberately not NFKC, which would also turn a circled or superscript digit into a plain one.
    """
    return text if text.isascii() else text.translate(_TABLE)
