"""份额从哪来: who of a household had how many shares when, as stacked steps; drawn alike on paper and on screen.

All places are parts of the picture: ``left`` and ``right`` of its width (time), ``bottom`` and ``top`` of its height (shares).
A pen turns them into its own units and chooses its fills; nothing here knows a font or a colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from village_ledger.domain.share import Balance, Bucket, format_shares
from village_ledger.storage.people.records import StoredEvent

_TICKS = 7
"""More years than so many are named every few years only."""


class Fill(Enum):
    """How a band is filled; told apart without colour."""

    SOLID = "solid"
    LIGHT = "light"
    HATCHED = "hatched"
    PLAIN = "plain"
    GONE = "gone"
    """Somebody who has nothing any more."""


_FILLS = (Fill.SOLID, Fill.LIGHT, Fill.HATCHED, Fill.PLAIN)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of time in which somebody's part stays as it is."""

    band: int
    left: float
    right: float
    bottom: float
    top: float
    quanta: int


@dataclass(frozen=True, slots=True)
class Band:
    """One person's part; bands lie on each other, the first at the bottom."""

    name: str
    fill: Fill
    quanta: int
    """What is there at the end."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place of the picture."""

    at: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class ShareHistory:
    """The whole picture; no bands when there was never a share."""

    first: date
    last: date
    bands: tuple[Band, ...] = ()
    blocks: tuple[Block, ...] = ()
    pledged: tuple[Block, ...] = ()
    """Pledges, standing at the foot of their band."""
    totals: tuple[Label, ...] = ()
    """The sum, where it changes."""
    years: tuple[Label, ...] = ()
    decimals: int = 2

    def text(self, quanta: int) -> str:
        """A quantity as shown."""
        return format_shares(quanta, self.decimals)

    @property
    def words(self) -> str:
        """The picture read out."""
        now = "、".join(
            f"{band.name} {self.text(band.quanta)}" for band in reversed(self.bands) if band.quanta
        )
        gone = "、".join(band.name for band in self.bands if not band.quanta)
        parts = (f"从 {self.first} 到 {self.last}", now and f"现在 {now}", gone and f"曾有 {gone}")
        return "；".join(filter(None, parts))


def share_history(
    events: Iterable[StoredEvent],
    holders: Sequence[tuple[int, str]],
    class_id: int,
    last: date,
    decimals: int,
) -> ShareHistory:
    """The picture of these accounts (account, name; the head of the household first) up to the end of a day."""
    names = dict(holders)
    states = _states((one for one in events if one.day <= last), names, class_id)
    if not states:
        return ShareHistory(last, last, decimals=decimals)
    first = states[0][0]
    ends = states[-1][1]
    ever = [account for account, _ in holders if any(account in state for _, state in states)]
    had = [
        account for account in ever if any(state[account].total for _, state in states if account in state)
    ]
    order = [a for a in reversed(had) if ends[a].total] + [a for a in reversed(had) if not ends[a].total]
    fills = iter(_FILLS * len(order))
    bands = tuple(
        Band(names[account], next(fills) if ends[account].total else Fill.GONE, ends[account].total)
        for account in order
    )
    axis = _Axis(first, last)
    most = max(sum(balance.total for balance in state.values()) for _, state in states) or 1
    blocks, pledged = _blocks(states, order, axis, most)
    return ShareHistory(
        first, last, bands, blocks, pledged, _totals(states, axis, most, decimals), _years(axis), decimals
    )


_State = Mapping[int, Balance]


def _states(
    events: Iterable[StoredEvent], names: Mapping[int, str], class_id: int
) -> list[tuple[date, dict[int, Balance]]]:
    """What the accounts had from which day on; a day counts once, with all its events."""
    now: dict[int, Balance] = {}
    states: list[tuple[date, dict[int, Balance]]] = []
    for event in sorted(events, key=lambda one: (one.day, one.number)):
        if event.class_id not in {class_id, None}:
            continue
        touched = [line for line in event.lines if line.account_id in names]
        for line in touched:
            now[line.account_id] = _moved(now.get(line.account_id, Balance()), line.bucket, line.delta)
        if touched and states and states[-1][0] == event.day:
            states[-1] = (event.day, dict(now))
        elif touched:
            states.append((event.day, dict(now)))
    return states


def _moved(balance: Balance, bucket: Bucket, delta: int) -> Balance:
    parts = {Bucket.FREE: balance.free, Bucket.PLEDGED: balance.pledged, Bucket.FROZEN: balance.frozen}
    parts[bucket] += delta
    return Balance(parts[Bucket.FREE], parts[Bucket.PLEDGED], parts[Bucket.FROZEN])


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def place(self, day: date) -> float:
        days = (self.last - self.first).days
        return (day - self.first).days / days if days else 0.0


def _blocks(
    states: Sequence[tuple[date, _State]], order: Sequence[int], axis: _Axis, most: int
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    blocks: list[Block] = []
    pledged: list[Block] = []
    for place, (day, state) in enumerate(states):
        left = axis.place(day)
        right = axis.place(states[place + 1][0]) if place + 1 < len(states) else 1.0
        height = 0
        for band, account in enumerate(order):
            balance = state.get(account, Balance())
            top = height + balance.total
            if balance.total:
                blocks.append(Block(band, left, right, height / most, top / most, balance.total))
            if balance.pledged:
                ceiling = (height + balance.pledged) / most
                pledged.append(Block(band, left, right, height / most, ceiling, balance.pledged))
            height = top
    return _joined(blocks), _joined(pledged)


def _joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Neighbours of one band at one height as one block."""
    done: list[Block] = []
    open_: dict[int, Block] = {}
    for block in blocks:
        before = open_.get(block.band)
        if before is None:
            open_[block.band] = block
        elif (before.right, before.bottom, before.top) == (block.left, block.bottom, block.top):
            open_[block.band] = replace(block, left=before.left)
        else:
            done.append(before)
            open_[block.band] = block
    return (*done, *open_.values())


def _totals(
    states: Sequence[tuple[date, _State]], axis: _Axis, most: int, decimals: int
) -> tuple[Label, ...]:
    labels: list[Label] = []
    before = -1
    for day, state in states:
        whole = sum(balance.total for balance in state.values())
        if whole != before:
            labels.append(Label(axis.place(day), whole / most, format_shares(whole, decimals)))
        before = whole
    return tuple(labels)


def _years(axis: _Axis) -> tuple[Label, ...]:
    """The first of each January; a first year begun in January is named at the left edge."""
    years = [year for year in range(axis.first.year, axis.last.year + 1) if date(year, 1, 1) >= axis.first]
    step = -(-len(years) // _TICKS) or 1
    return tuple(Label(axis.place(date(year, 1, 1)), 0.0, str(year)) for year in years[::step])


def spread(wanted: Sequence[float], gap: float, most: float) -> list[float]:
    """Heights of labels, rising, at least ``gap`` apart and none above ``most``, as near as can be to where they are wanted."""
    places: list[float] = []
    for height in wanted:
        places.append(max(height, places[-1] + gap) if places else height)
    ceiling = most
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], ceiling)
        ceiling = places[index] - gap
    return places
