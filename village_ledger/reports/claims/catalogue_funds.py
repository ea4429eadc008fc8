"""Fund reports read from a book: 专项资金明细表 of both ledgers, 代管代发表."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.domain.chart import Dimension
from village_ledger.domain.period import Span
from village_ledger.reports.claims.funds import (
    EARMARKED,
    PASS_THROUGH,
    Fund,
    FundFigures,
    FundLine,
    fund_table,
)
from village_ledger.reports.request import ReportRequest, span_of, warnings_of
from village_ledger.reports.table import Table
from village_ledger.resources_dir import resource

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "funds.toml").read_text(encoding="utf-8"))


def earmarked_funds(reader: Reader, request: ReportRequest) -> Table:
    """Restricted money of a ledger, or of both, by project."""
    return _report(reader, request, EARMARKED)


def pass_through(reader: Reader, request: ReportRequest) -> Table:
    """Money that belongs to villagers: received, paid out, not yet paid out, list by list."""
    return _report(reader, request, PASS_THROUGH)


def _report(reader: Reader, request: ReportRequest, fund: Fund) -> Table:
    with reader.snapshot():
        return _made(reader, request, fund)


def _made(reader: Reader, request: ReportRequest, fund: Fund) -> Table:
    by_chart: dict[str, list[str]] = _rules()[fund.report]
    chosen = [info for info in reader.ledgers() if request.ledger in {"", info.code}]
    if not chosen:
        reader.ledger(request.ledger)
    fitting = [info for info in chosen if info.chart_id in by_chart]
    span, book = span_of(reader, request), reader.book()
    lines: list[FundLine] = []
    balances: list[tuple[str, int]] = []
    warnings: list[str] = []
    for info in fitting:
        codes = tuple(by_chart[info.chart_id])
        lines += fund_lines(reader, info, codes, span)
        trial = reader.turnovers(info.code, span)
        chart = reader.chart(info.code)
        balances += [
            (f"{chart.get(code).name}", sum(-t.closing for t in trial if t.account.startswith(code)))
            for code in codes
        ]
        prefix = f"{info.title}：" if len(fitting) > 1 else ""
        warnings += [f"{prefix}{text}" for text in warnings_of(reader, info, span)]
    one = chosen[0] if len(chosen) == 1 else None
    return fund_table(
        fund,
        book.village,
        one.entity if one else book.village,
        one.code if one else "",
        FundFigures(span, lines, balances, warnings),
        is_demo=book.is_demo,
    )


def fund_lines(reader: Reader, info: LedgerInfo, codes: tuple[str, ...], span: Span) -> list[FundLine]:
    """Every project on the leaves below some accounts that has a balance or moved.

    A leaf that asks for no project is a project itself. 本年累计 typed with the opening counts as moved.
    """
    chart = reader.chart(info.code)
    leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(codes)]
    figures: dict[tuple[str, str], list[int]] = {}

    def add(code: str, project: str, opening: int, received: int, spent: int) -> None:
        demands = Dimension.PROJECT in chart.get(code).demands
        name = project or ("" if demands else chart.get(code).name)
        entry = figures.setdefault((code, name), [0, 0, 0])
        for place, fen in enumerate((opening, received, spent)):
            entry[place] += fen

    typed = span.first < info.start.first <= span.last
    for x in reader.opening_lines(info.code):
        if x.account in leaves:
            year = (x.year_debit, x.year_credit) if typed else (0, 0)
            add(x.account, x.project, x.credit - x.debit + year[0] - year[1], year[1], year[0])
    before = reader.project_sums(info.code, leaves, span.first)
    through = reader.project_sums(info.code, leaves, span.last + timedelta(days=1))
    for key in {*before, *through}:
        (debit0, credit0), (debit1, credit1) = before.get(key, (0, 0)), through.get(key, (0, 0))
        add(*key, credit0 - debit0, credit1 - credit0, debit1 - debit0)
    return [
        FundLine(info.code, info.title, code, chart.get(code).name, project, *sums)
        for (code, project), sums in sorted(figures.items())
        if any(sums)
    ]
