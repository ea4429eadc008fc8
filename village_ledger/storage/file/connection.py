"""How an open book is spoken to: prepared SQL over the driver alone, refusals in our words.

Every statement of a running program is prepared SQL, so nothing of SQLAlchemy is needed to open a book, to post or to
report; its import alone takes longer than a trial balance. The tables, new books and migrations are SQLAlchemy's
(``tables``, ``create``, ``upgrade``); the one method here has its name and meaning there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Never

from village_ledger.storage.file.engine import connect, damaged, translated


class Rows(sqlite3.Cursor):
    """What a statement gave; reading on may find a damaged page, which is said like everything else."""

    def fetchall(self) -> list[Any]:
        """All rows left."""
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            _say(error)

    def fetchone(self) -> Any:
        """The next row, None when there is none."""
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            _say(error)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """The next rows, an empty list when there are none."""
        try:
            return super().fetchmany(size)
        except sqlite3.Error as error:
            _say(error)

    def __iter__(self) -> Iterator[Any]:  # pyright: ignore[reportIncompatibleMethodOverride]  all rows, so that an error is said here
        return iter(self.fetchall())

    def scalar(self) -> Any:
        """The first value of the first row, None when there is no row; nothing more is read."""
        row = self.fetchone()
        self.close()
        return None if row is None else row[0]

    def scalar_one(self) -> Any:
        """The value of a row that must be there."""
        row = self.fetchone()
        self.close()
        return row[0]


class BookConnection:
    """One thread's connection to a book; transactions are begun by hand (BEGIN IMMEDIATE)."""

    def __init__(self, path: Path, mode: str) -> None:
        try:
            self.driver = connect(path, mode)
        except sqlite3.Error as error:
            _say(error)
        except UnicodeDecodeError as error:  # what SQLite quotes of a schema may be damaged too
            raise damaged(str(error)) from error

    def exec_driver_sql(self, sql: str, parameters: tuple[Any, ...] | Sequence[tuple[Any, ...]] = ()) -> Rows:
        """Run a statement once with a tuple of values, or for every tuple of a list.

        Raises what ``translated`` makes of the driver's error, and the error itself when that is our own mistake.
        """
        cursor = self.driver.cursor(Rows)
        try:
            if isinstance(parameters, list):
                return cursor.executemany(sql, parameters)
            return cursor.execute(sql, parameters)
        except sqlite3.Error as error:
            _say(error)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; some failures (a full disk) end it by themselves."""
        return self.driver.in_transaction

    def close(self) -> None:
        """Close the connection; the thread that opened it must."""
        self.driver.close()


def _say(error: sqlite3.Error) -> Never:
    """Raise what SQLite said in our words; an error that is our own mistake stays itself."""
    said = translated(error)
    if said is None:
        raise error
    raise said from error
