"""Actions of the first page on screen: looked into, read out, copied, kept as a text."""

from __future__ import annotations

from village_ledger.ui.action_spec import ActionSpec, action

_F = "first_page"
ACTIONS: tuple[ActionSpec, ...] = (
    action(_F, "explain", "怎么来的", "F4", "这一行的全部文字", "怎么来的"),
    action(_F, "into", "往里看", "Return", "从数字到科目、凭证，再到公开的哪张表", "往里看", typed=True),
    action(_F, "earlier", "上月", "Alt+Left", "看上一个月"),
    action(_F, "later", "下月", "Alt+Right", "看下一个月"),
    action(_F, "aloud", "念的稿子", "F6", "换成念的稿子，再按一次换回数字", "念的稿子"),
    action(_F, "copy_text", "复制稿子", "Ctrl+Shift+C", "把念的稿子放进剪贴板，发到群里"),
    action(_F, "save_text", "存成 txt…", "Ctrl+S", "把念的稿子存成文字文件"),
    action(_F, "paper", "做成公开表", "F9", "去公开页打印、存成 PDF 或图片，带校验码", "做成公开表"),
)
SCOPES = {_F: "明白纸"}
