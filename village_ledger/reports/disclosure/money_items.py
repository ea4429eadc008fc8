"""Money by the disclosure item beside it: which of the items each line of sheet A belongs to, and what each class comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from village_ledger.domain.chart import Chart, Side
from village_ledger.domain.disclosure_items import ClassKind, ItemClass, Items, Measure, Sorted, sort_out
from village_ledger.domain.money_paths import paths
from village_ledger.domain.voucher import StoredVoucher

_CAME = (
    ClassKind.INCOME,
    ClassKind.CLAIM,
    ClassKind.DISTRIBUTION,
    ClassKind.ASSET,
    ClassKind.EXPENSE,
    ClassKind.OTHER,
)
"""Where money that came in is told: an income first, then a debt; what only an expense takes is one paid back."""
_WENT = (
    ClassKind.EXPENSE,
    ClassKind.DISTRIBUTION,
    ClassKind.CLAIM,
    ClassKind.ASSET,
    ClassKind.INCOME,
    ClassKind.OTHER,
)
_IN = frozenset({Measure.MONEY_IN, Measure.NET, Measure.CREDIT})
_OUT = frozenset({Measure.MONEY_OUT, Measure.NET, Measure.DEBIT})
_OF_SIDE = {Side.DEBIT: Measure.OWED_TO_US, Side.CREDIT: Measure.OWED_BY_US}

Parts = dict[str, int]
"""Account beside the money to its part of it, fen; empty for money with nothing beside it."""


def beside_money(voucher: StoredVoucher, chart: Chart, income: int, expense: int) -> tuple[Parts, Parts]:
    """A voucher's money in and out by the accounts beside it; each adds up to the flow to the fen."""
    beside: dict[str, int] = {}
    for line in voucher.voucher.lines:
        if chart.get(line.account).money is None:
            beside[line.account] = beside.get(line.account, 0) + line.debit - line.credit
    found: list[Parts] = []
    for total, sign in ((income, -1), (expense, 1)):
        parts = paths(total, {code: sign * net for code, net in beside.items()}) if total else {}
        found.append(parts or ({"": total} if total else {}))
    return found[0], found[1]


def projects_of(voucher: StoredVoucher) -> dict[str, str]:
    """The project of each account of a voucher that names one, and one only, on all its lines there."""
    found: dict[str, set[str]] = {}
    for line in voucher.voucher.lines:
        found.setdefault(line.account, set()).add(line.project)
    return {account: next(iter(names)) for account, names in found.items() if len(names) == 1}


@dataclass(frozen=True, slots=True)
class MoneyItems:
    """The items of a chart as money is told under them."""

    items: Items
    chart: Chart
    taken: Sorted
    places: Mapping[str, Mapping[ClassKind, int]]
    """Leaf to the item of each kind of class that takes it."""

    @classmethod
    def of(cls, items: Items, chart: Chart) -> MoneyItems:
        """Sort every leaf of a chart into the items."""
        taken = sort_out(items, chart)
        kinds = {one.id: one.kind for one in items.classes}
        places: dict[str, dict[ClassKind, int]] = {}
        for item in items.items:
            for leaf, measure in taken.taken[item.number]:
                own, kind = places.setdefault(leaf, {}), kinds[item.class_id]
                if kind not in own or measure is _OF_SIDE[chart.get(leaf).side]:
                    own[kind] = item.number
        return cls(items, chart, taken, places)

    def number(self, account: str, *, came: bool, project: str = "") -> int | None:
        """The item money beside an account is told under, None for one of no item: other matters.

        A project may take it to an item of its own.
        """
        measures = _IN if came else _OUT
        for one in self.taken.tagged:
            if (
                one.account == account
                and one.measure in measures
                and any(word in project for word in one.projects)
            ):
                return one.item
        own = self.places.get(account, {})
        return next((own[kind] for kind in (_CAME if came else _WENT) if kind in own), None)

    def item_class(self, number: int | None) -> ItemClass:
        """The class an item belongs to; that of other matters for none."""
        if number is None:
            return next(
                (one for one in self.items.classes if one.kind is ClassKind.OTHER), self.items.classes[-1]
            )
        wanted = next(item.class_id for item in self.items.items if item.number == number)
        return next(one for one in self.items.classes if one.id == wanted)


@dataclass(slots=True)
class ClassSums:
    """Money in and out by class, fen, and the accounts it stood beside."""

    rules: MoneyItems
    sums: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    accounts: set[str] = field(default_factory=set[str])

    def add(self, voucher: StoredVoucher, came: Parts, went: Parts) -> str:
        """Take in one voucher's money; gives its items in words: 8、22."""
        tags = projects_of(voucher)
        numbers: dict[int | None, None] = {}
        for parts, side in ((came, 0), (went, 1)):
            for account, amount in parts.items():
                number = self.rules.number(account, came=side == 0, project=tags.get(account, ""))
                numbers[number] = None
                self.accounts.add(account)
                self.sums.setdefault(self.rules.item_class(number).id, [0, 0])[side] += amount
        return "、".join(str(number) for number in sorted(n for n in numbers if n is not None)) or "其他"

    def in_order(self) -> list[tuple[ItemClass, int, int]]:
        """Each class with money, in the order of the rule: (class, in, out)."""
        found: list[tuple[ItemClass, int, int]] = []
        for one in self.rules.items.classes:
            came, went = self.sums.get(one.id, (0, 0))
            if came or went:
                found.append((one, came, went))
        return found

    def faults(self) -> list[str]:
        """Accounts with money of the span that two items claim, or that none of a class that must takes, each named."""
        taken, chart = self.rules.taken, self.rules.chart
        twice = [text for text in taken.twice if text.split(" ", 1)[0] in self.accounts]
        nowhere = [
            f"{code} {chart.path(code)} 没有归到任何一项" for code in taken.nowhere if code in self.accounts
        ]
        return [*twice, *nowhere]
