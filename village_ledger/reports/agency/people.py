"""Who of an agency works in which village (代管人员): villages down, people across, and what a book has not heard yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from village_ledger.domain.agency import AgencyMember, KeptBook, Workspace
from village_ledger.domain.duty import Held
from village_ledger.reports.agency.words import ledger_words
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table
from village_ledger.storage.staff.queries import StaffMember

DOOR = "工作区"
"""First cell of the row that says how people stand at the workspace's own door."""
APART, OLD_PIN, STAYS = "密码不同", "密码还没改", "还没离任"
_NOTE = (
    "角色是各村账簿里的；“密码还没改”“还没离任”的账簿改的时候打不开，下一次打开时办；"
    "“密码不同”的，请对上密码。账簿仍是各村自己的。"
)


@dataclass(frozen=True, slots=True)
class VillageStaff:
    """Who is on a village's staff; ``trouble`` says why its book could not be looked into."""

    book: KeptBook
    staff: tuple[StaffMember, ...] = ()
    shut: tuple[tuple[str, str], ...] = ()
    """(name, until when) of whoever the book's door is shut to."""
    trouble: str = ""

    def member(self, name: str) -> StaffMember | None:
        """Somebody who works there."""
        return next((one for one in self.staff if one.name == name and not one.left_at), None)


def shown_people(says: Workspace, found: Sequence[VillageStaff]) -> list[AgencyMember]:
    """Who has a column: everybody here, and whoever left while a book has not heard of it."""
    kept = {one.book.uid for one in found}
    return [one for one in says.members if not one.left_at or kept & {uid for uid, _ in one.behind}]


def people_table(says: Workspace, found: Sequence[VillageStaff], at: str) -> Table:
    """A row a village after the row of the workspace's own door."""
    people = shown_people(says, found)
    names = {one.name for one in people}
    columns = (
        Column("village", "村", Kind.TEXT, 30),
        *(Column(one.name, one.name, Kind.TEXT, 34) for one in people),
        Column("others", "村里登记的别人", Kind.TEXT, 44),
        Column("state", "账簿", Kind.TEXT, 50),
    )
    door: tuple[Cell, ...] = (DOOR, *(door_words(one, at) for one in people), "", "")
    rows = [Row(Role.SUBTOTAL, door)]
    for one in found:
        cells = (cell_words(one, member, at) for member in people)
        others = "、".join(x.name for x in one.staff if not x.left_at and x.name not in names)
        rows.append(Row(Role.DETAIL, (one.book.village, *cells, others, state_words(one))))
    return Table(
        report="agency-staff",
        title="代管人员",
        village="",
        ledger="",
        entity=says.office,
        columns=columns,
        rows=tuple(rows),
        subtitle=at[:16].replace("T", " "),
        notes=(_NOTE,),
        counts={"people": sum(not one.left_at for one in people), "villages": len(found)},
    )


def books_table(says: Workspace, found: Sequence[VillageStaff], at: str) -> Table:
    """The villages a workspace keeps the books of, where they lie, and whether they can be looked into."""
    rows = [
        Row(Role.DETAIL, (one.book.village, one.book.path, one.book.uid[:8], state_words(one) or "打得开"))
        for one in found
    ]
    rows.append(Row(Role.TOTAL, (f"合计 {len(found)} 个村", "", "", "")))
    return Table(
        report="agency-books",
        title="代管的账簿",
        village="",
        ledger="",
        entity=says.office,
        columns=(
            Column("village", "村", Kind.TEXT, 34),
            Column("path", "账簿文件", Kind.TEXT, 90),
            Column("uid", "编号", Kind.CODE, 24),
            Column("state", "账簿", Kind.TEXT, 60),
        ),
        rows=tuple(rows),
        subtitle=at[:16].replace("T", " "),
        notes=("工作区只记账簿放在哪里，账簿仍是各村自己的。",),
        counts={"villages": len(found), "unreached": sum(bool(one.trouble) for one in found)},
    )


def state_words(one: VillageStaff) -> str:
    """Why a book cannot be looked into, or that nobody is registered in it; empty where all is well."""
    if one.trouble:
        return f"打不开：{one.trouble}"
    return "" if one.staff else "没有登记人员"


def door_words(member: AgencyMember, at: str) -> str:
    """How somebody stands at the workspace's own door."""
    if member.left_at:
        return f"离开 {member.left_at[:10]}"
    parts = ["管理员"] if member.administers else []
    if at < member.shut_until:
        parts.append(f"锁到 {_time(member.shut_until, at)}")
    return "，".join(parts)


def cell_words(one: VillageStaff, member: AgencyMember, at: str) -> str:
    """What stands against somebody's working in a village, then the roles held there."""
    known, behind = one.member(member.name), dict(member.behind)
    if one.trouble:
        return _behind(member, behind.get(one.book.uid))
    if known is None:
        return ""
    held = [x for x in known.roles if x.until is None]
    shut = dict(one.shut).get(member.name)
    against = _behind(member, behind.get(one.book.uid))
    parts = (
        against,
        f"锁到 {_time(shut, at)}" if shut else "",
        "、".join(map(role_words, held)) or "没有角色",
    )
    return "，".join(filter(None, parts))


def _behind(member: AgencyMember, sealed: str | None) -> str:
    if sealed is None:
        return ""
    return STAYS if member.left_at else OLD_PIN if sealed else APART


def role_words(held: Held) -> str:
    """A role, with its ledger where it is held in one only."""
    return held.role.words + (f"（{ledger_words(held.ledger)}）" if held.ledger else "")


def _time(until: str, now: str) -> str:
    when = datetime.fromisoformat(until)
    return f"{when:%H:%M}" if until[:10] == now[:10] else f"{when.month}月{when.day}日 {when:%H:%M}"
