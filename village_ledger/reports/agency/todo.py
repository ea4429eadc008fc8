"""What waits in the villages an agency keeps (代管待办): a row a village and a column a kind, or a row for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.agency import Todo, VillageTodos, Waiting
from village_ledger.reports.agency.words import ledger_words
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table

_UNITS = {
    Waiting.UNREACHED: "",
    Waiting.CLAIMS: "张",
    Waiting.REVIEW: "张",
    Waiting.SECOND_REVIEW: "张",
    Waiting.POST: "张",
    Waiting.MONTHS: "个月",
    Waiting.SHEETS: "件",
    Waiting.REPLIES: "条",
}
"""What a kind is counted in."""
_KINDS = tuple(kind for kind in Waiting if kind is not Waiting.UNREACHED)
_VILLAGES = (
    Column("mark", "", Kind.SIDE, 14),
    Column("village", "村", Kind.TEXT, 34),
    *(Column(kind.value, kind.words, Kind.COUNT, 20) for kind in _KINDS),
    Column("late", "晚了", Kind.COUNT, 16),
    Column("through", "账结到", Kind.CODE, 20),
    Column("words", "最急的", Kind.TEXT, 78),
)
_THINGS = (
    Column("mark", "", Kind.SIDE, 14),
    Column("village", "村", Kind.TEXT, 30),
    Column("ledger", "账套", Kind.TEXT, 44),
    Column("kind", "要办的", Kind.TEXT, 24),
    Column("count", "多少", Kind.COUNT, 14),
    Column("unit", "", Kind.SIDE, 12),
    Column("due", "期限", Kind.DATE, 22),
    Column("words", "是什么", Kind.TEXT, 110),
)
LATE, UNREACHED = "晚了", "打不开"


def in_order(found: Sequence[VillageTodos]) -> list[VillageTodos]:
    """Villages that cannot be looked into first, then those with something late, then those where something waits."""
    return sorted(found, key=lambda one: (not one.trouble, -_late(one), -_waiting(one), one.book.village))


def _late(one: VillageTodos) -> int:
    return sum(todo.count for todo in one.todos if todo.is_late)


def _waiting(one: VillageTodos) -> int:
    return sum(todo.count for todo in one.todos)


def count_of(one: VillageTodos, kind: Waiting) -> int:
    """How many of a kind wait in a village."""
    return sum(todo.count for todo in one.todos if todo.kind is kind)


def todo_table(office: str, found: Sequence[VillageTodos], today: date) -> Table:
    """A row a village, what presses first, and all of it together."""
    rows = [Row(Role.DETAIL, _village(one)) for one in in_order(found)]
    sums: list[Cell] = [sum(count_of(one, kind) for one in found) or None for kind in _KINDS]
    late = sum(_late(one) for one in found if not one.trouble)
    rows.append(Row(Role.TOTAL, ("", f"合计 {len(found)} 个村", *sums, late or None, "", "")))
    unreached = [one.book.village for one in found if one.trouble]
    notes = (f"打不开的不计在内：{'、'.join(unreached)}。",) if unreached else ()
    return Table(
        report="agency-todo",
        title="代管村待办",
        village="",
        ledger="",
        entity=office,
        columns=_VILLAGES,
        rows=tuple(rows),
        subtitle=f"{today.year}年{today.month}月{today.day}日",
        notes=notes,
        counts={"villages": len(found), "late": late, "unreached": len(unreached)},
        full_dates=True,
    )


def _village(one: VillageTodos) -> tuple[Cell, ...]:
    blank = (None,) * len(_KINDS)
    if one.trouble:
        return (UNREACHED, one.book.village, *blank, None, "", one.trouble)
    late = _late(one)
    first = one.todos[0].words if one.todos else "没有等着办的事"
    said = f"{first}（{one.holder} 正在用这本账）" if one.holder else first
    counts = (count_of(one, kind) or None for kind in _KINDS)
    return (LATE if late else "", one.book.village, *counts, late or None, one.through, said)


def _pressing(todo: Todo) -> tuple[bool, bool, date]:
    """What cannot be looked into first, then what is late for longest, then what is due next."""
    return todo.kind is not Waiting.UNREACHED, not todo.is_late, todo.due or date.max


def things_table(office: str, found: Sequence[VillageTodos], today: date) -> Table:
    """A row for each thing that waits, late ones first."""
    things = [(one, todo) for one in in_order(found) for todo in one.todos]
    things.sort(key=lambda pair: _pressing(pair[1]))
    rows = [
        Row(
            Role.DETAIL,
            (
                UNREACHED if todo.kind is Waiting.UNREACHED else LATE if todo.is_late else "",
                one.book.village,
                ledger_words(todo.ledger),
                todo.kind.words,
                None if todo.kind is Waiting.UNREACHED else todo.count,
                _UNITS[todo.kind],
                todo.due,
                todo.words,
            ),
        )
        for one, todo in things
    ]
    return Table(
        report="agency-todo-list",
        title="代管村待办明细",
        village="",
        ledger="",
        entity=office,
        columns=_THINGS,
        rows=tuple(rows),
        subtitle=f"{today.year}年{today.month}月{today.day}日",
        full_dates=True,
        counts={"things": len(rows)},
    )
