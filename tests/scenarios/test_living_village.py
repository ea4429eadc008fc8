"""青山村 as it is handed out: a year closed with its income given away; its statements, word by word, with every check."""

from __future__ import annotations

from datetime import date

import pytest

from tests import made
from tests.cli import hledger
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Kind, Table
from village_ledger.storage.file.book_file import Access, BookFile, open_book

YEAR = Span.of_year(2025)
LEDGERS = ("collective", "committee")
STATEMENTS = [
    ("balance-sheet", "collective"),
    ("income-distribution", "collective"),
    ("receipts-payments", "collective"),
    ("trial-balance", "collective"),
    ("notes", "collective"),
    ("balance-sheet", "committee"),
    ("surplus", "committee"),
    ("trial-balance", "committee"),
    ("notes", "committee"),
    ("combined", ""),
]


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    path = made.demo(tmp_path_factory.mktemp("living"))
    with open_book(path, Access.READ) as book:
        yield book


def statement(book: BookFile, report: str, ledger: str) -> Table:
    return make(book.reader(), report, ReportRequest(ledger, YEAR))


def amounts(table: Table, key: str) -> dict[str, int]:
    """Row of the statement to the amount of a column."""
    line, place = table.column_index("line"), table.column_index(key)
    found = {str(row.cells[line]): row.cells[place] for row in table.rows if row.cells[line]}
    return {name: amount for name, amount in found.items() if isinstance(amount, int)}


def read_out(table: Table) -> str:
    """A statement as a text one can read beside its print."""
    lines = [f"{table.title} {table.entity} {' '.join(table.heading)}"]
    lines.append(" | ".join(column.label for column in table.columns))
    for row in table.rows:
        cells = [
            format_fen(cell) if c.kind is Kind.MONEY and isinstance(cell, int) else str(cell or "")
            for c, cell in zip(table.columns, row.cells, strict=True)
        ]
        lines.append(f"{row.role.value:8} {'  ' * (row.level - 1)}{' | '.join(cells)}")
    lines += [f"{check.rule} {check.ok} {check.text}" for check in table.checks]
    lines += [f"{unasked.rule} 未核 {unasked.why}" for unasked in table.unasked]
    return "\n".join([*lines, *table.notes, *table.warnings])


@pytest.mark.parametrize(("report", "ledger"), STATEMENTS)
def test_the_statement_reads_like_this(village, snapshot, report, ledger):
    assert read_out(statement(village, report, ledger)) == snapshot


@pytest.mark.parametrize(("report", "ledger"), STATEMENTS)
def test_every_check_that_is_asked_agrees(village, report, ledger):
    table = statement(village, report, ledger)
    assert table.checks
    assert [check.text for check in table.checks if not check.ok] == []


def test_what_was_given_away_stands_in_the_statement_and_in_the_next_year(village):
    rows = amounts(statement(village, "income-distribution", "collective"), "current")
    assert (rows["R13"], rows["R17"], rows["R18"]) == (64_141_31, 12_828_26, 21_316_70)
    assert rows["R19"] == 33_30
    assert rows["R20"] == rows["R16"] - rows["R17"] - rows["R18"] - rows["R19"]
    january = ReportRequest("collective", Span.of_month(Month(2026, 1)))
    assert amounts(make(village.reader(), "income-distribution", january), "current")["R14"] == rows["R20"]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_the_balance_sheet_opens_january_where_december_ended(village, ledger):
    january = ReportRequest(ledger, Span.of_month(Month(2026, 1)))
    opened = amounts(make(village.reader(), "balance-sheet", january), "opening")
    assert opened == amounts(statement(village, "balance-sheet", ledger), "closing")


@pytest.mark.parametrize("ledger", LEDGERS)
def test_hledger_keeps_the_same_books_through_the_years_end_into_january(village, tmp_path, ledger):
    reader, through = village.reader(), Span(YEAR.first, date(2026, 1, 31))
    of_both = [v for v in reader.posted_vouchers(ledger, through) if not v.ref.month.is_closing]
    carried = reader.vouchers_by_id([v.id for v in reader.vouchers(ledger, month=Month(2025, 13))])
    journal = hledger.write_journal(
        tmp_path / "a.journal",
        reader.chart(ledger),
        YEAR.first,
        reader.opening_lines(ledger),
        [*of_both, *carried],
    )
    january = Span.of_month(Month(2026, 1))
    ours = {t.account: t.closing for t in reader.turnovers(ledger, january) if t.closing}
    assert hledger.balances(journal, date(2026, 2, 1)) == ours
