"""A ledger's disclosure calendar read from its book: what happened, what was posted, what is due and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart, Side
from village_ledger.domain.contract import Act
from village_ledger.domain.decision import Step
from village_ledger.domain.disclosure_calendar import (
    Adopted,
    Due,
    Every,
    Happened,
    RuleSet,
    occasional,
    regular,
)
from village_ledger.domain.disclosure_standing import Calendar, Line, Posted, judge
from village_ledger.domain.period import Month, Span
from village_ledger.domain.posting import PostingState
from village_ledger.services.disclosure.calendar_rules import (
    Trigger,
    cut_days,
    letters_by_report,
    remind_days,
    rules_on,
    triggers,
)
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import LedgerInfo

AHEAD_DAYS = 400
"""How far ahead the calendar looks: a year and a little more."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_JULY = 7


def calendar_of(reader: Reader, ledger: str, today: date) -> Calendar:
    """Everything due from the ledger's beginning until a year from today, as it stands today."""
    until = date.fromordinal(min(today.toordinal() + AHEAD_DAYS, date.max.toordinal()))
    with reader.snapshot():
        info = reader.ledger(ledger)
        return calendar_between(reader, info, Span(info.start.first, max(until, info.start.first)), today)


def calendar_between(reader: Reader, info: LedgerInfo, window: Span, today: date) -> Calendar:
    """What falls due in a window of days."""
    adopted = reader.calendar_rules(info.code)
    rules, now = rules_on(adopted, min(today, window.last))
    dues = list(_dues(reader, info, adopted, window))
    lines = judge(dues, posted_of(reader, info.code), reader.calendar_excuses(info.code), today)
    rhythm = now.rhythm if now and now.rhythm else rules.rhythms[0]
    return Calendar(info.code, today, rules, rhythm, now, tuple(lines), remind_days())


def posted_of(reader: Reader, ledger: str) -> list[Posted]:
    """Every posting of a ledger that was not given up, with the letters of its sheets, the oldest first."""
    letters = letters_by_report()
    return [
        Posted(
            one.number,
            one.occasion,
            one.span,
            frozenset(letters.get(sheet.report, "") for sheet in one.sheets) - {""},
            one.posted_on,
            one.replaced_by,
        )
        for one in reversed(reader.postings(ledger))
        if one.state is not PostingState.WITHDRAWN
    ]


def _dues(reader: Reader, info: LedgerInfo, adopted: list[Adopted], window: Span) -> Iterator[Due]:
    """Due things by the rules in force on the last of their days."""
    happened = list(_happened(reader, info, window))
    for since, until, rules, rhythm in _stretches(adopted):
        for one in rules.for_ledger(info.kind, rhythm):
            found = (
                occasional(one, happened, window)
                if one.every is Every.EVENT
                else regular(one, window, info.start.first)
            )
            for due in found:
                ruled_on = due.span.first if one.every is Every.PLAN else due.span.last
                if due.about:
                    ruled_on = due.about[-1].day
                if since <= ruled_on < until:
                    yield due


def _stretches(adopted: list[Adopted]) -> Iterator[tuple[date, date, RuleSet, str]]:
    """(first day, first day after, rules, rhythm) of each stretch of time under one set of rules."""
    cuts = cut_days(adopted)
    for since, until in zip(cuts, [*cuts[1:], date.max], strict=True):
        rules, found = rules_on(adopted, since)
        yield since, until, rules, found.rhythm if found else ""


# what happened


def _happened(reader: Reader, info: LedgerInfo, window: Span) -> Iterator[Happened]:
    """Everything that has to be published at its own time, since the ledger began."""
    chart = reader.chart(info.code)
    for trigger in triggers().values():
        if trigger.accounts:
            yield from _moved(reader, info, chart, trigger, window)
    found = (
        *_contracts(reader, info, window),
        *_projects(reader, info),
        *_decisions(reader, info),
        *_meetings(reader),
    )
    yield from (one for one in found if one.day >= info.start.first)
    for one in reader.calendar_matters(info.code):
        span = None if one.span == Span(one.day, one.day) else one.span
        yield Happened(one.kind, one.day, one.words, str(one.number), span)


def _moved(
    reader: Reader, info: LedgerInfo, chart: Chart, trigger: Trigger, window: Span
) -> Iterator[Happened]:
    """Days on which the trigger's accounts moved; a year's carry-forward is none."""
    takes = trigger.accounts.get(info.chart_id, ())
    leaves = [
        leaf.code
        for leaf in chart
        if leaf.is_leaf
        and any(
            leaf.code.startswith(code) and (not words or any(word in chart.path(leaf.code) for word in words))
            for code, words in takes
        )
    ]
    days: dict[date, list[str]] = {}
    for moved in reader.moved_days(info.code, leaves, window):
        if _counts(chart, moved.account, moved.debit, moved.credit):
            days.setdefault(moved.day, []).append(chart.get(moved.account).name)
    for day, names in days.items():
        yield Happened(trigger.id, day, "、".join(dict.fromkeys(names)), day.isoformat())


def _counts(chart: Chart, code: str, debit: int, credit: int) -> bool:
    account = chart.get(code)
    if account.category in INCOME_AND_EXPENSE:
        return bool(debit if account.side is Side.DEBIT else credit)
    return bool(debit or credit)


def _by(attribute: str, value: str) -> list[str]:
    """Ids of the triggers that take a step of something."""
    return [one.id for one in triggers().values() if value in getattr(one, attribute)]


def _contracts(reader: Reader, info: LedgerInfo, window: Span) -> Iterator[Happened]:
    for trigger in triggers().values():
        for one in (
            reader.contract_acts(info.code, sorted(trigger.contract), window) if trigger.contract else ()
        ):
            words = f"{one.what}（{one.number}）{Act(one.act).words}"
            yield Happened(trigger.id, one.day, words, one.number)


def _projects(reader: Reader, info: LedgerInfo) -> Iterator[Happened]:
    for project in reader.project_files(info.code):
        for entry in project.entries:
            for trigger in _by("project", entry.step.value):
                yield Happened(trigger, entry.day, f"{project.name} {entry.step.words}", project.name)


def _decisions(reader: Reader, info: LedgerInfo) -> Iterator[Happened]:
    for one in reader.decisions(info.code):
        published = one.progress.entry(Step.PUBLISHED)
        for entry in one.progress.entries:
            told = published.day if published and entry.step is Step.RESOLVED else None
            if entry.step is Step.RESULT:
                told = entry.day  # publishing the result is the step
            for trigger in _by("decision", entry.step.value):
                words = f"{one.number} {one.subject}：{entry.step.words}"
                yield Happened(trigger, entry.day, words, one.number, told_on=told)


def _meetings(reader: Reader) -> Iterator[Happened]:
    """Assemblies that dealt with a year's accounts; the year stands in the subject or is the one before."""
    for one in reader.resolutions():
        for trigger in _by("resolution", one.body):
            if any(word in one.subject for word in triggers()[trigger].words):
                yield Happened(
                    trigger,
                    one.day,
                    f"{one.number} {one.subject}",
                    one.number,
                    _year_of(one.subject, one.day),
                )


def _year_of(words: str, day: date) -> Span:
    said = _YEAR.search(words)
    return Span.of_year(int(said[0]) if said else day.year - (day.month < _JULY))


# what a home page, a check list and a year's list ask


def within(calendar: Calendar, span: Span) -> list[Line]:
    """What falls due in a span, and what is still late from before it."""
    late = set(map(id, calendar.late))
    return [
        line
        for line in calendar.lines
        if span.first <= line.due.day <= span.last or (line.due.day < span.first and id(line) in late)
    ]


def with_vouchers(reader: Reader, ledger: str, lines: Iterable[Line]) -> list[Line]:
    """Lines about days in which the ledger has vouchers, and those about something that happened."""
    used = {row[0] for row in reader.numbers(ledger)}
    return [line for line in lines if line.due.about or _used(line.due.span, used)]


def _used(span: Span, used: set[Month]) -> bool:
    return any(month.first <= span.last and span.first <= month.last for month in used)
