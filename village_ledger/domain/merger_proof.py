"""The new figures held to the old ones (合并前后对照): per item, per class, debits against credits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from village_ledger.domain.merger import Opening, Origin


@dataclass(slots=True)
class Item:
    """One first-level account of a new ledger; debit − credit, fen."""

    ledger: str
    code: str
    by_source: dict[int, int] = field(default_factory=dict[int, int])
    eliminated: int = 0
    merged: int = 0

    @property
    def before(self) -> int:
        """All villages together."""
        return sum(self.by_source.values())

    @property
    def holds(self) -> bool:
        """Σ old − eliminated = new."""
        return self.before - self.eliminated == self.merged


@dataclass(frozen=True, slots=True)
class MergerProof:
    """Every item, and what does not hold."""

    items: tuple[Item, ...]
    faults: tuple[str, ...]

    def of(self, ledger: str) -> list[Item]:
        """The items of one ledger in the order of their codes."""
        return [one for one in self.items if one.ledger == ledger]


def prove(origins: Iterable[Origin], openings: Iterable[Opening], widths: Mapping[str, int]) -> MergerProof:
    """Items by first-level account; ``widths`` is how long its code is in each ledger."""
    items: dict[tuple[str, str], Item] = {}

    def item(ledger: str, account: str) -> Item:
        code = account[: widths[ledger]]
        return items.setdefault((ledger, code), Item(ledger, code))

    pairs: dict[tuple[str, int], int] = {}
    for one in origins:
        entry = item(one.ledger, one.account)
        entry.by_source[one.source] = entry.by_source.get(one.source, 0) + one.old.balance
        if one.eliminated:
            entry.eliminated += one.old.balance
            pairs[one.ledger, one.pair] = pairs.get((one.ledger, one.pair), 0) + one.old.balance
    totals: dict[str, int] = {}
    for opening in openings:
        item(opening.ledger, opening.account).merged += opening.balance
        totals[opening.ledger] = totals.get(opening.ledger, 0) + opening.balance
    faults = [f"{one.ledger} {one.code} 合并前后不相等" for one in items.values() if not one.holds]
    faults += [f"{ledger} 期初借贷不平" for ledger, total in totals.items() if total]
    faults += [f"第 {pair} 组往来抵销的借贷不等" for (_, pair), total in pairs.items() if total]
    return MergerProof(tuple(items[key] for key in sorted(items)), tuple(faults))


def one_sided(amounts: Sequence[int]) -> tuple[int, int]:
    """Debits and credits of some balances, not netted."""
    return sum(x for x in amounts if x > 0), -sum(x for x in amounts if x < 0)
