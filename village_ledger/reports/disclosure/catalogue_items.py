"""Sheet B read from a book: each item's figures for the span, the year to date, the plan and the last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart, Side
from village_ledger.domain.disclosure_items import BALANCES, Item, Measure, Sorted, sort_out
from village_ledger.domain.period import Span
from village_ledger.reports.disclosure.claims_by_party import kept_by_party
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.reports.disclosure.sheet_b import ItemFigures, SheetB, sheet_b_table
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

Figures = dict[tuple[str, Measure], int]
"""(leaf, measure) to fen."""


def sheet_b_of(reader: Reader, request: ReportRequest) -> Table:
    """收支汇总表 of one ledger and span, all of it of one state of the book."""
    from village_ledger.reports.catalogue import issuer_of, open_months, span_of, warnings_of

    with reader.snapshot():
        info, span = reader.ledger(request.ledger), span_of(reader, request)
        chart, items = reader.chart(info.code), items_for(info.chart_id)
        taken = sort_out(items, chart)
        used = {line.account for line in reader.turnovers(info.code, _year(span))}
        taken = Sorted(taken.taken, taken.twice, tuple(code for code in taken.nowhere if code in used))
        figures = _figures(reader, info, chart, span, taken, items.items)
        given = SheetB(
            span,
            items,
            taken,
            figures,
            {code: chart.path(code) for code in taken.nowhere},
            [*warnings_of(reader, info, span), *open_months(reader, info.code, span)],
        )
        issuer = issuer_of(reader, info.code)
    title = f"{issuer.village} {sheet_a().period(span)} 收支汇总表"
    return with_code(sheet_b_table(issuer, given, title), issuer.book_id)


def _year(span: Span) -> Span:
    return Span(date(span.last.year, 1, 1), span.last)


def _figures(
    reader: Reader, info: LedgerInfo, chart: Chart, span: Span, taken: Sorted, items: Sequence[Item]
) -> dict[int, ItemFigures]:
    year = _year(span)
    period, to_date = measured(reader, info, chart, span), measured(reader, info, chart, year)
    closing = balances(reader, info, chart, span.last)
    planned = _planned(reader, info, span.last.year)
    found: dict[int, ItemFigures] = {}
    for item in items:
        if item.statement:
            found[item.number] = _from_statement(reader, info, item.statement, span, year)
        elif item.plan:
            found[item.number] = ItemFigures(plan=_sum_plan(planned, item.plan))
        elif any(take.measure in BALANCES for take in item.takes):
            found[item.number] = ItemFigures(closing=_sum(closing, taken, item))
        elif item.takes:
            off = _moved(reader, info, item, span), _moved(reader, info, item, year)
            found[item.number] = ItemFigures(
                _sum(period, taken, item) - off[0],
                _sum(to_date, taken, item) - off[1],
                _sum_plan(planned, tuple(code for code, _ in taken.taken[item.number])) or None,
            )
    return found


def measured(reader: Reader, info: LedgerInfo, chart: Chart, span: Span) -> Figures:
    """Every leaf's turnovers in a span by measure."""
    figures: Figures = {}
    for code, balance in reader.nets(info.code, span).items():
        figures[code, Measure.NET] = balance if chart.get(code).side is Side.DEBIT else -balance
    for line in reader.turnovers(info.code, span):
        figures[line.account, Measure.DEBIT] = line.debit
        figures[line.account, Measure.CREDIT] = line.credit
    leaves = [account for account in chart if account.is_leaf]
    money = [account.code for account in leaves if account.money is not None]
    others = [account.code for account in leaves if account.money is None]
    for code, (received, paid) in reader.money_flows(info.code, others, money, span).items():
        figures[code, Measure.MONEY_IN] = received
        figures[code, Measure.MONEY_OUT] = paid
    return figures


def balances(reader: Reader, info: LedgerInfo, chart: Chart, day: date) -> Figures:
    """Every leaf's closing balances by measure; claims one-sided per counterparty, never netted."""
    figures: Figures = {}
    for code, (debit, credit) in reader.sides(info.code, day, kept_by_party(chart)).items():
        figures[code, Measure.DEBIT_BALANCE] = debit - credit
        figures[code, Measure.OWED_TO_US] = debit
        figures[code, Measure.OWED_BY_US] = credit
    return figures


def _sum(figures: Figures, taken: Sorted, item: Item) -> int:
    return sum(figures.get(place, 0) for place in taken.taken[item.number])


def _moved(reader: Reader, info: LedgerInfo, item: Item, span: Span) -> int:
    """What only passed from one of the item's accounts to another."""
    # what is debited comes first: works finished debit 151 and credit 153
    return sum(reader.moved(info.code, target, source, span) for source, target in item.less)


def _planned(reader: Reader, info: LedgerInfo, year: int) -> Mapping[str, int]:
    """Account to its planned amount; a line for one project only is part of no item's plan twice."""
    planned: dict[str, int] = {}
    for line in reader.budget_lines(info.code, year):
        planned[line.account] = planned.get(line.account, 0) + line.amount
    return planned


def _sum_plan(planned: Mapping[str, int], accounts: Sequence[str]) -> int:
    return sum(amount for code, amount in planned.items() if code.startswith(tuple(accounts) or ("\0",)))


def _from_statement(
    reader: Reader, info: LedgerInfo, place: tuple[str, str], span: Span, year: Span
) -> ItemFigures:
    """A figure a statement works out for the year to a day (收益总额); the span's is what came since the day before it."""
    to_date = _line_of(reader, info, place, year)
    if span.first <= year.first:
        return ItemFigures(to_date, to_date)
    before = Span(year.first, span.first - timedelta(days=1))
    return ItemFigures(to_date - _line_of(reader, info, place, before), to_date)


def _line_of(reader: Reader, info: LedgerInfo, place: tuple[str, str], span: Span) -> int:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.statements.catalogue_statements import statement_sheet

    if span.last < info.start.first:
        return 0
    report, line = place
    table = statement_sheet(reader, report, ReportRequest(info.code, span)).table
    at, value = table.column_index("line"), table.column_index("current")
    cell = next(row.cells[value] for row in table.rows if row.cells[at] == line)
    return cell if isinstance(cell, int) else 0
