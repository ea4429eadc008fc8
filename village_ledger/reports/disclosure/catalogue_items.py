"""Sheet B read from a book: each item's figures for the span, the year to date, the plan and the last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.chart import Chart, Side
from village_ledger.domain.disclosure_items import (
    BALANCES,
    ClassKind,
    Item,
    Items,
    Measure,
    Sorted,
    item_for,
    plan_parts,
    sort_out,
)
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.disclosure.claims_by_party import kept_by_party
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.reports.disclosure.sheet_b import ItemFigures, SheetB, sheet_b_table
from village_ledger.reports.pens.check_code import with_code
from village_ledger.storage.disclosure.queries import Entry, up_to

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

Figures = dict[tuple[str, Measure], int]
"""(leaf, measure) to fen."""


def sheet_b_of(reader: Reader, request: ReportRequest) -> Table:
    """收支汇总表 of one ledger and span, all of it of one state of the book."""
    from village_ledger.reports.request import issuer_of, open_months, span_of, wall_warnings

    with reader.snapshot():
        info, span = reader.ledger(request.ledger), span_of(reader, request)
        chart, items = reader.chart(info.code), items_for(info.chart_id)
        taken = sort_out(items, chart)
        used = {line.account for line in reader.turnovers(info.code, _year(span))}
        taken = replace(taken, nowhere=tuple(code for code in taken.nowhere if code in used))
        figures = _figures(reader, info, chart, span, taken, items.items)
        given = SheetB(
            span,
            items,
            taken,
            figures,
            {code: chart.path(code) for code in taken.nowhere},
            [*wall_warnings(reader, info, span), *open_months(reader, info.code, span)],
            _elsewhere(reader, info, items, span.last),
            _plan_words(reader, info, span.last.year),
        )
        issuer = issuer_of(reader, info.code)
    title = f"{issuer.village} {sheet_a().period(span)} 收支汇总表"
    return with_code(sheet_b_table(issuer, given, title), issuer.book_id)


def item_figures(reader: Reader, info: LedgerInfo, chart: Chart, span: Span, item: Item) -> ItemFigures:
    """The figures of one item as sheet B has them."""
    taken = sort_out(items_for(info.chart_id), chart)
    return _figures(reader, info, chart, span, taken, [item]).get(item.number, ItemFigures())


def _year(span: Span) -> Span:
    return Span(date(span.last.year, 1, 1), span.last)


def _figures(
    reader: Reader, info: LedgerInfo, chart: Chart, span: Span, taken: Sorted, items: Sequence[Item]
) -> dict[int, ItemFigures]:
    year = _year(span)
    wide = Span(min(span.first, year.first), span.last)
    period, to_date = measured(reader, info, chart, span), measured(reader, info, chart, year)
    closing = balances(reader, info, chart, span.last)
    planned = plan_parts(
        (x.account, x.project, x.amount) for x in reader.budget_lines(info.code, span.last.year)
    )
    moved = tag_lines(reader, info.code, chart, taken, wide)
    by_item = _planned_by_item(planned, chart, items_for(info.chart_id))
    found: dict[int, ItemFigures] = {}
    for item in items:
        if item.statement:
            found[item.number] = _from_statement(reader, info, item.statement, span, year)
        elif item.plan:
            found[item.number] = _plan_item(planned, chart, item)
        elif any(take.measure in BALANCES for take in item.takes):
            found[item.number] = ItemFigures(closing=_sum(closing, taken, item))
        elif item.takes or item.number in {one.item for one in taken.tagged}:
            off = _moved(reader, info, item, span), _moved(reader, info, item, year)
            found[item.number] = ItemFigures(
                _sum(period, taken, item) - off[0] + _tagged(moved, item, span),
                _sum(to_date, taken, item) - off[1] + _tagged(moved, item, year),
                by_item.get(item.number),
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


class TagLine(NamedTuple):
    """A line told under an item because of its project, and the item it would be told under without."""

    entry: Entry
    amount: int
    item: int
    instead_of: int | None


def tag_lines(reader: Reader, ledger: str, chart: Chart, taken: Sorted, span: Span) -> list[TagLine]:
    """Lines of a span that go by their project."""
    found: list[TagLine] = []
    for words in dict.fromkeys(one.projects for one in taken.tagged):
        rules = [one for one in taken.tagged if one.projects == words]
        projects = reader.projects_like(words)
        entries = reader.entries(ledger, list(dict.fromkeys(one.account for one in rules)), span, projects)
        moved = money_moved(reader, chart, entries)
        for entry in entries:
            for one in rules:
                if one.account == entry.account:
                    amount = counted(chart, entry, one.measure, moved.get(entry.voucher_id, 0))
                    if amount:
                        found.append(TagLine(entry, amount, one.item, one.instead_of))
    return found


def money_moved(reader: Reader, chart: Chart, entries: Sequence[Entry]) -> dict[int, int]:
    """What each voucher brought to cash and bank, less what it took."""
    return {
        stored.id: sum(
            line.debit - line.credit
            for line in stored.voucher.lines
            if chart.get(line.account).money is not None
        )
        for stored in reader.vouchers_by_id(list({entry.voucher_id for entry in entries}))
    }


def counted(chart: Chart, entry: Entry, measure: Measure, moved: int) -> int:
    """What of an entry a measure takes; ``moved`` is the money its voucher moved."""
    if measure is Measure.NET:
        net = entry.debit - entry.credit
        return net if chart.get(entry.account).side is Side.DEBIT else -net
    if measure is Measure.MONEY_IN:
        return up_to(entry.credit, moved)
    if measure is Measure.MONEY_OUT:
        return up_to(entry.debit, -moved)
    return entry.debit if measure is Measure.DEBIT else entry.credit


def _tagged(moved: Sequence[TagLine], item: Item, span: Span) -> int:
    own = [one for one in moved if span.first <= one.entry.day <= span.last]
    came = sum(one.amount for one in own if one.item == item.number)
    return came - sum(one.amount for one in own if one.instead_of == item.number)


def _sum(figures: Figures, taken: Sorted, item: Item) -> int:
    return sum(figures.get(place, 0) for place in taken.taken[item.number])


def _moved(reader: Reader, info: LedgerInfo, item: Item, span: Span) -> int:
    """What only passed from one of the item's accounts to another."""
    # what is debited comes first: works finished debit 151 and credit 153
    return sum(reader.moved(info.code, target, source, span) for source, target in item.less)


def _planned_by_item(planned: Sequence[tuple[str, int]], chart: Chart, items: Items) -> Mapping[int, int]:
    """Income and cost of the year's plan by item; what is planned for an account above stands where that account would."""
    found: dict[int, int] = {}
    for account, amount in planned:
        number = item_for(items, chart, chart.get(account), (ClassKind.INCOME, ClassKind.EXPENSE))
        if number is not None:
            found[number] = found.get(number, 0) + amount
    return found


def _plan_item(planned: Sequence[tuple[str, int]], chart: Chart, item: Item) -> ItemFigures:
    """An item of the class of plans; where it plans both what comes in and what goes out, the two are told apart."""
    own = [(chart.get(code), amount) for code, amount in planned if code.startswith(item.plan)]
    sides = [
        sum(amount for account, amount in own if account.side is side) for side in (Side.CREDIT, Side.DEBIT)
    ]
    if not all(sides):
        return ItemFigures(plan=sum(sides) or None)
    return ItemFigures(note=f"计划收入 {format_fen(sides[0])}，计划支出 {format_fen(sides[1])}")


def _plan_words(reader: Reader, info: LedgerInfo, year: int) -> str:
    versions = reader.budget_versions(info.code, year)
    if not versions:
        return ""
    newest = versions[-1]
    revised = f"第 {newest.version} 版（调整过）" if newest.version > 1 else "第 1 版"
    return f"{revised}，{newest.resolution or '没有写决议文号'}"


def _elsewhere(reader: Reader, info: LedgerInfo, items: Items, day: date) -> dict[str, str]:
    """What is said beside the classes that have no items: how much land there is by kind, which sheets tell the rest."""
    from village_ledger.domain.area import mu_text
    from village_ledger.services.parcels.parcel_rules import parcel_rules

    areas = {kind.id: 0 for kind in parcel_rules().kinds}
    for parcel in reader.parcels(info.code, day):
        areas[parcel.card.kind] = areas.get(parcel.card.kind, 0) + parcel.card.area
    land = "、".join(f"{kind} {mu_text(area)} 亩" for kind, area in areas.items() if area)
    said = {ClassKind.RESOURCE: f"{land}，见各类资源公开表" if land else "没有登记资源"}
    return {one.id: said[one.kind] for one in items.classes if one.kind in said}


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
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.statements.catalogue_statements import statement_sheet

    if span.last < info.start.first:
        return 0
    report, line = place
    table = statement_sheet(reader, report, ReportRequest(info.code, span)).table
    at, value = table.column_index("line"), table.column_index("current")
    cell = next(row.cells[value] for row in table.rows if row.cells[at] == line)
    return cell if isinstance(cell, int) else 0
