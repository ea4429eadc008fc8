"""Sheet J (收益分配方案与结果): the result, what was set aside, what members get, household by household, with room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import Public, public_sheet
from village_ledger.reports.table import Cell, Check, Column, Kind, Link, Role, Row, Table

REPORT = "disclosure-distribution"
COLUMNS = (
    Column("household", "户号", Kind.CODE, 18),
    Column("name", "户主、事项", Kind.TEXT, 90),
    Column("people", "说明", Kind.TEXT, 40),
    Column("shares", "份额", Kind.SHARES, 26),
    Column("amount", "金额", Kind.MONEY, 34),
    Column("open", "期末没有付", Kind.MONEY, 32),
    Column("sign", "领款人签字、手印", Kind.TEXT, 50),
)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of the year's distribution as the statement has it."""

    line: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry on the accounts of distribution."""

    account: str
    name: str
    day: date
    voucher: str
    voucher_id: int
    summary: str
    amount: int


@dataclass(frozen=True, slots=True)
class Share:
    """A household's part of a dividend, and what it was not paid by the last day."""

    household: str
    head: str
    people: int
    shares: str
    amount: int
    open: int


@dataclass(frozen=True, slots=True)
class Given:
    """A dividend and its households."""

    year: int
    record_date: date
    day: date
    amount: int
    per_share: str
    resolution: str
    over: int
    collective: int
    """The collective's own part, which stays with it."""
    households: Sequence[Share]


def sheet_j_table(
    public: Public, statement: Sequence[StatementLine], booked: Sequence[Booked], dividends: Sequence[Given]
) -> Table:
    """Result, what was booked, each dividend by household; the parts add up to what was booked."""
    rows: list[Row] = []
    ledger = public.issuer.ledger
    if statement:
        rows.append(_row(Role.SECTION, name=f"{public.span.last.year}年收益和分配（全年）"))
        rows += [
            _row(
                Role.DETAIL,
                Link("lines", f"{REPORT}:statement:{one.line}", ledger),
                name=one.name,
                amount=one.amount,
            )
            for one in statement
        ]
    for account in dict.fromkeys(one.account for one in booked):
        some = [one for one in booked if one.account == account]
        rows.append(_row(Role.SECTION, name=some[0].name))
        rows += [_booked(ledger, one) for one in some]
        rows.append(_row(Role.SUBTOTAL, name="小计", amount=sum(one.amount for one in some)))
    for one in dividends:
        rows += _dividend(ledger, one)
    checks = [
        Check(
            f"{one.year}年各户合计=分红总额",
            sum(x.amount for x in one.households) + one.collective == one.amount,
            f"{format_fen(sum(x.amount for x in one.households))}"
            f"{f' + 集体份额 {format_fen(one.collective)}' if one.collective else ''} = {format_fen(one.amount)}",
        )
        for one in dividends
    ]
    return public_sheet(
        public, REPORT, "收益分配公开表", COLUMNS, rows, checks=checks, notes=_notes(dividends)
    )


def _notes(dividends: Sequence[Given]) -> list[str]:
    if not dividends:
        return []
    return [
        "按户合在一起列，不满14周岁的成员在本户里。领款的在自己那一行签字；期末没有付的含以前年度的。",
        *(
            f"{one.year}年分红：登记日 {one.record_date}，每份 {one.per_share} 元，决议 {one.resolution or '没有写'}。"
            for one in dividends
        ),
    ]


def _booked(ledger: str, one: Booked) -> Row:
    link = Link("voucher", str(one.voucher_id), ledger)
    said = f"{one.day:%m-%d} {one.voucher}"
    return _row(Role.DETAIL, link, name=one.summary, people=said, amount=one.amount)


def _dividend(ledger: str, one: Given) -> list[Row]:
    rows = [_row(Role.SECTION, name=f"{one.year}年度分红，逐户")]
    link = Link("lines", f"{REPORT}:dividend:{one.year}", ledger)
    rows += [
        _row(
            Role.DETAIL,
            Link("household", share.household, ledger) if share.household else link,
            household=share.household,
            name=share.head,
            people=f"{share.people} 人" if share.people else "",
            shares=share.shares,
            amount=share.amount,
            open=share.open,
            sign="",
        )
        for share in one.households
    ]
    sums = sum(x.amount for x in one.households), sum(x.open for x in one.households)
    words = f"{len(one.households)} 户合计"
    if one.collective:
        rows.append(_row(Role.DETAIL, link, name="集体份额（留在集体）", amount=one.collective))
    rows.append(_row(Role.TOTAL, name=words, amount=sums[0] + one.collective, open=sums[1]))
    return rows


def _row(role: Role, link: Link | None = None, **cells: Cell) -> Row:
    return Row(role, tuple(cells.get(column.key) for column in COLUMNS), link=link)
