"""What was changed of a workspace itself (工作区变动记录): when, by whom, and whether a line was taken out or rewritten since."""

from __future__ import annotations

from village_ledger.domain.agency import Workspace
from village_ledger.reports.table import Column, Kind, Role, Row, Table

_COLUMNS = (
    Column("at", "时间", Kind.CODE, 34),
    Column("by", "谁", Kind.TEXT, 26),
    Column("words", "做了什么", Kind.TEXT, 150),
    Column("digest", "校验码", Kind.TEXT, 26),
)
_SHOWN = 8
"""Characters of a digest that tell lines apart on paper."""


def log_table(says: Workspace, broken: int | None) -> Table:
    """The newest first; ``broken`` is the place of the first line that does not follow from the one before it."""
    rows = [
        Row(Role.DETAIL, (one.at[:16].replace("T", " "), one.by, one.words, one.digest[:_SHOWN]))
        for one in reversed(says.log)
    ]
    last = says.log[-1].digest[:_SHOWN] if says.log else ""
    notes = (
        broken_words(says, broken),
        f"最后一行的校验码是 {last}，它由前面每一行算出：印出来留着，以后就能对。" if last else "",
        "这里只记工作区自己的变动；在村里办的事记在那个村的操作日志里。",
    )
    return Table(
        report="agency-log",
        title="工作区变动记录",
        village="",
        ledger="",
        entity=says.office,
        columns=_COLUMNS,
        rows=tuple(rows),
        subtitle=f"{len(says.log)} 条",
        notes=tuple(filter(None, notes)),
        counts={"lines": len(says.log), "broken": int(broken is not None)},
    )


def broken_words(says: Workspace, broken: int | None) -> str:
    """Where the chain breaks, empty while it holds."""
    if broken is None:
        return ""
    one = says.log[broken]
    return f"{one.at[:16].replace('T', ' ')} 这一行（{one.words}）和前面的接不上：有人改过这个文件。"
