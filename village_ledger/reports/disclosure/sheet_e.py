"""Sheet E (固定资产、资源台账): what the village owns, what it is worth, who uses it until when for how much, what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from village_ledger.domain.area import mu_text
from village_ledger.domain.asset import KIND_NAMES
from village_ledger.domain.parcel import Parcel
from village_ledger.domain.parcel import Standing as ParcelStanding
from village_ledger.reports.disclosure.lets import Let
from village_ledger.reports.disclosure.public_sheet import Public, in_use, public_sheet
from village_ledger.reports.parcels.resource_register import bounds_words, kind_words, owner_words
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table
from village_ledger.services.assets.asset_ties import Tie
from village_ledger.storage.assets.records import Standing

_LET = (
    Column("until", "租到", Kind.DATE, 24),
    Column("year_rent", "年租金", Kind.MONEY, 26),
    Column("received", "本期收到", Kind.MONEY, 26),
    Column("open", "还欠", Kind.MONEY, 24),
)
ASSETS = (
    Column("code", "资产编号", Kind.CODE, 18),
    Column("name", "名称", Kind.TEXT, 56),
    Column("kind", "类别", Kind.TEXT, 26, optional=True),
    Column("use", "用途", Kind.TEXT, 13),
    Column("cost", "原值", Kind.MONEY, 30),
    Column("accumulated", "已提折旧", Kind.MONEY, 30),
    Column("net", "净值", Kind.MONEY, 30),
    Column("status", "使用状况", Kind.TEXT, 18),
    Column("keeper", "保管人", Kind.TEXT, 18, optional=True),
    Column("user", "使用人", Kind.TEXT, 34),
    *_LET,
)
PARCELS = (
    Column("code", "地块编号", Kind.CODE, 18),
    Column("name", "名称", Kind.TEXT, 34),
    Column("kind", "类别", Kind.TEXT, 26),
    Column("area_mu", "面积（亩）", Kind.DECIMAL, 20),
    Column("bounds", "四至", Kind.TEXT, 44, optional=True),
    Column("owner", "所有权", Kind.TEXT, 26, optional=True),
    Column("standing", "利用情况", Kind.TEXT, 20),
    Column("used_by", "使用人", Kind.TEXT, 34),
    Column("unit_price", "单价（每年）", Kind.TEXT, 28, optional=True),
    *_LET,
)
_MONEY = ("cost", "accumulated", "net", "year_rent", "received", "open")

Lets = Mapping[str, Sequence[Let]]


def assets_table(public: Public, assets: Sequence[Standing], lets: Lets, ties: Sequence[Tie]) -> Table:
    """Assets by kind with sums; values are held against the books."""
    order = {kind: place for place, kind in enumerate(KIND_NAMES)}
    ordered = sorted(assets, key=lambda one: (order[one.card.kind], one.card.code))
    rows: list[Row] = []
    for kind, group in groupby(ordered, key=lambda one: one.card.kind):
        some = [_asset(public, one, lets.get(one.card.code, ())) for one in group]
        rows += [*some, _sum(ASSETS, Role.SUBTOTAL, f"{kind.words}小计（{len(some)} 项）", some)]
    if rows:
        rows.append(_sum(ASSETS, Role.TOTAL, f"合计（{len(ordered)} 项）", rows))
    checks = [
        Check("X10", not tie.difference, f"{tie.account} {tie.name}和卡片", tie.words()) for tie in ties
    ]
    columns, kept = in_use(ASSETS, rows)
    notes = ("一份合同租几样东西的，租金写在每一样后面，合计里也各算一次；逐份的租金看合同和租金公开表。",)
    shared = any(len(one.codes) > 1 for some in lets.values() for one in some)
    table = public_sheet(
        public,
        "disclosure-assets",
        "固定资产等资产公开表",
        columns,
        kept,
        checks=checks,
        notes=notes if shared else (),
    )
    return replace(table, full_dates=True)


def _asset(public: Public, one: Standing, lets: Sequence[Let]) -> Row:
    card = one.card
    cells: dict[str, Cell] = {
        "code": card.code,
        "name": "，".join(filter(None, (card.name, card.spec, one.facts.place))),
        "kind": card.filed_as,
        "use": one.facts.use.words,
        "cost": one.cost,
        "accumulated": one.accumulated,
        "net": one.net,
        "status": one.status.words,
        "keeper": one.facts.keeper,
        "user": _parties(lets) or one.facts.user,
        **_rent(lets),
    }
    link = Link("asset", card.code, public.issuer.ledger)
    return Row(Role.DETAIL, tuple(cells[column.key] for column in ASSETS), link=link)


def parcels_table(public: Public, parcels: Sequence[Parcel], kinds: Sequence[str], lets: Lets) -> Table:
    """Parcels by kind with sums."""
    ordered = sorted(parcels, key=lambda one: (kinds.index(one.card.kind), one.code))
    rows: list[Row] = []
    for kind, group in groupby(ordered, key=lambda one: one.card.kind):
        own = list(group)
        some = [_parcel(one, lets.get(one.code, ())) for one in own]
        rows += [*some, _sum(PARCELS, Role.SUBTOTAL, f"{kind}小计（{len(own)} 块）", some, _area(own))]
    if rows:
        rows.append(_sum(PARCELS, Role.TOTAL, f"合计（{len(ordered)} 块）", rows, _area(ordered)))
    disputed = [f"{one.code} {one.card.disputed}" for one in ordered if one.card.disputed]
    notes = [f"有争议的 {len(disputed)} 块：{'；'.join(disputed)}。"] if disputed else []
    columns, kept = in_use(PARCELS, rows)
    table = public_sheet(public, "disclosure-parcels", "各类资源公开表", columns, kept, notes=notes)
    return replace(table, full_dates=True)


def _parcel(one: Parcel, lets: Sequence[Let]) -> Row:
    card = one.card
    standing = ParcelStanding.LET if any(let.in_force for let in lets) else card.standing
    cells: dict[str, Cell] = {
        "code": one.code,
        "name": card.name,
        "kind": kind_words(one),
        "area_mu": mu_text(card.area),
        "bounds": bounds_words(one),
        "owner": owner_words(one),
        "standing": standing.words,
        "used_by": _parties(lets) or card.used_by,
        "unit_price": "、".join(dict.fromkeys(let.unit_price for let in lets if let.unit_price)),
        **_rent(lets),
    }
    link = Link("parcel", one.code, one.ledger)
    return Row(Role.DETAIL, tuple(cells[column.key] for column in PARCELS), link=link)


def _parties(lets: Sequence[Let]) -> str:
    return "、".join(dict.fromkeys(let.party for let in lets))


def _rent(lets: Sequence[Let]) -> dict[str, Cell]:
    """Term, rent, what came in and what is owed; blank for what is not let."""
    if not lets:
        return dict.fromkeys(("until", "year_rent", "received", "open"))
    return {
        "until": max(let.terms.end for let in lets),
        "year_rent": sum(let.year_rent for let in lets if let.in_force),
        "received": sum(let.received for let in lets),
        "open": sum(let.owed for let in lets),
    }


def _area(some: Sequence[Parcel]) -> str:
    return mu_text(sum(one.card.area for one in some))


def _sum(columns: Sequence[Column], role: Role, words: str, rows: Sequence[Row], area: str = "") -> Row:
    details = [row for row in rows if row.role is Role.DETAIL]
    cells: dict[str, Cell] = {"name": words, "area_mu": area or None}
    for place, column in enumerate(columns):
        if column.key in _MONEY:
            values = [value for row in details if isinstance(value := row.cells[place], int)]
            cells[column.key] = sum(values) if values else None
    return Row(role, tuple(cells.get(column.key) for column in columns))
