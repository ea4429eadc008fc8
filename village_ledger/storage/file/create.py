"""Making a new book: in a file beside, then put in place, never over another file."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from village_ledger import __version__
from village_ledger.domain.chart import Account, LedgerKind
from village_ledger.domain.errors import BookFileError, DiskFullError, LedgerError
from village_ledger.domain.period import Month
from village_ledger.storage.all_tables import Base
from village_ledger.storage.charts import load_preset
from village_ledger.storage.clock import now_text
from village_ledger.storage.file.durable import settle, settle_names
from village_ledger.storage.file.engine import connect, make_engine, translated
from village_ledger.storage.spec import APPLICATION_ID, CHART_OF, FORMAT, KEY_BYTES, BookSpec
from village_ledger.storage.staff.tables import DataKeyRow
from village_ledger.storage.tables import AccountRow, BookRow, LedgerRow, PeriodRow
from village_ledger.storage.triggers import TRIGGERS

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

HEAD_REVISION = "0005"
"""The newest migration: what a new book is stamped with."""


def create_book(path: Path, spec: BookSpec) -> None:
    """Make a new, empty book; raises LedgerError when the path exists, BookFileError when it cannot be written."""
    with beside(path) as part:
        _write(part, spec)


@contextmanager
def beside(path: Path) -> Generator[Path]:
    """A hidden name beside ``path`` to make a book under; it gets its own name when the block ends well.

    Raises LedgerError when the path exists, BookFileError when nothing can be written there; then nothing is left.
    """
    if path.exists():
        raise LedgerError(
            f"{path.name} 已经存在", "新建不会覆盖任何文件，请换一个文件名。", safe="原来的文件没有动。"
        )
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        yield part
        _place(part, path)
    except OSError as error:
        raise BookFileError(
            f"在 {path.parent} 里建不了文件", "请换一个能写的文件夹。", safe="没有留下半个文件。"
        ) from error
    finally:
        for ending in ("", "-wal", "-shm", ".lock", ".holder"):
            with suppress(OSError):
                Path(f"{part}{ending}").unlink()


def _place(part: Path, path: Path) -> None:
    """Give the finished file its name without ever replacing another; both are on the medium then."""
    settle(part)
    try:
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:  # a medium without hard links (FAT stick)
            _take_name(part, path)
    except FileExistsError:
        raise LedgerError(f"{path.name} 已经存在", "请换一个文件名。", safe="原来的文件没有动。") from None
    settle_names(path.parent)


def _take_name(part: Path, path: Path) -> None:
    """Take the name with an empty file, which opens as nothing, then put the finished one under it."""
    path.touch(exist_ok=False)
    try:
        part.replace(path)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def _write(part: Path, spec: BookSpec) -> None:
    if not part.parent.is_dir():
        raise BookFileError(
            f"没有 {part.parent} 这个文件夹", "请先建好文件夹，或换一个位置。", safe="没有留下半个文件。"
        )
    if not os.access(part.parent, os.W_OK):
        raise BookFileError(f"{part.parent} 不能写", "请换一个能写的文件夹。", safe="没有留下半个文件。")
    engine = make_engine(part, "rw")
    try:
        lay_out(part, guarded=True)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _fill(connection, spec)
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except DiskFullError as error:
        raise DiskFullError("没能建账：磁盘已满", "请换一个盘再建。", safe="没有留下半个文件。") from error
    finally:
        engine.dispose()


def lay_out(path: Path, *, guarded: bool) -> None:
    """Make the file of a book with nothing in it yet; the triggers too, or none where rows are moved in as they lie.

    It is put together once a process and copied: a batch of packages would make the same seven hundred things each time.
    """
    if path.exists():
        raise FileExistsError(path)  # a copy would take its place
    try:
        with closing(connect(path, "rwc")) as new, closing(sqlite3.connect(":memory:")) as empty:
            empty.deserialize(_empty(guarded=guarded))
            empty.backup(new)
    except sqlite3.Error as error:
        raise translated(error) or error from error


@cache
def _empty(*, guarded: bool) -> bytes:
    """The bytes of such a file."""
    in_memory = sqlite3.connect(":memory:", isolation_level=None)
    engine = make_engine(Path(), "rwc", lambda _path, _mode: in_memory)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
            (make_schema if guarded else make_tables)(connection)
            return in_memory.serialize()
    finally:
        engine.dispose()


def make_schema(connection: Connection) -> None:
    """All tables, indexes and triggers, stamped with the newest migration."""
    make_tables(connection)
    for statement in TRIGGERS:
        connection.exec_driver_sql(statement)


def make_tables(connection: Connection) -> None:
    """All tables and indexes, stamped with the newest migration; triggers come when what is copied is there."""
    for statement in _table_statements():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(  # word for word as Alembic makes it
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD_REVISION,))


@cache
def _table_statements() -> tuple[str, ...]:
    """What makes each table and its indexes, put into words once: that takes longer than making them."""
    dialect = SQLiteDialect_pysqlite()
    statements: list[str] = []
    # in one order always, so that a package of one state has the same bytes: a table's own set of indexes has none
    for table in Base.metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda one: str(one.name))
        statements.extend(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes)
    return tuple(statements)


def _fill(connection: Connection, spec: BookSpec) -> None:
    connection.execute(
        insert(BookRow).values(
            id=1,
            uid=uuid.uuid4().hex,
            village=spec.village,
            is_demo=int(spec.is_demo),
            created_at=now_text(),
            program_version=__version__,
        )
    )
    key = os.urandom(KEY_BYTES)
    connection.execute(
        insert(DataKeyRow).values(id=1, made_at=now_text(), check=sha256(key).digest(), plain=key)
    )
    if spec.single:
        _ledger(connection, 1, LedgerKind.COLLECTIVE, "合账（村民委员会代行）", spec.committee_entity, spec)
    else:
        _ledger(connection, 1, LedgerKind.COLLECTIVE, "集体经济组织账", spec.collective_entity, spec)
        _ledger(connection, 2, LedgerKind.COMMITTEE, "村民委员会账", spec.committee_entity, spec)


def _ledger(
    connection: Connection, ledger_id: int, kind: LedgerKind, title: str, entity: str, spec: BookSpec
) -> None:
    preset = load_preset(CHART_OF[kind, spec.committee_chart])
    connection.execute(
        insert(LedgerRow).values(
            id=ledger_id,
            code=kind.value,
            kind=kind.value,
            title=title,
            entity=entity,
            registration_code=spec.collective_code if kind is LedgerKind.COLLECTIVE else spec.committee_code,
            chart_id=preset.id,
            code_widths=preset.code_widths,
            start_month=str(spec.start),
            one_person_post=0,
        )
    )
    connection.execute(insert(AccountRow), [account_row(ledger_id, account) for account in preset.accounts])
    months = [Month(spec.start.year, number) for number in range(spec.start.month, 13)]
    connection.execute(
        insert(PeriodRow), [{"ledger_id": ledger_id, "month": str(m), "state": "open"} for m in months]
    )


def account_row(ledger_id: int, account: Account) -> dict[str, object]:
    """An account as stored."""
    return {
        "ledger_id": ledger_id,
        "code": account.code,
        "name": account.name,
        "side": account.side.value,
        "category": account.category,
        "level": account.level,
        "parent": account.parent or None,
        "is_leaf": int(account.is_leaf),
        "active": int(account.active),
        "protected": int(account.protected),
        "two_way": int(account.two_way),
        "money": account.money.value if account.money else "",
        "demands": ";".join(sorted(d.value for d in account.demands)),
    }
