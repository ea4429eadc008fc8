"""``import members``: the member register as a csv or xlsx file, one row a person, all of it or nothing.

A file in our own layout is read strictly, cell by cell as it is written; any other is a register kept by hand, read by
``import_members_guided``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import TextError, UnreadableError
from village_ledger.domain.member import HEAD, Reason, Status
from village_ledger.domain.new_person import CODE_LIMIT, NewPerson, cautions_about, faults_of, tidied
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.people import import_members_guided as guided
from village_ledger.exchange.people.import_members_words import words
from village_ledger.exchange.reading.answers import read_answers
from village_ledger.exchange.reading.cells import CellReader, day_of, text_of, yes_or_no
from village_ledger.exchange.reading.tabular import (
    Cell,
    Field,
    Flawed,
    TabularFile,
    is_blank,
    read_rows,
    refuse,
)
from village_ledger.i18n import tr
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.people.people_bulk import enter_all
from village_ledger.services.staff.sealing import sealer_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from village_ledger.exchange.reading.heading_rows import Layout
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

MEMBER_FIELDS = (
    Field("household", "户编号"),
    Field("head", "户主"),
    Field("name", "姓名"),
    Field("relation", "与户主关系"),
    Field("sex", "性别"),
    Field("id_number", "证件号码"),
    Field("member", "是否成员"),
    Field("confirmed_on", "成员确认日期"),
    Field("note", "备注"),
    Field("group", "村民小组", required=False),
)
_GROUP = re.compile(r"[一二三四五六七八九十\d]+组")
"""A remark that is nothing but the villagers' group the household belongs to."""


@dataclass(slots=True)
class _Seen:
    """What earlier rows of the file and the book have."""

    people: set[tuple[str, str]]
    numbers: dict[bytes, int]
    """Token of an identity number to its row, 0 for one in the book."""
    heads: dict[str, str] = field(default_factory=dict[str, str])
    last: tuple[str, str] = ("", "")
    """Number and head of the household of the row above."""


def import_members(uow: UnitOfWork, path: Path, answers: Path | None = None) -> Outcome[int]:
    """Enter everyone of a file; returns how many. Raises UnreadableError, ImportRefused naming every bad row.

    ``answers`` is a file of answers to what was found wrong in a register kept by hand.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    if answers is not None:
        layout = guided.find_layout(path)
        return guided.take_in(uow, layout, read_answers(answers, layout, words()["answers"]))
    try:
        table = read_rows(path, MEMBER_FIELDS)
    except UnreadableError:
        layout = guided.find_layout(path)
        if _is_ours(layout):
            raise
        return guided.take_in(uow, layout, {})
    return _take_strictly(uow, path, table)


def _is_ours(layout: Layout) -> bool:
    """Whether a file is in our layout, but for what was refused of it: a column missing or written twice."""
    ours = {x.label for x in MEMBER_FIELDS if x.required}
    written = {column.heading for column in layout.columns}
    return layout.row == 1 and len(ours & written) >= len(ours) - 2


def _take_strictly(uow: UnitOfWork, path: Path, table: TabularFile) -> Outcome[int]:
    reader, sealer, today = CellReader(table), sealer_for(uow), date.fromisoformat(uow.at[:10])
    seen = _Seen(
        {(one.household, one.name) for one in uow.reader.people(None)},
        dict.fromkeys(uow.reader.number_tokens(), 0),
    )
    rows: list[tuple[int, NewPerson]] = []
    cautions: list[str] = []
    for number, new in _read(table, reader, seen):
        faults = faults_of(new, today)
        for fault in faults:
            reader.note(number, f"{fault}。")
        if faults:
            continue
        made = tidied(new)
        _ensure_once(reader, seen, number, made, sealer.token(made.id_number) if made.id_number else None)
        cautions += [f"第{number}行：{made.name}：{text}。" for text in cautions_about(new, today)]
        rows.append((number, made))
    refuse([*reader.faults, *table.faults])
    if not rows:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有人", name=path.name), tr("请核对是不是选错了文件。")
        )
    done = enter_all(uow, [(made, None) for _, made in rows], tr("导入 {name}", name=path.name), sealer)
    return replace(done, warnings=(*table.notices, *cautions, *done.warnings))


def _read(table: TabularFile, reader: CellReader, seen: _Seen) -> Iterator[tuple[int, NewPerson]]:
    """Rows whose cells can be read; what cannot is noted. A blank household is that of the row above."""
    for number, cells in table:
        if is_blank(cells):
            continue
        before = len(reader.faults)
        texts = {
            key: reader.get(number, cells, key, partial(_text, label=label), "") for key, label in _LABELS
        }
        texts["id_number"] = reader.get(number, cells, "id_number", _number, "")
        member = reader.get(number, cells, "member", lambda cell: yes_or_no(cell, tr("是否成员")), False)
        confirmed = reader.get(number, cells, "confirmed_on", _day, None)
        if not texts["household"]:
            texts["household"], texts["head"] = seen.last
        seen.last = (texts["household"], texts["head"])
        if member and confirmed is None and len(reader.faults) == before:
            reader.note(number, tr("是成员，要有成员确认日期。"), "confirmed_on")
        _ensure_head(reader, seen, number, texts)
        if len(reader.faults) == before:
            yield number, _person(texts, confirmed, member=member)


_LABELS = (
    ("household", "户编号"),
    ("head", "户主"),
    ("name", "姓名"),
    ("relation", "与户主关系"),
    ("sex", "性别"),
    ("note", "备注"),
    ("group", "村民小组"),
)


def _person(texts: Mapping[str, str], confirmed: date | None, *, member: bool) -> NewPerson:
    note = texts["note"]
    group = note if _GROUP.fullmatch(note) and not texts["group"] else ""
    return NewPerson(
        texts["name"],
        texts["household"],
        texts["relation"],
        texts["sex"],
        texts["id_number"],
        status=Status.MEMBER if member else Status.NONE,
        reason=Reason.REGISTERED if member else Reason.UNKNOWN,
        confirmed_on=confirmed if member else None,
        group=texts["group"] or group,
        note="" if group else note,
    )


def _ensure_head(reader: CellReader, seen: _Seen, number: int, texts: Mapping[str, str]) -> None:
    """A household's rows name one head, and whoever is the head is called so."""
    code, head = texts["household"], texts["head"]
    if head and seen.heads.setdefault(code, head) != head:
        what = tr("{code} 户的户主前面写的是{first}。", code=code, first=seen.heads[code])
        reader.note(number, what, "head")
    if texts["relation"] == HEAD and head and texts["name"] != head:
        reader.note(number, tr("与户主关系是户主，户主一栏写的是{head}。", head=head), "relation")


def _ensure_once(reader: CellReader, seen: _Seen, number: int, made: NewPerson, token: bytes | None) -> None:
    """Nobody twice, by number or by household and name."""
    key = (made.household, made.name)
    if key in seen.people:
        reader.note(number, tr("{code} 户已经有一个{name}。", code=made.household, name=made.name), "name")
    seen.people.add(key)
    if token is None:
        return
    earlier = seen.numbers.setdefault(token, number)
    if earlier != number:
        where = tr("第{n}行", n=earlier) if earlier else tr("名册里的一个人")
        reader.note(number, tr("身份证号和{where}相同，同一个人只登记一次。", where=where), "id_number")


def _text(cell: Cell, label: str) -> str:
    limit = {"户编号": CODE_LIMIT, "备注": SUMMARY_LIMIT}.get(label, NAME_LIMIT)
    return text_of(cell, label, limit)


def _number(cell: Cell) -> str:
    """An identity number; one kept as a figure has lost its last digits for good."""
    if isinstance(cell, float | int) and not isinstance(cell, Flawed):
        raise TextError(
            tr("证件号码存成了数字，Excel 只留15位，后三位已经丢了"), tr("请照身份证重打，单元格先设成文本。")
        )
    return text_of(cell, tr("证件号码"), NAME_LIMIT)


def _day(cell: Cell) -> date | None:
    """A day in one of the forms of our layout, of which 2019.11.30 is none."""
    if isinstance(cell, str) and "." in cell:
        raise TextError(tr("日期“{cell}”看不懂", cell=cell.strip()), tr("请写成 2019-11-30 的样子。"))
    return None if cell in ("", None) else day_of(cell)
