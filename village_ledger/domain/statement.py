"""Statutory statements as data: rows with formulas, worked out column by column.

A definition (``resources/statements``) names its rows, columns and cross-checks; nothing about a particular form
stands in code. ``statement_reader`` reads one, ``statement_working`` turns it and a ledger's figures into amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from village_ledger.domain.chart import Chart
from village_ledger.domain.formula import (
    AccountName,
    Formula,
    StatementError,
)
from village_ledger.domain.period import Span

STATUTORY = ("balance-sheet", "income-distribution", "receipts-payments", "surplus")
"""Reports made from a shipped definition (资产负债表, 收益及收益分配表, 收支明细表, 收支结余表)."""
GIVEN = {
    "cash_and_bank": "库存现金盘点和银行对账单",
    "asset_cost": "固定资产卡片",
    "asset_depreciation": "固定资产卡片",
    "biological_cost": "生产性生物资产卡片",
    "biological_depreciation": "生产性生物资产卡片",
    "intangible_cost": "无形资产卡片",
    "intangible_amortisation": "无形资产卡片",
    "levy_projects": "一事一议各项目",
    "grant_projects": "专项资金各项目",
    "reserve_movements": "公积公益金明细",
    "dividend_list": "成员分配明细表",
    "committee_income_from_collective": "村民委员会账",
    "collective_expense_for_committee": "集体经济组织账",
}
"""Figures from outside a statement that its cross-checks may name, and the register each is kept in."""


class RowRole(Enum):
    """What a row is."""

    SECTION = "section"
    DETAIL = "detail"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Sign(Enum):
    """How a row enters the totals that name it."""

    PLUS = "+"
    MINUS = "-"
    MEMO = "memo"
    """其中: shown, never counted again."""


class Printed(Enum):
    """When a row stands on the sheet."""

    ALWAYS = "always"
    NONZERO = "nonzero"
    """Only when a column is not zero, such as a guarded row for what should be empty."""
    NEVER = "never"
    """A helper for other rows; its note may still be said."""


class Basis(Enum):
    """The span a column covers, from the span asked for."""

    SPAN = "span"
    YEAR = "year"
    """1 January to the end of the span."""
    PREVIOUS_YEAR = "previous-year"

    def of(self, asked: Span) -> Span:
        """The column's span. B reads its last day, O the day before its first, F and D the whole."""
        year = asked.last.year
        if self is Basis.YEAR:
            return Span(date(year, 1, 1), asked.last)
        return asked if self is Basis.SPAN else Span.of_year(year - 1)


@dataclass(frozen=True, slots=True)
class StatementColumn:
    """A column of amounts."""

    key: str
    label: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A row; sections have neither id nor formula."""

    id: str
    name: str
    block: str
    role: RowRole
    level: int
    formula: Formula
    code: str = ""
    sign: Sign = Sign.PLUS
    printed: Printed = Printed.ALWAYS
    by_account: bool = False
    """Whether the sub-accounts of ``code`` that moved stand below, one row each."""
    mark: str = ""
    """How sure the row is; a key of ``MARKS``."""
    note: str = ""
    """Sentence under the table when the row's first column is not zero; ``{amount}`` is filled in."""
    hint: str = ""
    """Sentence of the explanation."""


@dataclass(frozen=True, slots=True)
class StatementCheck:
    """A cross-check (勾稽关系): ``left`` against one of several right sides."""

    rule: str
    text: str
    left: Formula | None
    columns: tuple[str, ...]
    right: Formula | None = None
    right_in: str = ""
    """Report whose definition works out the right side; empty for this one."""
    right_columns: tuple[str, ...] = ()
    given: str = ""
    """Name of a figure from outside: cards, a count, the other ledger."""
    zero: tuple[AccountName, ...] = ()
    """Accounts whose balances must be nil, each for itself."""
    prior: bool = False
    """Every row against last year's sheet."""
    trial: bool = False
    """Every row again from the closing column of the trial balance."""
    at_most: bool = False
    """Left need only not exceed right."""
    year_closed: bool = False
    """Asked only once the year is carried forward."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's definition."""

    id: str
    report: str
    title: str
    charts: tuple[str, ...]
    layout: str
    is_default: bool
    effective: date
    source: str
    source_note: str
    form_number: str
    heading: str
    """``day``, ``year`` or ``span``: how the date is written under the title."""
    row_key: str
    """``line`` or ``code``: what identifies a row beside its name."""
    signatures: tuple[str, ...]
    columns: tuple[StatementColumn, ...]
    lines: tuple[StatementLine, ...]
    checks: tuple[StatementCheck, ...]
    file: str
    order: tuple[str, ...]
    """Row ids so that each comes after the rows it is made of."""

    def line(self, line_id: str) -> StatementLine:
        """The row with an id; raises StatementError when there is none."""
        for line in self.lines:
            if line.id and line.id == line_id:
                return line
        raise StatementError(f"{self.title}没有第 {line_id} 行", "请核对行号。")

    def column(self, key: str) -> StatementColumn:
        """The column with a key; raises StatementError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise StatementError(f"{self.title}没有“{key}”这一栏", "请核对栏名。")

    def spans(self, asked: Span) -> dict[str, Span]:
        """Column key to the span its figures are read for."""
        return {column.key: column.basis.of(asked) for column in self.columns}

    def place(self, line: StatementLine) -> str:
        """Where a row stands, for a sentence."""
        return f"报表定义 {self.file} 的 {line.id} 行"

    def check_accounts(self, chart: Chart) -> None:
        """Raise StatementError naming the first row that uses a code the ledger does not have."""
        for line in self.lines:
            for name in line.formula.accounts:
                name.accounts(chart, self.place(line))
        for check in self.checks:
            own = (check.left, None if check.right_in else check.right)
            names = [name for formula in own if formula for name in formula.accounts]
            for name in (*names, *check.zero):
                name.accounts(chart, f"报表定义 {self.file} 的核对 {check.rule} ")


MARKS = {
    "": "按本表各行计算。",
    "2+": "两个以上来源一致。",
    "1": "只有一个来源，待与制度原文附录核对。",
    "sib": "参照2021年农民专业合作社会计制度的同名项目，待与制度原文附录核对。",
    "mem": "没有读到原文，待与制度原文附录核对。",
    "own": "本软件设计，没有全国统一格式。",
}
"""How sure a row is, in words."""
