"""张贴登记簿, 张贴记录 and 异议登记簿: what hung where and when, who checked it, what was said and answered; forms to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.masking import Level, mask_name
from village_ledger.domain.objection import Objection
from village_ledger.domain.period import Span
from village_ledger.domain.posting import JOINT, Posting, PostingAct, PostingEvent
from village_ledger.reports.disclosure.board_photos import BoardPhotos
from village_ledger.reports.disclosure.catalogue_pack import letter_of, name_of
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Check, Column, Kind, Role, Row, Table
from village_ledger.services.disclosure.objections import UNNAMED
from village_ledger.services.disclosure.posting_sets import occasion_title

REGISTER_COLUMNS = (
    Column("number", "编号", Kind.CODE, 19),
    Column("period", "公开的日期", Kind.TEXT, 31),
    Column("occasion", "场合", Kind.TEXT, 25),
    Column("sheets", "表", Kind.TEXT, 27),
    Column("reviewed", "审查", Kind.DATE, 23),
    Column("opinion", "意见", Kind.TEXT, 18),
    Column("supervisors", "审查人", Kind.TEXT, 30),
    Column("posted", "张贴", Kind.DATE, 23),
    Column("place", "地点", Kind.TEXT, 37),
    Column("due", "贴到", Kind.DATE, 23),
    Column("removed", "取下", Kind.DATE, 23),
    Column("days", "天数", Kind.COUNT, 11),
    Column("photos", "照片", Kind.COUNT, 11),
    Column("objections", "异议", Kind.COUNT, 11),
    Column("state", "现在", Kind.TEXT, 20),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A set of sheets with what belongs to it."""

    posting: Posting
    objections: Sequence[Objection]
    photos: int
    signed: int = 0
    """Scans of signed sheets kept."""
    old: Sequence[tuple[str, str]] = ()
    """Sheets of which there is a newer version: old code, new code."""
    pictures: BoardPhotos | None = None
    """The photos as they are printed; read only for one set."""


def sheets_words(posting: Posting) -> str:
    """Letters of its sheets, in the order of the pack."""
    letters = sorted((letter_of(one.report) or one.report for one in posting.sheets), key=_order)
    return "".join(letters) if all(len(one) == 1 for one in letters) else JOINT.join(letters)


def _order(letter: str) -> tuple[bool, str]:
    return (letter != "S", letter)


def posting_register(issuer: Issuer, some: Sequence[Recorded], span: Span | None, today: date) -> Table:
    """Every set of a ledger, one a line, the oldest first."""
    rows = [Row(Role.DETAIL, _register_cells(one)) for one in some]
    hangs = sum(one.posting.posted_on is not None for one in some)
    waits = sum(objection.waits for one in some for objection in one.objections)
    words = f"公开日期在{span.words()}的" if span else ""
    return Table(
        report="postings",
        title="公开表张贴登记簿",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=REGISTER_COLUMNS,
        rows=tuple(rows),
        span=span,
        heading=(f"{words}共 {len(some)} 次，贴出 {hangs} 次，待答复的异议 {waits} 条", f"截至 {today}"),
        notes=tuple(_register_notes(some, today)),
        watermark=issuer.watermark,
        signatures=(("登记人", ""), ("监督机构", ""), ("负责人", "")),
        full_dates=True,
    )


_WIDER = {"period": 46, "sheets": 46, "state": 64}
ON_SCREEN = ("number", "period", "sheets", "posted", "objections", "state")


def on_screen(register: Table) -> Table:
    """The register in the columns that have room beside a form."""
    places = [register.column_index(key) for key in ON_SCREEN]
    rows = tuple(replace(row, cells=tuple(row.cells[i] for i in places)) for row in register.rows)
    columns = (
        replace(
            register.columns[i], width_mm=_WIDER.get(register.columns[i].key, register.columns[i].width_mm)
        )
        for i in places
    )
    return replace(register, columns=tuple(columns), rows=rows)


def _register_cells(one: Recorded) -> tuple[Cell, ...]:
    posting, review = one.posting, one.posting.review
    return (
        posting.number,
        posting.span.words(),
        occasion_title(posting.occasion),
        sheets_words(posting),
        review.day if review else None,
        review.opinion.words if review and review.opinion else "",
        JOINT.join(review.people) if review else "",
        posting.posted_on,
        posting.place,
        posting.removal_due,
        posting.removed_on,
        posting.days_up,
        one.photos,
        len(one.objections),
        f"{posting.state.words}，由 {posting.replaced_by} 替代"
        if posting.replaced_by
        else posting.state.words,
    )


def _register_notes(some: Sequence[Recorded], today: date) -> Iterator[str]:
    early = [one.posting.number for one in some if one.posting.came_down_early]
    if early:
        yield f"没贴满规定天数就取下：{JOINT.join(early)}，原因见各次的张贴记录。"
    bare = [one.posting.number for one in some if one.posting.posted_on and not one.photos]
    if bare:
        yield f"没有公开栏照片：{JOINT.join(bare)}。"
    late = [o.number for one in some for o in one.objections if o.late_on(today)]
    if late:
        yield f"异议答复逾期：{JOINT.join(late)}。"


# one set, as a form to sign

RECORD_COLUMNS = (
    Column("number", "序号", Kind.TEXT, 24),
    Column("item", "项目", Kind.TEXT, 56),
    Column("date", "日期", Kind.DATE, 26),
    Column("people", "经办人", Kind.TEXT, 38),
    Column("content", "内容", Kind.TEXT, 72),
    Column("note", "说明", Kind.TEXT, 58),
)


def posting_record(issuer: Issuer, one: Recorded, today: date, level: Level = Level.TOWNSHIP) -> Table:
    """A set from the sheets in it to the answers given: what is kept of it, with room to sign."""
    posting = one.posting
    return Table(
        report="posting-record",
        title="公开表张贴记录",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=RECORD_COLUMNS,
        rows=tuple(_record_rows(one, today, level)),
        span=posting.span,
        heading=(
            f"编号：{posting.number}",
            f"公开：{posting.span.words()}",
            f"场合：{occasion_title(posting.occasion)}",
            f"现在：{posting.state.words}",
        ),
        checks=tuple(_record_checks(one, today)),
        notes=tuple(_record_notes(one)),
        warnings=tuple(
            f"{old} 后来重新出过，新表是 {new}。" for old, new in one.old if not posting.replaced_by
        ),
        watermark=issuer.watermark,
        signatures=_places(posting),
        picture=one.pictures,
        full_dates=True,
        facts={
            "posted": posting.posted_on,
            "removal_due": posting.removal_due,
            "removed": posting.removed_on,
        },
    )


def _section(words: str) -> Row:
    return Row(Role.SECTION, ("", words, None, "", "", ""))


def _record_rows(one: Recorded, today: date, level: Level) -> Iterator[Row]:
    posting = one.posting
    yield _section("一、公开的表")
    for sheet in sorted(posting.sheets, key=lambda x: _order(letter_of(x.report))):
        letter = letter_of(sheet.report)
        words = name_of(sheet.report) or sheet.report
        day = date.fromisoformat(sheet.made_at[:10]) if sheet.made_at else None
        yield Row(Role.DETAIL, (letter, words, day, sheet.made_by, f"校验码 {sheet.code}", ""))
    yield _section("二、审查和张贴")
    for place, act in enumerate(PostingAct, 1):
        done = [event for event in posting.events if event.act is act]
        if not done and act not in (PostingAct.CLOSED, PostingAct.WITHDRAWN):
            yield Row(Role.DETAIL, (str(place), act.words, None, "", "", ""))
        for event in done:
            content = _content(event)
            yield Row(
                Role.DETAIL,
                (str(place), act.words, event.day, JOINT.join(event.people), content, event.words),
            )
    yield _section("三、异议和答复")
    for objection in reversed(one.objections):
        yield from _objection_rows(objection, today, level)
    if not one.objections:
        yield Row(Role.DETAIL, ("", "无", None, "", "", ""))


def _content(event: PostingEvent) -> str:
    if event.opinion is not None:
        return f"{event.body}：{event.opinion.words}"
    parts = [f"贴在{event.place}"] if event.place else []
    if event.until is not None:
        parts.append(f"至少贴到 {event.until}")
    return "，".join(parts)


def _objection_rows(objection: Objection, today: date, level: Level) -> Iterator[Row]:
    who = shown_name(objection.who, level)
    about = f"表 {objection.code}" if objection.code else "全部表"
    yield Row(
        Role.DETAIL,
        (
            objection.number,
            f"提出（{objection.way}）",
            objection.day,
            who,
            objection.item,
            f"{about}；{objection.answer_due} 前答复，{objection.state_on(today)}",
        ),
    )
    for event in objection.events:
        result = event.result.words if event.result else ""
        people = who if event.who == objection.who else event.who
        yield Row(
            Role.DETAIL,
            ("", event.act.words, event.day, people, event.words or result, result if event.words else ""),
        )


def shown_name(name: str, level: Level) -> str:
    """Who raised an objection: whole in the record, masked in what hangs on the wall."""
    return name if name == UNNAMED else mask_name(name, level)


def _record_checks(one: Recorded, today: date) -> Iterator[Check]:
    posting = one.posting
    if posting.days_up is not None:
        words = f"{posting.posted_on} 贴出，{posting.removed_on} 取下，贴了 {posting.days_up} 天"
        yield Check("张贴", not posting.came_down_early, f"{words}，应至少贴到 {posting.removal_due}")
    if one.objections:
        late = [o for o in one.objections if o.late_on(today) or o.answered_late]
        yield Check("异议", not late, f"异议 {len(one.objections)} 条，超过期限的 {len(late)} 条")


def _record_notes(one: Recorded) -> Iterator[str]:
    posting = one.posting
    if posting.note:
        yield f"说明：{posting.note}。"
    if posting.replaces:
        yield f"本次替代 {posting.replaces}。"
    if posting.replaced_by:
        yield f"本次已由 {posting.replaced_by} 替代。"
    if posting.posted_on is not None:
        yield f"存有公开栏照片 {one.photos} 张，签字的公开表 {one.signed} 件。"
    yield "内有提出人姓名，本页存档备查，不张贴。"


def _places(posting: Posting) -> tuple[tuple[str, str], ...]:
    review = posting.review
    posted = posting.event(PostingAct.POSTED)
    body = review.body if review else "监督机构"
    return (
        ("做表", JOINT.join(posting.makers)),
        (f"{body}负责人", review.people[0] if review and review.people else ""),
        ("张贴人", JOINT.join(posted.people) if posted else ""),
        ("负责人", ""),
    )


# objections

OBJECTION_COLUMNS = (
    Column("number", "编号", Kind.CODE, 27),
    Column("date", "提出日期", Kind.DATE, 25),
    Column("who", "提出人", Kind.TEXT, 23),
    Column("way", "方式", Kind.TEXT, 15),
    Column("posting", "张贴", Kind.CODE, 19),
    Column("sheet", "对哪张表", Kind.TEXT, 20),
    Column("item", "异议内容", Kind.TEXT, 60),
    Column("due", "答复期限", Kind.DATE, 25),
    Column("answered", "答复日期", Kind.DATE, 25),
    Column("answered_by", "答复人", Kind.TEXT, 20),
    Column("answer", "答复", Kind.TEXT, 60),
    Column("result", "结果", Kind.TEXT, 26),
    Column("state", "现在", Kind.TEXT, 19),
    Column("signature", "本人签字", Kind.TEXT, 22),
)


def objection_register(
    issuer: Issuer,
    some: Sequence[Objection],
    letters: dict[str, str],
    span: Span | None,
    today: date,
    level: Level = Level.TOWNSHIP,
) -> Table:
    """Objections of a ledger, the oldest first, with room for who raised each to sign the answer."""
    rows = [Row(Role.DETAIL, _objection_cells(one, letters, today, level)) for one in some]
    waits = sum(one.waits for one in some)
    late = [one.number for one in some if one.late_on(today)]
    words = f"{span.words()}提出的" if span else ""
    notes = ("有提出人姓名，存档备查，不张贴。",) if level is not Level.PUBLIC else ()
    return Table(
        report="objections",
        title="公开异议登记簿",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=OBJECTION_COLUMNS,
        rows=tuple(rows) or (Row(Role.DETAIL, ("", None, "无", *("",) * 4, None, None, *("",) * 5)),),
        span=span,
        heading=(f"{words}共 {len(some)} 条，待答复 {waits} 条", f"截至 {today}"),
        checks=(Check("异议", not late, f"答复逾期 {len(late)} 条{'：' if late else ''}{JOINT.join(late)}"),)
        if some
        else (),
        notes=notes,
        watermark=issuer.watermark,
        signatures=(("受理人", ""), ("监督机构", ""), ("负责人", "")),
        full_dates=True,
    )


def _objection_cells(one: Objection, letters: dict[str, str], today: date, level: Level) -> tuple[Cell, ...]:
    answer, closing = one.answer, one.closing
    result = closing.result.words if closing and closing.result else ""
    if closing and closing.words:
        result = f"{result}：{closing.words}"
    return (
        one.number,
        one.day,
        shown_name(one.who, level),
        one.way,
        one.posting,
        f"{letters.get(one.code, '')} {one.code}".strip(),
        one.item,
        one.answer_due,
        answer.day if answer else None,
        answer.who if answer else "",
        answer.words if answer else "",
        result,
        one.state_on(today),
        "",
    )
