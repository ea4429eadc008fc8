"""Check list before a month closes (结账检查单): what passes, what warns, what keeps the month open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from village_ledger.domain.period import MONTH_STATE_NAMES, Month, MonthState, Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.check_item import CheckItem, Verdict

COLUMNS = (
    Column("rule", "编号", Kind.CODE, 16),
    Column("verdict", "结果", Kind.TEXT, 22),
    Column("text", "检查什么、查到什么", Kind.TEXT, 130),
    Column("evidence", "在哪里", Kind.TEXT, 100),
)
WORDS = {Verdict.PASS: "通过", Verdict.WARN: "提醒", Verdict.FAIL: "不能结账"}
SIGNATURES = (("会计主管", ""), ("检查人", ""), ("结账人", ""))


def close_checklist(issuer: Issuer, month: Month, state: MonthState, items: Sequence[CheckItem]) -> Table:
    """One row per line of the check list; the heading counts them."""
    found = Counter(item.verdict for item in items)
    counted = "，".join(f"{WORDS[verdict]} {found[verdict]} 项" for verdict in Verdict if found[verdict])
    closed = "" if state.accepts_vouchers else f"本月已{MONTH_STATE_NAMES[state]}"
    return Table(
        report="close-checklist",
        title="结账检查单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(
            Row(Role.DETAIL, (item.rule, WORDS[item.verdict], item.text, "、".join(item.evidence)))
            for item in items
        ),
        span=Span.of_month(month),
        heading=tuple(text for text in (Span.of_month(month).words(), counted, closed) if text),
        watermark=issuer.watermark,
        signatures=SIGNATURES,
    )
