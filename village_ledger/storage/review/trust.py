"""Whether a database from outside holds nothing but what this program makes: asked before anything in it is used.

A view, a trigger or a virtual table planted in a copy would run when it is read. Therefore the schema is compared word for word
with a new book's, over a connection that runs nothing the schema says.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from village_ledger.domain.errors import BadPackage
from village_ledger.storage.file.engine import make_engine, uri
from village_ledger.storage.spec import APPLICATION_ID, FORMAT

_SCHEMA = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
_TABLES_OF_SQLITE = ("sqlite_stat1", "sqlite_stat4")
_FROM_OUTSIDE = "送审包里的账簿"


def ensure_plain(path: Path) -> None:
    """Raise BadPackage unless the file is a book of this format whose schema is exactly a new book's."""
    try:
        with closing(sqlite3.connect(uri(path, "immutable"), uri=True)) as copy:
            copy.execute("PRAGMA trusted_schema=OFF")
            copy.execute("PRAGMA cell_size_check=ON")
            copy.execute("PRAGMA mmap_size=0")
            (application,) = copy.execute("PRAGMA application_id").fetchone()
            (version,) = copy.execute("PRAGMA user_version").fetchone()
            if application != APPLICATION_ID or version < FORMAT:
                raise BadPackage(f"{_FROM_OUTSIDE}不是本程序认得的格式")
            if version > FORMAT:
                raise BadPackage(f"{_FROM_OUTSIDE}是用更新版本的程序做的", "请先升级程序再打开。")
            strange = next(_strange(copy.execute(_SCHEMA).fetchall()), None)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise BadPackage(f"{_FROM_OUTSIDE}读不出来，可能损坏了") from error
    if strange is not None:
        raise BadPackage(f"{_FROM_OUTSIDE}里有不是本程序做的东西（{strange}），没有打开")


def _strange(found: list[tuple[str, str, str, str]]) -> Iterator[str]:
    """What is there beside a new book's schema, or is missing of it."""
    plain = _of_a_new_book()
    for row in found:
        if row not in plain:
            yield f"{row[0]} {row[1]}"[:80]
    there = frozenset(found)
    for row in sorted(plain - there):
        yield f"少了 {row[1]}"


@lru_cache(maxsize=1)
def _of_a_new_book() -> frozenset[tuple[str, str, str, str]]:
    from village_ledger.storage.file.create import make_schema

    with TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "new.vledger", "rwc")
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                make_schema(connection)
                rows = connection.exec_driver_sql(_SCHEMA).fetchall()
                connection.exec_driver_sql("ROLLBACK")
        finally:
            engine.dispose()
    return frozenset((str(a), str(b), str(c), str(d)) for a, b, c, d in rows)
