"""The smallest font program a PDF may embed: a CID-keyed CFF made of Type 2 outlines.

Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings). Glyph n has CID n, so that text in the page
can name glyphs directly. One private dictionary without hints serves all outlines.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_ROS = b"\x0c\x1e"
_CID_COUNT = b"\x0c\x22"
_FD_ARRAY = b"\x0c\x24"
_FD_SELECT = b"\x0c\x25"
_FONT_BBOX = b"\x05"
_CHARSET = b"\x0f"
_CHAR_STRINGS = b"\x11"
_PRIVATE = b"\x12"
_DEFAULT_WIDTH = b"\x14"

_FIRST_OWN_STRING = 391
"""String ids below are the standard strings of the format."""
BOUNDING_BOX = (-200, -300, 1200, 1000)
"""Wide enough for every Chinese font at 1000 units per em."""


def cid_font(name: str, outlines: Sequence[bytes]) -> bytes:
    """A font program; ``outlines`` are charstrings with their widths, glyph 0 is .notdef."""
    strings = _index([b"Adobe", b"Identity"])
    names = _index([name.encode("ascii")])
    glyphs = _index(outlines)
    private = _number(1000) + _DEFAULT_WIDTH
    charset = struct.pack(">BHH", 2, 1, len(outlines) - 2)
    fd_select = struct.pack(">BHHBH", 3, 1, 0, 0, len(outlines))
    no_subroutines = b"\x00\x00"

    head = b"\x01\x00\x04\x04" + names
    top_size = len(_top_dict(len(outlines), 0, 0, 0, 0))
    start = len(head) + len(_index([bytes(top_size)])) + len(strings) + len(no_subroutines)
    select_at = start + len(charset)
    private_at = select_at + len(fd_select)
    fd_array = _index([_number(len(private)) + _number(private_at) + _PRIVATE])
    array_at = private_at + len(private)
    glyphs_at = array_at + len(fd_array)
    top = _index([_top_dict(len(outlines), start, select_at, array_at, glyphs_at)])
    return b"".join((head, top, strings, no_subroutines, charset, fd_select, private, fd_array, glyphs))


def _top_dict(count: int, charset_at: int, select_at: int, array_at: int, glyphs_at: int) -> bytes:
    return b"".join(
        (
            _number(_FIRST_OWN_STRING) + _number(_FIRST_OWN_STRING + 1) + _number(0) + _ROS,
            b"".join(map(_number, BOUNDING_BOX)) + _FONT_BBOX,
            _number(count) + _CID_COUNT,
            _number(charset_at) + _CHARSET,
            _number(select_at) + _FD_SELECT,
            _number(array_at) + _FD_ARRAY,
            _number(glyphs_at) + _CHAR_STRINGS,
        )
    )


def _number(value: int) -> bytes:
    """A dictionary operand in the five-byte form, so that its size does not depend on its value."""
    return b"\x1d" + struct.pack(">i", value)


def _index(items: Sequence[bytes]) -> bytes:
    offsets = [1]
    for item in items:
        offsets.append(offsets[-1] + len(item))
    return struct.pack(f">HB{len(offsets)}I", len(items), 4, *offsets) + b"".join(items)
