"""Sheet D (债权债务明细): who owes the village and whom it owes, name by name, with how old it is (逐项逐笔)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import NIL, Public, public_sheet
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("name", "单位、个人", Kind.TEXT, 62),
    Column("cause", "什么钱", Kind.TEXT, 46),
    Column("opening", "期初", Kind.MONEY, 34),
    Column("added", "本期增加", Kind.MONEY, 34),
    Column("settled", "本期收回、偿还", Kind.MONEY, 34),
    Column("closing", "期末", Kind.MONEY, 34),
    Column("age", "账龄", Kind.TEXT, 40),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What stands between the ledger and one counterparty on one account, fen, above zero."""

    account: str
    name: str
    cause: str
    opening: int
    added: int
    settled: int
    closing: int
    age: str = ""


def sheet_d_table(
    public: Public, owed: Sequence[Claim], owing: Sequence[Claim], of_books: tuple[int, int]
) -> Table:
    """Two blocks; ``of_books`` are the sums of the same accounts as the balance sheet has them (欠集体的、集体欠的)."""
    rows = [*_block(public, "欠我们的", owed), *_block(public, "我们欠的", owing)]
    sums = sum(one.closing for one in owed), sum(one.closing for one in owing)
    checks = tuple(
        Check(f"{word}=账上", found == booked, f"{format_fen(found)} = {format_fen(booked)}")
        for word, found, booked in zip(("欠我们的", "我们欠的"), sums, of_books, strict=True)
    )
    notes = ("同一家又欠又被欠的，两边都列，不相抵。",)
    return public_sheet(
        public, "disclosure-claims", "债权债务公开表", COLUMNS, rows, notes=notes, checks=checks
    )


def _block(public: Public, title: str, claims: Sequence[Claim]) -> list[Row]:
    rows = [Row(Role.SECTION, (title if claims else f"{title}：{NIL}", *[None] * (len(COLUMNS) - 1)))]
    for one in claims:
        cells = (one.name, one.cause, one.opening, one.added, one.settled, one.closing, one.age)
        rows.append(Row(Role.DETAIL, cells, link=Link("account", one.account, public.issuer.ledger)))
    if claims:
        sums = [
            sum(values)
            for values in zip(*((c.opening, c.added, c.settled, c.closing) for c in claims), strict=True)
        ]
        rows.append(Row(Role.SUBTOTAL, (f"{title}合计", "", *sums, "")))
    return rows
