"""What registers say for the indicators on a day: rent, arrears by age, idle assets and land, papers of contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from village_ledger.domain.asset import AssetKind, Status, Use
from village_ledger.domain.contract import Status as ContractStatus
from village_ledger.domain.parcel import Standing
from village_ledger.services.contracts.standing import Whole, wholes
from village_ledger.services.indicators.indicator_rules import indicator_rules
from village_ledger.services.parcels.parcel_use import parcel_uses
from village_ledger.storage.contracts.records import RECEIVED

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

NO_CONTRACTS, NO_ASSETS, NO_PARCELS, NO_MEMBERS = (
    "没有登记合同",
    "没有登记经营性固定资产",
    "没有登记地块",
    "没有登记成员",
)


@dataclass(frozen=True, slots=True)
class WorksFigures:
    """Named figures, None where there is no register; fen, days, counts and parts of land."""

    figures: Mapping[str, int | None]
    missing: Mapping[str, str]
    ages: Sequence[tuple[str, int]]
    """Arrears by age: words and fen."""


def works_figures(reader: Reader, ledger: str, day: date) -> WorksFigures:
    """The figures of a day."""
    rent, ages = _rent(reader, ledger, day)
    figures = {**rent, **_assets(reader, ledger, day), **_land(reader, ledger, day)}
    members = len(reader.living_members(day))
    figures["members"] = members or None
    missing = dict.fromkeys(rent, NO_CONTRACTS)
    missing |= dict.fromkeys(("idle_cost", "asset_cost"), NO_ASSETS)
    missing |= dict.fromkeys(("idle_area", "land_area"), NO_PARCELS) | {"members": NO_MEMBERS}
    return WorksFigures(figures, missing, ages)


def _rent(reader: Reader, ledger: str, day: date) -> tuple[dict[str, int | None], list[tuple[str, int]]]:
    """Rent of the year to the day, everything late on it, and how many contracts in force have all their papers."""
    names = ("rent_due", "rent_received", "arrears", "arrears_days", "contracts", "compliant")
    if not reader.has_contracts(ledger):
        return dict.fromkeys(names), []
    with reader.snapshot():
        every = wholes(reader, reader.contracts(ledger))
    due = received = late = oldest = 0
    buckets = [0] * (len(indicator_rules().ages) + 1)
    for whole in every:
        for first, fen, came_in in _rows(whole, day):
            if first.year == day.year:
                due, received = due + fen, received + min(came_in, fen)
            days, left = (day - first).days, fen - came_in
            if left > 0 and days > 0:
                late, oldest = late + left, max(oldest, days)
                buckets[_bucket(days)] += left
    running = [one for one in every if _runs(one, day)]
    good = sum(_has_papers(one) for one in running)
    counted = (due, received, late, oldest, len(running), good)
    return dict(zip(names, counted, strict=True)), list(zip(_age_words(), buckets, strict=True))


def _rows(whole: Whole, day: date) -> list[tuple[date, int, int]]:
    """(day due, rent, what had come in for it by the day) of every row kept here and due by then."""
    came: dict[date, int] = {}
    for link in whole.links:
        if link.kind in RECEIVED and link.day <= day:
            came[link.first] = came.get(link.first, 0) + link.amount
    return [
        (row.row.due, row.row.amount, came.get(row.row.first, 0))
        for row in whole.rows
        if not row.before and row.row.due <= day
    ]


def _bucket(days: int) -> int:
    return sum(days > most for most in indicator_rules().ages)


def _age_words() -> list[str]:
    ages = indicator_rules().ages
    first = [f"{ages[0]} 天以内"]
    between = [f"{low + 1} 到 {high} 天" for low, high in pairwise(ages)]
    return [*first, *between, f"{ages[-1]} 天以上"]


def _runs(whole: Whole, day: date) -> bool:
    now = whole.stored.now
    return whole.stored.status is not ContractStatus.DRAFT and now.terms.start <= day <= now.end


def _has_papers(whole: Whole) -> bool:
    """In writing, resolved, published and filed."""
    papers = whole.stored.contract.papers
    return papers.written and bool(papers.resolution and papers.noticed and papers.filing)


def _assets(reader: Reader, ledger: str, day: date) -> dict[str, int | None]:
    """Cost of what is there to be let or worked with, and of what lies idle of it."""
    if not reader.has_assets(ledger):
        return {"idle_cost": None, "asset_cost": None}
    mine = [
        one
        for one in reader.asset_standings(ledger, day)
        if one.card.kind is AssetKind.FIXED and one.facts.use is Use.OPERATING
    ]
    whole = sum(one.cost for one in mine)
    idle = sum(one.cost for one in mine if one.status is Status.IDLE)
    return {"idle_cost": idle if whole else None, "asset_cost": whole or None}


def _land(reader: Reader, ledger: str, day: date) -> dict[str, int | None]:
    parcels, uses = reader.parcels(ledger, day), parcel_uses(reader, ledger)
    if not parcels:
        return {"idle_area": None, "land_area": None}
    idle = sum(
        one.card.area
        for one in parcels
        if one.card.standing is Standing.IDLE and not any(use.on(day) for use in uses.get(one.code, ()))
    )
    return {"idle_area": idle, "land_area": sum(one.card.area for one in parcels)}
