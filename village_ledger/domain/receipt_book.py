"""Receipt books (收据): numbers handed out, used, voided, handed back; every number is somewhere, or it is a gap.

Numbers are followed as runs, never one by one: a village buys a thousand receipts at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from village_ledger.domain.errors import ReceiptError


class Act(Enum):
    """What happens to receipt numbers."""

    ISSUE = "issue"
    USE = "use"
    VOID = "void"
    RETURN = "return"

    @property
    def words(self) -> str:
        """The act as people call it."""
        return _WORDS[self]


_WORDS = {Act.ISSUE: "领用", Act.USE: "使用", Act.VOID: "作废", Act.RETURN: "交回"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A run of receipt numbers, both ends included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 < self.first <= self.last:
            raise ReceiptError(f"收据号 {self.first} 到 {self.last} 不对", "起号要大于零，止号不能小于起号。")

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1

    def holds(self, other: Numbers) -> bool:
        """Whether the other run lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Numbers) -> bool:
        """Whether they have a number in common."""
        return self.first <= other.last and other.first <= self.last

    def without(self, others: Iterable[Numbers]) -> list[Numbers]:
        """What is left of it when the others are taken out, in order."""
        left, rest = self.first, list[Numbers]()
        for other in sorted(others, key=lambda run: run.first):
            if not self.meets(other):
                continue
            if left < other.first:
                rest.append(Numbers(left, other.first - 1))
            left = max(left, other.last + 1)
        if left <= self.last:
            rest.append(Numbers(left, self.last))
        return rest

    def words(self, width: int = 0) -> str:
        """As printed: 0001 or 0001—0025."""
        first = f"{self.first:0{width}d}"
        return first if self.count == 1 else f"{first}—{self.last:0{width}d}"


@dataclass(frozen=True, slots=True)
class ReceiptEvent:
    """One act in the register (收据领用核销登记); amounts in fen."""

    id: int
    act: Act
    numbers: Numbers
    holder: str
    day: date
    amount: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one person has of a book: numbers issued, and what became of them."""

    holder: str
    issued: tuple[Numbers, ...]
    used: tuple[Numbers, ...]
    void: tuple[Numbers, ...]
    returned: tuple[Numbers, ...]
    amount: int
    """Sum of the used receipts, fen."""

    @property
    def unused(self) -> list[Numbers]:
        """Issued and neither used, void nor handed back."""
        done = (*self.used, *self.void, *self.returned)
        return [rest for run in self.issued for rest in run.without(done)]

    @property
    def highest(self) -> int:
        """The last number that was used or voided, 0 for none."""
        return max((run.last for run in (*self.used, *self.void)), default=0)

    @property
    def gaps(self) -> list[Numbers]:
        """Unused numbers below a later one that was used or voided: a receipt somebody must account for (断号)."""
        return self.gaps_below(self.highest)

    def gaps_below(self, highest: int) -> list[Numbers]:
        """Unused numbers below one."""
        return [Numbers(run.first, min(run.last, highest)) for run in self.unused if run.first < highest]


def holdings(events: Iterable[ReceiptEvent]) -> list[Holding]:
    """Who has what, in the order they first had something."""
    by_holder: dict[str, list[ReceiptEvent]] = {}
    for event in events:
        by_holder.setdefault(event.holder, []).append(event)

    return [_held(holder, some) for holder, some in by_holder.items()]


def _held(holder: str, events: Sequence[ReceiptEvent]) -> Holding:
    """What came of one person's numbers; one handed back and handed out again is out, not back."""
    runs: dict[Act, list[Numbers]] = {act: [] for act in Act}
    for event in events:
        if event.act is Act.ISSUE:
            for act in (Act.ISSUE, Act.RETURN):
                runs[act] = [rest for run in runs[act] for rest in run.without([event.numbers])]
        runs[event.act].append(event.numbers)
    return Holding(
        holder,
        tuple(runs[Act.ISSUE]),
        tuple(runs[Act.USE]),
        tuple(runs[Act.VOID]),
        tuple(runs[Act.RETURN]),
        sum(event.amount for event in events if event.act is Act.USE),
    )


def check_event(whole: Numbers, events: Sequence[ReceiptEvent], new: ReceiptEvent, width: int = 0) -> None:
    """Raise ReceiptError unless ``new`` may follow the events of a book whose numbers are ``whole``."""
    words = new.numbers.words(width)
    if not whole.holds(new.numbers):
        raise ReceiptError(f"{words} 不在这本收据的 {whole.words(width)} 里", "请核对号码。")
    if new.act is Act.ISSUE:
        _ensure_free(events, new, width)
        return
    mine = next((h for h in holdings(events) if h.holder == new.holder), None)
    if mine is None or not any(run.holds(new.numbers) for run in _joined(mine.issued)):
        raise ReceiptError(f"{words} 没有全部领给 {new.holder}，不能{new.act.words}", "请先登记领用。")
    for done, runs in ((Act.USE, mine.used), (Act.VOID, mine.void), (Act.RETURN, mine.returned)):
        if any(run.meets(new.numbers) for run in runs):
            raise ReceiptError(f"{words} 里有的号已经登记过{done.words}", "一个号只登记一次，请核对。")


def _ensure_free(events: Sequence[ReceiptEvent], new: ReceiptEvent, width: int) -> None:
    """A number is handed out again only after it was handed back."""
    for holding in holdings(events):
        out = [rest for run in holding.issued for rest in run.without(holding.returned)]
        if any(run.meets(new.numbers) for run in out):
            raise ReceiptError(
                f"{new.numbers.words(width)} 里有的号已经领给 {holding.holder}", "交回以后才能再领。"
            )


def _joined(runs: Iterable[Numbers]) -> list[Numbers]:
    """Runs that follow each other as one."""
    joined: list[Numbers] = []
    for run in sorted(runs, key=lambda one: one.first):
        if joined and run.first <= joined[-1].last + 1:
            joined[-1] = Numbers(joined[-1].first, max(joined[-1].last, run.last))
        else:
            joined.append(run)
    return joined
