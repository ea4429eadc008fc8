"""Rows of members and shares: the register as of any day, a dividend worked out, events applied, the pages of members.

The plain loop is Python over tuples that were fetched beforehand and lie in memory: one pass over all of them, nothing
looked up, nothing checked. Ours begins at the file each time, and hands over records with classes and holders.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import books
import measure
import workload
import workload_shares
from rows import Row

from village_ledger.services.dividends import dividends
from village_ledger.storage.file.book_file import Access, BookFile, open_book

HERE = Path(__file__).resolve().parent
ONCE, TENFOLD = workload_shares.SIZES
ROUNDS = 15
RECORD_DATE = workload_shares.DAYS[-1]
SLOWEST_KEY, SLOWEST_PAGE = 50, 500
"""Milliseconds a letter typed may take, and a page until it stands there painted."""


class Fetched(NamedTuple):
    """Every tuple a dividend is worked out from, as sqlite3 gives them."""

    lines: list[tuple[int, str, str, int]]
    """Account, day, bucket, delta."""
    accounts: list[tuple[int, int]]
    names: list[tuple[int, str, str]]
    homes: list[tuple[int, str, int]]
    standing: list[tuple[int, str, str]]
    households: list[tuple[int, str]]


def fetched(book: BookFile) -> Fetched:
    """The tuples of a book."""

    def rows(sql: str) -> list[Any]:
        return book.connection().exec_driver_sql(sql).fetchall()

    return Fetched(
        rows("SELECT account_id, day, bucket, delta FROM share_line ORDER BY event_id, line"),
        rows("SELECT id, person_id FROM share_account"),
        rows("SELECT person_id, effective, value FROM person_fact WHERE field = 'name' ORDER BY id"),
        rows("SELECT person_id, effective, household_id FROM residence ORDER BY id"),
        rows("SELECT person_id, effective, status FROM member_status ORDER BY id"),
        rows("SELECT id, code FROM household"),
    )


def plain_register(lines: Iterable[tuple[int, str, str, int]], until: str) -> dict[tuple[int, str], int]:
    """The register of a day: one pass, one sum an account and bucket."""
    held: dict[tuple[int, str], int] = {}
    for account, day, bucket, delta in lines:
        if day <= until:
            held[account, bucket] = held.get((account, bucket), 0) + delta
    return held


def plain_dividend(rows: Fetched, until: str, pool: int) -> list[tuple[str, str, int]]:
    """A pool shared out to the fen, largest remainder first, in the order of accounts: one pass over each table."""
    held: dict[int, int] = {}
    for account, day, _, delta in rows.lines:
        if day <= until:
            held[account] = held.get(account, 0) + delta
    names = {person: name for person, day, name in rows.names if day <= until}
    homes = {person: household for person, day, household in rows.homes if day <= until}
    standing = {person: status for person, day, status in rows.standing if day <= until}
    codes = dict(rows.households)
    parts = sorted(
        (f"{codes[homes[person]]}/{names[person]}", standing[person], held[account])
        for account, person in rows.accounts
        if held.get(account, 0) > 0
    )
    whole = sum(quanta for _, _, quanta in parts)
    fen = [pool * quanta // whole for _, _, quanta in parts]
    rest = [pool * quanta % whole for _, _, quanta in parts]
    for place in sorted(range(len(parts)), key=lambda place: (-rest[place], place))[: pool - sum(fen)]:
        fen[place] += 1
    return [(account, status, part) for (account, status, _), part in zip(parts, fen, strict=True)]


def register() -> list[Row]:
    """As of four days, against the plain loop and against a tenth of the events."""
    found: list[Row] = []
    with (
        open_book(books.share_book(ONCE), Access.READ) as book,
        open_book(books.share_book(TENFOLD), Access.READ) as large,
    ):
        for one in (book, large):
            lines = fetched(one).lines
            pair = measure.timed_in_turn(_as_of(one), _plain_as_of(lines), ROUNDS)
            found.append(_row(f"register as of a day, {len(lines):,} lines", "plain loop", pair, 5))
        pair = measure.timed_in_turn(_as_of(large), _as_of(book), ROUNDS)
        found.append(_row("register as of a day, tenfold events", "once", pair, 11))
    return found


def _row(work: str, against: str, pair: measure.Pair, limit: float) -> Row:
    return Row(work, against, pair.ours * 1000, pair.theirs * 1000, "ms", limit)


def _as_of(book: BookFile) -> Callable[[], None]:
    def ask() -> None:
        for day in workload_shares.DAYS:
            if len(book.reader().holdings(day)) != workload_shares.MEMBERS:
                raise measure.Failed("the register is not whole")

    return ask


def _plain_as_of(lines: list[tuple[int, str, str, int]]) -> Callable[[], None]:
    def loop() -> None:
        for day in workload_shares.DAYS:
            plain_register(lines, day.isoformat())

    return loop


def dividend() -> list[Row]:
    """A dividend worked out with its gates, against the plain loop and against a tenth of the events."""
    found: list[Row] = []
    with (
        open_book(books.share_book(ONCE), Access.READ) as book,
        open_book(books.share_book(TENFOLD), Access.READ) as large,
    ):
        for one in (book, large):
            rows = fetched(one)
            pair = measure.timed_in_turn(_preview(one), _plain_preview(rows), ROUNDS)
            found.append(_row(f"dividend of {len(rows.lines):,} lines, 5,000 holders", "plain loop", pair, 5))
        pair = measure.timed_in_turn(_preview(large), _preview(book), ROUNDS)
        found.append(_row("dividend, tenfold events", "once", pair, 11))
        _agree(book)
    return found


def _preview(book: BookFile) -> Callable[[], dividends.Preview]:
    def work_out() -> dividends.Preview:
        made = dividends.preview(
            book.reader(),
            books.LEDGER,
            workload_shares.YEAR,
            workload_shares.POOL,
            RECORD_DATE,
            RECORD_DATE,
            workload_shares.ASSEMBLY,
        )
        if not made.ok:
            raise measure.Failed("a gate of the dividend is shut")
        return made

    return work_out


def _plain_preview(rows: Fetched) -> Callable[[], object]:
    return lambda: plain_dividend(rows, RECORD_DATE.isoformat(), workload_shares.POOL)


def _agree(book: BookFile) -> None:
    """Both sides gave everybody the same fen, else nothing was compared."""
    ours = [(one.part.account, one.amount) for one in _preview(book)().shared.portions]
    plain = plain_dividend(fetched(book), RECORD_DATE.isoformat(), workload_shares.POOL)
    if ours != [(account, fen) for account, _, fen in plain]:
        raise measure.Failed("the dividend and the plain loop differ")


def applying() -> list[Row]:
    """``share apply`` of 50,000 events as a process against 5,000, in processor time: minutes are not repeated."""
    path = workload.root() / "applied.vledger"
    once = statistics.median(books.apply_shares(path, ONCE).cpu for _ in range(3))
    tenfold = books.apply_shares(path, TENFOLD)
    return [
        Row("share apply, tenfold events, processor", "once", tenfold.cpu, once, "s", 11),
        Row("share apply, tenfold events, memory", "200 MiB", tenfold.mib, 200, "MiB", 1),
    ]


def member_pages() -> list[Row]:
    """The pages of members with 5,000 of them, painted, and every letter of a search in pinyin."""
    command = [sys.executable, str(HERE / "member_pages.py"), str(books.share_book(ONCE))]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    figures = {name: float(value) for name, value in zip(said[::2], said[1::2], strict=True)}
    key, page = f"{SLOWEST_KEY} ms", f"{SLOWEST_PAGE} ms"
    return [
        Row("members page, 5,000 members", page, figures["members"], SLOWEST_PAGE, "ms", 1),
        Row("household page among them", page, figures["household"], SLOWEST_PAGE, "ms", 1),
        Row("the first letter of a search", key, figures["first"], SLOWEST_KEY, "ms", 1),
        Row("a letter of a search that finds everybody", key, figures["letter"], SLOWEST_KEY, "ms", 1),
    ]
