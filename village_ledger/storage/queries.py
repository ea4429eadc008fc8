"""The common ground of everything read: one connection, SQL in, plain tuples out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from village_ledger.domain.errors import LedgerError

if TYPE_CHECKING:
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.file.connection import BookConnection

P = ParamSpec("P")
Q = TypeVar("Q", bound="Queries")
R = TypeVar("R")
Record = tuple[Any, ...]
"""A row as the driver gives it; the methods that use it name its parts at once."""


@lru_cache(maxsize=4096)
def day_of(text: str) -> date:
    """A stored day; cached, since a book has few distinct days."""
    return date.fromisoformat(text)


class Queries:
    """Reads through the calling thread's connection."""

    def __init__(self, book: BookFile) -> None:
        self._book = book

    @property
    def book_file(self) -> BookFile:
        """The open book that is read, for whoever needs its key."""
        return self._book

    @property
    def _connection(self) -> BookConnection:
        return self._book.connection()

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """One state of the book for everything read within; inside an action that is the action's own."""
        connection = self._connection
        if connection.in_transaction:
            yield
            return
        connection.exec_driver_sql("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.exec_driver_sql("ROLLBACK")

    def _all(self, sql: str, *parameters: object) -> list[Record]:
        return self._connection.exec_driver_sql(sql, parameters).fetchall()

    def _one(self, sql: str, *parameters: object) -> Record | None:
        return self._connection.exec_driver_sql(sql, parameters).fetchone()

    def _value(self, sql: str, *parameters: object) -> Any:
        row = self._one(sql, *parameters)
        return None if row is None else row[0]

    def _stream(self, sql: str, *parameters: object, size: int = 2000) -> Iterator[Record]:
        result = self._connection.exec_driver_sql(sql, parameters)
        while rows := result.fetchmany(size):
            yield from rows

    def _ledger_id(self, ledger: str) -> int:
        try:
            return self._book.ledger_ids()[ledger]
        except KeyError:
            known = "、".join(self._book.ledger_ids())
            raise LedgerError(f"没有代号为“{ledger}”的账", f"这个账簿里有：{known}。") from None


def one_snapshot(method: Callable[Concatenate[Q, P], R]) -> Callable[Concatenate[Q, P], R]:
    """All statements of one question see the same state of the book, whatever another thread posts meanwhile."""

    @wraps(method)
    def asked(self: Q, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.snapshot():
            return method(self, *args, **kwargs)

    return asked


def marks(values: Sequence[object]) -> str:
    """Question marks for an IN list."""
    return ",".join("?" * len(values))


def marks_from(first: int, values: Sequence[object]) -> str:
    """Numbered placeholders for a list, for a statement that names its values by number."""
    return ", ".join(f"?{first + place}" for place in range(len(values)))
