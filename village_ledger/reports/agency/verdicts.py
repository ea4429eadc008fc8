"""How a batch over villages went (批量办的结果): a verdict for each ledger, what was refused first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from village_ledger.domain.agency import BatchAct, BatchResult, VillageVerdict
from village_ledger.reports.agency.words import ledger_words
from village_ledger.reports.table import Column, Kind, Role, Row, Table

_COLUMNS = (
    Column("result", "结果", Kind.SIDE, 22),
    Column("village", "村", Kind.TEXT, 34),
    Column("ledger", "账套", Kind.TEXT, 44),
    Column("count", "办了", Kind.COUNT, 16),
    Column("words", "怎么样", Kind.TEXT, 120),
    Column("files", "文件", Kind.TEXT, 40),
)
_ORDER = (
    BatchResult.REFUSED,
    BatchResult.UNREACHED,
    BatchResult.STOPPED,
    BatchResult.DONE,
    BatchResult.NOTHING,
)
_COUNTED = {
    BatchAct.REVIEW: "张凭证",
    BatchAct.POST: "张凭证",
    BatchAct.CLOSE: "个月",
    BatchAct.PRINT: "份表",
    BatchAct.EXPORT: "份",
}
FAILED = frozenset({BatchResult.REFUSED, BatchResult.UNREACHED, BatchResult.STOPPED})
"""Results that leave something to be done: a command that had one ends with exit code 1."""


def in_order(verdicts: Sequence[VillageVerdict]) -> list[VillageVerdict]:
    """What was refused first; the villages' order within."""
    return sorted(verdicts, key=lambda one: _ORDER.index(one.result))


def summed_up(act: BatchAct, verdicts: Sequence[VillageVerdict]) -> str:
    """The whole batch in a sentence, as 审核：3 个村办好了，共 12 张凭证；1 个村没有办成."""
    counts = Counter[BatchResult]()
    for result in BatchResult:
        counts[result] = len({one.book.uid for one in verdicts if one.result is result})
    busy = {one.book.uid for one in verdicts if one.result is not BatchResult.NOTHING}
    counts[BatchResult.NOTHING] = len({one.book.uid for one in verdicts} - busy)
    done = sum(one.count for one in verdicts)
    parts = [f"{counts[BatchResult.DONE]} 个村办好了，共 {done} {_COUNTED[act]}"]
    parts += [
        f"{counts[result]} 个村{result.words}"
        for result in (
            BatchResult.REFUSED,
            BatchResult.UNREACHED,
            BatchResult.STOPPED,
            BatchResult.NOTHING,
        )
        if counts[result]
    ]
    return f"{act.words}：{'；'.join(parts)}。"


def verdict_table(
    office: str,
    act: BatchAct,
    verdicts: Sequence[VillageVerdict],
    by: str,
    at: str,
) -> Table:
    """A row a verdict; ``by`` and ``at`` say who did it and when."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.result.words,
                one.book.village,
                ledger_words(one.ledger),
                one.count or None,
                one.words,
                "、".join(Path(file).name for file in one.files),
            ),
        )
        for one in in_order(verdicts)
    ]
    villages = len({one.book.uid for one in verdicts})
    total = sum(one.count for one in verdicts)
    rows.append(
        Row(Role.TOTAL, ("", f"合计 {villages} 个村", "", total or None, summed_up(act, verdicts), ""))
    )
    failed = sum(one.result in FAILED for one in verdicts)
    return Table(
        report="agency-batch",
        title=f"各村{act.words}的结果",
        village="",
        ledger="",
        entity=office,
        columns=_COLUMNS,
        rows=tuple(rows),
        subtitle=f"{by} {at[:16].replace('T', ' ')}",
        notes=("每个村的账记在各自的账簿里，操作日志写明是谁办的；一个村没有办成，不碍别的村。",),
        counts={"villages": villages, "failed": failed},
    )
