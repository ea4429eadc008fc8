"""Parcels and asset cards into the merged book: as they stand at the end of the old one, under one set of codes."""

from __future__ import annotations

from dataclasses import replace

from village_ledger.domain.asset import Card, Facts, Method
from village_ledger.domain.depreciation import first_plan
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month
from village_ledger.services.assets import cards, movements
from village_ledger.services.assets.depreciation import months_left
from village_ledger.services.merger.carry_codes import Numbers, keep, numbers_of
from village_ledger.services.merger.merging import Merging
from village_ledger.services.merger.sources import OldBook
from village_ledger.services.parcels import parcels
from village_ledger.storage.assets.records import Standing

_CODE_LIMIT = 40


def card_numbers(merging: Merging) -> Numbers:
    """New codes of parcels and assets, which share one set in a ledger."""

    def listed(one: OldBook, ledger: str) -> list[str]:
        day = merging.request.day
        land = [parcel.code for parcel in one.reader.parcels(ledger, day) if parcel.ended is None]
        return [*land, *(x.card.code for x in one.reader.asset_standings(ledger, day))]

    return numbers_of(merging, listed, _CODE_LIMIT)


def carry_cards(merging: Merging) -> Numbers:
    """Every living parcel with its sketch, every asset that is there; returns their new codes."""
    numbers = card_numbers(merging)
    for one in merging.books:
        groups = {x.old: x.new for x in merging.codes if (x.source, x.kind) == (one.number, "group")}
        for old in one.source.ledgers:
            ledger = merging.ledger(one, old.code)
            if ledger:
                _parcels(merging, one, old.code, ledger, numbers, groups)
                _assets(merging, one, old.code, ledger, numbers)
    keep(merging, "card", numbers)
    return numbers


def _parcels(
    merging: Merging, one: OldBook, old: str, ledger: str, numbers: Numbers, groups: dict[str, str]
) -> None:
    day, basis = merging.request.day, merging.basis
    for parcel in one.reader.parcels(old, day):
        if parcel.ended is not None:
            continue
        code = numbers[one.number, old, parcel.code]
        card = replace(
            parcel.card,
            origin=parcel.card.origin or f"{one.village} {parcel.code}",
            owner=groups.get(parcel.card.owner, parcel.card.owner),
            used_by=merging.party(one, parcel.card.used_by),
        )
        try:
            parcels.add(merging.uow, ledger, code, card, parcel.effective, basis)
            drawn = one.reader.parcel_sketch(old, parcel.code, day)
            if drawn is not None:
                parcels.sketch(merging.uow, ledger, code, drawn, parcel.effective, basis)
        except LedgerError as error:
            merging.matter(one, "地块", parcel.code, f"{error.what}，请在新账里登记。")


def _assets(merging: Merging, one: OldBook, old: str, ledger: str, numbers: Numbers) -> None:
    """Cards with what was taken from them till the last day; who has fewer or more months left than they say is told so."""
    found = one.reader.asset_standings(old, merging.request.day)
    made = [(_card(merging, one, old, x, numbers), _facts(merging, one, old, x)) for x in found]
    if not made:
        return
    try:
        said = cards.add_all(merging.uow, ledger, made, imported=True).warnings
    except LedgerError as error:
        merging.matter(
            one, "资产", f"{len(made)} 张卡片", f"{error.what}。卡片没有带过来，请在新账里导入资产清单。"
        )
        return
    merging.warnings += [text for text in said if text]
    for standing, (card, _) in zip(found, made, strict=True):
        _same_life(merging, one, old, standing, (ledger, card))


def _card(merging: Merging, one: OldBook, old: str, standing: Standing, numbers: Numbers) -> Card:
    card = standing.card
    by_units = card.method in (Method.HOURS, Method.OUTPUT)
    worked = sum(one.reader.asset_usage(standing.stored.id).values()) if by_units else 0
    return replace(
        card,
        code=numbers[one.number, old, card.code],
        cost=standing.cost,
        salvage=standing.salvage,
        opening=standing.accumulated,
        as_of=Month.of(merging.request.day),
        units_before=(card.units_before or 0) + worked if by_units else card.units_before,
        project=merging.project(one, card.project),
        note="；".join(filter(None, (f"{one.village}原编号 {card.code}", card.note))),
    )


def _facts(merging: Merging, one: OldBook, old: str, standing: Standing) -> Facts:
    facts = standing.facts
    return replace(
        facts,
        user=merging.party(one, facts.user),
        charge=merging.account(one, old, facts.charge) if facts.charge else "",
    )


def _same_life(merging: Merging, one: OldBook, old: str, standing: Standing, made: tuple[str, Card]) -> None:
    """An asset whose life was thought of anew has the months it had left."""
    ledger, card = made
    if card.method is not Method.STRAIGHT or not standing.net:
        return
    left = months_left(one.reader, old, standing.stored.id, merging.request.start)
    if not left or first_plan(card).months == left:
        return
    try:
        movements.revise(
            merging.uow,
            ledger,
            card.code,
            merging.request.start.previous().last,
            movements.Estimate(months=left),
            basis=merging.basis,
        )
    except LedgerError:
        text = f"旧账里还剩 {left} 个月，新卡片按原值和已提折旧推算，请核对折旧年限。"
        merging.matter(one, "资产", card.code, text)
