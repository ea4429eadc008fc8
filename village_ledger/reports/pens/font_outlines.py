"""Outlines out of the machine's font files: TrueType, CFF and variable fonts read the same way.

Every outline becomes a Type 2 charstring at 1000 units per em. Quadratic curves turn into cubic ones exactly;
hints are left behind, paper does not need them.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

EM = 1000
_BROKEN = (OSError, ValueError, KeyError, struct.error, AssertionError)


class Glyph(NamedTuple):
    """Advance in 1/1000 em and the outline as a Type 2 charstring."""

    width: int
    outline: bytes


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font on this machine: the file, the family wanted of a collection, the weight wanted of a variable font."""

    path: Path
    family: str = ""
    weight: int = 400


class FontUnreadable(Exception):
    """The file is not a font, or damaged; another one is tried."""


class FontReader:
    """An opened font file; raises FontUnreadable when it is none."""

    def __init__(self, font: FontFile) -> None:
        from fontTools.ttLib import TTFont, TTLibError  # pyright: ignore[reportMissingTypeStubs]  fontTools ships none

        self._file: IO[bytes] | None = None
        try:
            number = _number_in_collection(font)
            self._file = font.path.open("rb")
            opened: Any = TTFont(self._file, fontNumber=number, lazy=True)
            location = {"wght": font.weight} if "fvar" in opened else None
            self._glyphs: Any = opened.getGlyphSet(location=location)
            self._names: dict[int, str] = opened.getBestCmap() or {}
            self._scale = EM / opened["head"].unitsPerEm
        except (*_BROKEN, TTLibError) as problem:
            self.close()
            raise FontUnreadable(str(font.path)) from problem

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def __contains__(self, char: str) -> bool:
        return ord(char) in self._names

    def glyph(self, char: str) -> Glyph | None:
        """The character's glyph, None when the font has none; raises FontUnreadable for a damaged outline."""
        name = self._names.get(ord(char))
        if name is None:
            return None
        from fontTools.pens.t2CharStringPen import T2CharStringPen  # pyright: ignore[reportMissingTypeStubs]  fontTools ships none
        from fontTools.pens.transformPen import TransformPen  # pyright: ignore[reportMissingTypeStubs]  fontTools ships none

        try:
            width = round(self._glyphs[name].width * self._scale)
            pen: Any = T2CharStringPen(width, self._glyphs)
            scaled: Any = (
                pen if self._scale == 1 else TransformPen(pen, (self._scale, 0, 0, self._scale, 0, 0))
            )
            self._glyphs[name].draw(scaled)
            outline: Any = pen.getCharString()
            outline.compile()
        except _BROKEN as problem:
            raise FontUnreadable(f"U+{ord(char):04X}") from problem
        return Glyph(width, bytes(outline.bytecode))


def _number_in_collection(font: FontFile) -> int:
    """Which font of a collection is the family wanted; without it the first Simplified Chinese one, else the first."""
    with font.path.open("rb") as file:
        head = file.read(12)
    if head[:4] != b"ttcf":
        return 0
    from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs]  fontTools ships none

    (count,) = struct.unpack(">I", head[8:12])
    chinese = 0
    for number in range(count):
        with TTFont(font.path, fontNumber=number, lazy=True) as member:
            table: Any = member["name"]
            name = str(table.getBestFamilyName())
        if name == font.family:
            return number
        if not chinese and "Mono" not in name and name.endswith((" SC", " CN", " GB")):
            chinese = number
    return chinese
