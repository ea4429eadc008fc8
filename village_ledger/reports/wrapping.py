"""Breaking Chinese text into lines.

Anywhere between characters, but not inside figures and words, and never so that a closing mark begins a line
or an opening one ends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PIECES = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:%/_+-]*|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：？！）》】〕」』”’％…·,.;:?!)%")
_NOT_LAST = frozenset("（《【〔「『“‘¥￥(")
_MOST_MOVED = 4
"""A run of marks longer than this is broken where the line is full."""


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than ``width``; a single word wider than that is broken like characters."""
    if measure(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text, width, measure):
        size = measure(piece)
        if line and used + size > width and not _hangs(piece, used + size, width):
            kept, moved = _break(line, piece)
            lines.append(kept.rstrip())
            line, used = moved, measure(moved)
        line += piece
        used += size
    return [*lines, line] if line else lines


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        pieces.extend([piece] if len(piece) == 1 or measure(piece) <= width else piece)
    return pieces


def _hangs(piece: str, used: float, width: float) -> bool:
    """A closing mark may stand a little beyond the edge, inside the cell's padding."""
    return piece in _NOT_FIRST and used <= width * 1.02


def _break(line: str, following: str) -> tuple[str, str]:
    """Where the full line ends: what would stand badly goes down with what follows."""
    cut, first = len(line), following[0]
    while cut > 1 and (first in _NOT_FIRST or line[cut - 1] in _NOT_LAST):
        cut -= 1
        first = line[cut]
    if cut <= 1 or len(line) - cut > _MOST_MOVED:
        return line, ""
    return line[:cut], line[cut:]
