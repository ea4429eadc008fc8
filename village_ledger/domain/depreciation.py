"""Depreciation (折旧) and amortisation (摊销), to the fen.

Straight line (年限平均法): equal months from the month after use begins, half up to the fen, the last takes the rest.
By units (工作小时法、产量法): what has been taken is the base times the units so far by all units, half up; work counts
from the day use begins. Either way never more than the base.

A card that comes in in the middle of its life goes on where the old books left it. If what they took is that of the
months passed, to within one month, the calendar says when it ends; else the number of months is counted from what was
taken: an asset nobody ever charged (公益设施) begins now and has its whole life before it.

A month that was let slip is caught up by the last one; an improvement, a loss written off or another estimate begins a
new ``Plan`` from the month after, with what is left over the months that are left (未来适用法).
"""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.asset import Card, Method
from village_ledger.domain.period import Month


@dataclass(frozen=True, slots=True)
class Plan:
    """How an asset is charged from the month ``since`` on, until another plan begins."""

    since: int
    """Number of its first month (``month_number``)."""
    method: Method
    months: int = 0
    """Straight line: how many months there are from ``since`` on; the last takes the rest."""
    rate_base: int = 0
    """The equal month is ``rate_base`` by ``rate_months``; 0: what is left when the plan begins, by its months."""
    rate_months: int = 0
    units: int = 0
    """By units: all of them, thousandths."""
    units_before: int = 0
    """By units: how many were worked before ``since``."""


def month_number(month: Month) -> int:
    """A month as a number, so that months can be counted."""
    return month.year * 12 + month.month - 1


def month_of_number(number: int) -> Month:
    """The month of a number."""
    return Month(number // 12, number % 12 + 1)


def half_up(fen: int, parts: int) -> int:
    """``fen`` by ``parts``, half up; neither is below zero."""
    return (2 * fen + parts) // (2 * parts)


def first_plan(card: Card) -> Plan:
    """How a new card is charged; ``as_of`` is the month through which ``opening`` was taken."""
    begins = month_number(Month.of(card.in_use)) + (not card.method.by_units)
    since = begins if card.as_of is None else max(begins, month_number(card.as_of) + 1)
    if card.method is Method.STRAIGHT:
        taken = _months_taken(card, since - begins)
        return Plan(since, card.method, max(1, card.months - taken), card.base, card.months)
    if card.method.by_units:
        before = card.units_before
        if before is None:
            before = half_up(card.opening * card.units, card.base) if card.base else 0
        return Plan(since, card.method, rate_base=card.base, units=card.units, units_before=before)
    return Plan(since, card.method)


def _months_taken(card: Card, passed: int) -> int:
    """How many of its months the old books have taken: those passed, or those its accumulated amount is worth."""
    equal = half_up(card.base, card.months)
    due = card.base if passed >= card.months else min(card.base, passed * equal)
    if not equal or abs(card.opening - due) < equal:
        return passed
    return min(half_up(card.opening, equal), card.months - 1)


def equal_month(plan: Plan, left: int) -> int:
    """The equal month of a straight line; ``left`` is what could be taken when the plan began."""
    if plan.rate_months:
        return half_up(plan.rate_base, plan.rate_months)
    return half_up(left, plan.months)


def straight(place: int, months: int, equal: int, rest: int) -> int:
    """What the ``place``-th of so many months bears: the equal month, the last all the rest; nothing before the first."""
    if place < 1 or rest <= 0:
        return 0
    return rest if place >= months else min(equal, rest)


def charge(plan: Plan, month: int, left: int, taken: int, used: int = 0) -> int:
    """What a month bears, fen.

    ``left`` is what could be taken when the plan began, ``taken`` what has been since (this month not), ``used`` the units worked
    since the plan began, this month's with them.
    """
    rest = left - taken
    if month < plan.since or rest <= 0 or plan.method is Method.NONE:
        return 0
    if plan.method is Method.STRAIGHT:
        return straight(month - plan.since + 1, plan.months, equal_month(plan, left), rest)
    base = plan.rate_base or left
    before = half_up(base * plan.units_before, plan.units)
    due = half_up(base * (plan.units_before + used), plan.units) - before
    return max(0, min(due, left) - taken)
