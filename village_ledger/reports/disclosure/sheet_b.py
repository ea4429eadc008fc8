"""Sheet B (收支汇总表): the disclosure items of a ledger, period, year to date and plan beside each other.

Income and cost here are those of the accounts (收益); money in and out stand on sheet A (收付). Nothing is 无, never blank,
so that a villager sees that the item was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from village_ledger.domain.disclosure_items import ClassKind, Item, ItemClass, Items, Sorted
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

NIL = "无"
COLUMNS = (
    Column("class", "类", Kind.TEXT, 34),
    Column("item", "项", Kind.COUNT, 12),
    Column("name", "公开项目", Kind.TEXT, 70),
    Column("period", "本期", Kind.MONEY, 31),
    Column("year", "本年累计", Kind.MONEY, 31),
    Column("plan", "年度计划", Kind.MONEY, 31),
    Column("done", "完成%", Kind.DECIMAL, 16),
    Column("closing", "期末余额", Kind.MONEY, 31),
    Column("note", "说明", Kind.TEXT, 30),
)
_SUMMED = frozenset({ClassKind.INCOME, ClassKind.EXPENSE})


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Figures of one item, fen; None where the item has no such figure."""

    period: int | None = None
    year: int | None = None
    plan: int | None = None
    closing: int | None = None
    note: str = ""
    planned_whole: bool = True
    """False for a sum of which some part was never planned: no share of the plan can be told of it."""

    @property
    def done(self) -> str | None:
        """How much of the year's plan has come in or gone out, per cent with one decimal, half up."""
        if not self.plan or self.plan < 0 or self.year is None or not self.planned_whole:
            return None
        whole, part = divmod((abs(self.year) * 2000 + self.plan) // (2 * self.plan), 10)
        return f"{'-' if self.year < 0 else ''}{whole}.{part}"


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
    elsewhere: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is said beside a class that has no items, by its id."""
    plan: str = ""
    """Which version of the year's plan it is, and who decided it; empty when there is none."""


def sheet_b_table(issuer: Issuer, given: SheetB, title: str) -> Table:
    """The sheet: each class, each item in order, and the proof that every account stands on exactly one item."""
    rows: list[Row] = []
    for one in given.items.classes:
        rows += _class_rows(one, given, issuer.ledger)
    year = given.span.last.year
    plan = (
        f"{year}年财务计划：{given.plan}。" if given.plan else f"{year}年还没有财务计划，计划和完成两栏空着。"
    )
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
        heading=(given.span.words(), "单位：元"),
        checks=_checks(given),
        notes=(
            f"项目依据：{given.items.source}。",
            plan,
            "收入、支出按账上收益、成本计；钱的收付看逐笔收支公开表。",
        ),
        warnings=tuple(given.warnings),
        watermark=issuer.watermark,
        zero="—",
    )


def _class_rows(one: ItemClass, given: SheetB, ledger: str) -> list[Row]:
    items = given.items.of(one.id)
    note = "" if items else given.elsewhere.get(one.id, "另页逐项列出")
    rows = [Row(Role.SECTION, _cells(one.title, None, one.title, ItemFigures(note=note)))]
    found = [(item, given.figures.get(item.number, ItemFigures())) for item in items]
    rows += [_item_row(one.title, item, figures, ledger) for item, figures in found]
    if one.kind in _SUMMED:
        planned = [figures.plan for _, figures in found if figures.plan]
        together = ItemFigures(
            sum(figures.period or 0 for _, figures in found),
            sum(figures.year or 0 for _, figures in found),
            sum(planned) if planned else None,
            planned_whole=all(figures.plan or not figures.year for _, figures in found),
        )
        rows.append(Row(Role.SUBTOTAL, _cells("", None, "合计", together)))
    return rows


def _item_row(title: str, item: Item, figures: ItemFigures, ledger: str) -> Row:
    nothing = not any((figures.period, figures.year, figures.plan, figures.closing, figures.note))
    shown = replace(figures, note=NIL) if nothing else figures
    link = Link("lines", f"disclosure-items:{item.number}", ledger)
    return Row(Role.DETAIL, _cells(title, item.number, item.name, shown), link=link)


def _cells(title: str, number: int | None, name: str, shown: ItemFigures) -> tuple[Cell, ...]:
    return (
        title,
        number,
        name,
        shown.period,
        shown.year,
        shown.plan,
        shown.done,
        shown.closing,
        shown.note,
    )


def _checks(given: SheetB) -> tuple[Check, ...]:
    lost = "、".join(f"{code} {given.names.get(code, '')}".strip() for code in given.sorted.nowhere)
    return (
        Check("每个科目只归一项", not given.sorted.twice, "没有科目归到两项", "；".join(given.sorted.twice)),
        Check("每个科目都归到", not given.sorted.nowhere, "没有漏掉的科目", lost),
    )
