"""Actions of the pages of approval limits, payments and projects."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, REVIEW, SETTINGS, ActionSpec, action

_L, _W, _M, _I, _P, _S = (
    "limits",
    "small_powers",
    "payment",
    "incomplete_papers",
    "projects",
    "project",
)

ACTIONS: tuple[ActionSpec, ...] = (
    action(_L, "print_this", "打印", "F9", "打印、存成 Excel 文件", "打印"),
    action(_L, "change", "改这一档", "F8", "照下面写的改选中的这一档，还没有采用", "改这一档", **SETTINGS),
    action(_L, "adopt", "采用", "F6", "从写的那天起照这些规则办", "采用", **SETTINGS),
    action(_W, "save_file", "存成文件…", "Ctrl+S", "存成可以改的文件"),
    action(_W, "take_in", "从文件采用…", "Ctrl+O", "采用改好的文件，从写的那天起", **SETTINGS),
    action(_W, "print_this", "打印上墙", "F9", "打印、存成 Excel 文件", "打印"),
    action(_M, "print_this", "打印审批单", "F9", "打印、存成 Excel 文件", "打印"),
    action(_M, "let_pass", "写明原因放行", "F8", "审核人写明为什么不是拆分或关联付款", **REVIEW),
    action(
        _M,
        "advance",
        "记成暂付",
        "F10",
        "钱已经付出、手续不全：改记暂付，列入手续不全",
        "记成暂付",
        **PREPARE,
    ),
    action(_M, "approve", "登记审批", "F6", "登记决策编号、谁签了字、有哪些附件", "登记审批", **PREPARE),
    action(_I, "into", "看凭证", "Return", "看这张凭证", "看凭证", typed=True),
    action(_I, "print_this", "打印", "F9", "打印、存成 Excel 文件", "打印"),
    action(_I, "settle", "手续齐了，结清", "F6", "填一张转入支出、结清暂付的凭证", "结清", **PREPARE),
    action(_P, "into", "看这个项目", "Return", "看预算、合同、付款和下一步", "看这个项目", typed=True),
    action(_P, "print_this", "打印登记簿", "F9", "打印、存成 Excel 文件", "打印"),
    action(_P, "add", "立项", "F6", "登记一个新项目", "立项", **PREPARE),
    action(_S, "print_this", "打印资金表", "F9", "打印、存成 Excel 文件", "打印"),
    action(_S, "write", "写这一步", "F6", "预算、招标、合同、变更、验收、决算", "写这一步", **PREPARE),
)
SCOPES = {
    _L: "审批限额",
    _W: "小微权力清单",
    _M: "一笔付款的审批",
    _I: "手续不全",
    _P: "项目",
    _S: "一个项目",
}
