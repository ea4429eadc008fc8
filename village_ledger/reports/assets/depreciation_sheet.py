"""折旧计算表: what each asset bears of a month, as entered or as it would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.chart import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.storage.assets.records import Run

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer

COLUMNS = (
    Column("code", "资产编号", Kind.CODE, 26),
    Column("name", "名称", Kind.TEXT, 62),
    Column("kind", "类别", Kind.TEXT, 36),
    Column("use", "用途", Kind.TEXT, 16),
    Column("amount", "本月折旧", Kind.MONEY, 34),
    Column("accumulated", "累计折旧", Kind.MONEY, 36),
    Column("account", "记入科目", Kind.CODE, 22),
    Column("account_name", "科目名称", Kind.TEXT, 42),
)


class Charged(NamedTuple):
    """One asset of the sheet; amounts in fen, ``accumulated`` after the month."""

    code: str
    name: str
    kind: str
    use: str
    amount: int
    accumulated: int
    account: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """What was read of a month: its rows, and the runs they stand on (none: a preview)."""

    month: Month
    rows: Sequence[Charged]
    runs: Sequence[Run]
    unmetered: Sequence[str]


def depreciation_sheet(issuer: Issuer, chart: Chart, figures: SheetFigures) -> Table:
    """One row an asset, then sums by account."""
    rows = [
        Row(
            Role.DETAIL,
            (r.code, r.name, r.kind, r.use, r.amount, r.accumulated, r.account, _name(chart, r.account)),
            link=r.link,
        )
        for r in figures.rows
    ]
    sums: dict[str, int] = {}
    for r in figures.rows:
        sums[r.account] = sums.get(r.account, 0) + r.amount
    rows += [
        Row(Role.SUBTOTAL, ("", "小计", "", "", amount, None, code, _name(chart, code)))
        for code, amount in sorted(sums.items())
    ]
    if rows:
        rows.append(Row(Role.TOTAL, ("", "合计", "", "", sum(sums.values()), None, "", "")))
    whole = [run for run in figures.runs if run.whole]
    return Table(
        report="depreciation",
        title="折旧计算表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span.of_month(figures.month),
        heading=(
            f"{figures.month.year}年{figures.month.month}月",
            f"{len(figures.rows)} 项，{format_fen(sum(sums.values()))} 元",
            "、".join(run.voucher for run in figures.runs) if whole else "还没有提，按卡片预先算出",
        ),
        notes=_notes(figures),
        watermark=issuer.watermark,
        signatures=(("负责人", ""), ("审核", ""), ("制表", "")),
        sums_on_paper=True,
    )


def _notes(figures: SheetFigures) -> tuple[str, ...]:
    if not figures.unmetered or any(run.whole for run in figures.runs):
        return ()
    return (f"按工作量提折旧、这个月没有填工作量的：{'、'.join(figures.unmetered)}。",)


def _name(chart: Chart, code: str) -> str:
    return chart.path(code) if code in chart else ""
