"""Actions of the pages of stock-takes, handovers and old matters."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action

_T, _H, _O = "stock_take", "handover", "old_matters"

ACTIONS: tuple[ActionSpec, ...] = (
    action("stock_takes", "open", "看这次清查", "Return", "打开这次清查的表", "看这次清查", typed=True),
    action("stock_takes", "new", "登记清查", "F6 Ctrl+S", "登记一次清产核资", "登记清查", **PREPARE),
    action(_T, "previous", "上一张表", "PgUp", "到上一张有内容的清查表", "上一张表"),
    action(_T, "next_sheet", "下一张表", "PgDown", "到下一张有内容的清查表", "下一张表"),
    action(_T, "enter", "登记这一行", "Return", "填这一行点到的数；再按 Enter 往下走", "登记", typed=True),
    action(_T, "fill", "从账上填", "Ctrl+R", "照账簿填清查表；点到的数留着", **PREPARE),
    action(_T, "agree", "本表其余相符", "F6", "这张表里没有登记的行都和账面一样", "其余相符", **PREPARE),
    action(_T, "found", "账外的…", "Insert", "点到了账上没有的东西", **PREPARE),
    action(_T, "drop", "去掉账外行", "Ctrl+Delete", "去掉手工加的一行", **PREPARE),
    action(_T, "take_in", "导入填好的表…", "Ctrl+O", "本程序打印的清查表填好以后导入", **PREPARE),
    action(_T, "go_back", "退回盘点…", "Ctrl+Z", "审批以前退回盘点", **PREPARE),
    action(_T, "onward", "往下办", "F8", "这一步办完，往下走", "往下办", when_writable=True),
    action("handovers", "open", "看这次交接", "Return", "打开这次交接的清册", "看这次交接", typed=True),
    action("handovers", "new", "登记交接", "F6 Ctrl+S", "登记谁把账交给谁", "登记交接", when_writable=True),
    action(_H, "tick", "相符", "Space Return", "这一项核对过，相符", "相符", typed=True),
    action(_H, "differs", "不符…", "F7", "这一项不符，写明差在哪里", "不符", when_writable=True),
    action(_H, "tick_rest", "其余相符", "F6", "没有核对的各项都相符", when_writable=True),
    action(
        _H, "make_list", "从账上列清册", "Ctrl+R", "照账簿列移交清册；没有变的不用再核对", when_writable=True
    ),
    action(_H, "add", "手工加一项", "Insert", "印章、钥匙、档案、诉讼、备份", when_writable=True),
    action(_H, "drop", "去掉手工项", "Ctrl+Delete", "去掉手工加的一项", when_writable=True),
    action(_H, "backup", "加备份文件…", "Ctrl+O", "选备份文件，记下它的摘要值", when_writable=True),
    action(_H, "withdraw", "撤销交接…", "Ctrl+Shift+Delete", "没有办完的交接不办了", when_writable=True),
    action(_H, "onward", "往下办", "F8", "列清册、签字、交接完毕", "往下办", when_writable=True),
    action(_O, "gather", "从账上列出…", "Ctrl+R", "列出任期以前的债权债务", **PREPARE),
    action(_O, "add", "手工加一笔…", "Insert", "账上没有的旧事", **PREPARE),
    action(_O, "follow", "写办理记录", "F6 Ctrl+S", "给这一笔写一条办理记录", "写办理记录", **PREPARE),
)
SCOPES = {
    "stock_takes": "清产核资",
    "stock_take": "清查登记表",
    "handovers": "会计交接",
    "handover": "移交清册",
    "old_matters": "旧账清单",
}
