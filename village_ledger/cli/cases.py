"""``case``: share changes being handled (办件), listed and taken a step further."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.cli.shares import COLLECTIVE_LEDGER, request_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.share import EventKind
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.shares.share_case_list import CaseLine
    from village_ledger.storage.unit_of_work import UnitOfWork


def run_case(asked: Namespace) -> int:
    """Do what was asked."""
    if asked.action == "list":
        return _list(asked)
    if asked.action == "post":
        return _post(asked)
    from village_ledger.services.shares.share_cases import STATES

    with writing(asked) as uow:
        done = _step(uow, asked)
        uow.commit()
    say_all(done.warnings)
    case = done.value
    say(
        tr(
            "第 {number} 号办件：{kind}，{state}。",
            number=case.id,
            kind=case.kind.words,
            state=STATES[case.state],
        )
    )
    return 0


def _step(uow: UnitOfWork, asked: Namespace) -> Outcome[Any]:
    from village_ledger.services.shares import share_cases

    match asked.action:
        case "begin":
            asked.ledger = asked.ledger or COLLECTIVE_LEDGER
            return share_cases.begin(uow, request_of(asked, EventKind(asked.kind)), asked.papers)
        case "check":
            return share_cases.check(uow, asked.number)
        case "approve":
            return share_cases.approve(uow, asked.number, asked.resolution or "")
        case "paper":
            return share_cases.hand_in(uow, asked.number, asked.papers)
        case "publish":
            return share_cases.publish(uow, asked.number, asked.since)
        case "object":
            return share_cases.object_to(uow, asked.number, asked.why)
        case "reject":
            return share_cases.reject(uow, asked.number, asked.why)
        case _:
            return share_cases.begin_again(uow, asked.number)


def _post(asked: Namespace) -> int:
    from village_ledger.services.shares.share_cases import post

    with writing(asked) as uow:
        done = post(uow, asked.number, asked.date)
        uow.commit()
    say_all(done.warnings)
    event = done.value
    say(
        tr(
            "第 {case} 号办件登记为第 {number} 号变动：{day} {kind}。",
            case=asked.number,
            number=event.number,
            day=event.day,
            kind=event.kind.words,
        )
    )
    return 0


def _list(asked: Namespace) -> int:
    from village_ledger.services.shares.share_case_list import case_lines

    today = date.today()  # noqa: DTZ011  the wall calendar of the village
    with open_book(asked.book, Access.READ) as book:
        lines = case_lines(book.reader(), today, asked.ledger)
    shown = [line for line in lines if asked.all or line.is_open]
    if asked.json:
        print(json.dumps([_row(line) for line in shown], ensure_ascii=False, indent=1))
        return 0
    for line in shown:
        missing = tr("缺 {count} 件材料", count=len(line.missing)) if line.missing else ""
        cells = (
            str(line.case.id),
            line.state,
            line.case.kind.words,
            line.who,
            line.quantity,
            missing,
            line.following,
        )
        print("\t".join(cells))
    if not shown:
        say(tr("没有办理中的份额变动。"))
    return 0


def _row(line: CaseLine) -> dict[str, object]:
    """A case as json has it."""
    case = line.case
    return {
        "number": case.id,
        "state": case.state,
        "kind": case.kind.value,
        "class": line.request.class_name,
        "date": line.request.day.isoformat(),
        "who": line.who,
        "quantity": line.quantity,
        "resolution": line.request.resolution,
        "missing_papers": list(line.missing),
        "notice_until": line.until.isoformat() if line.until else None,
        "days_left": line.days_left,
        "next": line.following,
        "event": case.event,
        "steps": [
            {"state": step.state, "date": step.day.isoformat(), "by": step.by, "note": step.note}
            for step in case.steps
        ],
    }
