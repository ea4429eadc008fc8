"""Handovers of the book one under the other, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.handover import Handover
from village_ledger.reports.table import Column, Kind, Role, Row, Table

COLUMNS = (
    Column("number", "编号", Kind.CODE, 32),
    Column("day", "锁定日", Kind.DATE, 28),
    Column("post", "岗位", Kind.TEXT, 24),
    Column("giver", "移交人", Kind.TEXT, 28),
    Column("taker", "接交人", Kind.TEXT, 28),
    Column("supervisor", "监交人", Kind.TEXT, 28),
    Column("stage", "到了哪一步", Kind.TEXT, 28),
    Column("signed", "签字", Kind.TEXT, 40),
)


def register(village: str, entity: str, watermark: str, handovers: Sequence[Handover]) -> Table:
    """The list of the book's handovers."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.number,
                one.day,
                one.parties.post,
                one.parties.giver,
                one.parties.taker,
                one.parties.supervisor,
                one.stage,
                "、".join(mark.place.words for mark in one.signatures),
            ),
        )
        for one in handovers
    ]
    return Table(
        report="handovers",
        title="会计交接登记",
        village=village,
        ledger="",
        entity=entity,
        columns=COLUMNS,
        rows=tuple(rows),
        heading=(f"共 {len(handovers)} 次",),
        watermark=watermark,
        full_dates=True,
    )
