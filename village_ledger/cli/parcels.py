"""``parcel``: the resource register, one act at a time."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.area import read_area, words
from village_ledger.domain.money import parse_fen
from village_ledger.domain.parcel import OwnerLevel, Parcel, ParcelCard, Standing, parse_corners
from village_ledger.i18n import tr
from village_ledger.services.outcome import Outcome
from village_ledger.services.parcels import parcels

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.storage.unit_of_work import UnitOfWork

_TEXTS = (
    *("name", "kind", "east", "south", "west", "north", "land_class", "owner", "certificate", "disputed"),
    *("map_ref", "used_by", "origin", "note"),
)


def run_parcel(asked: Namespace) -> int:
    """Do what was asked; one sentence says which parcels there are now."""
    with writing(asked) as uow:
        asked.ledger = ledger_of(uow.reader, asked.ledger)
        done = _ACTIONS[asked.action](uow, asked)
        uow.commit()
    say_all(done.warnings)
    for one in done.value:
        say(
            tr(
                "{code} {name}：{kind} {area}。",
                code=one.code,
                name=one.card.name,
                kind=one.card.kind,
                area=words(one.card.area),
            )
        )
    say(tr("登记好了。"))
    return 0


def _add(uow: UnitOfWork, asked: Namespace) -> Outcome[list[Parcel]]:
    card = ParcelCard(area=read_area(asked.mu, asked.sqm), **_said(asked))
    return _one(parcels.add(uow, asked.ledger, asked.code, card, asked.date, asked.basis))


def _change(uow: UnitOfWork, asked: Namespace) -> Outcome[list[Parcel]]:
    said = _said(asked)
    if asked.mu or asked.sqm:
        said["area"] = read_area(asked.mu, asked.sqm)
    if not said:
        raise UsageError(tr("没有说要改什么"))
    if said.get("kind"):
        said.setdefault("land_class", "")
    card = replace(uow.reader.parcel(asked.ledger, asked.code, asked.date).card, **said)
    return _one(parcels.change(uow, asked.ledger, asked.code, card, asked.date, asked.basis))


def _split(uow: UnitOfWork, asked: Namespace) -> Outcome[list[Parcel]]:
    if bool(asked.part) == bool(asked.file):
        raise UsageError(tr("分出的各块用 --part 或 --file 写，只用一样"))
    if asked.file:
        from village_ledger.exchange.import_parcels import read_parts

        parts = read_parts(asked.file)
        return parcels.split(uow, asked.ledger, asked.code, parts, asked.date, asked.basis)
    whole = uow.reader.parcel(asked.ledger, asked.code, asked.date).card
    parts = parcels.read_parts(whole, asked.part)
    return parcels.split(uow, asked.ledger, asked.code, parts, asked.date, asked.basis)


def _merge(uow: UnitOfWork, asked: Namespace) -> Outcome[list[Parcel]]:
    codes = [asked.code, *asked.others]
    cards = [uow.reader.parcel(asked.ledger, code, asked.date).card for code in dict.fromkeys(codes)]
    card = replace(cards[0], area=sum(card.area for card in cards), **_said(asked))
    return parcels.merge(uow, asked.ledger, codes, (asked.into, card), asked.date, asked.basis)


def _end(uow: UnitOfWork, asked: Namespace) -> Outcome[list[Parcel]]:
    return parcels.end(uow, asked.ledger, asked.code, asked.date, asked.basis)


def _sketch(uow: UnitOfWork, asked: Namespace) -> Outcome[list[Parcel]]:
    drawn = parse_corners(asked.corners) if asked.corners.strip() else None
    done = parcels.sketch(uow, asked.ledger, asked.code, drawn, asked.date, asked.basis)
    parcel = uow.reader.parcel(asked.ledger, asked.code, asked.date)
    told = (tr("草图围成 {area}。", area=words(drawn.area)),) if drawn else ()
    return Outcome([parcel], done.changes, (*told, *done.warnings))


def _said(asked: Namespace) -> dict[str, Any]:
    """The fields of a card that were written."""
    said: dict[str, Any] = {key: getattr(asked, key) for key in _TEXTS if getattr(asked, key) is not None}
    if asked.owner_level is not None:
        said["owner_level"] = OwnerLevel.read(asked.owner_level)
    if asked.standing is not None:
        said["standing"] = Standing.read(asked.standing)
    if asked.price is not None:
        said["unit_price"] = parse_fen(asked.price) if asked.price.strip() else None
    return said


def _one(done: Outcome[Parcel]) -> Outcome[list[Parcel]]:
    return Outcome([done.value], done.changes, done.warnings)


_ACTIONS: dict[str, Callable[[UnitOfWork, Namespace], Outcome[list[Parcel]]]] = {
    "add": _add,
    "change": _change,
    "split": _split,
    "merge": _merge,
    "end": _end,
    "sketch": _sketch,
}
