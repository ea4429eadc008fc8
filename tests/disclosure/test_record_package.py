"""What leaves of the posting record: with the township's package, and as lists and photos."""

from __future__ import annotations

from pathlib import Path

from tests.builders import COLLECTIVE, COMMITTEE
from tests.disclosure.posting_village import PNG, QUARTER, Wall
from tests.review.township import NUMBER, a_year, sent, unpacked
from village_ledger.domain.package import BOOK
from village_ledger.domain.period import Span
from village_ledger.services.book import verification
from village_ledger.services.disclosure.record_package import COLUMNS, TABLES, record_of, save_photos
from village_ledger.storage.all_tables import Base
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.review.packing import STAYS


def objected(wall: Wall) -> Wall:
    a_year(wall.village)
    made = wall.hung()
    wall.photo(made.number)
    raised = wall.object(made.number, who="张三", item=f"身份证 {NUMBER}，路灯电费多了")
    wall.answer(raised.number)
    return wall


def test_every_table_of_the_record_goes_into_a_package() -> None:
    assert set(TABLES) <= set(Base.metadata.tables)
    assert not set(TABLES) & STAYS


def test_the_record_in_a_package_is_proven_there(wall: Wall, tmp_path: Path) -> None:
    objected(wall)
    members = dict(unpacked(sent(wall.village, tmp_path, attachments=True).path))
    copy = tmp_path / "拆开.vledger"
    copy.write_bytes(members[BOOK])
    with open_book(copy, Access.READ) as book:
        (posting,) = book.reader().postings(COLLECTIVE)
        (objection,) = book.reader().objections(COLLECTIVE)
        assert posting.supervisors == ("孙监事", "周监事")
        assert NUMBER not in objection.item
        assert [one for one in verification.inspect(book) if one.rule == "V81"] == []
    assert PNG in members.values()


def test_lists_have_a_column_for_every_cell_and_photos_are_copied(wall: Wall, tmp_path: Path) -> None:
    objected(wall)
    record = record_of(wall.village.reader, QUARTER)
    lists = record.lists()
    assert {name: len(rows) for name, rows in lists.items()} == {
        "postings": 1,
        "events": 2,
        "objections": 1,
        "answers": 1,
        "photos": 1,
    }
    assert all(len(row) == len(COLUMNS[name]) for name, rows in lists.items() for row in rows)
    (saved,) = save_photos(wall.village.reader, record, tmp_path)
    assert saved.read_bytes() == PNG


def test_only_the_days_and_the_ledger_asked_for(wall: Wall) -> None:
    objected(wall)
    assert record_of(wall.village.reader, Span.of_year(2024)).postings == []
    assert record_of(wall.village.reader, None, COMMITTEE).postings == []
    assert [one.number for one in record_of(wall.village.reader).postings] == ["2025-01"]
