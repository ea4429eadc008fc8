"""Sheet M (两账往来): the money between the collective and the committee, for the members of the one and all villagers alike.

Documents stand with both vouchers; what the books moved between the two without a document is found on both sides and put
beside each other, so that a villager sees whether both say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import Public, in_use, public_sheet
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("date", "日期", Kind.DATE, 18),
    Column("name", "事项", Kind.TEXT, 34),
    Column("summary", "什么事", Kind.TEXT, 76),
    Column("number", "往来单号", Kind.CODE, 30),
    Column("collective_voucher", "集体凭证", Kind.CODE, 30),
    Column("committee_voucher", "村委会凭证", Kind.CODE, 30),
    Column("amount", "金额", Kind.MONEY, 32),
    Column("resolution", "决议", Kind.TEXT, 40, optional=True),
)
AUDIENCE = "集体经济组织账和村民委员会账之间 · 给全体成员和全体村民看"


@dataclass(frozen=True, slots=True)
class Passing:
    """Money that passed from one ledger to the other, or is owed between them, fen."""

    kind: str
    """Id of a kind of sheet M: subsidy, lent, repaid, taken, passed, other."""
    day: date
    name: str
    summary: str
    amount: int
    number: str = ""
    resolution: str = ""
    collective: tuple[str, int] | None = None
    """Voucher as people call it and its id, of the collective's side."""
    committee: tuple[str, int] | None = None

    @property
    def missing(self) -> str:
        """Which side has no voucher for it where both should; empty when none is missing."""
        if self.number or (self.collective and self.committee):
            return ""
        return "村委会账" if self.collective else "集体账"


KINDS = {
    "subsidy": "集体补助村委会",
    "borne": "集体替村委会付、自己承担",
    "lent": "集体替村委会垫付",
    "repaid": "村委会还给集体",
    "taken": "集体的钱进了村委会户头",
    "held": "村委会的钱进了集体户头",
    "passed": "转交给对方",
    "shared": "一张票两家分着付",
    "handed": "村委会修好的东西交给集体",
}
"""Kinds of passing in their order; those of one document each are T1 to T9 (domain/inter_ledger)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one owes the other on the last day, by both ledgers, fen."""

    words: str
    account: str
    amount: int


def sheet_m_table(
    public: Public,
    passings: Sequence[Passing],
    standing: Sequence[Standing],
    checks: Sequence[Check],
    notes: Sequence[str],
) -> Table:
    """A block a kind; each row with both vouchers."""
    rows: list[Row] = []
    for kind, name in KINDS.items():
        some = sorted((one for one in passings if one.kind == kind), key=lambda one: (one.day, one.number))
        if not some:
            continue
        rows.append(_band(name))
        rows += [_row(public, one) for one in some]
        rows.append(_sum(f"{name}小计", some))
    if rows or any(one.amount for one in standing):
        rows.append(_band("期末还没有结清的"))
        rows += [_standing(public, one) for one in standing]
    lonely = [
        f"{one.day} {one.summary} {format_fen(one.amount)}（{one.missing}没有）"
        for one in passings
        if one.missing
    ]
    both = Check(
        "两边都记了账",
        not lonely,
        f"只有一边记了账的：{'；'.join(lonely)}" if lonely else "每一笔两边账上都有，金额一样",
    )
    columns, kept = in_use(COLUMNS, rows)
    table = public_sheet(
        public,
        "disclosure-transfers",
        "两账往来公开表",
        columns,
        kept,
        checks=[*checks, *([both] if passings else [])],
        notes=notes,
    )
    return replace(table, subtitle=AUDIENCE)


def _band(name: str) -> Row:
    return Row(Role.SECTION, tuple(name if column.key == "name" else None for column in COLUMNS))


def _standing(public: Public, one: Standing) -> Row:
    cells: dict[str, Cell] = {
        "date": public.span.last,
        "name": "期末",
        "summary": one.words,
        "amount": one.amount,
    }
    link = Link("account", one.account, "collective")
    return Row(Role.DETAIL, tuple(cells.get(column.key) for column in COLUMNS), link=link)


def _row(public: Public, one: Passing) -> Row:
    cells: dict[str, Cell] = {
        "date": one.day,
        "name": one.name,
        "summary": one.summary,
        "number": one.number or "没有开单",
        "collective_voucher": one.collective[0] if one.collective else "",
        "committee_voucher": one.committee[0] if one.committee else "",
        "amount": one.amount,
        "resolution": one.resolution,
    }
    sides = {"collective": one.collective, "committee": one.committee}
    ledger = (
        public.issuer.ledger if sides.get(public.issuer.ledger) else next(k for k, v in sides.items() if v)
    )
    side = sides[ledger]
    link = Link("voucher", str(side[1]), ledger) if side else None
    return Row(Role.DETAIL, tuple(cells[column.key] for column in COLUMNS), link=link)


def _sum(words: str, some: Sequence[Passing]) -> Row:
    cells: dict[str, Cell] = {"name": words, "amount": sum(one.amount for one in some)}
    return Row(Role.SUBTOTAL, tuple(cells.get(column.key) for column in COLUMNS))
