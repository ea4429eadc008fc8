"""Actions of the pages of the resource register."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action

ACTIONS: tuple[ActionSpec, ...] = (
    action(
        "parcels", "open", "看这块地", "Return", "看这块地的资料、合同、变动和草图", "看这块地", typed=True
    ),
    action("parcels", "as_of", "看到哪天…", "F7", "看从前某一天的样子", "看到哪天"),
    action("parcels", "register", "打印台账", "F9", "资源台账：打印、存成 Excel 文件", "打印台账"),
    action("parcels", "take_in", "从文件导入…", "Ctrl+O", "资源台账的 xlsx 或 csv", **PREPARE),
    action("parcels", "add", "登记地块…", "Insert", "登记一块地", "登记地块", **PREPARE),
    action("parcel", "previous", "上一块", "PgUp", "到上一块地", "上一块"),
    action("parcel", "next", "下一块", "PgDown", "到下一块地", "下一块"),
    action("parcel", "as_of", "看到哪天…", "F7", "看从前某一天的样子", "看到哪天"),
    action(
        "parcel", "change", "变更…", "F6", "资料从哪天起变了：面积、四至、使用人、争议", "变更", **PREPARE
    ),
    action("parcel", "sketch", "画草图…", "F8", "写界址点或在图上点，和登记面积核对", "画草图", **PREPARE),
    action("parcel", "split", "分割…", "Ctrl+D", "分成几块，面积合计不变", **PREPARE),
    action("parcel", "merge", "合并…", "Ctrl+M", "和别的地块合成一块", **PREPARE),
    action("parcel", "end", "注销…", "Ctrl+Delete", "征收了或登记错了，不再在台账上", **PREPARE),
    action("parcel", "card", "打印卡片", "F9", "地块卡片，带草图"),
    action("parcel_form", "act", "登记", "F6 Ctrl+S", "登记下来", "登记", **PREPARE),
)
SCOPES = {"parcels": "资源台账", "parcel": "一块地", "parcel_form": "登记地块"}
