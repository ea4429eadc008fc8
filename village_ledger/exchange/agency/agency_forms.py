"""What is offered for many villages at once: reports to print, forms to export. It loads nothing, so that menus come at once."""

from __future__ import annotations

from village_ledger.exchange.exports.export_formats import FORMATS

PRINTABLE: dict[str, str] = {
    "disclosure": "公开表",
    "trial-balance": "科目余额表",
    "balance-sheet": "资产负债表",
    "income-distribution": "收益及收益分配表",
    "receipts-payments": "收支明细表",
    "surplus": "收支结余表",
    "general-ledger": "总账",
    "cash-journal": "库存现金日记账",
    "bank-journal": "银行存款日记账",
    "bank-reconciliation": "银行存款余额调节表",
    "voucher": "记账凭证",
    "voucher-summary": "凭证汇总表",
    "close-checklist": "结账检查单",
    "number-gaps": "凭证号检查",
    "inter-ledger": "两账往来对账单",
    "combined": "两账合并表",
    "earmarked-funds": "专项资金明细表",
    "notes": "财务报表附注",
    "asset-register": "资产台账",
    "contract-register": "合同台账",
    "due-rows": "应收租金明细表",
    "share-register": "股权登记簿",
    "disclosure-calendar": "公开日历",
}
"""What can be printed for many villages at once, in the order offered: reports that need no single account, thing or person."""

PACKAGE = "package"
FORMS: dict[str, str] = {PACKAGE: "送审包", **{name: form.words for name, form in FORMATS.items()}}
"""What can be exported: a package for the township, or a form of ``export_formats``."""
