"""The carry-forward vouchers of a year as drafts (年终结转草稿): each line beside the balance it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.domain.chart import Chart
    from village_ledger.reports.issuer import Issuer
    from village_ledger.services.closing.year_end import CarryForward

COLUMNS = (
    Column("voucher", "第几张", Kind.COUNT, 16),
    Column("summary", "摘要", Kind.TEXT, 50),
    Column("code", "科目编码", Kind.CODE, 24),
    Column("name", "科目", Kind.TEXT, 66),
    Column("side", "方向", Kind.SIDE, 12),
    Column("source", "结转前余额", Kind.MONEY, 32),
    Column("debit", "借方金额", Kind.MONEY, 32),
    Column("credit", "贷方金额", Kind.MONEY, 32),
)
SIGNATURES = (("会计主管", ""), ("复核", ""), ("制表", ""))


def year_end_preview(
    issuer: Issuer, chart: Chart, year: int, drafts: Sequence[CarryForward], warnings: Sequence[str] = ()
) -> Table:
    """One row a line, a subtotal a voucher; a line that takes what others bring has no source balance."""
    rows: list[Row] = []
    balanced = True
    for number, draft in enumerate(drafts, 1):
        debit = credit = 0
        for line in draft.voucher.lines:
            source = draft.sources.get(line.account)
            cells = (
                number,
                line.summary,
                line.account,
                chart.path(line.account),
                "" if source is None else ("借" if source > 0 else "贷"),
                None if source is None else abs(source),
                line.debit or None,
                line.credit or None,
            )
            rows.append(Row(Role.DETAIL, cells, link=Link("account", line.account, issuer.ledger)))
            debit, credit = debit + line.debit, credit + line.credit
        rows.append(Row(Role.SUBTOTAL, (number, "合计", "", "", "", None, debit, credit)))
        balanced &= debit == credit
    return Table(
        report="year-end-preview",
        title="年终结转草稿",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span.of_year(year),
        heading=(f"{year}年", f"共 {len(drafts)} 张", "单位：元"),
        checks=(Check("结转", ok=balanced, text="每张草稿借贷相等" if balanced else "有草稿借贷不等"),),
        notes=("结转下年和上年结转不用凭证，账簿自己接上。",),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
    )


def lines_of(table: Table) -> Iterator[str]:
    """The drafts as plain lines for a terminal."""
    for row in table.rows:
        number, summary, code, name, side, source, debit, credit = row.cells
        if row.role is not Role.DETAIL:
            continue
        entry = f"借 {_money(debit)}" if debit else f"贷 {_money(credit)}"
        came = f"（结转前 {side} {_money(source)}）" if source else ""
        yield f"{number} {summary} {code} {name} {entry}{came}"


def _money(cell: object) -> str:
    return format_fen(cell) if isinstance(cell, int) else ""
