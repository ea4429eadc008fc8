"""The year's financial plan (年度财务计划): amounts per account, versions kept, and what has been used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AmountError, ChartError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, Voucher, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.templates.queries import BudgetLine
from village_ledger.storage.templates.register import TemplatesRegister
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """A planned amount and what was used of it, fen; income is 'used' when it came in."""

    line: BudgetLine
    path: str
    is_income: bool
    used: int

    @property
    def left(self) -> int:
        """What may still be spent, or is still to come; below zero when passed."""
        return self.line.amount - self.used

    @property
    def share(self) -> int:
        """Used in per cent of the plan, rounded down; 0 for a plan of nothing."""
        return self.used * 100 // self.line.amount if self.line.amount else 0


def set_budget(
    uow: UnitOfWork, ledger: str, year: int, resolution: str, lines: Sequence[BudgetLine]
) -> Outcome[int]:
    """Keep a plan, or a revision of it, as the year's newest version; returns its number.

    Raises ChartError for an account the chart has not, VoucherError for a line twice or none at all, AmountError for an
    amount below zero.
    """
    require(uow, Duty.BUDGET, ledger)
    chart = uow.reader.chart(ledger)
    number = check_text(resolution, "决议文号", NAME_LIMIT)
    if not lines:
        raise VoucherError(f"{year}年的财务计划一行也没有", "请至少填一行。")
    tidy: list[BudgetLine] = []
    for line in lines:
        fault = line_fault(chart, line)
        if fault is not None:
            raise fault
        project = check_text(line.project, "项目", NAME_LIMIT)
        note = check_text(line.note, "备注", SUMMARY_LIMIT)
        if any((x.account, x.project) == (line.account, project) for x in tidy):
            raise VoucherError(f"{line.account}{f'（{project}）' if project else ''}写了两行", "请合成一行。")
        tidy.append(BudgetLine(line.account, project, line.amount, note))
    version = TemplatesRegister(uow).add_budget(ledger, year, number, tidy)
    total = sum(line.amount for line in tidy if not chart.get(line.account).is_income)
    detail = f"第 {version} 版，{len(tidy)} 行，支出合计 {format_fen(total)} 元" + (
        f"，{number}" if number else ""
    )
    uow.log.add(
        "定财务计划" if version == 1 else "调整财务计划", ledger=ledger, subject=str(year), detail=detail
    )
    warnings = () if number else (f"{year}年财务计划没有写决议文号；计划要由成员（代表）大会通过。",)
    return Outcome(version, Changes(templates=True, counterparties=True, ledger=ledger), warnings)


def line_fault(chart: Chart, line: BudgetLine) -> ChartError | AmountError | None:
    """Why a line cannot be planned, None when it can."""
    if line.account not in chart:
        return ChartError(f"本账没有科目 {line.account or '（空）'}", "请核对编码，或先增设这个科目。")
    if line.amount < 0:
        return AmountError(f"{line.account} 的计划金额小于零", "计划金额不能是负数。")
    return None


def uses(reader: Reader, ledger: str, year: int, version: int | None = None) -> list[BudgetUse]:
    """Every line of a year's plan (the newest version) with what has been used, vouchers not posted included."""
    chart = reader.chart(ledger)
    return [_use(reader, ledger, year, chart, line) for line in reader.budget_lines(ledger, year, version)]


def _use(reader: Reader, ledger: str, year: int, chart: Chart, line: BudgetLine) -> BudgetUse:
    leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(line.account)]
    account = chart.get(line.account)
    debit, credit = reader.year_used(ledger, year, leaves, line.project)
    return BudgetUse(
        line, chart.path(line.account), account.is_income, _used(chart, line.account, debit, credit)
    )


def _used(chart: Chart, code: str, debit: int, credit: int) -> int:
    """Income by what came in, expense by what it bore, balance-sheet accounts by what went in on their own side."""
    account = chart.get(code)
    if account.category not in INCOME_AND_EXPENSE:
        return debit if account.side.value == "借" else credit
    return credit - debit if account.is_income else debit - credit


def cautions(
    reader: Reader, ledger: str, voucher: Voucher, *, stored: bool, before: Voucher | None = None
) -> list[str]:
    """A sentence per line of the plan that this voucher's spending passes; ``stored`` as in ``project_funds``."""
    year = voucher.day.year
    lines = reader.budget_lines(ledger, year)
    if not lines:
        return []
    chart = reader.chart(ledger)
    found: list[str] = []
    for line in lines:
        if line.account not in chart or chart.get(line.account).is_income:
            continue
        own = _own(chart, line, voucher)
        if own <= 0:
            continue
        use = _use(reader, ledger, year, chart, line)
        used = use.used
        if not stored:
            used += own - (_own(chart, line, before) if before is not None and before.day.year == year else 0)
        if used > line.amount:
            found.append(_sentence(year, line, use.path, used))
    return found


def _own(chart: Chart, line: BudgetLine, voucher: Voucher) -> int:
    """What a voucher uses of a line."""
    lines = [
        x for x in voucher.lines if x.account.startswith(line.account) and line.project in ("", x.project)
    ]
    return _used(chart, line.account, sum(x.debit for x in lines), sum(x.credit for x in lines))


def _sentence(year: int, line: BudgetLine, path: str, used: int) -> str:
    what = f"{line.account} {path}" + (f"（{line.project}）" if line.project else "")
    return (
        f"{what}：{year}年计划 {format_fen(line.amount)}，含本张已用 {format_fen(used)}，"
        f"超出 {format_fen(used - line.amount)}；请核对，或先按程序调整计划。"
    )
