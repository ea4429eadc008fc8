"""Rows of the year: statements, notes, a page of a ledger, closing; a book of 1,000,000 voucher lines against one of 10,000."""

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
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.closing.closing import close
from village_ledger.services.closing.year_end import close_year
from village_ledger.services.entry import one_person_post, posting, vouchers
from village_ledger.storage.file.book_file import Access, BookFile, open_book

LARGE, SMALL = "1M lines", "10k lines"
LIMIT = 1.5
TURNS = 15
ROUNDS = 3
MONTH = Month(2026, 1)
"""The month that closes; the benchmark's vouchers end before it."""
VOUCHERS = 50
PAGE = 50
REPORTS = (
    "balance-sheet",
    "income-distribution",
    "receipts-payments",
    "trial-balance",
    "earmarked-funds",
    "combined",
)
COMMITTEE_REPORTS = ("surplus", "balance-sheet", "trial-balance")
_BOTH = frozenset({"earmarked-funds", "combined"})


def statements() -> list[Row]:
    """Every statement of both ledgers at a year's end and at a month's: asked of an open book, and of one just opened."""
    rows: list[Row] = []
    for ledger, reports, book in (
        (books.LEDGER, REPORTS, books.book),
        (books.COMMITTEE, COMMITTEE_REPORTS, books.committee_book),
    ):
        large, small = book(LARGE), book(SMALL)
        whose = "" if ledger == books.LEDGER else ", committee"
        for report in reports:
            rows += _statement(f"{report}{whose}", large, small, "" if report in _BOTH else ledger, report)
    return rows


def _statement(name: str, large: Path, small: Path, ledger: str, report: str) -> list[Row]:
    with open_book(large, Access.READ) as ours, open_book(small, Access.READ) as theirs:
        again = measure.timed_in_turn(
            lambda: _make(ours, ledger, report), lambda: _make(theirs, ledger, report), TURNS
        )
    first = measure.timed_in_turn(
        lambda: _opened(large, ledger, report), lambda: _opened(small, ledger, report), TURNS
    )
    return [_row(f"{name}, {LARGE}", again), _row(f"{name}, {LARGE}, book just opened", first)]


def _opened(path: Path, ledger: str, report: str) -> None:
    with open_book(path, Access.READ) as book:
        _make(book, ledger, report)


def _make(book: BookFile, ledger: str, report: str) -> None:
    for last in (date(2025, 12, 31), date(2025, 9, 30)):
        table = make(book.reader(), report, ReportRequest(ledger, Span(date(2025, 1, 1), last)))
        if not sum(1 for _ in table.rows):
            raise measure.Failed(f"{report} without rows")


def processes() -> list[Row]:
    """Statements as whole processes: the command, from nothing to the last figure."""
    rows: list[Row] = []
    for report, ledger, book in (
        ("balance-sheet", books.LEDGER, books.book),
        ("receipts-payments", books.LEDGER, books.book),
        ("surplus", books.COMMITTEE, books.committee_book),
    ):
        large, small = (
            books.ours("report", book(size), report, "--ledger", ledger, "--year", "2025")
            for size in (LARGE, SMALL)
        )
        our, their = measure.in_turn(
            lambda large=large: measure.once(large), lambda small=small: measure.once(small), TURNS
        )
        rows.append(Row(f"report {report}, {LARGE}", SMALL, our.seconds, their.seconds, "s", LIMIT))
    return rows


def notes() -> list[Row]:
    """The notes name who owes: the benchmark's large book has more names, so a name's share is what is compared."""
    with (
        open_book(books.book(LARGE), Access.READ) as large,
        open_book(books.book(SMALL), Access.READ) as small,
    ):
        pair = measure.timed_in_turn(
            lambda: _make(large, books.LEDGER, "notes"), lambda: _make(small, books.LEDGER, "notes"), ROUNDS
        )
        many, few = _names(large), _names(small)
    work = f"notes, {LARGE}, a counterparty of a leaf ({many:,})"
    each = measure.Pair(pair.ours / many, pair.theirs / few)
    return [_row(work, each, f"the same, {SMALL} ({few:,})")]


def _names(book: BookFile) -> int:
    row = book.connection().exec_driver_sql("SELECT count(*) FROM party_balance").fetchone()
    return int(row[0])  # pyright: ignore[reportOptionalSubscript]  count gives a row


def middle() -> list[Row]:
    """Opening the longest account ledger and a page in its middle."""
    with (
        open_book(books.book(LARGE), Access.READ) as large,
        open_book(books.book(SMALL), Access.READ) as small,
    ):
        span = Span(workload.FIRST, workload.LAST)

        def page(book: BookFile) -> int:
            lines = book.reader().account_ledger(books.LEDGER, workload.BUSY, span)
            if len(lines.page(lines.count // 2, PAGE)) != PAGE:
                raise measure.Failed("short page")
            return lines.count

        many, few = page(large), page(small)
        pair = measure.timed_in_turn(lambda: page(large), lambda: page(small), TURNS)
    return [_row(f"opening a page amid {many:,} lines of one account", pair, f"amid {few:,} lines")]


def closing() -> list[Row]:
    """A month of as many vouchers in both books, everything before it closed: check list, closing it, closing the year."""
    with tempfile.TemporaryDirectory(dir=workload.root()) as place:
        paths = [_ready(size, Path(place)) for size in (LARGE, SMALL)]
        with open_book(paths[0], Access.READ) as large, open_book(paths[1], Access.READ) as small:
            listed = measure.timed_in_turn(
                lambda: check_list(large.reader(), books.LEDGER, MONTH),
                lambda: check_list(small.reader(), books.LEDGER, MONTH),
                TURNS,
            )
        with (
            open_book(paths[0], Access.WRITE, "甲") as large,
            open_book(paths[1], Access.WRITE, "甲") as small,
        ):
            month = measure.timed_in_turn(lambda: _close_month(large), lambda: _close_month(small), TURNS)
            year = measure.timed_in_turn(lambda: _close_year(large), lambda: _close_year(small), TURNS)
        our, their = measure.in_turn(lambda: _closed(paths[0]), lambda: _closed(paths[1]), ROUNDS)
    return [
        _row(f"check list before closing, {LARGE}", listed),
        _row(f"close a month, {LARGE}, rolled back", month),
        _row(f"close the year, {LARGE}, rolled back", year),
        Row(f"close a month, {LARGE}, process", SMALL, our.seconds, their.seconds, "s", LIMIT),
    ]


def _close_month(book: BookFile) -> None:
    """Everything closing does but the commit, so that it can be done again."""
    with book.unit_of_work("甲") as uow:
        close(uow, books.LEDGER, MONTH)


def _close_year(book: BookFile) -> None:
    with book.unit_of_work("甲") as uow:
        close_year(uow, books.LEDGER, MONTH.year - 1)


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
    """Close the month, and open it again unmeasured."""
    month = ("--ledger", books.LEDGER, "--month", str(MONTH))
    run = measure.once(books.ours("close", path, *month, "--by", "甲"))
    again = ("--by", "甲", "--approved-by", "乙", "--reason", "测算")
    measure.once(books.ours("reopen", path, *month, *again))
    return run


def _row(work: str, pair: measure.Pair, against: str = f"the same, {SMALL}") -> Row:
    return Row(work, against, pair.ours * 1000, pair.theirs * 1000, "ms", LIMIT)
