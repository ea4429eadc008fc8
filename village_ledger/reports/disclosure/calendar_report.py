"""公开日历 and 公开规矩 as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from village_ledger.domain.disclosure_calendar import RHYTHM_WORDS, Every, RuleSet
from village_ledger.domain.disclosure_standing import Calendar, Line, State
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Role, Row, Table

EVERY_WORDS = {
    Every.MONTH: "每月",
    Every.QUARTER: "每季",
    Every.HALF_YEAR: "每半年",
    Every.YEAR: "每年",
    Every.PLAN: "每年年初",
    Every.EVENT: "有事时",
}


def calendar_table(
    issuer: Issuer, calendars: Sequence[tuple[Calendar, Sequence[Line]]], names: Mapping[str, str], span: Span
) -> Table:
    """What falls due in a span, ledger by ledger: late ones first, then what comes next, then what is done."""
    both = len(calendars) > 1
    rows: list[Row] = []
    for calendar, lines in calendars:
        if both:
            words = f"{names[calendar.ledger]}（{rule_words(calendar)}）"
            rows.append(Row(Role.SECTION, ("", None, words, None, None, "", "", None, "", "", "")))
        rows += [_row(calendar.ledger, line, both=both) for line in lines]
    every = [line for _, lines in calendars for line in lines]
    late = sum(line.state in (State.LATE, State.PARTLY) for line in every)
    done = sum(line.state in (State.DONE, State.DONE_LATE) for line in every)
    today = calendars[0][0].today if calendars else span.last
    only = calendars[0][0] if len(calendars) == 1 else None
    return Table(
        report="disclosure-calendar",
        title=f"{issuer.village} {span.words()} 公开日历",
        village=issuer.village,
        ledger="" if both else issuer.ledger,
        entity=issuer.village if both else issuer.entity,
        columns=(
            *((_LEDGER,) if both else ()),
            Column("due", "截止日", Kind.DATE, 24),
            Column("what", "公开什么", Kind.TEXT, 84),
            Column("from", "从", Kind.DATE, 24),
            Column("to", "到", Kind.DATE, 24),
            Column("sheets", "要有的表", Kind.TEXT, 20),
            Column("state", "情况", Kind.TEXT, 30),
            Column("done", "公开日期", Kind.DATE, 24),
            Column("posting", "张贴", Kind.TEXT, 20),
            Column("note", "说明", Kind.TEXT, 36),
            Column("occasion", "场合", Kind.CODE, 28),
        ),
        rows=tuple(rows),
        span=span,
        heading=(
            *((rule_words(only),) if only else ()),
            f"截至 {today}",
            f"共 {len(every)} 件，已公开 {done} 件，晚了 {late} 件",
        ),
        notes=("晚了的一直列着，直到张贴，或者写明原因。",),
        watermark=issuer.watermark,
        full_dates=True,
    )


_LEDGER = Column("ledger", "账", Kind.CODE, 22)


def _row(ledger: str, line: Line, *, both: bool) -> Row:
    due = line.due
    cells = (
        due.day,
        due.title,
        due.span.first,
        due.span.last,
        "、".join(due.obligation.sheets),
        line.how,
        line.done_on,
        "、".join(line.postings),
        note_of(line),
        due.occasion,
    )
    return Row(Role.DETAIL, (ledger, *cells) if both else cells)


def note_of(line: Line) -> str:
    """What else is to be said of a line: the reason, or that it is made and does not hang yet."""
    if line.excuse is not None:
        return f"{line.excuse.reason}（{line.excuse.by} {line.excuse.at[:10]}）"
    if line.postings and line.done_on is None and line.state is not State.PARTLY:
        return "表已做好，还没张贴"
    return ""


def rule_words(calendar: Calendar) -> str:
    """Whose rules hold, at which rhythm, since when, by what."""
    rhythm = RHYTHM_WORDS[calendar.rhythm]
    if calendar.adopted is None:
        return f"公开规矩：{calendar.rules.name}，{rhythm}"
    return f"公开规矩：{calendar.rules.name}，{rhythm}，从 {calendar.adopted.since} 起"


def rules_table(issuer: Issuer, rules: RuleSet, rhythm: str, day: date, reason: str) -> Table:
    """The rules a ledger follows: what, how often, which sheets, by when, and where that stands."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.name,
                EVERY_WORDS[one.every],
                "、".join(one.sheets) or "照事情定",
                one.due.words(one.every),
                one.basis,
                one.mark,
            ),
        )
        for one in rules.for_ledger(issuer.kind, rhythm)
    ]
    notes = [f"在公开栏至少张贴 {rules.board_days} 天。", f"出处：{rules.source}。"]
    if reason:
        notes.append(f"采用依据：{reason}。")
    return Table(
        report="disclosure-rules",
        title=f"{issuer.village} 公开规矩",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(
            Column("name", "公开什么", Kind.TEXT, 62),
            Column("every", "多久一次", Kind.TEXT, 20),
            Column("sheets", "要有的表", Kind.TEXT, 24),
            Column("due", "什么时候以前", Kind.TEXT, 32),
            Column("basis", "依据", Kind.TEXT, 80),
            Column("mark", "出处有多可靠", Kind.TEXT, 44),
        ),
        rows=tuple(rows),
        heading=(f"{rules.name}，{RHYTHM_WORDS[rhythm]}", f"截至 {day}"),
        notes=tuple(notes),
        watermark=issuer.watermark,
    )
