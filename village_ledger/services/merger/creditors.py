"""Creditors of merged villages (债权人): who is owed what, who must be told by when, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from village_ledger.domain.duty import Duty
from village_ledger.domain.merger import MergerError
from village_ledger.domain.merger_openings import MergerPlan
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.merger.merging import rules
from village_ledger.services.merger.sources import OldBook
from village_ledger.services.outcome import Outcome
from village_ledger.storage.merger.records import Creditor, OpenMatter
from village_ledger.storage.merger.register import MergerRegister, NewCreditor
from village_ledger.storage.unit_of_work import UnitOfWork

ACTS = {
    "told": "已通知",
    "answered": "已答复",
    "secured": "已清偿或担保",
    "noted": "记一笔",
    "settled": "已办结",
}
_OF_CREDITORS = frozenset({"told", "answered", "secured"})


def creditors_of(plan: MergerPlan, books: Sequence[OldBook], approved_on: date | None) -> list[NewCreditor]:
    """Everybody who is owed something but the merged bodies themselves and members, who were asked in their assemblies."""
    due = None if approved_on is None else approved_on + timedelta(days=rules()["notice_days"])
    own = {ledger.entity for one in books for ledger in one.source.ledgers}
    ledgers = {(one.number, x.code): x for one in books for x in one.source.ledgers}
    people = {one.number: one.source.people for one in books}
    found: list[NewCreditor] = []
    for one in plan.origins:
        ledger, owes, party = ledgers[one.source, one.old_ledger], -one.old.balance, one.old.party
        heads = tuple(rules()["creditors"][ledger.chart_id])
        if one.eliminated or one.pair or owes <= 0 or party in own or not one.old.account.startswith(heads):
            continue
        if "/" in party or party in people[one.source]:
            continue
        who = one.party or ledger.chart.get(one.old.account).name
        found.append(NewCreditor(one.source, one.ledger, one.account, who, owes, due))
    return found


def follow_creditor(
    uow: UnitOfWork, creditor_id: int, act: str, day: date, note: str = ""
) -> Outcome[Creditor]:
    """Keep that a creditor was told, answered, or was paid or secured; raises MergerError."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    one = next((x for x in uow.reader.creditors() if x.id == creditor_id), None)
    if one is None:
        raise MergerError(f"债权人清单里没有第 {creditor_id} 号", "请核对序号。")
    if act not in _OF_CREDITORS:
        raise MergerError(f"没有“{act}”这种办理", "可以是：told 通知、answered 答复、secured 清偿或担保。")
    if act != "told" and one.told_on is None:
        raise MergerError(f"还没有登记通知 {one.party}", "请先登记哪天通知的。")
    _ensure_day(uow, day)
    note = check_text(note, "说明", SUMMARY_LIMIT)
    if act != "told" and not note:
        raise MergerError("没有写答复的内容", "请写明对方说了什么、怎么办的。")
    MergerRegister(uow).follow(act, day, note, creditor=creditor_id, matter=None)
    uow.log.add("债权人通知", subject=one.party, detail=f"{day} {ACTS[act]}：{note}")
    late = one.due_on is not None and act == "told" and day > one.due_on
    warnings = (f"通知 {one.party} 的日期 {day} 晚于期限 {one.due_on}。",) if late else ()
    return Outcome(
        next(x for x in uow.reader.creditors() if x.id == creditor_id), Changes(settings=True), warnings
    )


def follow_matter(
    uow: UnitOfWork, matter_id: int, day: date, note: str, *, settled: bool
) -> Outcome[OpenMatter]:
    """Keep what was done about an open matter, or that it is settled; raises MergerError."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    one = next((x for x in uow.reader.open_matters() if x.id == matter_id), None)
    if one is None:
        raise MergerError(f"未决事项里没有第 {matter_id} 号", "请核对序号。")
    if one.settled_on is not None:
        raise MergerError(f"第 {matter_id} 号在 {one.settled_on} 已经办结", "不用再登记。")
    note = check_text(note, "说明", SUMMARY_LIMIT)
    if not note:
        raise MergerError("没有写怎么办的", "请写明办理情况。")
    _ensure_day(uow, day)
    act = "settled" if settled else "noted"
    MergerRegister(uow).follow(act, day, note, creditor=None, matter=matter_id)
    uow.log.add("未决事项", subject=f"{one.kind} {one.subject}", detail=f"{day} {ACTS[act]}：{note}")
    return Outcome(next(x for x in uow.reader.open_matters() if x.id == matter_id), Changes(settings=True))


def _ensure_day(uow: UnitOfWork, day: date) -> None:
    stored = uow.reader.merger()
    if stored is None:
        raise MergerError("这个账簿不是合并建成的", "请打开合并后的账簿。")
    if day > date.fromisoformat(uow.at[:10]):
        raise MergerError(f"日期 {day} 还没有到", "请核对日期。")
