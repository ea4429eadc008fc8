"""Contracts and leases: terms, rent rows, what is due and what was received: reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from village_ledger.storage.clock import now_text
from village_ledger.storage.queries import day_of

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.services.contracts.standing import Whole
    from village_ledger.storage.reader import Reader


def _ledger(reader: Reader, request: ReportRequest) -> str:
    """The ledger asked for; without one the collective's, whose assets are let."""
    codes = [info.code for info in reader.ledgers()]
    return request.ledger or ("collective" if "collective" in codes else codes[0])


def _today(request: ReportRequest) -> date:
    """The last day asked about, no later than today."""
    today = day_of(now_text()[:10])
    return min(request.span.last, today) if request.span else today


def _wholes(reader: Reader, ledger: str) -> list[Whole]:
    from village_ledger.services.contracts.standing import wholes

    return wholes(reader, reader.contracts(ledger))


def _due_rows(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.contracts.due_rows import RowsAsked, due_rows
    from village_ledger.reports.request import issuer_of

    ledger = _ledger(reader, request)
    asked = RowsAsked(_today(request), request.span)
    with reader.snapshot():
        return due_rows(issuer_of(reader, ledger), _wholes(reader, ledger), asked)


def _register(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.contracts.contract_register import contract_register
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.contracts.contract_warnings import board_until

    ledger = _ledger(reader, request)
    with reader.snapshot():
        return contract_register(
            issuer_of(reader, ledger), _wholes(reader, ledger), _today(request), board_until(reader)
        )


def _list(reader: Reader, request: ReportRequest, name: str) -> Table:
    from village_ledger.reports.contracts import rent_reports
    from village_ledger.reports.request import issuer_of

    ledger = _ledger(reader, request)
    with reader.snapshot():
        make = getattr(rent_reports, name)
        made: Table = make(issuer_of(reader, ledger), _wholes(reader, ledger), _today(request))
        return made


CONTRACT_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "due-rows": _due_rows,
    "contract-register": _register,
    "rent-arrears": partial(_list, name="arrears"),
    "contract-expiry": partial(_list, name="expiry"),
    "rent-by-year": partial(_list, name="by_year"),
    "rent-per-mu": partial(_list, name="per_mu"),
}
