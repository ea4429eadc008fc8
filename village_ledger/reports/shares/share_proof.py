"""The sums of the equality check: what events gave, what accounts hold, what certificates say."""

from __future__ import annotations

from collections import Counter
from datetime import date

from village_ledger.domain.certificate import CertificateContent
from village_ledger.domain.share import EventKind
from village_ledger.reports.shares.share_reports import Sums
from village_ledger.services.shares.certificates import said_of, standing_of
from village_ledger.storage.reader import Reader

_OF = {EventKind.GRANT: "granted", EventKind.CANCEL: "cancelled", EventKind.CONVERT: "converted"}


def sums_on(reader: Reader, ledger: str, day: date) -> tuple[list[Sums], list[str]]:
    """Every class with its sums at the end of a day, and the households whose certificates say otherwise or are missing."""
    made, held = _made(reader, day), _held(reader, day)
    pledged = Counter[int]()
    accounts = reader.share_accounts()
    for pledge in reader.open_pledges(day):
        pledged[accounts[pledge.account_id][0]] += pledge.open
    homes = standing_of(reader, day, ledger)
    valid = {
        one.household: one
        for one in reader.certificates()
        if one.ledger == ledger and one.day <= day and (one.ended is None or one.ended > day)
    }
    certified = Counter[str]()
    for one in valid.values():
        for line in CertificateContent.from_json(one.content).classes:
            certified[line.name] += line.total
    sums = [
        Sums(
            kind,
            made[kind.id, "granted"],
            -made[kind.id, "cancelled"],
            made[kind.id, "converted"],
            held[kind.id, "total"],
            held[kind.id, "pledged"],
            pledged[kind.id],
            certified[kind.name],
            sum(sum(per_class.get(kind.name, {}).values()) for per_class in homes.values()),
        )
        for kind in reader.share_classes(ledger)
    ]
    differing = [
        f"{code} 户"
        for code, holdings in homes.items()
        if holdings != (said_of(valid[code]) if code in valid else {})
    ]
    return sums, differing


def _made(reader: Reader, day: date) -> Counter[tuple[int, str]]:
    """What grants, cancellations and conversions moved by class, their reversals taken off."""
    accounts = reader.share_accounts()
    kinds: dict[int, EventKind] = {}
    made = Counter[tuple[int, str]]()
    for event in reader.share_events(None, day):
        kinds[event.number] = event.kind
        kind = kinds.get(event.reverses, event.kind) if event.reverses is not None else event.kind
        if kind in _OF:
            for line in event.lines:
                made[accounts[line.account_id][0], _OF[kind]] += line.delta
    return made


def _held(reader: Reader, day: date) -> Counter[tuple[int, str]]:
    held = Counter[tuple[int, str]]()
    for one in reader.holdings(day):
        held[one.class_id, "total"] += one.balance.total
        held[one.class_id, "pledged"] += one.balance.pledged
    return held
