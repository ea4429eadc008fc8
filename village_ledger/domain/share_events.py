"""What is asked of the share register, and the lines each kind of event gives (members_and_shares §5.3).

An account is written ``户编号/姓名``, by the household on the day of the event, or ``集体``; quantities are as typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from village_ledger.domain.errors import ShareError
from village_ledger.domain.share import Bucket, EventKind, ShareLine

TO_MANY = frozenset({EventKind.GRANT, EventKind.INHERIT, EventKind.CANCEL})
"""Kinds that may name several accounts at once."""
HOUSEHOLDS = frozenset({EventKind.SPLIT, EventKind.MERGE})
"""Kinds that move a person to another household and no shares (分户不增、并户不减)."""
_IN_ONE = {
    EventKind.PLEDGE: (Bucket.FREE, Bucket.PLEDGED),
    EventKind.RELEASE: (Bucket.PLEDGED, Bucket.FREE),
    EventKind.FREEZE: (Bucket.FREE, Bucket.FROZEN),
    EventKind.UNFREEZE: (Bucket.FROZEN, Bucket.FREE),
}


class Part(NamedTuple):
    """One of several accounts of an event and its quantity as typed, empty for an equal share."""

    account: str
    quantity: str = ""


class Move(NamedTuple):
    """Quanta for one account."""

    account_id: int
    quanta: int


@dataclass(frozen=True, slots=True)
class EventRequest:
    """An event as asked for; what a kind does not need stays empty."""

    kind: EventKind
    class_name: str
    day: date
    from_: str = ""
    """Account that gives; of a split or merge the person."""
    to: str = ""
    """Account that gets; of a split or merge the household number, of a conversion the new class."""
    quantity: str = ""
    """Shares as typed; of a conversion the ratio, ``2`` or ``3:2`` new for old."""
    parts: tuple[Part, ...] = ()
    """Accounts of a grant, cancellation or inheritance, instead of one."""
    resolution: str = ""
    contract: str = ""
    party: str = ""
    """Creditor of a pledge, court of a freeze."""
    price: int = 0
    """Fen a share."""
    note: str = ""
    pledge: int | None = None
    """Number of the pledge a release or foreclosure ends, where its contract is not named."""
    reverses: int | None = None
    expires: date | None = None
    dividend_to: str = "holder"
    reviewed_by: str = ""
    ledger: str = "collective"

    @property
    def takers(self) -> tuple[Part, ...]:
        """Who gets something, with quantities as typed; of a cancellation, who gives."""
        if self.parts:
            return self.parts
        one = self.from_ if self.kind is EventKind.CANCEL else self.to
        return (Part(one, self.quantity),)


def lines_of(kind: EventKind, giver: int | None, moves: Sequence[Move]) -> list[ShareLine]:
    """The lines of an event but a conversion or a reversal; ``giver`` is None where nobody gives."""
    if kind in HOUSEHOLDS:
        return []
    if kind is EventKind.GRANT:
        return [ShareLine(move.account_id, Bucket.FREE, move.quanta) for move in moves]
    if kind is EventKind.CANCEL:
        return [ShareLine(move.account_id, Bucket.FREE, -move.quanta) for move in moves]
    if giver is None:
        raise ShareError(f"{kind.words}要写明转出账户", "请写是谁的份额，如 017/周德明。")
    whole = sum(move.quanta for move in moves)
    if kind in _IN_ONE:
        out, into = _IN_ONE[kind]
        return [ShareLine(giver, out, -whole), ShareLine(giver, into, whole)]
    out = Bucket.PLEDGED if kind is EventKind.FORECLOSE else Bucket.FREE
    return [
        ShareLine(giver, out, -whole),
        *(ShareLine(move.account_id, Bucket.FREE, move.quanta) for move in moves),
    ]


def conversion_lines(old: Iterable[Move], new: Iterable[Move]) -> list[ShareLine]:
    """An old class closed and a new one opened: all of the old out, all of the new in."""
    return [
        *(ShareLine(move.account_id, Bucket.FREE, -move.quanta) for move in old if move.quanta),
        *(ShareLine(move.account_id, Bucket.FREE, move.quanta) for move in new if move.quanta),
    ]


def negatives(lines: Iterable[ShareLine]) -> list[ShareLine]:
    """The exact negatives of an event's lines."""
    return [ShareLine(line.account_id, line.bucket, -line.delta) for line in lines]


def out_of(kind: EventKind) -> Bucket:
    """The bucket the giver's shares must lie in."""
    if kind in (EventKind.RELEASE, EventKind.FORECLOSE):
        return Bucket.PLEDGED
    return Bucket.FROZEN if kind is EventKind.UNFREEZE else Bucket.FREE


def request_to_json(request: EventRequest) -> str:
    """A request as a case keeps it."""
    body = asdict(request)
    body["kind"] = request.kind.value
    body["day"] = request.day.isoformat()
    body["expires"] = request.expires.isoformat() if request.expires else None
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def request_from_json(text: str) -> EventRequest:
    """The request of a case."""
    body: dict[str, Any] = json.loads(text)
    known = {key: value for key, value in body.items() if key in EventRequest.__slots__}
    known["kind"] = EventKind(body["kind"])
    known["day"] = date.fromisoformat(body["day"])
    known["expires"] = date.fromisoformat(body["expires"]) if body.get("expires") else None
    known["parts"] = tuple(Part(*part) for part in body.get("parts", ()))
    return EventRequest(**known)
