"""Rows of the data that leave and come back: each form against whatever writes the same plainly, the import against its reading.

The plain side of hledger's and beancount's text is one query over the posted lines and a line of text for each, the accounts by
their codes, nothing asserted; of the workbook the same cells by openpyxl, unstyled; of the dump every row of every table through
Python's csv, and back into bare tables; of the audit interface the same text encoded and written, read again and put through an
XML parser once; of an old program's books a reading of both sheets into the tables of ``floor``.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.parsers import expat

import books
import books_review
import measure
import workload
import workload_old
from rows import Row

from village_ledger.domain.period import Span
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.exchange.exports.import_dump import take_in
from village_ledger.storage.file.book_file import Access, BookFile, open_book

HERE = Path(__file__).resolve().parent
ROUNDS = 3
YEAR = Span.of_year(2025)
ENTRIES = (
    "SELECT v.id, v.day, v.word, v.number, l.account, l.debit, l.credit, l.summary, coalesce(p.name, '') FROM voucher v "
    "JOIN posting g ON g.voucher_id = v.id JOIN voucher_line l ON l.voucher_id = v.id LEFT JOIN party p "
    "ON p.id = l.counterparty_id WHERE v.ledger_id = 1 ORDER BY v.day, v.id, l.line"
)


def exports() -> list[Row]:
    """Every form of export of the ten years' book, of its last year where a form is of a year."""
    path = books_review.decade_book()
    with tempfile.TemporaryDirectory(dir=workload.root()) as place, open_book(path, Access.READ) as book:
        folder = Path(place)
        return [
            *_texts(book, folder),
            _workbook(book, folder),
            *_dump(book, folder),
            _audit(book, folder),
        ]


def _texts(book: BookFile, folder: Path) -> Iterator[Row]:
    for form, limit in (("hledger", 6), ("beancount", 6)):
        pair = measure.timed_in_turn(
            lambda form=form: _export(book, form, folder / form, ledger=books.LEDGER),
            lambda: _plain_text(book.path, folder / "plain.txt"),
            ROUNDS,
        )
        work = f"export {form}, 20,000 vouchers"
        yield Row(work, "the lines read once, a line of text each", *pair, "s", limit)


def _plain_text(book: Path, path: Path) -> None:
    with closing(sqlite3.connect(book)) as connection, path.open("w", encoding="utf-8") as out:
        last = 0
        for voucher, day, word, number, account, debit, credit, summary, party in connection.execute(ENTRIES):
            if voucher != last:
                out.write(f"\n{day} ({word}-{number:04d}) {summary}\n")
                last = voucher
            fen = debit - credit
            sign = "-" if fen < 0 else ""
            out.write(f"    {account}:{party}  {sign}{abs(fen) // 100}.{abs(fen) % 100:02d} CNY\n")


def _workbook(book: BookFile, folder: Path) -> Row:
    from openpyxl import Workbook, load_workbook

    made = folder / "all.xlsx"
    _export(book, "workbook", made, span=YEAR)
    read = load_workbook(made, read_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in read.worksheets]
    read.close()
    cells = sum(len(row) for rows in sheets for row in rows)

    def plain() -> None:
        out = Workbook(write_only=True)
        for rows in sheets:
            sheet = out.create_sheet()
            for row in rows:
                sheet.append(row)
        out.save(folder / "plain.xlsx")

    pair = measure.timed_in_turn(lambda: _export(book, "workbook", made, span=YEAR), plain, ROUNDS)
    return Row(f"export workbook of a year, {cells:,} cells", "the same by openpyxl, unstyled", *pair, "s", 3)


def _dump(book: BookFile, folder: Path) -> Iterator[Row]:
    ours, plain = folder / "dump", folder / "plain dump"
    out = measure.timed_in_turn(
        lambda: _export(book, "dump", ours), lambda: _plain_dump(book.path, plain), ROUNDS
    )
    yield Row("export dump, 200,000 rows", "every row through Python's csv", *out, "s", 4)
    back = measure.timed_in_turn(
        lambda: _taken_in(ours, folder / "again.vledger"),
        lambda: _plain_back(book.path, plain, folder / "again.db"),
        ROUNDS,
    )
    yield Row("import dump, proven", "the plain csv into bare tables", *back, "s", 6)


def _plain_dump(book: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(book)) as connection:
        for name in _tables(connection):
            rows = connection.execute(f'SELECT * FROM "{name}"')
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)


def _plain_back(book: Path, folder: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(book)) as source, closing(sqlite3.connect(target)) as connection:
        for name in _tables(source):
            columns = [row[1] for row in source.execute(f'PRAGMA table_info("{name}")')]
            connection.execute(f'CREATE TABLE "{name}" ({", ".join(f"{x!r}" for x in columns)})')
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                marks = ",".join("?" * len(columns))
                connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', csv.reader(file))
        connection.commit()


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return [str(row[0]) for row in found.fetchall()]


def _taken_in(folder: Path, target: Path) -> None:
    for leftover in target.parent.glob(f"{target.name}*"):
        leftover.unlink()
    take_in(target, folder)


def _audit(book: BookFile, folder: Path) -> Row:
    made = folder / "gbt24589"

    def ours() -> None:
        _export(book, "gbt24589", made, ledger=books.LEDGER, span=YEAR)

    ours()
    texts = [file.read_bytes().decode("gb18030") for file in sorted(made.rglob("*.xml"))]
    pair = measure.timed_in_turn(ours, lambda: _written_and_parsed(texts, folder / "plain.xml"), ROUNDS)
    size = sum(map(len, texts)) / 1_000_000
    against = f"the same {size:.0f} million characters written, read, parsed"
    return Row("export gbt24589 of a year", against, *pair, "s", 5)


def _written_and_parsed(texts: list[str], path: Path) -> None:
    for text in texts:
        path.write_bytes(text.encode("gb18030"))
        again = path.read_bytes().decode("gb18030")
        parser = expat.ParserCreate("utf-8")
        parser.Parse(again.encode(), True)


def _export(book: BookFile, form: str, out: Path, ledger: str = "", span: Span | None = None) -> None:
    if out.is_dir():
        shutil.rmtree(out)
    out.with_name(f"{out.name}.key").unlink(missing_ok=True)
    if export(book, "甲", form, ExportRequest(out, ledger, span)).value.rows < 100:
        raise measure.Failed(f"{form} without rows")


def old_books() -> list[Row]:
    """A year of another program's books taken in, against reading both sheets into bare tables."""
    files = workload_old.ensure()
    place, target = workload.root() / "old.vledger", workload.root() / "old.db"

    def ours() -> measure.Run:
        _empty(place)
        return measure.once(books.ours("import", "old", place, *files, "--ledger", books.LEDGER, "--accept"))

    def plain() -> measure.Run:
        _gone(target)
        return measure.once([sys.executable, HERE / "floor.py", "old", *files, target])

    our, least = measure.in_turn(ours, plain, ROUNDS)
    work = f"import old of {workload_old.VOUCHERS:,} vouchers"
    against = "both sheets read into bare tables"
    return [
        Row(work, against, our.seconds, least.seconds, "s", 3),
        Row(f"{work}, memory", against, our.mib, least.mib, "MiB", 3),
    ]


def _empty(place: Path) -> None:
    _gone(place)
    measure.once(books.ours("new", place, "--village", "测算村", "--start", f"{workload_old.YEAR}-01"))


def _gone(place: Path) -> None:
    for leftover in place.parent.glob(f"{place.name}*"):
        leftover.unlink()
