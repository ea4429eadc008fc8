"""The data dictionary speaks of every table and column of the formats that have been released."""

from __future__ import annotations

from pathlib import Path

from village_ledger.exchange.exports.dump_dictionary import TITLES, meaning
from village_ledger.storage.all_tables import Base
from village_ledger.storage.migrations import versions

NEWEST = "0005"


def released() -> set[str]:
    """Tables that were there before the format that is still being made."""
    folder = Path(versions.__file__).parent
    newer = "".join(file.read_text(encoding="utf-8") for file in folder.glob(f"v{NEWEST}_*.sql"))
    return {name for name in Base.metadata.tables if f"CREATE TABLE {name} " not in newer}


def test_every_table_has_a_name():
    assert released() - set(TITLES) == set()


def test_every_column_has_a_meaning():
    missing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if table.name in released() and meaning(table.name, column.name) == column.name
    }
    assert missing == set()
