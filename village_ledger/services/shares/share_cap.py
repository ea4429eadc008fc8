"""I7 and I11: no holder's part of a class grows above the charter's cap, nor a year's buying back above its own.

What was above the cap before may stay. A class's first quantification is such a beginning: in a village of twenty equal
members everybody has 5 %. A later grant may keep everybody's part as it is; it may not lift anybody's above the cap,
unless the charter says that this is only to be said. An heir is exempt where the charter says so; a conversion by ratio
is the assembly's plan for a whole class and changes nobody's part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from village_ledger.domain.share import EventKind, ShareClass
from village_ledger.domain.share_rules import over, percent
from village_ledger.services.shares import share_charter
from village_ledger.services.shares.share_plan import Check, Plan, Taker, balance_of, caution, verdict
from village_ledger.storage.reader import Reader

_MAY_STAY = "原来就超过的可以保留，不能再增加。"
_PLAN_STEP = "请改方案；章程准许增资配股超过上限的，先在“设置—章程参数”写明。"


class Granted(NamedTuple):
    """What the grants of one plan (one day and resolution) give in a class, before anybody judges it."""

    share_class: ShareClass
    day: date
    takers: Sequence[Taker]
    posted: bool
    """Whether the register has it already."""


def within_cap(reader: Reader, found: Plan) -> Iterator[Check]:
    """I7 for what comes from another account."""
    request, share_class = found.request, found.share_class
    if share_class is None or share_class.is_collective:
        return
    limit = share_charter.value(reader, "cap", share_class.id, request.day)
    cap = percent(limit)
    whole = reader.class_total(share_class.id, request.day)
    exempt = (
        request.kind is EventKind.INHERIT
        and share_charter.value(reader, "inherit_over_cap", share_class.id, request.day) == "yes"
    )
    for taker in found.takers if cap is not None else ():
        if taker.holder.person is None:
            continue
        after = balance_of(reader, share_class.id, taker.holder.person_id, request.day) + taker.quanta
        text = _asked(limit)
        detail = _above(share_class, taker, after, whole, limit) if over(after, whole, cap) else ""
        if detail and exempt:
            yield caution("I7", text, f"{detail}。", taker.part)
        else:
            yield verdict("I7", text, detail, _MAY_STAY, taker.part)


def grant_within_cap(reader: Reader, found: Plan) -> Iterator[Check]:
    """I7 for a grant by itself."""
    if found.share_class is not None:
        plan = Granted(found.share_class, found.request.day, found.takers, posted=False)
        yield from plan_within_cap(reader, plan)


def plan_within_cap(reader: Reader, plan: Granted) -> Iterator[Check]:
    """I7 for all that a plan of quantification gives in a class, judged together."""
    share_class, day = plan.share_class, plan.day
    limit = share_charter.value(reader, "cap", share_class.id, day)
    cap = percent(limit)
    if cap is None or share_class.is_collective:
        return
    given = sum(taker.quanta for taker in plan.takers)
    after = reader.class_total(share_class.id, day) + (0 if plan.posted else given)
    before = _Before(after - given, _held(reader, plan))
    lifted = [taker for taker in plan.takers if _is_lifted(taker, before, after, cap)]
    text = _asked(limit)
    if not lifted:
        yield verdict("I7", text, "")
    elif _is_first(reader, share_class, day):
        yield caution(
            "I7", text, f"{share_class.name}第一次量化，{len(lifted)} 个账户超过上限 {limit}%：{_MAY_STAY}"
        )
    else:
        warns = share_charter.value(reader, "grant_over_cap", share_class.id, day) == "warn"
        for taker in lifted:
            has = before.held.get(taker.holder.person_id, 0) + taker.quanta
            detail = _above(share_class, taker, has, after, limit)
            if warns:
                yield caution("I7", text, f"{detail}。", taker.part)
            else:
                yield verdict("I7", text, detail, _PLAN_STEP, taker.part)


class _Before(NamedTuple):
    """A class before a plan: all of it, and what each holder had."""

    whole: int
    held: Mapping[int | None, int]


def _held(reader: Reader, plan: Granted) -> dict[int | None, int]:
    holdings = reader.holdings(plan.day, plan.share_class.id)
    held: dict[int | None, int] = {one.person_id: one.balance.total for one in holdings}
    if plan.posted:
        for taker in plan.takers:
            held[taker.holder.person_id] -= taker.quanta
    return held


def _is_lifted(taker: Taker, before: _Before, whole: int, cap: Fraction) -> bool:
    """Whether a grant makes somebody's part larger, and larger than the cap."""
    if taker.holder.person is None:
        return False
    had = before.held.get(taker.holder.person_id, 0)
    has = had + taker.quanta
    grows = has * before.whole > had * whole if before.whole else has > 0
    return grows and over(has, whole, cap)


def _is_first(reader: Reader, share_class: ShareClass, day: date) -> bool:
    """Whether a day is the class's beginning: nothing was held before it, and nothing has moved since."""
    if reader.class_total(share_class.id, day - timedelta(days=1)):
        return False
    return not reader.class_moved_after(share_class.id, day)


def _asked(limit: str) -> str:
    return f"不超过 {limit}% 的上限"


def _above(share_class: ShareClass, taker: Taker, quanta: int, whole: int, limit: str) -> str:
    return (
        f"{taker.holder.text} 会有{share_class.name} {share_class.text(quanta)}，"
        f"占 {_part(quanta, whole)}，超过上限 {limit}%"
    )


def _part(quanta: int, whole: int) -> str:
    """A part of a whole in per cent."""
    return f"{quanta * 100 / whole:.2f}%" if whole else "全部"


def within_redeem_cap(reader: Reader, found: Plan) -> Iterator[Check]:
    """I11: what is bought back in a year stays within the charter's part of the class."""
    request, share_class = found.request, found.share_class
    if share_class is None:
        return
    limit = share_charter.value(reader, "redeem_cap", share_class.id, request.day)
    year = reader.redeemed(share_class.id, request.day.year) + found.quanta
    whole = reader.class_total(share_class.id, request.day)
    detail = ""
    if over(year, whole, percent(limit)):
        detail = (
            f"{request.day.year} 年回购{share_class.name}合计 {share_class.text(year)}，"
            f"占 {_part(year, whole)}，超过每年 {limit}%"
        )
    yield verdict("I11", f"每年回购不超过 {limit}%", detail, "请留到明年，或由成员大会改章程。")
