"""One village's part of the merged books (原村): what it brought, where it stands, what was eliminated."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.reports.merger.merger_words import MergerPaper
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.storage.merger.records import MergerSource, StoredOrigin

ORIGIN_COLUMNS = (
    Column("old", "原科目", Kind.CODE, 22),
    Column("old_name", "原名称", Kind.TEXT, 46),
    Column("old_party", "原往来、项目", Kind.TEXT, 50),
    Column("debit", "借方", Kind.MONEY, 32),
    Column("credit", "贷方", Kind.MONEY, 32),
    Column("account", "现科目", Kind.CODE, 22),
    Column("party", "现往来、项目", Kind.TEXT, 50),
    Column("eliminated", "情况", Kind.SIDE, 20),
)


def merger_origin(
    paper: MergerPaper,
    origins: Sequence[StoredOrigin],
    sources: Sequence[MergerSource],
    titles: dict[str, str],
) -> Table:
    """Every old balance of some villages with its place now."""
    rows: list[Row] = []
    debit = credit = 0
    for source in sources:
        for ledger, title in titles.items():
            mine = [x for x in origins if x.source == source.number and x.ledger == ledger and x.balance]
            if not mine:
                continue
            rows.append(Row(Role.SECTION, ("", f"{source.village} → {title}", *("", None, None), "", "", "")))
            rows += [_row(one) for one in mine]
            into = sum(x.balance for x in mine if x.balance > 0)
            out = -sum(x.balance for x in mine if x.balance < 0)
            rows.append(Row(Role.SUBTOTAL, ("", "合计", "", into, out, "", "", "")))
            debit, credit = debit + into, credit + out
    rows.append(Row(Role.TOTAL, ("", "总计", "", debit, credit, "", "", "")))
    names = "、".join(source.village for source in sources)
    return Table(
        report="merger-origin",
        title="原村余额来源表",
        columns=ORIGIN_COLUMNS,
        rows=tuple(rows),
        heading=(*paper.heading, f"原村：{names}", "单位：元"),
        **paper.head(),
    )


def _row(one: StoredOrigin) -> Row:
    return Row(
        Role.DETAIL,
        (
            one.old_account,
            one.old_name,
            _item(one.old_party, one.old_project),
            max(one.balance, 0) or None,
            max(-one.balance, 0) or None,
            one.account,
            _item(one.party, one.project),
            "抵销" if one.eliminated else "",
        ),
        level=2,
    )


def _item(party: str, project: str) -> str:
    return "·".join(filter(None, (party, project)))
