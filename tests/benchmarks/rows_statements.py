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

from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services import one_person_post, posting, vouchers
from village_ledger.services.close_check import check_list
from village_ledger.storage.book_file import Access, BookFile, open_book

LARGE, SMALL = "1M lines", "10k lines"
LIMIT = 1.5
TURNS = 9
ROUNDS = 3
MONTH = Month(2026, 1)
"""The month that closes; the benchmark's vouchers end before it."""
VOUCHERS = 50
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
    """A month of as many vouchers in both books, everything before it closed: its check list, and ``close`` as a process."""
    with tempfile.TemporaryDirectory(dir=workload.root()) as place:
        paths = [_ready(size, Path(place)) for size in (LARGE, SMALL)]
        with open_book(paths[0], Access.READ) as large, open_book(paths[1], Access.READ) as small:
            listed = measure.timed_in_turn(
                lambda: check_list(large.reader(), books.LEDGER, MONTH),
                lambda: check_list(small.reader(), books.LEDGER, MONTH),
                TURNS,
            )
        runs = [_closed(path) for path in paths]
    return [
        _row(f"check list before closing, {LARGE}", listed),
        Row(f"close a month, {LARGE}", SMALL, runs[0].seconds, runs[1].seconds, "s", LIMIT),
    ]


def _ready(size: str, place: Path) -> Path:
    """A copy whose months are closed up to the last, and a further month of vouchers."""
    path = Path(shutil.copy(books.book(size), place))
    with open_book(path, Access.WRITE, "甲") as book, book.unit_of_work("甲") as uow:
        one_person_post.declare(uow, books.LEDGER, declared=True)
        for info in uow.reader.months(books.LEDGER):
            uow.periods.set_state(books.LEDGER, info.month, MonthState.CLOSED)
        uow.commit()
        drafts = [_draft(day, ("10101", "10102"), "99999999") for day in (1,)]
        drafts += [_draft(day % 28 + 1, ("5130101",), "123.45") for day in range(VOUCHERS)]
        for draft in sorted(drafts, key=lambda draft: draft.day):
            with uow:
                posting.post(uow, [vouchers.save(uow, draft).value.id])
                uow.commit()
    return path


def _draft(day: int, accounts: tuple[str, ...], amount: str) -> Draft:
    """Money from the bank to some accounts; the tills get enough for what the village's cash book owes them."""
    lines = [DraftLine("付办公用品款", account, amount) for account in accounts]
    total = f"{sum(round(float(amount) * 100) for _ in accounts) / 100:.2f}"
    lines.append(DraftLine("付办公用品款", workload.BUSY, credit=total))
    return Draft(books.LEDGER, f"{MONTH}-{day:02d}", attachments="1", lines=lines)


def _closed(path: Path) -> measure.Run:
    """Close the month and open it again, some times; the median of closing."""
    month = ("--ledger", books.LEDGER, "--month", str(MONTH))
    runs: list[measure.Run] = []
    for _ in range(ROUNDS):
        runs.append(measure.once(books.ours("close", path, *month, "--by", "甲")))
        again = ("--by", "甲", "--approved-by", "乙", "--reason", "测算")
        measure.once(books.ours("reopen", path, *month, *again))
    return measure.medians(runs)


def _row(work: str, pair: measure.Pair) -> Row:
    return Row(work, f"the same, {SMALL}", pair.ours * 1000, pair.theirs * 1000, "ms", LIMIT)
