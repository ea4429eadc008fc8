"""分红 as tables: who is given how much, what is still unclaimed, what the bank is told to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.dividend import Kind as HolderKind
from village_ledger.domain.dividend import Portion
from village_ledger.domain.money import format_fen
from village_ledger.domain.share import COLLECTIVE, format_shares
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table
from village_ledger.services.dividends.dividend_files import BankRow, Layout
from village_ledger.services.dividends.dividend_payments import Due

COLUMNS = (
    Column("account", "账户", Kind.TEXT, 44),
    Column("household", "户号", Kind.CODE, 20),
    Column("holder", "持有人", Kind.TEXT, 34),
    Column("class", "股份类别", Kind.TEXT, 30),
    Column("shares", "份额", Kind.SHARES, 30),
    Column("amount", "分红", Kind.MONEY, 34),
)
KIND = Column("kind", "身份", Kind.TEXT, 22)
PAID = Column("paid", "已发", Kind.MONEY, 30)
UNCLAIMED = (
    Column("year", "年度", Kind.CODE, 16),
    Column("account", "账户", Kind.TEXT, 40),
    Column("class", "股份类别", Kind.TEXT, 26),
    Column("amount", "应领", Kind.MONEY, 30),
    Column("owed", "未领", Kind.MONEY, 30),
    Column("to", "归谁", Kind.TEXT, 32),
    Column("why", "为什么没有领", Kind.TEXT, 70),
)
_BANK_KINDS = {"amount": Kind.MONEY, "number": Kind.COUNT}
_BANK_WIDTHS = {
    "number": 14,
    "household": 20,
    "holder": 34,
    "account": 52,
    "bank": 50,
    "amount": 30,
    "note": 40,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a dividend above its lines."""

    year: int
    record_date: date
    day: date
    amount: int
    resolution: str
    over: int = 0
    """What was asked for and not given out."""
    is_preview: bool = False


def dividend_table(
    issuer: Issuer,
    facts: Facts,
    portions: Sequence[Portion],
    paid: Sequence[int] | None = None,
    checks: Sequence[Check] = (),
) -> Table:
    """A row per account in the order of accounts; the total is the pool to the fen."""
    rows = [
        Row(Role.DETAIL, (*_cells(portion), *((paid[place],) if paid is not None else ())))
        for place, portion in enumerate(portions)
    ]
    total = (sum(x.amount for x in portions), "")
    sums = (*total, *((sum(paid),) if paid is not None else ()))
    if portions:
        rows.append(Row(Role.TOTAL, ("合计", "", "", "", _all_shares(portions), *sums)))
    members, outsiders = HolderKind.MEMBER, (HolderKind.OUTSIDER, HolderKind.ESTATE)
    parts = (_of(portions, members), _of(portions, *outsiders), _of(portions, HolderKind.COLLECTIVE))
    one, two, three = map(format_fen, parts)
    notes = [f"成员 {one}，非成员和遗产 {two}，集体 {three}。"]
    if facts.over:
        notes.append(f"决定分 {format_fen(facts.amount + facts.over)}，相差 {format_fen(facts.over)}。")
    return Table(
        report="dividend",
        title=f"{facts.year}年度收益分配明细",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(*COLUMNS, KIND, *((PAID,) if paid is not None else ())),
        rows=tuple(rows),
        subtitle=f"登记日 {facts.record_date}，分红日 {facts.day}",
        heading=(*((f"决议 {facts.resolution}",) if facts.resolution else ()), "单位：元"),
        checks=tuple(checks),
        notes=tuple(notes),
        warnings=("试算，没有入账。",) if facts.is_preview else (),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("监事长", ""), ("会计", "")),
        facts={
            "record_date": facts.record_date,
            "pool": facts.amount,
            "members": parts[0],
            "outsiders": parts[1],
            "collective": parts[2],
        },
        counts={"year": facts.year},
    )


def no_dividend(issuer: Issuer, year: int | None) -> Table:
    """The table of a year without a dividend: no rows, and a sentence that says so."""
    whose = "" if year is None else f"{year}年度"
    return Table(
        report="dividend",
        title=f"{whose}收益分配明细",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(*COLUMNS, KIND, PAID),
        rows=(),
        heading=("单位：元",),
        notes=(f"{whose}还没有分过红。",),
        watermark=issuer.watermark,
    )


def _cells(portion: Portion) -> tuple[str | int | None, ...]:
    part = portion.part
    holder = COLLECTIVE if part.kind is HolderKind.COLLECTIVE else part.holder
    named = (part.account, part.household, holder, part.share_class.name)
    return (*named, part.shares, portion.amount, part.kind.words)


def _of(portions: Sequence[Portion], *kinds: HolderKind) -> int:
    return sum(portion.amount for portion in portions if portion.part.kind in kinds)


def _all_shares(portions: Sequence[Portion]) -> str:
    """All shares together, of every class on the finest scale."""
    finest = max(x.part.share_class.decimals for x in portions)
    whole = sum(x.part.quantity * 10 ** (finest - x.part.share_class.decimals) for x in portions)
    return format_shares(whole, finest)


def unclaimed_table(issuer: Issuer, owed: Sequence[tuple[int, str, Due]], day: date) -> Table:
    """未领清单: (year, class, what is due) by account; why says what stands in the way."""
    rows = [
        Row(
            Role.DETAIL,
            (
                str(year),
                due.line.key,
                class_name,
                due.line.amount,
                due.amount,
                due.creditor or due.line.holder,
                due.held or (f"银行退回：{due.returned}" if due.returned else "还没有来领"),
            ),
        )
        for year, class_name, due in owed
    ]
    total = sum(due.amount for _, _, due in owed)
    rows.append(Row(Role.TOTAL, ("", "合计", "", None, total, "", "")))
    return Table(
        report="dividend-unclaimed",
        title="未领分红清单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=UNCLAIMED,
        rows=tuple(rows),
        heading=(f"截至 {day}", "单位：元"),
        notes=("遗产和没有领的分红一直挂账，办好继承或来领时再发。",),
        watermark=issuer.watermark,
    )


def bank_table(issuer: Issuer, layout: Layout, rows: Sequence[BankRow], year: int) -> Table:
    """The bank's pay list: only the columns the bank wants, under its headings, no total."""
    columns = tuple(
        Column(key, label, _BANK_KINDS.get(key, Kind.TEXT), _BANK_WIDTHS.get(key, 40))
        for key, label in layout.columns
    )
    missing = [row.holder for row in rows if not row.account]
    return Table(
        report="dividend-bank",
        title=f"{year}年度收益分红代发名册",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=columns,
        rows=tuple(Row(Role.DETAIL, tuple(row.cell(column.key) for column in columns)) for row in rows),
        heading=(f"共 {len(rows)} 笔", format_fen(sum(row.amount for row in rows))),
        warnings=(f"有 {len(missing)} 人没有登记银行账号：{'、'.join(missing[:6])}。",) if missing else (),
        watermark=issuer.watermark,
    )
