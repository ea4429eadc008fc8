"""Sheet B (收支汇总表): the disclosure items of a ledger, period, year to date and plan beside each other.

Income and cost here are those of the accounts (收益); money in and out stand on sheet A (收付). Nothing is 无, never blank,
so that a villager sees that the item was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from village_ledger.domain.disclosure_items import ClassKind, Item, ItemClass, Items, Sorted
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Check, Column, Kind, Role, Row, Table

NIL = "无"
COLUMNS = (
    Column("class", "类", Kind.TEXT, 34),
    Column("item", "项", Kind.COUNT, 12),
    Column("name", "公开项目", Kind.TEXT, 78),
    Column("period", "本期", Kind.MONEY, 32),
    Column("year", "本年累计", Kind.MONEY, 32),
    Column("plan", "年度计划", Kind.MONEY, 32),
    Column("closing", "期末余额", Kind.MONEY, 32),
    Column("note", "说明", Kind.TEXT, 15),
)
_SUMMED = frozenset({ClassKind.INCOME, ClassKind.EXPENSE})


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Figures of one item, fen; None where the item has no such figure."""

    period: int | None = None
    year: int | None = None
    plan: int | None = None
    closing: int | None = None


@dataclass(frozen=True, slots=True)
class SheetB:
    """What sheet B is made from."""

    span: Span
    items: Items
    sorted: Sorted
    figures: Mapping[int, ItemFigures]
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """Account to its full name, for what no item takes."""
    warnings: Sequence[str] = ()


def sheet_b_table(issuer: Issuer, given: SheetB, title: str) -> Table:
    """The sheet: each class, each item in order, and the proof that every account stands on exactly one item."""
    rows: list[Row] = []
    for one in given.items.classes:
        rows += _class_rows(one, given)
    return Table(
        report="disclosure-items",
        title=title,
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=given.span,
        subtitle=f"{issuer.title} · 按公开项目汇总",
        heading=("单位：元",),
        checks=_checks(given),
        notes=(
            f"项目依据：{given.items.source}。",
            "收入、支出按账上收益、成本计；钱的收付看逐笔收支公开表。",
        ),
        warnings=tuple(given.warnings),
        watermark=issuer.watermark,
        zero="—",
    )


def _class_rows(one: ItemClass, given: SheetB) -> list[Row]:
    items = given.items.of(one.id)
    rows = [_row(Role.SECTION, one.title, None, one.title, note="" if items else "另页逐项列出")]
    found = [(item, given.figures.get(item.number, ItemFigures())) for item in items]
    rows += [_item_row(one.title, item, figures) for item, figures in found]
    if one.kind in _SUMMED:
        rows.append(
            _row(
                Role.SUBTOTAL,
                "",
                None,
                "合计",
                ItemFigures(
                    sum(figures.period or 0 for _, figures in found),
                    sum(figures.year or 0 for _, figures in found),
                ),
            )
        )
    return rows


def _item_row(title: str, item: Item, figures: ItemFigures) -> Row:
    nothing = not any((figures.period, figures.year, figures.plan, figures.closing))
    return _row(Role.DETAIL, title, item.number, item.name, figures, NIL if nothing else "")


def _row(
    role: Role,
    title: str,
    number: int | None,
    name: str,
    figures: ItemFigures | None = None,
    note: str = "",
) -> Row:
    shown = figures or ItemFigures()
    cells: tuple[Cell, ...] = (
        title,
        number,
        name,
        shown.period,
        shown.year,
        shown.plan,
        shown.closing,
        note,
    )
    return Row(role, cells)


def _checks(given: SheetB) -> tuple[Check, ...]:
    lost = "、".join(f"{code} {given.names.get(code, '')}".strip() for code in given.sorted.nowhere)
    return (
        Check("每个科目只归一项", not given.sorted.twice, "没有科目归到两项", "；".join(given.sorted.twice)),
        Check("每个科目都归到", not given.sorted.nowhere, "没有漏掉的科目", lost),
    )
