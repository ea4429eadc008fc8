"""Indicators of a ledger at the end of a day: figures of the statements and of the registers, put into their formulas.

Money comes from the very statements that are printed (资产负债表, 收益及收益分配表), so that an indicator and the sheet it
quotes cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.indicator import Indicator, work_out
from village_ledger.domain.period import Span
from village_ledger.reports.statements.catalogue_statements import statement_sheet
from village_ledger.services.indicators.indicator_rules import definitions, indicator_rules
from village_ledger.services.indicators.works_figures import works_figures

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

CHARTS = frozenset({"collective_2023"})
"""Charts whose statements have the rows the formulas name."""


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """Everything that is shown of a ledger on a day."""

    day: date
    indicators: tuple[Indicator, ...]
    ages: Sequence[tuple[str, int]]
    """Arrears by age: words and fen."""
    years: Sequence[tuple[int, int]]
    """Operating income by year, last year's first where the book knows it."""
    warnings: tuple[str, ...] = ()

    def named(self, key: str) -> Indicator:
        """One of them."""
        return next(one for one in self.indicators if one.definition.key == key)


def has_indicators(reader: Reader, ledger: str) -> bool:
    """Whether indicators are worked out for a ledger: the collective's."""
    return reader.ledger(ledger).chart_id in CHARTS


def read_indicators(reader: Reader, ledger: str, day: date) -> IndicatorSet:
    """Work all out; raises LedgerError for a ledger that is not the collective's, PeriodError before it began."""
    info = reader.ledger(ledger)
    if info.chart_id not in CHARTS:
        raise LedgerError(f"{info.title}不算指标", "指标只算集体经济组织的账。")
    with reader.snapshot():
        return _read(reader, ledger, day)


def _read(reader: Reader, ledger: str, day: date) -> IndicatorSet:
    from village_ledger.reports.request import ReportRequest

    asked = ReportRequest(ledger, Span(date(day.year, 1, 1), day))
    sheet = statement_sheet(reader, "balance-sheet", asked)
    income = statement_sheet(reader, "income-distribution", asked).working
    works = works_figures(reader, ledger, day)
    closing, opening = sheet.working.amounts("closing"), sheet.working.amounts("opening")
    current = income.amounts("current")
    figures: dict[str, int | None] = {
        **{row: fen for row, fen in closing.items() if row[0] in "ALET"},
        **{f"{row}.0": fen for row, fen in opening.items() if row[0] in "ALET"},
        **{row: fen for row, fen in current.items() if row[0] == "R"},
        **_named_accounts(reader, ledger, asked.span or Span(day, day)),
        **works.figures,
        "outside": _outside(closing, opening, current),
        "spent": sum(current[row] for row in ("R4", "R5", "R6", "R9", "R10", "R12")),
    }
    missing = dict(works.missing)
    if not current["R17"]:
        figures["R17"], missing["R17"] = None, "本年还没有提取公积公益金"
    bands = indicator_rules().bands
    found = tuple(work_out(one, figures, missing, bands) for one in definitions(reader))
    years = [(day.year, found[0].value.numerator if found[0].value is not None else 0)]
    if income.is_known("previous"):
        before = income.amounts("previous")
        years.insert(0, (day.year - 1, before["R1"] + before["R2"]))
    return IndicatorSet(day, found, works.ages, years, tuple(sheet.table.warnings))


def _outside(closing: Mapping[str, int], opening: Mapping[str, int], current: Mapping[str, int]) -> int:
    """What capital and reserves grew by in the year that did not come out of income (R17), nor went into it (R15)."""
    grown = sum(closing[row] - opening[row] for row in ("E1", "E2"))
    return grown - current["R17"] + current["R15"]


def _named_accounts(reader: Reader, ledger: str, span: Span) -> dict[str, int | None]:
    """Sub-accounts picked by words in their names: operating other income, spending that produces nothing."""
    rules, chart = indicator_rules(), reader.chart(ledger)
    nets = reader.nets(ledger, span)
    other = sum(-nets.get(code, 0) for code in _leaves(chart, *rules.operating_other))
    spent = sum(nets.get(code, 0) for code in _leaves(chart, *rules.nonproduction))
    return {"operating_other": other, "nonproduction": spent}


def _leaves(chart: Chart, account: str, words: Sequence[str]) -> list[str]:
    """Leaves below an account whose path of names holds one of the words."""
    return [
        one.code
        for one in chart
        if one.is_leaf
        and one.code.startswith(account)
        and one.code != account
        and any(word in chart.path(one.code) for word in words)
    ]
