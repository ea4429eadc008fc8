"""The resource register: land, forest and water by parcel: reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.storage.clock import now_text
from village_ledger.storage.queries import day_of

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def resource_register_of(reader: Reader, request: ReportRequest) -> Table:
    """The parcels of a ledger on the span's last day, without one today."""
    from village_ledger.reports.parcels.resource_register import RegisterFigures, resource_register
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.parcels.parcel_use import parcel_uses

    day = _day(request)
    with reader.snapshot():
        figures = RegisterFigures(
            day,
            reader.parcels(request.ledger, day),
            parcel_uses(reader, request.ledger),
            [event for event in reader.parcel_events(request.ledger) if event.day <= day],
        )
        return resource_register(issuer_of(reader, request.ledger), figures)


def parcel_of(reader: Reader, request: ReportRequest) -> Table:
    """The card of one parcel on the span's last day, without one today."""
    return card_of(reader, request.ledger, request.item, _day(request))


def card_of(reader: Reader, ledger: str, code: str, day: date) -> Table:
    """The card of one parcel, with its sketch and its history."""
    from village_ledger.reports.parcels.parcel_card import CardFigures, parcel_card
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.parcels.parcel_use import parcel_uses

    with reader.snapshot():
        figures = CardFigures(
            day,
            reader.parcel(ledger, code, day),
            parcel_uses(reader, ledger).get(code, ()),
            [one for one in reader.parcel_states(ledger, code) if one.effective <= day],
            reader.parcel_events(ledger, code),
            reader.parcel_sketch(ledger, code, day),
        )
        return parcel_card(issuer_of(reader, ledger), figures)


def _day(request: ReportRequest) -> date:
    today = day_of(now_text()[:10])
    return min(request.span.last, today) if request.span else today


PARCEL_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "resource-register": resource_register_of,
    "parcel": parcel_of,
}
