"""Shares: setting up a class, and posting an event once every rule has been asked."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, ShareError
from village_ledger.domain.rule_names import SHARE_CLASS, TWO_PEOPLE
from village_ledger.domain.share import COLLECTIVE, EventKind, ShareClass, ShareLine
from village_ledger.domain.share_events import HOUSEHOLDS, EventRequest
from village_ledger.domain.share_rules import NO_LIMIT
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require, require_second
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.people.people import make_holder, move_household
from village_ledger.services.shares import share_charter
from village_ledger.services.shares.share_checks import Examination, examine
from village_ledger.services.shares.share_effects import movements
from village_ledger.services.shares.share_plan import Plan
from village_ledger.storage.people.records import StoredEvent
from village_ledger.storage.shares.register import NewEvent, NewPledge, SharesRegister
from village_ledger.storage.unit_of_work import UnitOfWork

MOST_DECIMALS = 6


def add_class(
    uow: UnitOfWork,
    name: str,
    decimals: int = 2,
    *,
    ledger: str = "collective",
    cap: str = "",
    redeem_cap: str = "",
    collective_dividend: str = "",
    is_collective: bool = False,
) -> Outcome[ShareClass]:
    """Set up a class of shares; its name and decimals stay for good. Percentages as typed, empty for the charter's.

    Raises ShareError for a name that is taken or a number that cannot be.
    """
    named(uow.by)
    require(uow, Duty.SETTINGS)
    name = check_text(name, "股份类别", NAME_LIMIT)
    if not name:
        raise ShareError(f"股份类别要有名称{SHARE_CLASS}", "例如人口股、农龄股、集体股。")
    if any(one.name == name for one in uow.reader.share_classes(ledger)):
        raise ShareError(f"“{name}”这一类股份已经有了{SHARE_CLASS}", "同一类只设一次；小数位数设好后不能改。")
    if not 0 <= decimals <= MOST_DECIMALS:
        raise ShareError(f"小数位数 {decimals} 不对{SHARE_CLASS}", f"可以是 0 到 {MOST_DECIMALS}。")
    register = SharesRegister(uow)
    made = ShareClass(
        register.add_class(ledger, name, decimals, is_collective=is_collective),
        ledger,
        name,
        decimals,
        is_collective,
    )
    whose = "，只归集体" if is_collective else ""
    uow.log.add("设股份类别", ledger=ledger, subject=name, detail=f"{decimals} 位小数{whose}")
    given = {
        "cap": cap or (NO_LIMIT if is_collective else ""),
        "redeem_cap": redeem_cap,
        "collective_dividend": collective_dividend,
    }
    for key, text in given.items():
        if text:
            share_charter.set_value(uow, key, text, share_class=made)
    return Outcome(made, Changes(shares=True))


def post(uow: UnitOfWork, request: EventRequest, case_id: int | None = None) -> Outcome[StoredEvent]:
    """Post a share event; raises ShareError naming the rule that forbids it, or what cannot be read."""
    ensure_entitled(uow, request)
    examined = examine(uow.reader, request, with_effects=False)
    for fault in examined.faults:
        raise ShareError(fault.sentence, fault.next_step)
    return post_examined(uow, examined, case_id)


def ensure_entitled(uow: UnitOfWork, request: EventRequest) -> None:
    """Whoever acts may prepare, and the second person is another; raises DutyError."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    if not request.reviewed_by:
        return
    if request.reviewed_by.strip() == uow.by:
        raise DutyError(f"经办和复核是同一个人{TWO_PEOPLE}", "请由另一个人复核。")
    require_second(uow, request.reviewed_by, Duty.REVIEW)


def post_examined(uow: UnitOfWork, examined: Examination, case_id: int | None = None) -> Outcome[StoredEvent]:
    """Write an event that was examined in this unit of work and found without fault."""
    found = examined.plan
    request, register = found.request, SharesRegister(uow)
    accounts: dict[tuple[int, int | None], int] = {}
    lines: list[ShareLine] = []
    for move in movements(uow.reader, found):
        key = (move.share_class.id, move.person_id)
        if key not in accounts:
            accounts[key] = register.account(*key)
        lines.append(ShareLine(accounts[key], move.bucket, move.delta))
    changes = Changes(shares=True)
    if request.kind in HOUSEHOLDS:
        changes |= _move(uow, found)
    number = register.add_event(_new_event(uow, found, lines, case_id), lines)
    changes |= _heirs(uow, found)
    uow.log.add("份额变动", ledger=request.ledger, subject=f"第 {number} 号", detail=said(found))
    warnings = tuple(dict.fromkeys(examined.warnings))
    return Outcome(uow.reader.share_event(number), changes, warnings)


def _new_event(uow: UnitOfWork, found: Plan, lines: list[ShareLine], case_id: int | None) -> NewEvent:
    request, target = found.request, found.target
    pledge_id = found.pledge.id if found.pledge else None
    person_id: int | None = None
    household_id: int | None = None
    if request.kind in HOUSEHOLDS and found.giver is not None:
        person_id, household_id = found.giver.person_id, uow.reader.household_id(found.household)
    if target is not None:
        pledge_id = target.number if target.kind is EventKind.PLEDGE else target.pledge_id
    contract = check_text(request.contract, "合同号", SUMMARY_LIMIT)
    party = check_text(request.party, "债权人或法院", NAME_LIMIT)
    pledge = None
    if request.kind is EventKind.PLEDGE:
        pledge = NewPledge(
            lines[0].account_id, found.quanta, party, contract, request.expires, request.dividend_to
        )
    return NewEvent(
        kind=request.kind,
        class_id=target.class_id if target else found.class_id,
        day=request.day,
        resolution=request.resolution,
        contract=contract,
        party=party,
        price=request.price,
        note=check_text(request.note, "备注", SUMMARY_LIMIT),
        pledge_id=pledge_id,
        reverses=request.reverses,
        person_id=person_id,
        household_id=household_id,
        case_id=case_id,
        reviewed_by=request.reviewed_by.strip(),
        pledge=pledge,
    )


def _move(uow: UnitOfWork, found: Plan) -> Changes:
    """A split or merge: the person lives in the other household from the day on, shares stay where they are."""
    request, giver = found.request, found.giver
    if giver is None or giver.person is None:
        return Changes()
    is_new = uow.reader.household_id(found.household) is None
    basis = request.contract or request.note or request.kind.words
    return move_household(
        uow, giver.person, found.household, request.day, basis, new_household=is_new
    ).changes


def _heirs(uow: UnitOfWork, found: Plan) -> Changes:
    """Heirs of no standing become holders without a vote."""
    if found.request.kind is not EventKind.INHERIT:
        return Changes()
    made = False
    for taker in found.takers:
        person = taker.holder.person
        if person is not None and taker.quanta and person.status == "none":
            make_holder(uow, person.id, found.request.day, found.request.contract or "继承份额")
            made = True
    return Changes(members=made)


def said(found: Plan) -> str:
    """An event in a few words, for the operation log."""
    request, share_class = found.request, found.share_class
    kind = request.kind
    if kind is EventKind.REVERSE and found.target is not None:
        return f"{kind.words}第 {found.target.number} 号（{found.target.kind.words}）"
    giver = found.giver.text if found.giver else ""
    if kind in HOUSEHOLDS:
        return f"{kind.words}：{giver} 到 {found.household} 户"
    if kind is EventKind.CONVERT:
        return f"{kind.words}：{request.class_name} 到 {request.to}，{request.quantity}"
    whom = found.takers[0].holder.text if len(found.takers) == 1 else f"{len(found.takers)} 个账户"
    way = f"{giver} → {whom}" if giver and giver != whom else whom or COLLECTIVE
    return f"{kind.words} {share_class.name if share_class else ''} {found.text(found.quanta)}：{way}"
