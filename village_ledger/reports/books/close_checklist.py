"""Check list before a month closes (结账检查单): what passes, what warns, what keeps the month open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from village_ledger.domain.period import MONTH_STATE_NAMES, Month, MonthState, Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.check_item import CheckItem, Verdict

COLUMNS = (
    Column("rule", "编号", Kind.CODE, 14),
    Column("name", "检查什么", Kind.TEXT, 52),
    Column("verdict", "结果", Kind.TEXT, 20),
    Column("text", "查到什么", Kind.TEXT, 78),
    Column("evidence", "在哪里", Kind.TEXT, 52),
    Column("waiver", "为什么放行", Kind.TEXT, 52),
)
WORDS = {Verdict.PASS: "通过", Verdict.WARN: "提醒", Verdict.FAIL: "不能结账"}
SIGNATURES = (("会计主管", ""), ("检查人", ""), ("结账人", ""), ("监事", ""), ("监事", ""))


def close_checklist(
    issuer: Issuer,
    month: Month,
    state: MonthState,
    items: Sequence[CheckItem],
    warnings: Sequence[str] = (),
) -> Table:
    """One row per line of the check list; the heading counts them. ``warnings`` say what was reopened."""
    found = Counter(item.verdict for item in items)
    counted = "，".join(f"{WORDS[verdict]} {found[verdict]} 项" for verdict in Verdict if found[verdict])
    if waived := sum(item.waived for item in items):
        counted += f"，其中放行 {waived} 项"
    closed = "" if state.accepts_vouchers else f"本月已{MONTH_STATE_NAMES[state]}"
    return Table(
        report="close-checklist",
        title="结账检查单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(Row(Role.DETAIL, _cells(item)) for item in items),
        span=Span.of_month(month),
        heading=tuple(text for text in (Span.of_month(month).words(), counted, closed) if text),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
    )


def _cells(item: CheckItem) -> tuple[str, ...]:
    reason = ""
    if item.waived and item.waiver is not None:
        reason = f"{item.waiver.reason}（{item.waiver.by} {item.waiver.at[:10]}）"
    return (item.rule, item.title, WORDS[item.verdict], item.text, "、".join(item.evidence), reason)
