"""应收租金明细表: every period's rent of every contract, what came in, what is open and how late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.contract import RowState
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.table import Column, Kind, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer
    from village_ledger.services.contracts.standing import Whole

COLUMNS = (
    Column("contract", "合同编号", Kind.CODE, 32),
    Column("from", "起", Kind.DATE, 24),
    Column("to", "止", Kind.DATE, 24),
    Column("due", "应付日", Kind.DATE, 24),
    Column("amount", "应收", Kind.MONEY, 28),
    Column("received", "已收", Kind.MONEY, 28),
    Column("open", "未收", Kind.MONEY, 28),
    Column("late", "逾期天数", Kind.COUNT, 16),
    Column("party", "承租（承包）方", Kind.TEXT, 46),
    Column("state", "情况", Kind.TEXT, 18),
)


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """Which days, and on which day it is judged what is late."""

    today: date
    span: Span | None = None


def due_rows(issuer: Issuer, wholes: Sequence[Whole], asked: RowsAsked) -> Table:
    """Rows by contract and period; without a span all of them."""
    rows: list[Row] = []
    amount = received = still = before = 0
    for one in wholes:
        for row in one.rows:
            if asked.span is not None and not asked.span.first <= row.row.due <= asked.span.last:
                continue
            rows.append(_row(one, row, asked.today))
            amount += row.row.amount
            received += row.received
            still += row.open
            before += row.row.amount if row.before else 0
    rows.append(Row(Role.TOTAL, ("合计", None, None, None, amount, received, still, None, None, None)))
    notes = ["租金由合同条款逐期算出，不能手填；变更从登记的那天起算。"]
    if before:
        notes.append(
            f"“启用前”的各期在本账启用以前到期，共 {format_fen(before)}，收没收齐看期初余额，不算在未收里。"
        )
    days = f"{asked.span.first} 至 {asked.span.last} 到期" if asked.span else "各期全部"
    return Table(
        report="due-rows",
        title="应收租金明细表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=asked.span,
        heading=(days, f"逾期算到 {asked.today}", "单位：元"),
        notes=tuple(notes),
        watermark=issuer.watermark,
        full_dates=True,
    )


def _row(one: Whole, row: RowState, today: date) -> Row:
    first, last, due, amount = row.row
    late = row.late(today)
    cells = (
        one.stored.number,
        first,
        last,
        due,
        amount,
        row.received,
        row.open,
        late or None,
        row.party,
        state_words(row, today),
    )
    return Row(Role.DETAIL, cells)


def state_words(row: RowState, today: date) -> str:
    """How a row stands, in a word."""
    if row.before:
        return "启用前"
    if row.open <= 0:
        return "收齐"
    if row.late(today):
        return "部分欠" if row.received else "逾期"
    if row.received:
        return "部分已收"
    return "已记应收" if row.accrued else "未到期" if row.row.due > today else "到期"
