"""Looking handovers and old matters over: every act is in the operation log, signed lists are as they were signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from village_ledger.domain.finding import Finding
from village_ledger.domain.handover import Handover, digest_of, document_of
from village_ledger.domain.money import format_fen
from village_ledger.domain.old_matter import FollowUp, OldMatter
from village_ledger.storage.queries import Queries

RULE = "V78"
HANDED = "会计交接"
OLD = "旧账"
"""Actions of the operation log."""
Logged = tuple[str, str, str, str]
"""When, by whom, subject, detail."""


def begun_record(handover: Handover) -> tuple[str, str]:
    """Subject and detail by which the operation log knows the registration."""
    who = handover.parties
    said = f"{who.post}：{who.giver} 交给 {who.taker}，{who.supervisor} 监交，截至 {handover.day}"
    return f"{handover.number} 登记", said


def step_record(number: str, step: str, day: date, words: str, digest: bytes) -> tuple[str, str]:
    """The same of a step."""
    sealed = f"；摘要值 {digest.hex()}" if digest else ""
    return f"{number} {step}", f"{day} {words}{sealed}"


def signature_record(number: str, place: str, name: str, day: date, digest: bytes) -> tuple[str, str]:
    """The same of a signature."""
    return f"{number} {place}签字", f"{day} {name}；摘要值 {digest.hex()}"


def matter_record(matter: OldMatter) -> tuple[str, str]:
    """The same of an old matter when it is listed."""
    return (
        f"{matter.number} 列入",
        f"{matter.term} {matter.side.words} {matter.name} {format_fen(matter.balance)}",
    )


def follow_up_record(number: str, entry: FollowUp) -> tuple[str, str]:
    """The same of a follow-up."""
    due = f"{entry.due}" if entry.due else ""
    told = f"{entry.status.words}；{entry.owner}；{entry.cause}；{entry.plan}；{due}；{entry.words}"
    return f"{number} 办理", f"{entry.day} {told}"


class HandoverInspection(Queries):
    """Findings about 会计交接 (V78)."""

    def findings(self) -> Iterator[Finding]:
        """Nothing was added, changed or taken away, in handovers and in old matters."""
        reader = self._book.reader()
        handovers = reader.handovers()
        yield from self._against_log(HANDED, "", [x for one in handovers for x in _of_handover(one)])
        for one in handovers:
            yield from self._sealed(one)
        for info in reader.ledgers():
            matters = reader.old_matters(info.code)
            yield from self._against_log(OLD, info.code, [x for one in matters for x in _of_matter(one)])

    def _against_log(self, action: str, ledger: str, written: list[Logged]) -> Iterator[Finding]:
        rows = self._all(
            'SELECT at, "by", subject, detail FROM operation WHERE action = ? AND ledger = ?', action, ledger
        )
        there, logged = Counter[tuple[str, ...]](written), Counter[tuple[str, ...]](map(tuple, rows))
        for record in there - logged:
            yield Finding(RULE, record[2], f"{action}的记录和操作日志对不上", ledger, found=record[3])
        for record in logged - there:
            yield Finding(RULE, record[2], f"{action}的记录不见了", ledger, record[3])

    def _sealed(self, handover: Handover) -> Iterator[Finding]:
        """A list somebody signed is the list that was signed, and so is what was frozen at the end."""
        if not handover.signatures:
            return
        document = document_of(handover, self._book.reader().handover_items(handover.id))
        found = digest_of(document)
        for signature in handover.signatures:
            if signature.digest != found:
                yield Finding(
                    RULE,
                    handover.number,
                    f"移交清册和{signature.place.words}签字时不一样",
                    handover.ledger,
                    signature.digest.hex()[:16],
                    found.hex()[:16],
                )
        finished = handover.finished
        if finished is not None and finished.document != document:
            yield Finding(RULE, handover.number, "存档的清册和移交清册不一样", handover.ledger)


def _of_handover(one: Handover) -> Iterator[Logged]:
    yield (one.made_at, one.made_by, *begun_record(one))
    for step in one.steps:
        yield (step.at, step.by, *step_record(one.number, step.step.words, step.day, step.words, step.digest))
    for mark in one.signatures:
        yield (
            mark.at,
            mark.by,
            *signature_record(one.number, mark.place.words, mark.name, mark.day, mark.digest),
        )


def _of_matter(one: OldMatter) -> Iterator[Logged]:
    yield (one.made_at, one.made_by, *matter_record(one))
    for entry in one.log:
        yield (entry.at, entry.by, *follow_up_record(one.number, entry))
