"""What was proven of a package or a book (核对结果): each look by its rule, what does not hold first."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.period import Span
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.book.verification import Checked

_COLUMNS = (
    Column("rule", "编号", Kind.CODE, 16),
    Column("what", "核对什么", Kind.TEXT, 60),
    Column("result", "结果", Kind.SIDE, 20),
    Column("text", "哪里不对", Kind.TEXT, 160),
)


def proof_table(village: str, checks: Sequence[Checked], span: Span) -> Table:
    """Findings first, one row each, then everything that holds."""
    rows = [
        Row(Role.DETAIL, (check.rule, check.what, "不对", finding.sentence()))
        for check in checks
        for finding in check.findings
    ]
    sound = [check for check in checks if not check.findings]
    rows += [Row(Role.DETAIL, (check.rule, check.what, "对", "")) for check in sound]
    faults = len(rows) - len(sound)
    return Table(
        report="package-proof",
        title="核对结果",
        village=village,
        ledger="",
        entity=village,
        columns=_COLUMNS,
        rows=tuple(rows),
        span=span,
        notes=(f"核对了 {len(checks)} 项，{len(sound)} 项都对，{faults} 处不对。",),
        counts={"checks": len(checks), "sound": len(sound), "faults": faults},
    )
