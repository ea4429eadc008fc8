"""Samples of vouchers that anybody can draw again: by a seed, or the largest first.

By seed: each voucher gets the whole number SHA-256(``seed⏎ledger⏎reference``); the vouchers with the smallest numbers are the
sample. Over several villages the village stands before the ledger: SHA-256(``seed⏎village⏎ledger⏎reference``). Nobody can choose
them but by choosing the seed, which therefore stands in the report.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from typing import NamedTuple

from village_ledger.domain.errors import PackageError
from village_ledger.domain.money import format_fen

SEED_COUNT = 20
"""How many vouchers are drawn where nobody says."""
SIZE_PERCENT = 60
"""How much of the money the largest vouchers reach where nobody says."""
MOST = 10_000
"""More than this nobody looks at."""
_ALL = 100


class Candidate(NamedTuple):
    """A voucher that may be drawn; amount in fen."""

    ledger: str
    ref: str
    summary: str
    amount: int
    village: str = ""
    """Where several are drawn from together."""
    place: str = ""
    """Digest of its package, there."""
    voucher: int = 0
    """Its id in the book it was read from."""


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """How a sample is drawn: by a seed so many, else the largest: so many, or until a part of the money is reached."""

    seed: str = ""
    count: int = 0
    percent: int = 0

    @classmethod
    def typed(cls, seed: str, count: str, percent: str) -> SampleOrder:
        """As a person wrote it; raises PackageError for what cannot be drawn."""
        return cls(
            seed.strip(), _whole(count, "抽几张", MOST), _whole(percent, "占金额的百分之几", _ALL)
        ).ensured()

    def ensured(self) -> SampleOrder:
        """Itself; raises PackageError where it cannot be drawn."""
        if not 0 <= self.count <= MOST:
            raise PackageError(f"抽的张数要在 1 到 {MOST} 之间")
        if not 0 <= self.percent <= _ALL:
            raise PackageError("抽到金额的百分之几，要在 1 到 100 之间")
        if self.count and self.percent and not self.seed:
            raise PackageError("抽几张和占金额的百分之几只能写一样", "请把其中一格清空。")
        return self

    @property
    def by_seed(self) -> bool:
        """Whether chance draws."""
        return bool(self.seed)


def _whole(text: str, what: str, most: int) -> int:
    text = text.strip()
    if not text:
        return 0
    if not text.isdecimal() or not 0 < int(text) <= most:
        raise PackageError(f"{what}要写 1 到 {most} 的整数", "例如 20。")
    return int(text)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, from how many vouchers and how much money; fen."""

    order: SampleOrder
    drawn: tuple[Candidate, ...]
    population: int
    amount: int

    @property
    def covered(self) -> int:
        """What the drawn vouchers come to."""
        return sum(one.amount for one in self.drawn)

    @property
    def share(self) -> str:
        """Share of the money that is covered, in per cent with one place, cut off."""
        tenths = self.covered * 1000 // self.amount if self.amount else 0
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def words(self) -> str:
        """How it was drawn and what it covers."""
        order = self.order
        if order.by_seed:
            how = f"种子“{order.seed}”，从 {self.population} 张里抽出 {len(self.drawn)} 张；同一个种子谁来抽都一样"
        elif order.count:
            how = f"金额最大的 {len(self.drawn)} 张，一共 {self.population} 张"
        else:
            percent = order.percent or SIZE_PERCENT
            how = f"金额从大到小，抽到合计占 {percent}% 为止：{self.population} 张里的 {len(self.drawn)} 张"
        money = (
            f"抽到的合计 {format_fen(self.covered)} 元，占全部 {format_fen(self.amount)} 元的 {self.share}"
        )
        return f"{how}。{money}，年终结转的凭证不算。"


def draw(candidates: Iterable[Candidate], order: SampleOrder) -> Sample:
    """Draw in one pass; only a part of the money needs all candidates at once (many villages: ``how_many_reach`` first)."""
    counted = _Counted(candidates)
    if order.by_seed:
        drawn = by_seed(counted, order.seed, order.count or SEED_COUNT)
    elif order.count:
        drawn = nsmallest(order.count, counted, key=_largest_first)
    else:
        drawn = by_size(counted, order.percent or SIZE_PERCENT)
    return Sample(order, tuple(drawn), counted.count, counted.amount)


class _Counted:
    """Candidates, counted and summed as they pass."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = candidates
        self.count = self.amount = 0

    def __iter__(self) -> Iterator[Candidate]:
        for one in self._candidates:
            self.count += 1
            self.amount += one.amount
            yield one


def by_seed(candidates: Iterable[Candidate], seed: str, count: int) -> list[Candidate]:
    """``count`` vouchers by the seed, in the order of their numbers in the ledger."""
    drawn = nsmallest(count, candidates, key=lambda one: _number(seed, one))
    return sorted(drawn, key=lambda one: (one.village, one.ledger, one.ref))


def by_size(candidates: Iterable[Candidate], percent: int) -> list[Candidate]:
    """The largest vouchers that together reach a part of all money, the largest first."""
    ordered = sorted(candidates, key=_largest_first)
    return ordered[: how_many_reach((one.amount for one in ordered), percent)]


def how_many_reach(amounts: Iterable[int], percent: int) -> int:
    """How many of the largest amounts together reach a part of all: eight bytes a voucher, however many villages there are."""
    ordered = array("q", sorted(array("q", amounts), reverse=True))
    wanted, reached = sum(ordered) * percent, 0
    for place, amount in enumerate(ordered):
        if reached * 100 >= wanted:
            return place
        reached += amount
    return len(ordered)


def _largest_first(one: Candidate) -> tuple[int, str, str, str]:
    return -one.amount, one.village, one.ledger, one.ref


def _number(seed: str, one: Candidate) -> bytes:
    parts = (seed, one.village, one.ledger, one.ref) if one.village else (seed, one.ledger, one.ref)
    return sha256("\n".join(parts).encode()).digest()
