"""A handover of the books (会计交接) from its registration to the change of who is in charge; the same book goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from village_ledger.domain.duty import Duty, Held, Role
from village_ledger.domain.errors import DutyError, HandoverError
from village_ledger.domain.handover import (
    Handover,
    HandoverStep,
    Item,
    ItemKind,
    Parties,
    Place,
    Result,
    changed_items,
    digest_of,
    document_of,
    merged,
    unfinished_items,
)
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require, require_somebody
from village_ledger.services.entry.vouchers import named
from village_ledger.services.handover.handover_lists import backup_item, ensure_ready, items_of
from village_ledger.services.outcome import Outcome
from village_ledger.services.staff import staff
from village_ledger.storage.handover.inspection import (
    HANDED,
    begun_record,
    signature_record,
    step_record,
)
from village_ledger.storage.handover.register import HandoverRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.staff.queries import StaffMember
from village_ledger.storage.unit_of_work import UnitOfWork

_CHANGED = Changes(handovers=True)


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A handover with its list and what the books changed since."""

    handover: Handover
    items: tuple[Item, ...]
    changed: tuple[str, ...] = ()

    @property
    def waiting(self) -> int:
        """Items nobody has gone through yet, or 不符 without a word."""
        return len(unfinished_items(self.items))


def view(reader: Reader, number: str) -> HandoverView:
    """Everything a page or a paper shows of a handover."""
    with reader.snapshot():
        handover = reader.handover(number)
        items = tuple(reader.handover_items(handover.id))
        listed = handover.last is HandoverStep.LISTED
        changed = changed_items(items, items_of(reader, handover)) if listed else []
        return HandoverView(handover, items, tuple(changed))


def begin(
    uow: UnitOfWork, day: date, parties: Parties, ledger: str = "", note: str = ""
) -> Outcome[Handover]:
    """Register a handover: who to whom, before whom, up to which day; of one ledger or (empty) of the whole book.

    Raises HandoverError for somebody in two places, a day to come, or a handover of the same giver still under way.
    """
    named(uow.by)
    require_somebody(uow)
    who = Parties(
        check_text(parties.post, "岗位", NAME_LIMIT),
        check_text(parties.giver, "移交人", NAME_LIMIT),
        check_text(parties.taker, "接交人", NAME_LIMIT),
        check_text(parties.supervisor, "监交人", NAME_LIMIT),
        check_text(parties.supervisor_post, "监交人职务", NAME_LIMIT),
    ).checked()
    for info in uow.reader.ledgers():
        if ledger in ("", info.code) and day < info.start.first:
            raise HandoverError(f"{day} 在建账以前", f"{info.title}从 {info.start.first} 开始。")
    if uow.reader.has_staff() and uow.reader.member(who.giver) is None:
        raise HandoverError(f"人员里没有移交人“{who.giver}”", "请核对姓名；移交人要是登记过的人员。")
    going = next(
        (one for one in uow.reader.handovers() if one.is_open and one.parties.giver == who.giver), None
    )
    if going is not None:
        raise HandoverError(f"{who.giver} 的交接 {going.number} 还没有办完", "请接着办，或先撤销它。")
    register = HandoverRegister(uow)
    number = register.add(ledger, day, who, check_text(note, "说明", SUMMARY_LIMIT))
    made = uow.reader.handover(number)
    subject, detail = begun_record(made)
    uow.log.add(HANDED, subject=subject, detail=detail)
    return Outcome(made, _CHANGED)


def make_list(uow: UnitOfWork, number: str, *, with_open: bool = False) -> Outcome[HandoverView]:
    """Take the list from the books, or again after they changed: ticks stay where the figures stayed.

    Raises HandoverError for cash not counted on the day, for vouchers not posted unless they are to be listed as open.
    """
    named(uow.by)
    require_somebody(uow)
    handover = _open(uow.reader, number)
    if handover.signatures:
        raise HandoverError(f"{number} 的清册已经有人签字", "不能再列一次；要改请撤销这次交接，另登记一次。")
    ensure_ready(uow.reader, handover, with_open=with_open)
    old = uow.reader.handover_items(handover.id)
    items = merged(old, items_of(uow.reader, handover))
    HandoverRegister(uow).set_items(handover.id, items)
    words = f"{len(items)} 项"
    digest = digest_of(document_of(handover, items))
    _step(uow, handover, HandoverStep.LISTED, _today(uow), words, digest)
    return Outcome(view(uow.reader, number), _CHANGED)


def add_item(
    uow: UnitOfWork, number: str, kind: ItemKind, title: str, detail: str = "", quantity: str = ""
) -> Outcome[Item]:
    """An item the books cannot know: seals, keys, archives by volume, lawsuits."""
    named(uow.by)
    require_somebody(uow)
    handover = _listed(uow.reader, number)
    name = check_text(title, "名称", NAME_LIMIT)
    if not name:
        raise HandoverError("手工项目要写名称", "请写清是什么，如“财务专用章”。")
    items = uow.reader.handover_items(handover.id)
    item = Item(
        _next(items),
        kind,
        name,
        check_text(detail, "说明", SUMMARY_LIMIT),
        quantity=check_text(quantity, "数量", NAME_LIMIT),
        by_hand=True,
    )
    HandoverRegister(uow).add_item(handover.id, item)
    return Outcome(item, _CHANGED)


def add_backup(uow: UnitOfWork, number: str, file: Path) -> Outcome[Item]:
    """A backup medium with the digest of its file, which the successor can check."""
    named(uow.by)
    require_somebody(uow)
    handover = _listed(uow.reader, number)
    item = backup_item(_next(uow.reader.handover_items(handover.id)), file)
    HandoverRegister(uow).add_item(handover.id, item)
    return Outcome(item, _CHANGED)


def drop_item(uow: UnitOfWork, number: str, line: int) -> Outcome[None]:
    """Take back an item entered by hand."""
    named(uow.by)
    require_somebody(uow)
    handover = _listed(uow.reader, number)
    if not _item(uow.reader, handover, line).by_hand:
        raise HandoverError(f"第 {line} 项是从账上列的", "不能去掉；有出入请写“不符”和说明。")
    HandoverRegister(uow).drop_item(handover.id, line)
    return Outcome(None, _CHANGED)


def tick(uow: UnitOfWork, number: str, line: int, result: Result, note: str = "") -> Outcome[Item]:
    """Go through an item: 相符, or 不符 with a word of what differs."""
    named(uow.by)
    require_somebody(uow)
    handover = _listed(uow.reader, number)
    _item(uow.reader, handover, line)
    words = check_text(note, "说明", SUMMARY_LIMIT)
    if result is Result.DIFFERS and not words:
        raise HandoverError(f"第 {line} 项不符，要写明差在哪里", "请写一句说明，由谁在什么时候办。")
    HandoverRegister(uow).tick(handover.id, line, result, words)
    return Outcome(_item(uow.reader, handover, line), _CHANGED)


def tick_rest(uow: UnitOfWork, number: str, kind: ItemKind | None = None) -> Outcome[int]:
    """Everything not gone through yet (of one kind) agrees; gives how many."""
    named(uow.by)
    require_somebody(uow)
    handover = _listed(uow.reader, number)
    waiting = [
        item
        for item in uow.reader.handover_items(handover.id)
        if item.result is Result.OPEN and kind in (None, item.kind)
    ]
    register = HandoverRegister(uow)
    for item in waiting:
        register.tick(handover.id, item.number, Result.AGREES, item.note)
    return Outcome(len(waiting), _CHANGED)


def sign(uow: UnitOfWork, number: str, place: Place, day: date) -> Outcome[HandoverView]:
    """One of the three signs under the list as it stands; who is of the staff signs in person.

    Raises HandoverError while an item is open or the books have changed since the list was made.
    """
    named(uow.by)
    require_somebody(uow)
    seen = view(uow.reader, number)
    handover = _listed_or_signed(seen.handover)
    who = handover.parties
    name = {Place.GIVER: who.giver, Place.TAKER: who.taker, Place.SUPERVISOR: who.supervisor}[place]
    if place in handover.signed:
        raise HandoverError(f"{place.words} {name} 已经签过字", "一处只签一次。")
    if not seen.items or seen.waiting:
        raise HandoverError(f"还有 {seen.waiting} 项没有核对", "请逐项核对，写上相符或不符，再签字。")
    if seen.changed:
        some = "、".join(seen.changed[:3]) + ("等" if len(seen.changed) > 3 else "")
        raise HandoverError(f"列清册以后账变了：{some}", "请重新列一次清册；没有变的项目不用再核对。")
    if day < handover.day:
        raise HandoverError(f"签字日期 {day} 在锁定日 {handover.day} 以前", "请核对日期。")
    member = uow.reader.member(name)
    if member is not None and not member.left_at and uow.by != name:
        raise DutyError(f"{name} 是登记的人员，要由本人签字", f"请 {name} 登录以后签字。")
    digest = digest_of(document_of(handover, seen.items))
    HandoverRegister(uow).sign(handover.id, place, name, day, digest)
    subject, detail = signature_record(number, place.words, name, day, digest)
    uow.log.add(HANDED, subject=subject, detail=detail)
    return Outcome(view(uow.reader, number), _CHANGED)


def finish(uow: UnitOfWork, number: str, day: date, pin: str = "") -> Outcome[HandoverView]:
    """All three signed: the giver's roles end with ``day``, the taker holds them from then on; the list is frozen.

    A taker who is not of the staff is registered with ``pin``. Raises HandoverError before three signatures, DutyError where
    the roles exclude what the taker holds, PinError for a weak PIN.
    """
    named(uow.by)
    handover = _open(uow.reader, number)
    missing = [place.words for place in Place if place not in handover.signed]
    if missing:
        raise HandoverError(f"还没有签字：{'、'.join(missing)}", "三方都签了字，交接才能办完。")
    if day < max(one.day for one in handover.signatures):
        raise HandoverError(f"交接完毕的日期 {day} 在签字以前", "请用签字那天或以后的日期。")
    words = _switch(uow, handover, day, pin)
    document = document_of(handover, uow.reader.handover_items(handover.id))
    _step(uow, handover, HandoverStep.FINISHED, day, words, digest_of(document), document)
    return Outcome(view(uow.reader, number), _CHANGED | Changes(settings=True), ())


def withdraw(uow: UnitOfWork, number: str, reason: str) -> Outcome[HandoverView]:
    """Give up a handover that is not finished, with the reason; its list stays as it was."""
    named(uow.by)
    require_somebody(uow)
    handover = _open(uow.reader, number)
    why = check_text(reason, "原因", SUMMARY_LIMIT)
    if not why:
        raise HandoverError("撤销交接要写明原因", "请写一句为什么撤销。")
    _step(uow, handover, HandoverStep.WITHDRAWN, _today(uow), why, b"")
    return Outcome(view(uow.reader, number), _CHANGED)


def _switch(uow: UnitOfWork, handover: Handover, day: date, pin: str) -> str:
    """The giver's roles in the ledgers handed over go to the taker; says which. Nothing in a book without staff."""
    if not uow.reader.has_staff():
        require(uow, Duty.ADMINISTER)
        return "这个账簿没有登记人员，角色不用换"
    require(uow, Duty.ADMINISTER)
    who = handover.parties
    giver = uow.reader.member(who.giver)
    moving = [held for held in giver.roles if _moves(held, handover.ledger, day)] if giver else []
    for held in moving:
        staff.take_role(uow, who.giver, held.role, held.ledger, max(day, held.since))
        _keep_elsewhere(uow, who.giver, held, handover.ledger, day)
    wanted = [(held.role, handover.ledger or held.ledger) for held in moving]
    taker: StaffMember | None = uow.reader.member(who.taker)
    if taker is None or taker.left_at:
        if not pin:
            raise HandoverError(f"接交人 {who.taker} 还没有登记", "请让接交人设一个密码，交接时一并登记。")
        staff.add(uow, who.taker, pin, wanted)
    else:
        has = {(held.role, held.ledger) for held in taker.roles if held.until is None}
        for role, ledger in wanted:
            if (role, ledger) not in has and (role, "") not in has:
                staff.give_role(uow, who.taker, role, ledger, day)
    roles = "、".join(dict.fromkeys(role.words for role, _ in wanted)) or "没有角色"
    return f"{who.giver} 的{roles}从 {day} 起由 {who.taker} 担任"


def _moves(held: Held, ledger: str, day: date) -> bool:
    """Whether a role goes to the successor: it is held, in a ledger handed over, and is no administrator's."""
    going = held.until is None or held.until > day
    return going and held.role is not Role.ADMINISTRATOR and (not ledger or held.ledger in ("", ledger))


def _keep_elsewhere(uow: UnitOfWork, name: str, held: Held, ledger: str, day: date) -> None:
    """A role of both ledgers of which only one is handed over goes on in the other."""
    if held.ledger or not ledger:
        return
    for info in uow.reader.ledgers():
        if info.code != ledger:
            staff.give_role(uow, name, held.role, info.code, max(day, held.since))


def _open(reader: Reader, number: str) -> Handover:
    handover = reader.handover(number)
    if not handover.is_open:
        raise HandoverError(
            f"交接 {number} {handover.stage}", "办完或撤销的交接不再改；要再交接请另登记一次。"
        )
    return handover


def _listed(reader: Reader, number: str) -> Handover:
    handover = _listed_or_signed(_open(reader, number))
    if handover.signatures:
        raise HandoverError(f"{number} 的清册已经有人签字", "不能再改；要改请撤销这次交接，另登记一次。")
    return handover


def _listed_or_signed(handover: Handover) -> Handover:
    if not handover.is_open:
        raise HandoverError(
            f"交接 {handover.number} {handover.stage}", "办完或撤销的交接不再改；要再交接请另登记一次。"
        )
    if handover.last is None:
        raise HandoverError("还没有列移交清册", "请先从账上列清册。")
    return handover


def _item(reader: Reader, handover: Handover, line: int) -> Item:
    for item in reader.handover_items(handover.id):
        if item.number == line:
            return item
    raise HandoverError(f"移交清册里没有第 {line} 项", "请核对序号。")


def _next(items: list[Item]) -> int:
    return max((item.number for item in items), default=0) + 1


def _step(
    uow: UnitOfWork,
    handover: Handover,
    step: HandoverStep,
    day: date,
    words: str,
    digest: bytes,
    document: str = "",
) -> None:
    HandoverRegister(uow).step(handover.id, step, day, words, digest, document)
    subject, detail = step_record(handover.number, step.words, day, words, digest)
    uow.log.add(HANDED, subject=subject, detail=detail)


def _today(uow: UnitOfWork) -> date:
    return date.fromisoformat(uow.at[:10])
