"""What a share event moves, and each account before and after: for forms, and for the lines that are posted."""

from __future__ import annotations

from typing import NamedTuple

from village_ledger.domain.share import Balance, Bucket, EventKind, ShareClass
from village_ledger.domain.share_events import HOUSEHOLDS, Move, conversion_lines, lines_of, negatives
from village_ledger.domain.share_rules import Held, held_on
from village_ledger.services.shares.share_convert import converted
from village_ledger.services.shares.share_plan import Plan
from village_ledger.storage.reader import Reader


class Movement(NamedTuple):
    """Quanta into (+) or out of (−) a bucket of a holder (None: the organisation)."""

    share_class: ShareClass
    person_id: int | None
    bucket: Bucket
    delta: int


class Effect(NamedTuple):
    """What an event does to one account, in quanta."""

    account: str
    class_name: str
    decimals: int
    before: Balance
    after: Balance


def movements(reader: Reader, found: Plan) -> list[Movement]:
    """The lines of an event by holder, in the order they are posted; the plan has no faults."""
    kind, share_class = found.request.kind, found.share_class
    if kind is EventKind.REVERSE and found.target is not None:
        classes = {one.id: one for one in reader.share_classes()}
        accounts = reader.share_accounts()
        return [
            Movement(classes[accounts[line.account_id][0]], accounts[line.account_id][1], line.bucket, line.delta)
            for line in negatives(found.target.lines)
        ]  # fmt: skip
    if kind in HOUSEHOLDS or share_class is None:
        return []
    if kind is EventKind.CONVERT:
        return _conversion(reader, found, share_class)
    places: list[int | None] = [None if found.giver is None else found.giver.person_id]
    moves: list[Move] = []
    for taker in found.takers:
        moves.append(Move(len(places), taker.quanta))
        places.append(taker.holder.person_id)
    return [
        Movement(share_class, places[line.account_id], line.bucket, line.delta)
        for line in lines_of(kind, 0, moves)
        if line.delta
    ]


def _conversion(reader: Reader, found: Plan, old: ShareClass) -> list[Movement]:
    new = found.new_class or old
    day = found.request.day
    held, texts = reader.holdings(day, old.id), reader.holder_texts(day)
    parts = converted(held, texts, old, new, found.request.quantity).parts
    out = [Move(place, holding.balance.free) for place, (holding, _) in enumerate(parts)]
    into = [Move(place, quanta) for place, (_, quanta) in enumerate(parts)]
    return [
        Movement(old if line.delta < 0 else new, parts[line.account_id][0].person_id, line.bucket, line.delta)
        for line in conversion_lines(out, into)
    ]


def effects(reader: Reader, found: Plan) -> tuple[Effect, ...]:
    """Each account an event touches before and after, in ascending order of its text, then of its class."""
    texts = reader.holder_texts(found.request.day)
    for one in (found.giver, *(taker.holder for taker in found.takers)):
        if one is not None:
            texts[one.person_id] = one.text
    on = found.request.day
    touched: dict[tuple[int, int | None], Effect] = {}
    for move in movements(reader, found):
        key = (move.share_class.id, move.person_id)
        if key not in touched:
            account = reader.share_account(*key)
            held = _balance(reader.share_history(account, on) if account is not None else [], on.isoformat())
            touched[key] = Effect(
                texts.get(move.person_id, ""), move.share_class.name, move.share_class.decimals, held, held
            )
        touched[key] = touched[key]._replace(after=_moved(touched[key].after, move))
    return tuple(sorted(touched.values(), key=lambda one: (one.account, one.class_name)))


def _balance(history: list[Held], day: str) -> Balance:
    return Balance(*(held_on(history, bucket, day) for bucket in Bucket))


def _moved(balance: Balance, move: Movement) -> Balance:
    name = move.bucket.value
    return balance._replace(**{name: getattr(balance, name) + move.delta})
