"""Connections to a book file: pragmas, read-only ways, and what SQLite says in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from village_ledger.domain.errors import (
    BOOK_UNCHANGED,
    BookFileError,
    DiskFullError,
    LedgerError,
    ReadOnlyError,
    VoucherError,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine, ExceptionContext

BUSY_SECONDS = 5.0
KEPT_STATEMENTS = 1024
"""Statements a connection keeps prepared: a proof runs four hundred, and the driver's own 128 would all be prepared anew."""


def uri(path: Path, mode: str) -> str:
    """SQLite URI of a book; mode ``rw``, ``ro``, ``rwc`` or ``immutable``."""
    name = quote(str(path.resolve()).replace("\\", "/"))
    name = name if name.startswith("/") else f"/{name}"
    return f"file:{name}?mode=ro&immutable=1" if mode == "immutable" else f"file:{name}?mode={mode}"


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection with the book's pragmas: foreign keys on, WAL kept, every commit durable (FULL)."""
    connection = sqlite3.connect(
        uri(path, mode),
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        cached_statements=KEPT_STATEMENTS,
    )
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")  # reads the schema, which may be damaged
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA cache_size=-16000")
    except BaseException:
        connection.close()
        raise
    return connection


def make_engine(
    path: Path, mode: str, connect_with: Callable[[Path, str], sqlite3.Connection] = connect
) -> Engine:
    """SQLAlchemy's engine over one book, to make or migrate it; transactions are begun by hand (BEGIN IMMEDIATE)."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import SingletonThreadPool

    engine = create_engine(
        "sqlite://",
        creator=lambda: connect_with(path, mode),
        poolclass=SingletonThreadPool,
        isolation_level="AUTOCOMMIT",
    )
    event.listen(engine, "handle_error", _raise_in_our_words)
    return engine


def _raise_in_our_words(context: ExceptionContext) -> None:
    raised = translated(context.original_exception)
    if raised is not None:
        raise raised from context.original_exception


def translated(error: BaseException) -> LedgerError | None:
    """Our sentence for what SQLite said, None when it is our own mistake."""
    text = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return _refused(text)
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    name: str = getattr(error, "sqlite_errorname", "")
    for beginnings, sentence in _WORLD:
        if name.startswith(beginnings):
            return sentence(text)
    schema_unfit = name == "SQLITE_ERROR" and not text.startswith(_OUR_MISTAKE)
    return damaged(text) if schema_unfit or text.startswith("Could not decode") else None


_OUR_MISTAKE = ("near ", "cannot ")
"""Beginnings of what SQLite says of wrong SQL and of transactions out of turn; other SQL errors come from a schema that is
not ours any more (no such table, foreign key mismatch …), since every statement is tested."""


def _refused(text: str) -> VoucherError | None:
    """The sentence of a trigger; None for a constraint that our own code should have kept."""
    if text.startswith("FOREIGN KEY"):
        return VoucherError("有一行用了别的账的科目，或所指的记录不存在", "请核对科目后再试。")
    return VoucherError(text.removesuffix(BOOK_UNCHANGED)) if text.endswith(BOOK_UNCHANGED) else None


def damaged(detail: str) -> BookFileError:
    """The file does not read as a book any more."""
    return BookFileError(
        f"账簿文件读不全，可能已损坏（{detail}）",
        "请不要再往里写，用最近的备份打开，或把文件交给技术人员。",
        safe="程序没有改动这个文件。",
    )


_WORLD: tuple[tuple[tuple[str, ...], Callable[[str], LedgerError]], ...] = (
    (
        ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"),
        lambda _: DiskFullError("没能保存：磁盘已满", "请清出一些空间，或换一个盘，再存一次。"),
    ),
    (
        ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE"),
        lambda _: DiskFullError("没能保存：磁盘写不进去，可能已满或已拔出", "请检查磁盘，再存一次。"),
    ),
    (
        ("SQLITE_READONLY",),
        lambda _: ReadOnlyError("没能保存：这本账所在的位置不能写", "请把账簿拷到能写的盘上再打开。"),
    ),
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"),
        lambda _: ReadOnlyError("没能保存：这本账正被别的程序占用", "请稍等片刻再试。"),
    ),
    (
        ("SQLITE_CANTOPEN",),
        lambda _: BookFileError("打不开这个账簿文件", "请确认文件还在、盘已插好。"),
    ),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR"), damaged),
)
"""What the world does to a file, by the beginning of SQLite's name for it; the first that fits speaks."""
