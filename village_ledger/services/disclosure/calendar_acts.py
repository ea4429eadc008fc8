"""What people decide about the disclosure calendar: whose rules to follow, why something is not posted, what else is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.disclosure_calendar import Adopted, RuleSet
from village_ledger.domain.disclosure_standing import Excuse, Line, State
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import CalendarError
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import calendar_rules
from village_ledger.services.disclosure.disclosure_calendar import calendar_of
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.calendar.inspection import ADOPTED, EXCUSED, WRITTEN
from village_ledger.storage.calendar.register import CalendarRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

MEETING = "assembly"
"""Trigger of a meeting whose papers must lie ready before it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules to follow: a shipped set, or the village's own as text; the rhythm where the set leaves one."""

    set_id: str = ""
    rhythm: str = ""
    text: str = ""


def preview(
    reader: Reader, ledger: str, choice: Choice, since: date, reason: str = ""
) -> tuple[Adopted, RuleSet]:
    """What adopting would put in force; raises CalendarError for rules that cannot be followed, naming why."""
    if bool(choice.set_id) == bool(choice.text):
        raise CalendarError("没有说用哪一套公开规矩", "请选一套现成的，或写自己的文件。")
    own = choice.text
    rules = calendar_rules.own_rules(own, since) if own else calendar_rules.set_on(choice.set_id, since)
    if choice.rhythm and choice.rhythm not in rules.rhythms:
        raise CalendarError(
            f"“{rules.name}”不能选这个节奏",
            f"可以是：{'、'.join(rules.rhythms)}（month 按月、quarter 按季）。",
        )
    earlier = reader.calendar_rules(ledger)
    if earlier and since <= earlier[-1].since:
        raise CalendarError(
            f"从 {earlier[-1].since} 起已经照另一套规矩办，不能再从 {since} 起换",
            f"请从 {earlier[-1].since} 以后的一天起换。",
        )
    words = check_text(reason, "依据", SUMMARY_LIMIT)
    set_id = calendar_rules.OWN if choice.text else choice.set_id
    rhythm = choice.rhythm or rules.rhythms[0]
    return Adopted(len(earlier) + 1, set_id, rhythm, since, words, choice.text), rules


def adopt(uow: UnitOfWork, ledger: str, choice: Choice, since: date, reason: str) -> Outcome[RuleSet]:
    """Follow a rule set from a day on; ``reason`` is what that rests on. What was due before stays as it was.

    Raises CalendarError for unknown or unreadable rules, a rhythm they do not leave, a day before the last change.
    """
    named(uow.by)
    require(uow, Duty.SETTINGS, ledger)
    if not reason.strip():
        raise CalendarError("采用公开规矩要写明依据", "请写哪个文件、哪次会议定的。")
    made, rules = preview(uow.reader, ledger, choice, since, reason)
    CalendarRegister(uow).adopt(ledger, made)
    uow.log.add(ADOPTED, ledger=ledger, subject=made.set_id, detail=made.reason)
    return Outcome(rules, Changes(sheets=True, settings=True, ledger=ledger))


def excusable(line: Line) -> bool:
    """Whether a reason may be written: for what is late, and for what was entered by hand, perhaps by mistake."""
    by_hand = any(calendar_rules.triggers()[one.trigger].by_hand for one in line.due.about)
    return line.state in (State.LATE, State.PARTLY) or (by_hand and line.state is State.SOON)


def excuse(
    uow: UnitOfWork, ledger: str, occasion: str, span: Span, reason: str, today: date
) -> Outcome[Excuse]:
    """Write why something late, or entered by hand, will not be posted; it stays in the calendar with the reason.

    Raises CalendarError for something that is not late, was posted, or was excused before.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    words = _reason(reason)
    line = next(
        (
            one
            for one in calendar_of(uow.reader, ledger, today).lines
            if one.due.occasion == occasion and one.due.span == span
        ),
        None,
    )
    if line is None:
        raise CalendarError(f"公开日历里没有 {span.words()} 的“{occasion}”", "请照日历上的场合和起止日写。")
    if line.state is State.EXCUSED:
        raise CalendarError(f"“{line.due.title}”的原因已经写过", "写过的原因不能改。")
    if not excusable(line):
        raise CalendarError(f"“{line.due.title}”{line.how}，不用说明原因", "过了日子还没有公开的才写。")
    return Outcome(_excused(uow, ledger, occasion, span, words), Changes(sheets=True, ledger=ledger))


def excuse_before(uow: UnitOfWork, ledger: str, day: date, reason: str, today: date) -> Outcome[int]:
    """The same for everything that was due before a day, such as what hung before the book kept records; how many.

    Raises CalendarError when nothing is late.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    words = _reason(reason)
    late = [one for one in calendar_of(uow.reader, ledger, today).late if one.due.day < day]
    spans = dict.fromkeys((one.due.occasion, one.due.span) for one in late)
    if not spans:
        raise CalendarError(f"{day} 以前没有晚了的公开", "不用说明原因。")
    for occasion, span in spans:
        _excused(uow, ledger, occasion, span, words)
    return Outcome(len(spans), Changes(sheets=True, ledger=ledger))


def _reason(reason: str) -> str:
    words = check_text(reason, "原因", SUMMARY_LIMIT)
    if not words:
        raise CalendarError("没有写为什么不公开", "请写明原因，日历上会一直显示。")
    return words


def _excused(uow: UnitOfWork, ledger: str, occasion: str, span: Span, words: str) -> Excuse:
    CalendarRegister(uow).excuse(ledger, occasion, span, words)
    uow.log.add(EXCUSED, ledger=ledger, subject=f"{occasion} {span.first}/{span.last}", detail=words)
    return Excuse(occasion, span, words, uow.by, uow.at)


def write_matter(
    uow: UnitOfWork, ledger: str, kind: str, day: date, words: str, span: Span | None = None
) -> Outcome[int]:
    """Enter something to be published that the books do not show: a request, a meeting, any other matter; its number.

    ``span`` the days somebody asked to see; a meeting without one is about the year before. Raises CalendarError.
    """
    named(uow.by)
    require(uow, Duty.DISCLOSE, ledger)
    trigger = calendar_rules.triggers().get(kind)
    if trigger is None or not (trigger.by_hand or kind == MEETING):
        known = [
            f"{one.id}（{one.name}）"
            for one in calendar_rules.triggers().values()
            if one.by_hand or one.id == MEETING
        ]
        raise CalendarError(f"“{kind}”不是自己登记的事", f"可以是：{'、'.join(known)}。")
    said = check_text(words, "什么事", SUMMARY_LIMIT)
    if not said:
        raise CalendarError("没有写要公开什么", "请写是什么事、谁要求的。")
    start, today = uow.reader.ledger(ledger).start.first, date.fromisoformat(uow.at[:10])
    if day < start:
        raise CalendarError(f"{day} 在建账（{start}）之前", "请核对日期。")
    if kind != MEETING and day > today:
        raise CalendarError(f"{day} 还没有到", f"今天是 {today}，请写提出来的那天、事情发生的那天。")
    if span is None:
        span = _years(day) if kind == MEETING else Span(day, day)
    number = CalendarRegister(uow).matter(ledger, kind, day, span, said)
    uow.log.add(WRITTEN, ledger=ledger, subject=f"{kind} {number}", detail=said)
    return Outcome(number, Changes(sheets=True, ledger=ledger))


def _years(day: date) -> Span:
    return Span.of_year(day.year - 1)
