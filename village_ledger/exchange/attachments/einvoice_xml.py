"""The XML of electronic invoices (root ``EInvoice``): 数电发票 by its parties and lines, 财政电子票据 by its ``Main``.

Element names as several independent readers agree on them; children may be absent, empty, in any order, with or without a
namespace. What is unknown of the standards stands in decision 30.
"""

from __future__ import annotations

import re
from datetime import date

from village_ledger.domain.electronic_invoice import ElectronicInvoice, InvoiceKind, InvoiceLine
from village_ledger.domain.errors import AmountError, InvoiceError
from village_ledger.domain.money import parse_fen
from village_ledger.exchange.reading.xml_reading import Node

ROOT = "EInvoice"
_ORIGINAL = re.compile(r"被红冲蓝字.{0,8}?号码\s*[:：]\s*(\d{8,20})")
_TRAILING = re.compile(r"^(-?\d+\.\d{2})0+$", re.ASCII)
_BAD = "请向开票方重新要一份，或照纸面填。"


def invoice_of(root: Node, name: str) -> ElectronicInvoice | None:
    """The invoice an XML file is, None for XML of another kind.

    Raises InvoiceError for one that lacks what an invoice must have, or does not add up.
    """
    if root.name != ROOT:
        return None
    main = root.first("EInvoiceData/Main")
    return _vat(root, name) if main is None else _fiscal(root, main, name)


def _vat(root: Node, name: str) -> ElectronicInvoice:
    data = root.first("EInvoiceData")
    if data is None:
        raise InvoiceError(f"{name} 里没有发票的内容", _BAD)
    number, header = root.value("TaxSupervisionInfo/InvoiceNumber"), root.value("Header/EIid")
    if number and header and number != header:
        raise InvoiceError(f"{name} 里写了两个发票号码：{header} 和 {number}", _BAD)
    number = number or header
    net = _fen(data.value("BasicInformation/TotalAmWithoutTax"), name, "金额合计")
    tax = _fen(data.value("BasicInformation/TotalTaxAm") or "0", name, "税额合计")
    gross = _fen(data.value("BasicInformation/TotalTax-includedAmount"), name, "价税合计")
    label = root.value("Header/InherentLabel/InIssuType/LabelCode").upper()
    if (label == "N" and gross > 0) or (label == "Y" and gross < 0):
        raise InvoiceError(f"发票 {number} 的红字标志和金额的正负不符", _BAD)
    remark = data.value("AdditionalInformation/Remark")
    original = _ORIGINAL.search(remark)
    return ElectronicInvoice(
        kind=InvoiceKind.VAT,
        number=number,
        day=_day(
            root.value("TaxSupervisionInfo/IssueTime") or data.value("BasicInformation/RequestTime"), name
        ),
        seller=_named(data.value("SellerInformation/SellerName"), name, "销售方"),
        buyer=_named(data.value("BuyerInformation/BuyerName"), name, "购买方"),
        net=net,
        tax=tax,
        gross=gross,
        lines=tuple(_vat_line(line, name) for line in data.all("IssuItemInformation")),
        title=root.value("Header/InherentLabel/GeneralOrSpecialVAT/LabelName"),
        seller_code=data.value("SellerInformation/SellerIdNum"),
        buyer_code=data.value("BuyerInformation/BuyerIdNum"),
        original=original.group(1) if original and gross < 0 else "",
        remark=remark,
    )


def _vat_line(line: Node, name: str) -> InvoiceLine:
    net = _fen(line.value("Amount"), name, "一行的金额")
    tax = _fen(line.value("ComTaxAm") or "0", name, "一行的税额")
    gross = line.value("TotaltaxIncludedAmount")
    return InvoiceLine(
        name=line.value("ItemName"),
        net=net,
        tax=tax,
        gross=_fen(gross, name, "一行的价税合计") if gross else net + tax,
        spec=line.value("SpecMod"),
        unit=line.value("MeaUnits"),
        quantity=line.value("Quantity"),
        price=line.value("UnPrice"),
    )


def _fiscal(root: Node, main: Node, name: str) -> ElectronicInvoice:
    currency = main.value("CurrencyType")
    if currency not in ("", "CNY", "人民币"):
        raise InvoiceError(f"{name} 是 {currency} 的票据，不是人民币的", "外币的票据请照纸面折算后填。")
    gross = _fen(main.value("TotalAmount"), name, "金额合计")
    lines = [
        InvoiceLine(
            name=item.value("ItemName"),
            net=(amount := _fen(item.value("ItemAmount"), name, "一项的金额")),
            tax=0,
            gross=amount,
            spec=item.value("ItemStd"),
            unit=item.value("ItemUnit"),
            quantity=item.value("ItemQuantity"),
        )
        for item in root.all("EInvoiceData/Details/Item")
    ]
    return ElectronicInvoice(
        kind=InvoiceKind.FISCAL,
        code=main.value("EInvoiceCode"),
        number=main.value("EInvoiceNumber"),
        day=_day(main.value("IssueDate"), name),
        seller=_named(main.value("InvoicingParty/InvoicingPartyName"), name, "开票单位"),
        buyer=_named(main.value("PayerParty/PayerPartyName"), name, "交款人"),
        net=gross,
        tax=0,
        gross=gross,
        lines=tuple(lines),
        title=main.value("EInvoiceName"),
        seller_code=main.value("InvoicingParty/InvoicingPartyCode"),
        buyer_code=main.value("PayerParty/PayerPartyCode"),
        remark=main.value("Remark"),
    )


def _fen(text: str, name: str, what: str) -> int:
    """An amount to the fen; zeros after the second decimal mean nothing."""
    try:
        return parse_fen(_TRAILING.sub(r"\1", text))
    except AmountError as error:
        raise InvoiceError(f"{name} 里的{what}“{text[:30]}”不是金额", _BAD) from error


def _day(text: str, name: str) -> date:
    """A day written ``2024-12-10 15:42:08``, ``2024-12-10`` or ``20241205``."""
    digits = text[:10].replace("-", "").replace("/", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as error:
        raise InvoiceError(f"{name} 里的开票日期“{text[:20]}”不对", _BAD) from error


def _named(text: str, name: str, what: str) -> str:
    if not text:
        raise InvoiceError(f"{name} 里没有写{what}", _BAD)
    return text
