"""Objections (异议) to what hangs on the wall: taken down in writing, answered in time, raised again, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import PostingError
from village_ledger.domain.objection import (
    Objection,
    ObjectionAct,
    ObjectionEvent,
    ObjectionResult,
)
from village_ledger.domain.posting_days import ways
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure.postings import changed, kept_text, local_days, past
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.disclosure.register import PostingRegister
from village_ledger.storage.unit_of_work import UnitOfWork

UNNAMED = "未留姓名"
"""Who does not want to be named is heard all the same."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody said, as taken down."""

    who: str
    item: str
    code: str = ""
    """Check code of the sheet it is about, empty for the whole set."""
    way: str = ""
    due: date | None = None
    """By when it is to be answered, where that is sooner than the rules say."""


def object_to(uow: UnitOfWork, ledger: str, number: str, day: date, heard: Heard) -> Outcome[Objection]:
    """Take down what somebody says of a set that was put up, or of one sheet of it.

    Raises PostingError for a set that never hung, a sheet that is not of it, a day before it hung, a date for the answer that
    is too late.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    posting = uow.reader.posting(ledger, number)
    posted = posting.posted_on
    if posted is None:
        raise PostingError(f"{posting.number} 还没有张贴", "对没有贴出的表，请当面改好再贴。")
    if past(uow, day, "提出日期") < posted:
        raise PostingError(f"提出日期 {day} 早于张贴的 {posted}", "请核对日期。")
    sheet = heard.code.strip()
    if sheet and sheet not in posting.codes:
        raise PostingError(
            f"{posting.number} 里没有校验码为 {sheet} 的表", f"有的是：{'、'.join(posting.codes)}。"
        )
    said = kept_text(heard.item, "异议内容")
    if not said:
        raise PostingError("没有写异议的内容", "请写明对哪一项、有什么意见。")
    rule = local_days(uow.reader, ledger, day)
    last = rule.reply_due(day)
    if heard.due is not None and not day <= heard.due <= last:
        raise PostingError(
            f"答复期限 {heard.due} 不在 {day} 至 {last} 之间",
            f"要在 {rule.reply_days} 日内答复（{rule.name}）。",
        )
    kept = Objection(
        0,
        "",
        ledger,
        posting.number,
        sheet,
        day,
        check_text(heard.who, "提出人", NAME_LIMIT) or UNNAMED,
        said,
        _way(heard.way),
        heard.due or last,
    )
    register = PostingRegister(uow)
    made = register.object(posting, kept)
    objection = next(one for one in uow.reader.objections(ledger) if one.id == made)
    about = f"，表 {sheet}" if sheet else ""
    register.note(
        "objection",
        made,
        (ledger, objection.number),
        f"{day} 对 {posting.number}{about}，{objection.way}，{objection.due} 前答复",
    )
    return Outcome(objection, changed(ledger))


def _way(text: str) -> str:
    way = text.strip() or ways()[0]
    if way not in ways():
        raise PostingError(f"没有“{way}”这种提出方式", f"可以是：{'、'.join(ways())}。")
    return way


def answer(uow: UnitOfWork, ledger: str, number: str, day: date, who: str, words: str) -> Outcome[Objection]:
    """Keep an answer; one that comes late is kept and said."""
    objection = _of(uow, ledger, number)
    event = _event(ObjectionAct.ANSWERED, past(uow, day, "答复日期"), who, words)
    late = (day - objection.answer_due).days
    said = (f"答复期限是 {objection.answer_due}，晚了 {late} 天。",) if late > 0 else ()
    return _keep(uow, objection, event, said)


def raise_again(uow: UnitOfWork, ledger: str, number: str, day: date, words: str) -> Outcome[Objection]:
    """Who raised it is not content with the answer: it must be answered once more, within the same number of days."""
    objection = _of(uow, ledger, number)
    due = local_days(uow.reader, ledger, day).reply_due(past(uow, day, "提出日期"))
    event = _event(ObjectionAct.AGAIN, day, objection.who, words, due=due)
    return _keep(uow, objection, event)


def close_objection(
    uow: UnitOfWork,
    ledger: str,
    number: str,
    day: date,
    result: ObjectionResult | None,
    words: str = "",
    who: str = "",
) -> Outcome[Objection]:
    """End an objection that was answered, with its result.

    ``CORRECTED`` names the sheet of the correction in ``words``, or the set that took the place of this one is there.
    """
    objection = _of(uow, ledger, number)
    event = _event(ObjectionAct.CLOSED, past(uow, day, "办结日期"), who, words, result=result)
    if result is ObjectionResult.CORRECTED and not event.words:
        instead = uow.reader.posting(ledger, objection.posting).replaced_by
        if not instead:
            raise PostingError(
                f"{objection.number} 属实，但 {objection.posting} 还没有更正公开",
                "请先出更正的表、另开一次张贴替代它；已在别处更正的，请写明怎么更正的。",
            )
    return _keep(uow, objection, event)


# inside


def _of(uow: UnitOfWork, ledger: str, number: str) -> Objection:
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    return uow.reader.objection(ledger, number)


def _event(
    act: ObjectionAct,
    day: date,
    who: str,
    words: str,
    due: date | None = None,
    result: ObjectionResult | None = None,
) -> ObjectionEvent:
    return ObjectionEvent(
        act,
        day,
        check_text(who, "姓名", NAME_LIMIT),
        kept_text(words, f"{act.words}的内容"),
        due,
        result,
    )


def _keep(
    uow: UnitOfWork, objection: Objection, event: ObjectionEvent, said: tuple[str, ...] = ()
) -> Outcome[Objection]:
    objection.with_event(event)
    register = PostingRegister(uow)
    made = register.objection_event(objection, event)
    ended = f"，{event.result.words}" if event.result else ""
    again = f"，{event.due} 前答复" if event.due else ""
    register.note(
        "objection_event",
        made,
        (objection.ledger, objection.number),
        f"{event.act.words} {event.day}{ended}{again}",
    )
    changes: Changes = changed(objection.ledger)
    return Outcome(uow.reader.objection(objection.ledger, objection.number), changes, said)
