"""Rows of the township: a package of ten years made and proven, and sixty villages reviewed in one run.

What both are held against is the least that could carry the same books: a consistent copy of the file by SQLite's backup, the
bytes of everything that travels hashed once (SHA-256), and every row of every table read once as the driver gives it. No row of
it is looked at, nothing is masked, no chain or sum is recomputed, nothing is deflated. On the township's side copying is taking
the files out of the package with Python's zipfile.

A package carries the whole book and, for readers without the program, the papers of some days: every register as a workbook and
the wall sheets. They do not grow with the ten years. Therefore the books are measured without them, and the papers of one month
beside: the same cells written unstyled by openpyxl, and a string a cell on reportlab's canvas.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import books
import books_review
import measure
import workload
from rows import Row
from rows_paper import truetype

from village_ledger.domain.package import BOOK, SHEETS, WORKBOOK
from village_ledger.domain.period import Span
from village_ledger.exchange.review.package_making import PackageOrder, Writer, make_package
from village_ledger.exchange.review.package_papers import WRITERS
from village_ledger.exchange.review.package_reading import opened
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.storage.file.book_file import Access, BookFile, open_book

ROUNDS = 5
CHUNK = 1 << 20
SPAN = Span.of_month(books_review.OPEN)
A_PAGE = 30
FEW, MANY = 6, 60
NO_PAPERS: Mapping[str, Writer] = {
    WORKBOOK: lambda _book, _span, path, _progress: path.touch(),
    SHEETS: lambda _book, _span, path, _progress: path.touch(),
}


def package() -> list[Row]:
    """A package of 30,000 vouchers against copying, hashing and reading the same book."""
    book, sent = books_review.decade_book(), books_review.decade_package()
    with tempfile.TemporaryDirectory(dir=workload.root()) as place:
        folder = Path(place)
        with open_book(book, Access.WRITE, "甲") as ours:
            made = measure.timed_in_turn(
                lambda: _make(ours, folder, NO_PAPERS), lambda: _copied(book, folder), ROUNDS
            )
            papers = _Papers(ours, sent, folder)
            whole = measure.timed_in_turn(
                lambda: _make(ours, folder, WRITERS), lambda: papers.beside(_copied(book, folder)), ROUNDS
            )
        proven = measure.timed_in_turn(lambda: _proven(sent), lambda: _taken_out(sent, folder), ROUNDS)
    work = "a package of ten years, 30,000 vouchers"
    beside = f"copy, hash, read; {papers.cells:,} cells plainly"
    return [
        Row(f"{work}, the books", "copy, hash, read every row", made.ours, made.theirs, "s", 3),
        Row(f"{work}, proven", "take out, hash, read every row", proven.ours, proven.theirs, "s", 3),
        Row(f"{work}, a month's papers with it", beside, whole.ours, whole.theirs, "s", 3),
    ]


def _make(book: BookFile, folder: Path, writers: Mapping[str, Writer]) -> None:
    """A package, and the action undone again, so that it can be made once more."""
    with book.unit_of_work("甲") as uow:
        made = make_package(uow, folder / "ours.vlpkg", PackageOrder(SPAN), writers).value
        if sum(entity.links for entity in made.manifest.entities) < 30_000:
            raise measure.Failed("a package without its vouchers")


def _proven(package: Path) -> None:
    with opened(package) as found:
        if found.findings:
            raise measure.Failed(found.findings[0].sentence())


def _copied(book: Path, folder: Path) -> int:
    """The least on the village's side: a consistent copy, hashed, its rows read once."""
    copy = folder / "copy.db"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(book)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    _hashed(copy)
    return _read_once(copy)


def _taken_out(package: Path, folder: Path) -> int:
    """The least on the township's side: the package and what is in it hashed, the rows of the book read once."""
    _hashed(package)
    place = folder / "taken out"
    with zipfile.ZipFile(package) as zipped:
        zipped.extractall(place)
    for file in place.iterdir():
        _hashed(file)
    return _read_once(place / BOOK)


def _hashed(path: Path) -> bytes:
    made = sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            made.update(piece)
    return made.digest()


def _read_once(path: Path) -> int:
    """Every row of every table."""
    count = 0
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            for _ in connection.execute(f'SELECT * FROM "{name}"'):
                count += 1
    if count < 100_000:
        raise measure.Failed("rows are missing")
    return count


class _Papers:
    """What a package's papers hold, fetched beforehand, to be written by somebody who knows nothing of it."""

    def __init__(self, book: BookFile, package: Path, folder: Path) -> None:
        self._folder = folder
        self._sheets = list(self._of_workbook(package))
        tables = make_all(book.reader(), "disclosure", ReportRequest(span=SPAN))
        self._lines = [[str(cell or "") for cell in row.cells] for table in tables for row in table.rows]
        self.cells = sum(len(row) for sheet in self._sheets for row in sheet)
        self.cells += sum(map(len, self._lines))

    def _of_workbook(self, package: Path) -> Iterator[list[tuple[object, ...]]]:
        from openpyxl import load_workbook

        with zipfile.ZipFile(package) as zipped:
            zipped.extract(WORKBOOK, self._folder)
        read = load_workbook(self._folder / WORKBOOK, read_only=True)
        for sheet in read.worksheets:
            yield list(sheet.iter_rows(values_only=True))
        read.close()

    def beside(self, _copy: int) -> None:
        """Both papers, plainly, after the copy."""
        self._as_workbook()
        self._on_canvas()

    def _as_workbook(self) -> None:
        from openpyxl import Workbook

        plain = Workbook(write_only=True)
        for rows in self._sheets:
            sheet = plain.create_sheet()
            for row in rows:
                sheet.append(row)
        plain.save(self._folder / "plain.xlsx")

    def _on_canvas(self) -> None:
        from reportlab.lib.pagesizes import A4, landscape
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        if "cjk" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("cjk", truetype(), subfontIndex=0))
        out = Canvas(str(self._folder / "plain.pdf"), pagesize=landscape(A4), pageCompression=1)
        for start in range(0, len(self._lines), A_PAGE):
            out.setFont("cjk", 9)
            for place, cells in enumerate(self._lines[start : start + A_PAGE]):
                for column, cell in enumerate(cells):
                    out.drawString(30 + 760 * column / len(cells), 560 - 18 * place, cell)
            out.showPage()
        out.save()


def township() -> list[Row]:
    """Sixty packages reviewed by one command, against six; its memory."""
    packages = sorted(books_review.township().glob("*.vlpkg"))
    with tempfile.TemporaryDirectory(dir=workload.root()) as place:
        folder = Path(place)
        many, few = measure.in_turn(
            lambda: _reviewed(packages[:MANY], folder), lambda: _reviewed(packages[:FEW], folder), ROUNDS - 2
        )
    work = f"review of {MANY} packages"
    return [
        Row(work, f"{FEW} packages", many.seconds, few.seconds, "s", 11),
        Row(f"{work}, memory", f"{FEW} packages", many.mib, few.mib, "MiB", 1.1),
    ]


def _reviewed(packages: list[Path], folder: Path) -> measure.Run:
    desk = Path(tempfile.mkdtemp(dir=folder))
    key = desk.parent / "reviewer.key"
    command = books.ours("review", *packages, "-o", desk, "--by", "测算员", "--key", key)
    return measure.once(command)
