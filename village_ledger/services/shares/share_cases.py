"""Share changes being handled (办件), step by step (members_and_shares §5.2).

    DRAFT → CHECKED → APPROVED → PUBLISHED (公示) → POSTED
    CHECKED, APPROVED → REJECTED · PUBLISHED → OBJECTED → CHECKED or REJECTED

Each step is a record of its own. The rules of the register are asked when a case is checked and again when it is posted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, ShareError
from village_ledger.domain.rule_names import CASE_NOTICE, CASE_PAPERS, CASE_STEPS, TWO_PEOPLE
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest, request_from_json, request_to_json
from village_ledger.domain.share_rules import rule_words, share_rules
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require, require_second
from village_ledger.services.entry.vouchers import given, named
from village_ledger.services.outcome import Outcome
from village_ledger.services.shares import share_charter
from village_ledger.services.shares.share_checks import Examination, examine
from village_ledger.services.shares.shares import post as post_event
from village_ledger.storage.people.records import ShareCase, StoredEvent
from village_ledger.storage.reader import Reader
from village_ledger.storage.shares.register import PAPERS, SharesRegister
from village_ledger.storage.unit_of_work import UnitOfWork

STATES = {
    "draft": "草稿",
    "checked": "已审查",
    "approved": "已批准",
    "published": "公示中",
    "objected": "有异议",
    "rejected": "已退回",
    "posted": "已登记",
    PAPERS: "收到材料",
}
NEXT = {
    "draft": ("checked", "rejected"),
    "checked": ("approved", "rejected"),
    "approved": ("published", "rejected"),
    "published": ("posted", "objected"),
    "objected": ("checked", "rejected"),
    "rejected": (),
    "posted": (),
}
"""What a case may become."""
_ENDED = frozenset({"rejected", "posted"})
_BETWEEN = "；"
"""Between papers handed in together, in the note of their step."""
UNPUBLISHED = frozenset(
    {
        EventKind.RELEASE,
        EventKind.FREEZE,
        EventKind.UNFREEZE,
        EventKind.SPLIT,
        EventKind.MERGE,
        EventKind.REVERSE,
    }
)
"""Kinds that change nothing others could object to: published and posted the same day."""


def request_of(case: ShareCase) -> EventRequest:
    """What a case asks for."""
    return request_from_json(case.body)


def papers_of(case: ShareCase) -> list[str]:
    """Papers handed in so far, with the draft and after it."""
    body: dict[str, Any] = json.loads(case.body)
    later = (paper for step in case.steps if step.state == PAPERS for paper in step.note.split(_BETWEEN))
    return list(dict.fromkeys([*(str(paper) for paper in body.get("papers", [])), *later]))


def missing_papers(case: ShareCase) -> list[str]:
    """Papers the kind rests on that are not handed in yet."""
    there = papers_of(case)
    return [paper for paper in share_rules().kinds[case.kind].papers if paper not in there]


def typed_of(case: ShareCase) -> dict[str, str]:
    """What stood in the fields of a form and could not be read yet, by field."""
    body: dict[str, Any] = json.loads(case.body)
    return {str(key): str(text) for key, text in body.get("typed", {}).items()}


def begin(
    uow: UnitOfWork,
    request: EventRequest,
    papers: list[str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Outcome[ShareCase]:
    """Keep a request as a draft; it need not be possible yet. ``typed`` is what a form could not read yet, by field."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    made = SharesRegister(uow).add_case(request.kind, _body(request, papers or [], typed), _today(uow), "")
    uow.log.add("份额办件", subject=f"第 {made} 号", detail=f"{request.kind.words}：{STATES['draft']}")
    return Outcome(uow.reader.share_case(made), Changes(shares=True))


def rewrite(
    uow: UnitOfWork,
    case_id: int,
    request: EventRequest,
    papers: list[str],
    typed: Mapping[str, str] | None = None,
) -> Outcome[ShareCase]:
    """Change a draft, its kind too; raises ShareError once it was handed on."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    case = uow.reader.share_case(case_id)
    if case.state != "draft":
        raise ShareError(
            f"第 {case_id} 号办件是{STATES[case.state]}的{case.kind.words}，内容不能改{CASE_STEPS}",
            "请退回，再照它另起一件。",
        )
    SharesRegister(uow).rewrite_case(case_id, request.kind, _body(request, papers, typed))
    return Outcome(uow.reader.share_case(case_id), Changes(shares=True))


def begin_again(uow: UnitOfWork, case_id: int) -> Outcome[ShareCase]:
    """A new draft with what a rejected case asked for and the papers it had; raises ShareError for any other."""
    case = uow.reader.share_case(case_id)
    if case.state != "rejected":
        raise ShareError(
            f"第 {case_id} 号办件是{STATES[case.state]}，不用另起一件{CASE_STEPS}",
            "退回的办件才照它另起一件。",
        )
    return begin(uow, request_of(case), papers_of(case), typed_of(case))


def check(uow: UnitOfWork, case_id: int, note: str = "") -> Outcome[ShareCase]:
    """The clerk finds the request possible but for its resolution, which comes later; raises ShareError."""
    require(uow, Duty.PREPARE)
    case = uow.reader.share_case(case_id)
    if unread := typed_of(case):
        texts = "、".join(f"“{text}”" for text in unread.values())
        raise ShareError(
            f"第 {case_id} 号办件里有看不懂的：{texts}{rule_words('填写')}", "请打开草稿，改好再交。"
        )
    for fault in examine(uow.reader, request_of(case), with_effects=False).obstacles:
        raise ShareError(fault.sentence, fault.next_step)
    done = _advance(uow, case, "checked", note)
    missing = missing_papers(case)
    said = (f"还缺材料：{'、'.join(missing)}。",) if missing else ()
    return Outcome(done, Changes(shares=True), said)


def approve(
    uow: UnitOfWork, case_id: int, resolution: str = "", note: str = "", *, by: str = ""
) -> Outcome[ShareCase]:
    """Somebody else approves, on the resolution the kind needs; ``by`` a second person who typed a PIN for it.

    Raises ShareError, DutyError for the one who made the case.
    """
    second = by.strip()
    if second and second != uow.by:
        named(uow.by)
        require_second(uow, second, Duty.REVIEW)
    else:
        second = uow.by
        require(uow, Duty.REVIEW)
    case = uow.reader.share_case(case_id)
    if second == case.made_by:
        raise DutyError(f"经办和批准是同一个人{TWO_PEOPLE}", "请由另一个人批准。")
    request = _resolved(uow.reader, request_of(case), resolution)
    for fault in examine(uow.reader, request, with_effects=False).faults:
        raise ShareError(fault.sentence, fault.next_step)
    done = _advance(uow, case, "approved", note, approved=request.resolution, by=second)
    return Outcome(done, Changes(shares=True))


def settle(uow: UnitOfWork, case_id: int, second: str) -> Outcome[StoredEvent]:
    """All steps at once, for a kind that needs no notice: ``second`` has seen it and typed a PIN for it.

    Raises ShareError for a kind that must be published, and whatever the steps raise.
    """
    case = uow.reader.share_case(case_id)
    if case.kind not in UNPUBLISHED:
        raise ShareError(f"{case.kind.words}要先公示，不能当场登记{CASE_STEPS}", "请交审查，一步一步办。")
    if not second.strip():
        raise DutyError(f"{case.kind.words}要有复核的人{TWO_PEOPLE}", "请写上复核人；经办的人不能自己复核。")
    if case.state == "draft":
        check(uow, case_id)
    approve(uow, case_id, by=second)
    publish(uow, case_id)
    return post(uow, case_id)


def hand_in(uow: UnitOfWork, case_id: int, papers: Sequence[str]) -> Outcome[ShareCase]:
    """Note papers that came after the draft was handed on; raises ShareError for what the kind does not ask for."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    case = uow.reader.share_case(case_id)
    if case.state in _ENDED:
        raise ShareError(
            f"第 {case_id} 号办件{STATES[case.state]}，不再收材料{CASE_STEPS}", "原件归档就可以。"
        )
    missing = missing_papers(case)
    for paper in papers:
        if paper not in missing:
            wanted = "、".join(missing) or "不缺材料"
            raise ShareError(f"第 {case_id} 号办件不缺“{paper}”{CASE_PAPERS}", f"还缺的是：{wanted}。")
    if not papers:
        raise ShareError(f"没有写收到什么材料{CASE_PAPERS}", f"还缺的是：{'、'.join(missing)}。")
    SharesRegister(uow).note_papers(case_id, _today(uow), _BETWEEN.join(papers))
    uow.log.add("份额办件", subject=f"第 {case_id} 号", detail=f"收到材料：{'、'.join(papers)}")
    return Outcome(uow.reader.share_case(case_id), Changes(shares=True))


def publish(uow: UnitOfWork, case_id: int, since: date | None = None, note: str = "") -> Outcome[ShareCase]:
    """The change is on the notice board from a day on."""
    require(uow, Duty.PREPARE)
    return Outcome(
        _advance(uow, uow.reader.share_case(case_id), "published", note, since), Changes(shares=True)
    )


def object_to(uow: UnitOfWork, case_id: int, why: str) -> Outcome[ShareCase]:
    """Somebody objects within the notice."""
    require(uow, Duty.PREPARE)
    reason = given(why, "登记异议", "谁、为什么有异议")
    return Outcome(_advance(uow, uow.reader.share_case(case_id), "objected", reason), Changes(shares=True))


def reject(uow: UnitOfWork, case_id: int, why: str) -> Outcome[ShareCase]:
    """The change is not made."""
    require(uow, Duty.PREPARE)
    reason = given(why, "退回", "为什么不办")
    return Outcome(_advance(uow, uow.reader.share_case(case_id), "rejected", reason), Changes(shares=True))


def notice_over(reader: Reader, case: ShareCase) -> date | None:
    """The first day a published case may be posted, None while it is not published."""
    since = case.day_of("published")
    if since is None:
        return None
    request = request_of(case)
    if case.kind in UNPUBLISHED:
        return min(since, request.day)  # it happened on its own day, whenever that is entered
    classes = {one.name: one.id for one in reader.share_classes(request.ledger)}
    days = share_charter.value(reader, "notice_days", classes.get(request.class_name), since)
    return since + timedelta(days=int(days))


def post(uow: UnitOfWork, case_id: int, day: date | None = None) -> Outcome[StoredEvent]:
    """Post what was published, on its own day or the first after the notice; raises ShareError before that is over.

    A kind that needs no notice is posted once it is approved.
    """
    case = uow.reader.share_case(case_id)
    if case.state == "approved" and case.kind in UNPUBLISHED:
        case = publish(uow, case_id).value
    _ensure_next(case, "posted")
    request, today = request_of(case), _today(uow)
    may = notice_over(uow.reader, case) or request.day
    request = _resolved(uow.reader, request, _approved_resolution(case))
    day = day or max(request.day, may)
    if min(today, day) < may:
        raise ShareError(
            f"第 {case_id} 号办件公示到 {may - timedelta(days=1)} 才满{CASE_NOTICE}", f"请在 {may} 以后登记。"
        )
    approver = next((step.by for step in reversed(case.steps) if step.state == "approved"), "")
    request = replace(request, day=day)
    if approver and approver != uow.by:
        uow.seconds.add(approver)  # who approved signed in for that step
        request = replace(request, reviewed_by=approver)
    done = post_event(uow, request, case_id)
    SharesRegister(uow).advance_case(case_id, "posted", today, f"第 {done.value.number} 号变动")
    missing = missing_papers(case)
    said = (f"登记了，材料还缺：{'、'.join(missing)}。",) if missing else ()
    return replace(done, warnings=(*done.warnings, *said))


def examined(reader: Reader, case: ShareCase) -> Examination:
    """What stands in the way of a case now, with the resolution it was approved on."""
    return examine(reader, _resolved(reader, request_of(case), _approved_resolution(case)))


def _resolved(reader: Reader, request: EventRequest, resolution: str) -> EventRequest:
    """The request with the resolution it is approved on, on the day of the vote where that was later."""
    number = resolution or request.resolution
    voted = next((one.day for one in reader.resolutions() if one.number == number), request.day)
    return replace(request, resolution=number, day=max(request.day, voted))


def _approved_resolution(case: ShareCase) -> str:
    note = next((step.note for step in reversed(case.steps) if step.state == "approved"), "")
    return note.removeprefix(_RESOLUTION) if note.startswith(_RESOLUTION) else ""


_RESOLUTION = "决议 "


def _advance(
    uow: UnitOfWork,
    case: ShareCase,
    state: str,
    note: str,
    day: date | None = None,
    *,
    approved: str = "",
    by: str = "",
) -> ShareCase:
    named(uow.by)
    _ensure_next(case, state)
    note = f"{_RESOLUTION}{approved}" if approved else check_text(note, "备注", SUMMARY_LIMIT)
    SharesRegister(uow).advance_case(case.id, state, day or _today(uow), note, by)
    uow.log.add("份额办件", subject=f"第 {case.id} 号", detail=f"{case.kind.words}：{STATES[state]}")
    return uow.reader.share_case(case.id)


def _ensure_next(case: ShareCase, state: str) -> None:
    if state not in NEXT[case.state]:
        may = "、".join(STATES[one] for one in NEXT[case.state])
        raise ShareError(
            f"第 {case.id} 号办件是{STATES[case.state]}，不能变成{STATES[state]}{CASE_STEPS}",
            f"接下来可以是：{may}。" if may else "这一件已经办完了。",
        )


def _body(request: EventRequest, papers: list[str], typed: Mapping[str, str] | None = None) -> str:
    body: dict[str, Any] = json.loads(request_to_json(request))
    body["papers"] = papers
    if typed:
        body["typed"] = dict(typed)
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _today(uow: UnitOfWork) -> date:
    return date.fromisoformat(uow.at[:10])
