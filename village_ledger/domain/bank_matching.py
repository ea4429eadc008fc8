"""Which lines of the bank and of the books are one movement (勾对): sure where only one answer is possible, else proposed.

    match        everything that is sure, and proposals for the rest
    Item         a line of either side: its day, amount, what is written on it
    Group        lines that are one movement, and why

Amount and sign first, then days, then words. An amount of one side may be several lines of the other. Where more than one answer
fits and the words do not tell, nothing is decided: a person does.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from village_ledger.domain.half_width import half_width
from village_ledger.resources_dir import resource

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of one side; ``amount`` in fen, money in above zero."""

    key: Key
    day: date
    amount: int
    text: str
    is_cheque: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are, or may be, one movement; both sides sum to the same."""

    bank: tuple[Item, ...]
    book: tuple[Item, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Matching:
    """What is sure, and what a person has to decide."""

    sure: tuple[Group, ...]
    proposed: tuple[Group, ...]


@lru_cache(maxsize=1)
def matching_rules() -> dict[str, Any]:
    """Windows, limits and counter accounts (rules/bank_matching.toml)."""
    return tomllib.loads(resource("rules", "bank_matching.toml").read_text(encoding="utf-8"))


def match(bank: Sequence[Item], book: Sequence[Item]) -> Matching:
    """Bring unmatched lines of both sides together."""
    return _Matcher(bank, book).run()


def is_cheque(text: str) -> bool:
    """Whether a text speaks of a cheque, which may be presented later."""
    return any(word in text for word in matching_rules()["match"]["cheque_words"])


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of a text that say something."""
    tidy = "".join(half_width(text).split())
    stop = set(matching_rules()["match"]["stop"])
    return frozenset(
        pair
        for pair in (tidy[i : i + 2] for i in range(len(tidy) - 1))
        if pair.isalnum() and not pair.isascii() and pair not in stop
    )


def likeness(one: Item, other: Item) -> int:
    """How many telling pairs of characters two lines share."""
    return len(pairs(one.text) & pairs(other.text))


def _near(bank: Item, book: Item) -> bool:
    rules = matching_rules()["match"]
    days = rules["cheque_days"] if bank.is_cheque or book.is_cheque else rules["days"]
    return abs((bank.day - book.day).days) <= days


class _Matcher:
    def __init__(self, bank: Sequence[Item], book: Sequence[Item]) -> None:
        self.bank = {x.key: x for x in bank}
        self.book = {x.key: x for x in book}
        self.sure: list[Group] = []
        self.proposed: list[Group] = []

    def run(self) -> Matching:
        for one_sided in (
            True,
            False,
        ):  # what has a group waiting is not taken by a lone equal amount without words
            self._one_to_one(needs_words=one_sided)
            self._groups()
        return Matching(tuple(self.sure), tuple(self._proposals()))

    def _take(self, bank: Iterable[Item], book: Iterable[Item], reason: str) -> None:
        group = Group(tuple(bank), tuple(book), reason)
        self.sure.append(group)
        for x in group.bank:
            del self.bank[x.key]
        for x in group.book:
            del self.book[x.key]

    # one line of each side

    def _one_to_one(self, *, needs_words: bool) -> None:
        by_amount: dict[int, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
        for x in self.bank.values():
            by_amount[x.amount][0].append(x)
        for x in self.book.values():
            by_amount[x.amount][1].append(x)
        for ours, theirs in by_amount.values():
            while pair := self._next_pair(ours, theirs, needs_words=needs_words):
                one, other, reason = pair
                self._take([one], [other], reason)
                ours.remove(one)
                theirs.remove(other)

    def _next_pair(
        self, bank: list[Item], book: list[Item], *, needs_words: bool
    ) -> tuple[Item, Item, str] | None:
        """The next sure pair among lines of one amount."""
        edges = [(x, y) for x in bank for y in book if _near(x, y)]
        for x, y in edges:
            rivals = [(a, b) for a, b in edges if (a is x) != (b is y)]
            score = likeness(x, y)
            if not rivals:
                if score or not needs_words:
                    return x, y, "金额、日期相符" if not score else "金额、日期、内容相符"
                continue
            if score and all(score > likeness(a, b) for a, b in rivals):
                return x, y, "金额、日期相符，内容最像"
        return self._twins(edges)

    def _twins(self, edges: list[tuple[Item, Item]]) -> tuple[Item, Item, str] | None:
        """Lines that differ in nothing but the day: the nearest go together, it makes no difference which."""
        for x, y in sorted(
            edges, key=lambda e: (abs((e[0].day - e[1].day).days), e[0].day, e[0].key, e[1].key)
        ):
            same_bank = {a.text for a, b in edges if b is y}
            same_book = {b.text for a, b in edges if a is x}
            if len(same_bank) == 1 and len(same_book) == 1 and likeness(x, y):
                return x, y, "金额、内容相同，日期最近"
        return None

    # one line of one side, several of the other

    def _groups(self) -> None:
        for found in list(self._group_candidates()):
            bank_free = all(x.key in self.bank for x in found.bank)
            if bank_free and all(x.key in self.book for x in found.book):
                self._take(found.bank, found.book, found.reason)

    def _group_candidates(self) -> Iterator[Group]:
        """Groups with only one possible answer whose words speak for it."""
        for y in sorted(self.book.values(), key=_by_size):
            found = self._only_subset(y, [x for x in self.bank.values() if _near(x, y)])
            if found:
                yield Group(tuple(found), (y,), f"账上一笔，银行分 {len(found)} 笔")
        for x in sorted(self.bank.values(), key=_by_size):
            found = self._only_subset(x, [y for y in self.book.values() if _near(x, y)])
            if found:
                yield Group((x,), tuple(found), f"银行一笔，账上分 {len(found)} 笔")

    def _only_subset(self, anchor: Item, others: list[Item]) -> list[Item] | None:
        alike = [x for x in others if likeness(x, anchor)]
        found = list(_subsets(anchor, alike, 2))
        return found[0] if len(found) == 1 else None

    # what a person decides

    def _proposals(self) -> Iterator[Group]:
        """Best first for each bank line left: equal amounts near in time, then sums."""
        rest = list(self.book.values())
        for x in self.bank.values():
            near = sorted(
                (y for y in rest if y.amount == x.amount and _near(x, y)),
                key=lambda y: (-likeness(x, y), abs((x.day - y.day).days), y.key),
            )
            for y in near[:3]:
                yield Group((x,), (y,), "金额相同，不止一种可能")
            if not near:
                for found in _subsets(x, [y for y in rest if _near(x, y)], 1):
                    yield Group((x,), tuple(found), f"账上 {len(found)} 笔加起来正好相等")
        for y in rest:
            for found in _subsets(y, [x for x in self.bank.values() if _near(x, y)], 1):
                yield Group(tuple(found), (y,), f"银行 {len(found)} 笔加起来正好相等")


def _by_size(item: Item) -> tuple[int, date, Key]:
    return -abs(item.amount), item.day, item.key


def _subsets(anchor: Item, others: Sequence[Item], most: int) -> Iterator[list[Item]]:
    """Sets of at least two lines of the anchor's sign that sum to it, ``most`` of them; nearest lines are looked at."""
    rules = matching_rules()["match"]
    sign = 1 if anchor.amount > 0 else -1
    parts = [x for x in others if x.amount * sign > 0 and abs(x.amount) < abs(anchor.amount)]
    parts.sort(key=lambda x: (abs((x.day - anchor.day).days), x.key))
    parts = sorted(parts[: rules["most_candidates"]], key=_by_size)
    left = [0] * (len(parts) + 1)
    for i in range(len(parts) - 1, -1, -1):
        left[i] = left[i + 1] + abs(parts[i].amount)
    given = 0

    def walk(place: int, rest: int, chosen: list[Item]) -> Iterator[list[Item]]:
        nonlocal given
        if rest == 0 and len(chosen) >= 2:
            given += 1
            yield list(chosen)
            return
        if place == len(parts) or rest > left[place] or len(chosen) == rules["most_members"]:
            return
        part = abs(parts[place].amount)
        if part <= rest:
            chosen.append(parts[place])
            yield from walk(place + 1, rest - part, chosen)
            chosen.pop()
        if given < most:
            yield from walk(place + 1, rest, chosen)

    yield from walk(0, abs(anchor.amount), [])
