"""What a village's own asset list says, cell by cell: headings, dates such as 2016.3, states in a note, answers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from village_ledger.domain.asset import Source, Status
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import Month
from village_ledger.exchange.reading.heading_rows import Vocabulary, tidy
from village_ledger.exchange.reading.tabular import Cell, Flawed
from village_ledger.resources_dir import resource

MEANINGS: Final = {
    "code": "资产编号",
    "name": "名称",
    "kind": "类别",
    "spec": "规格",
    "quantity": "数量",
    "use": "用途",
    "in_use": "启用日期",
    "cost": "原值",
    "salvage": "残值",
    "method": "折旧方法",
    "months": "使用月数",
    "years": "使用年限",
    "units": "总工作量",
    "accumulated": "已提折旧",
    "net": "净值",
    "keeper": "保管人",
    "place": "坐落地点",
    "status": "使用状况",
    "user": "使用人",
    "note": "备注",
    "": "不用",
}
"""What a column can mean, and how people call it."""
_MONTH = re.compile(r"(\d{4})[.年/-](\d{1,2})月?")
_DAY = re.compile(r"(\d{4})[.年/-](\d{1,2})[.月/-](\d{1,2})日?")
_YEAR = re.compile(r"(\d{4})年?")
_THROUGH = re.compile(r"(\d{4})年(\d{1,2})月(?:\d{1,2}日)?|(\d{4})[.-](\d{1,2})[.-]\d{1,2}")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Everything of rules/asset_columns.toml."""
    return tomllib.loads(resource("rules", "asset_columns.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def asset_vocabulary() -> Vocabulary:
    """Columns of an asset list."""
    said = words()
    return Vocabulary(MEANINGS, said["words"], said["within"], ("code", "name", "use", "in_use", "cost"))


@dataclass(frozen=True, slots=True)
class Began:
    """When use began as far as a cell says: a day, or only its year, or nothing; ``text`` is what stands there."""

    day: date | None
    year: int | None
    text: str


def began(cell: Cell) -> Began:
    """Read a date kept by hand: 2016.3 and 2012年12月 are the month's first day, 2008年 only a year."""
    if isinstance(cell, date):
        return Began(cell, cell.year, cell.isoformat())
    text = half_width(
        cell if isinstance(cell, str) else "" if isinstance(cell, Flawed) else str(cell)
    ).strip()
    tidy_text = "".join(text.split())
    for pattern in (_DAY, _MONTH):
        match = pattern.fullmatch(tidy_text)
        if match:
            year, month, *rest = map(int, match.groups())
            if isinstance(cell, float) and month < 10:  # 2018.1 may be what a spreadsheet left of 2018.10
                return Began(None, year, text)
            try:
                return Began(date(year, month, rest[0] if rest else 1), year, text)
            except ValueError:
                return Began(None, None, text)
    match = _YEAR.fullmatch(tidy_text)
    return Began(None, int(match[1]) if match else None, text)


def through(rows: Iterable[tuple[int, tuple[Cell, ...]]], last: int) -> Month | None:
    """The month a list reaches, from the words above its heading (截止日期：2024年12月31日)."""
    for row, cells in rows:
        for cell in cells:
            match = _THROUGH.search(half_width(cell)) if row <= last and isinstance(cell, str) else None
            if match:
                year, month = (int(part) for part in match.groups() if part)
                return Month(year, month) if 1 <= month <= 12 else None
    return None


def status_in(note: str) -> Status | None:
    """How an asset stands by its note; None where it says nothing of it."""
    for name in ("pending", "idle"):
        if any(word in note for word in words()["cells"][name]):
            return Status(name)
    return None


def source_in(note: str) -> Source:
    """Where an asset came from by its note."""
    for name in ("levy", "gift", "grant"):
        if any(word in note for word in words()["cells"][name]):
            return Source(name)
    return Source.UNKNOWN


def is_answer(kind: str, answer: str) -> bool:
    """Whether an answer is one of the words of a kind (leave_out, by_class, none)."""
    return tidy(answer) in words()["answers"][kind]
