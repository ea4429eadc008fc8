"""公开日历 and 公开规矩 read from a book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.period import Span
from village_ledger.storage.clock import now_text

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

_DATE = 10


def today() -> date:
    """The wall calendar of the village."""
    return date.fromisoformat(now_text()[:_DATE])


def _calendar(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.disclosure.calendar_report import calendar_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.disclosure.disclosure_calendar import calendar_of, within

    span, day = request.span or Span.of_year(today().year), today()
    ledgers = [reader.ledger(request.ledger)] if request.ledger else reader.ledgers()
    with reader.snapshot():
        calendars = [calendar_of(reader, info.code, max(day, span.first)) for info in ledgers]
        found = [(one, within(one, span)) for one in calendars]
        issuer = issuer_of(reader, ledgers[0].code)
    return calendar_table(issuer, found, {info.code: info.title for info in ledgers}, span)


def _rules(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.disclosure.calendar_report import rules_table
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.disclosure.calendar_rules import rules_on

    day = request.span.last if request.span else today()
    rules, adopted = rules_on(reader.calendar_rules(request.ledger), day)
    rhythm = adopted.rhythm if adopted else rules.rhythms[0]
    issuer = issuer_of(reader, request.ledger)
    return rules_table(issuer, rules, rhythm, day, adopted.reason if adopted else "")


CALENDAR_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "disclosure-calendar": _calendar,
    "disclosure-rules": _rules,
}
