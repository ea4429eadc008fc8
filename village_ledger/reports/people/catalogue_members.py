"""成员名册 read from a book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.domain.masking import Level
from village_ledger.services.people.people import numbers_read
from village_ledger.services.staff.sealing import LOCKED
from village_ledger.storage.clock import now_text
from village_ledger.storage.queries import day_of

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def member_register_of(reader: Reader, request: ReportRequest) -> Table:
    """The register on the span's last day, without one as last known."""
    from village_ledger.reports.people.member_register import member_register
    from village_ledger.reports.request import issuer_of

    level = Level(request.level or Level.TOWNSHIP.value)
    day = request.span.last if request.span else None
    people = reader.people(day, request.known_on)
    told = level in (Level.INTERNAL, Level.TOWNSHIP)
    numbers = numbers_read(reader, people, day=day, known_on=request.known_on) if told else {}
    issuer = issuer_of(reader, request.ledger or reader.ledgers()[0].code)
    today = day_of(now_text()[:10])
    table = member_register(issuer, day, people, numbers, level, LOCKED, min(day or today, today))
    if request.known_on is None:
        return table
    known = f"照 {request.known_on} 为止登记的"
    return replace(table, subtitle=f"{table.subtitle}，{known}" if table.subtitle else known)


def register_filing_of(reader: Reader, request: ReportRequest) -> Table:
    """Every filing of the register, and the register as it is on the span's last day, without one today."""
    from village_ledger.reports.people.register_filing import Line, register_filing
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.people.register_filing import digest_of, standing

    today = day_of(now_text()[:10])
    day = min(request.span.last if request.span else today, today)
    filings = [one for one in reader.filings() if one.filed_on <= day]
    lines: list[Line] = []
    for place, one in enumerate(filings):
        before = next((x for x in reversed(filings[:place]) if x.office == one.office), None)
        lines.append(Line(one, one.as_of, one.digest, standing(reader, one.as_of, one.read_to, before)))
    rows = reader.rows_written()
    last = filings[-1] if filings else None
    now = Line(None, day, digest_of(reader, day, rows), standing(reader, day, rows, last))
    issuer = issuer_of(reader, request.ledger or reader.ledgers()[0].code)
    code = reader.ledger(issuer.ledger).registration_code
    return register_filing(issuer, code, lines, now)
