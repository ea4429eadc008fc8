"""Headings kept by hand: found by their words, in one row or two storeys, a meaning proposed for every column.

propose   the sheet, the heading row and what each column is held to be
Layout    green where the words are known or a person chose, yellow where guessed, red where two claim one meaning
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise, zip_longest
from typing import Final

from village_ledger.domain.half_width import half_width
from village_ledger.exchange.reading.shown_sheet import ShownSheet
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr

_WITHIN: Final = 40
"""Rows from the top among which a heading is looked for."""


class Light(Enum):
    """How sure a column's meaning is."""

    GREEN = "认得"
    YELLOW = "猜的"
    RED = "重复"
    NONE = "不用"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What columns can mean in one kind of table."""

    meanings: Mapping[str, str]
    """Meaning to how people call it; the empty one is not used."""
    words: Mapping[str, Sequence[str]]
    """Meaning to headings known for it."""
    guesses: Mapping[str, Sequence[str]]
    """Meaning to words a heading may contain."""
    needed: tuple[str, ...]
    several: frozenset[str] = frozenset({""})
    """Meanings more than one column may have."""
    aside: str = ""
    """Meaning of a column that holds texts and has no heading."""
    least: int = 3
    """How many columns must be known for a row to be a heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file and what it is held to be."""

    place: int
    heading: str
    meaning: str
    light: Light


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the heading ends, and its columns."""

    sheet: ShownSheet
    row: int
    """Last row of the heading."""
    columns: tuple[Column, ...]
    vocabulary: Vocabulary

    def place(self, meaning: str) -> int | None:
        """The column of a meaning, None when there is none."""
        return next((x.place for x in self.columns if x.meaning == meaning), None)

    def places(self, meaning: str) -> list[int]:
        """All columns of a meaning."""
        return [x.place for x in self.columns if x.meaning == meaning]

    def heading(self, place: int) -> str:
        """What stands above a column."""
        return next((x.heading for x in self.columns if x.place == place), "")

    @property
    def choices(self) -> dict[int, str]:
        """Meaning of every column by its place, as ``propose`` takes it back."""
        return {x.place: x.meaning for x in self.columns}

    @property
    def missing(self) -> str:
        """What the columns lack, as the beginning of a sentence; empty when nothing."""
        meanings = self.vocabulary.meanings
        lacking = [meanings[x] for x in self.vocabulary.needed if self.place(x) is None]
        if lacking:
            return tr("没有这些列：{columns}", columns="、".join(lacking))
        twice = [x.heading for x in self.columns if x.light is Light.RED]
        return tr("“{columns}”的意思重复", columns="”和“".join(twice)) if twice else ""

    @property
    def rows(self) -> list[tuple[int, tuple[Cell, ...]]]:
        """Rows below the heading."""
        return [(row, cells) for row, cells in self.sheet.rows if row > self.row]


def tidy(cell: Cell) -> str:
    """A cell's text without blanks, line breaks and full-width forms."""
    return "".join(half_width(cell).replace("\ufeff", "").split()) if isinstance(cell, str) else ""


def propose(
    sheets: Sequence[ShownSheet], vocabulary: Vocabulary, chosen: Mapping[int, str] | None = None
) -> Layout | None:
    """The heading with the most columns known, on any sheet; None when nothing looks like one.

    ``chosen`` are meanings a person gave to places of the sheet that was proposed before.
    """
    best: tuple[int, ShownSheet, int, tuple[str, ...]] | None = None
    for sheet in sheets:
        for score, row, headings in _candidates(sheet, vocabulary):
            if score >= vocabulary.least and (best is None or score > best[0]):
                best = (score, sheet, row, headings)
    if best is None:
        return None
    _, sheet, row, headings = best
    wide = max((len(cells) for _, cells in sheet.rows), default=0)
    padded = [headings[place] if place < len(headings) else "" for place in range(wide)]
    if chosen is not None:
        columns = [Column(at, text, chosen.get(at, ""), Light.GREEN) for at, text in enumerate(padded)]
    else:
        columns = [_proposed(at, text, sheet, row, vocabulary) for at, text in enumerate(padded)]
    columns = [x for x in columns if x.heading or x.meaning or _holds_text(sheet, row, x.place)]
    return Layout(sheet, row, tuple(_decided(columns, vocabulary)), vocabulary)


def _candidates(sheet: ShownSheet, vocabulary: Vocabulary) -> list[tuple[int, int, tuple[str, ...]]]:
    """(columns known, last row, headings) of every single row near the top, and of every two as two storeys."""
    top = [(row, tuple(map(tidy, cells))) for row, cells in sheet.rows if row <= _WITHIN]
    found = [(_known(cells, vocabulary), row, cells) for row, cells in top]
    for (first, upper), (second, lower) in pairwise(top):
        if second == first + 1:
            both = tuple(below or above for above, below in zip_longest(upper, lower, fillvalue=""))
            found.append((_known(both, vocabulary), second, both))
    return found


def _known(headings: Sequence[str], vocabulary: Vocabulary) -> int:
    """How many different meanings the words give."""
    return len({meaning for text in headings if (meaning := _meaning(text, vocabulary))})


def _meaning(heading: str, vocabulary: Vocabulary) -> str:
    if heading:
        for meaning, words in vocabulary.words.items():
            if heading.casefold() in words:
                return meaning
    return ""


def _proposed(at: int, heading: str, sheet: ShownSheet, row: int, vocabulary: Vocabulary) -> Column:
    meaning = _meaning(heading, vocabulary)
    if meaning:
        return Column(at, heading, meaning, Light.GREEN)
    if not heading:
        aside = vocabulary.aside if _holds_text(sheet, row, at) else ""
        return Column(at, "", aside, Light.YELLOW if aside else Light.NONE)
    for meaning, words in vocabulary.guesses.items():
        if any(word in heading for word in words):
            return Column(at, heading, meaning, Light.YELLOW)
    return Column(at, heading, "", Light.NONE)


def _holds_text(sheet: ShownSheet, row: int, at: int) -> bool:
    return any(number > row and at < len(cells) and tidy(cells[at]) for number, cells in sheet.rows)


def _decided(columns: Sequence[Column], vocabulary: Vocabulary) -> list[Column]:
    """One column for each meaning: a guess yields to a known one, two known ones are red."""
    decided: list[Column] = []
    for x in columns:
        same = [y for y in columns if y.meaning == x.meaning]
        if not x.meaning:
            decided.append(replace(x, light=Light.NONE))
        elif x.meaning in vocabulary.several or len(same) == 1:
            decided.append(x)
        elif x.light is Light.YELLOW and (any(y.light is Light.GREEN for y in same) or same[0] != x):
            decided.append(replace(x, meaning="", light=Light.NONE))
        elif sum(y.light is Light.GREEN for y in same) > 1:
            decided.append(replace(x, light=Light.RED))
        else:
            decided.append(x)
    return decided
