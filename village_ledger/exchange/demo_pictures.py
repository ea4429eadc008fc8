"""Small made-up scans and photos of the demonstration village, drawn when it is made: no picture lies in the repository.

paper    a page of words, as a PDF without fonts of its own
others   a few flat shapes, as a PNG written by hand
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO

Colour = tuple[int, int, int]
_WIDE, _HIGH = 240, 160
_SKY, _GRASS, _WATER, _SOIL, _ROAD, _PANEL, _ROOF = (
    (205, 222, 235),
    (120, 160, 90),
    (70, 120, 160),
    (150, 120, 85),
    (170, 168, 160),
    (35, 50, 90),
    (140, 70, 55),
)


def drawn(what: str, words: Sequence[str] = ()) -> bytes:
    """A scan or a photo by its name."""
    return _paper(words) if what == "paper" else _png(_PHOTOS[what])


def _paper(words: Sequence[str]) -> bytes:
    """A page in the font every reader of Chinese PDFs brings along."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))  # pyright: ignore[reportUnknownMemberType]  reportlab has no types
    stream = BytesIO()
    page = Canvas(stream, pagesize=(420, 595), invariant=1)
    page.rect(24, 24, 372, 547)
    for place, text in enumerate(words):
        page.setFont("STSong-Light", 18 if place == 0 else 12)
        page.drawString(60, 510 - 34 * place, text)
    page.line(60, 150, 200, 150)
    page.circle(320, 150, 40)
    page.save()
    return stream.getvalue()


def _png(shape: Callable[[int, int], Colour]) -> bytes:
    """A picture whose pixels a function of their place knows."""
    rows = b"".join(b"\0" + bytes(part for x in range(_WIDE) for part in shape(x, y)) for y in range(_HIGH))
    header = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _pond(x: int, y: int) -> Colour:
    if y < 60 - (x % 80) // 8:
        return _SKY
    return _WATER if (x - 120) ** 2 + 5 * (y - 110) ** 2 < 9000 else _GRASS


def _road(x: int, y: int) -> Colour:
    if y < 55:
        return _SKY
    return _ROAD if abs(x - 120) < (y - 40) // 2 else _SOIL if abs(x - 120) < (y - 25) // 2 else _GRASS


def _panels(x: int, y: int, *, gap: int = 40) -> Colour:
    if y < 50:
        return _SKY
    return _PANEL if x % gap > 4 and (y - 50) % 30 > 4 else _ROOF


_PHOTOS: dict[str, Callable[[int, int], Colour]] = {
    "pond": _pond,
    "road": _road,
    "panels": partial(_panels, gap=48),
}
