"""A long read of SQLite's own beside everything else: one statement that runs by itself leaves Python free meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.file.connection import BookConnection

T = TypeVar("T")


class _Read(threading.Thread, Generic[T]):
    """A read on a thread and a connection of its own."""

    def __init__(self, book: BookFile, read: Callable[[], T]) -> None:
        super().__init__(name="meanwhile", daemon=True)
        self._book, self._read = book, read
        self._connection: BookConnection | None = None
        self._found: list[T] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        """Read, and keep what came of it for whoever asks."""
        try:
            self._connection = self._book.connection()
            self._found.append(self._read())
        except BaseException as error:  # noqa: BLE001  said where it is asked for
            self._error = error
        finally:
            self._connection = None
            self._book.close_thread()

    def answer(self) -> T:
        """What was read, once it has been; raises what reading raised."""
        self.join()
        if self._error is not None:
            raise self._error
        return self._found[0]

    def stop(self) -> None:
        """Nobody asks any more: whatever statement is running ends at once."""
        while self.is_alive():
            connection = self._connection
            if connection is not None:
                with suppress(Exception):  # it may close this very moment
                    connection.driver.interrupt()
            self.join(0.05)


SMALL = 8 << 20
"""Bytes of a book that SQLite goes over about as fast as another connection reads the schema."""


@contextmanager
def meanwhile(book: BookFile, read: Callable[[], T]) -> Generator[Callable[[], T]]:
    """Begin a read of the book; what is yielded waits for its answer. Left early, the read is broken off.

    A small book is read when the answer is asked for.
    """
    if _is_small(book):
        yield partial(_by_itself, book, read)
        return
    reading = _Read(book, read)
    reading.start()
    try:
        yield reading.answer
    finally:
        reading.stop()


def _is_small(book: BookFile) -> bool:
    with suppress(OSError):  # a file that went away is said by whoever reads it
        return book.path.stat().st_size < SMALL
    return False


def _by_itself(book: BookFile, read: Callable[[], T]) -> T:
    """Read on the caller's connection, from the file as another one would: pages it keeps in memory are let go."""
    book.connection().exec_driver_sql("PRAGMA shrink_memory")
    return read()
