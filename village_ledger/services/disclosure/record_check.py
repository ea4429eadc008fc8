"""What is to be done with what hangs: come down, be photographed, be answered, be done again; K47 before a month closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.period import Month
from village_ledger.domain.posting import Posting, PostingState
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.disclosure.postings import Newest, newest_codes, overtaken, photos
from village_ledger.storage.reader import Reader

RULE = "K47"


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to be done with a set or an objection; ``since`` the day from which it is late or may be done."""

    posting: str
    words: str
    since: date
    late: bool
    objection: str = ""


def to_do(reader: Reader, ledger: str, today: date) -> list[ToDo]:
    """Everything of a ledger's posting record that waits for somebody, what is late first."""
    with reader.snapshot():
        postings, newest = reader.postings(ledger), newest_codes(reader, ledger)
        found = [one for posting in postings for one in _of_posting(reader, posting, newest, today)]
        for objection in reader.objections(ledger):
            if objection.waits:
                late = objection.late_on(today)
                words = f"{objection.number} {'答复逾期' if late else '待答复'}，期限 {objection.answer_due}"
                found.append(ToDo(objection.posting, words, objection.answer_due, late, objection.number))
    return sorted(found, key=lambda one: (not one.late, one.since))


def _of_posting(reader: Reader, posting: Posting, newest: Newest, today: date) -> list[ToDo]:
    found: list[ToDo] = []
    posted, due, state = posting.posted_on, posting.removal_due, posting.state
    if state is PostingState.REDO and not posting.replaced_by and posting.review is not None:
        found.append(
            ToDo(posting.number, f"{posting.number} 监督机构要求重做", posting.review.day, late=True)
        )
    if state is PostingState.POSTED and due is not None and due <= today:
        found.append(ToDo(posting.number, f"{posting.number} 贴满了（{due}），可以取下", due, late=False))
    if posted is not None and state is not PostingState.CLOSED and not photos(reader, posting):
        found.append(ToDo(posting.number, f"{posting.number} 没有公开栏照片", posted, late=False))
    if state.is_open and not posting.replaced_by:
        found += [
            ToDo(posting.number, f"{posting.number} 里的 {old} 已有新表 {new}", posted or today, late=True)
            for old, new in overtaken(posting, newest)
        ]
    return found


def reminders(reader: Reader, ledger: str, today: date) -> list[tuple[str, str]]:
    """What the home page says, and the page it leads to: one line for what is late, one for what may be done now."""
    found = to_do(reader, ledger, today)
    lines = ([one for one in found if one.late], [one for one in found if not one.late])
    return [
        (some[0].words + (f"，等 {len(some)} 件" if len(some) > 1 else ""), "postings")
        for some in lines
        if some
    ]


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """One line where something of the posting record was late by the month's end; none where all is in order."""
    late = [one for one in to_do(reader, ledger, month.last) if one.late]
    if not late:
        return []
    page = Lead(Leads.PAGE, "postings", ledger)
    text = f"{len(late)} 件张贴、异议的事晚了，请办好。"
    return [CheckItem(RULE, Verdict.WARN, text, tuple(one.words for one in late), (page,) * len(late))]
