"""A reminder to a village that has sent no package (催交): what was seen of it last, until when the others' books go."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.desk_state import Absent, DeskState, month_words
from village_ledger.reports.table import Column, Kind, Role, Row, Table

_COLUMNS = (
    Column("what", "事项", Kind.CODE, 46),
    Column("text", "内容", Kind.TEXT, 130),
)
TITLE = "催交送审包的通知"


def reminder_table(state: DeskState, one: Absent, office: str, name: str, day: date) -> Table:
    """The letter as a sheet; the same words go into the text file."""
    rows = tuple(Row(Role.DETAIL, said) for said in (("事由", _asked(state, one)), *_said(state, one)))
    return Table(
        report="review-reminder",
        title=TITLE,
        village="",
        ledger="",
        entity=office,
        columns=_COLUMNS,
        rows=rows,
        heading=(f"致：{one.village}",),
        signatures=(("单位", office), ("经办人", name), ("日期", day.isoformat())),
    )


def reminder_text(state: DeskState, one: Absent, office: str, name: str, day: date) -> str:
    """The letter in plain words, to be sent by telephone or pasted anywhere."""
    lines = [TITLE, "", f"{one.village}：", f"　　{_asked(state, one)}"]
    lines += [f"　　{what}：{text}" for what, text in _said(state, one)]
    lines += ["", f"　　{office}　{name}", f"　　{day.year}年{day.month}月{day.day}日", ""]
    return "\n".join(lines)


def _asked(state: DeskState, one: Absent) -> str:
    due = month_words(state.due, long=True) if state.due else ""
    until = f"，账要到 {due}" if due else ""
    if one.file:
        return f"送来的文件 {one.file} 读不了，可能没有拷完。请重新做好送来{until}。"
    return f"到今天还没有收到{one.village}{due}的送审包。请做好送来{until}。"


def _said(state: DeskState, one: Absent) -> list[tuple[str, str]]:
    last = one.last
    seen = (
        "从来没有收到过；第一次送的时候，请把签名指纹念给我们核对。"
        if last is None
        else f"第 {last.number} 包，{last.first} 至 {last.last}，签名指纹 {last.fingerprint}"
    )
    said = [("收到的最后一包", seen)]
    if state.due:
        everybody = len(state.villages) + len(state.absent)
        sent = everybody - len(state.to_remind)
        said.append(("别的村", f"{everybody} 个村里 {sent} 个已经送来"))
    said.append(
        (
            "怎样送",
            "打开账簿，在“办事”的“送审包”页按 F6 做一个，拷到 U 盘送来；没有结账的月份也能送，会写明没有结账。",
        )
    )
    return said
