"""The database refuses every change to what was written of people, whoever asks and however."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.shares_village import ShareVillage
from village_ledger.storage.people.register import PeopleRegister

TABLES = (
    "person",
    "person_fact",
    "household",
    "household_fact",
    "residence",
    "member_status",
    "register_filing",
)


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("people")
    with ShareVillage.found(folder) as village:
        village.people("001 张三 李四", "002 王五")
        with village.act() as uow:
            PeopleRegister(uow).add_household("003", date(2025, 1, 1), "名册", group="一组")
        with village.raw() as connection:
            connection.execute(
                "INSERT INTO register_filing (id, office, filed_on, as_of, digest, read_to, note, entered_by, entered_at) "
                "VALUES (1, 'township', '2025-01-10', '2025-01-01', 'x', '{}', '', '王秀英', '2025-01-10T09:00:00')"
            )
            connection.commit()
        yield village.path


@pytest.fixture
def raw(peopled: Path) -> Iterator[sqlite3.Connection]:
    """A connection nobody has set up: foreign keys off, nothing kept afterwards."""
    connection = sqlite3.connect(peopled, isolation_level=None)
    connection.execute("BEGIN")
    yield connection
    connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_changed(raw: sqlite3.Connection, table: str):
    assert raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0
    with pytest.raises(sqlite3.IntegrityError, match="不能修改。账没有变化。"):
        raw.execute(f"UPDATE {table} SET entered_by = '别人'")


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_deleted(raw: sqlite3.Connection, table: str):
    with pytest.raises(sqlite3.IntegrityError, match="不能删除。账没有变化。"):
        raw.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_written_over(raw: sqlite3.Connection, table: str):
    with pytest.raises(sqlite3.IntegrityError, match="不能覆盖。账没有变化。"):
        raw.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_household_number_is_not_taken_by_another(raw: sqlite3.Connection):
    with pytest.raises(sqlite3.IntegrityError, match="不能覆盖。账没有变化。"):
        raw.execute("INSERT OR REPLACE INTO household VALUES (99, '001', '别人', '2025-01-01T00:00:00')")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE people_chain SET digest = zeroblob(32)", "不能修改"),
        ("DELETE FROM people_chain", "不能删除"),
        ("INSERT INTO people_chain VALUES (9999, 'person', 1, zeroblob(32))", "只能一节接一节"),
        ("INSERT OR REPLACE INTO people_chain SELECT * FROM people_chain WHERE seq = 1", "只能一节接一节"),
    ],
)
def test_the_chain_grows_at_its_end_only(raw: sqlite3.Connection, statement: str, said: str):
    with pytest.raises(sqlite3.IntegrityError, match=f"成员名册的链{said}。账没有变化。"):
        raw.execute(statement)
