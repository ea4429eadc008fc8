"""Rows of assets and contracts: a month's depreciation, the rent that is due, the screen of what is due.

The plain loop reads the same numbers from the same file with the driver, as tuples, and goes over them once: nothing is looked
up, nothing is checked, nobody is named. Both sides must come to the same fen, else nothing was compared.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import books
import measure
import workload_works
from rows import Row

from village_ledger.domain.period import Month
from village_ledger.services.assets import depreciation
from village_ledger.services.contracts import rent_drafts
from village_ledger.services.contracts.due_screen import due_screen
from village_ledger.storage.file.book_file import Access, BookFile, open_book

ROUNDS = 11
CHARGED = Month(workload_works.YEAR, workload_works.MONTH)
DUE = Month(workload_works.YEAR, workload_works.DUE_MONTH)
ONE_DAY = timedelta(days=1)


def charging() -> list[Row]:
    """A month's depreciation of 10,000 assets."""
    with open_book(books.assets_book(), Access.READ) as book:
        ours = depreciation.due(book.reader(), books.LEDGER, CHARGED)
        if [(one.code, one.amount, one.accumulated) for one in ours] != plain_depreciation(book):
            raise measure.Failed("depreciation and the plain loop differ")
        pair = measure.timed_in_turn(
            lambda: depreciation.due(book.reader(), books.LEDGER, CHARGED),
            lambda: plain_depreciation(book),
            ROUNDS,
        )
        return [_row(f"a month's depreciation of {len(ours):,} assets", "plain loop", pair, 5)]


def plain_depreciation(book: BookFile) -> list[tuple[str, int, int]]:
    """(code, amount, accumulated after it) of every card: equal months, the last takes the rest."""
    number = CHARGED.year * 12 + CHARGED.month - 1
    uses = dict(book.connection().exec_driver_sql("SELECT asset_id, use FROM asset_fact").fetchall())
    rows = book.connection().exec_driver_sql(
        "SELECT a.id, a.code, c.name, c.cost, c.salvage, c.opening, c.since, c.months_left, c.months FROM asset a "
        "JOIN asset_card c ON c.asset_id = a.id ORDER BY a.code"
    )
    found: list[tuple[str, int, int]] = []
    for i, code, _, cost, salvage, opening, since, left, months in rows.fetchall():
        passed = number - (int(since[:4]) * 12 + int(since[5:]) - 1)
        rest = cost - salvage - opening
        if passed < 0 or rest <= 0 or i not in uses:
            continue
        equal = (2 * (cost - salvage) + months) // (2 * months)
        amount = rest if passed + 1 >= left else min(equal, rest)
        found.append((code, amount, opening + amount))
    return found


def rent() -> list[Row]:
    """Rent due through a month of 5,000 contracts, and the screen of what is due with 100 and with 5,000."""
    with (
        open_book(books.contracts_book(workload_works.MANY), Access.READ) as book,
        open_book(books.contracts_book(workload_works.FEW), Access.READ) as small,
    ):
        due = rent_drafts.owing(book.reader(), books.LEDGER, DUE)
        ours = sorted((x.whole.stored.number, row.row.first, row.to_accrue) for x in due for row in x.rows)
        if ours != sorted(plain_rent(book)):
            raise measure.Failed("rent due and the plain loop differ")
        pair = measure.timed_in_turn(
            lambda: rent_drafts.owing(book.reader(), books.LEDGER, DUE), lambda: plain_rent(book), ROUNDS
        )
        many, few = _screen(book), _screen(small)
        screens = measure.timed_in_turn(many, few, 5 * ROUNDS)
        return [
            _row(f"rent due of {workload_works.MANY:,} contracts, {len(ours):,} rows", "plain loop", pair, 5),
            _row(f"the due screen, {workload_works.MANY:,} contracts", f"{workload_works.FEW}", screens, 1.5),
        ]


def _screen(book: BookFile) -> Callable[[], object]:
    return lambda: due_screen(book.reader(), books.LEDGER, workload_works.TODAY)


def plain_rent(book: BookFile) -> list[tuple[str, date, int]]:
    """(contract, first day, rent) of every row due in the book's days through the month."""
    kept, last = date(workload_works.YEAR, 1, 1), DUE.last
    rows = book.connection().exec_driver_sql(
        "SELECT c.number, p.name, c.start_day, c.end_day, c.months, c.pay_day, c.amount, c.rate, c.rate_years, "
        "i.code, i.name, n.status FROM contract c JOIN party p ON p.id = c.party_id "
        "JOIN contract_item i ON i.contract_id = c.id JOIN contract_now n ON n.contract_id = c.id"
    )
    found: list[tuple[str, date, int]] = []
    for number, _, begins, ends, months, pay_day, amount, rate, years, *_ in rows.fetchall():
        start, end = date.fromisoformat(begins), date.fromisoformat(ends)
        first, count = start, 0
        while first <= end and first <= last:
            count += 1
            year, month = divmod(start.month - 1 + months * count, 12)
            following = date(start.year + year, month + 1, start.day)
            until = min(following - ONE_DAY, end)
            due = first if pay_day == "first" else until
            if kept <= due <= last:
                found.append((number, first, _price(amount, rate, years, (start, first, until, following))))
            first = following
    return found


def _price(amount: int, rate: int, years: int, days: tuple[date, date, date, date]) -> int:
    """Rent of a period's days, raised each so many years, cut where the term ends."""
    start, first, until, following = days
    rises = ((first.year - start.year) * 12 + first.month - start.month) // (12 * years) if rate else 0
    if rises:
        amount = (2 * amount * (10_000 + rate) ** rises + 10_000**rises) // (2 * 10_000**rises)
    if until < following - ONE_DAY:
        whole = (following - first).days
        amount = (2 * amount * ((until - first).days + 1) + whole) // (2 * whole)
    return amount


def _row(work: str, against: str, pair: measure.Pair, limit: float) -> Row:
    return Row(work, against, pair.ours * 1000, pair.theirs * 1000, "ms", limit)
