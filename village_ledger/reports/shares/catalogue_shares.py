"""Reports of shares and certificates, read from a book. Without a ledger they speak of the organisation that has shares."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.masking import Level

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.domain.share import Balance, ShareClass
    from village_ledger.reports.issuer import Issuer
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.shares.share_reports import Account, Movement, Pledged
    from village_ledger.reports.table import Table
    from village_ledger.storage.people.records import StoredEvent
    from village_ledger.storage.reader import Reader


def ledger_of(reader: Reader, request: ReportRequest) -> str:
    """The ledger asked for, else the one whose organisation has shares, else the collective's."""
    if request.ledger:
        return reader.ledger(request.ledger).code
    classes = reader.share_classes()
    if classes:
        return classes[0].ledger
    every = reader.ledgers()
    return next((one.code for one in every if one.kind is LedgerKind.COLLECTIVE), every[0].code)


def day_asked(reader: Reader, request: ReportRequest) -> date:
    """The last day asked for; without any today, or the day of the newest event where that is later.

    A book whose open years are past is shown as at their end.
    """
    from village_ledger.reports.request import span_of
    from village_ledger.storage.clock import now_text

    if request.span is not None:
        return request.span.last
    newest = max((one.day for one in reader.share_events()), default=date.min)
    today = date.fromisoformat(now_text()[:10])
    return max(newest, min(today, span_of(reader, request).last))


def _issuer(reader: Reader, ledger: str) -> Issuer:
    from village_ledger.reports.request import issuer_of

    return issuer_of(reader, ledger)


def accounts_on(reader: Reader, ledger: str, day: date) -> list[Account]:
    """Every account of an organisation as it stands at the end of a day."""
    from village_ledger.domain.share import COLLECTIVE
    from village_ledger.reports.shares.share_reports import Account

    kinds = {one.id: one for one in reader.share_classes(ledger)}
    people = {one.id: one for one in reader.people(day)}
    found: list[Account] = []
    for holding in reader.holdings(day):
        kind = kinds.get(holding.class_id)
        if kind is None:
            continue
        person = people.get(holding.person_id or 0)
        if person is None:
            text = COLLECTIVE if holding.person_id is None else ""
            found.append(Account(text, "", text, is_member=False, of_class=kind, balance=holding.balance))
        else:
            found.append(
                Account(person.key, person.household, person.name, person.is_member, kind, holding.balance)
            )
    return found


def _register(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.shares.share_reports import share_register

    ledger, day = ledger_of(reader, request), day_asked(reader, request)
    accounts = accounts_on(reader, ledger, day)
    if request.level:
        return _posted_register(reader, _issuer(reader, ledger), accounts, day, Level(request.level))
    return share_register(_issuer(reader, ledger), accounts, day)


def _posted_register(
    reader: Reader, issuer: Issuer, accounts: list[Account], day: date, level: Level
) -> Table:
    """The register with names as a level shows them; nobody under 14 on the day it is made is named in public."""
    from village_ledger.domain.masking import is_child
    from village_ledger.reports.shares.share_posting import masked, with_level
    from village_ledger.reports.shares.share_reports import share_register
    from village_ledger.storage.clock import now_text

    today = date.fromisoformat(now_text()[:10])
    children = {one.key for one in reader.people(day) if is_child(one.birth, today)}
    table = share_register(issuer, masked(accounts, level, children), day)
    return with_level(table, level, len({one.text for one in accounts if one.text in children}))


def _movements(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.shares.share_reports import share_movements

    ledger, span = ledger_of(reader, request), request.span
    return share_movements(_issuer(reader, ledger), _moved(reader, ledger, span), span)


def _moved(reader: Reader, ledger: str, span: Span | None) -> Iterator[Movement]:
    """Every line of the events of some days; where an account came to be written differently, that too as out and in.

    So that whoever adds up the rows by account has the register of any day and needs to know nothing else.
    """
    from village_ledger.reports.shares.share_reports import Movement

    first, last = (span.first, span.last) if span else (None, None)
    kinds = {one.id: one for one in reader.share_classes(ledger)}
    accounts = reader.share_accounts()
    days, texts = reader.days_of_texts(first, last), dict[int, dict[int | None, str]]()
    moved_house = {(day, person): None for person, day in reader.holders_renamed(first, last)}
    for event in reader.share_events(first, last):
        place = bisect_right(days, event.day)
        if place not in texts:
            texts[place] = reader.holder_texts(event.day)
        basis = basis_of(event)
        for account, delta in _deltas(event).items():
            class_id, person = accounts[account]
            if class_id in kinds:
                text = texts[place].get(person, "")
                yield Movement(event.number, event.day, kinds[class_id], text, delta, event.kind.words, basis)
        if event.person_id is not None and (event.day, event.person_id) in moved_house:
            del moved_house[event.day, event.person_id]
            for kind, text, delta in _carried(reader, event.person_id, event.day, kinds):
                yield Movement(event.number, event.day, kind, text, delta, event.kind.words, basis)
    for day, person in sorted(moved_house):
        for kind, text, delta in _carried(reader, person, day, kinds):
            yield Movement(None, day, kind, text, delta, "迁户、更名", "")


def _deltas(event: StoredEvent) -> dict[int, Balance]:
    """What an event did to each account, in the order of its lines."""
    from village_ledger.domain.share import Balance, Bucket

    sums: dict[int, dict[Bucket, int]] = {}
    for line in event.lines:
        of_account = sums.setdefault(line.account_id, dict.fromkeys(Bucket, 0))
        of_account[line.bucket] += line.delta
    return {i: Balance(one[Bucket.FREE], one[Bucket.PLEDGED], one[Bucket.FROZEN]) for i, one in sums.items()}


def _carried(
    reader: Reader, person: int, day: date, kinds: Mapping[int, ShareClass]
) -> Iterator[tuple[ShareClass, str, Balance]]:
    """Another household or name moves nothing from holder to holder; accounts are called by both, so it shows as out and in."""
    from datetime import timedelta

    from village_ledger.domain.share import Balance, Bucket
    from village_ledger.domain.share_rules import held_on

    eve = day - timedelta(days=1)
    old, new = reader.holder_texts(eve).get(person, ""), reader.holder_texts(day).get(person, "")
    for kind in kinds.values() if old != new else ():
        account = reader.share_account(kind.id, person)
        history = reader.share_history(account, eve) if account is not None else []
        held = [held_on(history, bucket, eve.isoformat()) for bucket in Bucket]
        if any(held):
            yield kind, old, Balance(*(-quanta for quanta in held))
            yield kind, new, Balance(*held)


def basis_of(event: StoredEvent) -> str:
    """What an event rests on: contract or deed, resolution, else its remark."""
    return "；".join(filter(None, (event.contract, event.resolution))) or event.note


def pledges_on(reader: Reader, ledger: str, day: date) -> list[Pledged]:
    """Every pledge up to a day, with the day it ended."""
    from village_ledger.reports.shares.share_reports import Pledged

    kinds = {one.id: one for one in reader.share_classes(ledger)}
    accounts, texts = reader.share_accounts(), reader.holder_texts(day)
    ended = {
        event.pledge_id: event.day
        for event in reader.share_events(None, day)
        if event.pledge_id is not None and event.pledge_id != event.number
    }
    found: list[Pledged] = []
    for one in reader.pledges(day):
        class_id, person = accounts[one.account_id]
        if class_id in kinds:
            released = None if one.open else ended.get(one.id)
            found.append(
                Pledged(
                    one.id,
                    texts.get(person, ""),
                    kinds[class_id],
                    one.quantity,
                    one.open,
                    one.creditor,
                    one.contract,
                    one.registered,
                    one.expires,
                    released,
                )
            )
    return found


def _pledges(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.shares.share_reports import pledge_list

    ledger, day = ledger_of(reader, request), day_asked(reader, request)
    return pledge_list(_issuer(reader, ledger), pledges_on(reader, ledger, day), day)


def _caps(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.domain.share_rules import percent
    from village_ledger.reports.shares.share_reports import cap_check
    from village_ledger.services.shares.share_charter import value

    ledger, day = ledger_of(reader, request), day_asked(reader, request)
    caps = {one.id: percent(value(reader, "cap", one.id, day)) for one in reader.share_classes(ledger)}
    return cap_check(_issuer(reader, ledger), accounts_on(reader, ledger, day), caps, day)


def _equality(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.shares.share_proof import sums_on
    from village_ledger.reports.shares.share_reports import share_equality

    ledger, day = ledger_of(reader, request), day_asked(reader, request)
    sums, differing = sums_on(reader, ledger, day)
    return share_equality(_issuer(reader, ledger), sums, differing, day)


def _certificates(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.shares.certificate_paper import certificate_table

    return certificate_table(reader, request)


def _history(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.shares.share_history_sheet import history_sheet

    ledger, day = ledger_of(reader, request), day_asked(reader, request)
    return history_sheet(reader, _issuer(reader, ledger), request.household, day)


SHARE_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "share-register": _register,
    "share-movements": _movements,
    "pledge-list": _pledges,
    "cap-check": _caps,
    "share-equality": _equality,
    "share-history": _history,
    "certificate": _certificates,
}
