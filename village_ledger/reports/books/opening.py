"""The opening document on paper (期初余额表): every balance, its proof, how it came to be, places to sign."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.balance import sided
from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table
from village_ledger.storage.records import OpeningLine, Operation
from village_ledger.storage.setup.queries import OpeningDocument

_PARTIES = (
    Column("counterparty", "往来单位", Kind.TEXT, 40, optional=True),
    Column("project", "项目", Kind.TEXT, 36, optional=True),
)
_PAIRS = (("start", "年初余额", "年初"), ("year", "本年累计发生额", "本年累计"), ("", "期初余额", "期初"))
SIGNATURES = (("单位负责人", ""), ("会计主管", ""), ("监督人", ""), ("制表", ""))
_CHANGES_SHOWN = 12


def opening_table(
    issuer: Issuer,
    chart: Chart,
    start: Month,
    document: OpeningDocument,
    lines: Sequence[OpeningLine],
    changes: Sequence[Operation] = (),
    warnings: Sequence[str] = (),
) -> Table:
    """One row per balance in code order; a book begun in mid-year shows 年初数 and 本年累计 beside it.

    ``changes`` are the records of a document that was changed while it was provisional.
    """
    pairs = _PAIRS if start.month > 1 else _PAIRS[2:]
    figures = [(line, _figures(line)[-2 * len(pairs) :]) for line in sorted(lines, key=_place)]
    totals = [sum(column) for column in zip(*(f for _, f in figures), strict=True)] or [0] * 2 * len(pairs)
    rows = [
        Row(
            Role.DETAIL,
            (line.account, chart.path(line.account), line.counterparty, line.project, *numbers),
            link=Link("account", line.account, issuer.ledger),
        )
        for line, numbers in figures
    ]
    rows.append(Row(Role.TOTAL, ("", f"合计（{len(rows)} 行）", "", "", *totals)))
    return Table(
        report="opening",
        title="期初余额表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_columns(pairs),
        rows=tuple(rows),
        heading=(f"{start.year}年{start.month}月1日", "单位：元", _state(document)),
        checks=tuple(_check(word, totals[2 * i], totals[2 * i + 1]) for i, (_, _, word) in enumerate(pairs)),
        notes=tuple(_notes(document, changes)),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
        facts={"digest": document.digest.hex(), "state": _state(document)},
    )


def _place(line: OpeningLine) -> tuple[str, str, str]:
    return line.account, line.counterparty, line.project


def _figures(line: OpeningLine) -> tuple[int, ...]:
    """年初, 本年累计 and 期初, debit and credit each."""
    start = sided(line.debit - line.credit - line.year_debit + line.year_credit)
    return (*start, line.year_debit, line.year_credit, line.debit, line.credit)


def _columns(pairs: Sequence[tuple[str, str, str]]) -> tuple[Column, ...]:
    wide = len(pairs) == 1
    return (
        Column("code", "科目编码", Kind.CODE, 22),
        Column("name", "科目", Kind.TEXT, 70 if wide else 44),
        *_PARTIES,
        *(
            Column(f"{key}_{side}" if key else side, word, Kind.MONEY, 36 if wide else 24, group)
            for key, group, _ in pairs
            for side, word in (("debit", "借方"), ("credit", "贷方"))
        ),
    )


def _state(document: OpeningDocument) -> str:
    return "期初未定" if document.provisional else "已定"


def _check(word: str, debit: int, credit: int) -> Check:
    if debit == credit:
        return Check("期初", ok=True, text=f"{word}借方合计=贷方合计")
    gap = format_fen(abs(debit - credit))
    text = f"{word}借方合计 {format_fen(debit)}，贷方合计 {format_fen(credit)}，相差 {gap}"
    return Check("期初", ok=False, text=text)


def _notes(document: OpeningDocument, changes: Sequence[Operation]) -> list[str]:
    """Who entered and who confirmed it, its seal, what was changed."""
    notes = [f"{document.entered_by} 于 {document.entered_at[:10]} 录入。"]
    if document.confirmed_by:
        notes.append(f"{document.confirmed_by} 于 {document.confirmed_at[:10]} 定下来，以后不能再改。")
    notes.append(f"本表的摘要值：{document.digest.hex()[:32]}；核对账簿时程序会重新计算。")
    if changes:
        notes.append(f"录入以后改动过 {len(changes)} 处，操作日志里都有：")
        notes += [f"{o.at[:10]} {o.by}：{o.subject}，{_why(o.detail)}。" for o in changes[-_CHANGES_SHOWN:]]
    return notes


def _why(detail: str) -> str:
    """Before, after and reason of a change, without the seal."""
    return detail.rpartition("；")[0] or detail
