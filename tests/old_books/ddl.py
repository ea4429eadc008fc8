"""Print the SQL of an area's tables, as its migration has it: ``python -m tests.old_books.ddl <area>``."""

from __future__ import annotations

import sys
from importlib import import_module

from sqlalchemy import Index
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from village_ledger.storage.all_tables import Base


def statements(area: str) -> list[str]:
    """Every CREATE of the tables declared in ``storage/<area>/tables.py``, those named by others first.

    An index over another area's table is a name of the module and comes last.
    """
    module = import_module(f"village_ledger.storage.{area}.tables")
    own = {
        row.__tablename__
        for row in vars(module).values()
        if isinstance(row, type) and issubclass(row, Base) and row.__module__ == module.__name__
    }
    added = [item for item in vars(module).values() if isinstance(item, Index)]
    made: list[str] = []
    for table in Base.metadata.sorted_tables:
        if table.name in own:
            indexes = sorted(table.indexes, key=lambda index: str(index.name))
            made += map(_printed, (CreateTable(table), *map(CreateIndex, indexes)))
    return made + [_printed(CreateIndex(index)) for index in added]


def _printed(item: CreateTable | CreateIndex) -> str:
    text = str(item.compile(dialect=sqlite.dialect())).strip()
    return "\n".join(line.rstrip() for line in text.replace("\t", "    ").splitlines())


if __name__ == "__main__":
    print(";\n".join(statements(sys.argv[1])) + ";")
