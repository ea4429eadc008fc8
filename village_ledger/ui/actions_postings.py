"""Actions of the pages of the posting record (张贴记录)."""

from __future__ import annotations

from typing import Any

from village_ledger.domain.duty import Duty
from village_ledger.ui.action_spec import ActionSpec, action

SCOPES = {"postings": "张贴登记", "posting": "张贴记录"}
"""Headings on the key card."""
_L, _P = SCOPES
_DISCLOSE: dict[str, Any] = {"when_writable": True, "duty": Duty.DISCLOSE}

ACTIONS: tuple[ActionSpec, ...] = (
    action(_L, "open", "打开", "Return", "看这一次：表、意见、照片、异议，接着往下办", "打开", typed=True),
    action(_L, "objections", "异议登记簿…", "F7", "这本账所有的异议和答复；预览并打印", "异议"),
    action(_L, "sheets", "公开表", "F8", "回到公开页，出表、登记", "公开表"),
    action(
        _L,
        "new",
        "放在一起",
        "F6 Ctrl+S",
        "把这段日期登记过的公开表放在一起，准备审查张贴",
        "放在一起",
        **_DISCLOSE,
    ),
    # one set
    action(_P, "sheet", "看这张表", "Return", "按校验码看这张公开表", "看表", typed=True),
    action(_P, "object", "登记异议", "F7", "有人对贴出的表有意见", "异议", **_DISCLOSE),
    action(_P, "answer", "答复", "F8", "答复光标所在的异议", "答复", **_DISCLOSE),
    action(_P, "again", "再次提出", "F9", "本人不满意答复，要再答复一次", **_DISCLOSE),
    action(_P, "end", "办结", "F10", "写明结果，办结这条异议", "办结", **_DISCLOSE),
    action(_P, "mend", "改登记…", "F2", "张贴、取下的日期或地点写错了：写明哪里错，再登记一次", **_DISCLOSE),
    action(_P, "replace", "重做或更正…", "Ctrl+R", "用新出的表另开一次，替代这一次", **_DISCLOSE),
    action(_P, "withdraw", "作废…", "Ctrl+Delete", "没贴过的不要了，写明原因", **_DISCLOSE),
    action(_P, "act", "登记", "F6 Ctrl+S", "照填的登记，登记了不能改", "登记", **_DISCLOSE),
)
