"""A version of a sheet as stored: its columns, what is digested of it, and the value it is read as."""

from __future__ import annotations

from village_ledger.domain.chain import link
from village_ledger.domain.people_chain import row_bytes
from village_ledger.domain.sheet_version import SheetVersion, VersionKind, span_of
from village_ledger.storage.queries import Record

SELECTED = (
    "v.code, l.code, v.report, v.first_day, v.last_day, v.number, v.closed, v.kind, v.corrects, v.reason, v.postings, "
    'v.at, v."by"'
)
REGISTERED = "登记公开表"
"""Action of the operation log for every version of a sheet, its subject the check code."""


def version_of(row: Record) -> SheetVersion:
    """The value of a row as ``SELECTED``."""
    code, ledger, report, first, last, number, closed, kind, corrects, reason, postings, at, by = row
    span = span_of(first, last)
    return SheetVersion(
        code,
        ledger,
        report,
        span,
        number,
        bool(closed),
        VersionKind(kind),
        corrects,
        reason,
        at,
        by,
        postings,
    )


def digest_of(previous: bytes, seq: int, version: SheetVersion, face: str) -> bytes:
    """The link a version makes in the chain."""
    span = version.span
    said = (
        seq,
        version.code,
        version.ledger,
        version.report,
        span.first.isoformat(),
        span.last.isoformat(),
        version.number,
        int(version.closed),
        version.kind.value,
        version.corrects,
        version.reason,
        version.postings,
        face,
        version.at,
        version.by,
    )
    return link(previous, row_bytes("sheet_version", said))
