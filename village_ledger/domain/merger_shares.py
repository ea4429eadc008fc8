"""Shares at a merger: by net value, by heads or side by side (members_and_shares §6). Whole quanta, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from village_ledger.domain.share import Balance, allocate

_FINEST = 6
"""Decimals of the finest class there can be: quanta of different classes are compared in these."""


class SharesBy(Enum):
    """How old shares become new ones."""

    NONE = "none"
    VALUE = "value"
    HEAD = "head"
    SIDE = "side-by-side"

    @property
    def words(self) -> str:
        """As people say it."""
        return {
            "none": "不动份额",
            "value": "按净资产折股",
            "head": "按人头定股",
            "side-by-side": "两类并存",
        }[self.value]

    @property
    def converts(self) -> bool:
        """Whether old classes end."""
        return self in (SharesBy.VALUE, SharesBy.HEAD)


class Held(NamedTuple):
    """What one holder has of one old class; no person: the organisation itself."""

    holder: str
    person_id: int | None
    class_name: str
    decimals: int
    balance: Balance
    is_member: bool

    @property
    def weight(self) -> int:
        """All of it in the finest quanta there can be."""
        return self.balance.total * 10 ** (_FINEST - self.decimals)


class ByValue(NamedTuple):
    """New quanta of each holding in the order given, their sum, and what fell below one quantum of it."""

    parts: tuple[int, ...]
    whole: int
    rest: Fraction


def in_order(held: Sequence[Held]) -> list[Held]:
    """Ascending accounts, then classes: the order ties are broken in."""
    return sorted(held, key=lambda one: (one.holder, one.class_name))


def by_value(held: Sequence[Held], worth: int, unit: int, decimals: int) -> ByValue:
    """A village's net worth in new shares of ``unit`` fen each, to its holders by what they have; largest remainder."""
    exact = Fraction(worth * 10**decimals, unit)
    whole = max(int(exact), 0)
    weights = [one.weight for one in held]
    parts = allocate(whole, weights) if any(weights) else [0] * len(weights)
    return ByValue(tuple(parts), sum(parts), exact - whole)


def buckets(new: int, old: Balance) -> Balance:
    """New quanta over the three buckets as the old ones lay in them; sums to ``new`` exactly."""
    if not old.total:
        return Balance(new)
    return Balance(*allocate(new, list(old)))
