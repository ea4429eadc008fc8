"""Voucher summary (凭证汇总表, 科目汇总表): what the vouchers of a span debited and credited, by account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from village_ledger.domain.balance import Turnover, roll_up
from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("code", "科目编码", Kind.CODE, 34),
    Column("name", "科目名称", Kind.TEXT, 110),
    Column("debit", "借方发生额", Kind.MONEY, 60),
    Column("credit", "贷方发生额", Kind.MONEY, 60),
)
SIGNATURES = (("会计主管", ""), ("记账", ""), ("复核", ""), ("制表", ""))


@dataclass(frozen=True, slots=True)
class VoucherRun:
    """The span's posted vouchers of one month and word."""

    first: str
    """As printed: 2025-03 记-0001."""
    last: str
    count: int
    attachments: int = 0


def voucher_summary(
    issuer: Issuer,
    chart: Chart,
    turnovers: Iterable[Turnover],
    runs: Sequence[VoucherRun],
    span: Span,
    levels: int = 1,
    warnings: Sequence[str] = (),
) -> Table:
    """The table of accounts that moved, down to a level; the total row sums first-level accounts.

    Check X15: debits of the vouchers equal their credits.
    """
    moved = [t for t in turnovers if t.debit or t.credit]
    balances = roll_up(chart, moved)
    debit, credit = sum(t.debit for t in moved), sum(t.credit for t in moved)
    rows = [
        Row(
            Role.DETAIL,
            (b.account.code, b.account.name, b.debit, b.credit),
            b.account.level,
            Link("account", b.account.code, issuer.ledger),
        )
        for b in balances
        if b.account.level <= levels
    ]
    return Table(
        report="voucher-summary",
        title="凭证汇总表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=(*rows, Row(Role.TOTAL, ("", "合计", debit, credit))),
        span=span,
        heading=(span.words(), _vouchers(runs), "单位：元"),
        checks=(_check(debit, credit),),
        notes=tuple(
            f"{run.first} 至 {run.last}，共 {run.count} 张，附件 {run.attachments} 张。" for run in runs
        ),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
    )


def _vouchers(runs: Sequence[VoucherRun]) -> str:
    count, attachments = sum(run.count for run in runs), sum(run.attachments for run in runs)
    return f"凭证 {count} 张，附件 {attachments} 张"


def _check(debit: int, credit: int) -> Check:
    if debit == credit:
        return Check("X15", ok=True, text="本期借方发生额合计=贷方发生额合计")
    text = f"本期借方发生额合计 {format_fen(debit)}，贷方 {format_fen(credit)}，相差 {format_fen(abs(debit - credit))}"
    return Check("X15", ok=False, text=text)
