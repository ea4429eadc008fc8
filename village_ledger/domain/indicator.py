"""Indicators (指标): one sum of figures over another, exact, with the formula and the figures it was worked out from.

A definition is data (rules/indicators.toml). ``R1 + R2 - R4`` is a sum of named figures; names are looked up among what was
read, and nothing else can be written. Values are fractions; percents are rounded half up only when they are said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from village_ledger.domain.area import words as area_words
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.formula import StatementError
from village_ledger.domain.money import format_fen, plain_fen

_TERM = re.compile(r"\s*([+-]?)\s*([A-Za-z][A-Za-z0-9_.]*)")
Terms = tuple[tuple[int, str], ...]
"""Sign and name of each figure in a sum."""


class Unit(Enum):
    """What an indicator is counted in."""

    YUAN = "yuan"
    PERCENT = "percent"
    PER_HEAD = "per_head"
    DAYS = "days"

    @property
    def words(self) -> str:
        """As it stands beside the figure."""
        return {"yuan": "元", "percent": "%", "per_head": "元/人", "days": "天"}[self.value]


class Judged(Enum):
    """How an indicator stands to its line."""

    GOOD = "good"
    LOOK = "look"
    UNJUDGED = ""
    """It has no line, or no value."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What is divided by what; ``line`` in percent, fen or days."""

    key: str
    name: str
    unit: Unit
    over: Terms
    under: Terms
    words: str
    note: str = ""
    line: Fraction | None = None
    above: bool = True
    """Whether one looks when it is above the line; else below."""
    banded: bool = False

    @property
    def names(self) -> set[str]:
        """Every figure it needs."""
        return {name for _, name in (*self.over, *self.under)}


@dataclass(frozen=True, slots=True)
class Band:
    """A band of collective income: below so many fen; the last has no end."""

    name: str
    below: int | None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator worked out; ``value`` is fen, a share (1 is 100 %), fen a head or days, None where it cannot be."""

    definition: Definition
    value: Fraction | None
    working: str
    """The figures put into the formula, or why there is no value."""
    band: str = ""

    @property
    def text(self) -> str:
        """The value for files: two decimals for yuan, one for percents; empty for none."""
        if self.value is None:
            return ""
        unit = self.definition.unit
        if unit is Unit.PERCENT:
            return decimal_text(self.value * 100, 1)
        if unit is Unit.DAYS:
            return decimal_text(self.value, 0)
        return plain_fen(half_up(self.value))

    @property
    def shown(self) -> str:
        """The value with its unit, for people."""
        if self.value is None:
            return "—"
        unit = self.definition.unit
        if unit is Unit.PERCENT:
            return f"{self.text}%"
        if unit is Unit.DAYS:
            return f"{self.text} 天"
        return format_fen(half_up(self.value))

    @property
    def line_shown(self) -> str:
        """The line from which one looks: ``低于 95%``; empty for none."""
        line, unit = self.definition.line, self.definition.unit
        if line is None:
            return ""
        said = {
            Unit.PERCENT: f"{_plain(line)}%",
            Unit.DAYS: f"{_plain(line)} 天",
        }.get(unit, f"{_plain(line / 100)} 元")
        return f"{'高于' if self.definition.above else '低于'} {said}"

    @property
    def judged(self) -> Judged:
        """Whether somebody should look."""
        line = self.definition.line
        if self.value is None or line is None:
            return Judged.UNJUDGED
        value = self.value * 100 if self.definition.unit is Unit.PERCENT else self.value
        beyond = value > line if self.definition.above else value < line
        return Judged.LOOK if beyond else Judged.GOOD


def read_terms(text: str) -> Terms:
    """Read ``R1 + R2 - R4``; raises StatementError for anything else."""
    terms: list[tuple[int, str]] = []
    place = 0
    while place < len(text.rstrip()):
        match = _TERM.match(text, place)
        if match is None or (terms and not match[1]):
            raise StatementError(f"指标的算式“{text}”看不懂", "写成 R1 + R2 - R4 的样子。")
        terms.append((-1 if match[1] == "-" else 1, match[2]))
        place = match.end()
    return tuple(terms)


def work_out(
    definition: Definition,
    figures: Mapping[str, int | None],
    missing: Mapping[str, str],
    bands: Sequence[Band],
) -> Indicator:
    """An indicator from the figures that were read; ``missing`` says why a figure is not there.

    Raises StatementError for a name nobody reads.
    """
    for name in sorted(definition.names):
        if name not in figures:
            raise StatementError(
                f"指标“{definition.name}”用了没有的数“{name}”", "请核对 rules/indicators.toml。"
            )
        if figures[name] is None:
            return Indicator(definition, None, missing.get(name, "没有登记"))
    known = {name: value for name, value in figures.items() if value is not None}
    over = sum(sign * known[name] for sign, name in definition.over)
    if not definition.under:
        working = _said(definition.over, known)
        band = _band(over, bands) if definition.banded else ""
        return Indicator(definition, Fraction(over), working, band)
    under = sum(sign * known[name] for sign, name in definition.under)
    if under <= 0:
        return Indicator(definition, None, f"分母是 {_figure(under, definition.under)}，不能算")
    working = f"{_said(definition.over, known, apart=True)} ÷ {_said(definition.under, known)}"
    return Indicator(definition, Fraction(over, under), working)


def preservation(opening: int, closing: int, outside: int, distributed: int) -> Fraction | None:
    """保值增值率: equity at the end without what came from outside, with what was given to members, over that at the start."""
    return Fraction(closing - outside + distributed, opening) if opening > 0 else None


def half_up(value: Fraction) -> int:
    """A whole number, halves away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -whole if value < 0 else whole


def decimal_text(value: Fraction, places: int) -> str:
    """A fraction with so many decimals, halves away from zero."""
    scaled = half_up(value * 10**places)
    sign, size = ("-", -scaled) if scaled < 0 else ("", scaled)
    if not places:
        return f"{sign}{size}"
    whole, part = divmod(size, 10**places)
    return f"{sign}{whole}.{part:0{places}d}"


def read_line(text: str, unit: Unit) -> Fraction:
    """A line as typed: percent, yuan or days; raises LedgerError."""
    tidy = text.strip().removesuffix("%").strip()
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,2})?", tidy, re.ASCII):
        raise LedgerError(f"警戒线“{text.strip()}”看不懂", f"请写数字，单位是{unit.words}，最多两位小数。")
    line = Fraction(tidy)
    return line * 100 if unit in {Unit.YUAN, Unit.PER_HEAD} else line


_COUNTS = frozenset({"members", "contracts", "compliant", "arrears_days"})
"""Figures that are counted, not paid."""
_AREAS = frozenset({"idle_area", "land_area"})


def _said(terms: Terms, figures: Mapping[str, int], *, apart: bool = False) -> str:
    """A sum with its figures: ``（2,230,000.00 − 150,000.00 + 60,000.00）``."""
    words = [f"{'−' if sign < 0 else '+'} {_figure(figures[name], ((sign, name),))}" for sign, name in terms]
    said = " ".join(words).removeprefix("+ ")
    return f"（{said}）" if apart and len(terms) > 1 else said


def _figure(value: int, terms: Terms) -> str:
    names = {name for _, name in terms}
    if names <= _COUNTS:
        return str(value)
    return area_words(value) if names <= _AREAS else format_fen(value)


def _plain(value: Fraction) -> str:
    """A line as typed."""
    return decimal_text(value, 2).rstrip("0").rstrip(".")


def _band(fen: int, bands: Sequence[Band]) -> str:
    for band in bands:
        if band.below is None or fen < band.below or (band.below == 0 and fen <= 0):
            return f"{band.name}（薄弱村）" if band.weak else band.name
    return ""
