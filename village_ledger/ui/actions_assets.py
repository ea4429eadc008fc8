"""Actions of the pages of asset cards and depreciation."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action

_CARD = "asset_card"

ACTIONS: tuple[ActionSpec, ...] = (
    action(
        "assets",
        "open",
        "看这张卡片",
        "Return",
        "看这项资产的资料、变动、折旧和凭证",
        "看这张卡片",
        typed=True,
    ),
    action("assets", "as_of", "看到哪天…", "F7", "看从前某一天的样子", "看到哪天"),
    action("assets", "register", "打印台账", "F9", "资产台账：打印、存成 Excel 文件", "打印台账"),
    action("assets", "take_in", "从文件导入…", "Ctrl+O", "资产台账的 xlsx 或 csv，原样就行", **PREPARE),
    action("assets", "usage", "记工作量…", "Ctrl+U", "按工作小时、产量提折旧的，记这个月的工作量", **PREPARE),
    action("assets", "depreciation", "提折旧…", "F10", "提一个月的折旧、摊销", "提折旧", reads="看折旧"),
    action(
        "assets", "add", "登记资产…", "Insert", "登记一项资产，可以同时做取得的凭证", "登记资产", **PREPARE
    ),
    action(_CARD, "previous", "上一项", "PgUp", "到上一项资产", "上一项"),
    action(_CARD, "next", "下一项", "PgDown", "到下一项资产", "下一项"),
    action(_CARD, "open", "看凭证、合同", "Return", "看这一行的凭证或合同", "看凭证", typed=True),
    action(_CARD, "as_of", "看到哪天…", "F7", "看从前某一天的样子"),
    action(_CARD, "card", "打印卡片", "F9", "资产卡片：打印、存成 Excel 文件"),
    action(
        _CARD,
        "say",
        "改用途保管…",
        "F6",
        "从哪天起换了用途、状况、地点、保管人、使用人",
        "改用途保管",
        **PREPARE,
    ),
    action(_CARD, "dispose", "处置…", "Ctrl+Delete", "出售、报废、毁损、征收、捐出、无偿划出", **PREPARE),
    action(_CARD, "work", "记工作量…", "Ctrl+U", "记一个月的工作小时或产量", **PREPARE),
    action(_CARD, "improve", "改良、扩建…", "Ctrl+I", "加原值，下月起按剩下的月数提", **PREPARE),
    action(_CARD, "impair", "减值转销…", "Ctrl+J", "有批准的损失直接记支出，不提准备", **PREPARE),
    action(_CARD, "revise", "改折旧年限…", "Ctrl+Y", "改剩余月数、工作量、残值，从下月起", **PREPARE),
    action(_CARD, "turn", "转为别类…", "Ctrl+T", "工程完工转固定资产，幼畜转产畜", **PREPARE),
    action(_CARD, "hand_over", "划给另一本账…", "Ctrl+M", "两本账各做一张凭证，卡片跟着走", **PREPARE),
    action(_CARD, "link", "连上凭证…", "Ctrl+L", "说明这项资产是哪张凭证入账的", **PREPARE),
    action(_CARD, "amend", "更正卡片…", "F8", "改登记错的；提过折旧的，金额和年限不能再改", **PREPARE),
    action(_CARD, "withdraw", "撤销登记…", "Ctrl+W", "登记错了、没提过折旧也没变动过的", **PREPARE),
    action("asset_form", "act", "登记", "F6 Ctrl+S", "办下来", "办下来", **PREPARE),
    action("depreciation", "previous", "上个月", "PgUp", "看上个月", "上个月"),
    action("depreciation", "next", "下个月", "PgDown", "看下个月", "下个月"),
    action(
        "depreciation",
        "charge",
        "提这个月的折旧",
        "F10",
        "按下面的表做一张凭证，一个月只提一次",
        "提折旧",
        **PREPARE,
    ),
    action("depreciation", "card", "看卡片", "Return", "看这项资产的卡片", "看卡片", typed=True),
    action("depreciation", "voucher", "看凭证", "Ctrl+G", "看提折旧的凭证"),
    action("depreciation", "sheet", "打印", "F9", "折旧计算表：打印、存成 Excel 文件"),
    action("asset_import", "choose", "选文件…", "Ctrl+O", "资产台账的 xlsx 或 csv", "选文件", **PREPARE),
    action("asset_import", "by_class", "按类别", "Ctrl+K", "用这一类常用的使用月数", **PREPARE),
    action("asset_import", "none", "不提折旧", "Ctrl+0", "这一项不提折旧", **PREPARE),
    action("asset_import", "leave_out", "略去这一行", "Ctrl+Delete", "这一行不导入", **PREPARE),
    action("asset_import", "same", "同样的都这样答", "Ctrl+D", "问的一样的，都照这一行答", **PREPARE),
    action(
        "asset_import",
        "take_in",
        "导入",
        "F6 Ctrl+S",
        "全部登记，有一处不行就一项也不登记",
        "导入",
        **PREPARE,
    ),
)
SCOPES = {
    "assets": "资产卡片",
    _CARD: "一项资产",
    "asset_form": "办资产的事",
    "depreciation": "提折旧",
    "asset_import": "导入资产台账",
}
