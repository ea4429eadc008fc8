"""Actions of the township's desk, and of the remarks a reviewer pins while a package is open."""

from __future__ import annotations

from village_ledger.ui.action_spec import ActionSpec, action

_D = "desk"

ACTIONS: tuple[ActionSpec, ...] = (
    action(_D, "choose", "换文件夹…", "Ctrl+O", "选放着送审包的文件夹，选好就审阅"),
    action(_D, "review", "审阅", "F9", "打开、核对、自动审查文件夹里的每一个送审包", "审阅"),
    action(_D, "open", "打开", "Return", "打开这个村的送审包，只能看；Esc 回到这里", "打开", typed=True),
    action(_D, "compare", "比一比", "F7", "各村的收入、支出、现金、存款、欠款并排看；再按回来", "比一比"),
    action(_D, "explain", "怎么来的", "F4", "这一行、合计由哪些村来，查到了什么", "怎么来的"),
    action(_D, "setup", "审阅的人和范围", "Ctrl+B", "审阅人、报告放在哪里、抽样种子、应送的村"),
    action(_D, "write", "写报告", "F6 Ctrl+S", "汇总、每个村的审查和抽查清单、签了名的意见文件", "写报告"),
)
SCOPES = {_D: "乡镇审阅台"}
