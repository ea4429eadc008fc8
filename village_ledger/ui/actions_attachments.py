"""Actions of the pages of attachments: electronic invoices taken in, what lacks its paper."""

from __future__ import annotations

from village_ledger.ui.action_spec import PREPARE, ActionSpec, action

SCOPES = {"invoice_intake": "收电子发票", "evidence": "缺附件"}

ACTIONS: tuple[ActionSpec, ...] = (
    action(
        "invoice_intake", "choose", "选文件…", "Ctrl+O", "选电子发票的 XML、PDF、OFD；也可以拖进来", "选文件"
    ),
    action(
        "invoice_intake", "take", "收下", "F6 Ctrl+S", "没有问题的都收下，等着填成凭证", "收下", **PREPARE
    ),
    action(
        "invoice_intake",
        "draft",
        "填成凭证",
        "F10",
        "下面那一张填成凭证，看过、改过再保存",
        "填成凭证",
        **PREPARE,
    ),
    action("evidence", "open", "打开", "Return", "打开这张凭证、合同或决议", "打开", typed=True),
    action("evidence", "reach", "本月／全年", "F8", "换着看本月或全年", "本月／全年"),
)
