"""One embedded font per face, put together from whichever machine fonts have the characters.

Text is written as two-byte glyph numbers given out in order of first use; the table back to Unicode keeps every
character searchable and copyable, those beyond the basic plane and even a missing one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from village_ledger.reports.pens.font_cache import GlyphStore
from village_ledger.reports.pens.font_outlines import Glyph
from village_ledger.reports.statements.cff import BOUNDING_BOX, cid_font

FIGURES = frozenset("0123456789,.-+")
_GETA = "〓"
_ALIKE = {
    "−": "–-",
    "–": "-",
    "—": "―─",
    "·": "・•",
    "×": "✕x",
    "▲": "△▴",
    "□": "▢◻",
    "＿": "_",
    "￥": "¥",
    "¥": "￥",
    "〔": "[",
    "〕": "]",
    "›": ">",
}
"""Signs of our own forms that some fonts lack, and what may be drawn in their place; copied text keeps the sign."""
_UNICODE_BLOCK = 100
"""Most entries one block of a ToUnicode table may have."""


def _bars() -> bytes:
    """Outline of 〓 for a machine whose fonts lack even that: two bars, 1000 wide."""

    def number(value: int) -> bytes:
        return b"\x1c" + value.to_bytes(2, "big", signed=True)

    def bar(x: int, y: int) -> bytes:
        move = number(x) + number(y) + b"\x15"
        return move + number(700) + number(220) + number(-700) + b"\x06"

    return number(1000) + bar(150, 480) + bar(0, -620) + b"\x0e"


_NOTDEF = b"\x1c\x03\xe8\x0e"
"""Nothing, 1000 wide."""


class _Codes(dict[str, str]):
    """Characters to their two-byte glyph numbers in hex, given out at first use."""

    def __init__(self, font: PdfFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> str:
        self[char] = code = f"{self._font.assign(char):04x}"
        return code


class _Widths(dict[str, int]):
    """Advances in 1/1000 em, looked up at first use."""

    def __init__(self, font: PdfFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> int:
        self[char] = width = self._font.glyph(char).width
        return width


class PdfFont:
    """A face as one document uses it."""

    def __init__(self, name: str, chain: Sequence[GlyphStore], *, tabular: bool, stroked: bool) -> None:
        self.name = name
        self.stroked = stroked
        self.missing: set[str] = set()
        self._chain = chain
        self._tabular = tabular
        self._chars: list[str] = []
        self._glyphs: dict[str, Glyph] = {}
        self._codes = _Codes(self)
        self._widths = _Widths(self)

    def encode(self, text: str) -> str:
        """The text as a PDF hex string without its brackets."""
        codes = self._codes
        return "".join([codes[char] for char in text])

    def width(self, text: str) -> int:
        """Advance of the text in 1/1000 of the size."""
        widths = self._widths
        return sum([widths[char] for char in text])

    def assign(self, char: str) -> int:
        """Number of a character's glyph in this document, a new one at first use."""
        self.glyph(char)
        self._chars.append(char)
        return len(self._chars)

    def glyph(self, char: str) -> Glyph:
        """The glyph from the first font of the chain that has it; 〓 for a character none has."""
        if char not in self._glyphs:
            self._glyphs[char] = self._find(char)
        return self._glyphs[char]

    def _find(self, char: str) -> Glyph:
        if self._tabular and char in FIGURES:
            store = next(filter(_is_tabular, self._chain), self._chain[0])
            if glyph := store.glyph(char):
                return glyph
        for like in char + _ALIKE.get(char, ""):
            for store in self._chain:
                if glyph := store.glyph(like):
                    return glyph
        if char != _GETA:
            self.missing.add(char)
            return self.glyph(_GETA)
        return Glyph(1000, _bars())

    @property
    def is_used(self) -> bool:
        """Whether any text was written with it."""
        return bool(self._chars)

    def base_name(self) -> str:
        """PostScript name with the tag that marks a subset."""
        digest = hashlib.sha256("".join(self._chars).encode("utf-8", "surrogatepass")).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+VillageLedger" + self.name

    def program(self) -> bytes:
        """The font program with the glyphs used."""
        return cid_font(self.base_name(), [_NOTDEF, *(self._glyphs[char].outline for char in self._chars)])

    def widths_array(self) -> str:
        """The W entry: advances of glyphs 1 and on."""
        return f"[1 [{' '.join(str(self._glyphs[char].width) for char in self._chars)}]]"

    def to_unicode(self) -> bytes:
        """The table back to Unicode."""
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        entries = [
            f"<{number:04X}> <{char.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
            for number, char in enumerate(self._chars, 1)
        ]
        for start in range(0, len(entries), _UNICODE_BLOCK):
            block = entries[start : start + _UNICODE_BLOCK]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")

    def descriptor(self, program: int) -> str:
        """Font descriptor; ``program`` is the object number of the font program."""
        box = " ".join(map(str, BOUNDING_BOX))
        return (
            f"<< /Type /FontDescriptor /FontName /{self.base_name()} /Flags 4 /FontBBox [{box}] /ItalicAngle 0"
            f" /Ascent 880 /Descent -120 /CapHeight 733 /StemV 80 /FontFile3 {program} 0 R >>"
        )


def _is_tabular(store: GlyphStore) -> bool:
    """Whether its figures stand under each other: 1 and 8 equally wide."""
    one, eight = store.glyph("1"), store.glyph("8")
    return one is not None and eight is not None and one.width == eight.width
