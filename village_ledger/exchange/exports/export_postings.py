"""``export posting-record``: what hung, who checked it, what was said and answered, with the photos; for township and archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import PostingError
from village_ledger.exchange.exports.export_formats import Exported, ExportRequest
from village_ledger.services.disclosure.postings import newest_codes
from village_ledger.services.disclosure.record_package import COLUMNS, record_of, save_photos

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.storage.reader import Reader

PAPER = "张贴记录.pdf"
PHOTOS = "照片"


def write_postings(reader: Reader, request: ExportRequest, place: Path, progress: Progress) -> Exported:
    """A csv of each list, the records as they are printed and signed, the photos as they were kept, each proven."""
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.disclosure.catalogue_postings import recorded_of, today, with_pictures
    from village_ledger.reports.disclosure.posting_reports import posting_record
    from village_ledger.reports.pens.render_text import write_rows
    from village_ledger.reports.printing import print_tables

    record = record_of(reader, request.span, request.ledger)
    if not record.postings:
        raise PostingError("这些天没有张贴过公开表", "请核对起止日期和哪本账。")
    rows = 0
    for name, lines in record.lists().items():
        write_rows(place / f"{name}.csv", [COLUMNS[name], *lines])
        rows += len(lines)
    progress.step(1, 3, "印张贴记录")
    newest = {info.code: newest_codes(reader, info.code) for info in reader.ledgers()}
    tables = [
        posting_record(
            issuer_of(reader, one.ledger),
            with_pictures(reader, recorded_of(reader, one, newest[one.ledger])),
            today(),
        )
        for one in record.postings
    ]
    missing = print_tables(tables, place / PAPER).missing
    progress.step(2, 3, "存照片")
    (place / PHOTOS).mkdir()
    save_photos(reader, record, place / PHOTOS)
    said = (f"这台电脑的字体里没有“{''.join(missing)}”，纸上会空着。",) if missing else ()
    return Exported(rows, said)
