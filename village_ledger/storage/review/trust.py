"""Whether a database from outside holds nothing but what this program makes: asked before anything in it is used.

A view, a trigger or a virtual table planted in a copy would run when it is read. Therefore the schema is compared word for word
with the one kept of its format, over a connection that runs nothing the schema says; and every value must be of the kind
its column was declared with, for no program of ours has ever written another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path

from village_ledger.domain.errors import MISREAD, BadPackage, BookFileError, DiskFullError
from village_ledger.storage.file.engine import uri
from village_ledger.storage.spec import APPLICATION_ID, FORMAT

SCHEMAS = Path(__file__).with_name("schemas")
"""Of each released format the schema of its books, a line an object: kind, name, table, SHA-256 of its SQL."""
Schema = frozenset[tuple[str, str, str, str]]
_OBJECTS = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
_KINDS = {"INTEGER": "integer", "BIGINT": "integer", "BLOB": "blob"}
"""Declared types and what SQLite then calls a value; every other column holds texts."""
_FROM_OUTSIDE = "送审包里的账簿"


def ensure_plain(path: Path) -> int:
    """The format of a book whose schema is exactly that of its format; raises BadPackage for any other file."""
    try:
        with closing(sqlite3.connect(uri(path, "immutable"), uri=True)) as copy:
            copy.execute("PRAGMA trusted_schema=OFF")
            copy.execute("PRAGMA cell_size_check=ON")
            copy.execute("PRAGMA mmap_size=0")
            version = _version(copy)
            strange = next(_strange(schema_of(copy), kept_schema(version)), None)
            if strange is None:
                _ensure_kinds(copy)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise BadPackage(f"{_FROM_OUTSIDE}读不出来，可能损坏了") from error
    if strange is not None:
        raise BadPackage(f"{_FROM_OUTSIDE}里有不是本程序做的东西（{strange}），没有打开")
    return version


def bring_up(path: Path) -> None:
    """Bring a plain copy of an older format to the present one, where it lies; raises BadPackage, DiskFullError."""
    from sqlalchemy.exc import SQLAlchemyError

    from village_ledger.storage.upgrade import bring_to

    try:
        bring_to(path)
    except DiskFullError:
        raise
    except (BookFileError, sqlite3.Error, SQLAlchemyError, *MISREAD) as error:
        raise BadPackage(f"{_FROM_OUTSIDE}转不成现在的格式，里面写着本程序不会写的东西") from error


def _version(copy: sqlite3.Connection) -> int:
    (application,) = copy.execute("PRAGMA application_id").fetchone()
    (version,) = copy.execute("PRAGMA user_version").fetchone()
    (encoding,) = copy.execute("PRAGMA encoding").fetchone()
    if application == APPLICATION_ID and version > FORMAT:
        raise BadPackage(f"{_FROM_OUTSIDE}是用更新版本的程序做的", "请先升级程序再打开。")
    if application != APPLICATION_ID or encoding != "UTF-8" or not kept_schema(version):
        raise BadPackage(f"{_FROM_OUTSIDE}不是本程序认得的格式")
    return int(version)


def schema_of(connection: sqlite3.Connection) -> Schema:
    """Every object of a database, its SQL as a digest."""
    rows = connection.execute(_OBJECTS).fetchall()
    return frozenset((kind, name, table, sha256(sql.encode()).hexdigest()) for kind, name, table, sql in rows)


def kept_schema(version: int) -> Schema:
    """The schema of a format's books, empty for a format nobody ever released packages of."""
    return _kept(SCHEMAS / f"format{version}.txt")


@cache
def _kept(path: Path) -> Schema:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset((kind, name, table, digest) for kind, name, table, digest in map(str.split, lines))


def _strange(found: Schema, plain: Schema) -> Iterator[str]:
    """What is there beside the schema that should be, or is missing of it."""
    for kind, name, *_ in sorted(found - plain):
        yield f"{kind} {name}"[:80]
    for _, name, *_ in sorted(plain - found):
        yield f"少了 {name}"


def _ensure_kinds(copy: sqlite3.Connection) -> None:
    """Every value is a number, a text or bytes as its column says; a text is one that can be read."""
    tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        columns = [
            (name, declared) for _, name, declared, *_ in copy.execute(f'PRAGMA table_info("{table}")')
        ]
        wrong = " OR ".join(
            f'(typeof("{name}") <> \'{_KINDS.get(declared, "text")}\' AND "{name}" IS NOT NULL)'
            for name, declared in columns
        )
        found = copy.execute(f'SELECT count(*) FROM "{table}" WHERE {wrong}').fetchone()
        if found[0]:
            raise BadPackage(
                f"{_FROM_OUTSIDE}的 {table} 里有 {found[0]} 行写着不该有的东西（数字的地方不是数字）",
                "请村里重新做一个送审包。",
            )
