"""A year of a village's old books goes in through the plain imports and gives the old trial balance again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.exchange.convert_kingdee import convert, trial_balance, voucher_rows
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.setup.import_accounts import import_accounts
from village_ledger.exchange.setup.import_opening import import_opening
from village_ledger.exchange.vouchers.import_vouchers import import_vouchers
from village_ledger.services.book.books import new_book
from village_ledger.services.book.verification import inspect
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.spec import BookSpec


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kingdee")
    path: Path = folder / "石门沟村.vledger"
    new_book(path, BookSpec("石门沟村", Month(2024, 1)), "导入")
    accounts, opening, vouchers = convert(folder)
    with open_book(path, Access.WRITE, "导入") as book:
        with book.unit_of_work("导入") as uow:
            import_accounts(uow, "collective", accounts)
            import_opening(uow, "collective", opening)
            assert import_vouchers(uow, "collective", vouchers, post=True).value == 192
            uow.commit()
        yield book


def test_the_converted_file_holds_every_line():
    rows = list(voucher_rows())
    assert len(rows) == 594
    assert len({(row[0][:7], row[2]) for row in rows}) == 192


def test_the_trial_balance_is_the_old_one_mapped(book: BookFile):
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for balance in trial_balance():
        figures = (balance.opening, balance.debit, balance.credit, balance.closing)
        for place, figure in enumerate(figures):
            expected[balance.place[0]][place] += figure
    turnovers = book.reader().turnovers("collective", Span.of_year(2024))
    found = {t.account: [t.opening, t.debit, t.credit, t.closing] for t in turnovers}
    used = {code: figures for code, figures in found.items() if any(figures)}
    assert used == {code: figures for code, figures in expected.items() if any(figures)}
    assert sum(figures[1] for figures in used.values()) == 321_551_497


def test_members_are_counterparties_of_one_account(book: BookFile):
    owed = next(t for t in book.reader().turnovers("collective", Span.of_year(2024)) if t.account == "113")
    assert (owed.opening_debit, owed.opening_credit) == (510_000, 71_481_075)
    assert (owed.closing_debit, owed.closing_credit) == (424_000, 0)


def test_the_book_proves(book: BookFile):
    assert inspect(book) == []
