"""Attachments kept by digest, and the electronic invoices among them: reports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def _missing(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.attachments.evidence_sheet import missing_evidence
    from village_ledger.reports.request import issuer_of, span_of
    from village_ledger.services.attachments.evidence import missing

    span = span_of(reader, request)
    return missing_evidence(issuer_of(reader, request.ledger), missing(reader, request.ledger, span), span)


def _attached(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.attachments.evidence_sheet import attached
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.attachments.attachments import place

    kept = [one for one in reader.every_attachment() if one.owner.ledger in (request.ledger, "")]
    places = {owner: place(reader, owner) for owner in {one.owner for one in kept}}
    return attached(issuer_of(reader, request.ledger), kept, places)


ATTACHMENT_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "missing-evidence": _missing,
    "attachments": _attached,
}
