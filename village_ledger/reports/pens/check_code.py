"""The check code (校验码): ties a printed sheet to the ledger it came from.

It covers the figures, not the paper: village, ledger, span, columns, rows and facts, but neither size, notes,
signatures nor marks that change while the figures stay.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any, cast

from village_ledger.domain.check_code import code_for
from village_ledger.domain.money import format_fen
from village_ledger.reports.table import Cell, Kind, Table

_FORMAT = 1
_NOT_FIGURES = frozenset({"note"})
_PLACE = "number"
"""Moves with every line before it; not worth a sentence."""
_FACT_WORDS = {
    "opening": "期初",
    "income": "本期收入",
    "expense": "本期支出",
    "closing": "期末",
    "opening_cash": "期初现金",
    "opening_bank": "期初存款",
    "closing_cash": "期末现金",
    "closing_bank": "期末存款",
    "year_income": "本年收入",
    "year_expense": "本年支出",
}


def figures_json(table: Table) -> str:
    """The figures of a report in one canonical text: sorted keys, no blanks, fen as whole numbers."""
    kept = [i for i, column in enumerate(table.columns) if column.key not in _NOT_FIGURES]
    figures = {
        "format": _FORMAT,
        "report": table.report,
        "village": table.village,
        "ledger": table.ledger,
        "entity": table.entity,
        "span": [table.span.first.isoformat(), table.span.last.isoformat()] if table.span else [],
        "columns": [
            [table.columns[i].key, table.columns[i].label, table.columns[i].kind.value] for i in kept
        ],
        "rows": [[row.role.value, *(_plain(row.cells[i]) for i in kept)] for row in table.rows],
        "facts": {key: _plain(value) for key, value in table.facts.items()},
    }
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def code_of(table: Table, book_id: str) -> str:
    """Twelve characters from the SHA-256 of the book's id and the figures; the same for every paper size."""
    return code_for(f"{book_id}\n{figures_json(table)}")


def with_code(table: Table, book_id: str) -> Table:
    """The table carrying its check code."""
    return replace(table, check_code=code_of(table, book_id))


def compare(posted: str, current: str) -> list[str]:
    """What differs between two texts of ``figures_json``: which figure, then and now; empty when nothing does."""
    then, now = cast("dict[str, Any]", json.loads(posted)), cast("dict[str, Any]", json.loads(current))
    sentences = [
        f"{word}：公布时 {then.get(key)}，现在 {now.get(key)}。"
        for key, word in (("village", "村名"), ("entity", "单位"), ("span", "期间"))
        if then.get(key) != now.get(key)
    ]
    before, after = cast("dict[str, Any]", then["facts"]), cast("dict[str, Any]", now["facts"])
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            word = _FACT_WORDS.get(key, key)
            sentences.append(f"{word}：公布时 {_shown(before.get(key))}，现在 {_shown(after.get(key))}。")
    return sentences + _row_differences(then, now)


def _row_differences(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    columns: list[list[str]] = then["columns"]
    old, new = _by_name(then), _by_name(now)
    sentences: list[str] = []
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            sentences.append(f"{name}：公布时有这一笔，现在没有了。")
        elif name not in old:
            sentences.append(f"{name}：公布时没有这一笔，现在有了。")
        else:
            for (key, label, kind), was, is_now in zip(columns, old[name], new[name], strict=False):
                if was != is_now and key != _PLACE:
                    shown = (_cell(was, kind), _cell(is_now, kind))
                    sentences.append(f"{name} 的{label}：公布时 {shown[0]}，现在 {shown[1]}。")
    return sentences


def _by_name(figures: dict[str, Any]) -> dict[str, list[Any]]:
    """Cells of the detail rows by date and voucher, or by what names a row elsewhere."""
    keys = [column[0] for column in figures["columns"]]
    naming = [i for i, key in enumerate(keys) if key in {"date", "voucher", "code"}]
    rows: dict[str, list[Any]] = {}
    for role, *cells in figures["rows"]:
        if role == "detail":
            name = " ".join(str(cells[i]) for i in naming) or str(len(rows) + 1)
            while name in rows:
                name += "+"
            rows[name] = cells
    return rows


def _plain(value: Cell) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: Any) -> str:
    return format_fen(value) if isinstance(value, int) else str(value or "无")


def _cell(value: Any, kind: str) -> str:
    return _shown(value) if kind == Kind.MONEY.value else str(value or "空")
