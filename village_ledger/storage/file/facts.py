"""Which village's book a file is, asked before it is opened: whatever its format, whoever has it open, nothing is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from village_ledger.domain.errors import LedgerError
from village_ledger.storage.file.book_file import ensure_book
from village_ledger.storage.file.engine import damaged, translated, uri


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a book says of itself."""

    uid: str
    village: str
    is_packed: bool
    """It is the copy within a package, not a village's own book."""
    merged_into: str
    """The village whose book goes on with this one, empty while it is written on."""


def facts_of(path: Path) -> BookFacts:
    """What the book at a path says of itself; raises BookFileError for a missing, foreign, newer or damaged file."""
    mode = ensure_book(path)
    try:
        with closing(sqlite3.connect(uri(path, mode), uri=True)) as connection:
            row = connection.execute("SELECT uid, village FROM book").fetchone()
            tables = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            is_packed = "packed" in tables and _first(connection, "SELECT 1 FROM packed") is not None
            merged = (
                _first(connection, "SELECT village FROM merged_into") if "merged_into" in tables else None
            )
    except sqlite3.Error as error:
        known: LedgerError = translated(error) or damaged(str(error))
        raise known from error
    except UnicodeDecodeError as error:  # what SQLite quotes of a schema may be damaged too
        raise damaged(str(error)) from error
    if row is None:
        raise damaged("book")
    return BookFacts(str(row[0]), str(row[1]), is_packed, str(merged or ""))


def _first(connection: sqlite3.Connection, query: str) -> object:
    row = connection.execute(query).fetchone()
    return None if row is None else row[0]
