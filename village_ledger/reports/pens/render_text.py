"""The pens for other programs: JSON as the contract says, csv that Excel opens right. Rows stream through both."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from village_ledger.domain.money import plain_fen
from village_ledger.domain.quantity import plain_price, plain_quantity
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.table import FIGURES, WRITTEN, Cell, Check, Column, Kind, Role, Row, Table

_BOM = "\ufeff"
_LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_CHUNK_ROWS = 500


def full_label(column: Column) -> str:
    """A column's label where heads have one storey only: 期初余额借方."""
    return f"{column.group}{column.label}"


def write_json(tables: Table | Sequence[Table], path: Path) -> None:
    """Write a report, or the sheets of a disclosure pack; raises OutputError, OutputDiskFull."""
    with replacing(path) as file:
        for text in json_text(tables):
            file.write(text.encode("utf-8"))


def write_csv(tables: Table | Sequence[Table], path: Path) -> None:
    """Write UTF-8 with BOM; several tables stand below each other with a blank line between."""
    with replacing(path) as file:
        for text in csv_text(tables):
            file.write(text.encode("utf-8"))


def json_text(tables: Table | Sequence[Table]) -> Iterator[str]:
    """The JSON text in pieces."""
    every = (tables,) if isinstance(tables, Table) else tuple(tables)
    is_pack = bool(every) and bool(letter_of(every[0].report))
    if isinstance(tables, Table) and tables.report != "disclosure":
        is_pack = False
    if is_pack:  # by letter: the first page has the last one
        every = tuple(sorted(every, key=lambda table: letter_of(table.report)))
    if len(every) == 1 and not is_pack:
        yield from _object(every[0], _head(every[0]))
        yield "\n"
        return
    pack: dict[str, Any] = {"report": "disclosure", "title": "财务公开表"}
    if every and not is_pack:
        pack = {"report": every[0].report, "title": every[0].title}
    if every:
        pack |= {"village": every[0].village, **_span(every[0])}
    yield json.dumps(pack, ensure_ascii=False)[:-1] + ', "sheets": ['
    for number, table in enumerate(every):
        yield ",\n " if number else "\n "
        named = {"sheet": letter_of(table.report)} if is_pack else {}
        yield from _object(table, {**named, **_head(table)})
    yield "]}\n"


def _head(table: Table) -> dict[str, Any]:
    return {
        "report": table.report,
        "title": table.title,
        "village": table.village,
        "ledger": table.ledger,
        "entity": table.entity,
        **_span(table),
        **{key: _value(Kind.MONEY, value) for key, value in table.facts.items()},
        **table.counts,
        "warnings": list(table.warnings),
        "notes": list(table.notes),
        **_edition(table),
        "columns": [{"key": c.key, "label": full_label(c), "kind": c.kind.value} for c in table.columns],
    }


def _edition(table: Table) -> dict[str, Any]:
    """Which version of a public sheet it is; nothing for other reports."""
    edition = table.edition
    if edition is None:
        return {}
    return {
        "edition": {
            "number": edition.number,
            "closed": edition.closed,
            "mark": edition.mark,
            "corrects": edition.corrects or None,
            "reason": edition.reason,
            "differences": list(edition.differences),
        }
    }


def _span(table: Table) -> dict[str, str | None]:
    if table.span is None:
        return {"from": None, "to": None}
    return {"from": table.span.first.isoformat(), "to": table.span.last.isoformat()}


def _object(table: Table, head: dict[str, Any]) -> Iterator[str]:
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for number, rows in enumerate(_some(table.rows)):
        lines = ",\n  ".join(encode(_row(table.columns, row)) for row in rows)
        yield f",\n  {lines}" if number else f"\n  {lines}"
    tail = {
        "checks": [_check(check) for check in table.checks],
        "checks_not_asked": [{"rule": x.rule, "text": x.text, "why": x.why} for x in table.unasked],
        "check_code": table.check_code,
    }
    yield "], " + json.dumps(tail, ensure_ascii=False)[1:]


def _check(check: Check) -> dict[str, object]:
    said: dict[str, object] = {"rule": check.rule, "ok": check.ok, "text": check.text}
    return said | {"evidence": check.evidence} if check.evidence else said


def _row(columns: Sequence[Column], row: Row) -> dict[str, Any]:
    cells = {column.key: _value(column.kind, cell) for column, cell in zip(columns, row.cells, strict=True)}
    return {"role": row.role.value, "level": row.level, **cells}


def _value(kind: Kind, cell: Cell) -> str | int | None:
    """A cell for a program: amounts with two decimals, dates ISO, text never null."""
    if kind is Kind.MONEY and (cell is None or isinstance(cell, int)):
        return plain_fen(cell or 0)
    if kind is Kind.QUANTITY and (cell is None or isinstance(cell, int)):
        return plain_quantity(cell or 0)
    if kind is Kind.PRICE and isinstance(cell, int):
        return plain_price(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None and kind in {Kind.TEXT, Kind.CODE, Kind.SIDE, Kind.PRICE, *WRITTEN}:
        return ""
    return cell


def _some(rows: Iterable[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def csv_text(tables: Table | Sequence[Table]) -> Iterator[str]:
    """The csv text in pieces, the first with the byte order mark."""
    every = (tables,) if isinstance(tables, Table) else tuple(tables)
    yield _BOM
    for number, table in enumerate(every):
        if number:
            yield "\r\n"
        yield _csv([[full_label(column) for column in table.columns]])
        kinds = [column.kind for column in table.columns]
        for rows in _some(table.rows):
            yield _csv(
                [_plain(kind, cell) for kind, cell in zip(kinds, row.cells, strict=True)]
                for row in rows
                if not (table.sums_on_paper and row.role is Role.TOTAL)
            )


def write_rows(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Plain rows of text as csv, UTF-8 with BOM; what a spreadsheet would take for a formula gets an apostrophe."""
    with replacing(path) as file:
        file.write((_BOM + _csv([[_plain(Kind.TEXT, cell) for cell in row] for row in rows])).encode())


def _csv(lines: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()


def _plain(kind: Kind, cell: Cell) -> str | int:
    """A csv cell; a text that a spreadsheet would take for a formula gets an apostrophe."""
    value = _value(kind, cell)
    if value is None:
        return ""
    if isinstance(value, str) and kind not in FIGURES and value.startswith(_LIKE_FORMULAS):
        return f"'{value}"
    return value
