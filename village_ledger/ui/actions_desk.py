"""Actions of the township's desk, and of the remarks a reviewer pins while a package is open."""

from __future__ import annotations

from dataclasses import replace

from village_ledger.ui.action_spec import ActionSpec, action
from village_ledger.ui.pages import only_acts

_D, _P, _S, _R = "desk", "pinned", "second_reviews", "package_review"
_L, _A = "desk_list", "desk_sample"
REVIEWING = "package_review"
"""Scope of what works on every page while a package is open."""
PIN_KEY = "F8"
"""While a package is open it pins a remark wherever one is; pages give it up then."""


def in_package(spec: ActionSpec) -> ActionSpec:
    """A page's action as it is while a package is open: its button stays, F8 is for pinning, its words say what is read."""
    keys = tuple(key for key in spec.keys if key != PIN_KEY)
    reads = spec.reads
    return replace(spec, keys=keys, text=reads or spec.text, hint=(spec.hint and reads) or spec.hint)


def offered_in_package(spec: ActionSpec) -> bool:
    """Whether an action is there to be seen while a package is open: it writes nothing, here or where it leads."""
    return not (spec.when_writable or (spec.leads and only_acts(spec.leads)))


ACTIONS: tuple[ActionSpec, ...] = (
    action(_D, "choose", "换一个文件夹", "Ctrl+O", "选放着送审包的文件夹，选好就审阅"),
    action(_D, "review", "再审一遍", "F9", "打开、核对、自动审查文件夹里的每一个送审包"),
    action(
        _D,
        "open",
        "打开、催交",
        "Return",
        "打开这个村的送审包，只能看，Esc 回到这里；没交的写一封催交的通知",
        "打开",
        typed=True,
    ),
    action(_D, "remark", "写意见", "F8", "打开这个村的送审包，在“我的意见”里写一条", "写意见"),
    action(_D, "sample", "抽样 20 张…", "F10", "从所有可信的村里抽凭证来看：照种子，或金额最大的"),
    action(_D, "compare", "比一比", "F7", "各村的收入、支出、现金、存款、欠款并排看；再按回来", "比一比"),
    action(_D, "rules", "照规则比", "Shift+F7", "同一个规则包，每条在哪些村查到"),
    action(_D, "totals", "合计的来处", "Ctrl+T", "每个合计由哪些村来，一直到凭证"),
    action(_D, "chain", "包的次序", "Ctrl+L", "这个村送过的每一包，后一包有没有前一包的凭证"),
    action(_D, "remind", "催交没交的", "Shift+F6", "给每个没交的村写一封通知，PDF 和文字各一份"),
    action(_D, "explain", "怎么来的", "F4", "这一行、合计由哪些村来，查到了什么", "怎么来的"),
    action(_D, "setup", "审阅的人和范围", "Ctrl+B", "审阅人、报告放在哪里、规则包、抽样、应送的村"),
    action(
        _D,
        "write",
        "意见书",
        "F6 Ctrl+S",
        "汇总、每个村的审查、抽查清单、审核意见书、签了名的意见文件",
        "意见书",
    ),
    action(_L, "open", "往下看", "Return", "到这个数的下一层：村、科目、明细账、凭证", "往下看", typed=True),
    action(_L, "explain", "怎么来的", "F4", "这一行全写出来", "怎么来的"),
    action(_L, "export", "导出 xlsx", "Ctrl+E", "存成 Excel 文件"),
    action(_A, "open", "看凭证", "Return", "打开那个村的送审包，看这一张", "看凭证", typed=True),
    action(_A, "draw", "抽样", "F9", "照写的抽；同一个种子谁来抽都一样", "抽样"),
    action(_A, "export", "导出 xlsx", "Ctrl+E", "存成 Excel 文件"),
    action(_A, "write", "存进报告", "F6 Ctrl+S", "清单存进报告文件夹：xlsx、PDF 和 JSON", "存进报告"),
    action(
        _R,
        "pin",
        "钉意见",
        PIN_KEY,
        "在哪一页都行：给这张凭证、这一行、这个数写意见；页面自己的 F8 这时点按钮",
        "钉意见",
        typed=True,
    ),
    action(
        _R,
        "figure",
        "选一个数",
        "Shift+Right",
        "选这一行的一个数，意见就钉在这个数上；Shift+← 往回，点一下那个数也行；退到头是整行",
        "选一个数",
        typed=True,
    ),
    action(
        _R,
        "line",
        "选一行",
        "Up/Down",
        "在只能看的凭证上选一行，意见就钉在这一行；再往上是整张",
        "选一行",
        typed=True,
    ),
    action(_P, "open", "看那里", "Return", "到意见钉着的凭证那一行、表上那个数", "看那里", typed=True),
    action(
        _P,
        "print",
        "打印意见书",
        "F9",
        "审核意见书：每条意见、钉在哪里、依据、补审和接受的；存成 PDF 或 xlsx",
    ),
    action(_P, "delete", "删去这条", "Ctrl+Delete", "删去选中的意见"),
    action(_P, "judge", "补审、接受月份", "F7", "通过或退回一人岗位等补审的凭证，接受结了账的月份"),
    action(_P, "save", "存成意见文件…", "F10", "签上名存成一个小文件，拷回村里收", "存成意见文件"),
    action(_P, "pin", "钉上这条", "F6 Ctrl+S", "存下写好的意见；选中一条就是改它", "钉上"),
    action(_S, "open", "看凭证", "Return", "打开这张凭证", "看凭证", typed=True),
    action(_S, "mark", "通过、接受", "Space", "通过这张，接受这个月；再按一次收回", "通过、接受", typed=True),
    action(_S, "give_back", "退回…", "Shift+F8", "写明原因，退回这张", "退回"),
)
SCOPES = {
    _D: "乡镇审阅台",
    _L: "合计的来处",
    _A: "抽样",
    _R: "审阅送审包",
    _P: "我的意见",
    _S: "补审、接受月份",
}
