"""Asset cards: what each ledger owns and what became of it: reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.asset import Use
from village_ledger.domain.period import Month

if TYPE_CHECKING:
    from village_ledger.reports.assets.depreciation_sheet import Charged
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def _day(reader: Reader, request: ReportRequest) -> date:
    """The day asked for, else the last of the open years."""
    if request.span is not None:
        return request.span.last
    return reader.months(request.ledger)[-1].month.last


def asset_register_of(reader: Reader, request: ReportRequest) -> Table:
    """The assets of a ledger on a day, with or without a class of them asked for."""
    from village_ledger.reports.assets.asset_register import RegisterFigures, asset_register
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.assets.asset_ties import ties

    day = _day(reader, request)
    with reader.snapshot():
        figures = RegisterFigures(
            day, reader.asset_standings(request.ledger, day), ties(reader, request.ledger, day)
        )
        return asset_register(issuer_of(reader, request.ledger), figures)


def depreciation_of(reader: Reader, request: ReportRequest) -> Table:
    """A month's depreciation as entered, or as it would be; the latest month entered unless one is asked for."""
    from village_ledger.reports.assets.depreciation_sheet import SheetFigures, depreciation_sheet
    from village_ledger.reports.request import issuer_of

    ledger = request.ledger
    with reader.snapshot():
        month = _month(reader, request)
        runs = reader.depreciation_runs(ledger, month)
        rows = _entered(reader, ledger, month)
        if not any(run.whole for run in runs):
            rows = sorted([*rows, *_due(reader, ledger, month)], key=lambda row: row.code)
        figures = SheetFigures(month, rows, runs, reader.unmetered(ledger, month))
        return depreciation_sheet(issuer_of(reader, ledger), reader.chart(ledger), figures)


def _month(reader: Reader, request: ReportRequest) -> Month:
    if request.span is not None:
        return Month.of(request.span.last)
    runs = reader.depreciation_runs(request.ledger)
    return runs[-1].month if runs else reader.ledger(request.ledger).start


def _entered(reader: Reader, ledger: str, month: Month) -> list[Charged]:
    from village_ledger.reports.assets.depreciation_sheet import Charged
    from village_ledger.reports.table import Link

    runs = {run.id: run for run in reader.depreciation_runs(ledger, month)}
    if not runs:
        return []
    accumulated = reader.taken_through(ledger, month)
    standings = {one.stored.id: one for one in reader.asset_standings(ledger, month.last, with_gone=True)}
    rows: list[Charged] = []
    for run_id, asset_id, amount, expense in reader.run_lines(list(runs)):
        one = standings[asset_id]
        total = one.card.opening + accumulated.get(asset_id, 0)
        link = Link("voucher", str(runs[run_id].voucher_id), ledger)
        use = one.facts.use.words
        rows.append(
            Charged(one.card.code, one.card.name, one.card.filed_as, use, amount, total, expense, link)
        )
    return sorted(rows, key=lambda row: row.code)


def _due(reader: Reader, ledger: str, month: Month) -> list[Charged]:
    from village_ledger.reports.assets.depreciation_sheet import Charged
    from village_ledger.services.assets.depreciation import due, shown_account

    return [
        Charged(
            row.code,
            row.name,
            row.category,
            Use(row.use).words,
            row.amount,
            row.accumulated,
            shown_account(reader, ledger, row),
            None,
        )
        for row in due(reader, ledger, month)
    ]


def asset_card_of(reader: Reader, request: ReportRequest) -> Table:
    """Everything about one asset."""
    from village_ledger.reports.assets.asset_card_sheet import CardFigures, asset_card_sheet
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.assets.cards import standing

    day = _day(reader, request)
    with reader.snapshot():
        one = standing(reader, request.ledger, request.item, day)
        figures = CardFigures(
            day,
            one,
            reader.asset_facts(one.stored.id),
            reader.asset_events(one.stored.id),
            reader.asset_charges(one.stored.id),
            reader.asset_contracts(request.ledger, one.card.code),
        )
        return asset_card_sheet(issuer_of(reader, request.ledger), figures)


ASSET_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "asset-register": asset_register_of,
    "asset-card": asset_card_of,
    "depreciation": depreciation_of,
}
