"""``import members``: the member register from a file, one row a person; all of it or nothing, every fault named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import TextError, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.identity import in_eighteen, tidy_number
from village_ledger.domain.member import HEAD, Reason, Status
from village_ledger.domain.new_person import CODE_LIMIT, NewPerson, cautions_about, faults_of
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.cells import CellReader, day_of, text_of
from village_ledger.exchange.tabular import Cell, Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.sealing import Sealer
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
    Field("note", "备注", required=False),
    Field("group", "村民小组", required=False),
)
_YES, _NO = (
    frozenset({"是", "√", "yes", "y", "1", "true"}),
    frozenset({"否", "×", "不是", "no", "n", "0", "false"}),
)
_EXACT_DIGITS = 15
"""A spreadsheet keeps no more digits of a number than these."""
Note = Callable[[int, str, str], None]
"""Notes a fault: row, what, key of the column."""


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A row of a register; ``died`` where the village's own book says so."""

    row: int
    person: NewPerson
    head: str
    died: date | None = None


def import_members(uow: UnitOfWork, path: Path) -> Outcome[int]:
    """Take a register in; returns how many people. Raises UnreadableError, and ImportRefused naming every row at fault."""
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.people_bulk import enter_all
    from village_ledger.services.sealing import sealer_for

    today = date.fromisoformat(uow.at[:10])
    table = read_rows(path, MEMBER_FIELDS)
    reader = CellReader(table)
    people = read_members(table, reader)
    sealer = sealer_for(uow)
    said = check(uow, people, reader.note, sealer, today)
    refuse([*reader.faults, *table.faults])
    if not people:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有人", name=path.name), tr("请核对是不是选错了文件。")
        )
    done = enter_all(
        uow, [(one.person, one.died) for one in people], tr("导入的成员名册 {name}", name=path.name), sealer
    )
    return Outcome(done.value, done.changes, (*table.notices, *said, *done.warnings))


def read_members(table: TabularFile, reader: CellReader) -> list[ImportedPerson]:
    """The people of a file in our layout; what cannot be read is noted in the reader."""
    people: list[ImportedPerson] = []
    for row, cells in table:
        if is_blank(cells):
            continue
        member = reader.get(row, cells, "member", member_of, otherwise=False)
        confirmed = reader.get(row, cells, "confirmed_on", _day_or_none, None)
        person = NewPerson(
            name=reader.get(row, cells, "name", _text(tr("姓名")), "？"),
            household=reader.get(row, cells, "household", household_of, "？"),
            relation=reader.get(row, cells, "relation", _text(tr("与户主关系")), ""),
            sex=reader.get(row, cells, "sex", _text(tr("性别")), ""),
            id_number=reader.get(row, cells, "id_number", number_of, ""),
            status=Status.MEMBER if member else Status.NONE,
            reason=Reason.REGISTERED if member else Reason.UNKNOWN,
            confirmed_on=confirmed if member else None,
            group=reader.get(row, cells, "group", _text(tr("村民小组")), ""),
            note=reader.get(row, cells, "note", _text(tr("备注"), SUMMARY_LIMIT), ""),
        )
        people.append(ImportedPerson(row, person, reader.get(row, cells, "head", _text(tr("户主")), "")))
    return people


def check(
    uow: UnitOfWork, people: Sequence[ImportedPerson], note: Note, sealer: Sealer, today: date
) -> list[str]:
    """Note every fault of every person and household; returns what is only said."""
    said: list[str] = []
    _check_each(people, note, said, today)
    _check_twice(people, note)
    _check_against_book(uow, people, note, sealer)
    _check_heads(people, note, said)
    return said


def _check_each(people: Sequence[ImportedPerson], note: Note, said: list[str], today: date) -> None:
    undated = [one for one in people if one.person.status is Status.MEMBER and not one.person.confirmed_on]
    if undated:
        said.append(
            tr(
                "{count} 名成员没有写成员确认日期（第{row}行起），按一直是成员登记。",
                count=len(undated),
                row=undated[0].row,
            )
        )
    for one in people:
        faults = faults_of(one.person, today)
        if one.person.confirmed_on and one.person.confirmed_on > today:
            faults.append(tr("成员确认日期 {day} 还没有到", day=one.person.confirmed_on))
        for fault in faults:
            note(one.row, f"{fault}。", "id_number" if "身份证号" in fault else "name")
        if not faults:
            said.extend(
                tr("第{row}行 {name}：{text}。", row=one.row, name=one.person.name, text=text)
                for text in cautions_about(one.person, today)
            )


def _check_twice(people: Sequence[ImportedPerson], note: Note) -> None:
    numbers: dict[str, ImportedPerson] = {}
    names: dict[tuple[str, str], ImportedPerson] = {}
    for one in people:
        number = in_eighteen(tidy_number(one.person.id_number))
        first = numbers.setdefault(number, one) if number else one
        if first is not one:
            same = tr("第{row}行的{name}", row=first.row, name=first.person.name)
            note(
                one.row,
                tr("{name}的身份证号与{same}相同，同一个人只登记一次。", name=one.person.name, same=same),
                "id_number",
            )
        first = names.setdefault((one.person.household, one.person.name), one)
        if first is not one and one.person.name != "？":
            what = tr("{household} 户里第{row}行已经有一个{name}，同名的请加区分。")
            note(
                one.row,
                what.format(household=one.person.household, row=first.row, name=one.person.name),
                "name",
            )


def _check_against_book(
    uow: UnitOfWork, people: Sequence[ImportedPerson], note: Note, sealer: Sealer
) -> None:
    if not uow.reader.has_people():
        return
    tokens, known = uow.reader.number_tokens(), uow.reader.people()
    keys, by_id = {one.key for one in known}, {one.id: one for one in known}
    for one in people:
        if f"{one.person.household}/{one.person.name}" in keys:
            what = tr(
                "名册里已经有 {household}/{name}。", household=one.person.household, name=one.person.name
            )
            note(one.row, what, "name")
            continue
        number = tidy_number(one.person.id_number)
        other = tokens.get(sealer.token(number)) if number else None
        if other in by_id:
            what = tr("{name}的身份证号与名册里的 {key} 相同。", name=one.person.name, key=by_id[other].key)
            note(one.row, what, "id_number")


def _check_heads(people: Sequence[ImportedPerson], note: Note, said: list[str]) -> None:
    """One head a household, and the one the column names."""
    heads: dict[str, ImportedPerson] = {}
    for one in people:
        if one.person.relation == HEAD:
            first = heads.setdefault(one.person.household, one)
            if first is not one:
                what = tr("{household} 户有两个户主：{first}、{name}。")
                note(
                    one.row,
                    what.format(
                        household=one.person.household, first=first.person.name, name=one.person.name
                    ),
                    "relation",
                )
    seen: set[str] = set()
    for one in people:
        code = one.person.household
        head = heads.get(code)
        if head is None and code not in seen:
            said.append(tr("{household} 户没有写哪一个是户主。", household=code))
        elif head is not None and one.head and one.head != head.person.name:
            what = tr("户主写的是{head}，这一户的户主是{name}。", head=one.head, name=head.person.name)
            note(one.row, what, "head")
        seen.add(code)


# Cells


def household_of(cell: Cell) -> str:
    """A household number, which is text; raises TextError for none."""
    code = half_width(text_of(cell, tr("户编号"), CODE_LIMIT)).strip()
    if not code:
        raise TextError(tr("没有户编号"), tr("每一行都要有户编号。"))
    return code


def number_of(cell: Cell) -> str:
    """An identity number; raises TextError for one a spreadsheet kept as a number and cut."""
    if isinstance(cell, int | float) and len(str(int(cell))) > _EXACT_DIGITS:
        raise TextError(
            tr("身份证号是数字格式，表格软件只保留 15 位，后三位已经丢失"),
            tr("请照原件重新填，并把这一列设成文本格式。"),
        )
    text = text_of(cell, tr("证件号码"), NAME_LIMIT)
    if "E+" in text.upper():
        raise TextError(tr("身份证号变成了科学计数法，后三位已经丢失"), tr("请照原件重新填。"))
    return text


def member_of(cell: Cell) -> bool:
    """Whether a member: 是 or √, 否 or ×; raises TextError for anything else."""
    word = half_width(text_of(cell, tr("是否成员"), NAME_LIMIT)).strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise TextError(tr("是否成员“{word}”看不懂", word=word), tr("请填“是”或“否”。"))


def _text(what: str, limit: int = NAME_LIMIT) -> Callable[[Cell], str]:
    return lambda cell: text_of(cell, what, limit)


def _day_or_none(cell: Cell) -> date | None:
    """A day in one of the forms of our layout: 2019.11.30 is not among them."""
    if isinstance(cell, str) and not cell.strip():
        return None
    if isinstance(cell, str) and "." in half_width(cell):
        raise TextError(tr("日期“{cell}”看不懂", cell=cell.strip()), tr("请写成 2019-11-30 的样子。"))
    return day_of(cell)
