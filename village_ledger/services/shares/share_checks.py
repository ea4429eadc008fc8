"""Whether a share event may be: every rule of members_and_shares §5.4 asked before anything is written.

``examine`` asks all of them, for a form that shows what is in the way, an import that names every bad row, and ``post``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.share import Bucket, EventKind
from village_ledger.domain.share_events import HOUSEHOLDS, EventRequest, negatives, out_of
from village_ledger.domain.share_rules import available, held_on, share_rules
from village_ledger.services.people.people import ensure_can_move
from village_ledger.services.shares import share_charter
from village_ledger.services.shares.share_cap import grant_within_cap, within_cap, within_redeem_cap
from village_ledger.services.shares.share_convert import converted
from village_ledger.services.shares.share_effects import Effect, effects
from village_ledger.services.shares.share_gates import gates
from village_ledger.services.shares.share_plan import Check, Holder, Plan, caution, holds, plan, verdict
from village_ledger.storage.people.records import StoredEvent
from village_ledger.storage.reader import Reader

_TO_MEMBERS = frozenset({EventKind.TRANSFER, EventKind.GIFT, EventKind.FORECLOSE})

_FROM_LIVING = frozenset({EventKind.TRANSFER, EventKind.GIFT, EventKind.REDEEM, EventKind.PLEDGE})
_ADULT = 18
RESOLUTION = "I12"
"""The rule that asks for a resolution."""


@dataclass(frozen=True, slots=True)
class Examination:
    """Every check of an event, its effect, and the papers it rests on."""

    checks: tuple[Check, ...]
    effects: tuple[Effect, ...]
    papers: tuple[str, ...]
    plan: Plan

    @property
    def faults(self) -> tuple[Check, ...]:
        """What is in the way."""
        return tuple(check for check in self.checks if not check.ok)

    @property
    def obstacles(self) -> tuple[Check, ...]:
        """The same but for the resolution, which is passed after a request was checked."""
        return tuple(check for check in self.faults if check.rule != RESOLUTION)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said although it is allowed."""
        return tuple(check.detail for check in self.checks if check.ok and check.warns)


def examine(
    reader: Reader,
    request: EventRequest,
    *,
    with_effects: bool = True,
    known: Mapping[str, Holder] | None = None,
    in_plan: bool = False,
) -> Examination:
    """Ask everything of an event; nothing is written and nothing raised for what is wrong with it.

    Effects are worked out only where nothing but the resolution is in the way; ``known`` are account texts of the day
    looked up before. A grant that is part of a larger plan (``in_plan``) is not held against the cap: its plan is, as a
    whole.
    """
    with reader.snapshot():
        found = plan(reader, request, known)
        checks = [*found.faults, *gates(reader, found)]
        for look in _LOOKS.get(request.kind, ()):
            if not (in_plan and look is grant_within_cap):
                checks += look(reader, found)
        made = Examination(tuple(checks), (), share_rules().kinds[request.kind].papers, found)
        if not with_effects or made.obstacles:
            return made
        return replace(made, effects=effects(reader, found))


def _giver(_reader: Reader, found: Plan) -> Iterator[Check]:
    """Who gives: living, not to oneself; the organisation pledges nothing."""
    request, giver = found.request, found.giver
    if giver is None:
        return
    if request.kind in _FROM_LIVING and giver.is_dead(request.day):
        detail = f"{giver.text} 已经去世，份额只能由继承人继承"
        yield verdict("I8", "转出人健在", detail, "请先办继承。")
    if request.kind is EventKind.PLEDGE and giver.person is None:
        yield verdict(
            "集体经济组织法第35条", "质押人是成员", "集体的份额不能质押", "只有成员自己的份额能为债务作担保。"
        )
    if request.kind is EventKind.PLEDGE and giver.person and giver.person.birth:
        birth, day = giver.person.birth, request.day
        age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
        if age < _ADULT:
            yield caution("", "质押人成年", f"{giver.text} 不满 18 岁，请核对监护人的同意。")
    for taker in found.takers:
        if request.kind in _MOVES and taker.holder.person_id == giver.person_id:
            detail = f"转出和转入都是 {giver.text}"
            yield verdict("账户", "两个账户", detail, "请核对账户。", taker.part)


_MOVES = frozenset(
    {EventKind.TRANSFER, EventKind.GIFT, EventKind.INHERIT, EventKind.REDEEM, EventKind.FORECLOSE}
)


def _worth(_reader: Reader, found: Plan) -> Iterator[Check]:
    """What is paid: shares times the price of one, to the fen, half up."""
    request, share_class = found.request, found.share_class
    if share_class is not None and request.price and found.quanta > 0:
        scale = 10**share_class.decimals
        fen = (2 * found.quanta * request.price + scale) // (2 * scale)
        each = format_fen(request.price)
        said = f"{share_class.text(found.quanta)} 份 × 每份 {each} 元 = {format_fen(fen)} 元"
        yield holds("", "价款", said)


def _takers(reader: Reader, found: Plan) -> Iterator[Check]:
    """I6: who gets shares is a living member or the organisation; heirs may be others where the charter says so."""
    request, share_class = found.request, found.share_class
    heirs = share_charter.value(reader, "inherit", found.class_id, request.day)
    for taker in found.takers:
        who, detail, warns = taker.holder, "", ""
        if request.kind is EventKind.REDEEM:
            detail = "" if who.person is None else f"退出回购的份额归集体，不能转给 {who.text}"
        elif who.person is None:
            pass
        elif share_class is not None and share_class.is_collective:
            detail = f"{share_class.name}只归集体，不能记到 {who.text}"
        elif who.is_dead(request.day):
            detail = f"{who.text} 在 {request.day} 已经去世"
        elif not who.person.is_member:
            if request.kind in _TO_MEMBERS or (request.kind is EventKind.INHERIT and heirs == "members"):
                detail = f"{who.text} 在 {request.day} 不是本组织成员"
            else:
                warns = f"{who.text} 不是本组织成员：有收益，没有表决权。"
        if warns:
            yield caution("I6", "转入人合格", warns, taker.part)
        else:
            yield verdict("I6", "转入人合格", detail, "请核对转入人。", taker.part)


def _free(reader: Reader, found: Plan) -> Iterator[Check]:
    """I4 and I1: what leaves is there, in the right bucket, on that day and every day after."""
    giver, share_class = found.giver, found.share_class
    if giver is not None and share_class is not None and found.quanta > 0:
        yield _enough(reader, found, giver, found.quanta, None)


def _each_free(reader: Reader, found: Plan) -> Iterator[Check]:
    """The same for a cancellation, which takes from several accounts."""
    for taker in found.takers if found.share_class is not None else ():
        yield _enough(reader, found, taker.holder, taker.quanta, taker.part)


def _enough(reader: Reader, found: Plan, giver: Holder, quanta: int, part: int | None) -> Check:
    share_class, request = found.the_class(), found.request
    bucket, day = out_of(request.kind), request.day.isoformat()
    account = reader.share_account(share_class.id, giver.person_id)
    history = reader.share_history(account, request.day) if account is not None else []
    held, least = held_on(history, bucket, day), available(history, bucket, day)
    text = f"{bucket.words}的份额够用"
    if quanta > held:
        detail = (
            f"{giver.text} 在 {request.day} {bucket.words}的{share_class.name}只有 {share_class.text(held)}，"
            f"要动用 {share_class.text(quanta)}"
        )
        return verdict("I4", text, detail, "请核对数量；质押、冻结的要先解除。", part)
    if quanta > least:
        detail = (
            f"{giver.text} 的{share_class.name}在 {request.day} 以后的变动里已经用去，"
            f"只能再动用 {share_class.text(max(least, 0))}"
        )
        return verdict("I1", text, detail, "请先冲销后来的变动。", part)
    return holds("I4", text, f"{bucket.words} {share_class.text(held)}", part)


def _pledge(reader: Reader, found: Plan) -> Iterator[Check]:
    """I5: no more is released or realised than is open of the pledge, on that day and every day after."""
    pledge = found.pledge
    if pledge is None:
        return
    least = _least_open(reader, pledge.id, found.request.day)
    if found.quanta > pledge.open:
        detail = f"这笔质押只剩 {found.text(pledge.open)}，要解除 {found.text(found.quanta)}"
        yield verdict("I5", "质押余额够用", detail, "请核对数量和合同号。")
    elif found.quanta > least:
        detail = f"这笔质押在 {found.request.day} 以后已经解除，只能再解除 {found.text(max(least, 0))}"
        yield verdict("I5", "质押余额够用", detail, "请先冲销后来的变动。")


def _least_open(reader: Reader, pledge_id: int, day: date) -> int:
    """The least that is open of a pledge from a day on: another pledge of the account does not stand in for it."""
    held = next((one.open for one in reader.pledges(day) if one.id == pledge_id), 0)
    least = held
    later = [one for one in reader.share_events(day + timedelta(days=1)) if one.pledge_id == pledge_id]
    for event in sorted(later, key=lambda one: (one.day, one.number)):
        held += sum(line.delta for line in event.lines if line.bucket is Bucket.PLEDGED)
        least = min(least, held)
    return least


def _estate(reader: Reader, found: Plan) -> Iterator[Check]:
    """I8: the holder has died, nothing is pledged or frozen, and the heirs' parts are the whole."""
    request, giver, share_class = found.request, found.giver, found.share_class
    if giver is None or share_class is None:
        return
    if giver.person is None or not giver.is_dead(request.day):
        died = giver.person.death if giver.person else None
        what = f"{giver.text} {died} 去世，" if died else f"{giver.text} 没有登记死亡，"
        detail = f"{what}不能在 {request.day} 办继承"
        yield verdict("I8", "被继承人已去世", detail, "请先登记死亡，或核对日期。")
    account = reader.share_account(share_class.id, giver.person_id)
    history = reader.share_history(account, request.day) if account is not None else []
    day = request.day.isoformat()
    held = {bucket: held_on(history, bucket, day) for bucket in Bucket}
    bound = held[Bucket.PLEDGED] + held[Bucket.FROZEN]
    estate = sum(held.values())
    if bound:
        detail = f"{giver.text} 的{share_class.name}有 {share_class.text(bound)} 质押或冻结"
        yield verdict("I4", "没有质押和冻结", detail, "请先解除质押、冻结，再办继承。")
    parts = sum(taker.quanta for taker in found.takers)
    if parts == estate and parts and not bound:
        yield _enough(reader, found, giver, parts, None)  # not passed on already by an event of a later day
    if found.faults or parts == estate:
        return
    run, last = 0, None
    for taker in found.takers:
        run, last = run + taker.quanta, taker.part
        if run > estate:
            break
    detail = (
        f"继承人各份合计 {share_class.text(parts)}，{giver.text} 的{share_class.name}是 {share_class.text(estate)}，"
        f"{'多' if parts > estate else '少'} {share_class.text(abs(parts - estate))}"
    )
    yield verdict("I8", "各份等于全部遗产", detail, "请核对各份的数量。", last)


def _household(reader: Reader, found: Plan) -> Iterator[Check]:
    """A split or merge moves one living person to another household; a merge needs one that is there."""
    request, giver = found.request, found.giver
    if giver is None:
        return
    detail = ""
    if giver.person is None:
        detail = "分户、并户要写明哪一个人"
    elif giver.is_dead(request.day):
        detail = f"{giver.text} 已经去世"
    elif not found.household:
        detail = "没有写明到哪一户"
    elif giver.person.household == found.household:
        detail = f"{giver.text} 已经在 {found.household} 户"
    elif request.kind is EventKind.MERGE and reader.household_id(found.household) is None:
        detail = f"没有 {found.household} 这一户，并户要并到已有的户"
    step = "请核对户编号。"
    if not detail and giver.person is not None:
        is_new = reader.household_id(found.household) is None
        try:
            ensure_can_move(reader, giver.person, found.household, request.day, new_household=is_new)
        except LedgerError as error:
            detail, step = error.what, error.next_step
    yield verdict("分户并户", "户可以变动", detail, step)


def _conversion(reader: Reader, found: Plan) -> Iterator[Check]:
    """An old class is closed whole: nothing of it pledged or frozen, a new class of the same organisation."""
    old, new, day = found.share_class, found.new_class, found.request.day
    if old is None or new is None:
        return
    if old.id == new.id:
        yield verdict("折换", "新旧两类", "新旧是同一类股份", "请写明新的类别。")
    held = reader.holdings(day, old.id)
    whole, bound = (
        sum(one.balance.total for one in held),
        sum(one.balance.total - one.balance.free for one in held),
    )
    if not whole:
        yield verdict("I4", "旧类有份额", f"{day} 没有{old.name}可以折换", "请核对类别和日期。")
    if bound:
        detail = f"{old.name}有 {old.text(bound)} 质押或冻结"
        yield verdict("I4", "没有质押和冻结", detail, "请先解除质押、冻结，再折换。")
    if reader.class_moved_after(old.id, day):
        yield verdict("I1", "之后没有变动", f"{old.name}在 {day} 以后还有变动", "请用这些变动之后的日期。")
    try:
        made = converted(held, reader.holder_texts(day), old, new, found.request.quantity)
    except LedgerError as error:
        yield verdict("折换", "折换比例", error.what, error.next_step)
        return
    if whole and not made.whole:
        detail = f"照这个比例，{old.name} {old.text(whole)} 折不到{new.name}的一个最小单位"
        yield verdict("折换", "折换后有份额", detail, "请核对比例。")
    if made.rest:
        yield caution("I2", "折换后总数", f"照比例折换，合计舍去不到一个最小单位（{made.rest}）。")
    if new.is_collective and any(one.person_id is not None and one.balance.total for one in held):
        detail = f"{new.name}只归集体，{old.name}有成员的份额，不能折换过去"
        yield verdict("I6", "新类可以归成员", detail, "请写明别的新类。")


_WAY_BACK = {
    EventKind.SPLIT: "分户办错了请用并户改回。",
    EventKind.MERGE: "并户办错了请用分户改回，写原来的户编号。",
}


def _reversal(reader: Reader, found: Plan) -> Iterator[Check]:
    """I10: one posted event that is no reversal and not reversed, and whose shares nobody has used since."""
    target, request = found.target, found.request
    if target is None:
        return
    detail, record = "", f"第 {target.number} 号变动"
    if target.kind is EventKind.REVERSE:
        detail = f"{record}本身是冲销，不能再冲销"
    elif target.reversed_by is not None:
        detail = f"{record}已由第 {target.reversed_by} 号冲销"
    elif target.kind in HOUSEHOLDS:
        detail = f"{record}是{target.kind.words}，没有份额可以冲销"
    elif request.day < target.day:
        detail = f"冲销日期 {request.day} 早于{record}的日期 {target.day}"
    step = _WAY_BACK.get(target.kind, "请核对序号和日期。")
    yield verdict("I10", "可以冲销", detail, step)
    if not detail:
        yield from _unused(reader, request.day, target, record)


def _unused(reader: Reader, on: date, target: StoredEvent, record: str) -> Iterator[Check]:
    """What the event gave is still where it put it."""
    texts, accounts, day = reader.holder_texts(on), reader.share_accounts(), on.isoformat()
    for line in negatives(target.lines):
        if line.delta < 0 and -line.delta > available(
            reader.share_history(line.account_id, on), line.bucket, day
        ):
            who = texts[accounts[line.account_id][1]]
            detail = f"{record}给 {who} 的份额后来已经用掉"
            yield verdict("I10", "份额还在", detail, "请先冲销后来的变动。")
    number = target.pledge_id or (target.number if target.kind is EventKind.PLEDGE else None)
    moved = -sum(line.delta for line in target.lines if line.bucket is Bucket.PLEDGED)
    if number is not None and moved < 0 and _least_open(reader, number, on) + moved < 0:
        yield verdict("I10", "质押还在", f"{record}的质押后来已经解除", "请先冲销后来的变动。")


_Look = Callable[[Reader, Plan], Iterator[Check]]
_LOOKS: dict[EventKind, tuple[_Look, ...]] = {
    EventKind.GRANT: (_takers, grant_within_cap),
    EventKind.TRANSFER: (_giver, _takers, _free, within_cap, _worth),
    EventKind.GIFT: (_giver, _takers, _free, within_cap),
    EventKind.INHERIT: (_giver, _takers, _estate, within_cap),
    EventKind.REDEEM: (_giver, _takers, _free, within_redeem_cap, _worth),
    EventKind.PLEDGE: (_giver, _free),
    EventKind.RELEASE: (_free, _pledge),
    EventKind.FORECLOSE: (_giver, _takers, _free, _pledge, within_cap, _worth),
    EventKind.FREEZE: (_free,),
    EventKind.UNFREEZE: (_free,),
    EventKind.SPLIT: (_household,),
    EventKind.MERGE: (_household,),
    EventKind.CANCEL: (_each_free,),
    EventKind.CONVERT: (_conversion,),
    EventKind.REVERSE: (_reversal,),
}
