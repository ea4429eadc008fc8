"""A new village's book, open for writing."""

from __future__ import annotations

import pytest

from tests import made
from village_ledger.domain.period import Month
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import BookSpec


@pytest.fixture
def book(tmp_path):
    path = made.new_book(tmp_path, BookSpec("青山村", Month(2025, 3)), "建账")
    with open_book(path, Access.WRITE, "导入") as book:
        yield book
