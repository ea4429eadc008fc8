"""资产台账 (asset register): every asset on a day with its value, by kind, held against the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from village_ledger.domain.asset import KIND_NAMES, Method
from village_ledger.domain.period import Span
from village_ledger.reports.table import Cell, Check, Column, Kind, Role, Row, Table
from village_ledger.services.assets.asset_ties import Tie
from village_ledger.storage.assets.records import Standing

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer

COLUMNS = (
    Column("code", "资产编号", Kind.CODE, 20),
    Column("name", "名称", Kind.TEXT, 40),
    Column("kind", "类别", Kind.TEXT, 24),
    Column("use", "用途", Kind.TEXT, 12),
    Column("in_use", "启用日期", Kind.DATE, 22),
    Column("cost", "原值", Kind.MONEY, 28),
    Column("salvage", "残值", Kind.MONEY, 22),
    Column("accumulated", "已提折旧", Kind.MONEY, 28),
    Column("net", "净值", Kind.MONEY, 28),
    Column("method", "折旧方法", Kind.TEXT, 20, optional=True),
    Column("months", "使用月数", Kind.COUNT, 14, optional=True),
    Column("units", "总工作量", Kind.QUANTITY, 20, optional=True),
    Column("status", "使用状况", Kind.TEXT, 14),
    Column("keeper", "保管人", Kind.TEXT, 16),
    Column("place", "坐落地点", Kind.TEXT, 28, optional=True),
    Column("user", "使用人", Kind.TEXT, 24, optional=True),
    Column("source", "来源", Kind.TEXT, 16, optional=True),
    Column("account_kind", "核算类别", Kind.TEXT, 24, optional=True),
)
_SUMS = 9
"""Columns up to net; sums leave the rest blank."""


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """What was read: assets on a day, and their accounts."""

    day: date
    assets: Sequence[Standing]
    ties: Sequence[Tie]


def asset_register(issuer: Issuer, figures: RegisterFigures) -> Table:
    """Assets by kind with sums, and whether they tie to the books; a column nobody has anything in is left out."""
    places = _filled(figures.assets)
    return Table(
        report="asset-register",
        title="资产台账",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=tuple(COLUMNS[place] for place in places),
        rows=tuple(
            replace(row, cells=tuple(row.cells[place] for place in places)) for row in _rows(figures.assets)
        ),
        span=Span(date(figures.day.year, 1, 1), figures.day),
        heading=(f"截至 {figures.day}", f"{len(figures.assets)} 项", "单位：元"),
        checks=tuple(
            Check("X10", not tie.difference, f"{tie.account} {tie.name}和卡片", tie.words())
            for tie in figures.ties
        ),
        watermark=issuer.watermark,
        signatures=(("负责人", ""), ("资产管理", ""), ("制表", "")),
        full_dates=True,
        sums_on_paper=True,
    )


def _filled(assets: Sequence[Standing]) -> list[int]:
    """Columns in which some asset has something; the kind of account only where there are several."""
    cells = [_cells(one) for one in assets]
    several = len({one.card.kind for one in assets}) > 1
    return [
        place
        for place, column in enumerate(COLUMNS)
        if not column.optional
        or (several if column.key == "account_kind" else any(row[place] for row in cells))
    ]


def _rows(assets: Sequence[Standing]) -> list[Row]:
    order = {kind: place for place, kind in enumerate(KIND_NAMES)}
    sorted_ = sorted(assets, key=lambda one: (order[one.card.kind], one.card.code))
    rows: list[Row] = []
    for kind, group in groupby(sorted_, key=lambda one: one.card.kind):
        some = list(group)
        rows += [Row(Role.DETAIL, _cells(one)) for one in some]
        rows.append(_sum(Role.SUBTOTAL, f"{kind.words}小计（{len(some)} 项）", some))
    if rows:
        rows.append(_sum(Role.TOTAL, f"合计（{len(assets)} 项）", assets))
    return rows


def _cells(one: Standing) -> tuple[Cell, ...]:
    card = one.card
    return (
        card.code,
        card.name,
        card.filed_as,
        one.facts.use.words,
        card.in_use,
        one.cost,
        one.salvage,
        one.accumulated,
        one.net,
        "" if card.method is Method.NONE and not card.kind.is_charged else card.method.words,
        card.months or None,
        card.units or None,
        one.status.words,
        one.facts.keeper,
        one.facts.place,
        one.facts.user,
        card.source.words,
        card.kind.words,
    )


def _sum(role: Role, words: str, some: Sequence[Standing]) -> Row:
    figures = (
        sum(one.cost for one in some),
        sum(one.salvage for one in some),
        sum(one.accumulated for one in some),
        sum(one.net for one in some),
    )
    blank = ("",) * (len(COLUMNS) - _SUMS)
    return Row(role, ("", words, "", "", None, *figures, *blank))
