"""Actions of the pages of decisions (四议两公开) and panels (六手印记)."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action

SCOPES = {
    "decisions": "四议两公开",
    "decision": "决策卷宗",
    "decision_form": "开决策卷宗",
    "panel_draw": "六手印记：抽签",
    "panel": "六手印记：签字",
}
"""Headings on the key card."""
_L, _D, _F, _W, _S = SCOPES

ACTIONS: tuple[ActionSpec, ...] = (
    action(_L, "open", "打开卷宗", "Return", "看这件事办到哪一步，接着往下办", "打开", typed=True),
    action(_L, "all", "在办的、全部", "F7", "只看在办的，再按一次看全部", "在办、全部"),
    action(_L, "panel", "六手印记", "F8", "这件事的六个人和签字", "六手印记"),
    action(_L, "new", "开卷", "Insert", "给一件事开一份卷宗", "开卷", **PREPARE),
    # one file
    action(_D, "amend", "改事项…", "F2", "商议以前可以改事项、类别和金额", **PREPARE),
    action(
        _D, "interest", "利害关系人…", "F7", "写明谁和这件事有利害关系，他和家里人都不进六手印", **PREPARE
    ),
    action(_D, "link", "连上…", "F4", "连上据此办理的合同、凭证、项目", **PREPARE),
    action(_D, "drop", "终止…", "Ctrl+Delete", "不再办了，写明原因；卷宗留着", **PREPARE),
    action(_D, "panel", "六手印记", "F8", "这件事的六个人和签字", "六手印记"),
    action(_D, "step", "登记这一步", "F6 Ctrl+S", "照填的登记，登记了不能改", "登记", **PREPARE),
    # a new file
    action(_F, "act", "开卷", "F6 Ctrl+S", "照填的开卷", "开卷", **PREPARE),
    # the draw
    action(_W, "take_list", "导入名单…", "Ctrl+O", "从 xlsx 或 csv 读四个名册", **PREPARE),
    action(_W, "substitute", "另抽替补…", "F7", "光标所在的人来不了，写明原因另抽一人", **PREPARE),
    action(_W, "lots", "抽签单…", "Ctrl+Shift+P", "名单、种子、抽中的人，谁都可以重算；预览并打印"),
    action(_W, "panel", "签字", "F8", "到六个人签字的页", "签字"),
    action(_W, "draw", "抽签", "F10", "用在场的人报的数抽四个人；一件事只抽一次", "抽签", **PREPARE),
    # the signatures
    action(_S, "seat", "写这一席…", "F7", "第 5 席法律顾问、第 6 席两代表一委员一机构", **PREPARE),
    action(_S, "lots", "抽签", "F8", "看名单、种子和抽中的人；另抽替补", "抽签"),
    action(_S, "sheet", "签字纸…", "Ctrl+Shift+P", "一个阶段一页，六个格子签名按手印；预览并打印"),
    action(_S, "file", "卷宗", "Alt+Return", "看这件事办到哪一步"),
    action(_S, "stage", "换阶段", "Left Right", "提议、决策、实施、评议", "换阶段", typed=True),
    action(_S, "sign", "登记签字", "F6 Ctrl+S", "纸上签了名、按了手印，登记下来", "登记签字", **PREPARE),
)
