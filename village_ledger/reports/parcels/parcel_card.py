"""地块卡片: all the register says of one parcel, who uses it, what became of it, and its sketch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.area import mu_text, sqm_text, words
from village_ledger.domain.money import format_fen
from village_ledger.domain.parcel import Parcel, ParcelEvent, Sketch
from village_ledger.domain.period import Span
from village_ledger.reports.parcels.resource_register import kind_words, owner_words
from village_ledger.reports.parcels.sketch_picture import sketch_picture
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.services.parcels.parcels import differences, sketch_differs

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer
    from village_ledger.services.parcels.parcel_use import ParcelUse

COLUMNS = (
    Column("item", "项目", Kind.TEXT, 34),
    Column("said", "内容", Kind.TEXT, 120),
    Column("since", "从哪天起", Kind.DATE, 28),
    Column("basis", "依据", Kind.TEXT, 70),
)


@dataclass(frozen=True, slots=True)
class CardFigures:
    """What was read of a parcel."""

    day: date
    parcel: Parcel
    uses: Sequence[ParcelUse]
    states: Sequence[Parcel]
    events: Sequence[ParcelEvent]
    sketch: Sketch | None


def parcel_card(issuer: Issuer, figures: CardFigures) -> Table:
    """Facts first, contracts, then the history; the sketch under the rows."""
    parcel, drawn = figures.parcel, figures.sketch
    rows = [*_facts(parcel), *_contracts(figures), *_history(figures)]
    return Table(
        report="parcel",
        title="地块卡片",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span(figures.day, figures.day),
        heading=(f"{parcel.code} {parcel.card.name}", f"截至 {figures.day}"),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("资源管理", ""), ("制表", "")),
        full_dates=True,
        picture=sketch_picture(parcel, drawn, sketch_differs(parcel, drawn)) if drawn else None,
    )


def _facts(parcel: Parcel) -> list[Row]:
    card = parcel.card
    price = f"{format_fen(card.unit_price)} 元/亩·年" if card.unit_price is not None else ""
    said = [
        ("地块编号", parcel.code),
        ("名称", card.name),
        ("类别", kind_words(parcel)),
        ("面积", f"{mu_text(card.area)} 亩（{sqm_text(card.area)} 平方米）"),
        *card.bounds,
        ("所有权", owner_words(parcel)),
        ("权证号", card.certificate),
        ("图幅号", card.map_ref),
        ("利用情况", card.standing.words),
        ("使用人", card.used_by),
        ("参考单价", price),
        ("争议", card.disputed or "没有"),
        ("原村编号", card.origin),
        ("备注", card.note),
    ]
    first = Row(Role.DETAIL, (*said[0], parcel.effective, parcel.basis))
    return [first, *(Row(Role.DETAIL, (item, what, None, "")) for item, what in said[1:] if what)]


def _contracts(figures: CardFigures) -> list[Row]:
    rows: list[Row] = []
    for use in figures.uses:
        area = words(use.area) if use.area else "整块"
        state = "在用" if use.on(figures.day) else ("已到期" if use.end < figures.day else "未开始或已终止")
        said = f"{use.number} {use.party}，{area}，到 {use.end}，{state}"
        rows.append(Row(Role.DETAIL, ("合同", said, use.start, ""), link=Link("contract", use.number)))
    return rows or [Row(Role.DETAIL, ("合同", "没有", None, ""))]


def _history(figures: CardFigures) -> list[Row]:
    rows: list[Row] = []
    for before, after in zip(figures.states, figures.states[1:], strict=False):
        rows.append(
            Row(Role.DETAIL, ("变更", differences(before.card, after.card), after.effective, after.basis))
        )
    return rows + [
        Row(Role.DETAIL, (one.kind.words, one.words, one.day, one.basis)) for one in figures.events
    ]
