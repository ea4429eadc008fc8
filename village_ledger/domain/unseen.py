"""Signs nobody can see: two names must not differ by them, and on a terminal or in a line of text they do things.

A full-width blank, a sign of a private area and one younger than this program are none: they stand in names and remarks.
"""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, marks of no width or of direction, halves of a pair, line ends."""


def unseen_in(text: str) -> str:
    """The first sign of a text that cannot be seen, empty for a line that can be read as it stands."""
    if text.isprintable():
        return ""
    return next((sign for sign in text if unicodedata.category(sign) in _UNSEEN), "")


def shown(text: str) -> str:
    """The text with a box for every sign that cannot be seen: what a file from outside says, on a terminal."""
    return "".join("□" if unseen_in(sign) else sign for sign in text) if unseen_in(text) else text
