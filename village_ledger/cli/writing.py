"""How every writing command begins: the book opened for the one who acts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager

from village_ledger.storage.book_file import Access, open_book
from village_ledger.storage.unit_of_work import UnitOfWork


@contextmanager
def writing(asked: Namespace) -> Generator[UnitOfWork]:
    """One action on ``asked.book`` by ``asked.by``; the command commits, leaving without it changes nothing."""
    with open_book(asked.book, Access.WRITE, asked.by) as book, book.unit_of_work(asked.by) as uow:
        yield uow
