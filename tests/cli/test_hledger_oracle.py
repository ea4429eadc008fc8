"""hledger, written by others in another language, computes the same balances from our vouchers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import made
from tests.cli import hledger
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.storage.file.book_file import Access, BookFile, open_book

LEDGERS = ("collective", "committee")


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    path = made.demo(tmp_path_factory.mktemp("oracle"), closed=False)
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


def by_party(book: BookFile, ledger: str, folder: Path, day: date) -> dict[tuple[str, str], int]:
    """Balance of every account with every counterparty at the end of a day, as hledger adds them up."""
    reader = book.reader()
    entries = [
        (
            "2025-01-01",
            [(x.account, x.counterparty, x.debit - x.credit) for x in reader.opening_lines(ledger)],
        )
    ]
    entries += [
        (str(v.voucher.day), [(x.account, x.counterparty, x.debit - x.credit) for x in v.voucher.lines])
        for v in reader.posted_vouchers(ledger, Span.of_year(2025))
    ]
    path = hledger.write_flat(folder / f"{ledger}-parties.journal", entries)
    return hledger.flat_balances(path, day + timedelta(days=1))


def worked_out(found: dict[tuple[str, str], int]) -> dict[str, int]:
    """The collective's statements from such balances, by plain sums: nothing of our definitions is used."""

    def debit(*codes: str) -> int:
        return sum(fen for (code, _), fen in found.items() if code.startswith(codes))

    member = [fen for (code, _), fen in found.items() if code.startswith("113")]
    income = -debit("501") - debit("502") - debit("503")
    rows = {
        "A1": debit("101", "102"),
        "A3": debit("112") + sum(fen for fen in member if fen > 0),
        "A4": debit("121", "401"),
        "A7": debit("141"),
        "A8": debit("132"),
        "A9": -debit("133"),
        "A11": debit("151"),
        "A12": -debit("152"),
        "A14": debit("153"),
        "A20": debit("134"),
        "A23": sum(fen for (code, _), fen in found.items() if code[0] in "14" and not code.startswith("113"))
        + sum(fen for fen in member if fen > 0),
        "L2": -debit("211") - sum(fen for fen in member if fen < 0),
        "L4": -debit("213"),
        "L5": -debit("214"),
        "L9": -debit("241"),
        "E1": -debit("301"),
        "E2": -debit("311"),
        "E3": -debit("32", "5"),
        "R1": -debit("501"),
        "R4": debit("511"),
        "R6": debit("513"),
        "R7": income - debit("511", "512", "513"),
        "R9": debit("514"),
        "R13": -debit("5"),
        "R17": debit("3220101"),
        "R18": debit("3220102"),
    }
    rows["T"] = rows["A23"]
    return rows


@pytest.mark.parametrize("month", [3, 6, 9, 12])
def test_statements_of_the_collective_are_what_hledgers_balances_add_up_to(village, tmp_path, month):
    day = Month(2025, month).last
    expected = worked_out(by_party(village, "collective", tmp_path, day))
    request = ReportRequest("collective", Span(date(2025, 1, 1), day))
    ours: dict[str, object] = {}
    for report, key in (("balance-sheet", "closing"), ("income-distribution", "current")):
        table = make(village.reader(), report, request)
        line, place = table.column_index("line"), table.column_index(key)
        ours |= {str(row.cells[line]): row.cells[place] or 0 for row in table.rows if row.cells[line]}
    assert {row: ours[row] for row in expected} == expected
    assert expected["A23"] > 100_000_000
