"""The wall sheet of a dividend: names as the level shows them, no child named, the pool to the fen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.masking import Level
from village_ledger.reports.dividends.dividend import Facts
from village_ledger.reports.dividends.dividend_papers import CHILD, Proposal, notice_table, signing_table
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Table
from village_ledger.services.dividends.dividend_files import SheetLine

ISSUER = Issuer(
    "石门沟村", "collective", LedgerKind.COLLECTIVE, "集体账", "石门沟村股份经济合作社", False, "book"
)
FACTS = Facts(2025, date(2025, 12, 31), date(2026, 3, 20), 100_000, "石股社〔2026〕1号")
PROPOSAL = Proposal(FACTS, "1,000.00", "1.0000", 20_000, "0825-123")


def line(household: str, head: str, amount: int, held: str = "") -> SheetLine:
    return SheetLine(household, head, "一组", 1, "100.00", amount, "****1234", "", "", "", held)


LINES = (
    line("001", "王秀英", 30_000),
    line("002", "王小英", 20_000),
    line("003", "赵小宝", 20_000),
    line("004", "李明（遗产）", 10_000, "没有办继承"),
)


def column(table: Table, key: str) -> list[Cell]:
    """One column, the sum at its end."""
    place = table.column_index(key)
    return [row.cells[place] for row in table.rows]


def adds_up(table: Table) -> int:
    """The sum, which is that of the lines."""
    *lines, total = (fen for fen in column(table, "amount") if isinstance(fen, int))
    assert total == sum(lines)
    return total


def test_names_alike_once_half_hidden_are_told_apart_by_their_household():
    table = notice_table(ISSUER, PROPOSAL, LINES)
    assert column(table, "head")[:2] == ["王*英（001）", "王*英（002）"]


def test_a_child_is_not_named():
    table = notice_table(ISSUER, PROPOSAL, LINES, children=frozenset({("003", "赵小宝")}))
    assert column(table, "head")[2] == CHILD
    assert "赵" not in str(table.rows)


def test_the_township_reads_whole_names():
    assert column(notice_table(ISSUER, PROPOSAL, LINES, Level.TOWNSHIP), "head")[0] == "王秀英"


def test_the_sum_is_the_pool_with_what_stays_with_the_organisation():
    table = notice_table(ISSUER, PROPOSAL, LINES)
    assert adds_up(table) == 100_000


def test_an_estate_says_that_it_is_held():
    table = notice_table(ISSUER, PROPOSAL, LINES)
    assert column(table, "note")[3] == "遗产先挂账"


def test_no_bank_account_stands_on_the_wall():
    assert "1234" not in str(notice_table(ISSUER, PROPOSAL, LINES).rows)


def test_a_sheet_to_sign_adds_up():
    table = signing_table(ISSUER, FACTS, LINES)
    assert adds_up(table) == 80_000
    assert column(table, "result")[3] == "挂账"


def test_a_sheet_to_sign_of_what_is_not_booked_carries_no_code():
    assert signing_table(ISSUER, FACTS, LINES).check_code
    assert signing_table(ISSUER, replace(FACTS, is_preview=True), LINES).check_code is None
