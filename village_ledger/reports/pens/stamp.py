"""Whose sheet it is, told by shape first and colour second (look.md): words, shape and line of stamp and frame.

Screen and paper draw the same description.
"""

from __future__ import annotations

from dataclasses import dataclass

_ENDINGS = ("社区居民委员会", "村民委员会", "行政村", "社区", "村")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp: two lines of characters; square and solid, or round and outlined."""

    upper: str
    lower: str
    is_round: bool


def stamp_of(village: str, ledger: str) -> Stamp:
    """The stamp of a ledger; the committee's is round, every other square."""
    name = village.strip()
    for ending in _ENDINGS:
        if len(name) > len(ending) and name.endswith(ending):
            name = name[: -len(ending)]
            break
    if ledger == "committee":
        return Stamp(name, "村委", is_round=True)
    return Stamp(name, "小组" if ledger.startswith("group") else "集体", is_round=False)


def stamps_of(village: str, ledger: str) -> tuple[Stamp, ...]:
    """One stamp for a ledger, both for a report over both."""
    ledgers = (ledger,) if ledger else ("collective", "committee")
    return tuple(stamp_of(village, code) for code in ledgers)
