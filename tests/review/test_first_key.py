"""The signing key comes with the book, is logged by its fingerprint and said to whoever sets the book up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import WANG, Village
from tests.review.township import sent, unguarded
from village_ledger.cli.main import main
from village_ledger.domain.period import Month
from village_ledger.services.book import books
from village_ledger.services.review.village_keys import fingerprint_of
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.review.inspection import KEY_MADE
from village_ledger.storage.spec import BookSpec


def test_a_new_book_has_a_key_and_its_log_says_which(tmp_path: Path) -> None:
    books.new_book(tmp_path / "账.vledger", BookSpec("青山村", Month(2025, 1)), WANG)
    with open_book(tmp_path / "账.vledger", Access.READ) as book:
        reader = book.reader()
        said = fingerprint_of(reader)
        assert [(one.action, one.subject) for one in reader.operations() if one.action == KEY_MADE] == [
            (KEY_MADE, said)
        ]
        assert said.count("-") == 7


def test_the_first_package_is_signed_by_the_key_the_book_was_made_with(
    village: Village, tmp_path: Path
) -> None:
    before = fingerprint_of(village.reader)
    assert sent(village, tmp_path).fingerprint == before
    assert len(village.reader.village_keys()) == 1
    assert village.verify() == []


def test_a_book_from_before_there_were_keys_gets_one_with_its_first_package(
    village: Village, tmp_path: Path
) -> None:
    with village.raw() as raw:
        unguarded(raw, "DELETE FROM village_key")
    assert fingerprint_of(village.reader) == ""
    assert sent(village, tmp_path).fingerprint == fingerprint_of(village.reader)


def test_the_command_says_the_fingerprint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "账.vledger"
    assert main(["new", str(book), "--village", "青山村", "--start", "2025-01", "--by", WANG]) == 0
    said = capsys.readouterr().err
    assert main(["key", "show", str(book)]) == 0
    shown = capsys.readouterr().out.split()[-1]
    assert f"签名指纹 {shown}（" in said
