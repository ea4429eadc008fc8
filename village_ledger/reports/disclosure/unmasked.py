"""Who stands in full on public sheets (L2), where and why: read again from the finished sheets before they hang."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from village_ledger.domain.masking import Level
from village_ledger.domain.period import Span
from village_ledger.reports.disclosure.privacy import NO_REASON, Named
from village_ledger.reports.disclosure.privacy_rules import Reason
from village_ledger.reports.disclosure.public_sheet import NIL
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table

REPORT = "disclosure-unmasked"
COLUMNS = (
    Column("name", "写全的名字", Kind.TEXT, 62),
    Column("column", "在哪一栏", Kind.TEXT, 30),
    Column("count", "几处", Kind.COUNT, 16),
    Column("reason", "为什么写全", Kind.TEXT, 90),
    Column("basis", "依据", Kind.TEXT, 80),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A public sheet and who stands in full on it."""

    title: str
    """A 收支公开表（逐笔） · 集体经济组织账."""
    named: Sequence[Named]


@dataclass(frozen=True, slots=True)
class About:
    """Whose sheets they are."""

    village: str
    ledger: str
    entity: str
    span: Span
    watermark: str = ""


def unmasked_table(about: About, sheets: Iterable[Sheet]) -> Table:
    """One block to a sheet, one row to a name and column; what has no reason stands first and fails."""
    rows: list[Row] = []
    without: list[str] = []
    people: set[str] = set()
    for sheet in sheets:
        rows.append(Row(Role.SECTION, (sheet.title, "", None, "", "")))
        found = _counted(sheet.named)
        rows += found or [Row(Role.DETAIL, (NIL, "", None, "这张表上没有写全名的人", ""))]
        people.update(one.name for one in sheet.named)
        without += [f"{sheet.title}：{one.name}" for one in sheet.named if one.reason is None]
    rows.append(Row(Role.TOTAL, ("合计", "", len(people), "个人写了全名", "")))
    known = list(dict.fromkeys(without))
    said = "每一个写全名的都有理由，没有号码" if not known else f"没有理由：{'、'.join(known[:5])}"
    return Table(
        report=REPORT,
        title="公开表上写全名的清单",
        village=about.village,
        ledger=about.ledger,
        entity=about.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=about.span,
        heading=(about.span.words(), f"{Level.PUBLIC.value} {Level.PUBLIC.words}", "张贴前核对用，不张贴"),
        checks=(Check("写全有理由", not known, said),),
        notes=(
            "没有列出的人都打了码：两个字留第一个，三个字遮中间；同一张表上打码后一样的，加户编号。",
            "身份证号、银行账号、电话一律不登；不满 14 周岁的，写在户里。写全的理由在 privacy.toml 里，可以照本县的规定改。",
        ),
        watermark=about.watermark,
    )


def _counted(named: Sequence[Named]) -> list[Row]:
    """Names with the columns they stand in and how often, those without a reason first."""
    found: dict[tuple[str, Reason], list[Named]] = {}
    for one in named:
        found.setdefault((one.name, one.reason or NO_REASON), []).append(one)
    order = sorted(found, key=lambda key: (key[1] is not NO_REASON, key[1].words, key[0]))
    return [_row(name, reason, found[name, reason]) for name, reason in order]


def _row(name: str, reason: Reason, places: Sequence[Named]) -> Row:
    columns = "、".join(dict.fromkeys(one.column for one in places))
    link = next((one.link for one in places if one.link), None)
    return Row(Role.DETAIL, (name, columns, len(places), reason.words, reason.basis), link=link)
