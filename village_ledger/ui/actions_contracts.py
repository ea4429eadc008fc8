"""Actions of the pages of contracts and rent."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, SETTINGS, ActionSpec, action, step_keys

_D, _L, _C, _F, _A = "due", "contracts", "contract", "contract_form", "contract_act"
_I = "contract_import"

ACTIONS: tuple[ActionSpec, ...] = (
    # what is due, late, ending
    action(_D, "open", "看这份合同", "Return", "看条款、各期租金、收款和变更", "看合同", typed=True),
    action(_D, "explain", "留意什么", "F4", "这份合同要留意的各件事", "留意什么"),
    action(_D, "receive", "收租金…", "F8", "给光标所在的合同收租金，先冲最早的欠租", "收租金", **PREPARE),
    action(
        _D,
        "accrue",
        "到期的记应收",
        "F10",
        "到本月末到期的租金，每份合同记一张应收凭证，记过的不再记",
        "记应收",
        **PREPARE,
    ),
    action(_D, "register", "合同台账", "Ctrl+D", "全部合同：查找、登记、导入"),
    action(_D, "arrears", "欠租清单…", "F9", "欠租清单，带账龄和诉讼时效，预览并打印"),
    # the register
    action(_L, "open", "看这份合同", "Return", "看条款、各期租金、收款和变更", "看合同", typed=True),
    action(_L, "add", "登记合同…", "Insert", "登记一份合同：填着就看到各期租金", "登记合同", **PREPARE),
    action(_L, "take_in", "从文件导入…", "Ctrl+O", "合同台账的 xlsx 或 csv，手工台账也认得", **PREPARE),
    action(_L, "due", "到期、欠租", "Ctrl+D", "哪些到期了、哪些欠着、哪些快到期"),
    action(_L, "register", "打印台账…", "F9", "合同台账：预览、打印、存成 Excel 文件", "打印台账"),
    action(_L, "expiry", "到期表…", "Ctrl+Shift+E", "按到期日排的合同"),
    action(_L, "by_year", "各年收缴…", "Ctrl+Shift+Y", "各年应收、已收、收缴率"),
    action(_L, "per_mu", "租金比较…", "Ctrl+Shift+M", "每亩、每平方米的年租金比较"),
    action(_L, "board", "理事会任期…", "Ctrl+B", "登记本届理事会到哪天届满，超过的合同会提醒", **SETTINGS),
    # one contract
    action(_C, "previous", "上一份", "PgUp", "上一份合同", "上一份"),
    action(_C, "next", "下一份", "PgDown", "下一份合同", "下一份"),
    action(_C, "voucher", "看凭证", "Return", "看这一期的应收、收款凭证", "看凭证", typed=True),
    action(_C, "edit", "改草稿…", "F2", "没有签订的合同可以改", **PREPARE),
    action(_C, "sign", "登记签订…", "F6", "签订以后条款不再改，各期租金开始算", "签订", **PREPARE),
    action(
        _C, "receive", "收租金…", "F8", "填收款凭证，先冲最早的欠租；一次收多年的挂预收", "收租金", **PREPARE
    ),
    action(
        _C, "accrue", "记应收", "F10", "到本月末到期、还没有记应收的各期，记一张凭证", "记应收", **PREPARE
    ),
    action(_C, "match", "对收款…", "Ctrl+M", "把已记账的收款凭证对到这份合同上", **PREPARE),
    action(_C, "change", "变更…", "F7", "改租金、期限、承租方，提前解除，纠纷", "变更", **PREPARE),
    action(_C, "deposit", "押金…", "Ctrl+Shift+D", "收押金、退押金", **PREPARE),
    action(_C, "penalty", "违约金…", "Ctrl+Shift+W", "照约定拟收逾期违约金，一张待审核的凭证", **PREPARE),
    action(_C, "rows", "打印各期…", "F9", "这份合同的各期租金和收款"),
    action(_C, "forget", "删草稿", "Ctrl+Delete", "删掉没有签订的草稿", **PREPARE),
    # forms
    action(_F, "save", "存草稿", "F6 Ctrl+S", "存成草稿，签订以前都能改", "存草稿", **PREPARE),
    action(_F, "sign", "存好并签订", "F10", "存好并登记签订，各期租金开始算", "存好并签订", **PREPARE),
    action(_A, "act", "登记", "F6 Ctrl+S", "登记下来", "登记", **PREPARE),
    action(_A, "other", "换一样", "F7", "换一种变更", "换一样"),
    # taking a register in
    *step_keys(_I),
    action(_I, "choose", "选文件…", "Ctrl+O", "选合同台账的文件；也可以拖进来", "选文件"),
    action(_I, "again", "重读文件", "Ctrl+R", "在表格里改好、存了盘，再读一遍；答过的还在"),
    action(_I, "meaning", "换意思", "Left", "光标在列上时按 ← →，换这一列的意思", typed=True),
    action(_I, "answer", "填上", "Return", "把格里写的当作对的值", "填上", typed=True),
    action(_I, "leave_out", "略去这一行", "Ctrl+Delete", "这一行不导入，另外人工登记", **PREPARE),
    action(_I, "wait", "先空着", "F8", "合同台账里没有可以空着的", **PREPARE),
    action(_I, "same", "同样的都这样答", "F9", "错处一样的几行，都照刚才的答复", **PREPARE),
    action(_I, "take_back", "取消答复", "Ctrl+Z", "这一行重新答", **PREPARE),
)
SCOPES = {
    _D: "到期、欠租、快到期",
    _L: "合同台账",
    _C: "一份合同",
    _F: "登记合同",
    _A: "合同的变更和收款",
    _I: "导入合同台账",
}
