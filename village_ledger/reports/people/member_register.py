"""成员名册: everybody on a day, by household, as much of each as the level lets out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from village_ledger.domain.masking import Level, is_child, mask_name, mask_number, told_apart
from village_ledger.domain.member import Status
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.people import duplicates
from village_ledger.storage.people.records import Person

COLUMNS = (
    Column("household", "户编号", Kind.CODE, 18),
    Column("head", "户主", Kind.TEXT, 28),
    Column("name", "姓名", Kind.TEXT, 30),
    Column("relation", "与户主关系", Kind.TEXT, 26),
    Column("sex", "性别", Kind.TEXT, 12),
    Column("id_number", "证件号码", Kind.CODE, 44),
    Column("member", "是否成员", Kind.TEXT, 18),
    Column("confirmed_on", "成员确认日期", Kind.CODE, 26),
    Column("note", "备注", Kind.TEXT, 46),
    Column("group", "村民小组", Kind.TEXT, 18),
)


def member_register(
    issuer: Issuer,
    day: date | None,
    people: Sequence[Person],
    numbers: Mapping[int, str],
    level: Level,
    sealed: str,
    read_on: date,
) -> Table:
    """One row a person; ``sealed`` stands for a number that could not be opened.

    Who is a child on a public sheet is judged on ``read_on``: a register without a day is read today.
    """
    children = [one for one in people if level is Level.PUBLIC and is_child(one.birth, read_on)]
    left_out = {one.id for one in children}
    shown = [one for one in people if one.id not in left_out]
    names, heads = _names(shown, level)
    rows = [
        Row(Role.DETAIL, _cells(one, names[place], heads[place], numbers.get(one.id, ""), level, sealed))
        for place, one in enumerate(shown)
    ]
    members = sum(one.is_member for one in people)
    households = len({one.household for one in people if one.household})
    notes = [f"共 {households} 户 {len(people)} 人，其中成员 {members} 人。"]
    if level in (Level.INTERNAL, Level.TOWNSHIP):
        notes += duplicates.named(duplicates.likely_same(people))
    if children:
        notes.append(f"不满 14 周岁的 {len(children)} 人不单列（个人信息保护法第二十八条）。")
    return Table(
        report="member-register",
        title="成员名册",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        subtitle=f"截至 {day}" if day else "",
        heading=(f"{level.value} {level.words}",),
        notes=tuple(notes),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("监事长", ""), ("经办", "")),
        counts={"households": households, "people": len(people), "members": members},
    )


def _names(people: Sequence[Person], level: Level) -> tuple[list[str], list[str]]:
    """Name and head of each row as the level shows them."""
    if level is Level.PUBLIC:
        names = told_apart([(one.household, one.name) for one in people])
        return names, [mask_name(one.head, level) for one in people]
    if level is Level.ANONYMOUS:
        places = {one.key: place for place, one in enumerate(people, 1)}
        heads = [places.get(f"{one.household}/{one.head}", 0) for one in people]
        return (
            [mask_name(one.name, level, place) for place, one in enumerate(people, 1)],
            [mask_name("", level, place) if place else "" for place in heads],
        )
    return [one.name for one in people], [one.head for one in people]


def _cells(one: Person, name: str, head: str, number: str, level: Level, sealed: str) -> tuple[str, ...]:
    anonymous = level is Level.ANONYMOUS
    if number != sealed:
        number = mask_number(number, level)
    elif level in (Level.PUBLIC, Level.ANONYMOUS):
        number = ""
    return (
        "" if anonymous else one.household,
        head,
        name,
        one.relation,
        one.sex,
        number,
        "是" if one.is_member else "否",
        one.confirmed_on.isoformat() if one.is_member and one.confirmed_on else "",
        _remark(one) if level in (Level.INTERNAL, Level.TOWNSHIP) else "",
        "" if anonymous else one.group,
    )


def _remark(one: Person) -> str:
    parts = [one.note]
    if one.death:
        parts.append(f"{one.death} 去世")
    elif one.status not in (Status.MEMBER.value, Status.NONE.value):
        parts.append(Status(one.status).words)
    return "；".join(part for part in parts if part)
