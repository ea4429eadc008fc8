"""The comparison before and after (合并前后对照表): per item each village, what was eliminated, what stands now, proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.reports.merger.merger_words import MergerPaper
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table
from village_ledger.storage.merger.records import StoredOrigin

_BLOCKS = (
    ("资产", ("资产", "成本"), 1),
    ("负债", ("负债",), -1),
    ("所有者权益（净资产）", ("所有者权益", "净资产"), -1),
    ("本年收入减支出", ("损益", "收入", "支出"), -1),
)
"""Blocks of the comparison: which categories, and the sign their figures are shown with."""


@dataclass(slots=True)
class Figures:
    """Before by source, eliminated and after of one line; debit − credit, fen."""

    before: dict[int, int] = field(default_factory=dict[int, int])
    eliminated: int = 0
    merged: int = 0

    def add(self, other: Figures) -> None:
        """Another line into a sum."""
        for source, amount in other.before.items():
            self.before[source] = self.before.get(source, 0) + amount
        self.eliminated += other.eliminated
        self.merged += other.merged

    @property
    def holds(self) -> bool:
        """Σ before − eliminated = after."""
        return sum(self.before.values()) - self.eliminated == self.merged

    def cells(self, sources: Sequence[int], sign: int) -> list[int]:
        """Amounts in the order of columns, in the block's own sign."""
        amounts = [self.before.get(source, 0) for source in sources]
        return [sign * x for x in (*amounts, self.eliminated, self.merged)]


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """A new ledger with what came into it and what it began with (leaf to fen)."""

    title: str
    entity: str
    chart: Chart
    origins: Sequence[StoredOrigin]
    opening: Mapping[str, int]


def merger_comparison(paper: MergerPaper, ledgers: Iterable[LedgerFigures]) -> Table:
    """One table over all new ledgers that took something over."""
    numbers = [one.number for one in paper.stored.sources]
    wide = max(26, 34 - 3 * len(numbers))
    columns = (
        Column("code", "科目", Kind.CODE, 20),
        Column("name", "项目", Kind.TEXT, 62),
        *(
            Column(f"source_{one.number}", one.village, Kind.MONEY, wide, group="合并前")
            for one in paper.stored.sources
        ),
        Column("eliminated", "抵销", Kind.MONEY, wide),
        Column("merged", "合并后", Kind.MONEY, wide),
    )
    rows: list[Row] = []
    checks: list[Check] = []
    for one in ledgers:
        made, proven = _ledger(one, numbers)
        rows += made
        checks += proven
    return Table(
        report="merger-comparison",
        title="合并前后对照表",
        columns=columns,
        rows=tuple(rows),
        heading=(*paper.heading, "单位：元"),
        checks=tuple(checks),
        notes=(
            "每一行：各村相加，减去抵销，等于合并后。负债、权益照贷方余额列，借方余额为负数。",
            f"合并清单摘要值 {paper.stored.digest.hex()[:16]}；各村旧账留作档案，可以单独核对。"
            if paper.stored.digest
            else "这是合并前的试算，还没有建账。",
        ),
        signatures=(
            *((f"{source.village}", "") for source in paper.stored.sources),
            ("乡镇审核", ""),
            ("制表", paper.stored.made_by),
        ),
        **paper.head(),
    )


def _ledger(one: LedgerFigures, numbers: Sequence[int]) -> tuple[list[Row], list[Check]]:
    items = _items(one)
    blank = (None,) * (len(numbers) + 2)
    rows = [Row(Role.SECTION, ("", f"{one.title}（{one.entity}）", *blank))]
    sums: dict[str, Figures] = {}
    for title, categories, sign in _BLOCKS:
        block = sums[title] = Figures()
        inside = [(code, x) for code, x in items.items() if one.chart.get(code).category in categories]
        for code, figures in inside:
            block.add(figures)
            name = one.chart.get(code).name
            rows.append(Row(Role.DETAIL, (code, name, *figures.cells(numbers, sign)), level=2))
        if inside:
            rows.append(Row(Role.SUBTOTAL, ("", f"{title}合计", *block.cells(numbers, sign))))
    return rows, _checks(one.title, items, sums)


def _items(one: LedgerFigures) -> dict[str, Figures]:
    width = one.chart.rule.widths[0]
    items: dict[str, Figures] = {}
    for origin in one.origins:
        item = items.setdefault(origin.account[:width], Figures())
        item.before[origin.source] = item.before.get(origin.source, 0) + origin.balance
        item.eliminated += origin.balance if origin.eliminated else 0
    for account, balance in one.opening.items():
        items.setdefault(account[:width], Figures()).merged += balance
    empty = [code for code, x in items.items() if not any((*x.before.values(), x.merged, x.eliminated))]
    return {code: items[code] for code in sorted(items) if code not in empty}


def _checks(title: str, items: Mapping[str, Figures], sums: Mapping[str, Figures]) -> list[Check]:
    wrong = [code for code, figures in items.items() if not figures.holds]
    whole = Figures()
    for figures in sums.values():
        whole.add(figures)
    assets, *others = sums.values()
    left, right = assets.merged, -sum(x.merged for x in others)
    return [
        Check("M1", not wrong, f"{title}：{len(items)} 项逐项相加减抵销等于合并后", "、".join(wrong)),
        Check(
            "M2", not whole.eliminated, f"{title}：抵销的资产等于抵销的负债", format_fen(assets.eliminated)
        ),
        Check(
            "M3",
            left == right,
            f"{title}：合并后资产等于负债加权益加本年收支",
            f"{format_fen(left)}＝{format_fen(right)}",
        ),
    ]
