"""Land in a few words, so that tests of the resource register read like it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.area import parse_mu
from village_ledger.domain.parcel import Parcel, ParcelCard, Sketch
from village_ledger.domain.period import parse_day
from village_ledger.services.parcels import parcels

BASIS = "2018年确权登记"


def card(mu: str = "3.25", **said: Any) -> ParcelCard:
    """河湾水田, bounded by a road, a river and two neighbours."""
    plain = ParcelCard("河湾水田", "耕地", parse_mu(mu), "村道", "青河", "李家田", "水渠", land_class="水田")
    return replace(plain, **said)


def register(
    village: Village, code: str = "T01", mu: str = "3.25", day: str = "2025-01-01", **said: Any
) -> Parcel:
    """A parcel entered from a day on."""
    with village.act() as uow:
        return parcels.add(uow, COLLECTIVE, code, card(mu, **said), parse_day(day), BASIS).value


def change(village: Village, code: str, day: str, basis: str = "重新丈量", **said: Any) -> Parcel:
    """What changed of a parcel from a day on."""
    now = village.reader.parcel(COLLECTIVE, code, parse_day(day)).card
    changed = replace(now, **said)
    with village.act() as uow:
        return parcels.change(uow, COLLECTIVE, code, changed, parse_day(day), basis).value


def split(village: Village, code: str, day: str, **parts: str) -> list[Parcel]:
    """Parts by code and 亩."""
    with village.act() as uow:
        made = [(name, card(mu)) for name, mu in parts.items()]
        return parcels.split(uow, COLLECTIVE, code, made, parse_day(day), "分户经营").value


def merge(village: Village, codes: str, into: str, mu: str, day: str) -> list[Parcel]:
    """One parcel of several, named ``T01 T02``."""
    with village.act() as uow:
        return parcels.merge(
            uow, COLLECTIVE, codes.split(), (into, card(mu)), parse_day(day), "土地整理"
        ).value


def codes(village: Village, day: str) -> list[str]:
    """The codes of the register on a day."""
    return [one.code for one in village.reader.parcels(COLLECTIVE, parse_day(day))]


def square(metres: float, high: float | None = None) -> Sketch:
    """A rectangle."""
    wide, tall = round(metres * 100), round((metres if high is None else high) * 100)
    return Sketch(((0, 0), (wide, 0), (wide, tall), (0, tall)))
