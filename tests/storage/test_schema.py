"""One schema, three ways to it: the tables as declared, a new book, an old book migrated."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.builders import blank_book
from village_ledger.storage.all_tables import Base
from village_ledger.storage.file.create import HEAD_REVISION, make_schema
from village_ledger.storage.file.engine import make_engine
from village_ledger.storage.spec import APPLICATION_ID, FORMAT
from village_ledger.storage.triggers import TRIGGERS, trigger_name
from village_ledger.storage.upgrade import migrate


def schema(path: Path) -> dict[str, str]:
    """Everything sqlite_master says, blanks evened out."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_master").fetchall()
    return {name: "".join((sql or "").split()) for name, sql in rows}


def migrated(path: Path) -> Path:
    """An empty file brought to the present format by the migrations alone."""
    engine = make_engine(path, "rwc")
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrate(connection)
        connection.exec_driver_sql("COMMIT")
    engine.dispose()
    return path


def test_the_migrated_schema_is_the_declared_one(tmp_path: Path):
    engine = make_engine(migrated(tmp_path / "alt.db"), "rw")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def test_the_migrated_schema_is_that_of_a_new_book_with_every_trigger(tmp_path: Path):
    new = schema(blank_book(tmp_path))
    assert schema(migrated(tmp_path / "alt.db")) == new
    assert {f"trigger {trigger_name(t)}" for t in TRIGGERS} <= new.keys()


def test_a_new_book_is_stamped_with_the_newest_migration(tmp_path: Path):
    with closing(sqlite3.connect(blank_book(tmp_path))) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD_REVISION,)]
    with closing(sqlite3.connect(migrated(tmp_path / "alt.db"))) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD_REVISION,)]


def test_making_the_schema_again_in_another_file_gives_the_same(tmp_path: Path):
    engine = make_engine(tmp_path / "neu.db", "rwc")
    with engine.connect() as connection:
        make_schema(connection)
    engine.dispose()
    assert schema(tmp_path / "neu.db") == schema(blank_book(tmp_path))


def test_a_book_says_in_its_header_what_it_is(tmp_path: Path):
    path = blank_book(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert path.read_bytes()[68:72] == b"VLDG"


def test_every_connection_keeps_foreign_keys_and_makes_every_commit_durable(tmp_path: Path):
    engine = make_engine(blank_book(tmp_path), "rw")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


def test_every_constraint_has_a_name(tmp_path: Path):
    """Alembic's batch mode finds constraints by name only."""
    unnamed = [
        f"{table.name}: {constraint}"
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert unnamed == []


def test_money_columns_are_whole_numbers():
    fen = {"debit", "credit", "year_debit", "year_credit"}
    kinds = {
        (table.name, column.name, column.type.python_type)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in fen or column.type.python_type is float
    }
    assert kinds
    assert {kind for _, _, kind in kinds} == {int}
