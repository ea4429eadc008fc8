"""Restricted money by project (专项资金明细表) and money passed on to villagers (代管代发表): received, spent, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import DEMO
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

NO_PROJECT = "（没有写明项目）"


@dataclass(frozen=True, slots=True)
class Fund:
    """A kind of fund report: its names, and what its amount columns are called."""

    report: str
    title: str
    project: str
    spent: str
    left: str


EARMARKED = Fund("earmarked-funds", "专项资金明细表", "项目", "本期使用", "期末结余")
PASS_THROUGH = Fund("pass-through", "代管代发表", "清册（项目）", "本期发放", "期末未发")


@dataclass(frozen=True, slots=True)
class FundLine:
    """One project on one account over some days, fen; credit is received, debit spent."""

    ledger: str
    title: str
    account: str
    name: str
    project: str
    opening: int
    received: int
    spent: int

    @property
    def closing(self) -> int:
        """What is left."""
        return self.opening + self.received - self.spent


@dataclass(frozen=True, slots=True)
class FundFigures:
    """Everything on the sheet."""

    span: Span
    lines: Sequence[FundLine]
    balances: Sequence[tuple[str, int]]
    """The accounts' own balances: (name, fen)."""
    warnings: Sequence[str] = ()


def fund_table(
    fund: Fund, village: str, entity: str, ledger: str, figures: FundFigures, *, is_demo: bool
) -> Table:
    """A row per project, a subtotal per ledger, the total; ``ledger`` is empty for both."""
    lines, span = figures.lines, figures.span
    rows: list[Row] = []
    for title, of_ledger in groupby(lines, key=lambda line: line.title):
        some = list(of_ledger)
        rows += [_row(line) for line in some]
        if len({line.title for line in lines}) > 1:
            rows.append(Row(Role.SUBTOTAL, (title, "", "小计", "", *_sums(some))))
    rows.append(Row(Role.TOTAL, ("合计", "", "", "", *_sums(lines))))
    notes = [] if lines else [f"{span.words()}没有这类资金。"]
    return Table(
        report=fund.report,
        title=fund.title,
        village=village,
        ledger=ledger,
        entity=entity,
        columns=(
            Column("ledger", "账", Kind.TEXT, 34),
            Column("code", "科目编码", Kind.CODE, 22),
            Column("name", "资金", Kind.TEXT, 36),
            Column("project", fund.project, Kind.TEXT, 50),
            Column("opening", "期初结余", Kind.MONEY, 30),
            Column("received", "本期收到", Kind.MONEY, 30),
            Column("spent", fund.spent, Kind.MONEY, 30),
            Column("closing", fund.left, Kind.MONEY, 30),
        ),
        rows=tuple(rows),
        span=span,
        heading=(span.words(), "单位：元"),
        checks=_checks(lines, figures.balances),
        notes=tuple(notes),
        warnings=tuple(figures.warnings),
        watermark=DEMO if is_demo else "",
        zero="—",
        signatures=(("单位负责人", ""), ("会计", ""), ("监督", ""), ("制表", "")),
    )


def _row(line: FundLine) -> Row:
    cells = (line.title, line.account, line.name, line.project or NO_PROJECT)
    amounts = (line.opening, line.received, line.spent, line.closing)
    return Row(Role.DETAIL, (*cells, *amounts), link=Link("account", line.account, line.ledger))


def _sums(lines: Sequence[FundLine]) -> tuple[int, int, int, int]:
    return (
        sum(line.opening for line in lines),
        sum(line.received for line in lines),
        sum(line.spent for line in lines),
        sum(line.closing for line in lines),
    )


def _checks(lines: Sequence[FundLine], balances: Sequence[tuple[str, int]]) -> tuple[Check, ...]:
    """Projects add up to the trial balance's accounts; what names no project is a fault where one is asked for."""
    left, kept = sum(line.closing for line in lines), sum(fen for _, fen in balances)
    words = "、".join(f"{name} {format_fen(fen)}" for name, fen in balances)
    text = "各项目结余合计=科目余额表上的余额"
    if left != kept:
        text += f"：不符。{format_fen(left)} 与 {format_fen(kept)}，相差 {format_fen(abs(left - kept))}"
    nameless = sum(line.closing for line in lines if not line.project)
    named = "每一笔都写明了项目" if not nameless else f"有 {format_fen(nameless)} 没有写明项目"
    return (
        Check("X12", ok=left == kept, text=text, evidence=words),
        Check("X12", ok=not nameless, text=named),
    )
