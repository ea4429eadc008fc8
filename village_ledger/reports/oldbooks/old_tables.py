"""Tables about books taken over from another program: where each account goes (科目对照), and balances before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart
from village_ledger.domain.old_mapping import Proposal, Remembered
from village_ledger.domain.old_plan import NOTHING, Compared, Figures
from village_ledger.domain.old_program import OldRecords
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer

_MAPPING = (
    Column("old_code", "旧科目代码", Kind.CODE, 22),
    Column("old_name", "旧科目名称", Kind.TEXT, 62),
    Column("debit", "期末借方", Kind.MONEY, 28),
    Column("credit", "期末贷方", Kind.MONEY, 28),
    Column("code", "新科目编码", Kind.CODE, 20),
    Column("name", "新科目名称", Kind.TEXT, 28),
    Column("detail", "新明细名称", Kind.TEXT, 30),
    Column("counterparty", "往来单位", Kind.TEXT, 30),
    Column("project", "项目", Kind.TEXT, 24),
    Column("note", "说明", Kind.TEXT, 60),
    Column("certainty", "把握", Kind.SIDE, 12),
)
_REMEMBERED = (
    Column("old_code", "旧科目代码", Kind.CODE, 26),
    Column("old_name", "旧科目名称", Kind.TEXT, 80),
    Column("code", "新科目编码", Kind.CODE, 24),
    Column("name", "新科目", Kind.TEXT, 70),
    Column("counterparty", "往来单位", Kind.TEXT, 44),
    Column("project", "项目", Kind.TEXT, 36),
)
_COMPARED = (
    Column("code", "新科目编码", Kind.CODE, 20),
    Column("name", "科目", Kind.TEXT, 78),
    Column("book", "账", Kind.SIDE, 14),
    Column("opening", "期初余额", Kind.MONEY, 32),
    Column("debit", "本期借方", Kind.MONEY, 32),
    Column("credit", "本期贷方", Kind.MONEY, 32),
    Column("closing", "期末余额", Kind.MONEY, 32),
)
OPEN = "待定"
"""Stands in place of a certainty where nobody knows the account."""
_NOTES = ("余额借方为正、贷方为负。每个新科目两行：旧账是并进它的各旧科目相加，新账是这本账现在的数。",)


def mapping_table(issuer: Issuer, chart: Chart, records: OldRecords, proposals: Sequence[Proposal]) -> Table:
    """Every old account used and its place; what must be decided first is marked."""
    closing: dict[str, int] = {}
    for x in records.balances:
        closing[x.code] = closing.get(x.code, 0) + x.closing
    rows = [
        Row(
            Role.DETAIL,
            (
                one.old.shown,
                one.old.words,
                max(closing.get(one.old.code, 0), 0),
                max(-closing.get(one.old.code, 0), 0),
                one.shown,
                first_name(chart, one),
                one.detail,
                one.party,
                one.project,
                one.note,
                one.certainty or OPEN,
            ),
        )
        for one in proposals
    ]
    total = Row(
        Role.TOTAL,
        (
            "合计",
            "",
            sum(max(x, 0) for x in closing.values()),
            sum(max(-x, 0) for x in closing.values()),
            *("",) * 7,
        ),
    )
    open_ones = [x.old.shown for x in proposals if x.is_open]
    return Table(
        report="old-mapping",
        title="旧账科目对照表",
        columns=_MAPPING,
        rows=(*rows, total),
        heading=_heading(records.entity or issuer.entity, records.span.words(), records.program.words),
        checks=(Check("H1", not open_ones, "每个旧科目都定了归处", "、".join(open_ones)),),
        notes=("把握：A 确定，B 合理，C 要由村里定，待定 是新科目表里没有同名的。改好的表可以读回来。",),
        sums_on_paper=True,
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        watermark=issuer.watermark,
    )


def remembered_table(issuer: Issuer, chart: Chart, remembered: dict[str, Remembered]) -> Table:
    """The mapping a ledger remembers."""
    rows = [
        Row(
            Role.DETAIL,
            (code, one.name, one.code, chart.path(one.code), one.party, one.project),
        )
        for code, one in remembered.items()
    ]
    return Table(
        report="old-mapping",
        title="旧账科目对照表",
        columns=_REMEMBERED,
        rows=tuple(rows),
        heading=(f"单位：{issuer.entity}",),
        notes=("这是上次导入时定下的对照，下次导入同一套旧账照此提议。",),
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        watermark=issuer.watermark,
    )


def first_name(chart: Chart, one: Proposal) -> str:
    """Name of the first-level account a proposal belongs to; empty where the account must be made first."""
    if not one.shown:
        return ""
    return chart.path(one.target).partition("—")[0]


def comparison_table(
    issuer: Issuer, chart: Chart, compared: Sequence[Compared], records: tuple[str, str, str]
) -> Table:
    """Balances before and after; ``records`` are the old entity, the span in words and the program."""
    rows: list[Row] = []
    before, after = NOTHING, NOTHING
    for one in compared:
        before, after = before.plus(one.before), after.plus(one.after)
        name = chart.path(one.code) if one.code in chart else one.code
        rows.append(Row(Role.DETAIL, ("", "；".join(one.olds), "旧账", *one.before), level=2))
        rows.append(
            Row(
                Role.DETAIL,
                (one.code, name, "新账", *one.after),
                link=Link("account", one.code, issuer.ledger),
            )
        )
    rows += [
        Row(Role.TOTAL, ("", f"合计（{len(compared)} 个科目）", "旧账", *before)),
        Row(Role.TOTAL, ("", "", "新账", *after)),
    ]
    wrong = [one.code for one in compared if not one.agrees]
    return Table(
        report="old-comparison",
        title="旧账导入前后对照表",
        columns=_COMPARED,
        rows=tuple(rows),
        heading=(*_heading(*records), "单位：元"),
        checks=(
            Check("H2", not wrong, f"{len(compared)} 个科目导入前后逐个相等", "、".join(wrong)),
            Check("H3", after.debit == after.credit, "导入的发生额借贷相等", _words(after)),
        ),
        notes=_NOTES,
        signatures=(("会计", ""), ("审核", ""), ("监事会", "")),
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        watermark=issuer.watermark,
    )


def _words(figures: Figures) -> str:
    from village_ledger.domain.money import format_fen

    return f"{format_fen(figures.debit)}＝{format_fen(figures.credit)}"


def _heading(entity: str, span: str, program: str) -> tuple[str, ...]:
    return (f"旧账：{entity}", f"期间：{span}", f"原软件：{program}")
