"""移交清册: every item under its heading with 相符 or 不符, the three signatures; and the list of old matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from village_ledger.domain.handover import Handover, Item, ItemKind, Place, Result
from village_ledger.domain.old_matter import OldMatter
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table

COLUMNS = (
    Column("number", "序号", Kind.COUNT, 10),
    Column("title", "项目", Kind.TEXT, 62),
    Column("detail", "内容", Kind.TEXT, 92),
    Column("amount", "金额", Kind.MONEY, 32),
    Column("quantity", "数量", Kind.TEXT, 20),
    Column("result", "核对", Kind.TEXT, 16),
    Column("note", "说明", Kind.TEXT, 36),
)
_HEADINGS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class HandoverPaper:
    """A handover as its sheet shows it."""

    village: str
    entities: str
    watermark: str
    handover: Handover
    items: Sequence[Item]
    changed: Sequence[str] = ()


def handover_sheet(paper: HandoverPaper) -> Table:
    """The list with room for the three to sign; blank ticks are filled in by hand."""
    handover, who = paper.handover, paper.handover.parties
    agree = sum(item.result is Result.AGREES for item in paper.items)
    differ = [item for item in paper.items if item.result is Result.DIFFERS]
    return Table(
        report="handover",
        title="会计移交清册",
        village=paper.village,
        ledger=handover.ledger,
        entity=paper.entities,
        columns=COLUMNS,
        rows=tuple(_rows(paper.items)),
        span=Span(handover.day, handover.day),
        heading=(
            f"编号：{handover.number}",
            f"岗位：{who.post}",
            f"{who.giver} 移交给 {who.taker}，截至 {handover.day}",
            f"监交：{who.supervisor}{f'（{who.supervisor_post}）' if who.supervisor_post else ''}",
            "单位：元",
        ),
        notes=tuple(_notes(paper, agree, len(differ))),
        checks=(Check("交接", not differ, f"逐项核对 {len(paper.items)} 项，不符 {len(differ)} 项"),)
        if agree + len(differ) == len(paper.items) and paper.items
        else (),
        warnings=_warnings(paper),
        watermark=paper.watermark,
        signatures=tuple(_signed(handover, place) for place in Place),
        full_dates=True,
    )


def _rows(items: Sequence[Item]) -> Iterator[Row]:
    kinds = [kind for kind in ItemKind if any(item.kind is kind for item in items)]
    for place, kind in enumerate(kinds):
        yield Row(Role.SECTION, (None, f"{_heading(place)}、{kind.words}", *(None,) * 5))
        for item in items:
            if item.kind is kind:
                yield Row(
                    Role.DETAIL,
                    (
                        item.number,
                        item.title,
                        item.detail,
                        item.amount,
                        item.quantity,
                        item.result.words,
                        item.note,
                    ),
                )


def _heading(place: int) -> str:
    return _HEADINGS[place] if place < len(_HEADINGS) else f"十{_HEADINGS[place - len(_HEADINGS)]}"


def _signed(handover: Handover, place: Place) -> tuple[str, str]:
    """Whose place it is, with room to sign; the day once it was recorded as signed."""
    who = handover.parties
    name = {Place.GIVER: who.giver, Place.TAKER: who.taker, Place.SUPERVISOR: who.supervisor}[place]
    mark = next((one for one in handover.signatures if one.place is place), None)
    return (f"{place.words} {name}（{mark.day} 已签）" if mark else f"{place.words} {name}", "")


def _warnings(paper: HandoverPaper) -> tuple[str, ...]:
    if not paper.changed:
        return ()
    some = "、".join(paper.changed[:4]) + ("等" if len(paper.changed) > 4 else "")
    return (f"列清册以后账变了：{some}。请重新列一次。",)


def _notes(paper: HandoverPaper, agree: int, differ: int) -> Iterator[str]:
    handover = paper.handover
    waiting = len(paper.items) - agree - differ
    yield f"共 {len(paper.items)} 项：相符 {agree}，不符 {differ}，未核对 {waiting}。"
    yield "本清册一式三份，移交人、接交人各执一份，存档一份。接交人接着使用移交的账簿，不另立新账（会计基础工作规范第30、31条）。"
    if handover.note:
        yield f"说明：{handover.note}。"
    finished = handover.finished
    if finished is not None:
        yield f"{finished.day} 交接完毕：{finished.words}。清册摘要值 {finished.digest.hex()[:32]}。"


MATTER_COLUMNS = (
    Column("number", "编号", Kind.CODE, 20),
    Column("side", "类别", Kind.SIDE, 14),
    Column("name", "对方或事项", Kind.TEXT, 44),
    Column("balance", "任期开始时", Kind.MONEY, 30),
    Column("now", "现在账上", Kind.MONEY, 30),
    Column("age", "账龄", Kind.TEXT, 34),
    Column("owner", "责任人", Kind.TEXT, 22),
    Column("cause", "成因", Kind.TEXT, 36),
    Column("plan", "办法", Kind.TEXT, 36),
    Column("due", "约定日期", Kind.DATE, 24),
    Column("status", "状态", Kind.TEXT, 18),
    Column("last", "最近办理", Kind.TEXT, 36),
)


def old_matters_sheet(issuer: Issuer, matters: Sequence[OldMatter], span: Span) -> Table:
    """旧账清单 with how each stands."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.number,
                one.side.words,
                one.name,
                one.balance,
                one.balance_now if one.account else None,
                one.age,
                one.latest.owner,
                one.latest.cause,
                one.latest.plan,
                one.latest.due,
                one.status.words,
                f"{one.latest.day} {one.latest.words}" if one.log and one.latest.words else "",
            ),
        )
        for one in matters
    ]
    rows.append(
        Row(
            Role.TOTAL,
            (
                "",
                "",
                f"合计 {len(matters)} 笔",
                sum(one.balance for one in matters),
                sum(one.balance_now for one in matters if one.account),
                *("",) * 4,
                None,
                "",
                "",
            ),
        )
    )
    left = [one for one in matters if one.without_plan]
    notes = (f"还有 {len(left)} 笔没有责任人或办法。",) if left else ()
    return Table(
        report="old-matters",
        title="旧账清单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=MATTER_COLUMNS,
        rows=tuple(rows),
        span=span,
        heading=(f"截至 {span.last}", "新官理旧账，旧官不留账", "单位：元"),
        notes=notes,
        watermark=issuer.watermark,
        signatures=(("负责人", ""), ("监督", ""), ("制表", "")),
        full_dates=True,
    )
