"""The demonstration village's books, opened once for all tests of its wall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from village_ledger.exchange.demo import make_demo
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.reader import Reader


@pytest.fixture(scope="session")
def demo_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The demonstration village, read only."""
    path: Path = tmp_path_factory.mktemp("wall") / "演示.vledger"
    make_demo(path)
    with open_book(path, Access.READ, "") as book:
        yield book.reader()
