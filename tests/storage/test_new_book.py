"""Making a book: whole or not at all, and never over anything that is there."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, WANG
from village_ledger.domain.errors import BookFileError, LedgerError, TextError
from village_ledger.domain.period import Month, MonthState
from village_ledger.services.book import books, verification
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.file.create import create_book
from village_ledger.storage.spec import BookSpec, CommitteeChart

SPEC = BookSpec("青山村", Month(2025, 1))


def test_a_new_book_has_two_ledgers_with_their_charts_and_months(tmp_path: Path):
    path = tmp_path / "青山村.vledger"
    books.new_book(path, BookSpec("青山村", Month(2025, 4)), WANG)
    with open_book(path, Access.READ) as book:
        reader = book.reader()
        assert [(x.code, x.entity) for x in reader.ledgers()] == [
            (COLLECTIVE, "青山村股份经济合作社"),
            (COMMITTEE, "青山村村民委员会"),
        ]
        first_level = [a for a in reader.chart(COLLECTIVE) if a.level == 1]
        assert len(first_level) == 42
        assert all(a.protected for a in first_level)
        assert "1001" in reader.chart(COMMITTEE)
        assert "1001" not in reader.chart(COLLECTIVE)
        months = reader.months(COMMITTEE)
        assert (str(months[0].month), str(months[-1].month)) == ("2025-04", "2025-12")
        assert {m.state for m in months} == {MonthState.OPEN}
        assert [o.action for o in reader.operations()] == ["建账", "启用签名密钥"]
        assert reader.operations()[0].by == WANG
    assert verification.verify(path) == []


def test_one_acting_ledger_and_the_other_preset(tmp_path: Path):
    books.new_book(tmp_path / "a.vledger", BookSpec("青山村", Month(2025, 1), single=True), WANG)
    with open_book(tmp_path / "a.vledger", Access.READ) as book:
        (acting,) = book.reader().ledgers()
        assert (acting.title, acting.entity) == ("合账（村民委员会代行）", "青山村村民委员会")
    spec = BookSpec("青山村", Month(2025, 1), committee_chart=CommitteeChart.COLLECTIVE)
    books.new_book(tmp_path / "b.vledger", spec, WANG)
    with open_book(tmp_path / "b.vledger", Access.READ) as book:
        assert "101" in book.reader().chart(COMMITTEE)


@pytest.mark.parametrize("content", [b"", "别人的信".encode(), b"SQLite format 3\0"])
def test_nothing_is_ever_overwritten(tmp_path: Path, content: bytes):
    path = tmp_path / "青山村.vledger"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="已经存在") as refusal:
        books.new_book(path, SPEC, WANG)
    assert "原来的文件没有动" in str(refusal.value)
    assert refusal.value.exit_code == 1
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("hard_links", [True, False], ids=["with hard links", "on a FAT stick"])
def test_of_many_at_once_one_makes_the_book(
    tmp_path: Path, hard_links: bool, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "青山村.vledger"
    if not hard_links:

        def no_link(*_paths: Path) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(os, "link", no_link)
    people = [f"第{i}人" for i in range(6)]
    start, refused = threading.Barrier(len(people)), []

    def make(person: str) -> None:
        start.wait()
        try:
            create_book(path, BookSpec(person, Month(2025, 1)))
        except LedgerError as error:
            refused.append(error.what)

    threads = [threading.Thread(target=make, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["青山村.vledger 已经存在"] * (len(people) - 1)
    assert list(tmp_path.iterdir()) == [path]
    with open_book(path, Access.READ) as book:
        assert book.reader().book().village in people


def test_no_folder_no_book(tmp_path: Path):
    with pytest.raises(BookFileError, match=r"没有 .* 这个文件夹"):
        books.new_book(tmp_path / "没有" / "青山村.vledger", SPEC, WANG)


def test_a_file_where_the_folder_should_be(tmp_path: Path):
    (tmp_path / "信").write_text("信", encoding="utf-8")
    with pytest.raises(BookFileError):
        books.new_book(tmp_path / "信" / "青山村.vledger", SPEC, WANG)


def test_a_village_has_a_name_without_control_characters(tmp_path: Path):
    with pytest.raises(TextError):
        books.new_book(tmp_path / "a.vledger", BookSpec("青\0山村", Month(2025, 1)), WANG)
    with pytest.raises(LedgerError, match="村名"):
        books.new_book(tmp_path / "a.vledger", BookSpec("  ", Month(2025, 1)), WANG)
    assert list(tmp_path.iterdir()) == []
