"""Which rows of a register kept by hand are people; households filled down; sums, headings and notes told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from village_ledger.exchange.people.import_members_words import words
from village_ledger.exchange.reading.heading_rows import Layout, tidy
from village_ledger.exchange.reading.tabular import Cell, is_blank

_PERSONAL = ("name", "relation", "sex", "id_number", "member", "confirmed_on")
_TELLING = ("relation", "id_number", "sex")
"""Columns that a sum or a note leaves blank."""
_ALIKE = 3


@dataclass(slots=True)
class Sorted:
    """Rows by what they are."""

    people: list[tuple[int, tuple[Cell, ...]]] = field(default_factory=list[tuple[int, tuple[Cell, ...]]])
    dropped: list[int] = field(default_factory=list[int])
    """Sums, headings between rows, notes and signatures."""
    bare: list[int] = field(default_factory=list[int])
    """Rows with a household number and nobody."""
    ends: set[int] = field(default_factory=set[int])
    """Rows before which a household cannot go on."""


def sort_rows(layout: Layout) -> Sorted:
    """Look at every row below the heading."""
    found = Sorted()
    ended = False
    for row, cells in layout.rows:
        if is_blank(cells):
            continue
        if _is_foot(layout, cells):
            found.dropped.append(row)
            ended = True
            continue
        personal = any(_text(layout, cells, meaning) for meaning in _PERSONAL)
        if not personal:
            place = layout.place("household")
            (found.bare if place is not None and _at(cells, place) else found.dropped).append(row)
            ended = True
            continue
        if ended:
            found.ends.add(row)
            ended = False
        found.people.append((row, cells))
    return found


def _is_foot(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether a row is a sum, a note, a signature or the heading again."""
    foot = words()["foot"]
    texts = [text for cell in cells if (text := tidy(cell))]
    headings = {x.heading for x in layout.columns if x.heading}
    if sum(text in headings for text in texts) >= _ALIKE:
        return True
    if any(_text(layout, cells, meaning) for meaning in _TELLING[:1]):
        return False
    early = texts[:2]
    if any(word in text for text in early for word in foot["within"]):
        return True
    return bool(early) and any(early[0].startswith(word) for word in foot["starts"]) and len(texts) <= _ALIKE


def _text(layout: Layout, cells: Sequence[Cell], meaning: str) -> str:
    place = layout.place(meaning)
    return "" if place is None else _at(cells, place)


def _at(cells: Sequence[Cell], place: int) -> str:
    if place >= len(cells):
        return ""
    cell = cells[place]
    return tidy(cell) if isinstance(cell, str) else str(cell)


def in_words(rows: Sequence[int]) -> Iterator[str]:
    """Row numbers as a sentence lists them, runs drawn together: 3、5–9."""
    start = last = None
    for row in [*rows, None]:
        if last is not None and row == last + 1:
            last = row
            continue
        if start is not None:
            yield str(start) if start == last else f"{start}–{last}"
        start = last = row
