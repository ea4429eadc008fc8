"""Which documents an archive of accounts holds: bound vouchers, books, statements, papers, originals and entry information."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.attachment import Condition, Owner
from village_ledger.domain.errors import AttachmentError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import StoredVoucher, VoucherState
from village_ledger.exchange.archive.archive_manifest import archived_reports
from village_ledger.exchange.vouchers.entry_files import write_text
from village_ledger.i18n import tr
from village_ledger.reports.books.catalogue_volumes import VOLUMES, print_volume, volumes_of
from village_ledger.reports.catalogue import ReportRequest
from village_ledger.reports.printing import print_bundle, print_report
from village_ledger.reports.vouchers.voucher_plan import VoucherPaper
from village_ledger.services.attachments.entry_information import files_of

if TYPE_CHECKING:
    from village_ledger.domain.attachment import Attachment
    from village_ledger.reports.pens.render_pdf import PdfResult
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60
_VOUCHER, _POSTING = "voucher", "posting"


@dataclass(frozen=True, slots=True)
class Document:
    """One file to be; ``write`` makes it at a path and says how many pages it has, and what characters no font had."""

    keep: str
    name: str
    period: str
    path: str
    """Below the folder of its kind and ledger."""
    write: Callable[[Path], tuple[int, frozenset[str]]]
    number: str = ""
    maker: str = ""
    reviewer: str = ""
    note: str = ""


def documents_of(
    reader: Reader, info: LedgerInfo, span: Span, *, with_papers: bool = True
) -> Iterator[Document]:
    """Everything of one ledger in a year or a part of it, in the order it is filed; papers of no year if asked for."""
    for month in _months(span):
        yield from _month_of_vouchers(reader, info, month, span)
    yield from _books(reader, info, span)
    yield from _reports(reader, info, span)
    yield from _papers(reader, info, span.first.year, whole=with_papers)


def _months(span: Span) -> list[Month]:
    last = Month.of(span.last).month
    return [Month(span.first.year, number) for number in range(span.first.month, last + 1)]


def _month_of_vouchers(reader: Reader, info: LedgerInfo, month: Month, span: Span) -> Iterator[Document]:
    """A month's vouchers as they are bound, and what came with each."""
    part = Span(max(month.first, span.first), min(month.last, span.last))
    vouchers = [
        v
        for v in reader.posted_vouchers(info.code, part, with_closing=part.last == date(month.year, 12, 31))
        if v.state is VoucherState.POSTED
    ]
    if not vouchers:
        return
    yield Document(
        "vouchers",
        tr("{year}年{month}月记账凭证", year=month.year, month=month.month),
        str(month),
        f"{month} 记账凭证.pdf",
        _pdf(partial(_print_bundle, reader, info.code, part)),
        number=_numbers(vouchers),
        maker=_names(v.prepared_by for v in vouchers),
        reviewer=_names(v.reviewed_by for v in vouchers),
    )
    for stored in vouchers:
        yield from _originals(reader, stored)


def _print_bundle(reader: Reader, ledger: str, span: Span, path: Path) -> PdfResult:
    return print_bundle(reader, ReportRequest(ledger, span), path, VoucherPaper.A4_TWO)


def _originals(reader: Reader, stored: StoredVoucher) -> Iterator[Document]:
    """Attachments of a voucher as they were kept, and how each electronic invoice was booked."""
    kept = [x for x in reader.attachments(Owner(_VOUCHER, stored.ledger, str(stored.id))) if x.stands]
    for place, one in enumerate(kept, 1):
        yield _original(
            reader,
            one,
            "originals",
            f"原始凭证/{stored.ref.month}/{stored.ref.short} {place:02d} {_file_name(one)}",
            period=str(stored.ref.month),
            number=stored.ref.short,
            maker=stored.prepared_by,
            reviewer=stored.reviewed_by,
        )
    try:
        texts = files_of(reader, stored)
    except AttachmentError:
        return  # no electronic invoice came with it
    for number, text in texts.items():
        yield Document(
            "entries",
            tr("{ref} 电子发票 {number} 的入账信息", ref=stored.ref.short, number=number),
            str(stored.ref.month),
            f"入账信息/{stored.ref.month}/{stored.ref.short} 入账信息 {safe(number)}.xml",
            partial(_write_entry, text),
            number=stored.ref.short,
            maker=stored.prepared_by,
            reviewer=stored.reviewed_by,
        )


def _write_entry(text: str, path: Path) -> tuple[int, frozenset[str]]:
    write_text(path, text)
    return 1, frozenset()


def _original(reader: Reader, one: Attachment, keep: str, path: str, **facts: str) -> Document:
    condition = one.condition if one.condition is not Condition.SOUND else reader.blob_condition(one.digest)
    return Document(
        keep,
        one.title,
        facts.get("period", one.at[:7]),
        path,
        partial(_copy, reader, one),
        number=facts.get("number", one.owner.key),
        maker=facts.get("maker", one.by),
        reviewer=facts.get("reviewer", ""),
        note=condition.words,
    )


def _copy(reader: Reader, one: Attachment, path: Path) -> tuple[int, frozenset[str]]:
    """The bytes as they are kept; one whose file is not there leaves an empty file and its note says so."""
    try:
        with reader.opened_blob(one.digest) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
    except AttachmentError:
        path.write_bytes(b"")
    return one.sheets, frozenset()


def _books(reader: Reader, info: LedgerInfo, span: Span) -> Iterator[Document]:
    for volume in volumes_of(reader, info.code, span):
        yield Document(
            "books",
            tr("{period}{book}", period=span.words(), book=VOLUMES[volume]),
            _period(span),
            f"{VOLUMES[volume]}.pdf",
            _pdf(partial(print_volume, reader, volume, info.code, span)),
        )


def _reports(reader: Reader, info: LedgerInfo, span: Span) -> Iterator[Document]:
    for report in archived_reports():
        if report.kinds and info.kind.value not in report.kinds:
            continue
        for part in [Span.of_month(m) for m in _months(span)] if report.monthly else [span]:
            period = _period(part)
            yield Document(
                report.keep,
                tr("{period}{title}", period=part.words(), title=report.title),
                period,
                f"{report.title} {period}.pdf",
                _pdf(partial(print_report, reader, report.name, ReportRequest(info.code, part))),
            )


def _papers(reader: Reader, info: LedgerInfo, year: int, *, whole: bool) -> Iterator[Document]:
    """What is not a voucher's: photos of the wall in the year they show, all else as it stands, once."""
    for one in reader.every_attachment():
        owner = one.owner
        if (
            not one.stands
            or owner.kind == _VOUCHER
            or (owner.ledger or reader.ledgers()[0].code) != info.code
        ):
            continue  # of the whole village: filed with its first ledger
        if owner.key.startswith(f"{year}-") if owner.kind == _POSTING else whole:
            path = f"文件/{owner.words} {safe(owner.key)}/{one.id:05d} {_file_name(one)}"
            yield _original(reader, one, "papers", path)


def _pdf(write: Callable[[Path], PdfResult]) -> Callable[[Path], tuple[int, frozenset[str]]]:
    def made(path: Path) -> tuple[int, frozenset[str]]:
        done = write(path)
        return done.pages, frozenset(done.missing)

    return made


def _period(span: Span) -> str:
    first, last = Month.of(span.first), Month.of(span.last)
    if span == Span.of_year(first.year):
        return str(first.year)
    return str(first) if first == last else f"{first}～{last}"


def _numbers(vouchers: list[StoredVoucher]) -> str:
    runs: dict[str, list[int]] = {}
    for v in vouchers:
        runs.setdefault(v.ref.word, []).append(v.ref.number)
    return "、".join(f"{word}-{min(n):04d}～{max(n):04d}" for word, n in runs.items())


def _names(names: Iterator[str]) -> str:
    return "、".join(sorted({name for name in names if name}))


def safe(text: str) -> str:
    """A text as part of a file's name on any system."""
    return _UNSAFE.sub("_", text).strip(" .")[:_LONGEST] or "_"


def _file_name(one: Attachment) -> str:
    stem, dot, ending = one.title.rpartition(".")
    return f"{safe(stem)}.{safe(ending)}" if dot and stem else safe(one.title)
