"""Actions of the pages of a merger of villages."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action, step_keys

_M, _F = "merger", "merger_follow"

ACTIONS: tuple[ActionSpec, ...] = (
    *step_keys(_M),
    action(_M, "add_book", "添加账簿…", "Ctrl+O", "选一个村的账簿，一次可以选几本"),
    action(_M, "drop_book", "拿掉这本", "Ctrl+Delete", "从名单里拿掉，文件不动"),
    action(_M, "check", "检查", "F7", "每本账结到哪里、核对过不过、互相欠多少", "检查"),
    action(_M, "load_map", "对照表…", "Ctrl+M", "读入科目、往来单位的对照表（csv 或 xlsx）"),
    action(_M, "print_comparison", "打印对照表…", "F8", "合并前后对照表：签字以前存成 PDF 或 xlsx"),
    action(_M, "cancel", "停下", "F3", "正在核对或合并时停下来，什么也不留下"),
    action(_F, "told", "已通知", "F6", "登记这天通知了债权人", "已通知", **PREPARE),
    action(
        _F, "answered", "答复、办结", "F7", "登记对方怎么答复，或这件事怎么办结的", "答复、办结", **PREPARE
    ),
    action(_F, "noted", "记一笔", "F9", "这件事办到哪一步", **PREPARE),
    action(_F, "creditors", "债权人", "Alt+1", "看债权人通知清单"),
    action(_F, "matters", "未决事项", "Alt+2", "看合并的未决事项"),
    action(_F, "print_list", "打印清单…", "Ctrl+Shift+P", "存成 PDF 或 xlsx"),
    action(_F, "comparison", "对照表…", "F8", "合并前后对照表"),
    action(_F, "origins", "原村来源…", "F4", "每个村的余额去了哪里"),
    action(_F, "shares", "份额清单…", "Ctrl+B", "每个人原来多少份、现在多少份"),
    action(_F, "codes", "编号对照…", "Ctrl+R", "科目、户编号、股权证：原来的和现在的"),
)
SCOPES = {_M: "村级合并", _F: "合并以后"}
