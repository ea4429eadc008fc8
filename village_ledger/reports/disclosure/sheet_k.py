"""Sheet K (干部报酬、误工补贴): who got what for how much work, at what rate, from which money, paid how; one line a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import Public, in_use, public_sheet
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

REPORT = "disclosure-pay"
COLUMNS = (
    Column("date", "日期", Kind.DATE, 18),
    Column("voucher", "凭证", Kind.TEXT, 24),
    Column("name", "领的人", Kind.TEXT, 36),
    Column("post", "职务", Kind.TEXT, 24, optional=True),
    Column("summary", "什么钱", Kind.TEXT, 84),
    Column("rate", "标准", Kind.TEXT, 26, optional=True),
    Column("days", "天数、工日", Kind.TEXT, 22, optional=True),
    Column("amount", "金额", Kind.MONEY, 32),
    Column("source", "哪来的钱", Kind.TEXT, 30, optional=True),
    Column("paid", "怎样付的", Kind.TEXT, 20, optional=True),
)


@dataclass(frozen=True, slots=True)
class Pay:
    """What one person, or several together, got by one voucher, fen."""

    account: str
    kind: str
    """The account as people call it."""
    day: date
    voucher: str
    voucher_id: int
    name: str
    post: str
    summary: str
    rate: str
    days: str
    amount: int
    source: str
    paid: str


def sheet_k_table(
    public: Public, pays: Sequence[Pay], booked: tuple[int, int], left_out: Sequence[tuple[str, int]]
) -> Table:
    """A block an account.

    ``booked`` are what is told of accounts of pay and what they bear, ``left_out`` what of that is no pay, with its voucher.
    """
    rows: list[Row] = []
    for account in dict.fromkeys(one.account for one in pays):
        some = [one for one in pays if one.account == account]
        rows.append(Row(Role.SECTION, _cells(summary=some[0].kind)))
        rows += [_row(public, one) for one in some]
        rows.append(Row(Role.SUBTOTAL, _cells(summary="小计", amount=sum(one.amount for one in some))))
    whole = sum(one.amount for one in pays)
    if rows:
        rows.append(Row(Role.TOTAL, _cells(summary="合计", amount=whole)))
    told, bear = booked
    others = sum(amount for _, amount in left_out)
    checks = (
        Check(
            "合计=账上",
            told + others == bear,
            f"{format_fen(told)}{f' + 不是报酬的 {format_fen(others)}' if others else ''} = {format_fen(bear)}",
        ),
    )
    notes = ["标准、天数是凭证摘要里写的。"]
    if left_out:
        named = "、".join(f"{words} {format_fen(amount)}" for words, amount in left_out)
        notes.append(f"同一科目里不是报酬、补贴的，不在本表：{named}。")
    columns, kept = in_use(COLUMNS, rows)
    return public_sheet(
        public, REPORT, "干部报酬和误工补贴公开表", columns, kept, checks=checks if rows else (), notes=notes
    )


def _row(public: Public, one: Pay) -> Row:
    cells = _cells(
        date=one.day,
        voucher=one.voucher,
        name=one.name,
        post=one.post,
        summary=one.summary,
        rate=one.rate,
        days=one.days,
        amount=one.amount,
        source=one.source,
        paid=one.paid,
    )
    return Row(Role.DETAIL, cells, link=Link("voucher", str(one.voucher_id), public.issuer.ledger))


def _cells(**cells: Cell) -> tuple[Cell, ...]:
    return tuple(cells.get(column.key) for column in COLUMNS)
