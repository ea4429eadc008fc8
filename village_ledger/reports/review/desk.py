"""The township's table over villages (乡镇审阅汇总): exceptions first, and what each village's ledgers come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date

from village_ledger.domain.township import Reviewed
from village_ledger.reports.table import Column, Kind, Role, Row, Table

_VERDICTS = ("不能信", "要核对", "可看")
_COLUMNS = (
    Column("verdict", "结论", Kind.SIDE, 16),
    Column("village", "村", Kind.TEXT, 30),
    Column("number", "第几包", Kind.COUNT, 14),
    Column("first", "起", Kind.DATE, 22),
    Column("last", "止", Kind.DATE, 22),
    Column("closed", "结账", Kind.SIDE, 12),
    Column("faults", "对不上", Kind.COUNT, 14),
    Column("grave", "重要", Kind.COUNT, 12),
    Column("hits", "共查到", Kind.COUNT, 14),
    Column("fingerprint", "签名指纹", Kind.CODE, 74),
    Column("first_fault", "第一处对不上", Kind.TEXT, 90),
)
_FIGURES = (
    Column("village", "村", Kind.TEXT, 30),
    Column("entity", "单位", Kind.TEXT, 56),
    Column("income", "收入", Kind.MONEY, 30),
    Column("expense", "支出", Kind.MONEY, 30),
    Column("cash", "现金", Kind.MONEY, 26),
    Column("bank", "存款", Kind.MONEY, 32),
    Column("owed_to", "别人欠的", Kind.MONEY, 30),
    Column("owed_by", "欠别人的", Kind.MONEY, 30),
    Column("file", "送审包", Kind.CODE, 60),
)


def verdict_table(
    reviewed: Sequence[Reviewed], unread: Sequence[tuple[str, str]], missing: Sequence[str]
) -> Table:
    """Every village's package, those that do not hold first; then files that are none, then who has not sent."""
    ordered = sorted(
        reviewed, key=lambda one: (_VERDICTS.index(one.verdict), one.known.village, one.known.number)
    )
    rows = [_row(one) for one in ordered]
    blank = (None,) * (len(_COLUMNS) - 3)
    rows = [Row(Role.DETAIL, ("读不了", file, *blank, why)) for file, why in unread] + rows
    rows += [Row(Role.DETAIL, ("没有送", village, *blank, "")) for village in missing]
    return Table(
        report="review-desk",
        title="送审包审阅汇总",
        village="",
        ledger="",
        entity="",
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=("第一次收到一个村的送审包时，请把指纹和村里的核对；以后指纹不一样的，会排在最前面。",),
        full_dates=True,
        facts={"packages": len(reviewed), "unread": len(unread), "missing": len(missing)},
    )


def _row(one: Reviewed) -> Row:
    known = one.known
    return Row(
        Role.DETAIL,
        (
            one.verdict,
            known.village,
            known.number,
            date.fromisoformat(known.first),
            date.fromisoformat(known.last),
            "是" if one.closed else "否",
            len(one.findings) or None,
            one.grave or None,
            len(one.hits) or None,
            known.fingerprint,
            one.findings[0].sentence() if one.findings else "",
        ),
    )


def figures_table(reviewed: Sequence[Reviewed]) -> Table:
    """What each ledger of each village comes to, and all of them together; a village's newest package counts once."""
    newest: dict[str, Reviewed] = {}
    for one in reviewed:
        if one.known.book not in newest or one.known.number > newest[one.known.book].known.number:
            newest[one.known.book] = one
    rows: list[Row] = []
    sums = [0] * 6
    for one in sorted(newest.values(), key=lambda kept: kept.known.village):
        for total in one.totals:
            figures = astuple(total)[2:]
            sums = [a + b for a, b in zip(sums, figures, strict=True)]
            rows.append(Row(Role.DETAIL, (one.known.village, total.entity, *figures, one.file)))
    rows.append(Row(Role.TOTAL, ("合计", f"{len(newest)} 个村", *sums, "")))
    return Table(
        report="review-figures",
        title="各村账目汇总",
        village="",
        ledger="",
        entity="",
        columns=_FIGURES,
        rows=tuple(rows),
        notes=("同一个村送了几包的，只算最新的一包。每个数都能在那一包里查到凭证。",),
    )
