"""Repeated lines of a wall sheet as one line with their sum, and beneath it every entry in running words (合并同类).

Paper only: figures, check code and data files keep a row for each entry. Whatever differs between the entries of
a group is written with each of them, so that nothing is lost (逐项逐笔).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import groupby
from typing import Any

from village_ledger.domain.money import format_fen
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table
from village_ledger.resources_dir import resource

_PAIR = 2
"""A group the sheet itself names is one from two rows on."""


class Grouping(Enum):
    """Which repeated lines stand together."""

    RULE = "rule"
    """Those the rule file says, by sheet."""
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GroupRule:
    """When lines of a sheet are the same."""

    least: int = 4
    same: tuple[str, ...] = ("*",)
    """Keys of columns that must agree; ``*``: all but the first text."""
    stem: str = ""
    """A text of which only what stands before its first bracket must agree."""
    one_sided: tuple[str, ...] = ()
    """Amounts of which the same ones must be there: money in stands apart from money out."""
    zero: tuple[str, ...] = ()
    """Amounts that must be nil."""
    usual: bool = True
    never: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The entries of a group in running words."""

    head: str
    """What all of them share, before the first."""
    entries: tuple[str, ...]


@lru_cache(maxsize=1)
def group_rules() -> Mapping[str, GroupRule]:
    """Rules by letter of sheet, under ``""`` that of every other sheet (``resources/disclosure/grouping.toml``)."""
    with resource("disclosure", "grouping.toml").open("rb") as file:
        data = tomllib.load(file)
    return {"": _rule(data["default"]), **{letter: _rule(one) for letter, one in data["sheet"].items()}}


def _rule(data: Mapping[str, Any]) -> GroupRule:
    return GroupRule(
        least=int(data.get("least", 4)),
        same=tuple(data.get("same", ())),
        stem=str(data.get("stem", "")),
        one_sided=tuple(data.get("one_sided", ())),
        zero=tuple(data.get("zero", ())),
        usual=bool(data.get("usual", True)),
        never=bool(data.get("never", False)),
    )


class Grouped:
    """Rows of a table with the repeated ones together; may be read again and again."""

    def __init__(self, table: Table, letter: str, grouping: Grouping) -> None:
        self._table = table
        rules = group_rules()
        self._rule = rules.get(letter, rules[""])
        self._on = not self._rule.never and (
            grouping is Grouping.ALL or (grouping is Grouping.RULE and self._rule.usual)
        )

    def __iter__(self) -> Iterator[Row | Run]:
        if not self._on:
            return iter(self._table.rows)
        return self._grouped()

    def _grouped(self) -> Iterator[Row | Run]:
        """Rows in order; a group stands where its first entry stood, within its block of detail rows."""
        for details, some in groupby(self._table.rows, key=lambda row: row.role is Role.DETAIL):
            if not details:
                yield from some
                continue
            block = list(some)
            groups: dict[tuple[Cell, ...], list[Row]] = {}
            for row in block:
                if (key := self._key(row)) is not None:
                    groups.setdefault(key, []).append(row)
            for row in block:
                key = self._key(row)
                rows = groups.get(key, []) if key is not None else []
                if len(rows) < (_PAIR if row.group else self._rule.least):
                    yield row
                elif rows[0] is row:
                    yield from self._group(rows)

    def _key(self, row: Row) -> tuple[Cell, ...] | None:
        """What rows of one group have in common; None for a row that stands alone."""
        rule, columns = self._rule, self._table.columns
        if row.group:
            return ("group", row.group)
        cells = {column.key: row.cells[i] for i, column in enumerate(columns)}
        if any(cells.get(key) for key in rule.zero):
            return None
        if "*" in rule.same:
            name = _name_place(columns)
            kept = [i for i, column in enumerate(columns) if i != name and column.key != "number"]
            key = tuple(row.cells[i] for i in kept)
            return key if any(key) else None
        stem = str(cells.get(rule.stem) or "").partition("（")[0] if rule.stem else ""
        if rule.stem and (not stem or any(_below_zero(cells.get(key)) for key in rule.one_sided)):
            return None  # red letters always stand by themselves
        sides = tuple(bool(cells.get(key)) for key in rule.one_sided)
        return (stem, *sides, *(cells.get(key) for key in rule.same))

    def _group(self, rows: Sequence[Row]) -> Iterator[Row | Run]:
        columns = self._table.columns
        together: list[Cell] = []
        named: list[int] = []
        place = _place(columns, self._rule.stem) if self._rule.stem else _name_place(columns)
        for i, column in enumerate(columns):
            values = [row.cells[i] for row in rows]
            agree = all(value == values[0] for value in values) and not (i == place and rows[0].group)
            if column.kind is Kind.MONEY:
                amounts = [value for value in values if isinstance(value, int)]
                together.append(sum(amounts) if amounts else None)
                if any(amounts) and not (agree and "*" in self._rule.same):
                    named.append(i)
            elif agree:
                together.append(values[0])
            else:
                together.append(None)
                named.append(i)
        stem = str(rows[0].cells[place] or "").partition("（")[0] if self._rule.stem else ""
        called = rows[0].group or stem
        together[place] = f"{called}（{len(rows)} 笔，逐笔见下）" if called else f"{len(rows)} 笔，逐笔见下"
        yield Row(Role.DETAIL, tuple(together), rows[0].level)
        yield self._run(rows, named, place, stem)

    def _run(self, rows: Sequence[Row], named: Sequence[int], place: int, stem: str) -> Run:
        """Every entry: what it does not share with the others."""
        columns = self._table.columns
        money = [i for i in named if columns[i].kind is Kind.MONEY]
        labelled = len(money) > 1
        shared = [
            f"每笔{column.label} {format_fen(value)}"
            for i, column in enumerate(columns)
            if column.kind is Kind.MONEY
            and i not in named
            and isinstance(value := rows[0].cells[i], int)
            and value
        ]
        entries: list[str] = []
        for row in rows:
            words: list[str] = []
            for i in named:
                text = (
                    str(row.cells[i] or "").removeprefix(stem)
                    if i == place
                    else self._said(columns[i], row.cells[i])
                )
                if text and i in money and labelled:
                    text = f"{columns[i].label} {text}"
                if text:
                    words.append(text)
            entries.append(" ".join(words))
        return Run(f"{'，'.join(shared)}：" if shared else "", tuple(entries))

    def _said(self, column: Column, value: Cell) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            span = self._table.span
            near = span is not None and span.first.year == span.last.year == value.year
            return (
                f"{value.month:02d}-{value.day:02d}"
                if near and not self._table.full_dates
                else value.isoformat()
            )
        if isinstance(value, int):
            if column.kind is Kind.MONEY:
                return format_fen(value) if value else ""
            return f"第{value}笔" if column.key == "number" else f"{column.label}{value}"
        return value


def _below_zero(value: Cell) -> bool:
    return isinstance(value, int) and value < 0


def _place(columns: Sequence[Column], key: str) -> int:
    return next((i for i, column in enumerate(columns) if column.key == key), 0)


def _name_place(columns: Sequence[Column]) -> int:
    """The first column of text: the name of a row."""
    return next((i for i, column in enumerate(columns) if column.kind is Kind.TEXT), 0)
