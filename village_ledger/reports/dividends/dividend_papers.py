"""Papers of a dividend for people: the sheet for the wall (公示单), and the sheet to sign as a table beside its own pen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.masking import Level, mask_name, told_apart
from village_ledger.domain.money import format_fen
from village_ledger.reports.dividends.dividend import Facts
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.pens.check_code import code_of
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.dividends.dividend_files import SheetLine

_NUMBER = Column("number", "序号", Kind.COUNT, 14)
_GROUP = Column("group", "组", Kind.TEXT, 20)
_HOUSEHOLD = Column("household", "户号", Kind.CODE, 20)
_HOLDERS = Column("holders", "持股人", Kind.COUNT, 18)
_SHARES = Column("shares", "份额", Kind.SHARES, 28)
_AMOUNT = Column("amount", "应分（元）", Kind.MONEY, 34)
NOTICE = (
    _NUMBER,
    _GROUP,
    _HOUSEHOLD,
    Column("head", "户主", Kind.TEXT, 40),
    _HOLDERS,
    _SHARES,
    _AMOUNT,
    Column("note", "备注", Kind.TEXT, 40),
)
SIGNING = (
    _NUMBER,
    _GROUP,
    _HOUSEHOLD,
    Column("head", "户主", Kind.TEXT, 36),
    _HOLDERS,
    _SHARES,
    _AMOUNT,
    Column("tail", "银行尾号", Kind.TEXT, 26),
    Column("result", "银行结果", Kind.TEXT, 24),
    Column("receiver", "代领人", Kind.TEXT, 26),
    Column("relation", "关系", Kind.TEXT, 20),
)
_CODED = (_HOUSEHOLD, SIGNING[3], _GROUP, _HOLDERS, _SHARES, _AMOUNT)
"""What the check code of the sheet to sign covers: what is written on it later is no part of it."""
CHILD = "（未满14周岁）"
_SIGNED_BY = (("理事长", ""), ("监事长", ""), ("会计", ""))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the wall sheet says above its lines."""

    facts: Facts
    shares: str
    """All shares that take part."""
    each: str
    """Yuan a share."""
    collective: int
    """Fen that stay with the organisation."""
    telephone: str = ""


def notice_table(
    issuer: Issuer,
    proposal: Proposal,
    lines: Sequence[SheetLine],
    level: Level = Level.PUBLIC,
    children: frozenset[tuple[str, str]] = frozenset(),
) -> Table:
    """A household a row under its head's name as the level shows it; (household, name) of ``children`` are not named."""
    facts, names = proposal.facts, _names(lines, level, children)
    rows = [
        Row(Role.DETAIL, (place, x.group, x.household, name, x.holders, x.shares, x.amount, _remark(x)))
        for place, (x, name) in enumerate(zip(lines, names, strict=True), 1)
    ]
    total = sum(line.amount for line in lines)
    holders = sum(line.holders for line in lines)
    if proposal.collective:
        rows.append(
            Row(
                Role.DETAIL, ("", "", "", "集体", "", "", proposal.collective, "留在未分配收益或转公积公益金")
            )
        )
    rows.append(
        Row(Role.TOTAL, ("合计", "", "", f"{len(lines)} 户", holders, "", total + proposal.collective, ""))
    )
    asked = f"一共分 {format_fen(facts.amount)} 元，参加的份额 {proposal.shares} 份，每份 {proposal.each} 元"
    where = f"，电话 {proposal.telephone}" if proposal.telephone else ""
    notes = (
        f"{asked}；每户是户内各持有人相加，除不尽的按尾数大小一分一分补。",
        f"对份额、金额有不同意见的，请在公示期内向监事会提出{where}。",
    )
    return Table(
        report="dividend-notice",
        title=f"{facts.year}年度收益分红公示",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=NOTICE,
        rows=tuple(rows),
        subtitle=f"登记日 {facts.record_date} · 分红日 {facts.day}",
        heading=(
            f"决议 {facts.resolution}" if facts.resolution else "方案待成员（代表）大会表决",
            "表决前公示不少于 10 天",
            "单位：元",
        ),
        notes=notes,
        watermark=issuer.watermark,
        signatures=_SIGNED_BY,
        facts={"pool": facts.amount},
        counts={"year": facts.year, "households": len(lines)},
    )


def _names(lines: Sequence[SheetLine], level: Level, children: frozenset[tuple[str, str]]) -> list[str]:
    if level is Level.PUBLIC:
        names = told_apart([(line.household, line.head) for line in lines])
        return [
            CHILD if (line.household, line.head) in children else name
            for line, name in zip(lines, names, strict=True)
        ]
    return [mask_name(line.head, level, place) for place, line in enumerate(lines, 1)]


def _remark(line: SheetLine) -> str:
    return "遗产先挂账" if line.held else ""


def sheet_code(issuer: Issuer, facts: Facts, lines: Sequence[SheetLine]) -> str | None:
    """The check code over what the sheet to sign says of every household; none without a book, or before it is booked."""
    if not issuer.book_id or facts.is_preview:
        return None
    table = Table(
        report="dividend-sheet",
        title="",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_CODED,
        rows=tuple(
            Row(Role.DETAIL, (x.household, x.head, x.group, x.holders, x.shares, x.amount)) for x in lines
        ),
        facts={
            "year": facts.year,
            "record_date": facts.record_date,
            "day": facts.day,
            "resolution": facts.resolution,
        },
    )
    return code_of(table, issuer.book_id)


def signing_table(issuer: Issuer, facts: Facts, lines: Sequence[SheetLine]) -> Table:
    """The sheet to sign as figures, for a spreadsheet; on paper it has a pen of its own (``dividend_sheet``)."""
    rows = [
        Row(
            Role.DETAIL,
            (
                place,
                x.group,
                x.household,
                x.head,
                x.holders,
                x.shares,
                x.amount,
                x.tail,
                "挂账" if x.held else x.result,
                x.receiver,
                x.relation,
            ),
        )
        for place, x in enumerate(lines, 1)
    ]
    holders, total = sum(x.holders for x in lines), sum(x.amount for x in lines)
    rows.append(Row(Role.TOTAL, ("合计", "", "", f"{len(lines)} 户", holders, "", total, "", "", "", "")))
    return Table(
        report="dividend-sheet",
        title=f"{facts.year}年度收益分红签领单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=SIGNING,
        rows=tuple(rows),
        subtitle=f"登记日 {facts.record_date} · 分红日 {facts.day}",
        heading=(f"决议 {facts.resolution}", "单位：元"),
        watermark=issuer.watermark,
        check_code=sheet_code(issuer, facts, lines),
        signatures=_SIGNED_BY,
    )
