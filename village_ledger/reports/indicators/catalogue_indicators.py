"""Indicators read from a book, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def indicators_of(reader: Reader, request: ReportRequest) -> Table:
    """The indicators on the span's last day, without one on the last used day of the last year with vouchers."""
    from village_ledger.reports.indicators.indicator_figures import read_indicators
    from village_ledger.reports.indicators.indicators import indicators
    from village_ledger.reports.request import issuer_of

    day = request.span.last if request.span else last_day(reader, request.ledger)
    return indicators(issuer_of(reader, request.ledger), read_indicators(reader, request.ledger, day))


def last_day(reader: Reader, ledger: str) -> date:
    """The end of the last month with a voucher; of the first month where there is none."""
    months = [row[0] for row in reader.numbers(ledger)]
    return max(months).last if months else reader.ledger(ledger).start.last


INDICATOR_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {"indicators": indicators_of}
