"""Old books: copy, migrate the copy, prove the balances equal, then swap; the old file stays as a backup."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from village_ledger.domain.errors import BookFileError, DiskFullError
from village_ledger.storage.attachments.blobs import LARGE, carry
from village_ledger.storage.file.engine import connect, make_engine, translated
from village_ledger.storage.spec import FORMAT
from village_ledger.storage.triggers import TRIGGERS

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

MIGRATIONS = Path(__file__).with_name("migrations")
_PROOF = (
    (
        "SELECT l.ledger_id, l.account, sum(l.debit), sum(l.credit), count(*) FROM voucher_line l "
        "JOIN posting p ON p.voucher_id = l.voucher_id GROUP BY 1, 2 ORDER BY 1, 2"
    ),
    "SELECT ledger_id, account, sum(debit), sum(credit), count(*) FROM opening GROUP BY 1, 2 ORDER BY 1, 2",
    "SELECT hex(digest) FROM posting ORDER BY ledger_id, seq",
)


def migrate(connection: Connection, revision: str = "head", scripts: Path = MIGRATIONS) -> None:
    """Run the migrations on an open connection and put every trigger in place."""
    drop_triggers(connection)
    command.upgrade(_scripts(connection, scripts), revision)
    install_triggers(connection, TRIGGERS)


def make_tables_of(connection: Connection, version: int) -> None:
    """The tables of an older format in an empty file, without triggers; rows are to be put in, then ``bring_to``."""
    command.upgrade(_scripts(connection, MIGRATIONS), f"{version:04d}")


def bring_to(path: Path) -> None:
    """Migrate a book nobody has opened yet to the present format, where it lies."""
    _migrate_file(path, FORMAT, MIGRATIONS)


def _scripts(connection: Connection, scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def drop_triggers(connection: Connection) -> None:
    """Take all triggers off, so that a migration may move posted rows."""
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def install_triggers(connection: Connection, statements: Iterable[str]) -> None:
    """Put triggers in place after the last migration."""
    for statement in statements:
        connection.exec_driver_sql(statement)


def upgrade(path: Path, target: int = FORMAT, scripts: Path = MIGRATIONS) -> Path:
    """Bring a book to the present format; returns where the old file was kept.

    The caller holds the writer's lock. Raises BookFileError when the migrated copy does not give the same balances,
    DiskFullError when there is no room for it; the book is untouched then.
    """
    copy = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.upgrade")
    try:
        version = _copy(path, copy)
        before = _figures_of(copy)
        _migrate_file(copy, target, scripts)
        if _figures_of(copy) != before:
            raise BookFileError("升级账簿时核对余额不一致，已停止", "请把账簿交给技术人员。", safe=_UNTOUCHED)
        kept = path.with_name(f"{path.stem}.升级前格式{version}{path.suffix}")
        if kept.exists():
            kept = kept.with_name(f"{kept.stem}.{uuid.uuid4().hex[:6]}{kept.suffix}")
        _copy(path, kept)
        _keep_attachments(path, kept)
        _fold_log_in(path)
        copy.replace(path)
    except sqlite3.DatabaseError as error:
        raise translated(error) or error from error
    except DiskFullError as error:
        raise DiskFullError("升级账簿时磁盘写不下了", "请清出空间再打开。", safe=_UNTOUCHED) from error
    finally:
        for leftover in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
            with suppress(OSError):
                leftover.unlink()
    return kept


_UNTOUCHED = "原来的账簿没有动。"


def _migrate_file(path: Path, target: int, scripts: Path) -> None:
    """Migrate a copy in one transaction.

    Foreign keys rest meanwhile: rebuilding a table drops the old one, and that would take every voucher's lines with it.
    """
    engine = make_engine(path, "rw")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            migrate(connection, scripts=scripts)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone():
                raise BookFileError(
                    "升级账簿时有记录对不上，已停止", "请把账簿交给技术人员。", safe=_UNTOUCHED
                )
            connection.exec_driver_sql(f"PRAGMA user_version={target}")
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def _keep_attachments(path: Path, kept: Path) -> None:
    """The old file that stays has its large attachments under its own name; on one disk they take no more room."""
    with closing(connect(kept, "ro")) as connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'blob'").fetchone():
            carry(path, kept, connection.execute(LARGE).fetchall(), link=True)


def _fold_log_in(path: Path) -> None:
    """Empty the old file's log: left beside the new file it would be played into it."""
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy(source: Path, target: Path) -> int:
    """A consistent copy through the backup interface; returns the format number."""
    with closing(connect(source, "ro")) as old, closing(connect(target, "rwc")) as new:
        old.backup(new)
        (version,) = new.execute("PRAGMA user_version").fetchone()
    return int(version)


def _figures_of(path: Path) -> list[list[tuple[object, ...]]]:
    with closing(connect(path, "ro")) as connection:
        return figures(connection)


def figures(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    """What must be the same in every copy of a book: sums of posted lines and openings by account, every link of the chains."""
    return [connection.execute(sql).fetchall() for sql in _PROOF]
