"""Stock-takes of a ledger one under the other, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.stock_take import Step, StockTake
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table

COLUMNS = (
    Column("day", "清查日", Kind.DATE, 30),
    Column("stage", "到了哪一步", Kind.TEXT, 30),
    Column("result", "盘点结果", Kind.TEXT, 70),
    Column("leader", "负责人", Kind.TEXT, 30),
    Column("supervisor", "监督人", Kind.TEXT, 30),
    Column("decision", "审批", Kind.TEXT, 44),
    Column("resolution", "确认", Kind.TEXT, 44),
)


def register(issuer: Issuer, takes: Sequence[StockTake]) -> Table:
    """The list of a ledger's stock-takes."""
    rows = [Row(Role.DETAIL, _cells(take)) for take in takes]
    return Table(
        report="stock-takes",
        title="清产核资登记",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        heading=(f"共 {len(takes)} 次",),
        watermark=issuer.watermark,
        full_dates=True,
    )


def _cells(take: StockTake) -> tuple[Cell, ...]:
    def said(step: Step) -> str:
        done = take.done(step)
        return f"{done.number} {done.day}".strip() if done is not None else ""

    counted = take.done(Step.COUNTED)
    return (
        take.day,
        take.stage,
        counted.words if counted is not None else "",
        take.persons.leader,
        take.persons.supervisor,
        said(Step.APPROVED),
        said(Step.CONFIRMED),
    )
