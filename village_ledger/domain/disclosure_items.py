"""The disclosure items (农经发〔2011〕13号: 8 classes, 44 items): which accounts tell each item, and that none is told twice.

An item takes figures by account prefix, words of the account's name and a measure. Within a class an account's measure
belongs to one item only: a rule with words comes before one without, a longer prefix before a shorter. Two equally good
rules, and an account nobody takes, are named: a mapping edited by a county can neither count money twice nor lose it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from village_ledger.domain.chart import Account, Chart


class Measure(Enum):
    """What is taken of an account, fen."""

    NET = "net"
    """Turnover on the account's own side, carry-forward at the year's end left out."""
    DEBIT = "debit"
    CREDIT = "credit"
    DEBIT_BALANCE = "debit_balance"
    """Closing balance, debit minus credit: what reduces an asset (152) counts below zero."""
    OWED_TO_US = "owed_to_us"
    """Closing debit balances, one-sided per leaf and counterparty."""
    OWED_BY_US = "owed_by_us"
    MONEY_IN = "money_in"
    """Money received on vouchers that credit the account."""
    MONEY_OUT = "money_out"


BALANCES = frozenset({Measure.DEBIT_BALANCE, Measure.OWED_TO_US, Measure.OWED_BY_US})
"""Measures of a day; the others are of a span."""


class ClassKind(Enum):
    """What the figures of a class are."""

    PLAN = "plan"
    INCOME = "income"
    EXPENSE = "expense"
    ASSET = "asset"
    RESOURCE = "resource"
    CLAIM = "claim"
    DISTRIBUTION = "distribution"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Take:
    """One source of an item's figure."""

    account: str
    measure: Measure
    words: tuple[str, ...] = ()
    """The name of the account, or of one above it, must hold one of these; empty: any name."""
    projects: tuple[str, ...] = ()
    """Only lines tagged with a project whose name holds one of these; empty: all lines of the account."""

    def fits(self, chart: Chart, account: Account) -> bool:
        """Whether the account is taken by this rule, all others aside."""
        if not account.code.startswith(self.account):
            return False
        return not self.words or any(word in chart.path(account.code) for word in self.words)

    @property
    def rank(self) -> tuple[bool, int]:
        """The higher one wins: words first, then the longer prefix."""
        return bool(self.words), len(self.account)


@dataclass(frozen=True, slots=True)
class ItemClass:
    """One of the eight classes."""

    id: str
    title: str
    kind: ClassKind
    covers: tuple[str, ...] = ()
    """Accounts every leaf of which must be taken by an item of the class."""


@dataclass(frozen=True, slots=True)
class Item:
    """One of the forty-four items, or one of the committee's."""

    number: int
    class_id: str
    name: str
    takes: tuple[Take, ...] = ()
    plan: tuple[str, ...] = ()
    """Accounts whose planned amounts make the item (class ①)."""
    less: tuple[tuple[str, str], ...] = ()
    """(from, to): what vouchers moved between these accounts is taken off again."""
    statement: tuple[str, str] | None = None
    """(report, line) the figure is read from instead."""


@dataclass(frozen=True, slots=True)
class Items:
    """All classes and items of a chart, with where they come from."""

    classes: tuple[ItemClass, ...]
    items: tuple[Item, ...]
    source: str
    source_note: str

    def of(self, class_id: str) -> list[Item]:
        """The items of a class in order."""
        return [item for item in self.items if item.class_id == class_id]


@dataclass(frozen=True, slots=True)
class Tagged:
    """Lines of a leaf that belong to an item because of their project, whatever item has the leaf's other lines."""

    account: str
    measure: Measure
    projects: tuple[str, ...]
    item: int
    instead_of: int | None
    """The item of the same class that has the leaf's other lines."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Which leaves each item takes by which measure, and what is wrong with the mapping."""

    taken: Mapping[int, tuple[tuple[str, Measure], ...]]
    twice: tuple[str, ...] = ()
    """Sentences naming accounts two items claim with equal right."""
    nowhere: tuple[str, ...] = ()
    """Leaves of covered accounts that no item takes."""

    tagged: tuple[Tagged, ...] = ()
    """Lines that go to another item by their project."""

    def item_of(self, account: str, measures: Iterable[Measure]) -> int | None:
        """The item that takes a leaf by one of some measures."""
        wanted = {(account, measure) for measure in measures}
        return next((number for number, taken in self.taken.items() if wanted & set(taken)), None)


def sort_out(items: Items, chart: Chart) -> Sorted:
    """Give every leaf of the chart to its items."""
    taken: dict[int, list[tuple[str, Measure]]] = {item.number: [] for item in items.items}
    twice: list[str] = []
    nowhere: list[str] = []
    leaves = [account for account in chart if account.is_leaf]
    tagged: list[Tagged] = []
    for one in items.classes:
        every = [(item, take) for item in items.of(one.id) for take in item.takes]
        rules = [(item, take) for item, take in every if not take.projects]
        for leaf in leaves:
            owners = _owners(chart, leaf, rules)
            found_tags, clashes = _tags(chart, leaf, every, owners)
            tagged += found_tags
            twice += clashes
            for measure, found in owners.items():
                taken[found[0].number].append((leaf.code, measure))
                if len(found) > 1:
                    names = "和".join(f"第{item.number}项" for item in found)
                    twice.append(f"{leaf.code} {leaf.name} 同时归到{names}")
            if not owners and leaf.code.startswith(one.covers or ("\0",)):
                nowhere.append(leaf.code)
    by_item = {number: tuple(some) for number, some in taken.items()}
    return Sorted(by_item, tuple(twice), tuple(nowhere), tuple(tagged))


def _tags(
    chart: Chart, leaf: Account, rules: Sequence[tuple[Item, Take]], owners: Mapping[Measure, Sequence[Item]]
) -> tuple[list[Tagged], list[str]]:
    """What a leaf's projects take to which item, and sentences naming what two items claim by the same word."""
    found: list[Tagged] = []
    clashes: list[str] = []
    claimed: dict[tuple[Measure, str], int] = {}
    for item, take in rules:
        if not take.projects or not take.fits(chart, leaf):
            continue
        for word in take.projects:
            other = claimed.setdefault((take.measure, word), item.number)
            if other != item.number:
                clashes.append(
                    f"{leaf.code} {leaf.name} 的项目“{word}”同时归到第{other}项和第{item.number}项"
                )
        owner = owners[take.measure][0].number if take.measure in owners else None
        if owner != item.number:  # else the item has the whole leaf already
            found.append(Tagged(leaf.code, take.measure, take.projects, item.number, owner))
    return found, clashes


def plan_parts(planned: Iterable[tuple[str, str, int]]) -> list[tuple[str, int]]:
    """Each line of a plan (account, project, fen) with what is its own.

    Lines of accounts below it, and of its account's single projects, lie inside it and are no money beside it.
    """
    lines = list(planned)
    parts: list[tuple[str, int]] = []
    for account, project, amount in lines:
        inside = [one for one in lines if _lies_in(one, (account, project))]
        direct = [
            one for one in inside if not any(_lies_in(one, other[:2]) for other in inside if other != one)
        ]
        parts.append((account, amount - sum(own for _, _, own in direct)))
    return parts


def _lies_in(line: tuple[str, str, int], place: tuple[str, str]) -> bool:
    """Whether a line of a plan is part of the one for an account and project."""
    account, project, _ = line
    return account.startswith(place[0]) and place[1] in ("", project) and (account, project) != place


def item_for(items: Items, chart: Chart, account: Account, kinds: Iterable[ClassKind]) -> int | None:
    """The item an account, or all below it, is told under in the first class of some kinds that takes it."""
    wanted = tuple(kinds)
    for one in items.classes:
        if one.kind in wanted:
            owners = _owners(
                chart, account, [(item, take) for item in items.of(one.id) for take in item.takes]
            )
            if owners:
                return next(iter(owners.values()))[0].number
    return None


def _owners(chart: Chart, leaf: Account, rules: Sequence[tuple[Item, Take]]) -> dict[Measure, list[Item]]:
    """By measure the item, or the items of equal right, that a leaf belongs to."""
    best: dict[Measure, tuple[tuple[bool, int], list[Item]]] = {}
    for item, take in rules:
        if not take.fits(chart, leaf):
            continue
        rank, found = best.get(take.measure, (take.rank, []))
        if take.rank > rank:
            found = []
        if take.rank >= rank and item not in found:
            best[take.measure] = (max(rank, take.rank), [*found, item])
    return {measure: found for measure, (_, found) in best.items()}
