"""Actions of the agency's workspace: what waits, vouchers of many villages, work done for many at once."""

from __future__ import annotations

from village_ledger.ui.action_spec import ActionSpec, action

_A, _R, _B, _S = "agency", "agency_review", "agency_batch", "agency_summary"

ACTIONS: tuple[ActionSpec, ...] = (
    action(
        _A, "open", "去办", "Return", "打开这个村的账，到办这件事的页面；Esc 回到这一行", "去办", typed=True
    ),
    action(_A, "kinds", "哪一样", "Left/Right", "在这个村的几样事之间走", "哪一样", typed=True),
    action(_A, "review", "审凭证", "F8", "各村待审核的凭证排在一起看、一起审", "审凭证"),
    action(_A, "batch", "批量办…", "F6", "几个村一起审核、记账、结账、打印、导出", "批量办"),
    action(_A, "staff", "人员和账簿…", "Ctrl+B", "谁在哪个村做什么，密码，加账簿、拿掉账簿"),
    action(_A, "summary", "汇总", "F3", "各村两本账的收入、支出、现金、存款，集体和村委会分开合计", "汇总"),
    action(_A, "turn", "一件一件看", "F7", "每件事一行，逾期的在前；再按回到一村一行", "一件一件看"),
    action(_A, "explain", "都有什么", "F4", "这个村等着办的每一件事、期限，打不开的为什么", "都有什么"),
    action(_A, "refresh", "重新看", "F9", "再看一遍各村的账"),
    action(_A, "export", "存成 xlsx", "Ctrl+E", "待办表存成 Excel 文件"),
    action(_A, "paper", "存成 PDF", "Ctrl+Shift+E", "待办表存成 PDF，可以打印"),
    action(_R, "open", "看凭证", "Return", "打开这个村的账，看这一张；Esc 回到这一行", "看凭证", typed=True),
    action(_R, "mark", "标记", "Space", "标记要通过的凭证，再按一次取消", "标记", typed=True),
    action(_R, "mark_village", "标记这个村", "F7", "这个村能审的都标上；都标了就都取消", "标这个村"),
    action(_R, "pass", "全部通过", "F8", "标记过的都审核通过，一个村一个村记", "通过"),
    action(_R, "give_back", "退回…", "Shift+F8", "写明原因，把这一张退给制单人", "退回"),
    action(_R, "refresh", "重新看", "F9", "再看一遍各村待审核的凭证"),
    action(_R, "export", "存成 xlsx", "Ctrl+E", "待审的清单存成 Excel 文件"),
    action(_R, "paper", "存成 PDF", "Ctrl+Shift+E", "待审的清单存成 PDF，可以打印"),
    action(_B, "mark", "选这个村", "Space", "选上或不选这个村", "选", typed=True),
    action(_B, "all", "全选", "F7", "各村都选上；都选了就都不选", "全选"),
    action(_B, "folder", "换文件夹…", "Ctrl+O", "打印、导出的文件放在哪里"),
    action(_B, "begin", "开始办", "F6", "一个村一个村办，办不成的不碍别的村；随时能停下", "开始办"),
    action(
        _B, "open", "去看", "Return", "打开没有办成的村，到该办的页面；Esc 回到这一行", "去看", typed=True
    ),
    action(_B, "export", "存成 xlsx", "Ctrl+E", "各村办得怎样存成 Excel 文件"),
    action(_B, "paper", "存成 PDF", "Ctrl+Shift+E", "各村办得怎样存成 PDF，可以打印"),
    action(_S, "open", "看余额", "Return", "打开这个村的科目余额表；Esc 回到这一行", "看余额", typed=True),
    action(_S, "days", "换日子…", "Ctrl+D", "汇总哪些天", "换日子"),
    action(_S, "refresh", "重新看", "F9", "再看一遍各村的账"),
    action(_S, "export", "存成 xlsx", "Ctrl+E", "汇总表存成 Excel 文件"),
    action(_S, "paper", "存成 PDF", "Ctrl+Shift+E", "汇总表存成 PDF，可以打印"),
)
SCOPES = {_A: "代管工作台", _R: "各村待审凭证", _B: "几个村一起办", _S: "代管村汇总"}
