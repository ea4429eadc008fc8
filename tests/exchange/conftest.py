"""A new village's book, open for writing."""

from __future__ import annotations

import pytest

from village_ledger.domain.period import Month
from village_ledger.services.book.books import new_book
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import BookSpec


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "青山村.vledger"
    new_book(path, BookSpec("青山村", Month(2025, 3)), "建账")
    with open_book(path, Access.WRITE, "导入") as book:
        yield book
