"""指标: each with its value, the formula in words, the figures put into it, and the line from which one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.indicator import Indicator, Judged
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Span
from village_ledger.reports.table import Column, Kind, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.reports.indicators.indicator_figures import IndicatorSet
    from village_ledger.reports.issuer import Issuer

COLUMNS = (
    Column("key", "代号", Kind.CODE, 28),
    Column("name", "指标", Kind.TEXT, 32),
    Column("value", "数值", Kind.DECIMAL, 30),
    Column("unit", "单位", Kind.SIDE, 14),
    Column("formula", "怎么算", Kind.TEXT, 62),
    Column("working", "代入的数", Kind.TEXT, 62),
    Column("line", "警戒线", Kind.TEXT, 24),
    Column("judged", "判断", Kind.TEXT, 22),
)
_SAID = {Judged.GOOD: "正常", Judged.LOOK: "▲ 要看", Judged.UNJUDGED: ""}


def indicators(issuer: Issuer, shown: IndicatorSet) -> Table:
    """One row an indicator, then the arrears by age."""
    rows = [_row(one) for one in shown.indicators]
    late = [(words, fen) for words, fen in shown.ages if fen]
    if late:
        rows.append(Row(Role.SECTION, ("", "拖欠租金的账龄", "", "", "", "", "", "")))
        rows += [Row(Role.DETAIL, ("", words, plain_fen(fen), "元", "", "", "", "")) for words, fen in late]
    return Table(
        report="indicators",
        title="集体经济指标",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span(shown.day.replace(month=1, day=1), shown.day),
        heading=(f"{shown.day.year} 年 1 月 1 日至 {shown.day}",),
        notes=tuple(_notes(shown)),
        warnings=shown.warnings,
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("监事长", ""), ("会计", ""), ("制表", "")),
    )


def judged_words(one: Indicator) -> str:
    """How it stands, in words; the band of collective income instead of a judgement."""
    return one.band or _SAID[one.judged]


def _row(one: Indicator) -> Row:
    said = one.definition
    value = one.text or None
    unit = said.unit.words if value is not None else ""
    cells = (said.key, said.name, value, unit, said.words, one.working, one.line_shown, judged_words(one))
    return Row(Role.DETAIL, cells)


def _notes(shown: IndicatorSet) -> list[str]:
    notes = [
        "口径、警戒线和分档都是可以改的数据（rules/indicators.toml、页面“指标”）；百分数保留一位，四舍五入。"
    ]
    notes += [
        f"{one.definition.name}：{one.definition.note}" for one in shown.indicators if one.definition.note
    ]
    return notes
