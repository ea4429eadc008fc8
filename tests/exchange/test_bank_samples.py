"""The statements of two banks for the last quarter of 2024 against the journal of the same village, completely."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.bank_files import (
    ABC,
    ACCOUNTS,
    RCB,
    expected_matches,
    expected_reconciliations,
    stone_gate,
    take_in_samples,
)
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.bank.bank_sheet import read_statement
from village_ledger.exchange.bank.import_bank import import_bank
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.services.bank.bank_position import read_position, reconcile
from village_ledger.services.book.verification import inspect
from village_ledger.storage.file.book_file import Access, BookFile, open_book

FIGURES = (
    "bank_balance",
    "book_received",
    "book_paid",
    "bank_error",
    "adjusted_bank",
    "book_balance",
    "bank_received",
    "bank_paid",
    "adjusted_book",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = stone_gate(tmp_path_factory.mktemp("bank"))
    with open_book(path, Access.WRITE, "向小军") as book:
        take_in_samples(book)
        yield book


def test_the_rural_bank_is_read_whole():
    found = read_statement(RCB)
    assert (found.number, found.entity) == ("8811013300003358", "石门沟村股份经济合作社")
    assert (found.first, found.last) == (date(2024, 10, 1), date(2024, 12, 31))
    assert (found.opening, found.closing, len(found.lines)) == (46_111_960, 42_356_619, 46)
    assert found.lines[9].remark == "转账存入 代蒲𬭎家一并交承包金"
    assert sum(x.amount for x in found.lines if x.amount < 0) == -13_769_418


def test_the_agricultural_bank_is_turned_round_and_its_foot_dropped():
    found = read_statement(ABC)
    assert (found.number, found.opening, found.closing) == ("22670101040000917", 95_444_570, 65_035_013)
    assert [x.day.day for x in found.lines] == [16, 16, 19, 27, 21, 25]
    assert found.lines[0].counterparty == "邓大明"
    assert found.lines[-1].row == 4


@pytest.mark.parametrize("file", ACCOUNTS)
def test_every_line_is_matched_as_it_truly_is(book: BookFile, file: str):
    reader = book.reader()
    position = read_position(reader, reader.bank_account("collective", ACCOUNTS[file]))
    refs: dict[int, list[str]] = {}
    for x in position.book:
        refs.setdefault(x.match, []).append(x.ref)
    found = [
        (str(x.day), f"{x.amount / 100:.2f}", tuple(refs[x.match]) if x.match else ()) for x in position.lines
    ]
    assert found == expected_matches(file)


@pytest.mark.parametrize(("account", "day"), expected_reconciliations())
def test_the_reconciliation_is_the_expected_one(book: BookFile, account: str, day: str):
    request = ReportRequest("collective", Span.of_month(Month.parse(f"2024-{day[:2]}")), account)
    [table] = make_all(book.reader(), "bank-reconciliation", request)
    assert [table.facts[key] for key in FIGURES] == expected_reconciliations()[account, day]
    assert (table.facts["difference"], table.notes) == (0, () if "12" in day else ("没有未达账项。",))


def test_what_the_books_have_and_the_bank_has_not_is_listed_with_its_day(book: BookFile):
    reader = book.reader()
    found = reconcile(reader, reader.bank_account("collective", "10201"), date(2024, 12, 31))
    assert [(x.ref, str(x.day), x.amount) for x in found.book_only] == [
        ("2024-12/记-0016", "2024-12-30", -1_260_000),
        ("2024-12/记-0017", "2024-12-31", 4_200_000),
    ]
    assert [(x.amount, x.suspected) for x in found.errors] == [(-38_640, True)]


def test_a_report_without_an_account_is_one_sheet_for_each(book: BookFile):
    tables = make_all(book.reader(), "bank-reconciliation", ReportRequest("collective"))
    assert [t.facts["account"] for t in tables] == ["10201", "10202"]
    assert [c.ok for t in tables for c in t.checks] == [True, True]


@pytest.mark.parametrize("file", [RCB, ABC])
def test_the_same_file_again_changes_nothing(book: BookFile, file):
    before = (book.reader().bank_accounts(), len(book.reader().operations()))
    with book.unit_of_work("向小军") as uow:
        done = import_bank(uow, "collective", file).value
        uow.commit()
    assert (done.new, done.matches) == (0, 0)
    assert done.known == len(expected_matches(file.name))
    assert (book.reader().bank_accounts(), len(book.reader().operations())) == before


def test_nothing_is_wrong_with_the_book(book: BookFile):
    assert inspect(book) == []
