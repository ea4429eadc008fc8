"""Actions of the pages of packages and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_ledger.domain.duty import Duty
from village_ledger.ui.action_spec import ActionSpec, action

_P, _R = "packages", "remarks"
_SENDS: Mapping[str, Any] = {"when_writable": True, "duty": Duty.EXPORT}
_ANSWERS: Mapping[str, Any] = {"when_writable": True, "duty": Duty.DISCLOSE}

ACTIONS: tuple[ActionSpec, ...] = (
    action(
        _P,
        "make",
        "做送审包…",
        "F6 Ctrl+S",
        "选好存到哪里，做一个签了名的包",
        "做送审包",
        when_writable=True,
        duty=Duty.EXPORT,
    ),
    action(
        _P,
        "take_in",
        "收审阅意见…",
        "Ctrl+O",
        "把乡镇拷回来的意见文件收进来",
        "收意见",
        when_writable=True,
        duty=Duty.DISCLOSE,
    ),
    action(_P, "opinions", "看意见", "Return", "看收到的意见和答复", "看意见", typed=True),
    action(_R, "open", "看那里", "Return", "到意见钉着的凭证那一行、表上那个数", "看那里", typed=True),
    action(
        _R,
        "answer",
        "答复",
        "F6 Ctrl+S",
        "写明怎样办的；随下一个送审包回到乡镇",
        "答复",
        when_writable=True,
        duty=Duty.DISCLOSE,
    ),
    action(_R, "print", "打印意见书", "F9", "审核意见书：每条意见、依据和答复"),
)
SCOPES = {_P: "送审包", _R: "审阅意见"}
