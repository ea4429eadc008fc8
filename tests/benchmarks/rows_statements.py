"""Rows of the statements: made from a book of 1,000,000 voucher lines against one of 10,000; the check list; closing.

A figure asked again of an unchanged book is remembered; the first look adds up what counterparties moved, once a day asked.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import books
import measure
import workload
from rows import Row

from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services import one_person_post, posting, vouchers
from village_ledger.services.close_check import check_list
from village_ledger.storage.book_file import Access, BookFile, open_book

LARGE, SMALL = "1M lines", "10k lines"
LIMIT = 1.5
TURNS = 9
ROUNDS = 3
FIRST_MONTH = Month(2021, 1)
REPORTS = (
    "balance-sheet",
    "income-distribution",
    "receipts-payments",
    "trial-balance",
    "earmarked-funds",
    "combined",
)
_BOTH = frozenset({"earmarked-funds", "combined"})


def statements() -> list[Row]:
    """Every statement at a year's end and at the end of a month, both books open."""
    with (
        open_book(books.book(LARGE), Access.READ) as large,
        open_book(books.book(SMALL), Access.READ) as small,
    ):
        rows: list[Row] = []
        for report in REPORTS:
            pair = measure.timed_in_turn(
                lambda report=report: _make(large, report), lambda report=report: _make(small, report), TURNS
            )
            rows.append(_row(f"{report}, {LARGE}", pair))
        return rows


def _make(book: BookFile, report: str) -> None:
    for last in (date(2025, 12, 31), date(2025, 9, 30)):
        ledger = "" if report in _BOTH else books.LEDGER
        table = make(book.reader(), report, ReportRequest(ledger, Span(date(2025, 1, 1), last)))
        if not sum(1 for _ in table.rows):
            raise measure.Failed(f"{report} without rows")


def closing() -> list[Row]:
    """The check list before the first month closes, and ``close`` as a whole process."""
    with (
        open_book(books.book(LARGE), Access.READ) as large,
        open_book(books.book(SMALL), Access.READ) as small,
    ):
        listed = measure.timed_in_turn(
            lambda: check_list(large.reader(), books.LEDGER, FIRST_MONTH),
            lambda: check_list(small.reader(), books.LEDGER, FIRST_MONTH),
            TURNS,
        )
    with tempfile.TemporaryDirectory(dir=workload.root()) as place:
        runs = [_closed(size, Path(place)) for size in (LARGE, SMALL)]
    return [
        _row(f"check list before closing, {LARGE}", listed),
        Row(f"close a month, {LARGE}", SMALL, runs[0].seconds, runs[1].seconds, "s", LIMIT),
    ]


def _closed(size: str, place: Path) -> measure.Run:
    """Close the first month of a copy and open it again, some times; the median of closing."""
    path = Path(shutil.copy(books.book(size), place))
    _enough_cash(path)
    month = ("--ledger", books.LEDGER, "--month", str(FIRST_MONTH))
    runs: list[measure.Run] = []
    for _ in range(ROUNDS):
        runs.append(measure.once(books.ours("close", path, *month, "--by", "甲")))
        again = ("--by", "甲", "--approved-by", "乙", "--reason", "测算")
        measure.once(books.ours("reopen", path, *month, *again))
    return measure.medians(runs)


def _enough_cash(path: Path) -> None:
    """Put money into the tills on the first day: the benchmark's village spends more cash than it has."""
    tills = ("10101", "10102")
    with open_book(path, Access.WRITE, "甲") as book, book.unit_of_work("甲") as uow:
        one_person_post.declare(uow, books.LEDGER, declared=True)
        lines = [DraftLine("提取现金", till, "99999999") for till in tills]
        lines.append(DraftLine("提取现金", workload.BUSY, credit=str(99_999_999 * len(tills))))
        draft = Draft(books.LEDGER, str(FIRST_MONTH.first), attachments="1", lines=lines)
        posting.post(uow, [vouchers.save(uow, draft).value.id])
        uow.commit()


def _row(work: str, pair: measure.Pair) -> Row:
    return Row(work, f"the same, {SMALL}", pair.ours * 1000, pair.theirs * 1000, "ms", LIMIT)
