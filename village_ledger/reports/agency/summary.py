"""What the villages an agency keeps come to (代管村汇总): a row a ledger, sums apart for collectives and for committees.

Money of villages is never the agency's: the sums are for looking, and each row says which village's own books it is from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.agency import KeptBook
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Span
from village_ledger.domain.township import Figure, Totals
from village_ledger.reports.agency.words import ledger_words
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table

_COLUMNS = (
    Column("village", "村", Kind.TEXT, 34),
    Column("ledger", "账套", Kind.TEXT, 24),
    Column("entity", "单位", Kind.TEXT, 60),
    *(Column(figure.value, figure.words, Kind.MONEY, 30) for figure in Figure),
    Column("unposted", "没有记账", Kind.COUNT, 18),
    Column("through", "账结到", Kind.CODE, 18),
)
_SUMMED = (LedgerKind.COLLECTIVE, LedgerKind.COMMITTEE)
"""Sums apart: the money of the two is not one."""


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """One ledger of one village on some days; ``trouble`` instead where its book could not be looked into."""

    book: KeptBook
    totals: Totals | None = None
    unposted: int = 0
    through: str = ""
    """The last month closed, YYYY-MM."""
    trouble: str = ""


def summary_table(office: str, found: Sequence[LedgerFigures], span: Span) -> Table:
    """Collectives first with their sum, then committees with theirs; villages that could not be read are named."""
    rows: list[Row] = []
    for kind in _SUMMED:
        some = [(one, one.totals) for one in found if one.totals is not None and one.totals.kind is kind]
        rows += [Row(Role.DETAIL, _row(one, totals)) for one, totals in some]
        if some:
            sums = [sum(totals.of(figure) for _, totals in some) for figure in Figure]
            unposted = sum(one.unposted for one, _ in some)
            count = len({one.book.uid for one, _ in some})
            rows.append(
                Row(
                    Role.TOTAL,
                    ("合计", ledger_words(kind.value), f"{count} 个村", *sums, unposted or None, ""),
                )
            )
    missing = [one for one in found if one.trouble]
    notes = (
        *(f"不在表里的：{one.book.village}，{one.trouble}" for one in missing),
        "只算记了账的凭证；两类单位的钱不相加，各村的钱归各村。",
    )
    return Table(
        report="agency-summary",
        title="代管村汇总",
        village="",
        ledger="",
        entity=office,
        columns=_COLUMNS,
        rows=tuple(rows),
        span=span,
        subtitle=span.words(),
        notes=notes,
        counts={"villages": len({one.book.uid for one in found}), "unreached": len(missing)},
    )


def _row(one: LedgerFigures, totals: Totals) -> tuple[Cell, ...]:
    return (
        one.book.village,
        ledger_words(totals.ledger),
        totals.entity,
        *totals.figures,
        one.unposted or None,
        one.through,
    )
