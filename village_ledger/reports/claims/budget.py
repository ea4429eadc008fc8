"""The year's plan beside what has been used (年度财务计划执行情况)."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.planning.budgets import BudgetUse
from village_ledger.storage.templates.queries import BudgetVersion

COLUMNS = (
    Column("code", "科目编码", Kind.CODE, 24),
    Column("name", "科目", Kind.TEXT, 76),
    Column("project", "项目", Kind.TEXT, 42),
    Column("plan", "计划", Kind.MONEY, 32),
    Column("used", "已用（已收）", Kind.MONEY, 32),
    Column("left", "还剩", Kind.MONEY, 32),
    Column("share", "%", Kind.COUNT, 14),
)


def budget_table(
    issuer: Issuer, year: int, versions: Sequence[BudgetVersion], uses: Sequence[BudgetUse]
) -> Table:
    """Income, then expense and everything else, each with its sum; a line of one project is not summed twice."""
    rows: list[Row] = []
    for heading, income in (("收入", True), ("支出和其他", False)):
        some = [use for use in uses if use.is_income is income]
        if some:
            rows.append(Row(Role.SECTION, (None, heading, None, None, None, None, None)))
            rows += [_row(use) for use in some]
            summed = [use for use in some if not _inside(use, some)]
            plan, used = sum(use.line.amount for use in summed), sum(use.used for use in summed)
            rows.append(
                Row(
                    Role.SUBTOTAL, (None, f"{heading}合计", None, plan, used, plan - used, _share(used, plan))
                )
            )
    newest = versions[-1] if versions else None
    heading = [f"{year}年"]
    if newest is not None:
        heading.append(f"第 {newest.version} 版")
        heading.append(newest.resolution or "没有写决议文号")
    return Table(
        report="budget",
        title="年度财务计划执行情况表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span.of_year(year),
        heading=(*heading, "单位：元"),
        notes=_notes(versions),
        watermark=issuer.watermark,
        zero="—",
    )


def _row(use: BudgetUse) -> Row:
    line = use.line
    cells = (
        line.account,
        use.path,
        line.project,
        line.amount,
        use.used,
        use.left,
        _share(use.used, line.amount),
    )
    return Row(Role.DETAIL, cells)


def _share(used: int, plan: int) -> str:
    return f"{used * 100 // plan}%" if plan else ""


def _inside(use: BudgetUse, others: Sequence[BudgetUse]) -> bool:
    """Whether another line of the plan holds this one: an account above, or the same without a project."""
    return any(
        other is not use
        and use.line.account.startswith(other.line.account)
        and other.line.project in ("", use.line.project)
        and (other.line.account != use.line.account or other.line.project != use.line.project)
        for other in others
    )


def _notes(versions: Sequence[BudgetVersion]) -> tuple[str, ...]:
    kept = [
        f"第 {v.version} 版：{v.made_at[:10]} {v.made_by}{f'，{v.resolution}' if v.resolution else ''}。"
        for v in versions
    ]
    words = "“已用”含已填未记账的凭证；下级科目和单列项目的计划包含在上级里，合计不重复计。"
    return (words, *kept) if versions else ("这一年还没有财务计划。",)
