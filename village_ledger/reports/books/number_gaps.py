"""Voucher numbers that are missing (断号检查): normally none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.period import Month
from village_ledger.reports.issuer import DEMO
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table

COLUMNS = (
    Column("ledger", "账", Kind.TEXT, 60),
    Column("month", "月份", Kind.CODE, 30),
    Column("word", "凭证字", Kind.TEXT, 30),
    Column("first", "缺号从", Kind.COUNT, 40),
    Column("last", "缺号到", Kind.COUNT, 40),
)


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers of one ledger, month and word: first, last and how many vouchers there are."""

    ledger: str
    title: str
    month: Month
    word: str
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Hole:
    """Numbers that are missing, first to last."""

    ledger: str
    title: str
    month: Month
    word: str
    first: int
    last: int


def number_gaps(
    village: str, entity: str, ledger: str, runs: Sequence[Run], holes: Sequence[Hole], *, is_demo: bool
) -> Table:
    """One row per hole; the notes say which numbers were looked at. ``ledger`` is empty for both."""
    rows = tuple(
        Row(Role.DETAIL, (hole.title, str(hole.month), hole.word, hole.first, hole.last)) for hole in holes
    )
    found = f"有 {len(holes)} 处断号" if holes else "凭证号连续，没有断号"
    return Table(
        report="number-gaps",
        title="凭证号检查",
        village=village,
        ledger=ledger,
        entity=entity,
        columns=COLUMNS,
        rows=rows,
        checks=(Check("凭证号", ok=not holes, text=found),),
        notes=tuple(_looked_at(runs)),
        watermark=DEMO if is_demo else "",
    )


def _looked_at(runs: Sequence[Run]) -> list[str]:
    by_title: dict[str, list[str]] = {}
    for run in runs:
        by_title.setdefault(run.title, []).append(
            f"{run.month} {run.word} {run.first}–{run.last} 共 {run.count} 张"
        )
    return [f"{title}：{'；'.join(texts)}。" for title, texts in by_title.items()]
