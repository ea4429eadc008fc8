"""The table behind a figure of a public sheet: entries, or accounts, that add up to it; every row leads on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.money import format_fen
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.storage.disclosure.queries import Entry
    from village_ledger.storage.reader import Reader

REPORT = "disclosure-lines"
ENTRIES = (
    Column("date", "日期", Kind.DATE, 20),
    Column("voucher", "凭证", Kind.TEXT, 24),
    Column("summary", "什么事", Kind.TEXT, 90),
    Column("account", "科目", Kind.TEXT, 50),
    Column("counterparty", "对方", Kind.TEXT, 44),
    Column("amount", "算进去的", Kind.MONEY, 36),
)
ITEMS = (
    *ENTRIES[:-1],
    Column("plan", "年度计划", Kind.MONEY, 34),
    Column("year", "本年累计", Kind.MONEY, 34),
    Column("period", "本期", Kind.MONEY, 34),
)
ACCOUNTS = (
    Column("code", "科目编码", Kind.CODE, 24),
    Column("name", "科目", Kind.TEXT, 110),
    Column("amount", "金额", Kind.MONEY, 36),
)
RESULT = (
    *ACCOUNTS[:-1],
    Column("year", "本年累计", Kind.MONEY, 36),
    Column("period", "本期", Kind.MONEY, 36),
)
FLOWS = (
    Column("date", "日期", Kind.DATE, 20),
    Column("voucher", "凭证", Kind.TEXT, 24),
    Column("summary", "什么事", Kind.TEXT, 100),
    Column("counterparty", "对方", Kind.TEXT, 50),
    Column("income", "收入", Kind.MONEY, 34),
    Column("expense", "支出", Kind.MONEY, 34),
)
STANDING = (
    Column("date", "日期", Kind.DATE, 20),
    Column("voucher", "凭证", Kind.TEXT, 24),
    Column("summary", "什么事", Kind.TEXT, 90),
    Column("counterparty", "对方", Kind.TEXT, 44),
    Column("debit", "借方", Kind.MONEY, 32),
    Column("credit", "贷方", Kind.MONEY, 32),
    Column("balance", "余额（借减贷）", Kind.MONEY, 34),
)


def row(
    columns: Sequence[Column], cells: dict[str, Cell], link: Link | None = None, role: Role = Role.DETAIL
) -> Row:
    """A row from cells by key."""
    return Row(role, tuple(cells.get(column.key) for column in columns), link=link)


def entry_cells(entry: Entry, account: str) -> dict[str, Cell]:
    """What an entry says of itself."""
    return {
        "date": entry.day,
        "voucher": f"{entry.word}-{entry.number:04d}",
        "summary": entry.summary,
        "account": account,
        "counterparty": entry.party,
    }


def behind_table(
    reader: Reader,
    place: tuple[str, Span, str],
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    figures: Mapping[str, int | None] | None = None,
    *,
    rest: str = "",
) -> Table:
    """Rows with their sum in every column of money; ``figures`` by column are what the sheet says.

    What rows and figures differ by stands in a row of its own called ``rest``, so that nothing is passed over.
    """
    ledger, span, title = place
    listed = list(rows)
    places = [i for i, column in enumerate(columns) if column.kind is Kind.MONEY and column.key != "balance"]
    said = {key: figure for key, figure in (figures or {}).items() if figure is not None}
    at = {columns[i].key: i for i in places}
    if rest:
        missing = {key: figure - _sum(listed, at[key]) for key, figure in said.items()}
        if any(missing.values()):
            listed.append(row(columns, {"summary": rest, "name": rest, **missing}))
    sums = {key: _sum(listed, i) for key, i in at.items()}
    total: dict[str, Cell] = {"summary": "合计", "name": "合计", **sums}
    info, book = reader.ledger(ledger), reader.book()
    checks = tuple(
        Check(
            f"{columns[at[key]].label}=表上的数",
            sums[key] == figure,
            f"{format_fen(sums[key])} = {format_fen(figure)}",
        )
        for key, figure in said.items()
    )
    return Table(
        report=REPORT,
        title=title,
        village=book.village,
        ledger=info.code,
        entity=info.entity,
        columns=columns,
        rows=(*listed, row(columns, total, role=Role.TOTAL)),
        span=span,
        heading=(span.words(), "单位：元"),
        checks=checks,
    )


def _sum(rows: Iterable[Row], place: int) -> int:
    return sum(
        value for one in rows if one.role is not Role.OPENING and isinstance(value := one.cells[place], int)
    )
