"""Print the schema of this format's books, as packages are held to it: ``python -m tests.old_books.schema``.

Kept in ``storage/review/schemas`` for every format that was released, so that its packages open for ever.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from village_ledger.domain.period import Month
from village_ledger.storage.file.create import create_book
from village_ledger.storage.review.trust import schema_of
from village_ledger.storage.spec import BookSpec


def printed() -> str:
    """A line an object, in order."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "新.vledger"
        create_book(path, BookSpec("青山村", Month(2025, 1)))
        with closing(sqlite3.connect(path)) as book:
            return "".join(f"{' '.join(row)}\n" for row in sorted(schema_of(book)))


if __name__ == "__main__":
    print(printed(), end="")
