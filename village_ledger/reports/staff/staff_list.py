"""Who works here and may do what (岗位一览): for supervisors, and to pin up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.duty import Held, duty_rules
from village_ledger.reports.issuer import DEMO
from village_ledger.reports.table import Column, Kind, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.storage.staff.queries import StaffMember

COLUMNS = (
    Column("name", "姓名", Kind.TEXT, 30),
    Column("role", "角色", Kind.TEXT, 20),
    Column("ledger", "账", Kind.TEXT, 44),
    Column("since", "从", Kind.CODE, 26),
    Column("until", "到", Kind.CODE, 26),
    Column("may", "能办的事", Kind.TEXT, 92),
)


def staff_list(
    village: str, staff: Sequence[StaffMember], titles: Mapping[str, str], *, is_demo: bool
) -> Table:
    """Everybody in the order registered, a row per role; who has left stays with the days it lasted."""
    rows = [row for member in staff for row in _rows(member, titles)]
    here = sum(not member.left_at for member in staff)
    rules = duty_rules()
    pairs = "；".join(dict.fromkeys(f"{rule.sentence}（{rule.source}）" for rule in rules.conflicts if staff))
    return Table(
        report="staff-list",
        title="岗位一览",
        village=village,
        ledger="",
        entity=village,
        columns=COLUMNS,
        rows=tuple(rows),
        heading=(f"在岗 {here} 人", f"登记过 {len(staff)} 人"),
        notes=(f"一个人不能兼的：{pairs}。制单的人不审自己的单。",) if pairs else ("这本账还没有登记人员。",),
        watermark=DEMO if is_demo else "",
        signatures=(("管理员", ""), ("监督", "")) if staff else (),
    )


def _rows(member: StaffMember, titles: Mapping[str, str]) -> list[Row]:
    left = f"{member.left_at[:10]} 离任" if member.left_at else ""
    if not member.roles:
        return [Row(Role.DETAIL, (member.name, "", "", member.added_at[:10], left, "还没有给角色"))]
    return [
        Row(
            Role.DETAIL,
            (
                member.name,
                held.role.words,
                titles.get(held.ledger, "全部") if held.ledger else "全部",
                held.since.isoformat(),
                held.until.isoformat() if held.until else "",
                may_words(held),
            ),
        )
        for held in member.roles
    ]


def may_words(held: Held) -> str:
    """What a role may do, in words."""
    return duty_rules().says[held.role]
