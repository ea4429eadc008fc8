"""Small made-up scans and photos of the demonstration village, drawn when it is made: no picture lies in the repository.

paper    a page of words, as a PDF without fonts of its own
others   a few flat shapes, as a PNG written by hand
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

Colour = tuple[int, int, int]
_WIDE, _HIGH = 240, 160
_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
    b"/ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >>"
)
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
    if what == "paper":
        return _paper(words)
    if what == "board":
        return _png(partial(_board, sheets=_sheets_of("".join(words))))
    return _png(_PHOTOS[what])


def _paper(words: Sequence[str]) -> bytes:
    """A page in the font every reader of Chinese PDFs brings along: words, a frame, a line to sign on, a round seal."""
    lines = [
        f"BT /F {18 if place == 0 else 12} Tf 60 {510 - 34 * place} Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for place, text in enumerate(words)
    ]
    shapes = ["24 24 372 547 re S", "60 150 m 200 150 l S", _circle(320, 150, 40)]
    return _pdf("\n".join([*shapes, *lines]).encode("ascii"))


def _circle(x: int, y: int, radius: int) -> str:
    """Four curves that pass for a circle."""
    k = round(radius * 0.5523)
    turns = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    path = [f"{x + radius} {y} m"]
    for (ax, ay), (bx, by) in pairwise(turns):
        first = f"{x + ax * radius + bx * k} {y + ay * radius + by * k}"
        second = f"{x + bx * radius + ax * k} {y + by * radius + ay * k}"
        path.append(f"{first} {second} {x + bx * radius} {y + by * radius} c")
    return " ".join([*path, "S"])


def _pdf(content: bytes) -> bytes:
    """One page of A5 with one font that is not embedded (ISO 32000-1, 9.7: predefined character maps)."""
    system = "<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo {system} /DW 1000 /W [1 95 500] "
        "/FontDescriptor 7 0 R >>".encode("ascii"),
        _DESCRIPTOR,
    ]
    made, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(made),
        )
    )


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


def _board(x: int, y: int, *, sheets: Sequence[bool]) -> Colour:
    """A board under a roof with sheets of paper on it; no two postings look the same."""
    if y < 18:
        return _ROOF
    if y > 140 or not 12 < x < 228:
        return _SOIL if y > 140 else _SKY
    column, row = (x - 16) // 36, (y - 24) // 58
    inside = (x - 16) % 36 < 30 and (y - 24) % 58 < 50
    if 0 <= column < 6 and 0 <= row < 2 and inside and sheets[6 * row + column]:
        return _ROAD if (y - 24) % 58 > 8 and (y % 6) < 2 and (x - 16) % 36 > 4 else (250, 248, 240)
    return _BOARD


def _sheets_of(words: str) -> tuple[bool, ...]:
    """Which of twelve places have a sheet."""
    mask = zlib.crc32(words.encode()) | 0b101101
    return tuple(bool(mask >> place & 1) for place in range(12))


_BOARD = (120, 30, 30)
_PHOTOS: dict[str, Callable[[int, int], Colour]] = {
    "pond": _pond,
    "road": _road,
    "panels": partial(_panels, gap=48),
}
