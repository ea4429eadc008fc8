"""Actions of the page 公开: leafing through the paper, taking it out of the program, the ways on from it."""

from __future__ import annotations

from village_ledger.ui.action_spec import ActionSpec, action

_W = "wall"
ACTIONS: tuple[ActionSpec, ...] = (
    action(_W, "previous_sheet", "上一页", "PgUp", "看上一页", "上一页"),
    action(_W, "next_sheet", "下一页", "PgDown", "看下一页", "下一页"),
    action(_W, "earlier", "上月", "Alt+Left", "看上一个月"),
    action(_W, "later", "下月", "Alt+Right", "看下一个月"),
    action(_W, "save_pdf", "存成 PDF", "Ctrl+S", "存成 PDF 文件，先登记校验码"),
    action(_W, "save_xlsx", "存成 xlsx", "Ctrl+E", "存成 Excel 表格，打印出来和纸上一样"),
    action(_W, "save_pictures", "存成图片", "Ctrl+G", "发群的手机长图，或一页一张的图片包"),
    action(_W, "calendar", "公开日历", "F7", "什么时候该公开什么，哪些晚了"),
    action(_W, "postings", "张贴记录", "F8", "审查、张贴、取下、异议"),
    action(_W, "check", "核对校验码", "F9", "墙上的表和账还对得上吗"),
    action(_W, "first", "明白纸：往里看、念", "F3", "明白纸的数一直看到凭证，也可以念"),
    action(_W, "unmasked", "写全名的清单", "Ctrl+U", "表上哪些人写了全名，依据哪一条"),
    action(_W, "figures", "看数", "F4", "从每个数看到凭证", "看数"),
)
SCOPES = {_W: "公开"}
