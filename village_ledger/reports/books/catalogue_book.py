"""Makers of the reports that speak of the whole book: number gaps, operation log, who may do what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def _number_gaps(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.books.number_gaps import Hole, Run, number_gaps

    chosen = [info for info in reader.ledgers() if request.ledger in {"", info.code}]
    if not chosen:
        reader.ledger(request.ledger)
    runs = [Run(info.code, info.title, *numbers) for info in chosen for numbers in reader.numbers(info.code)]
    holes = [Hole(info.code, info.title, *gap) for info in chosen for gap in reader.gaps(info.code)]
    book = reader.book()
    entity = chosen[0].entity if len(chosen) == 1 else book.village
    ledger = chosen[0].code if len(chosen) == 1 else ""
    return number_gaps(book.village, entity, ledger, runs, holes, is_demo=book.is_demo)


def _operation_log(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.books.operation_log import operation_log

    first = request.span.first.isoformat() if request.span else ""
    last = request.span.last.isoformat() if request.span else ""
    asked = request.log
    records = reader.operations(asked.text, first, last, asked.person, asked.action)
    if request.ledger:
        reader.ledger(request.ledger)
        records = [record for record in records if record.ledger in {"", request.ledger}]
    titles = {info.code: info.title for info in reader.ledgers()}
    book = reader.book()
    return operation_log(book.village, records, titles, request.span, asked, is_demo=book.is_demo)


def _staff_list(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.staff.staff_list import staff_list

    del request  # who works here is no matter of a ledger or of days
    titles = {info.code: info.title for info in reader.ledgers()}
    book = reader.book()
    return staff_list(book.village, reader.staff(), titles, is_demo=book.is_demo)


WHOLE_BOOK: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "number-gaps": _number_gaps,
    "operation-log": _operation_log,
    "staff-list": _staff_list,
}
"""By name in the contract."""
