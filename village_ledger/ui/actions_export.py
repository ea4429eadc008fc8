"""Actions of the page where the books leave in a form others read."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.ui.action_spec import ActionSpec, action

_E = "export"

ACTIONS: tuple[ActionSpec, ...] = (
    action(_E, "check_archive", "核对档案…", "F7", "会计档案的文件夹和它的清单逐个核对"),
    action(
        _E, "take_in", "导入全部数据…", "F8", "从导出的全部数据建一本新账簿，是同样的账", leads="new_book"
    ),
    action(_E, "export", "导出…", "F6", "选好存到哪里，写成选中的那一种", "导出", duty=Duty.EXPORT),
)
SCOPES = {_E: "导出"}
