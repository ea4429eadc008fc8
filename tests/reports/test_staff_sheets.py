"""The recovery sheet and the list of who may do what, on paper."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.builders import Village, village
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.staff.recovery_sheet import RecoverySheet, write_recovery_sheet

__all__ = ["village"]


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_sheet_carries_the_code_once_in_its_middle(tmp_path: Path) -> None:
    path = tmp_path / "恢复码.pdf"
    sheet = RecoverySheet("青山村", "7K4MP-QRSTU-VWXYZ-23456-789AB", "2025-03-08T09:15:00", "钱书记")
    assert write_recovery_sheet(sheet, path).pages == 1
    said = text_of(path)
    assert "青山村账簿恢复码" in said
    assert [said.count(group) for group in ("7K4MP", "QRSTU", "VWXYZ")] == [1, 1, 1]
    assert "2025-03-08 09:15 由 钱书记 打印" in said


def test_the_list_names_every_role_its_ledger_and_its_days(village: Village) -> None:
    village.hire_four()
    village.hire("孙丽", "审核@committee")
    table = make(village.reader, "staff-list", ReportRequest())
    rows = [row.cells[:3] for row in table.rows]
    assert rows == [
        ("钱书记", "管理员", "全部"),
        ("王秀英", "制单", "全部"),
        ("王秀英", "记账", "全部"),
        ("李建国", "主管", "全部"),
        ("赵平", "出纳", "全部"),
        ("孙丽", "审核", "村民委员会账"),
    ]
    assert table.heading == ("在岗 5 人", "登记过 5 人")
    assert "会计基础工作规范" in table.notes[0]
