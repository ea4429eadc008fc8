"""What the home page says of contracts: rent that is late, what comes due, what ends; the longest waiting by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.contracts.due_screen import DueLine, DueScreen, Group
from village_ledger.ui.desk.home_todos import Todo
from village_ledger.ui.widgets.state_mark import Check

NAMED = 1
"""So many of a group are named; the others are counted."""


def rent_rows(screen: DueScreen | None, kind: LedgerKind, go: Callable[..., object]) -> list[Todo]:
    """The same as rows of the home page; ``go`` takes a page and where on it."""
    found: list[Todo] = []
    for one in rent_todos(screen):
        way = partial(go, "contract", number=one.number) if one.number else partial(go, "due")
        words = tr("看合同") if one.number else tr("去看")
        found.append(Todo(one.check, one.words, (kind,), words, way))
    return found


@dataclass(frozen=True, slots=True)
class RentTodo:
    """A line: how pressing, words, the contract to open (empty: the screen of all)."""

    check: Check
    words: str
    number: str


def rent_todos(screen: DueScreen | None) -> list[RentTodo]:
    """Lines of a ledger; none where nothing is late, due or ending."""
    if screen is None:
        return []
    found: list[RentTodo] = []
    for group, say in ((Group.LATE, _late), (Group.SOON, _soon), (Group.ENDING, _ending)):
        lines, count = screen.lines[group], screen.counts[group]
        if count > NAMED:
            found.append(_many(screen, group))
        else:
            found += [say(line) for line in lines[:NAMED]]
    return found


def _late(line: DueLine) -> RentTodo:
    words = tr(
        "{what}租金 {amount} 未收 · {party}，逾期 {n} 天",
        what=line.what,
        amount=format_fen(line.amount),
        party=line.party,
        n=line.days,
    )
    return RentTodo(Check.FAIL, words, line.number)


def _soon(line: DueLine) -> RentTodo:
    words = tr(
        "{what}租金 {amount} {day} 到期 · {party}",
        what=line.what,
        amount=format_fen(line.amount),
        day=line.day,
        party=line.party,
    )
    return RentTodo(Check.WAITING, words, line.number)


def _ending(line: DueLine) -> RentTodo:
    if line.days > 0:
        words = tr("{what}的合同过期 {n} 天还在用 · {party}", what=line.what, n=line.days, party=line.party)
        return RentTodo(Check.FAIL, words, line.number)
    words = tr("{what}的合同 {day} 到期 · {party}", what=line.what, day=line.day, party=line.party)
    return RentTodo(Check.WARN, words, line.number)


def _many(screen: DueScreen, group: Group) -> RentTodo:
    """Several of a group: how many, and the one waiting longest."""
    count, first = screen.counts[group], screen.lines[group][0]
    if group is Group.LATE:
        words = tr(
            "{n} 份合同欠租，最久的逾期 {days} 天 · {party}", n=count, days=first.days, party=first.party
        )
        return RentTodo(Check.FAIL, words, "")
    if group is Group.SOON:
        words = tr("{n} 笔租金快到期，最早 {day}", n=count, day=first.day)
        return RentTodo(Check.WAITING, words, "")
    if screen.expired:
        words = tr("{m} 份合同过期还在用，共 {n} 份到期、快到期", m=screen.expired, n=count)
        return RentTodo(Check.FAIL, words, "")
    return RentTodo(Check.WARN, tr("{n} 份合同快到期，最早 {day}", n=count, day=first.day), "")
