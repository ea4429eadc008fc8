"""The chain of share events: what exactly is digested, so that anybody can recompute it in thirty years.

An event is one UTF-8 text, fields joined by U+001F, its lines after it by U+001E; ``digest = SHA-256(previous ‖ text)``,
the first previous digest is 32 zero bytes. A line is ``class id, person id (0: the organisation), bucket, delta``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from village_ledger.domain.chain import FIELD, LINE


class ChainedEvent(NamedTuple):
    """All of an event but its lines, in the order digested; what is not there is empty."""

    number: int
    kind: str
    class_id: int | None
    day: str
    resolution: str | None
    contract: str
    party: str
    price: int
    note: str
    pledge_id: int | None
    reverses: int | None
    person_id: int | None
    household_id: int | None
    entered_by: str
    reviewed_by: str
    entered_at: str


class ChainedLine(NamedTuple):
    """A line as digested."""

    class_id: int
    person_id: int
    bucket: str
    delta: int


class ChainedPledge(NamedTuple):
    """What a pledge adds to its event."""

    quantity: int
    creditor: str
    contract: str
    expires: str
    dividend_to: str


def event_bytes(
    event: ChainedEvent, lines: Iterable[ChainedLine], pledge: ChainedPledge | None = None
) -> bytes:
    """The bytes an event's digest is taken over."""
    texts = [FIELD.join("" if value is None else str(value) for value in event)]
    texts += [FIELD.join(str(value) for value in line) for line in lines]
    if pledge is not None:
        texts.append(FIELD.join(str(value) for value in pledge))
    return LINE.join(texts).encode()
