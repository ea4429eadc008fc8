"""The backup page: lights that tell the truth, a backup made, tried out and restored."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from village_ledger.ui.desk.backup_page import BackupPage


def lights(page: BackupPage) -> list[str]:
    return [label.text() for _, label in page.lights.values()]


def test_a_backup_lights_today_and_is_tried_out_and_restored(village, page_of, settle, tmp_path, session):
    village.posted("2025-03-08", "收租金", "借 101 5; 贷 501 5")
    page = page_of(BackupPage)
    assert lights(page) == ["今天：没有", "另一块盘：没有", "U 盘：没有"]
    page.back_up_into(tmp_path)
    settle()
    assert lights(page)[0] == "今天：有"
    assert "余额和账簿一致" in page.status()
    assert page.model.text(0, 1) == "同一块盘"
    assert page.model.text(0, 3) == "还没有试过"
    page.action("try_out").trigger()
    settle()
    assert "核对过" in page.model.text(0, 3)
    page.restore_as(page.model.backups[0], tmp_path / "恢复")
    settle()
    assert (tmp_path / "恢复.vledger").exists()
    page.restore_as(page.model.backups[0], tmp_path / "恢复")
    settle()
    assert "已经存在" in page.slip.notice.what


def test_a_backup_that_is_gone_or_altered_is_no_comfort(village, page_of, settle, tmp_path):
    page = page_of(BackupPage)
    page.back_up_into(tmp_path)
    settle()
    (made,) = tmp_path.glob("*备份*")
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("DROP TRIGGER operation_no_delete")
        connection.execute("DELETE FROM operation")
        connection.commit()
    page.action("try_out").trigger()
    settle()
    assert "核对不过" in page.status()
    assert page.model.text(0, 3) == "还没有试过"
    made.unlink()
    page.reload()
    assert lights(page)[0] == "今天：没有"
    assert page.model.text(0, 1) == "现在找不到"


def test_no_room_is_said_in_the_page(village, page_of, settle, tmp_path):
    page = page_of(BackupPage)
    page.back_up_into(tmp_path / "没有")
    settle()
    assert "文件夹" in page.slip.notice.what
