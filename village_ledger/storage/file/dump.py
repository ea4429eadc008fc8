"""A book table by table: what each table looks like, its rows in the order of its key, and a book made of such rows again.

Nothing here knows what a table is for. The rows go into tables without their triggers, which are put in place before the
book is whole: what they would have refused is for ``verify`` to find.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from village_ledger.domain.errors import BookFileError, UnreadableError
from village_ledger.storage.file.connection import BookConnection
from village_ledger.storage.file.create import make_tables
from village_ledger.storage.file.engine import connect, make_engine, translated
from village_ledger.storage.spec import APPLICATION_ID, FORMAT
from village_ledger.storage.triggers import TRIGGERS
from village_ledger.storage.upgrade import bring_to, make_tables_of

_AT_ONCE = 500
_NO_DATA = ("alembic_version",)
"""Tables of the machinery; a book made anew has its own."""


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """A column: its place in the key (0 outside), and every ``table.column`` it refers to."""

    name: str
    kind: str
    """``integer``, ``text`` or ``bytes``."""
    nullable: bool
    key: int
    refers: str = ""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table and its columns in their order."""

    name: str
    columns: tuple[ColumnShape, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


Run = Callable[[str], Any]


def shapes(connection: BookConnection) -> list[TableShape]:
    """Every table of an open book that holds its data, by name."""
    return _shapes(connection.exec_driver_sql)


def _shapes(run: Run) -> list[TableShape]:
    names = [
        name
        for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        if name not in _NO_DATA and not name.startswith("sqlite_")
    ]
    return [_shape(run, name) for name in names]


def _shape(run: Run, table: str) -> TableShape:
    refers: dict[str, dict[str, None]] = {}
    for _, _, parent, source, target, *_ in run(f'PRAGMA foreign_key_list("{table}")').fetchall():
        refers.setdefault(source, {})[f"{parent}.{target or source}"] = None
    columns = [
        ColumnShape(name, _kind(declared), not required and not key, key, "；".join(refers.get(name, ())))
        for _, name, declared, required, _, key in run(f'PRAGMA table_info("{table}")').fetchall()
    ]
    return TableShape(table, tuple(columns))


def _kind(declared: str) -> str:
    word = declared.upper()
    if "INT" in word:
        return "integer"
    return "bytes" if word == "BLOB" else "text"


def rows(connection: BookConnection, table: TableShape, at_once: int = _AT_ONCE) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in the order of its key; never more than ``at_once`` are held."""
    cursor = connection.exec_driver_sql(_select(table))
    while part := cursor.fetchmany(at_once):
        yield from part


def _select(table: TableShape) -> str:
    key = sorted((column for column in table.columns if column.key), key=lambda column: column.key)
    order = ", ".join(f'"{column.name}"' for column in key or table.columns)
    listed = ", ".join(f'"{name}"' for name in table.names)
    return f'SELECT {listed} FROM "{table.name}" ORDER BY {order}'


def heads(connection: BookConnection) -> dict[str, str]:
    """The newest digest of every ledger's chain and of the operation log, hexadecimal."""
    found: dict[str, str] = dict(
        connection.exec_driver_sql(
            "SELECT l.code, lower(hex(p.digest)) FROM ledger l JOIN posting p ON p.ledger_id = l.id "
            "WHERE p.seq = (SELECT max(seq) FROM posting WHERE ledger_id = l.id) ORDER BY l.id"
        )
    )
    last = "SELECT lower(hex(digest)) FROM operation ORDER BY seq DESC LIMIT 1"
    return {**found, "operation": connection.exec_driver_sql(last).scalar() or ""}


class Loader:
    """An empty book being filled; its triggers rest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.tables = {table.name: table for table in _shapes(connection.execute)}

    def insert(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], at_once: int = _AT_ONCE
    ) -> int:
        """Put rows in; raises UnreadableError for one the table cannot hold. Returns how many."""
        places = ", ".join("?" * len(columns))
        listed = ", ".join(f'"{name}"' for name in columns)
        sql = f'INSERT INTO "{table}" ({listed}) VALUES ({places})'
        count, stream = 0, iter(rows)
        while part := list(islice(stream, at_once)):
            try:
                self._connection.executemany(sql, part)
            except (sqlite3.IntegrityError, OverflowError) as error:
                raise UnreadableError(
                    f"{table} 里有一行账簿放不下（{error}）", "请用原来导出的文件夹，不要改里面的文件。"
                ) from error
            count += len(part)
        return count

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """What a table holds now, in the order of its key."""
        return iter(self._connection.execute(_select(self.tables[table])))

    def put_key(self, plain: bytes) -> None:
        """The data key, which travels apart from the tables."""
        self._connection.execute("UPDATE data_key SET plain = ?", (plain,))


@contextmanager
def filling(part: Path, book_format: int) -> Generator[Loader]:
    """Make a book of this or an older format at ``part``; the block fills it, then it is guarded and brought up to date.

    Raises BookFileError when the rows do not refer to each other as they must.
    """
    engine = make_engine(part, "rwc")
    try:
        with engine.connect() as making:
            making.exec_driver_sql("PRAGMA journal_mode=WAL")
            making.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            making.exec_driver_sql(f"PRAGMA user_version={book_format}")
            making.exec_driver_sql("BEGIN IMMEDIATE")
            make_tables(making) if book_format == FORMAT else make_tables_of(making, book_format)
            making.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()
    try:
        with closing(connect(part, "rw")) as connection:
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("BEGIN IMMEDIATE")
            yield Loader(connection)
            _ensure_whole(connection)
            if book_format == FORMAT:
                for trigger in TRIGGERS:
                    connection.execute(trigger)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if book_format != FORMAT:
            bring_to(part)
    except sqlite3.DatabaseError as error:
        raise translated(error) or error from error


def _ensure_whole(connection: sqlite3.Connection) -> None:
    stray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if stray:
        raise BookFileError(
            f"{stray[0]} 里有一行指向 {stray[2]} 里没有的记录",
            "请用原来导出的文件夹，不要改里面的文件。",
            safe="没有建任何文件。",
        )
