"""The data dictionary leaves nothing unsaid: a new table or column needs its words here."""

from __future__ import annotations

from village_ledger.exchange.exports.dump_dictionary import TITLES, meaning
from village_ledger.storage.all_tables import Base
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.file.dump import shapes


def test_every_table_has_a_name():
    assert Base.metadata.tables.keys() - set(TITLES) == set()


def test_every_column_has_a_meaning():
    missing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if meaning(table.name, column.name) == column.name
    }
    assert missing == set()


def test_every_reference_of_a_column_is_named(made):
    with open_book(made, Access.READ) as book:
        found = {
            (table.name, column.name): column.refers
            for table in shapes(book.connection())
            for column in table.columns
        }
    assert found["account", "ledger_id"] == "ledger.id；account.ledger_id"
    assert found["account", "parent"] == "account.code"
    assert found["voucher", "ledger_id"] == "ledger.id；period.ledger_id"
    assert found["account", "code"] == ""
