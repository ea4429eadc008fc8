"""A QR code (GB/T 18284) as rows of dark and light: one block of bytes, versions 1 to 5, the mask that reads best."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

Matrix = list[list[bool]]
"""Rows of modules, True for dark."""

# version: (codewords of data, codewords of correction, bits that name the level: 00 M, 01 L)
_SIZES = {1: (16, 10, 0b00), 2: (28, 16, 0b00), 3: (44, 26, 0b00), 4: (80, 20, 0b01), 5: (108, 26, 0b01)}
_MOST = 106
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,  # noqa: ARG005  all masks are asked alike
    lambda r, c: c % 3 == 0,  # noqa: ARG005  as above
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def qr_code(text: str) -> Matrix:
    """The code of a short text; raises ValueError beyond 106 bytes."""
    content = text.encode()
    if len(content) > _MOST:
        raise ValueError(f"{len(content)} bytes are too many for this code")
    version = next(v for v, (room, _, _) in _SIZES.items() if len(content) + 2 <= room)
    return min((_drawn(version, content, mask) for mask in range(len(_MASKS))), key=_penalty)


def _codewords(version: int, content: bytes) -> list[int]:
    """Byte mode, length, content, filling, and the correction."""
    room, more, _ = _SIZES[version]
    bits = f"0100{len(content):08b}" + "".join(f"{byte:08b}" for byte in content) + "0000"
    data = [int(bits[i : i + 8].ljust(8, "0"), 2) for i in range(0, len(bits), 8)]
    data += [(0xEC, 0x11)[i % 2] for i in range(room - len(data))]
    return data + _correction(data, more)


def _correction(data: list[int], count: int) -> list[int]:
    """The remainder of Reed and Solomon over GF(256)."""
    powers, logs = _field()
    generator = [1]
    for root in range(count):
        longer = [*generator, 0]
        for place, factor in enumerate(generator, 1):
            longer[place] ^= powers[(logs[factor] + root) % 255]
        generator = longer
    rest = [*data, *[0] * count]
    for place in range(len(data)):
        lead = rest[place]
        if lead:
            for step, factor in enumerate(generator):
                rest[place + step] ^= powers[(logs[factor] + logs[lead]) % 255]
    return rest[len(data) :]


def _field() -> tuple[list[int], dict[int, int]]:
    powers = [1]
    for _ in range(254):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0x11D if doubled > 255 else doubled)
    return powers, {value: place for place, value in enumerate(powers)}


def _drawn(version: int, content: bytes, mask: int) -> Matrix:
    size = 17 + 4 * version
    fixed = _furniture(version, size)
    _name_format(fixed, size, (_SIZES[version][2] << 3) | mask)
    bits = iter("".join(f"{word:08b}" for word in _codewords(version, content)))
    whole = dict(fixed)
    for row, column in _path(size):
        if (row, column) not in fixed:
            whole[row, column] = (next(bits, "0") == "1") ^ _MASKS[mask](row, column)
    return [[whole[row, column] for column in range(size)] for row in range(size)]


_Fixed = dict[tuple[int, int], bool]


def _furniture(version: int, size: int) -> _Fixed:
    """Finders with their white rim, timing, the alignment pattern, the dark module."""
    fixed: _Fixed = {}
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for row in range(max(top - 1, 0), min(top + 8, size)):
            for column in range(max(left - 1, 0), min(left + 8, size)):
                ring = max(abs(row - top - 3), abs(column - left - 3))
                fixed[row, column] = ring in {0, 1, 3}
    for place in range(8, size - 8):
        fixed[6, place] = fixed[place, 6] = place % 2 == 0
    if version > 1:
        centre = size - 7
        for row in range(centre - 2, centre + 3):
            for column in range(centre - 2, centre + 3):
                fixed[row, column] = max(abs(row - centre), abs(column - centre)) != 1
    fixed[size - 8, 8] = True
    return fixed


def _name_format(fixed: _Fixed, size: int, five: int) -> None:
    """Level and mask, twice, with their own correction."""
    rest = five << 10
    for place in range(14, 9, -1):
        if rest >> place & 1:
            rest ^= 0x537 << (place - 10)
    bits = ((five << 10) | rest) ^ 0x5412
    for place in range(15):
        dark = bool(bits >> place & 1)
        upright = place if place < 6 else place + 1 if place < 8 else size - 15 + place
        across = size - 1 - place if place < 8 else 7 if place == 8 else 14 - place
        fixed[upright, 8] = dark
        fixed[8, across] = dark


def _path(size: int) -> Iterator[tuple[int, int]]:
    """Up and down in pairs of columns from the right; the column of the timing is stepped over."""
    upwards = True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield row, right
            yield row, right - 1
        upwards = not upwards


def _penalty(matrix: Matrix) -> int:
    """How badly a scanner would read it: runs, squares, false finders, too dark or too light."""
    size = len(matrix)
    lines = [*matrix, *map(list, zip(*matrix, strict=True))]
    cost = 0
    for line in lines:
        runs = (len(list(run)) for _, run in groupby(line))
        cost += sum(length - 2 for length in runs if length >= 5)
        words = "".join("1" if dark else "0" for dark in line)
        for finder in ("10111010000", "00001011101"):
            cost += 40 * sum(words.startswith(finder, place) for place in range(size))
    for row in range(size - 1):
        for column in range(size - 1):
            square = {matrix[row + i][column + j] for i in (0, 1) for j in (0, 1)}
            cost += 3 * (len(square) == 1)
    dark = sum(map(sum, matrix)) * 100 // (size * size)
    return cost + 10 * (abs(dark - 50) // 5)
