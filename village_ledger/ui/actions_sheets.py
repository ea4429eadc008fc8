"""Actions of the page that proves public sheets by their check codes."""

from __future__ import annotations

from village_ledger.ui.action_spec import ActionSpec, action

_S = "sheet_check"

ACTIONS: tuple[ActionSpec, ...] = (
    action(_S, "open", "核对", "Return", "核对这个校验码；在不一致的数上看凭证", "核对、看凭证", typed=True),
    action(_S, "code", "输校验码", "F7", "到校验码那一格", "输校验码"),
    action(_S, "again", "照登记的重印…", "F9", "照登记的数字再印这张表，不管账上现在是什么数", "重印"),
    action(_S, "save", "存登记簿…", "Ctrl+S", "把登记簿存成 Excel 文件"),
)
SCOPES = {_S: "核对公开表"}
