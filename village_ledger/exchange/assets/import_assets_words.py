"""What a village's own asset list says, cell by cell: headings, dates such as 2016.3, states in a note, answers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from village_ledger.domain.asset import Source, Status
from village_ledger.domain.errors import ImportRefused
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import Month
from village_ledger.exchange.reading.heading_rows import Layout, Vocabulary, tidy
from village_ledger.exchange.reading.tabular import Cell, Field, Flawed, is_blank, read_rows
from village_ledger.i18n import tr
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
_ROW = re.compile(r"第?(\d{1,7})行?")
_ANSWER_FIELDS = (Field("row", "行"), Field("field", "栏"), Field("answer", "答复"))
_MONTH = re.compile(r"(\d{4})[.年/-](\d{1,2})月?")
_DAY = re.compile(r"(\d{4})[.年/-](\d{1,2})[.月/-](\d{1,2})日?")
_YEAR = re.compile(r"(\d{4})年?")
_THROUGH = re.compile(r"(\d{4})年(\d{1,2})月(?:\d{1,2}日)?|(\d{4})[.-](\d{1,2})[.-]\d{1,2}")

Answers = Mapping[tuple[int, str], str]
"""(row, meaning) to what was answered; the empty meaning is the whole row."""


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


def read_answers(path: Path, layout: Layout) -> dict[tuple[int, str], str]:
    """Answers kept in a csv or xlsx file with the columns 行, 栏, 答复; raises ImportRefused naming those that fit nothing."""
    table = read_rows(path, _ANSWER_FIELDS)
    there = {row for row, _ in layout.rows}
    found: dict[tuple[int, str], str] = {}
    faults: list[str] = []
    for number, cells in table:
        if is_blank(cells):
            continue
        texts = [str(cells[table.places[x.key]]).strip() for x in _ANSWER_FIELDS]
        row, label, answer = texts
        named, meaning = _ROW.fullmatch(half_width(row)), _meaning_of(label, layout)
        if named is None or int(named[1]) not in there:
            faults.append(tr("第{n}行：资产表里没有第“{row}”行。", n=number, row=row))
        elif meaning is None or (not meaning and not is_answer("leave_out", answer)):
            faults.append(tr("第{n}行：没有“{field}”这一栏。", n=number, field=label))
        elif not answer:
            faults.append(tr("第{n}行：没有写答复。", n=number))
        else:
            found[int(named[1]), meaning] = answer
    faults += [fault.text for fault in table.faults]
    if faults:
        raise ImportRefused(
            [tr("答复文件“{name}”{fault}", name=path.name, fault=fault) for fault in faults],
            tr("请改好答复文件后再导入一次。"),
        )
    return found


def _meaning_of(text: str, layout: Layout) -> str | None:
    word = tidy(text)
    if word in words()["answers"]["row"]:
        return ""
    for meaning, label in MEANINGS.items():
        if meaning and word in (meaning, label):
            return meaning
    return next((x.meaning for x in layout.columns if x.meaning and x.heading == word), None)
