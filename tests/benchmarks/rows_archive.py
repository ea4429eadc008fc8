"""Row of the archive of accounts: a year filed against its strings on bare pages, and its originals copied.

The plain side draws the very strings the archive draws, where it draws them, on as many pages of as many files: a string a
call on reportlab's canvas in one font. No rule, frame or cover is drawn, no figure is read, no list is written, nothing is
signed or waited for until it is on the disk. It copies the originals and hashes everything, once.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import books
import books_review
import measure
import workload
from rows import Row
from rows_paper import truetype

from village_ledger.domain.attachment import Owner
from village_ledger.domain.period import Span
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.reports.pens.ink import Ink
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.services.attachments.attachments import attach
from village_ledger.storage.file.book_file import Access, BookFile, open_book

ROUNDS = 3
YEAR = Span.of_year(2025)
ORIGINALS, SIZE = 500, 100_000
"""Scans that came with the year's vouchers, and bytes of each."""

Page = list[tuple[float, float, str]]


def archive() -> list[Row]:
    """A year of 2,000 vouchers with 500 scans, filed, signed and settled."""
    path = _book_with_scans()
    with (
        tempfile.TemporaryDirectory(dir=workload.root()) as place,
        open_book(path, Access.WRITE, "甲") as book,
    ):
        ours, plain = Path(place, "ours"), Path(place, "plain")
        with _recorded() as drawn:
            _filed(book, ours)
        scans = [file for file in ours.rglob("*.pdf") if "原始凭证" in file.parts]
        kept = [shutil.copyfile(file, Path(place, f"{number}.pdf")) for number, file in enumerate(scans)]
        if len(kept) != ORIGINALS:
            raise measure.Failed(f"{len(kept)} originals")
        pair = measure.timed_in_turn(lambda: _filed(book, ours), lambda: _plain(drawn, kept, plain), ROUNDS)
    pages = sum(map(len, drawn.files))
    against = f"{drawn.strings:,} strings on {pages} bare pages, originals copied and hashed"
    return [Row(f"export archive of a year, {ORIGINALS} originals", against, *pair, "s", 3)]


def _book_with_scans() -> Path:
    path = workload.root() / "scans.vledger"

    def make() -> None:
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        shutil.copyfile(books_review.decade_book(), path)
        draw = random.Random(workload.SEED)
        with open_book(path, Access.WRITE, "甲") as book, book.unit_of_work("甲") as uow:
            vouchers = list(uow.reader.posted_vouchers(books.LEDGER, YEAR))[:ORIGINALS]
            for stored in vouchers:
                content = b"%PDF-1.4\n" + draw.randbytes(SIZE)
                attach(uow, Owner("voucher", books.LEDGER, str(stored.id)), content, "收条.pdf")
            uow.commit()

    return books.kept(path, make)


def _filed(book: BookFile, out: Path) -> None:
    if out.is_dir():
        shutil.rmtree(out)
    if export(book, "甲", "archive", ExportRequest(out, books.LEDGER, YEAR, by="甲")).value.rows < ORIGINALS:
        raise measure.Failed("an archive without its originals")


@dataclass
class _Drawn:
    """What an archive drew: files of pages of strings."""

    files: list[list[Page]] = field(default_factory=list[list[Page]])
    strings: int = 0


@contextmanager
def _recorded() -> Generator[_Drawn]:
    """Every string that is drawn meanwhile, by page and file."""
    drawn, pages = _Drawn(), list[Page]()
    on_page: dict[int, Page] = {}
    text, content, close = Ink.text, Ink.content, PdfFile.close

    def text_noted(ink: Ink, x: float, y: float, words: str, *style: Any, **squeezed: Any) -> None:
        on_page.setdefault(id(ink), []).append((x, ink.height - y, words))
        text(ink, x, y, words, *style, **squeezed)

    def content_noted(ink: Ink) -> str:
        page = on_page.pop(id(ink), [])
        drawn.strings += len(page)
        pages.append(page)
        return content(ink)

    def close_noted(file: PdfFile, *fonts: Any) -> None:
        drawn.files.append(pages.copy())
        pages.clear()
        close(file, *fonts)

    Ink.text, Ink.content, PdfFile.close = text_noted, content_noted, close_noted
    try:
        yield drawn
    finally:
        Ink.text, Ink.content, PdfFile.close = text, content, close


def _plain(drawn: _Drawn, originals: list[Path], folder: Path) -> None:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "cjk" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("cjk", truetype(), subfontIndex=0))
    if folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir()
    for number, pages in enumerate(drawn.files):
        out = Canvas(str(folder / f"{number}.pdf"), pagesize=landscape(A4), pageCompression=1)
        for page in pages:
            out.setFont("cjk", 8)
            for x, y, words in page:
                out.drawString(x, y, words)
            out.showPage()
        out.save()
    for number, file in enumerate(originals):
        shutil.copyfile(file, folder / f"original {number}.pdf")
    for file in folder.iterdir():
        sha256(file.read_bytes()).digest()
