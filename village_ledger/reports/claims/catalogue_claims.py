"""报账 reports read from a book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.domain.period import Month, Span
from village_ledger.reports.claims import claim_reports
from village_ledger.reports.request import ReportRequest, issuer_of, span_of, warnings_of
from village_ledger.services.claims.claims import advance_balance

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def claim_of(reader: Reader, ledger: str, claim_id: int) -> Table:
    """One claim as a form."""
    stored, chart = reader.claim(claim_id), reader.chart(ledger)
    names = {line.account: chart.path(line.account) for line in stored.claim.lines if line.account}
    return claim_reports.claim_form(issuer_of(reader, ledger), stored, names)


def claims_of(reader: Reader, request: ReportRequest) -> Table:
    """报账单登记簿."""
    span = span_of(reader, request)
    return claim_reports.claim_register(
        issuer_of(reader, request.ledger), reader.claims(request.ledger), span
    )


def advances_of(reader: Reader, request: ReportRequest) -> Table:
    """备用金核对表 of the last month asked for."""
    month = Month.of(span_of(reader, request).last)
    checks = reader.advance_checks(request.ledger, str(month))
    done = {check.claimant for check in checks}
    owed = [
        (one.name, advance_balance(reader, request.ledger, one.name, month))
        for one in reader.claimants(request.ledger)
        if one.name not in done and not one.gone
    ]
    table = claim_reports.advances(issuer_of(reader, request.ledger), month, checks, owed)
    return replace(
        table, warnings=tuple(warnings_of(reader, reader.ledger(request.ledger), Span.of_month(month)))
    )


def receipts_of(reader: Reader, request: ReportRequest) -> Table:
    """收据领用核销登记簿."""
    return claim_reports.receipt_register(
        issuer_of(reader, request.ledger), reader.receipt_books(request.ledger)
    )
