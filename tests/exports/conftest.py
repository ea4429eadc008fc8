"""The demonstration village with its year closed, whose books leave in every form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import made as books
from tests.builders import WANG
from tests.cli.conftest import by, run
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.storage.file.book_file import Access, open_book

__all__ = ["by", "run"]


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """The demonstration village, made once; nobody writes to it."""
    return books.demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(tmp_path) -> Path:
    """A copy a test may write to."""
    return books.demo(tmp_path)


@pytest.fixture(scope="session")
def source(made, tmp_path_factory) -> Path:
    """A book that was dumped, with the folder ``dump`` and its key beside it."""
    folder = tmp_path_factory.mktemp("dump")
    book = folder / "青山村.vledger"
    book.write_bytes(made.read_bytes())
    with open_book(book, Access.WRITE, WANG) as opened:
        export(opened, WANG, "dump", ExportRequest(folder / "dump"))
    return book


@pytest.fixture
def dumped(source, tmp_path) -> Path:
    """A copy of the dump a test may spoil."""
    folder = tmp_path / "导出"
    shutil.copytree(source.parent / "dump", folder)
    shutil.copyfile(source.parent / "dump.key", tmp_path / "导出.key")
    return folder
