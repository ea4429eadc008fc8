"""What can be entered about people on one form: title, fields, and what is done with what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.domain.member import Reason, Status
from village_ledger.domain.new_person import SEXES, NewPerson
from village_ledger.domain.period import parse_day
from village_ledger.services.people import people
from village_ledger.ui.widgets.act_fields import FieldSpec

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork


Said = Mapping[str, str]
"""What stands in the fields, by key."""


@dataclass(frozen=True, slots=True)
class Act:
    """One form: title, words on the button, fields, what is done."""

    title: str
    words: str
    fields: tuple[FieldSpec, ...]
    carry_out: Callable[[UnitOfWork, Said], Outcome[Any]]


def _reasons(*statuses: Status, without: Reason | None = None) -> tuple[tuple[str, str], ...]:
    found = (one for one in Reason if one.value and one.status in statuses and one is not without)
    return tuple((one.value, one.words) for one in found)


def _death(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    return people.record_death(uow, said["who"], parse_day(said["day"]), said["basis"])


def _admit(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    reason, day = Reason(said["reason"]), parse_day(said["day"])
    return people.admit(uow, said["who"], day, reason, said["basis"], resolution=said["resolution"])


def _leave(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    who, day, basis, resolution = said["who"], parse_day(said["day"]), said["basis"], said["resolution"]
    reason, until = Reason(said["reason"]), _day(said["until"])
    if reason is Reason.EXIT:
        return people.exit_(uow, who, day, basis, resolution=resolution, retained_until=until)
    return people.lose(uow, who, day, reason, basis, resolution=resolution, retained_until=until)


def _head(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    return people.set_head(uow, said["who"], parse_day(said["day"]), said["basis"])


def _add(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    new = NewPerson(
        name=said["name"],
        household=said["household"].strip(),
        relation=said["relation"],
        sex=said["sex"],
        id_number=said["id_number"],
        birth=_day(said["birth"]),
        since=_day(said["since"]),
        group=said["group"],
        no_number=said["no_number"],
        note=said["note"],
    )
    return people.add(uow, new, said["basis"])


def _day(text: str) -> date | None:
    """A day as typed, None for nothing."""
    return parse_day(text) if text.strip() else None


NO_RESOLUTION = (("", "没有"),)
"""What a list of resolutions offers first."""
_WHO = FieldSpec("who", "谁", "写成 017/周德明：户编号、斜线、姓名。")
_RESOLUTION = "先在“决议”里登记；没有决议就空着。"


def _basis(example: str) -> FieldSpec:
    return FieldSpec("basis", "依据", example)


ACTS: dict[str, Act] = {
    "death": Act(
        "登记去世",
        "登记去世",
        (
            _WHO,
            FieldSpec("day", "去世日期", "如 2025-03-02。"),
            _basis("凭什么登记，如 死亡证明；一定要写。"),
        ),
        _death,
    ),
    "admit": Act(
        "确认成员",
        "确认成员",
        (
            _WHO,
            FieldSpec("reason", "理由", "", _reasons(Status.MEMBER, Status.GRANTED)),
            FieldSpec("day", "从哪天起", "成员大会表决的那天或以后。"),
            FieldSpec("resolution", "决议", "确认成员由成员大会决定。先在“决议”里登记。", NO_RESOLUTION),
            _basis("如 出生医学证明、结婚证、户口簿；一定要写。"),
        ),
        _admit,
    ),
    "leave": Act(
        "退出、丧失成员身份",
        "登记退出",
        (
            _WHO,
            FieldSpec(
                "reason",
                "理由",
                "",
                (*_reasons(Status.WITHDRAWN), *_reasons(Status.LOST, without=Reason.DEATH)),
            ),
            FieldSpec("day", "从哪天起"),
            FieldSpec("resolution", "决议", _RESOLUTION, NO_RESOLUTION),
            FieldSpec("until", "权益保留到", "协商保留已经享有的权益的，写到哪一天；没有就空着。"),
            _basis("如 书面申请、录用文件；一定要写。"),
        ),
        _leave,
    ),
    "head": Act(
        "另定户主",
        "定为户主",
        (_WHO, FieldSpec("day", "从哪天起"), _basis("如 户口簿、家庭协议；一定要写。")),
        _head,
    ),
    "add": Act(
        "新增人员",
        "登记",
        (
            FieldSpec("name", "姓名", limit=40),
            FieldSpec("household", "户编号", "现有的户就写它的编号；新户写一个没有用过的。", limit=20),
            FieldSpec("relation", "与户主关系", "如 户主、妻、子、儿媳、孙女。", limit=20),
            FieldSpec("id_number", "身份证号", "加密保存；屏幕和打印照规定遮住中间。", limit=24),
            FieldSpec("no_number", "没有号的原因", "新生儿、从没办过证……有号就空着。"),
            FieldSpec("sex", "性别", "有身份证号就不用选。", (("", "照身份证号"), *((s, s) for s in SEXES))),
            FieldSpec("birth", "出生日期", "有身份证号就不用填。"),
            FieldSpec("since", "从哪天起在这一户", "不知道就空着。"),
            FieldSpec("group", "村民小组", "新户才要写。", limit=20),
            FieldSpec("note", "备注"),
            _basis("如 户口簿、出生医学证明；一定要写。登记了还不是成员，要再按“确认成员”。"),
        ),
        _add,
    ),
}
