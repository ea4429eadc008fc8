"""The list of old matters (旧账清单): gathered from the books before a term began, followed up one entry after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import HandoverError
from village_ledger.domain.money import format_fen
from village_ledger.domain.old_matter import FollowUp, MatterStatus, OldMatter, Side
from village_ledger.domain.stock_take import BookLine
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.counting.book_lines import book_lines
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.handover.inspection import OLD, follow_up_record, matter_record
from village_ledger.storage.handover.register import HandoverRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

_SIDES = {"03": Side.CLAIM, "11": Side.DEBT, "12": Side.DEBT, "13": Side.DEBT, "15": Side.DEBT}
"""Sheets of a stock-take that hold claims and debts."""


def matters(reader: Reader, ledger: str, day: date) -> list[OldMatter]:
    """Old matters with what the books say of them at the end of a day."""
    with reader.snapshot():
        found = reader.old_matters(ledger)
        if not found:
            return []
        now: dict[tuple[str, str, Side], int] = {}
        for line in book_lines(reader, ledger, day):
            side = _SIDES.get(line.sheet)
            if side is not None:
                now[line.account, line.party, side] = line.value
        return [replace(one, balance_now=now.get((one.account, one.party, one.side), 0)) for one in found]


def gather(uow: UnitOfWork, ledger: str, term: date) -> Outcome[list[str]]:
    """List every claim and debt the books held when the term began and that is not on the list yet; gives the numbers."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    info = uow.reader.ledger(ledger)
    if term <= info.start.first:
        raise HandoverError(f"{term} 以前账里还没有数", f"本账从 {info.start.first} 开始；任期从以后哪天算？")
    if term > date.fromisoformat(uow.at[:10]) + timedelta(days=366):
        raise HandoverError(f"任期起日 {term} 太远", "请核对日期。")
    there = {(one.account, one.party, one.side) for one in uow.reader.old_matters(ledger)}
    made: list[str] = []
    for line in book_lines(uow.reader, ledger, term - timedelta(days=1)):
        side = _SIDES.get(line.sheet)
        if side is None or (line.account, line.party, side) in there:
            continue
        made.append(_add(uow, _matter(uow, ledger, term, side, line)))
    return Outcome(made, Changes(handovers=True, ledger=ledger))


def add(
    uow: UnitOfWork, ledger: str, term: date, side: Side, name: str, balance: int = 0, cause: str = ""
) -> Outcome[OldMatter]:
    """List what the books do not hold: a guarantee, a lawsuit, a promise."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    words = check_text(name, "事项", NAME_LIMIT)
    if not words:
        raise HandoverError("旧账要写明是什么事", "请写一句，如“村小学房屋确权”。")
    if balance < 0:
        raise HandoverError("旧账的金额不能小于零", "不知道多少就空着。")
    if any(one.name == words and one.term == term for one in uow.reader.old_matters(ledger)):
        raise HandoverError(f"旧账清单里已经有“{words}”", "请在那一笔里写办理记录。")
    number = _add(uow, _matter(uow, ledger, term, side, BookLine("", name=words, value=balance)))
    if cause:
        follow_up(uow, ledger, number, FollowUp(min(term, _today(uow)), MatterStatus.OPEN, cause=cause))
    return Outcome(uow.reader.old_matter(ledger, number), Changes(handovers=True, ledger=ledger))


def follow_up(uow: UnitOfWork, ledger: str, number: str, entry: FollowUp) -> Outcome[OldMatter]:
    """One entry in the log of a matter; what is left empty of owner, cause, plan and day stays as it was.

    Raises HandoverError for a claim or debt called settled that the books still hold, or a day out of order.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    matter = uow.reader.old_matter(ledger, number)
    last = matter.latest
    if matter.log and entry.day < last.day:
        raise HandoverError(
            f"办理日期 {entry.day} 在上一条 {last.day} 以前", "办理记录按先后写，请核对日期。"
        )
    if entry.day > _today(uow):
        raise HandoverError(f"办理日期 {entry.day} 还没有到", "请写办理的那一天。")
    tidy = FollowUp(
        entry.day,
        entry.status,
        check_text(entry.owner, "责任人", NAME_LIMIT) or last.owner,
        check_text(entry.cause, "成因", SUMMARY_LIMIT) or last.cause,
        check_text(entry.plan, "办法", SUMMARY_LIMIT) or last.plan,
        entry.due or last.due,
        check_text(entry.words, "办理情况", SUMMARY_LIMIT),
    )
    if entry.status.is_done and not tidy.words:
        raise HandoverError(f"{matter.number} {entry.status.words}要写明怎样了结", "请写一句办理情况和凭据。")
    if entry.status.is_done and matter.account:
        left = _left(uow.reader, matter, entry.day)
        if left:
            raise HandoverError(
                f"{matter.number} {matter.name} 账上还有 {left}", "请先收付或核销记账，再写了结。"
            )
    HandoverRegister(uow).follow_up(matter.id, tidy)
    subject, detail = follow_up_record(matter.number, tidy)
    uow.log.add(OLD, ledger=ledger, subject=subject, detail=detail)
    return Outcome(uow.reader.old_matter(ledger, matter.number), Changes(handovers=True, ledger=ledger))


def _left(reader: Reader, matter: OldMatter, day: date) -> str:
    """What the books still hold of it, as words; empty for nothing."""
    for line in book_lines(reader, matter.ledger, day):
        if (line.account, line.party) == (matter.account, matter.party) and _SIDES.get(
            line.sheet
        ) is matter.side:
            return f"{format_fen(line.value)} 元"
    return ""


def _matter(uow: UnitOfWork, ledger: str, term: date, side: Side, line: BookLine) -> OldMatter:
    return OldMatter(
        0,
        "",
        ledger,
        term,
        side,
        line.account,
        line.party,
        line.project,
        line.name,
        line.value,
        line.text,
        uow.by,
        uow.at,
    )


def _add(uow: UnitOfWork, matter: OldMatter) -> str:
    number = HandoverRegister(uow).add_matter(matter)
    subject, detail = matter_record(replace(matter, number=number))
    uow.log.add(OLD, ledger=matter.ledger, subject=subject, detail=detail)
    return number


def _today(uow: UnitOfWork) -> date:
    return date.fromisoformat(uow.at[:10])
