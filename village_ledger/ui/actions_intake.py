"""Actions of the page that takes members and shares in from a file."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action, step_keys

_I = "member_import"

ACTIONS: tuple[ActionSpec, ...] = (
    *step_keys(_I),
    action(_I, "choose", "选文件…", "Ctrl+O", "选名册、量化方案或份额变动的文件；也可以拖进来", "选文件"),
    action(_I, "again", "重读文件", "Ctrl+R", "在表格里改好、存了盘，再读一遍；答过的还在"),
    action(_I, "meaning", "换意思", "Left", "光标在列上时按 ← →，换这一列的意思", typed=True),
    action(_I, "answer", "填上", "Return", "把格里写的当作对的值", "填上", typed=True),
    action(_I, "leave_out", "略去这一行", "Ctrl+Delete", "这一行不导入", **PREPARE),
    action(_I, "wait", "号码待核", "F8", "身份证号先空着，记作“身份证号待核”", **PREPARE),
    action(_I, "same", "同样的都这样答", "F9", "错处一样的几行，都照刚才的答复", **PREPARE),
    action(_I, "take_back", "取消答复", "Ctrl+Z", "这一行重新答", **PREPARE),
)
