"""``decision``: files carried on step by step."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.money import format_fen, parse_fen, plain_fen
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.domain.decision import Entry, Step
    from village_ledger.domain.voting import Vote
    from village_ledger.services.decisions.decision_files import Asked
    from village_ledger.storage.decisions.records import Decision
    from village_ledger.storage.reader import Reader


def run_decision(asked: Namespace) -> int:
    """One of the acts of a file."""
    acts = {
        "new": _new,
        "amend": _amend,
        "step": _step,
        "interest": _interest,
        "link": _link,
        "show": _show,
        "list": _list,
    }
    needs = {
        "new": ("number", "matter", "subject"),
        "amend": ("number",),
        "step": ("number", "date"),
        "interest": ("number", "name", "reason"),
        "link": ("number", "kind", "ref"),
        "show": ("number",),
    }
    ensure_given(asked, "decision", needs.get(asked.act, ()))
    return acts[asked.act](asked)


def ensure_given(asked: Namespace, command: str, needed: tuple[str, ...]) -> None:
    """Raise UsageError naming what an act still needs."""
    missing = [key for key in needed if getattr(asked, key) is None]
    if missing:
        options = "、".join("NUMBER" if key == "number" else f"--{key}" for key in missing)
        raise UsageError(
            tr("{command} {act} 还缺：{options}", command=command, act=asked.act, options=options)
        )


# Files


def _new(asked: Namespace) -> int:
    from village_ledger.domain.decision import Entry, Step
    from village_ledger.services.decisions.decision_files import open_file

    with writing(asked) as uow:
        proposed = (
            Entry(Step.PROPOSED, asked.date, place=asked.place or "", note=asked.note or "")
            if asked.date is not None
            else None
        )
        done = open_file(uow, asked.number, _asked(uow.reader, asked, None), proposed)
        uow.commit()
    say_all(done.warnings)
    say(tr("卷宗 {number} 开好了：{state}。", number=done.value.number, state=done.value.state))
    return 0


def _amend(asked: Namespace) -> int:
    from village_ledger.services.decisions.decision_files import amend

    with writing(asked) as uow:
        before = uow.reader.decision(asked.number)
        done = amend(uow, asked.number, _asked(uow.reader, asked, before))
        uow.commit()
    say(tr("卷宗 {number} 改好了：{subject}。", number=done.value.number, subject=done.value.subject))
    return 0


def _asked(reader: Reader, asked: Namespace, before: Decision | None) -> Asked:
    """What the options say of a file, the rest as it was."""
    from village_ledger.services.decisions.decision_files import Asked

    amount = None if asked.amount is None else parse_fen(asked.amount)
    if before is None:
        ledger = ledger_of(reader, asked.ledger)
        return Asked(ledger, asked.matter, asked.subject, asked.body or "", amount or 0)
    kept = before.progress
    ledger = ledger_of(reader, asked.ledger) if asked.ledger else before.ledger
    same = ledger == before.ledger and not asked.matter
    body = asked.body or (kept.body.id if same and kept.body else "")
    return Asked(
        ledger,
        asked.matter or kept.matter.id,
        asked.subject or before.subject,
        body,
        before.amount if amount is None else amount,
    )


def _step(asked: Namespace) -> int:
    from village_ledger.services.decisions.decision_files import take_step

    with writing(asked) as uow:
        wanted = uow.reader.decision(asked.number).progress.next_step
        done = take_step(uow, asked.number, _entry(asked, wanted))
        uow.commit()
    say_all(done.warnings)
    entry = done.value.progress.entries[-1]
    if entry.until is not None:
        say(tr("公示 {day} 起，满 {until} 才能往下办。", day=entry.day, until=entry.until))
    following = done.value.progress.next_step
    rest = tr("下一步是{step}。", step=following.words) if following else tr("卷宗已经办完。")
    say(tr("{number} {step}登记好了。{rest}", number=done.value.number, step=entry.step.words, rest=rest))
    return 0


def _entry(asked: Namespace, wanted: Step | None) -> Entry:
    from village_ledger.domain.decision import Entry, Step

    step = Step(asked.step) if asked.step else wanted or Step.CLOSED
    return Entry(
        step,
        asked.date,
        _vote(asked),
        asked.notice_from,
        asked.until,
        asked.place or "",
        asked.note or "",
        asked.resolution or "",
    )


def _vote(asked: Namespace) -> Vote | None:
    from village_ledger.domain.voting import Vote

    given = (asked.eligible, asked.present, asked.in_favour)
    if given == (None, None, None):
        return None
    if None in given:
        raise UsageError(tr("--eligible、--present 和 --for 要一起写"))
    return Vote(*given, asked.against or 0, asked.abstained or 0)


def _interest(asked: Namespace) -> int:
    from village_ledger.services.decisions.decision_files import clear_interest, name_interest

    act = clear_interest if asked.withdraw else name_interest
    with writing(asked) as uow:
        done = act(uow, asked.number, asked.name, asked.reason)
        uow.commit()
    say_all(done.warnings)
    names = "、".join(one.name for one in done.value.interests) or tr("没有")
    say(tr("{number} 的利害关系人：{names}。", number=done.value.number, names=names))
    return 0


def _link(asked: Namespace) -> int:
    from village_ledger.services.decisions.decision_files import LINKS, link

    with writing(asked) as uow:
        done = link(uow, asked.number, asked.kind, asked.ref)
        uow.commit()
    say(tr("{number} 连上了{kind} {ref}。", number=done.value.number, kind=LINKS[asked.kind], ref=asked.ref))
    return 0


def _show(asked: Namespace) -> int:
    with open_book(asked.book, Access.READ) as book:
        decision = book.reader().decision(asked.number)
    if asked.format == "json":
        write_text(asked, json.dumps(decision_json(decision), ensure_ascii=False, indent=2))
        return 0
    lines = [f"{decision.number}\t{decision.progress.matter.name}\t{decision.subject}"]
    for entry in decision.progress.entries:
        vote = f"\t{entry.vote.words}" if entry.vote else ""
        until = f"\t公示到 {entry.until}" if entry.until else ""
        lines.append(f"{entry.day}\t{entry.step.words}{vote}{until}")
    write_text(asked, "\n".join(lines))
    return 0


def _list(asked: Namespace) -> int:
    with open_book(asked.book, Access.READ) as book:
        found = book.reader().decisions(asked.ledger or "")
    if asked.format == "json":
        write_text(asked, json.dumps([decision_json(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    lines = [
        f"{one.number}\t{one.state}\t{one.subject}\t{format_fen(one.amount) if one.amount else ''}"
        for one in found
    ]
    write_text(asked, "\n".join(lines))
    return 0


def decision_json(decision: Decision) -> dict[str, Any]:
    """A file as others read it."""
    progress = decision.progress
    return {
        "number": decision.number,
        "ledger": decision.ledger,
        "law": progress.law.value,
        "matter": progress.matter.id,
        "subject": decision.subject,
        "amount": plain_fen(decision.amount),
        "body": progress.body.id if progress.body else None,
        "state": progress.last.step.value if progress.last else None,
        "next": progress.next_step.value if progress.next_step else None,
        "steps": [
            {
                "step": entry.step.value,
                "date": entry.day.isoformat(),
                "vote": None
                if entry.vote is None
                else {
                    "eligible": entry.vote.eligible,
                    "present": entry.vote.present,
                    "for": entry.vote.in_favour,
                    "against": entry.vote.against,
                    "abstained": entry.vote.abstained,
                },
                "notice_from": entry.notice_from.isoformat() if entry.notice_from else None,
                "until": entry.until.isoformat() if entry.until else None,
                "resolution": entry.resolution or None,
            }
            for entry in progress.entries
        ],
        "interests": [{"name": one.name, "reason": one.reason} for one in decision.interests],
        "links": [{"kind": kind, "ref": ref} for kind, ref in decision.links],
    }


def write_text(asked: Namespace, text: str) -> None:
    """To stdout, or a file."""
    if asked.output is None:
        print(text)
        return
    from village_ledger.reports.pens.output_file import replacing

    with replacing(asked.output) as stream:
        stream.write(f"{text}\n".encode())
    say(tr("写好了：{file}", file=asked.output))
