"""What differs between the figures of a sheet as registered and the same sheet made today: which figure, then and now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import plain_price, plain_quantity
from village_ledger.reports.table import Kind, Role

_UNSAID = frozenset({"number"})
"""The running number moves with every line before it; not worth a sentence."""
_HEADS = (("village", "村名"), ("entity", "单位"), ("span", "期间"))
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
_NAMED_BY = frozenset({"date", "voucher", "code"})
"""Columns that name a line wherever they stand; other sheets' lines are named by their first two words."""
_NAMELESS = frozenset({"number", "class", "age", "note"})
_WORDS = frozenset({Kind.TEXT.value, Kind.CODE.value, Kind.COUNT.value, Kind.DATE.value})
_NAME_WORDS = 2
_NOTHING = "无"
"""All that a line says where a sheet has nothing to say."""
OTHER_COLUMNS = "表的栏目和公布时不一样（程序升过级），只比两边都有的栏。"


class How(Enum):
    """What became of a figure."""

    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that differs: of which line and column, then and now."""

    how: How
    where: str
    column: str
    then: str
    now: str
    row: int | None = None
    """Place among the rows of the sheet made today, None for a sum beside them or a line that is gone."""
    day: str = ""
    voucher: str = ""
    """Date and voucher as the line has them, where it has both."""

    @property
    def sentence(self) -> str:
        """One sentence of it."""
        if self.how is How.GONE:
            return f"{self.where}：公布时有这一笔，现在没有了。"
        if self.how is How.NEW:
            return f"{self.where}：公布时没有这一笔，现在有了。"
        what = f"{self.where} 的{self.column}" if self.column else self.where
        return f"{what}：公布时 {self.then}，现在 {self.now}。"


def differences(posted: str, current: str) -> list[Difference]:
    """What differs between two texts of ``figures_json``; empty when nothing a person reads does."""
    then, now = _read(posted), _read(current)
    found = [
        Difference(How.CHANGED, word, "", _head(then.get(key)), _head(now.get(key)))
        for key, word in _HEADS
        if then.get(key) != now.get(key)
    ]
    before, after = cast("dict[str, Any]", then["facts"]), cast("dict[str, Any]", now["facts"])
    for key in _FACT_WORDS | before | after:
        if before.get(key) != after.get(key):
            word = _FACT_WORDS.get(key, key)
            found.append(Difference(How.CHANGED, word, "", _shown(before.get(key)), _shown(after.get(key))))
    lines = _row_differences(then, now, frozenset({Role.DETAIL.value}))
    return found + (
        lines or _row_differences(then, now, frozenset(r.value for r in Role) - {Role.DETAIL.value})
    )


def same_columns(posted: str, current: str) -> bool:
    """Whether both have the same columns; an older program may have had others."""
    then, now = _read(posted)["columns"], _read(current)["columns"]
    return [c[0] for c in then] == [c[0] for c in now]


def _read(text: str) -> dict[str, Any]:
    """The figures of a text; of one that was tampered with, as much as there is."""
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    nothing: dict[str, Any] = {"facts": {}, "columns": [], "rows": []}
    return nothing | cast("dict[str, Any]", said) if isinstance(said, dict) else nothing


@dataclass(frozen=True, slots=True)
class _Line:
    """A row by column key, and where it stands."""

    cells: dict[str, Any]
    place: int

    def text(self, key: str) -> str:
        return str(self.cells.get(key) or "")


def _row_differences(then: dict[str, Any], now: dict[str, Any], roles: frozenset[str]) -> list[Difference]:
    columns: list[list[str]] = [c for c in then["columns"] if c[0] in {key for key, *_ in now["columns"]}]
    naming = _naming(columns)
    old, new = _by_name(then, naming, roles), _by_name(now, naming, roles)
    found: list[Difference] = []
    for name in [*old, *(name for name in new if name not in old)]:
        line = new.get(name) or old[name]
        place = new[name].place if name in new else None
        day, voucher = line.text("date"), line.text("voucher")
        if name not in new or name not in old:
            how = How.NEW if name in new else How.GONE
            found.append(Difference(how, name, "", "", "", place, day, voucher))
            continue
        for key, label, kind in columns:
            was, is_now = old[name].cells.get(key), new[name].cells.get(key)
            if was != is_now and key not in _UNSAID:
                shown = _cell(was, kind), _cell(is_now, kind)
                found.append(Difference(How.CHANGED, name, label, *shown, place, day, voucher))
    return found


def _naming(columns: Sequence[Sequence[str]]) -> list[str]:
    """Keys of the columns a line is named by."""
    named = [key for key, _, _ in columns if key in _NAMED_BY]
    words = [key for key, _, kind in columns if kind in _WORDS and key not in _NAMELESS]
    return named or words[:_NAME_WORDS]


def _by_name(figures: dict[str, Any], naming: Sequence[str], roles: frozenset[str]) -> dict[str, _Line]:
    """Rows of some roles by what names them; a further one of the same name is its second line."""
    keys = [column[0] for column in figures["columns"]]
    rows: dict[str, _Line] = {}
    times: dict[str, int] = {}
    for place, (role, *cells) in enumerate(figures["rows"]):
        if role not in roles or [cell for cell in cells if cell not in (None, "")] == [_NOTHING]:
            continue
        line = _Line(dict(zip(keys, cells, strict=False)), place)
        first = next((cell for cell in cells if isinstance(cell, str) and cell), "没有名称的一行")
        name = " ".join(filter(None, (line.text(key) for key in naming))) or first
        times[name] = times.get(name, 0) + 1
        rows[name if times[name] == 1 else f"{name}（第 {times[name]} 行）"] = line
    return rows


def _head(value: Any) -> str:
    return " 至 ".join(map(str, cast("list[Any]", value))) if isinstance(value, list) else str(value or "无")


def _shown(value: Any) -> str:
    return format_fen(value) if isinstance(value, int) else str(value or "无")


def _cell(value: Any, kind: str) -> str:
    if isinstance(value, int):
        if kind == Kind.MONEY.value:
            return format_fen(value)
        if kind == Kind.QUANTITY.value:
            return plain_quantity(value)
        if kind == Kind.PRICE.value:
            return plain_price(value)
        return str(value)
    return str(value or "空")
