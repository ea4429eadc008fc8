"""Reports of stock-takes by name: the whole set, the differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.counting.stock_take_sheets import TakePaper
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

SET = "stock-take"
DIFFERENCES = "stock-take-differences"


def paper_of(reader: Reader, request: ReportRequest) -> TakePaper:
    """The papers of the stock-take of the request's last day, without days the newest; raises StockTakeError for none."""
    from village_ledger.domain.stock_take_sheets import family_of, sheets_for
    from village_ledger.reports.counting.stock_take_sheets import TakePaper
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.counting.stock_takes import find_day, view

    asked: date | None = request.span.last if request.span else None
    seen = view(reader, request.ledger, find_day(reader, request.ledger, asked))
    sheets = sheets_for(family_of(reader.ledger(request.ledger).chart_id))
    issuer = issuer_of(reader, request.ledger)
    return TakePaper(issuer, seen.take, seen.lines, sheets, seen.changed, seen.vouchers)


def whole_set(reader: Reader, request: ReportRequest) -> list[Table]:
    """Contents, every sheet with lines (blank ones of the set too), 19-1, the differences, what is not settled."""
    from village_ledger.reports.counting.stock_take_sheets import sheet_table
    from village_ledger.reports.counting.stock_take_summary import (
        balance_sheet,
        contents,
        differences,
        unsettled,
    )

    with reader.snapshot():
        paper = paper_of(reader, request)
        beside = _beside(reader, paper)
    tables = [contents(paper)]
    for sheet in paper.sheets:
        if paper.of(sheet):
            tables.append(sheet_table(paper, sheet))
        if sheet.number == "18":
            tables.append(balance_sheet(paper, beside))
    tables.append(differences(paper))
    apart = unsettled(paper)
    return [*tables, apart] if apart is not None else tables


def _beside(reader: Reader, paper: TakePaper) -> int:
    """Balance of the leaves that stand on no sheet, such as 待处理财产损溢, debit fen."""
    from village_ledger.domain.period import Span

    day = paper.take.day
    told = tuple(code for sheet in paper.sheets for code in (*sheet.accounts, *(to for _, to in sheet.less)))
    return sum(
        turnover.closing
        for turnover in reader.turnovers(paper.issuer.ledger, Span(date(day.year, 1, 1), day))
        if not turnover.account.startswith(told)
    )


def _set(reader: Reader, request: ReportRequest) -> Table:
    return whole_set(reader, request)[0]


def _differences(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.counting.stock_take_summary import differences

    return differences(paper_of(reader, request))


COUNTING_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    SET: _set,
    DIFFERENCES: _differences,
}
