"""Actions of public sheets on screen: looked into; the first page read out, copied, kept as a text."""

from __future__ import annotations

from village_ledger.ui.action_spec import ActionSpec, action

_F, _S = "first_page", "sheet_rows"
ACTIONS: tuple[ActionSpec, ...] = (
    action(_F, "explain", "怎么来的", "F4", "这一行的全部文字", "怎么来的"),
    action(_F, "into", "往里看", "Return", "从数字到科目、凭证，再到公开的哪张表", "往里看", typed=True),
    action(_F, "earlier", "上月", "Alt+Left", "看上一个月"),
    action(_F, "later", "下月", "Alt+Right", "看下一个月"),
    action(_F, "aloud", "念的稿子", "F6", "换成念的稿子，再按一次换回数字", "念的稿子"),
    action(_F, "copy_text", "复制稿子", "Ctrl+Shift+C", "把念的稿子放进剪贴板，发到群里"),
    action(_F, "save_text", "存成 txt…", "Ctrl+S", "把念的稿子存成文字文件"),
    action(
        _F,
        "paper",
        "做成公开表",
        "F9",
        "去公开页打印、存成 PDF 或图片，带校验码",
        "做成公开表",
        reads="看公开表",
    ),
    action(_S, "explain", "怎么来的", "F4", "这一行的全部文字", "怎么来的"),
    action(_S, "into", "往里看", "Return", "从数字到每一笔、卡片、合同、凭证", "往里看", typed=True),
    action(_S, "earlier", "上月", "Alt+Left", "看上一个月"),
    action(_S, "later", "下月", "Alt+Right", "看下一个月"),
    action(_S, "sheet_before", "上一张表", "Ctrl+PgUp", "看这套公开表的上一张"),
    action(_S, "sheet_after", "下一张表", "Ctrl+PgDown", "看这套公开表的下一张", "下一张"),
    action(
        _S,
        "paper",
        "做成公开表",
        "F9",
        "去公开页打印、存成 PDF 或图片，带校验码",
        "做成公开表",
        reads="看公开表",
    ),
)
SCOPES = {_F: "明白纸", _S: "公开表的数"}
