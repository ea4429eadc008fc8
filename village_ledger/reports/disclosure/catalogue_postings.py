"""Reports of the posting record by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import AttachmentError, PostingError
from village_ledger.domain.masking import Level
from village_ledger.storage.clock import now_text

if TYPE_CHECKING:
    from village_ledger.domain.posting import Posting
    from village_ledger.reports.disclosure.posting_reports import Recorded
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.services.disclosure.postings import Newest
    from village_ledger.storage.reader import Reader


def _postings(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.disclosure.posting_reports import posting_register
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.disclosure.postings import newest_codes

    with reader.snapshot():
        some = [one for one in reversed(reader.postings(request.ledger)) if _within(one, request)]
        newest = newest_codes(reader, request.ledger)
        recorded = [recorded_of(reader, one, newest) for one in some]
        return posting_register(issuer_of(reader, request.ledger), recorded, request.span, today())


def _within(posting: Posting, request: ReportRequest) -> bool:
    """Whether any day a set tells of is among those asked for."""
    span = request.span
    return span is None or (posting.span.first <= span.last and span.first <= posting.span.last)


def _record(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.disclosure.posting_reports import posting_record
    from village_ledger.reports.request import issuer_of
    from village_ledger.services.disclosure.postings import newest_codes

    with reader.snapshot():
        known = reader.postings(request.ledger)
        if not request.item and not known:
            raise PostingError("还没有登记过张贴", "请先把登记过的公开表放在一起，开一次张贴。")
        posting = reader.posting(request.ledger, request.item) if request.item else known[0]
        newest = newest_codes(reader, request.ledger)
        recorded = with_pictures(reader, recorded_of(reader, posting, newest))
        issuer = issuer_of(reader, request.ledger)
    return posting_record(issuer, recorded, today(), _level(request))


def _objections(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.disclosure.catalogue_pack import letter_of
    from village_ledger.reports.disclosure.posting_reports import objection_register
    from village_ledger.reports.request import issuer_of

    with reader.snapshot():
        span = request.span
        some = [
            one
            for one in reversed(reader.objections(request.ledger, request.item))
            if span is None or span.first <= one.day <= span.last
        ]
        letters = {
            sheet.code: letter_of(sheet.report)
            for posting in reader.postings(request.ledger)
            for sheet in posting.sheets
        }
        issuer = issuer_of(reader, request.ledger)
    return objection_register(issuer, some, letters, span, today(), _level(request))


def recorded_of(reader: Reader, posting: Posting, newest: Newest) -> Recorded:
    """A set with its objections and what is kept of it."""
    from village_ledger.reports.disclosure.posting_reports import Recorded
    from village_ledger.services.attachments import attachments
    from village_ledger.services.disclosure.postings import PHOTO, SIGNED, overtaken, owner_of

    papers = [one.kind for one in attachments.listed(reader, owner_of(posting), taken_back=False)]
    return Recorded(
        posting,
        reader.objections(posting.ledger, posting.number),
        papers.count(PHOTO),
        papers.count(SIGNED),
        overtaken(posting, newest),
    )


def with_pictures(reader: Reader, recorded: Recorded) -> Recorded:
    """The same with its photos read for paper; one whose bytes are not what they were is left out, the book says so."""
    from village_ledger.reports.disclosure.board_photos import paper_photos
    from village_ledger.services.attachments import attachments
    from village_ledger.services.disclosure.postings import photos

    some: list[tuple[str, bytes]] = []
    for one in photos(reader, recorded.posting):
        with suppress(AttachmentError):
            some.append((f"{one.title}（{one.at[:10]} 存）", attachments.read(reader, one.id)))
    return replace(recorded, pictures=paper_photos(some))


def _level(request: ReportRequest) -> Level:
    """Names stand whole in the record, unless it is asked for as it may hang (L2)."""
    return Level(request.level) if request.level else Level.TOWNSHIP


def today() -> date:
    """The day by which things are late."""
    return date.fromisoformat(now_text()[:10])


POSTING_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "postings": _postings,
    "posting-record": _record,
    "objections": _objections,
}
