"""The combined page of a village (村级合并表): both ledgers side by side, what runs between them taken off and shown.

Pure: rows come from ``rules/combined.toml``, amounts from the ledgers' own statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import DEMO
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table

COLUMNS = (
    Column("name", "项目", Kind.TEXT, 78),
    Column("collective", "集体经济组织账", Kind.MONEY, 44),
    Column("committee", "村民委员会账", Kind.MONEY, 44),
    Column("eliminated", "抵销", Kind.MONEY, 40),
    Column("combined", "合并", Kind.MONEY, 44),
)


@dataclass(frozen=True, slots=True)
class CombinedRow:
    """A row: what each ledger has, what is taken off, fen."""

    name: str
    collective: int
    committee: int
    eliminated: int = 0

    @property
    def combined(self) -> int:
        """Both less what runs between them."""
        return self.collective + self.committee - self.eliminated


@dataclass(frozen=True, slots=True)
class CombinedBlock:
    """Rows and the total the ledgers' own statements give."""

    title: str
    rows: tuple[CombinedRow, ...]
    total: CombinedRow


@dataclass(frozen=True, slots=True)
class Mirror:
    """One relation between the ledgers as each of them has it, fen."""

    name: str
    collective: int
    committee: int


@dataclass(frozen=True, slots=True)
class CombinedFigures:
    """Everything on the page."""

    span: Span
    blocks: Sequence[CombinedBlock]
    """资产, 负债, 权益和结余, 收入, 支出."""
    mirrors: Sequence[Mirror]
    warnings: Sequence[str] = ()


def combined_table(village: str, figures: CombinedFigures, *, is_demo: bool) -> Table:
    """The page: blocks with their totals, what was taken off, sums proven."""
    assets, debts, equity, income, expense = figures.blocks
    both = _sum("负债、权益和结余总计", (debts.total, equity.total))
    surplus = CombinedRow(
        "收支差额",
        income.total.collective - expense.total.collective,
        income.total.committee - expense.total.committee,
        income.total.eliminated - expense.total.eliminated,
    )
    rows: list[Row] = []
    for block in (assets, debts, equity):
        rows += _block(block)
    rows.append(_row(both, Role.TOTAL))
    for block in (income, expense):
        rows += _block(block)
    rows.append(_row(surplus, Role.TOTAL))
    rows.append(Row(Role.SECTION, ("抵销的两账往来", None, None, None, None)))
    rows += [
        Row(Role.DETAIL, (m.name, m.collective, m.committee, m.collective, None), level=2)
        for m in figures.mirrors
    ]
    return Table(
        report="combined",
        title=f"{village}两账合并表",
        village=village,
        ledger="",
        entity=village,
        columns=COLUMNS,
        rows=tuple(rows),
        span=figures.span,
        heading=(
            f"{figures.span.last.year}年{figures.span.last.month}月{figures.span.last.day}日",
            "单位：元",
        ),
        checks=tuple(_checks(figures, both, surplus)),
        notes=("两本账各是各的法人，本表只供村务公开和村民会议看全村，不代替两本账自己的报表。",),
        warnings=tuple(figures.warnings),
        watermark=DEMO if is_demo else "",
        zero="—",
        signatures=(("理事长", ""), ("村委会主任", ""), ("监督", ""), ("制表", "")),
    )


def _block(block: CombinedBlock) -> list[Row]:
    used = [row for row in block.rows if row.collective or row.committee or row.eliminated]
    return [
        Row(Role.SECTION, (block.title, None, None, None, None)),
        *(_row(row, Role.DETAIL) for row in used),
        _row(block.total, Role.SUBTOTAL),
    ]


def _row(row: CombinedRow, role: Role) -> Row:
    cells = (row.name, row.collective, row.committee, row.eliminated, row.combined)
    return Row(role, cells, level=2 if role is Role.DETAIL else 1)


def _sum(name: str, rows: Sequence[CombinedRow]) -> CombinedRow:
    return CombinedRow(
        name,
        sum(row.collective for row in rows),
        sum(row.committee for row in rows),
        sum(row.eliminated for row in rows),
    )


def _checks(figures: CombinedFigures, both: CombinedRow, surplus: CombinedRow) -> list[Check]:
    assets, *_ = figures.blocks
    found = [_equal("HB1", "合并资产总计=合并负债、权益和结余总计", assets.total.combined, both.combined)]
    for block in figures.blocks:
        added = sum(row.combined for row in block.rows)
        title = block.title.partition("（")[0]
        found.append(_equal("HB2", f"{title}各行合并数之和={block.total.name}", added, block.total.combined))
    found += [_equal("HB3", f"{m.name}，两账一致", m.collective, m.committee) for m in figures.mirrors]
    alone = surplus.collective + surplus.committee
    found.append(_equal("HB4", "合并收支差额=两账收支差额之和", surplus.combined, alone))
    return found


def _equal(rule: str, text: str, ours: int, theirs: int) -> Check:
    if ours == theirs:
        return Check(rule, ok=True, text=text, evidence=f"{format_fen(ours)} = {format_fen(theirs)}")
    apart = format_fen(abs(ours - theirs))
    return Check(
        rule, ok=False, text=f"{text}：不符。{format_fen(ours)} 与 {format_fen(theirs)}，相差 {apart}。"
    )


def blocks_with(
    blocks: Sequence[CombinedBlock], taken: Mapping[str, int], wanted: Mapping[str, str]
) -> list[CombinedBlock]:
    """The blocks with what is taken off set into their rows and totals; ``wanted`` is row name to what it takes."""
    made: list[CombinedBlock] = []
    for block in blocks:
        rows = tuple(
            CombinedRow(row.name, row.collective, row.committee, taken.get(wanted.get(row.name, ""), 0))
            for row in block.rows
        )
        total = block.total
        off = sum(row.eliminated for row in rows)
        made.append(
            CombinedBlock(block.title, rows, CombinedRow(total.name, total.collective, total.committee, off))
        )
    return made
