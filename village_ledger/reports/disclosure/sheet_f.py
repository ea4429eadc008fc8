"""Sheet F (合同、发包租赁): who uses what of the village's under which contract, what fell due, came in, is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from village_ledger.reports.disclosure.lets import Let
from village_ledger.reports.disclosure.public_sheet import Public, public_sheet
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("contract", "合同编号", Kind.CODE, 26),
    Column("what", "标的", Kind.TEXT, 58),
    Column("party", "承租人", Kind.TEXT, 38),
    Column("from", "起", Kind.DATE, 22),
    Column("to", "止", Kind.DATE, 22),
    Column("year_rent", "年租金", Kind.MONEY, 26),
    Column("due", "本期应收", Kind.MONEY, 26),
    Column("received", "本期收到", Kind.MONEY, 26),
    Column("open", "还欠", Kind.MONEY, 24),
    Column("status", "状态", Kind.TEXT, 18),
    Column("tender", "怎样发包", Kind.TEXT, 52),
)


def sheet_f_table(public: Public, some: Sequence[Let]) -> Table:
    """One row a contract; the sum of the year's rent is that of contracts in force on the last day."""
    rows = [_row(public, one) for one in some]
    sums: dict[str, Cell] = {
        "what": f"合计（{len(some)} 份）",
        "year_rent": sum(one.year_rent for one in some if one.in_force),
        "due": sum(one.due for one in some),
        "received": sum(one.received for one in some),
        "open": sum(one.owed for one in some),
    }
    if rows:
        rows.append(Row(Role.TOTAL, tuple(sums.get(column.key) for column in COLUMNS)))
    late = [f"{one.number} {one.party}" for one in some if not one.in_force and one.owed]
    notes = ["合计的年租金只算期末还在履行的合同。还欠：到期末应收、没有收到的租金，合同期满的也算。"]
    fresh = [one.number for one in some if one.is_new]
    if fresh:
        notes.append(f"本期新签：{'、'.join(fresh)}。")
    if late:
        notes.append(f"合同已经期满、租金没有收齐：{'、'.join(late)}。")
    undecided = [one.number for one in some if one.is_new and not one.stored.contract.papers.resolution]
    checks = (
        Check(
            "发包有决议",
            not undecided,
            f"本期新签、没有写决议的：{'、'.join(undecided)}" if undecided else "本期新签的都有决议文号",
        ),
    )
    elsewhere = [one.number for one in some if one.kept_since and one.kept_since > public.span.first]
    if elsewhere:
        notes.append(
            f"{len(elsewhere)} 份合同的租金在本期里才开始按合同管，以前到期、收到的不在应收、收到两栏，看收支公开表。"
        )
    table = public_sheet(
        public,
        "disclosure-contracts",
        "合同和租金公开表",
        COLUMNS,
        rows,
        notes=notes,
        checks=checks if fresh else (),
    )
    return replace(table, full_dates=True)


def _row(public: Public, one: Let) -> Row:
    cells: dict[str, Cell] = {
        "contract": one.number,
        "what": "，".join(filter(None, (one.stored.what, one.area, one.unit_price))),
        "party": one.party,
        "from": one.terms.terms.start,
        "to": one.terms.end,
        "year_rent": one.year_rent,
        "due": one.due,
        "received": one.received,
        "open": one.owed,
        "status": one.status.words if one.in_force or one.status.over else _waiting(public, one),
        "tender": "；".join(filter(None, (one.tender, one.stored.contract.papers.resolution))),
    }
    return Row(
        Role.DETAIL,
        tuple(cells[column.key] for column in COLUMNS),
        link=Link("contract", one.number, public.issuer.ledger),
    )


def _waiting(public: Public, one: Let) -> str:
    """How a contract that does not run on the last day is called."""
    return "还没有开始" if one.terms.terms.start > public.span.last else "已经期满"
