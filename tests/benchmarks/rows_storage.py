"""Rows inside the open program: saving and posting, balances, pages of a long ledger."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import books
import measure
import workload
from rows import Row

from village_ledger.domain.period import Span
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.entry import one_person_post, posting, vouchers
from village_ledger.storage.file.book_file import Access, BookFile, open_book

SAVES = 300
QUERIES = 25
PAGE = 50
DATES = (date(2021, 7, 14), date(2023, 6, 30), date(2025, 11, 20))


def saving() -> list[Row]:
    """Save and post one voucher through the services, against a raw durable commit of the same rows and in a small book."""
    with tempfile.TemporaryDirectory(dir=workload.root()) as folder:
        place = Path(folder)
        with (
            _writable("100k", place) as large,
            _writable("1k", place) as small,
            closing(_raw_database(place / "raw.db")) as raw,
        ):
            least = measure.timed_in_turn(_saver(large), _raw_commit(raw), SAVES)
            sizes = measure.timed_in_turn(_saver(large), _saver(small), SAVES)
    work = "save + post, book of 100k"
    return [
        Row(work, "raw durable commit of the same rows", least.ours * 1000, least.theirs * 1000, "ms", 8),
        Row(work, "the same in a book of 1k", sizes.ours * 1000, sizes.theirs * 1000, "ms", 1.3),
    ]


@contextmanager
def _writable(size: str, place: Path) -> Generator[BookFile]:
    """A copy of a book in which one person may post alone."""
    path = Path(shutil.copy(books.book(size), place))
    with open_book(path, Access.WRITE, "甲") as book:
        with book.unit_of_work("甲") as uow:
            one_person_post.declare(uow, books.LEDGER, declared=True)
            uow.commit()
        yield book


def _saver(book: BookFile) -> Callable[[], None]:
    def save() -> None:
        lines = [
            DraftLine("付办公用品款", "5130101", "123.45"),
            DraftLine("付办公用品款", workload.BUSY, credit="123.45"),
        ]
        with book.unit_of_work("甲") as uow:
            draft = Draft(books.LEDGER, "2025-12-31", attachments="1", lines=lines)
            stored = vouchers.save(uow, draft).value
            posting.post(uow, [stored.id])
            uow.commit()

    return save


def _raw_database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(
        "CREATE TABLE voucher(id INTEGER PRIMARY KEY, day TEXT, head TEXT);"
        "CREATE TABLE line(voucher INTEGER, place INTEGER, account TEXT, day TEXT, debit INTEGER, credit INTEGER,"
        " summary TEXT, PRIMARY KEY(voucher, place)) WITHOUT ROWID;"
        "CREATE TABLE posting(voucher INTEGER PRIMARY KEY, digest BLOB);"
        "CREATE TABLE total(account TEXT, span TEXT, debit INTEGER, credit INTEGER, PRIMARY KEY(account, span));"
        "CREATE TABLE log(seq INTEGER PRIMARY KEY, what TEXT, digest BLOB);"
    )
    return connection


def _raw_commit(connection: sqlite3.Connection) -> Callable[[], None]:
    """The rows a saved and posted voucher leaves, with nothing computed: two log records, totals by month and day."""
    up = "INSERT INTO total VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET debit=debit+excluded.debit, credit=credit+excluded.credit"
    number = 0

    def commit() -> None:
        nonlocal number
        number += 1
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO voucher VALUES(?,?,?)", (number, "2025-12-31", "记" * 40))
        for place, account in enumerate(("5130101", workload.BUSY)):
            row = (number, place, account, "2025-12-31", 12345, 0, "付办公用品款")
            connection.execute("INSERT INTO line VALUES(?,?,?,?,?,?,?)", row)
            connection.execute(up, (account, "2025-12", 12345, 0))
            connection.execute(up, (account, "2025-12-31", 12345, 0))
        connection.execute("INSERT INTO posting VALUES(?,?)", (number, bytes(64)))
        for _ in range(2):
            connection.execute(
                "INSERT INTO log(what, digest) VALUES(?,?)", ("填制凭证 2025-12/记-0001", bytes(64))
            )
        connection.execute("COMMIT")

    return commit


def balances() -> list[Row]:
    """A trial balance at several dates, 1M vouchers against 10k and against bare SQL over month totals."""
    with (
        open_book(books.book("1M"), Access.READ) as large,
        open_book(books.book("10k"), Access.READ) as small,
    ):
        pair = measure.timed_in_turn(lambda: _balance(large), lambda: _balance(small), QUERIES)
        bare = measure.timed_in_turn(lambda: _balance(large), lambda: _bare_balance(large), QUERIES)
    work = "trial balance at a date, 1M vouchers"
    return [
        Row(work, "the same, 10k", pair.ours * 1000, pair.theirs * 1000, "ms", 2),
        Row(
            work,
            "bare SQL over month totals and a month's days",
            bare.ours * 1000,
            bare.theirs * 1000,
            "ms",
            3,
        ),
    ]


def _balance(book: BookFile) -> None:
    for day in DATES:
        table = make(
            book.reader(), "trial-balance", ReportRequest(books.LEDGER, Span(date(day.year, 1, 1), day))
        )
        if sum(1 for _ in table.rows) < 20:
            raise measure.Failed("trial balance without rows")


def _bare_balance(book: BookFile) -> None:
    connection = book.connection()
    for day in DATES:
        month = day.isoformat()[:7]
        connection.exec_driver_sql(
            "SELECT account, sum(debit), sum(credit), sum(CASE WHEN month >= ? THEN debit ELSE 0 END), "
            "sum(CASE WHEN month >= ? THEN credit ELSE 0 END) FROM month_total WHERE ledger_id = 1 AND month < ? "
            "GROUP BY account",
            (f"{day.year}-01", f"{day.year}-01", month),
        ).fetchall()
        connection.exec_driver_sql(
            "SELECT m.account, sum(d.debit), sum(d.credit) FROM (SELECT DISTINCT account FROM month_total "
            "WHERE ledger_id = 1) m JOIN day_total d ON d.ledger_id = 1 AND d.account = m.account AND d.day >= ? "
            "AND d.day <= ? GROUP BY 1",
            (f"{month}-01", day.isoformat()),
        ).fetchall()


def pages() -> list[Row]:
    """Any page of the longest account ledger against its first page; opening it is part of the first."""
    with open_book(books.book("1M"), Access.READ) as book:
        span = Span(workload.FIRST, workload.LAST)
        entries = book.reader().account_ledger(books.LEDGER, workload.BUSY, span)
        places = [entries.count * part // 7 for part in range(1, 7)]

        def deep() -> None:
            for place in places:
                if len(entries.page(place, PAGE)) != PAGE:
                    raise measure.Failed("short page")

        def first() -> None:
            for _ in places:
                entries.page(0, PAGE)

        pair = measure.timed_in_turn(deep, first, QUERIES)
        work = f"a page anywhere in {entries.count:,} lines of one account"
    each = 1000 / len(places)
    return [Row(work, "its first page", pair.ours * each, pair.theirs * each, "ms", 3)]
