"""The posting record (张贴记录): a set of sheets checked by supervisors, put up, taken down, filed.

How it is put together stands in ``posting_sets``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from village_ledger.domain.attachment import Attachment, Owner
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import PostingError
from village_ledger.domain.masking import hide_identities
from village_ledger.domain.objection import Objection
from village_ledger.domain.period import Span
from village_ledger.domain.posting import (
    JOINT,
    Opinion,
    PostedSheet,
    Posting,
    PostingAct,
    PostingEvent,
    PostingState,
)
from village_ledger.domain.posting_days import PostingDays, reply_days, supervisors_of
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.attachments import attachments
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure.calendar_rules import rules_on
from village_ledger.services.duties import ensure, require, require_second
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.disclosure.register import PostingRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

PHOTO = "公开栏照片"
SIGNED = "签字的公开表"
"""Kinds of attachment of a posting."""


def local_days(reader: Reader, ledger: str, day: date) -> PostingDays:
    """How long sheets hang and how soon people are answered, by the rules the ledger follows on a day."""
    rules, _ = rules_on(reader.calendar_rules(ledger), day)
    reply, source = reply_days(rules.id, day)
    return PostingDays(rules.name, rules.board_days, reply, source)


def review(
    uow: UnitOfWork,
    ledger: str,
    number: str,
    opinion: Opinion,
    people: Sequence[str],
    day: date,
    words: str = "",
    body: str = "",
) -> Outcome[Posting]:
    """Keep what the supervisors say of a set: they agree, or want it done again.

    In a book with staff the first of them acts in person or types a PIN. Raises DutyError for a supervisor without the role,
    PostingError for one who made the sheets.
    """
    named(uow.by)
    posting = uow.reader.posting(ledger, number)
    who = tuple(check_text(name, "审查人", NAME_LIMIT) for name in people if name.strip())
    event = PostingEvent(
        PostingAct.REVIEWED,
        past(uow, day, "审查日期"),
        who,
        kept_text(words, "审查意见"),
        opinion,
        check_text(body, "审查机构", NAME_LIMIT) or supervisors_of(uow.reader.ledger(ledger).kind),
        by=uow.by,
    )
    posting.with_event(event)
    _ensure_supervise(uow, ledger, who)
    return _keep(uow, posting, event, _kin(uow.reader, who, posting))


def _ensure_supervise(uow: UnitOfWork, ledger: str, people: Sequence[str]) -> None:
    """The first supervisor acts in person; whoever else of them is of the staff holds the role too."""
    if uow.by in people:
        require(uow, Duty.SUPERVISE, ledger)
    else:
        require(uow, Duty.DISCLOSE, ledger)
        require_second(uow, people[0], Duty.SUPERVISE, ledger)
    for name in people:
        if uow.reader.member(name) is not None:
            ensure(uow.reader, name, Duty.SUPERVISE, ledger, uow.at[:10])


def _kin(reader: Reader, people: Sequence[str], posting: Posting) -> tuple[str, ...]:
    """A word on supervisors who live, or lived, in one household with somebody who made the sheets."""
    said: list[str] = []
    for maker in posting.makers:
        home = reader.lived_with(reader.people_named(maker))
        near = [name for name in people if home & reader.people_named(name)]
        said += [f"{name} 和做表的 {maker} 是一户人，近亲属不能当监督人员，请核对。" for name in near]
    return tuple(said)


def post(
    uow: UnitOfWork,
    ledger: str,
    number: str,
    day: date,
    place: str,
    people: Sequence[str] = (),
    until: date | None = None,
    words: str = "",
) -> Outcome[Posting]:
    """Keep that a set was put up: where, when, by whom, and up to when it stays; ``until`` is its first day down.

    Raises PostingError before the supervisors agreed, for less days than the local rules want, for one who checked it.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    posting = uow.reader.posting(ledger, number)
    rule = local_days(uow.reader, ledger, past(uow, day, "张贴日期"))
    least = rule.removal_due(day)
    if until is not None and until < least:
        raise PostingError(
            f"{day} 贴到 {until} 只有 {max((until - day).days, 0)} 天",
            f"至少贴满 {rule.board_days} 天（{rule.name}），最早 {least} 取下。",
        )
    who = tuple(check_text(name, "张贴人", NAME_LIMIT) for name in people if name.strip()) or (uow.by,)
    event = PostingEvent(
        PostingAct.POSTED,
        day,
        who,
        kept_text(words, "说明"),
        place=check_text(place, "张贴地点", NAME_LIMIT),
        until=until or least,
        by=uow.by,
    )
    _ensure_before_objections(uow.reader, posting, day)
    return _keep(uow, posting, event, _old_said(uow.reader, posting))


def newest_sheets(reader: Reader, ledger: str, span: Span) -> list[PostedSheet]:
    """The version of every sheet of a ledger and span that stands now."""
    versions = (one for one in reader.latest_sheets(ledger) if one.span == span)
    return [PostedSheet(one.code, one.report, one.by, one.at) for one in versions]


def _ensure_before_objections(reader: Reader, posting: Posting, day: date) -> None:
    """A day that is written better still comes before what was said of what hung."""
    earlier = next((one for one in reader.objections(posting.ledger, posting.number) if one.day < day), None)
    if earlier is not None:
        raise PostingError(
            f"{earlier.day} 已经有人对 {posting.number} 提了异议 {earlier.number}", "张贴日期不能晚于那天。"
        )


Newest = dict[tuple[str, Span], str]
"""Check code of the version that stands now, by report and span."""


def newest_codes(reader: Reader, ledger: str) -> Newest:
    """For many sets at once."""
    return {(one.report, one.span): one.code for one in reader.latest_sheets(ledger)}


def overtaken(posting: Posting, newest: Newest) -> list[tuple[str, str]]:
    """Sheets of a set of which a newer version was registered since: the old code, the new one."""
    pairs = ((one.code, newest.get((one.report, posting.span), one.code)) for one in posting.sheets)
    return [(old, new) for old, new in pairs if old != new]


def _old_said(reader: Reader, posting: Posting) -> tuple[str, ...]:
    old = overtaken(posting, newest_codes(reader, posting.ledger))
    return tuple(f"{code} 后来重新出过，新表是 {new}，请核对贴的是不是新的。" for code, new in old)


def take_down(
    uow: UnitOfWork, ledger: str, number: str, day: date, words: str = "", people: Sequence[str] = ()
) -> Outcome[Posting]:
    """Keep that a set came down; before its time only with a reason."""
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    posting = uow.reader.posting(ledger, number)
    who = tuple(check_text(name, "取下人", NAME_LIMIT) for name in people if name.strip()) or (uow.by,)
    event = PostingEvent(
        PostingAct.TAKEN_DOWN,
        past(uow, day, "取下日期"),
        who,
        kept_text(words, "原因"),
        by=uow.by,
    )
    said = () if posting.state is not PostingState.POSTED or photos(uow.reader, posting) else (_NO_PHOTO,)
    return _keep(uow, posting, event, said)


_NO_PHOTO = "还没有存公开栏的照片，归档前请补上。"


def photos(reader: Reader, posting: Posting) -> list[Attachment]:
    """Photos of the board that stand."""
    found = attachments.listed(reader, owner_of(posting), taken_back=False)
    return [one for one in found if one.kind == PHOTO]


def owner_of(posting: Posting) -> Owner:
    """What its photos and signed sheets hang on."""
    return Owner("posting", posting.ledger, posting.number)


def add_photo(
    uow: UnitOfWork, ledger: str, number: str, file: Path, kind: str = PHOTO, title: str = ""
) -> Outcome[Attachment]:
    """Keep a photo of the board, or a signed sheet, with a set that was put up."""
    named(uow.by)
    posting = uow.reader.posting(ledger, number)
    if kind == PHOTO and posting.posted_on is None:
        raise PostingError(f"{posting.number} 还没有张贴，没有公开栏的照片", "请先登记张贴，再存照片。")
    done = attachments.attach(uow, owner_of(posting), file, title, kind)
    return replace(done, changes=done.changes | changed(ledger))


def withdraw(
    uow: UnitOfWork, ledger: str, number: str, words: str, day: date | None = None
) -> Outcome[Posting]:
    """Give up a set that was never put up, with the reason; its number stays."""
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    posting = uow.reader.posting(ledger, number)
    event = PostingEvent(
        PostingAct.WITHDRAWN,
        _day_or_last(uow, posting, day),
        (uow.by,),
        kept_text(words, "原因"),
        by=uow.by,
    )
    return _keep(uow, posting, event)


def close(
    uow: UnitOfWork, ledger: str, number: str, day: date | None = None, words: str = ""
) -> Outcome[Posting]:
    """File a set that came down: every objection is closed, and a photo of the board is there, or why not.

    Raises PostingError otherwise.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    posting = uow.reader.posting(ledger, number)
    event = PostingEvent(
        PostingAct.CLOSED,
        _day_or_last(uow, posting, day),
        (uow.by,),
        kept_text(words, "说明"),
        by=uow.by,
    )
    posting.with_event(event)
    waiting = [one.number for one in uow.reader.objections(ledger, posting.number) if one.closing is None]
    if waiting:
        raise PostingError(
            f"{posting.number} 还有没办结的异议：{JOINT.join(waiting)}", "请先答复、办结，再归档。"
        )
    if not photos(uow.reader, posting) and not event.words:
        raise PostingError(f"{posting.number} 没有公开栏的照片", "请存上照片再归档；确实没有的，请写明原因。")
    return _keep(uow, posting, event)


def view(reader: Reader, ledger: str, number: str) -> tuple[Posting, list[Objection], list[Attachment]]:
    """Everything a page or a paper shows of a set, of one state of the book."""
    with reader.snapshot():
        posting = reader.posting(ledger, number)
        papers = attachments.listed(reader, owner_of(posting), taken_back=False)
        return posting, reader.objections(ledger, posting.number), papers


# inside


def _keep(
    uow: UnitOfWork, posting: Posting, event: PostingEvent, said: tuple[str, ...] = ()
) -> Outcome[Posting]:
    posting.with_event(event)
    register = PostingRegister(uow)
    made = register.event(posting, event)
    register.note("wall_event", made, (posting.ledger, posting.number), told(event))
    return Outcome(uow.reader.posting(posting.ledger, posting.number), changed(posting.ledger), said)


def told(event: PostingEvent) -> str:
    """An act in one line, for the operation log and the record."""
    parts = [f"{event.act.words} {event.day}"]
    if event.opinion is not None:
        parts.append(f"{event.body}{JOINT.join(event.people)}{event.opinion.words}")
    elif event.people:
        parts.append(JOINT.join(event.people))
    if event.place:
        parts.append(f"贴在{event.place}")
    if event.until is not None:
        parts.append(f"至少贴到 {event.until}")
    return "，".join(parts) + (f"：{event.words}" if event.words else "")


def changed(ledger: str) -> Changes:
    """What an act on the record changed."""
    return Changes(postings=True, ledger=ledger)


def kept_text(text: str, what: str) -> str:
    """Words as the record keeps them: what reads like an identity number is masked, the record leaves the village."""
    return hide_identities(check_text(text, what, SUMMARY_LIMIT))


def past(uow: UnitOfWork, day: date, what: str) -> date:
    """The day; raises PostingError for one that has not come."""
    today = date.fromisoformat(uow.at[:10])
    if day > today:
        raise PostingError(f"{what} {day} 还没有到", f"今天是 {today}，请在办的那天登记。")
    return day


def _day_or_last(uow: UnitOfWork, posting: Posting, day: date | None) -> date:
    """The day given, else today, never before the last act."""
    today = date.fromisoformat(uow.at[:10])
    if day is not None:
        return past(uow, day, "日期")
    return max(today, posting.last.day) if posting.last else today
