"""The operation log (操作日志): who did what and when; it only grows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.period import Span
from village_ledger.reports.issuer import DEMO
from village_ledger.reports.table import Column, Kind, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.storage.records import Operation

COLUMNS = (
    Column("seq", "序号", Kind.COUNT, 14),
    Column("at", "时间", Kind.CODE, 38),
    Column("by", "操作人", Kind.TEXT, 22),
    Column("action", "操作", Kind.TEXT, 30),
    Column("ledger", "账", Kind.TEXT, 36),
    Column("subject", "对象", Kind.TEXT, 40),
    Column("detail", "内容", Kind.TEXT, 82),
)


class LogQuery(NamedTuple):
    """Which records are asked for beside the days: a person, words of the action, words of the content."""

    person: str = ""
    action: str = ""
    text: str = ""

    def words(self) -> tuple[str, ...]:
        """What was asked for, as it stands over the list."""
        said = (("操作人", self.person), ("操作", self.action), ("内容含", self.text))
        return tuple(f"{label}：{value}" for label, value in said if value)


EVERYTHING = LogQuery()
"""All records."""


def operation_log(
    village: str,
    operations: Iterable[Operation],
    titles: dict[str, str],
    span: Span | None,
    query: LogQuery = EVERYTHING,
    *,
    is_demo: bool,
) -> Table:
    """The records in order; ``titles`` are the ledgers' names by code."""
    rows = tuple(
        Row(
            Role.DETAIL,
            (
                record.seq,
                record.at.replace("T", " ")[:19],
                record.by,
                record.action,
                titles.get(record.ledger, record.ledger),
                record.subject,
                _plain(record.detail),
            ),
        )
        for record in operations
    )
    return Table(
        report="operation-log",
        title="操作日志",
        village=village,
        ledger="",
        entity=village,
        columns=COLUMNS,
        rows=rows,
        span=span,
        heading=(*query.words(), f"共 {len(rows)} 条"),
        watermark=DEMO if is_demo else "",
    )


def _plain(detail: str) -> str:
    """What was kept part by part, read as a sentence: ``水电费|借|启用|`` is 水电费，借，启用."""
    return "，".join(part for part in detail.split("|") if part)
