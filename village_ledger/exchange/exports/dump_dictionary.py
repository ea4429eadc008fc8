"""The data dictionary of a dump: every table and column in words (resources/exchange/dictionary.toml)."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from pathlib import Path

from village_ledger.exchange.exports.dump_text import BOM
from village_ledger.resources_dir import resource
from village_ledger.storage.file.dump import TableShape

_WORDS = tomllib.loads(resource("exchange", "dictionary.toml").read_text(encoding="utf-8"))
TITLES: dict[str, str] = _WORDS["table"]
"""Table → what it is called."""
HEAD = ("表", "表名", "序号", "列", "类型", "可以没有", "主键", "指向", "含义")
_KINDS = {"integer": "整数", "text": "文字", "bytes": "字节"}


def meaning(table: str, column: str) -> str:
    """What a column means, its own name where nobody has said."""
    special: dict[str, str] = _WORDS["special"]
    common: dict[str, str] = _WORDS["column"]
    return special.get(f"{table}.{column}") or common.get(column) or column


def described(table: TableShape) -> list[dict[str, object]]:
    """The columns of a table for programs: the same dictionary in JSON."""
    return [
        {
            "name": column.name,
            "type": column.kind,
            "null": column.nullable,
            "key": column.key,
            "refers": column.refers,
            "meaning": meaning(table.name, column.name),
        }
        for column in table.columns
    ]


def write_dictionary(file: Path, tables: Sequence[TableShape]) -> None:
    """One row a column, in the order of the tables' names."""
    with file.open("w", encoding="utf-8", newline="") as sink:
        sink.write(BOM)
        writer = csv.writer(sink, lineterminator="\r\n")
        writer.writerow(HEAD)
        for table in tables:
            for place, column in enumerate(table.columns, 1):
                writer.writerow(
                    (
                        table.name,
                        TITLES.get(table.name, table.name),
                        place,
                        column.name,
                        _KINDS[column.kind],
                        "是" if column.nullable else "",
                        column.key or "",
                        column.refers,
                        meaning(table.name, column.name),
                    )
                )
