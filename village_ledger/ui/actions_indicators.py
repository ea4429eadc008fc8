"""Actions of the page of indicators."""

from __future__ import annotations

from village_ledger.ui.action_spec import SETTINGS, ActionSpec, action

ACTIONS: tuple[ActionSpec, ...] = (
    action("indicators", "as_of", "看到哪天…", "F7", "看从前某一天的指标", "看到哪天"),
    action("indicators", "print", "打印指标", "F9", "指标表：打印、存成 Excel 文件", "打印指标"),
    action("indicators", "line", "改警戒线…", "F6", "村里自己定的警戒线，记进账簿", "改警戒线", **SETTINGS),
)
SCOPES = {"indicators": "指标"}
