"""A public sheet made again from what was kept when it was registered: its figures, and what stood beside them.

The figures (``check_code.figures_json``) are what the check code covers. The rest of the paper, its face, is kept as JSON
beside them: every field of ``Table``, ``Column`` and ``Row`` that the figures do not have and that is not as usual.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeAlias, cast

from village_ledger.domain.period import Span
from village_ledger.reports import table as tables
from village_ledger.reports.table import Column, Kind, Role, Row, Table

_KNOWN: Mapping[str, type[Any]] = {"Span": Span} | {
    name: cls
    for name, cls in vars(tables).items()
    if isinstance(cls, type) and (is_dataclass(cls) or issubclass(cls, Enum))
}
"""What a face may hold beside texts, numbers and days; anything else (a picture) is left out."""
_OF_TABLE = frozenset(
    {
        "report",
        "village",
        "ledger",
        "entity",
        "columns",
        "rows",
        "span",
        "facts",
        "check_code",
        "edition",
        "picture",
    }
)
_OF_COLUMN = frozenset({"key", "label", "kind"})
_OF_ROW = frozenset({"role", "cells"})
_DAY, _IS, _VALUE = "day", "is", "value"
_WIDTHS = {Kind.TEXT: 60.0, Kind.MONEY: 32.0, Kind.DATE: 18.0, Kind.COUNT: 14.0}
_USUAL_WIDTH = 26.0
Json: TypeAlias = Any
"""Whatever JSON holds; what is read is told apart by its shape."""
Said: TypeAlias = dict[str, Any]


class _LeftOut(Exception):
    """A value that a face does not keep."""


def face_of(table: Table) -> str:
    """The face of a sheet: notes and remarks, widths, where rows lead, cells that are no figures."""
    listed = list(table.rows)
    covered = _covered(table.columns)
    return json.dumps(
        {
            "table": _fields(table, _OF_TABLE),
            "columns": [{"at": column.key, **_fields(column, _OF_COLUMN)} for column in table.columns],
            "beside": [c.key for i, c in enumerate(table.columns) if i not in covered],
            "kinds": [
                [c.key, c.label, c.kind.value] for i, c in enumerate(table.columns) if i not in covered
            ],
            "rows": [
                [
                    _fields(row, _OF_ROW),
                    [_plain(row.cells[i]) for i in range(len(row.cells)) if i not in covered],
                ]
                for row in listed
            ],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def table_of(code: str, figures: str, face: str, title: str) -> Table:
    """The sheet as it was; ``title`` for sheets of older books, which kept no face."""
    said: Said = json.loads(figures)
    kept: Said = json.loads(face) if face else {}
    columns, order = _columns(said["columns"], kept)
    rows = _rows(said, kept, columns, order)
    face_fields = _fitting(Table, {key: _read(value) for key, value in kept.get("table", {}).items()})
    first, last = said["span"]
    values: Said = {
        "title": title,
        **face_fields,
        **{key: said[key] for key in ("report", "village", "ledger", "entity", "facts")},
        "columns": columns,
        "rows": rows,
        "span": Span(date.fromisoformat(first), date.fromisoformat(last)),
        "check_code": code,
    }
    return Table(**values)


def _covered(columns: Iterable[Column]) -> set[int]:
    from village_ledger.reports.pens.check_code import NOT_FIGURES

    return {i for i, column in enumerate(columns) if column.key not in NOT_FIGURES}


def _columns(figures: list[list[str]], kept: Said) -> tuple[tuple[Column, ...], list[str]]:
    """The columns in the order they stood."""
    words = {key: (label, kind) for key, label, kind in [*figures, *kept.get("kinds", [])]}
    looks: dict[str, Said] = {look["at"]: look for look in kept.get("columns", [])}
    order = list(looks) or [key for key, *_ in figures]
    made: list[Column] = []
    for key in order:
        label, kind = words[key][0], Kind(words[key][1])
        look: Said = {name: _read(value) for name, value in looks.get(key, {}).items() if name != "at"}
        width: Said = {"width_mm": _WIDTHS.get(kind, _USUAL_WIDTH)}
        values: Said = {**width, **_fitting(Column, look), "key": key, "label": label, "kind": kind}
        made.append(Column(**values))
    return tuple(made), order


def _rows(said: Said, kept: Said, columns: tuple[Column, ...], order: list[str]) -> tuple[Row, ...]:
    keys: list[str] = [key for key, *_ in said["columns"]]
    beside: list[str] = kept.get("beside", [])
    looks: list[Any] = kept.get("rows") or [[{}, []] for _ in said["rows"]]
    dates = {column.key for column in columns if column.kind is Kind.DATE}
    made: list[Row] = []
    for (role, *cells), (look, others) in zip(said["rows"], looks, strict=True):
        by_key: Said = {**dict(zip(keys, cells, strict=True)), **dict(zip(beside, others, strict=True))}
        whole = tuple(_cell(by_key[key], is_day=key in dates) for key in order)
        read: Said = {name: _read(value) for name, value in look.items()}
        values: Said = {**_fitting(Row, read), "role": Role(role), "cells": whole}
        made.append(Row(**values))
    return tuple(made)


def _cell(value: Json, *, is_day: bool) -> tables.Cell:
    if is_day and isinstance(value, str) and value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


# fields as JSON


def _fields(value: Any, without: frozenset[str]) -> dict[str, Json]:
    """Fields that are not as usual, but for some."""
    kept: dict[str, Json] = {}
    for field in fields(value):
        now = getattr(value, field.name)
        if field.name in without or now == _usual(field):
            continue
        try:
            kept[field.name] = _plain(now)
        except _LeftOut:
            continue
    return kept


def _usual(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _plain(value: Any) -> Json:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in cast("list[Any]", value)]
    name = type(value).__name__
    if _KNOWN.get(name) is not type(value):
        raise _LeftOut
    if isinstance(value, Enum):
        return {_IS: name, _VALUE: value.value}
    return {_IS: name, **{f.name: _plain(getattr(value, f.name)) for f in fields(value)}}


def _read(value: Json) -> Any:
    if isinstance(value, list):
        return tuple(_read(one) for one in cast("list[Json]", value))
    if not isinstance(value, dict):
        return value
    said = cast("dict[str, Json]", value)
    if _DAY in said:
        return date.fromisoformat(said[_DAY])
    cls = _KNOWN[said[_IS]]
    if issubclass(cls, Enum):
        return cls(said[_VALUE])
    return cls(**_fitting(cls, {key: _read(one) for key, one in said.items() if key != _IS}))


def _fitting(cls: type[Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Those of some fields the present program still has."""
    known = {field.name for field in fields(cls)}
    return {name: value for name, value in said.items() if name in known}
