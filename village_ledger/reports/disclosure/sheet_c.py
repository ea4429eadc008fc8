"""Sheet C (货币资金): each purse with what came in, went out and stands, and what the bank says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import Public, public_sheet, sum_row
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("account", "科目", Kind.CODE, 22, optional=True),
    Column("name", "钱放在哪里", Kind.TEXT, 62),
    Column("opening", "期初", Kind.MONEY, 34),
    Column("received", "收入", Kind.MONEY, 34),
    Column("paid", "支出", Kind.MONEY, 34),
    Column("closing", "期末", Kind.MONEY, 34),
    Column("bank", "对账单", Kind.MONEY, 34),
    Column("difference", "差额", Kind.MONEY, 30),
    Column("note", "说明", Kind.TEXT, 50, optional=True),
)


@dataclass(frozen=True, slots=True)
class Purse:
    """One cash box or bank account, fen."""

    account: str
    name: str
    opening: int
    received: int
    paid: int
    closing: int
    counted: int | None
    """What the statement, or the count of cash, says on the last day; None when neither speaks of it."""
    explained: bool = True
    """Whether the items known explain the difference to the fen."""
    note: str = ""
    items: Sequence[str] = ()
    """What explains the difference, each in a few words (未达账项)."""


def sheet_c_table(public: Public, purses: Sequence[Purse], sheet_a_closing: int) -> Table:
    """One row a purse; the closing sum is sheet A's."""
    rows = [_row(public, purse) for purse in purses]
    total = sum(purse.closing for purse in purses)
    whole = sum_row(COLUMNS, rows) if rows else None
    if whole is not None and any(purse.counted is None for purse in purses):
        whole = _without(whole, ("bank", "difference"))  # a sum of some purses only would mislead
    unexplained = [purse.name for purse in purses if not purse.explained]
    checks = (
        Check(
            "期末=收支公开表的期末",
            total == sheet_a_closing,
            f"{format_fen(total)} = {format_fen(sheet_a_closing)}",
        ),
        Check("差额都有说明", not unexplained, "和银行的差额由未达账项说明", "、".join(unexplained)),
    )
    return public_sheet(
        public,
        "disclosure-money",
        "货币资金公开表",
        COLUMNS,
        [*rows, *([whole] if whole else [])],
        notes=(
            "对账单一栏：存款是银行对账单的余额，现金是盘点数；差额由未达账项说明。",
            *(f"{purse.name}未达账项：{'；'.join(purse.items)}。" for purse in purses if purse.items),
            "提现、存款在自己的口袋之间走，收入、支出两栏都有它，不算村里的收支。",
        ),
        checks=checks,
    )


def _without(row: Row, keys: Sequence[str]) -> Row:
    cells = tuple(
        None if column.key in keys else cell for column, cell in zip(COLUMNS, row.cells, strict=True)
    )
    return replace(row, cells=cells)


def _row(public: Public, purse: Purse) -> Row:
    difference = None if purse.counted is None else purse.counted - purse.closing
    cells = (
        purse.account,
        purse.name,
        purse.opening,
        purse.received,
        purse.paid,
        purse.closing,
        purse.counted,
        difference,
        purse.note,
    )
    return Row(Role.DETAIL, cells, link=Link("account", purse.account, public.issuer.ledger))
