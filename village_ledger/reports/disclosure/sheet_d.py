"""Sheet D (债权债务明细): who owes the village and whom it owes, name by name, with how old it is (逐项逐笔)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import NIL, Public, public_sheet
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table
from village_ledger.resources_dir import resource

COLUMNS = (
    Column("name", "单位、个人", Kind.TEXT, 58),
    Column("cause", "什么钱", Kind.TEXT, 42),
    Column("opening", "期初", Kind.MONEY, 32),
    Column("added", "本期增加", Kind.MONEY, 32),
    Column("settled", "本期收回、偿还", Kind.MONEY, 32),
    Column("closing", "期末", Kind.MONEY, 32),
    Column("since", "从哪个月起", Kind.TEXT, 22),
    Column("age", "账龄", Kind.TEXT, 34),
)
NAMELESS = "（不分户）"
"""Printed where an account is kept without names."""
_SUMS = ("opening", "added", "settled", "closing")


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
    since: str = ""
    """The month the oldest part of it arose: 2025-03; empty for nothing left."""
    parties: tuple[str, ...] = ()
    """As the books name them: the members of a household; none where the account is kept without names."""


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(resource("disclosure", "sheet_d.toml").read_text(encoding="utf-8"))


def sheet_d_table(
    public: Public,
    owed: Sequence[Claim],
    owing: Sequence[Claim],
    of_books: tuple[int, int],
    remarks: Sequence[str] = (),
) -> Table:
    """Two blocks; ``of_books`` are the sums of the same accounts as the balance sheet has them (欠集体的、集体欠的)."""
    rows = [*_block(public, "欠我们的", owed, "_to_us"), *_block(public, "我们欠的", owing, "")]
    sums = sum(one.closing for one in owed), sum(one.closing for one in owing)
    checks = tuple(
        Check(f"{word}=账上", found == booked, f"{format_fen(found)} = {format_fen(booked)}")
        for word, found, booked in zip(("欠我们的", "我们欠的"), sums, of_books, strict=True)
    )
    notes = ("同一家又欠又被欠的，两边都列，不相抵。从哪个月起：没有还清的里头最早的一笔。", *remarks)
    return public_sheet(
        public, "disclosure-claims", "债权债务公开表", COLUMNS, rows, notes=notes, checks=checks
    )


def _block(public: Public, title: str, claims: Sequence[Claim], side: str) -> list[Row]:
    rows = [Row(Role.SECTION, (title if claims else f"{title}：{NIL}", *[None] * (len(COLUMNS) - 1)))]
    rows += [_row(public, one, group) for one, group in _grouped(claims, side)]
    if claims:
        sums = {key: sum(getattr(one, key) for one in claims) for key in _SUMS}
        cells = {"name": f"{title}合计", **sums}
        rows.append(Row(Role.SUBTOTAL, tuple(cells.get(column.key) for column in COLUMNS)))
    return rows


def _row(public: Public, one: Claim, group: str) -> Row:
    cells = {
        "name": one.name if one.parties else NAMELESS,
        "cause": one.cause,
        "since": one.since,
        "opening": one.opening,
        "added": one.added,
        "settled": one.settled,
        "closing": one.closing,
        "age": one.age,
    }
    link = Link(
        "lines", f"disclosure-claims:{one.account}:{one.name if one.parties else ''}", public.issuer.ledger
    )
    return Row(Role.DETAIL, tuple(cells[column.key] for column in COLUMNS), link=link, group=group)


def _grouped(claims: Sequence[Claim], side: str) -> list[tuple[Claim, str]]:
    """Claims with the group they may stand together in on paper: many of one account that are all open, or all settled.

    Those that stand alone come first, then the groups; each in the order given.
    """
    rules = _rules()
    alone: list[tuple[Claim, str]] = []
    together: list[tuple[Claim, str]] = []
    for (account, settled), found in groupby(sorted(claims, key=_kind), key=_kind):
        del account
        some = list(found)
        if not rules["group_from"] or len(some) < rules["group_from"]:
            alone += [(one, "") for one in some]
            continue
        words = str(rules[f"{'settled' if settled else 'owed'}{side}"])
        together += [(one, words.format(cause=one.cause)) for one in some]
    place = {id(one): number for number, one in enumerate(claims)}
    return [*sorted(alone, key=lambda each: place[id(each[0])]), *together]


def _kind(one: Claim) -> tuple[str, bool]:
    return one.account, not one.closing
