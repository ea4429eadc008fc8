"""Backups: a copy proven equal, tried out, restored without replacing anything (财会〔2024〕12号 art. 35)."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from tests.builders import Village, mounted
from village_ledger.domain.errors import BookFileError, DiskFullError, LedgerError
from village_ledger.services.book import backups
from village_ledger.services.book.backups import Place

NOON = datetime(2025, 12, 31, 12, 5)  # noqa: DTZ001  the village's clock


@pytest.fixture
def busy(village: Village) -> Village:
    village.open_with("借 101 1200", "贷 311 1200")
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    return village


def test_a_backup_is_made_while_the_book_is_open_and_in_use(busy, tmp_path):
    made = backups.back_up(busy.path, tmp_path, NOON)
    assert made.name == "青山村 备份 2025-12-31 1205.vledger"
    busy.posted("2025-03-09", "收租金", "借 101 5; 贷 501 5")
    assert backups.try_out(made) == []
    assert not made.with_name(f"{made.name}-wal").exists()
    with Village(made) as copy:
        assert copy.balance("501") == -6200_00
    assert busy.balance("501") == -6205_00


def test_a_backup_becomes_a_book_again_beside_the_first(busy, tmp_path):
    made = backups.back_up(busy.path, tmp_path, NOON)
    target = tmp_path / "恢复.vledger"
    backups.restore(made, target)
    with Village(target) as again:
        assert again.verify() == []
        assert again.posted("2025-03-10", "收租金", "借 101 5; 贷 501 5").posted_by
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_nothing_is_ever_replaced(busy, tmp_path):
    made = backups.back_up(busy.path, tmp_path, NOON)
    before = made.read_bytes()
    for act in (
        lambda: backups.back_up(busy.path, tmp_path, NOON),
        lambda: backups.restore(made, busy.path),
        lambda: backups.restore(made, made),
    ):
        with pytest.raises(LedgerError, match="已经存在"):
            act()
    assert made.read_bytes() == before
    assert busy.verify() == []


def test_a_backup_that_does_not_prove_is_not_restored(busy, tmp_path):
    made = backups.back_up(busy.path, tmp_path, NOON)
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("DROP TRIGGER voucher_line_update")
        connection.execute("UPDATE voucher_line SET summary = '改过' WHERE line = 1")
        connection.commit()
    assert backups.try_out(made)
    with pytest.raises(BookFileError, match="核对不过，没有恢复"):
        backups.restore(made, tmp_path / "恢复.vledger")
    assert not (tmp_path / "恢复.vledger").exists()


def test_a_torn_backup_is_said_to_be_one(busy, tmp_path):
    made = backups.back_up(busy.path, tmp_path, NOON)
    with made.open("r+b") as file:
        file.truncate(made.stat().st_size // 2)
    with pytest.raises(LedgerError):
        backups.restore(made, tmp_path / "恢复.vledger")
    assert not (tmp_path / "恢复.vledger").exists()


def test_what_is_no_book_or_no_folder_is_refused(busy, tmp_path):
    with pytest.raises(BookFileError, match="文件夹"):
        backups.back_up(busy.path, tmp_path / "没有", NOON)
    (tmp_path / "照片.vledger").write_bytes(b"JPEG")
    with pytest.raises(BookFileError):
        backups.back_up(tmp_path / "照片.vledger", tmp_path, NOON)
    assert [p.name for p in tmp_path.glob("*备份*")] == []


def test_a_stick_nobody_can_write_to_is_named_and_not_the_book(busy):
    with mounted("-t", "tmpfs", "-o", "ro", "none") as stick:
        if stick is None:
            pytest.skip("no read-only disk here")
        with pytest.raises(BookFileError, match="不能写") as refused:
            backups.back_up(busy.path, stick, NOON)
    assert str(stick) in str(refused.value)
    assert "没有留下半个备份" in str(refused.value)


def test_a_full_stick_leaves_no_half_backup(busy):
    with mounted("-t", "tmpfs", "-o", "size=64k", "none") as stick:
        if stick is None:
            assert shutil.disk_usage(busy.path.parent).free > 0
            return
        with pytest.raises(DiskFullError, match="空间不够"):
            backups.back_up(busy.path, stick, NOON)
        assert list(stick.iterdir()) == []
        assert backups.place_of(busy.path, stick) is Place.OTHER
    assert busy.verify() == []


def test_the_same_disk_is_called_so(busy, tmp_path):
    assert backups.place_of(busy.path, tmp_path) is Place.SAME
