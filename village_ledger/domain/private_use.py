"""Characters that old programs stored in the private use area, given back their own code points.

GBK had eighty characters (mostly rare ones of names, such as 䶮) that Unicode then lacked; programs of its day wrote them
as U+E815…U+E864, and files in GB 18030 of the year 2000 still say FE 51 for a character that now is U+20087. A name must not
differ from itself because of the year its program was written, so each is read as GB 18030-2022 has it.
"""

from __future__ import annotations

_FIRST = 0xE815
_TRAILS = (*range(0x50, 0x7F), *range(0x80, 0xA1))
"""Second bytes after FE, in the order of the private code points."""
_NOT_IN_PYTHON = {  # Python's codec is of the year 2000; GB 18030-2005 and -2022, annex on changed code points
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
}
_OWN: dict[int, int] = {
    private: ord(bytes((0xFE, trail)).decode("gb18030"))
    for private, trail in enumerate(_TRAILS, _FIRST)
    if private not in _NOT_IN_PYTHON
} | _NOT_IN_PYTHON


def own_code_points(text: str) -> str:
    """The text with such characters replaced one for one; other private characters stay as they are."""
    return text if text.isprintable() else text.translate(_OWN)
