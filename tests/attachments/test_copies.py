"""Backups, restores and upgrades carry the large attachments; what is gone is said and stops nobody's books."""

from __future__ import annotations

import os
from datetime import datetime

import pytest

from tests.attachments.files import PDF, attach, of
from tests.builders import Village, mounted
from village_ledger.domain.errors import DiskFullError, LedgerError
from village_ledger.services.attachments import attachments
from village_ledger.services.book import backups
from village_ledger.storage.attachments.blobs import side_folder
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.upgrade import _keep_attachments

NOON = datetime(2025, 12, 31, 12, 5)  # noqa: DTZ001  the village's clock
LARGE = PDF + b"\0" * (6 << 20)


@pytest.fixture
def kept(village: Village):
    """A large attachment of a voucher."""
    paid = village.posted("2025-03-08", "收租金", "借 101 10; 贷 501 10")
    return attach(village, of(paid), LARGE, "工程图.pdf")


def test_a_backup_and_the_book_made_of_it_have_the_attachments(village, kept, tmp_path):
    (tmp_path / "盘").mkdir()
    made = backups.back_up(village.path, tmp_path / "盘", NOON)
    assert [p.name for p in side_folder(made).iterdir()] == [kept.digest]
    assert backups.try_out(made) == []
    assert backups.incomplete(made) == ""
    target = tmp_path / "恢复.vledger"
    assert backups.restore(made, target) == ""
    with Village(target) as again:
        assert attachments.read(again.reader, kept.id) == LARGE
        assert again.verify() == []


def test_a_book_without_large_attachments_makes_no_folder(village, tmp_path):
    made = backups.back_up(village.path, tmp_path, NOON)
    assert not side_folder(made).exists()


def test_what_is_gone_is_said_and_the_books_are_restored_all_the_same(village, kept, tmp_path):
    (side_folder(village.path) / kept.digest).write_bytes(LARGE[:-1] + b"x")
    made = backups.back_up(village.path, tmp_path, NOON)
    assert "文件夹，1 个大附件打不开；账可以照常记" in backups.incomplete(made)
    target = tmp_path / "恢复.vledger"
    assert backups.restore(made, target) == "备份里少了 1 个大附件，没有它们也恢复了账。"
    with Village(target) as again:
        assert again.balance("501") == -10_00


def test_a_folder_of_another_book_is_never_mixed_in(village, kept, tmp_path):
    made = backups.back_up(village.path, tmp_path, NOON)
    target = tmp_path / "恢复.vledger"
    other = side_folder(target)
    other.mkdir()
    (other / "别人的").write_text("x", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"恢复.vledger.attachments 已经存在"):
        backups.restore(made, target)
    assert not target.exists()
    assert [p.name for p in other.iterdir()] == ["别人的"]


def test_a_full_stick_leaves_neither_book_nor_folder(village, kept):
    with mounted("-t", "tmpfs", "-o", "size=5m", "tmpfs") as stick:
        if stick is None:
            pytest.skip("mounting is not allowed here")
        with pytest.raises(DiskFullError, match="盘上的空间不够"):
            backups.back_up(village.path, stick, NOON)
        assert list(stick.iterdir()) == []


def test_the_old_file_an_upgrade_keeps_has_its_attachments(village, kept, tmp_path):
    (tmp_path / "旧").mkdir()
    old = backups.back_up(village.path, tmp_path / "旧", NOON)
    side = side_folder(old)
    (side / kept.digest).unlink()
    side.rmdir()
    _keep_attachments(village.path, old)
    assert backups.try_out(old) == []


@pytest.mark.skipif(os.name != "posix", reason="asks for a medium nobody can write to")
def test_a_read_only_medium_still_shows_its_attachments(village, kept, tmp_path):
    made = backups.back_up(village.path, tmp_path, NOON)
    with mounted("-t", "tmpfs", "tmpfs") as disk:
        if disk is None:
            pytest.skip("mounting is not allowed here")
        copy = disk / made.name
        backups.restore(made, copy)
        os.system(f"mount -o remount,ro '{disk}'")  # noqa: S605  our own mount
        with open_book(copy, Access.WRITE, "王秀英") as book:
            assert book.read_only
            assert attachments.read(book.reader(), kept.id) == LARGE
            assert attachments.missing_folder(book.reader()) == ""
