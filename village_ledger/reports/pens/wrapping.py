"""Breaking Chinese text into lines.

Anywhere between characters, but not inside figures and words, and never so that a closing mark begins a line
or an opening one ends it. A blank late in the line is preferred.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Width = Callable[[str], float]

_PIECES = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:%/_+-]*|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：？！）》】〕」』”’％…·,.;:?!)%")
_NOT_LAST = frozenset("（《【〔「『“‘¥￥(×")
_MOST_MOVED = 4
"""A run of marks longer than this is broken where the line is full."""
_HANGING = 1.02
"""A closing mark may stand this little beyond the edge, inside the cell's padding."""


def wrap(text: str, width: float, measure: Width) -> list[str]:
    """Lines no wider than ``width``; a single word wider than that is broken like characters."""
    if measure(text) <= width:
        return [text]
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for piece in _pieces(text, width, measure):
        size = measure(piece)
        if line and used + size > (width * _HANGING if piece in _NOT_FIRST else width):
            cut = _cut(line, piece)
            lines.append("".join(line[:cut]).rstrip())
            line = line[cut:]
            used = sum(map(measure, line))
        line.append(piece)
        used += size
    return [*lines, "".join(line)]


def _pieces(text: str, width: float, measure: Width) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        pieces.extend([piece] if len(piece) == 1 or measure(piece) <= width else piece)
    return pieces


def _cut(line: list[str], following: str) -> int:
    """How many pieces stay on a full line; what would stand badly goes down with what follows."""
    blank = next((i for i in range(len(line) - 1, len(line) // 2, -1) if line[i] == " "), 0)
    if blank:
        return blank + 1
    cut, first = len(line), following
    while cut > 1 and (first in _NOT_FIRST or line[cut - 1] in _NOT_LAST):
        cut -= 1
        first = line[cut]
    return len(line) if cut <= 1 or len(line) - cut > _MOST_MOVED else cut
