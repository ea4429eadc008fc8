"""Small tables for the pens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from village_ledger.domain.period import Span
from village_ledger.reports.books.detail_ledger import COLUMNS, side_of
from village_ledger.reports.table import Cell, Role, Row, Table

YEAR = Span.of_year(2025)
LONG = "收青山果业合作社交来2025年度柑橘园承包款及上年度欠款利息共计两笔按村民代表会议第三号决议分期缴纳首期款项转入农商行基本户"
assert len(LONG) >= 60
THIRTEEN_DIGITS = 999_999_999_999_999


def line(day: date, summary: str, debit: int = 0, credit: int = 0, balance: int = 0) -> Row:
    cells: tuple[Cell, ...] = (day, "记-0001", summary, "何某", debit, credit, side_of(balance), abs(balance))
    return Row(Role.DETAIL, cells)


def book(*rows: Row, **more: object) -> Table:
    table = Table(
        report="account-ledger",
        title="明细账",
        village="青山村",
        ledger="collective",
        entity="青山村股份经济合作联合社",
        columns=COLUMNS,
        rows=rows,
        span=YEAR,
        heading=("科目：102 银行存款", "单位：元"),
        carries_forward=True,
    )
    return replace(table, **more)


def squeezed(text: str) -> str:
    """Without any blank, as lines in cells break anywhere."""
    return "".join(text.split())
