"""hledger, written by others in another language, computes the same balances from our vouchers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli import hledger
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.demo import make_demo
from village_ledger.storage.book_file import Access, BookFile, open_book

LEDGERS = ("collective", "committee")


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    path: Path = tmp_path_factory.mktemp("oracle") / "青山村.vledger"
    make_demo(path)
    with open_book(path, Access.READ) as book:
        yield book


def journal_of(book: BookFile, ledger: str, folder: Path) -> Path:
    reader = book.reader()
    return hledger.write_journal(
        folder / f"{ledger}.journal",
        reader.chart(ledger),
        date(2025, 1, 1),
        reader.opening_lines(ledger),
        reader.posted_vouchers(ledger, Span.of_year(2025)),
    )


def ours(book: BookFile, ledger: str, span: Span) -> dict[str, int]:
    return {t.account: t.closing for t in book.reader().turnovers(ledger, span) if t.closing}


@pytest.mark.parametrize("ledger", LEDGERS)
def test_balances_at_the_end_of_every_month(village, ledger, tmp_path):
    journal = journal_of(village, ledger, tmp_path)
    for number in range(1, 13):
        month = Month(2025, number)
        assert hledger.balances(journal, month.next().first) == ours(village, ledger, Span.of_month(month))


@pytest.mark.parametrize("ledger", LEDGERS)
def test_balances_in_the_middle_of_a_month(village, ledger, tmp_path):
    journal = journal_of(village, ledger, tmp_path)
    middle = date(2025, 8, 20)
    found = hledger.balances(journal, date(2025, 8, 21))
    assert found == ours(village, ledger, Span(date(2025, 1, 1), middle))
    assert len(found) > 10
