"""The demonstration village's books, opened once for all tests of its wall."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import made
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.reader import Reader


@pytest.fixture(scope="session")
def demo_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The demonstration village, read only."""
    path = made.demo(tmp_path_factory.mktemp("wall"))
    with open_book(path, Access.READ, "") as book:
        yield book.reader()
