"""资源台账: every parcel on a day, what it is, where it ends, whose it is, who uses it under what contract; sums by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from village_ledger.domain.area import mu_text, sqm_text, words
from village_ledger.domain.parcel import OwnerLevel, Parcel, ParcelEvent, Standing
from village_ledger.domain.period import Span
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table
from village_ledger.services.parcels.parcel_rules import parcel_rules
from village_ledger.services.parcels.parcel_use import ParcelUse, let_area

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer

COLUMNS = (
    Column("code", "地块编号", Kind.CODE, 22),
    Column("name", "名称", Kind.TEXT, 30),
    Column("kind", "类别", Kind.TEXT, 20),
    Column("area_mu", "面积（亩）", Kind.DECIMAL, 20),
    Column("area_sqm", "面积（平方米）", Kind.DECIMAL, 26),
    Column("bounds", "四至", Kind.TEXT, 48),
    Column("owner", "所有权", Kind.TEXT, 26),
    Column("certificate", "权证号", Kind.TEXT, 26),
    Column("standing", "利用情况", Kind.TEXT, 18),
    Column("used_by", "使用人", Kind.TEXT, 24),
    Column("contract", "合同", Kind.TEXT, 26),
    Column("let_mu", "发包（亩）", Kind.DECIMAL, 20),
    Column("unit_price", "单价（元/亩·年）", Kind.MONEY, 22),
    Column("disputed", "争议", Kind.TEXT, 20),
)


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """What was read of a day."""

    day: date
    parcels: Sequence[Parcel]
    uses: Mapping[str, Sequence[ParcelUse]]
    events: Sequence[ParcelEvent]


def resource_register(issuer: Issuer, figures: RegisterFigures) -> Table:
    """One row a parcel, by kind and code; a sum for each kind and for all."""
    order = [one.id for one in parcel_rules().kinds]
    ordered = sorted(figures.parcels, key=lambda one: (order.index(one.card.kind), one.code))
    rows: list[Row] = []
    for kind, of_kind in groupby(ordered, key=lambda one: one.card.kind):
        some = list(of_kind)
        rows += [_row(one, figures) for one in some]
        rows.append(_sum_row(Role.SUBTOTAL, f"{kind}小计", some, figures))
    rows.append(_sum_row(Role.TOTAL, "合计", ordered, figures))
    return Table(
        report="resource-register",
        title="资源台账",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span(figures.day, figures.day),
        heading=(f"截至 {figures.day}", "面积单位：亩、平方米"),
        checks=_checks(figures),
        notes=tuple(_notes(figures)),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("监事长", ""), ("资源管理", ""), ("制表", "")),
    )


def owner_words(parcel: Parcel) -> str:
    """Whose the land is."""
    card = parcel.card
    return (
        card.owner_level.words
        if card.owner_level is OwnerLevel.VILLAGE
        else f"{card.owner_level.words} {card.owner}"
    )


def bounds_words(parcel: Parcel) -> str:
    """The four bounds in a line."""
    return "，".join(f"{side}{said}" for side, said in parcel.card.bounds)


def kind_words(parcel: Parcel) -> str:
    """Kind and the finer word of the standard."""
    card = parcel.card
    return f"{card.kind} {card.land_class}" if card.land_class else card.kind


def _row(parcel: Parcel, figures: RegisterFigures) -> Row:
    card, uses = parcel.card, [use for use in figures.uses.get(parcel.code, ()) if use.on(figures.day)]
    let = let_area(parcel, uses, figures.day)
    parties = "、".join(dict.fromkeys(use.party for use in uses)) or card.used_by
    cells = (
        parcel.code,
        card.name,
        kind_words(parcel),
        mu_text(card.area),
        sqm_text(card.area),
        bounds_words(parcel),
        owner_words(parcel),
        card.certificate,
        Standing.LET.words if uses else card.standing.words,
        parties,
        "、".join(use.number for use in uses),
        mu_text(let) if let else None,
        card.unit_price,
        card.disputed,
    )
    return Row(Role.DETAIL, cells, link=Link("parcel", parcel.code, parcel.ledger))


def _sum_row(role: Role, words_: str, some: Sequence[Parcel], figures: RegisterFigures) -> Row:
    whole = sum(one.card.area for one in some)
    let = sum(let_area(one, figures.uses.get(one.code, ()), figures.day) for one in some)
    count = f"{len(some)} 块"
    cells = (
        "",
        words_,
        count,
        mu_text(whole),
        sqm_text(whole),
        *("" for _ in range(6)),
        mu_text(let) if let else None,
        None,
        "",
    )
    return Row(role, cells)


def _checks(figures: RegisterFigures) -> tuple[Check, ...]:
    """No parcel is let beyond its area."""
    over = [
        f"{one.code} {one.card.name}"
        for one in figures.parcels
        if let_area(one, figures.uses.get(one.code, ()), figures.day) > one.card.area
    ]
    text = "发包面积不超过地块面积"
    return (Check("K43", ok=not over, text=f"{text}：{'、'.join(over)} 超过" if over else text),)


def _notes(figures: RegisterFigures) -> list[str]:
    parcels = figures.parcels
    whole = sum(one.card.area for one in parcels)
    notes = [
        f"共 {len(parcels)} 块，{words(whole)}（{sqm_text(whole)} 平方米）。1 亩 = 2000/3 平方米，小数四舍五入。"
    ]
    disputed = [one for one in parcels if one.card.disputed]
    if disputed:
        notes.append(
            f"有争议的 {len(disputed)} 块：{'；'.join(f'{x.code} {x.card.disputed}' for x in disputed)}。"
        )
    year = [event for event in figures.events if event.day.year == figures.day.year]
    notes += [f"{event.day} {event.kind.words}：{event.words}，{event.basis}。" for event in year]
    return notes
