"""Which columns a bank's statement has: the heading row found by its words, a meaning proposed for every column.

propose        the heading row and what each column is held to be
Proposed       green where the words are known or were confirmed, yellow where guessed, red where two claim one meaning
parse_mapping  what a person writes: 交易日期=日期,收入金额=收入
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from village_ledger.domain.errors import UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.exchange.reading.heading_rows import Light
from village_ledger.exchange.reading.raw_sheet import RawSheet
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr
from village_ledger.resources_dir import resource

MEANINGS = {
    "day": "日期",
    "time": "时间",
    "in": "收入",
    "out": "支出",
    "amount": "金额",
    "sign": "收支标志",
    "balance": "余额",
    "counterparty": "对方户名",
    "remark": "摘要",
    "serial": "流水号",
    "": "不用",
}
"""What a column can mean, and how people call it."""
_HEADER_WITHIN = 60
_LEAST_KNOWN = 3
_FIGURES = 2
_LIKE_A_DAY = re.compile(r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?.*")
_LIKE_A_SUM = re.compile(r"-?[\d,]+\.\d{1,2}")
_SEVERAL = frozenset({"remark", ""})


@dataclass(frozen=True, slots=True)
class Proposed:
    """One column of the file and what it is held to be."""

    column: int
    heading: str
    meaning: str
    light: Light


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the heading row is, and its columns."""

    row: int
    columns: tuple[Proposed, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings in order."""
        return tuple(x.heading for x in self.columns)

    @property
    def mapping(self) -> dict[str, str]:
        """Heading to meaning, columns not used left out."""
        return {x.heading: x.meaning for x in self.columns if x.meaning}

    def places(self, meaning: str) -> list[int]:
        """Columns of a meaning."""
        return [x.column for x in self.columns if x.meaning == meaning]

    @property
    def missing(self) -> str:
        """What the columns lack for a statement, empty when nothing."""
        if not self.places("day"):
            return tr("没有日期列")
        if not (self.places("in") and self.places("out")) and not self.places("amount"):
            return tr("没有收入、支出两列，也没有金额列")
        twice = [x.heading for x in self.columns if x.light is Light.RED]
        return tr("“{columns}”的意思重复", columns="”和“".join(twice)) if twice else ""


@lru_cache(maxsize=1)
def bank_words() -> dict[str, Any]:
    """Headings and foot words of banks (rules/bank_columns.toml)."""
    return tomllib.loads(resource("rules", "bank_columns.toml").read_text(encoding="utf-8"))


def tidy(cell: Cell) -> str:
    """A cell's text without blanks and full-width forms."""
    return "".join(half_width(str(cell)).replace("\ufeff", "").split()) if isinstance(cell, str) else ""


def propose(sheet: RawSheet, confirmed: Mapping[str, str] | None = None) -> Layout:
    """Find the heading row and propose meanings; ``confirmed`` ones (heading to meaning) win.

    Raises UnreadableError when no row looks like a statement's heading.
    """
    best: tuple[int, int, tuple[Cell, ...]] | None = None
    for number, cells in sheet.rows[:_HEADER_WITHIN]:
        score = sum(_known(tidy(cell), confirmed) for cell in cells)
        if score >= _LEAST_KNOWN and (best is None or score > best[0]):
            best = (score, number, cells)
    found = (best[1], best[2]) if best else _above_the_first_line(sheet)
    if found is None:
        raise UnreadableError(
            tr("“{name}”里找不到对账单的表头", name=sheet.path.name),
            tr("表头要有日期、收入和支出（或金额）、余额这些列；请核对是不是选错了文件。"),
        )
    number, cells = found
    columns = [_proposed(place, tidy(cell), confirmed) for place, cell in enumerate(cells)]
    return Layout(number, tuple(_decided(columns)))


def _above_the_first_line(sheet: RawSheet) -> tuple[int, tuple[Cell, ...]] | None:
    """A heading in words nobody knows: the row above the first that has a day and two figures, for a person to say."""
    for (number, cells), (_, below) in pairwise(sheet.rows[:_HEADER_WITHIN]):
        texts = [tidy(str(cell)) for cell in below]
        if (
            any(map(_LIKE_A_DAY.fullmatch, texts))
            and sum(map(bool, map(_LIKE_A_SUM.fullmatch, texts))) >= _FIGURES
        ):
            return number, cells
    return None


def remembered(sheet: RawSheet, layouts: Mapping[str, dict[str, str]]) -> dict[str, str] | None:
    """The mapping confirmed before for a file with these headings (joined by ``|``), None when there is none."""
    for _, cells in sheet.rows[:_HEADER_WITHIN]:
        known = layouts.get("|".join(map(tidy, cells)))
        if known is not None:
            return known
    return None


def _known(heading: str, confirmed: Mapping[str, str] | None) -> bool:
    if not heading:
        return False
    if confirmed and heading in confirmed:
        return True
    return any(heading in words for words in bank_words()["words"].values())


def _proposed(place: int, heading: str, confirmed: Mapping[str, str] | None) -> Proposed:
    if confirmed is not None and heading:
        if heading in confirmed:
            return Proposed(place, heading, confirmed[heading], Light.GREEN)
        return Proposed(place, heading, "", Light.NONE)
    words: dict[str, list[str]] = bank_words()["words"]
    for meaning, known in words.items():
        if heading in known:
            return Proposed(place, heading, meaning, Light.GREEN)
    for meaning in ("in", "out", "balance", "counterparty", "serial"):
        if any(len(word) > 1 and word in heading for word in words[meaning]):
            return Proposed(place, heading, meaning, Light.YELLOW)
    return Proposed(place, heading, "", Light.NONE)


def _decided(columns: list[Proposed]) -> Iterable[Proposed]:
    """One column for each meaning: a guess yields to a known one, two known ones are red."""
    for x in columns:
        same = [y for y in columns if y.meaning == x.meaning]
        if x.meaning in _SEVERAL or len(same) == 1:
            yield x
        elif x.light is Light.YELLOW and (any(y.light is Light.GREEN for y in same) or same.index(x) > 0):
            yield Proposed(x.column, x.heading, "", Light.NONE)
        elif sum(y.light is Light.GREEN for y in same) > 1:
            yield Proposed(x.column, x.heading, x.meaning, Light.RED)
        else:
            yield x


def parse_mapping(text: str) -> dict[str, str]:
    """``交易日期=日期,收入金额=收入`` → heading to meaning; English names of meanings are accepted too.

    Raises UnreadableError naming the part that is not understood.
    """
    by_words = {words: meaning for meaning, words in MEANINGS.items()} | {m: m for m in MEANINGS}
    mapping: dict[str, str] = {}
    for part in half_width(text).replace(";", ",").replace("、", ",").split(","):
        heading, equals, words = part.partition("=")
        meaning = by_words.get(words.strip())
        if not part.strip():
            continue
        if not equals or meaning is None or not heading.strip():
            raise UnreadableError(
                tr("列的对应“{part}”看不懂", part=part.strip()),
                tr(
                    "请写成“交易日期=日期,收入金额=收入”的样子；意思可以是：{words}。",
                    words="、".join(MEANINGS.values()),
                ),
            )
        mapping["".join(heading.split())] = meaning
    return mapping


def cells_of(cells: Sequence[Cell], places: Iterable[int]) -> list[Cell]:
    """Cells at some places; a short row has blanks there."""
    return [cells[place] if place < len(cells) else "" for place in places]
