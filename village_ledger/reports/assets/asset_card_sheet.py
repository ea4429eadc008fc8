"""资产卡片: everything the books say of one asset: facts, figures, what happened, what each month bore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.asset import Method
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.quantity import format_quantity
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.storage.assets.records import AssetEvent, ChargedMonth, DatedFacts, Standing

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer

COLUMNS = (
    Column("day", "日期", Kind.DATE, 26),
    Column("item", "项目", Kind.TEXT, 36),
    Column("said", "内容", Kind.TEXT, 120),
    Column("amount", "金额", Kind.MONEY, 34),
    Column("voucher", "凭证", Kind.TEXT, 34),
)


@dataclass(frozen=True, slots=True)
class CardFigures:
    """What was read of one asset."""

    day: date
    standing: Standing
    facts: Sequence[DatedFacts]
    events: Sequence[AssetEvent]
    charges: Sequence[ChargedMonth]
    contracts: Sequence[tuple[str, str, date, date]]
    """Contracts over it: number, party, first and last day."""


def asset_card_sheet(issuer: Issuer, figures: CardFigures) -> Table:
    """What it is, what it is worth, then its history by year."""
    card = figures.standing.card
    return Table(
        report="asset-card",
        title="资产卡片",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=(*_facts(figures.standing), *_contracts(figures), *_history(figures), *_charged(figures)),
        span=Span(date(figures.day.year, 1, 1), figures.day),
        heading=(f"{card.code} {card.name}", f"截至 {figures.day}", "单位：元"),
        watermark=issuer.watermark,
        signatures=(("负责人", ""), ("保管人", ""), ("制表", "")),
        full_dates=True,
    )


def _row(item: str, said: str, amount: int | None = None) -> Row:
    return Row(Role.DETAIL, (None, item, said, amount, ""))


def life_words(standing: Standing) -> str:
    """How an asset is charged, in words."""
    card = standing.card
    if card.method is Method.NONE:
        return "不提折旧"
    if card.method is Method.STRAIGHT:
        return f"{card.method.words}，{card.months} 个月"
    return f"{card.method.words}，总工作量 {format_quantity(card.units)}"


def _facts(standing: Standing) -> list[Row]:
    card, facts = standing.card, standing.facts
    said = [
        ("类别", f"{card.filed_as}（{card.kind.words}）"),
        ("用途", facts.use.words),
        ("使用状况", standing.status.words),
        ("来源", card.source.words),
        ("规格、数量", " ".join(filter(None, (card.spec, card.quantity)))),
        ("坐落地点", facts.place),
        ("保管人", facts.keeper),
        ("使用人", facts.user),
        ("权证号", card.certificate),
        ("项目", card.project),
        ("启用日期", card.in_use.isoformat()),
        ("折旧", life_words(standing)),
        ("是否量化", "是" if card.quantified else ""),
        ("备注", card.note),
    ]
    worth = [
        _row("原值", "", standing.cost),
        _row(
            "已提折旧",
            f"其中登记以前 {format_fen(card.opening)}" if card.opening else "",
            standing.accumulated,
        ),
        _row("净值", "", standing.net),
        _row("残值", "", standing.salvage),
    ]
    return [*worth, *(_row(item, text) for item, text in said if text)]


def event_words(event: AssetEvent) -> str:
    """What happened, in words."""
    parts = [event.way, event.party, event.basis, event.note]
    if event.months:
        parts.append(f"以后还提 {event.months} 个月")
    if event.units:
        parts.append(f"以后还有工作量 {format_quantity(event.units)}")
    if event.proceeds:
        parts.append(f"价款 {format_fen(event.proceeds)}")
    if not event.counts:
        parts.append("凭证已作废或冲销，不算数")
    return "，".join(part for part in parts if part)


def facts_words(before: DatedFacts | None, after: DatedFacts) -> str:
    """What changed between two days."""
    names = (("use", "用途"), ("status", "状况"), ("place", "地点"), ("keeper", "保管人"), ("user", "使用人"))
    parts: list[str] = []
    for key, label in names:
        old = getattr(before.facts, key) if before else None
        new = getattr(after.facts, key)
        if new != old and (new or before):
            parts.append(f"{label} {getattr(new, 'words', new) or '（空）'}")
    return "，".join([*parts, *([after.note] if after.note else [])])


def _contracts(figures: CardFigures) -> list[Row]:
    """Who has it under contract; nothing where nobody has."""
    rows = [
        Row(
            Role.DETAIL,
            (
                start,
                "合同",
                f"{number} {party}，到 {end}{'' if end >= figures.day else '，已到期'}",
                None,
                "",
            ),
            link=Link("contract", number),
        )
        for number, party, start, end in figures.contracts
    ]
    return [Row(Role.SECTION, (None, "合同", "", None, "")), *rows] if rows else []


def _history(figures: CardFigures) -> list[Row]:
    rows: list[tuple[date, int, Row]] = []
    for place, fact in enumerate(figures.facts):
        before = figures.facts[place - 1] if place else None
        cells = (fact.day, "登记" if before is None else "改用途保管", facts_words(before, fact), None, "")
        rows.append((fact.day, 0, Row(Role.DETAIL, cells)))
    for event in figures.events:
        amount = event.cost or None
        cells = (event.day, event.kind.words, event_words(event), amount, "、".join(event.vouchers))
        link = Link("voucher", str(event.voucher_ids[0])) if event.voucher_ids else None
        rows.append((event.day, 1, Row(Role.DETAIL, cells, link=link)))
    head = Row(Role.SECTION, (None, "变动", "", None, ""))
    return [head, *(row for _, _, row in sorted(rows, key=lambda one: one[:2]))]


def _charged(figures: CardFigures) -> list[Row]:
    if not figures.charges:
        return []
    months = [
        Row(
            Role.DETAIL,
            (one.month.last, str(one.month), f"记入 {one.expense}", one.amount, one.voucher),
            link=Link("voucher", str(one.voucher_id)),
        )
        for one in figures.charges
    ]
    return [Row(Role.SECTION, (None, "折旧", "", None, "")), *months]
