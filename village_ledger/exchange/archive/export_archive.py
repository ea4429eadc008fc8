"""An archive of accounts (会计档案): 年度/凭证|账簿|报表|其他 as PDF, originals beside them, and a list that proves all of it.

Written once: signed with the village's key, the files left read-only. A document that has nothing to show is left out and
said so only when it should have been there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.package import fingerprint
from village_ledger.domain.period import Span
from village_ledger.exchange.archive.archive_manifest import Entry, digest_of, keeping, write_manifest
from village_ledger.exchange.archive.archive_plan import Document, documents_of
from village_ledger.exchange.exports.export_entries import books_of, ledgers_of, span_of, unposted_warning
from village_ledger.exchange.exports.export_formats import Exported, ExportRequest, Seal
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import issuer_of
from village_ledger.reports.pens.pdf_furniture import missing_sentence
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.request import open_months
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.clock import now_text

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

LIST = "会计档案移交清册.pdf"
_CODES = {"凭证": "PZ", "账簿": "ZB", "报表": "BB", "其他": "QT"}
_COLUMNS = (
    Column("archive_number", "档号", Kind.CODE, 38),
    Column("kind", "类别", Kind.SIDE, 16),
    Column("name", "案卷题名", Kind.TEXT, 76),
    Column("period", "起止期间", Kind.CODE, 34),
    Column("pages", "页数", Kind.COUNT, 16),
    Column("kept", "保管期限", Kind.SIDE, 20),
    Column("until", "保管到", Kind.CODE, 26),
    Column("elapsed", "已保管", Kind.SIDE, 18),
    Column("note", "备注", Kind.TEXT, 26),
)


def write_archive(reader: Reader, request: ExportRequest, place: Path, progress: Progress) -> Exported:
    """Fill a folder with every ledger and year asked for; raises LedgerError when there is nothing to file."""
    parts = list(_parts(reader, request))
    if not parts:
        raise LedgerError(tr("这些日子里没有账可归档"), tr("请核对起止日期。"))
    filing = _Filing(reader, request, place, progress)
    last = {info.code: span for info, span in parts}
    for info, span in parts:
        filing.file_all(info, span, is_last=span == last[info.code])
    filing.file_list(parts)
    infos = list({info.code: info for info, _ in parts}.values())
    spans = [span for _, span in parts]
    whole = Span(min(span.first for span in spans), max(span.last for span in spans))
    digest = write_manifest(place, _head(reader, request, infos, whole), filing.entries, request.seal)
    count = tr("档案共 {count} 个文件，清单摘要值 {digest}。", count=len(filing.entries), digest=digest)
    return Exported(
        len(filing.entries), (*dict.fromkeys(filing.warnings), count, _signed_sentence(request.seal))
    )


def _signed_sentence(seal: Seal | None) -> str:
    if seal is None:
        return tr("这本账的签名密钥现在打不开，档案没有签名。")
    return tr("档案由村里的密钥签了名，指纹 {print}。", print=fingerprint(seal.public))


def _parts(reader: Reader, request: ExportRequest) -> Iterator[tuple[LedgerInfo, Span]]:
    """Ledgers and years that have vouchers."""
    for ledger in ledgers_of(reader, request):
        whole, info = span_of(reader, ledger, request.span), reader.ledger(ledger)
        for year in range(whole.first.year, whole.last.year + 1):
            first, last = max(whole.first, date(year, 1, 1)), min(whole.last, date(year, 12, 31))
            if first <= last and info.start.first <= last and reader.posted_count(ledger, Span(first, last)):
                yield info, Span(first, last)


def _head(reader: Reader, request: ExportRequest, infos: list[LedgerInfo], span: Span) -> dict[str, object]:
    """What the list says of the archive as a whole: whose it is, and where the chain of the books stood."""
    book = reader.book()
    return {
        "title": tr("{village}会计档案", village=book.village),
        "village": book.village,
        "book": book.uid,
        "entities": "、".join(info.entity for info in infos),
        "span": span.words(),
        "ledgers": [
            {
                "code": info.code,
                "title": info.title,
                "entity": info.entity,
                "registration_code": info.registration_code,
                "chain_head": reader.last_digest(info.code).hex(),
            }
            for info in infos
        ],
        "masked": False,
        "digest_algorithm": "SHA-256",
        "made_by": request.by,
        "made_at": now_text(),
    }


@dataclass(slots=True)
class _Filing:
    """An archive on its way."""

    reader: Reader
    request: ExportRequest
    place: Path
    progress: Progress
    entries: list[Entry] = field(default_factory=list[Entry])
    warnings: list[str] = field(default_factory=list[str])
    counts: dict[tuple[int, str, str], int] = field(default_factory=dict[tuple[int, str, str], int])

    def file_all(self, info: LedgerInfo, span: Span, *, is_last: bool) -> None:
        """Every document of a ledger and year; papers that are of no year go with its last."""
        books = books_of(self.reader, info.code, replace(self.request, span=span))
        self.warnings += [*unposted_warning(books), *open_months(self.reader, info.code, span)]
        documents = list(documents_of(self.reader, info, span, with_papers=is_last))
        for done, one in enumerate(documents):
            self.progress.step(done, len(documents), tr("{title} {name}", title=info.title, name=one.name))
            self._file(info, span.first.year, one)

    def _file(self, info: LedgerInfo, year: int, one: Document) -> None:
        keep = keeping(one.keep)
        path = self.place / str(year) / keep.kind / info.title / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            pages, missing = one.write(path)
        except UnreadableError:
            raise  # the disk, the fonts: half an archive is none
        except LedgerError as error:
            if one.keep in ("vouchers", "books", "year"):
                self.warnings.append(
                    tr("{name} 没有归档：{why}。", name=one.name, why=error.what.rstrip("。"))
                )
            return
        if missing:
            self.warnings.append(missing_sentence(sorted(missing)))
        if one.note:
            self.warnings.append(tr("附件“{name}”{note}，照原样归档。", name=one.name, note=one.note))
        self._enter(info, year, one, path, pages)

    def _enter(self, info: LedgerInfo, year: int, one: Document, path: Path, pages: int) -> None:
        keep = keeping(one.keep)
        key = (year, info.code, keep.kind)
        self.counts[key] = self.counts.get(key, 0) + 1
        self.entries.append(
            Entry(
                archive_number=f"{year}-{info.id}-{_CODES[keep.kind]}-{self.counts[key]:04d}",
                path=path.relative_to(self.place).as_posix(),
                name=one.name,
                kind=keep.kind,
                ledger=info.title,
                period=one.period,
                number=one.number,
                pages=pages,
                size=path.stat().st_size,
                sha256=digest_of(path),
                maker=one.maker,
                reviewer=one.reviewer,
                kept=keep.words,
                until=keep.until(year),
                note=one.note or keep.note,
            )
        )

    def file_list(self, parts: list[tuple[LedgerInfo, Span]]) -> None:
        """The list that is signed when an archive is handed over, one for each ledger and year."""
        for info, span in parts:
            year = span.first.year
            table = self._list(info, span)

            def write(path: Path, table: Table = table) -> tuple[int, frozenset[str]]:
                done = write_pdf([table], path)
                return done.pages, frozenset(done.missing)

            self._file(info, year, Document("list", tr("会计档案移交清册"), str(year), LIST, write))

    def _notes(self, beside: int) -> Iterator[str]:
        """What is written below the list and signed with it."""
        if beside:
            yield f"另有原始凭证和入账信息 {beside} 个文件，逐个列在 清单.csv，和凭证一起保管。"
        if self.request.seal is not None:
            yield f"电子档案由村里的密钥签名，指纹 {fingerprint(self.request.seal.public)}。"
        yield "清单摘要值（SHA-256）：________________________________（照 index.html 抄写）"

    def _list(self, info: LedgerInfo, span: Span) -> Table:
        issuer, year = issuer_of(self.reader, info.code), span.first.year
        mine = [x for x in self.entries if x.ledger == info.title and x.path.startswith(f"{year}/")]
        bound = [x for x in mine if "/原始凭证/" not in x.path and "/入账信息/" not in x.path]
        elapsed = max(0, date.fromisoformat(now_text()[:10]).year - year - 1)
        rows = [
            Row(
                Role.DETAIL,
                (
                    x.archive_number,
                    x.kind,
                    x.name,
                    x.period,
                    x.pages,
                    x.kept,
                    x.until,
                    f"{elapsed}年",
                    x.note,
                ),
            )
            for x in bound
        ]
        beside = len(mine) - len(bound)
        return Table(
            report="archive-list",
            title="会计档案移交清册",
            village=issuer.village,
            ledger=issuer.ledger,
            entity=issuer.entity,
            columns=_COLUMNS,
            rows=(
                *rows,
                Row(
                    Role.TOTAL,
                    ("", "", f"合计 {len(bound)} 卷", "", sum(x.pages for x in bound), "", "", "", ""),
                ),
            ),
            heading=(f"账：{info.title}", f"年度：{year}"),
            notes=tuple(self._notes(beside)),
            watermark=issuer.watermark,
            signatures=(("移交人", ""), ("接管人", ""), ("监交人", "")),
        )
