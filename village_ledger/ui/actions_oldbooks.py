"""Actions of taking over books of another program."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action, step_keys

_O = "old_import"

ACTIONS: tuple[ActionSpec, ...] = (
    *step_keys(_O),
    action(
        _O, "add_file", "添加文件…", "Ctrl+O", "选原软件导出的科目余额表和序时账，一次可以选几个", "添加文件"
    ),
    action(_O, "drop_file", "拿掉这个", "Ctrl+Delete", "从名单里拿掉，文件不动"),
    action(_O, "as_proposed", "照提议", "F7", "光标所在的旧科目照提议办", "照提议", **PREPARE),
    action(_O, "all_proposed", "都照提议", "Shift+F7", "还没定的旧科目，有提议的都照提议办", **PREPARE),
    action(_O, "load_map", "读对照表…", "Ctrl+M", "读入改好的科目对照表（csv 或 xlsx）", **PREPARE),
    action(_O, "save_map", "存对照表…", "Ctrl+Shift+M", "把科目对照表存成 csv，在表格里改好再读回来"),
    action(_O, "print_comparison", "打印前后对照…", "F8", "导入前后的余额对照，存成 PDF 或 xlsx"),
    action(_O, "cancel", "停下", "F3", "正在核对或导入时停下来，什么也不留下"),
)
SCOPES = {_O: "导入别的软件的旧账"}
