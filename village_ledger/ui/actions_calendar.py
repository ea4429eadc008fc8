"""Actions of the disclosure calendar, its rules and what is entered for it by hand."""

from __future__ import annotations

from typing import Any

from village_ledger.domain.duty import Duty
from village_ledger.ui.action_spec import SETTINGS, ActionSpec, action

_C, _R, _M = "disclosure_calendar", "disclosure_rules", "disclosure_matters"
DISCLOSE: dict[str, Any] = {"when_writable": True, "duty": Duty.DISCLOSE}

ACTIONS: tuple[ActionSpec, ...] = (
    action(
        _C, "into", "去做表", "Return", "做这几天的整套公开表；已经张贴的看张贴记录", "去做表", typed=True
    ),
    action(
        _C,
        "hang",
        "准备张贴…",
        "F6",
        "表做好以后：把这几天的表放在一起，请监督审查、张贴",
        "准备张贴",
        **DISCLOSE,
    ),
    action(_C, "excuse", "说明原因…", "F8", "晚了的写明为什么不再公开，原因一直显示", "说明原因", **DISCLOSE),
    action(
        _C,
        "matter",
        "登记…",
        "Insert",
        "登记账上看不出来、要公开的事：有人要求公开、成员大会、其他重大事项",
        reads="登记过的",
    ),
    action(_C, "rules", "规矩…", "Ctrl+R", "照哪一套规矩公开，换一套，或用本村自己的"),
    action(_C, "print_this", "打印", "F9", "打印、存成 Excel 文件", "打印"),
    action(_R, "print_this", "打印", "F9", "打印、存成 Excel 文件", "打印"),
    action(_R, "save_file", "存成文件…", "Ctrl+S", "存成可以改的文件"),
    action(_R, "take_in", "从文件…", "Ctrl+O", "看改好的文件，采用后才起作用", **SETTINGS),
    action(_R, "adopt", "采用", "F6", "从写的那天起照这套规矩公开", "采用", **SETTINGS),
    action(_M, "enter", "登记", "F6", "登记这一件", "登记", **DISCLOSE),
)
SCOPES = {_C: "公开日历", _R: "公开规矩", _M: "登记要公开的事"}
