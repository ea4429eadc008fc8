"""``posting``: sets of sheets on the board and what was said of them."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.reporting import span_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.objection import Objection, ObjectionResult
from village_ledger.domain.posting import JOINT, Opinion, Posting
from village_ledger.i18n import tr
from village_ledger.services.disclosure import objections, posting_sets, postings
from village_ledger.services.disclosure.objections import Heard
from village_ledger.services.disclosure.record_check import to_do
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

Act = Callable[["UnitOfWork", Namespace, str], "tuple[str, Sequence[str]]"]
"""What an act says when it is done, and what else there is to say."""


def run_posting(asked: Namespace) -> int:
    """One act on the posting record."""
    if asked.action in ("list", "show"):
        return (_list if asked.action == "list" else _show)(asked)
    with writing(asked) as uow:
        said, more = _ACTS[asked.action](uow, asked, ledger_of(uow.reader, asked.ledger))
        uow.commit()
    say_all(tuple(more))
    say(said)
    return 0


# acts


def _open(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    span = span_of(asked)
    if span is None:
        raise UsageError(tr("没有说公开哪些天"), tr("请加上 --month、--year，或 --from 和 --to。"))
    done = posting_sets.open_posting(
        uow, ledger, span, asked.code, asked.occasion, asked.replaces, asked.note
    )
    posting = done.value
    print(posting.number)
    said = tr(
        "{number}：{period}的 {count} 张表放在一起了，请监督机构审查（review）。",
        number=posting.number,
        period=posting.span.words(),
        count=len(posting.sheets),
    )
    return said, done.warnings


def _review(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    opinion = Opinion.read(asked.opinion)
    people = (asked.supervisor, *asked.others)
    done = postings.review(uow, ledger, asked.number, opinion, people, asked.date, asked.words, asked.body)
    return _now(done, tr("{names}的意见：{opinion}", names=JOINT.join(people), opinion=opinion.words))


def _post(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    done = postings.post(
        uow, ledger, asked.number, asked.date, asked.place, asked.people, asked.until, asked.words
    )
    return _now(done, tr("贴出了，至少贴到 {day}，请存公开栏的照片（photo）", day=done.value.removal_due))


def _take_down(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    done = postings.take_down(uow, ledger, asked.number, asked.date, asked.words)
    return _now(done, tr("取下了，贴了 {days} 天", days=done.value.days_up))


def _photo(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    kind = postings.SIGNED if asked.signed else postings.PHOTO
    more: list[str] = []
    for file in asked.file:
        done = postings.add_photo(uow, ledger, asked.number, file, kind)
        print(done.value.id)
        more += done.warnings
    return tr(
        "{number} 存了 {count} 个文件（{kind}）。", number=asked.number, count=len(asked.file), kind=kind
    ), more


def _withdraw(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    return _now(postings.withdraw(uow, ledger, asked.number, asked.reason), tr("作废了"))


def _object(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    heard = Heard(asked.who, asked.item, asked.code, asked.way, asked.due)
    done = objections.object_to(uow, ledger, asked.number, asked.date, heard)
    made = done.value
    print(made.number)
    return tr("登记了异议 {number}，{day} 前答复。", number=made.number, day=made.due), done.warnings


def _answer(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    done = objections.answer(uow, ledger, asked.number, asked.date, asked.who, asked.words)
    return tr("{number} 答复了。", number=done.value.number), done.warnings


def _again(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    done = objections.raise_again(uow, ledger, asked.number, asked.date, asked.words)
    return tr(
        "{number} 要再答复，{day} 前。", number=done.value.number, day=done.value.answer_due
    ), done.warnings


def _close(uow: UnitOfWork, asked: Namespace, ledger: str) -> tuple[str, Sequence[str]]:
    """An objection by its number, which begins with 异; else a set goes into the archive."""
    if not asked.number.startswith("异"):
        if asked.result:
            raise UsageError(tr("归档没有结果"), tr("办结异议请写异议编号，如 异-2025-01。"))
        return _now(postings.close(uow, ledger, asked.number, asked.date, asked.words), tr("归档了"))
    if not asked.result:
        raise UsageError(
            tr("办结异议要写结果"),
            tr("请加上 --result，可以是：{known}。", known="、".join(r.value for r in ObjectionResult)),
        )
    result = ObjectionResult.read(asked.result)
    day = asked.date or date.fromisoformat(uow.at[:10])
    done = objections.close_objection(uow, ledger, asked.number, day, result, asked.words)
    return tr("{number} 办结了：{result}。", number=done.value.number, result=result.words), done.warnings


_ACTS: dict[str, Act] = {
    "open": _open,
    "review": _review,
    "post": _post,
    "take-down": _take_down,
    "photo": _photo,
    "withdraw": _withdraw,
    "object": _object,
    "answer": _answer,
    "again": _again,
    "close": _close,
}


def _now(done: Outcome[Posting], said: str) -> tuple[str, Sequence[str]]:
    posting = done.value
    return tr(
        "{number} {said}；现在：{state}。", number=posting.number, said=said, state=posting.state.words
    ), done.warnings


# looking


def _list(asked: Namespace) -> int:
    """Every set of a ledger, one a line; what waits for somebody is said."""
    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        ledger = ledger_of(reader, asked.ledger)
        found = list(reversed(reader.postings(ledger)))
        waiting = to_do(reader, ledger, date.today())  # noqa: DTZ011  the wall calendar of the village
        if asked.format == "json":
            rows = [posting_json(one, reader.objections(ledger, one.number)) for one in found]
            print(json.dumps(rows, ensure_ascii=False, indent=2))
            return 0
    for one in found:
        print(one.number, one.span.words(), posting_sets.occasion_title(one.occasion), one.posted_on or "",
              one.removal_due or "", one.removed_on or "", one.state.words, sep="\t")  # fmt: skip
    say_all(tuple(f"{one.words}。" for one in waiting))
    say(tr("{count} 次张贴，{waiting} 件事要办。", count=len(found), waiting=len(waiting)))
    return 0


def _show(asked: Namespace) -> int:
    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        posting, said, papers = postings.view(reader, ledger_of(reader, asked.ledger), asked.number)
    if asked.format == "json":
        print(json.dumps(posting_json(posting, said), ensure_ascii=False, indent=2))
        return 0
    print(
        posting.number,
        posting.span.words(),
        posting_sets.occasion_title(posting.occasion),
        posting.state.words,
        sep="\t",
    )
    for sheet in posting.sheets:
        print(sheet.code, sheet.report, sheet.made_by, sep="\t")
    for event in posting.events:
        print(postings.told(event))
    for paper in papers:
        print(paper.id, paper.kind, paper.title, sep="\t")
    for one in reversed(said):
        print(one.number, one.day, one.who, one.item, one.state_on(date.today()), sep="\t")  # noqa: DTZ011  the village's own day
        for event in one.events:
            print(
                "",
                event.act.words,
                event.day,
                event.words or (event.result.words if event.result else ""),
                sep="\t",
            )
    return 0


def posting_json(posting: Posting, said: Sequence[Objection]) -> dict[str, Any]:
    """A set as others read it."""
    review = posting.review
    return {
        "number": posting.number,
        "ledger": posting.ledger,
        "from": posting.span.first.isoformat(),
        "to": posting.span.last.isoformat(),
        "occasion": posting.occasion,
        "state": posting.state.value,
        "sheets": [{"report": one.report, "check_code": one.code} for one in posting.sheets],
        "opinion": review.opinion.value if review and review.opinion else None,
        "supervisors": list(review.people) if review else [],
        "reviewed": review.day.isoformat() if review else None,
        "posted": _iso(posting.posted_on),
        "place": posting.place or None,
        "removal_due": _iso(posting.removal_due),
        "removed": _iso(posting.removed_on),
        "replaces": posting.replaces or None,
        "replaced_by": posting.replaced_by or None,
        "objections": [_objection_json(one) for one in reversed(said)],
    }


def _objection_json(one: Objection) -> dict[str, Any]:
    answer, closing = one.answer, one.closing
    return {
        "number": one.number,
        "date": one.day.isoformat(),
        "who": one.who,
        "item": one.item,
        "sheet": one.code or None,
        "due": one.answer_due.isoformat(),
        "answered": _iso(answer.day if answer else None),
        "answer": answer.words if answer else None,
        "result": closing.result.value if closing and closing.result else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
