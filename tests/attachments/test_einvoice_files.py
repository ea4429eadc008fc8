"""Electronic invoices as files: XML, XML in a PDF, XML in an OFD; damaged, swollen and dishonest ones are refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attachments.files import ofd, pdf
from village_ledger.domain.electronic_invoice import ElectronicInvoice, InvoiceKind, from_body
from village_ledger.domain.errors import AttachmentError, InvoiceError, LedgerError
from village_ledger.exchange.attachments.einvoice import invoice_in, pages, read_invoice
from village_ledger.exchange.reading.xml_reading import LARGEST, read_xml

SAMPLES = Path(__file__).with_name("samples")


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read(name: str) -> ElectronicInvoice:
    return read_invoice(sample(name), name)


def test_an_invoice_with_a_discount_line():
    invoice = read("einvoice_1.xml")
    assert (invoice.kind, invoice.number, invoice.key) == (
        InvoiceKind.VAT,
        "24992000000000310017",
        "24992000000000310017",
    )
    assert (invoice.day, invoice.net, invoice.tax, invoice.gross) == (
        date(2024, 12, 10),
        106287,
        1063,
        107350,
    )
    assert (invoice.seller, invoice.buyer) == ("云屏县文轩办公用品店", "云屏县栗坪镇石门沟村股份经济合作社")
    assert [line.gross for line in invoice.lines] == [80000, 32400, -5050]
    assert (invoice.goods, invoice.title, invoice.is_red) == ("复印纸、硒鼓", "普通发票", False)
    assert from_body(invoice.body) == invoice


def test_totals_changed_are_refused():
    with pytest.raises(InvoiceError, match=r"各行的价税加起来是 1,073.50，价税合计却是 1,973.50"):
        read("einvoice_1_altered.xml")


def test_a_pdf_and_its_xml_are_one_invoice():
    assert read("einvoice_2.pdf").digest == read("einvoice_2.xml").digest
    assert read("einvoice_2.pdf").gross == 48_000_00
    assert pages(sample("einvoice_2.pdf"), "x.pdf") == 1


def test_a_red_letter_is_negative_and_names_its_original():
    invoice = read("einvoice_3.xml")
    assert (invoice.gross, invoice.is_red, invoice.original) == (-235_00, True, "24992000000000201188")


def test_a_fiscal_receipt_is_known_by_code_and_number():
    invoice = read("fiscal_receipt.xml")
    assert (invoice.kind, invoice.key, invoice.day) == (
        InvoiceKind.FISCAL,
        "990601240003518826",
        date(2024, 12, 5),
    )
    assert (invoice.gross, invoice.tax, invoice.goods) == (1200_00, 0, "水土保持补偿费")


def test_an_ofd_with_the_invoice_under_any_name():
    for name in ("Doc_0__Attachs__original_invoice", "Doc_0__Attachs__别的名字"):
        assert read_invoice(ofd(**{name: sample("einvoice_2.xml")}), "发票.ofd").gross == 48_000_00


def test_other_encodings_and_a_namespace():
    text = sample("einvoice_1.xml").decode()
    for encoding in ("GB18030", "GBK", "UTF-16"):
        content = text.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding)
        assert read_invoice(content, "a.xml").gross == 107350
    spaced = text.replace("<EInvoice>", '<e:EInvoice xmlns:e="urn:x">').replace(
        "</EInvoice>", "</e:EInvoice>"
    )
    assert read_invoice(spaced.encode(), "a.xml").digest == read("einvoice_1.xml").digest


def test_files_without_an_invoice_are_no_fault():
    assert invoice_in(pdf(), "合同.pdf") is None
    assert invoice_in(pdf(("说明.xml", b"<?xml version='1.0'?><other/>")), "合同.pdf") is None
    assert invoice_in(ofd(), "回单.ofd") is None
    assert invoice_in(b"<?xml version='1.0'?><RailWayTicket/>", "车票.xml") is None
    with pytest.raises(InvoiceError, match=r"合同.pdf 里没有电子发票的数据"):
        read_invoice(pdf(), "合同.pdf")


BILLION = b"""<?xml version="1.0"?><!DOCTYPE EInvoice [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><EInvoice>&c;</EInvoice>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE EInvoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><EInvoice>&x;</EInvoice>"""


@pytest.mark.parametrize("content", [BILLION, OUTSIDE, BILLION.decode().encode("utf-16")])
def test_xml_that_defines_anything_is_refused(content):
    with pytest.raises(AttachmentError, match="DOCTYPE"):
        read_xml(content, "发票.xml")


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0'?><EInvoice><Header>",
        b"<?xml version='1.0'?>",
        b"<?xml version='1.0' encoding='ebcdic'?><EInvoice/>",
        b"<?xml version='1.0' encoding='utf-8'?><EInvoice>\xff\xfe</EInvoice>",
        b"<EInvoice>&unknown;</EInvoice>",
    ],
)
def test_damaged_xml_is_refused_in_one_sentence(content):
    with pytest.raises(AttachmentError, match=r"发票.xml 读不出来，XML 可能已损坏"):
        invoice_in(content, "发票.xml")


def test_xml_beyond_bounds_is_refused():
    with pytest.raises(AttachmentError, match="太大，不像一张发票"):
        read_xml(b"<EInvoice>" + b" " * LARGEST + b"</EInvoice>", "发票.xml")
    with pytest.raises(AttachmentError, match="多得不像发票"):
        read_xml(b"<a>" * 100 + b"</a>" * 100, "发票.xml")


def test_a_damaged_pdf_is_refused_in_one_sentence():
    whole = sample("einvoice_2.pdf")
    with pytest.raises(AttachmentError, match=r"发票.pdf 读不出来，PDF 可能已损坏"):
        invoice_in(whole[:300], "发票.pdf")
    with pytest.raises(AttachmentError, match="PDF 可能已损坏"):
        pages(whole[:300], "发票.pdf")


def test_a_damaged_ofd_is_refused_in_one_sentence():
    whole = ofd(a=sample("einvoice_2.xml"))
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("文档.xml", "<a/>")
    broken = bytearray(whole)
    at = whole.index(b"a.xml") + 40
    broken[at : at + 60] = b"\0" * 60
    for content in (whole[:-40], empty.getvalue(), bytes(broken)):
        with pytest.raises(AttachmentError, match=r"发票.ofd 读不出来，OFD 可能已损坏"):
            invoice_in(content, "发票.ofd")


def test_an_ofd_that_swells_is_not_unpacked():
    bomb = ofd(a=b"<EInvoice>" + b"0" * (30 << 20))
    assert len(bomb) < 100_000
    with pytest.raises(AttachmentError, match="解开会大得不正常，没有打开它"):
        invoice_in(bomb, "发票.ofd")
    crowd = ofd(**{f"p{n}": b"<a/>" for n in range(2001)})
    with pytest.raises(AttachmentError, match="解开会大得不正常"):
        invoice_in(crowd, "发票.ofd")


def test_two_invoices_in_one_file_are_refused_the_same_twice_is_one():
    both = [("a.xml", sample("einvoice_2.xml")), ("b.xml", sample("einvoice_1.xml"))]
    with pytest.raises(InvoiceError, match="里有两张不同的发票"):
        read_invoice(pdf(*both), "发票.pdf")
    assert read_invoice(pdf(both[0], ("b.xml", both[0][1])), "发票.pdf").gross == 48_000_00


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<SellerName>云屏县文轩办公用品店</SellerName>", "<SellerName/>", "没有写销售方"),
        ("<Amount>792.08</Amount>", "<Amount>792.0x</Amount>", "一行的金额“792.0x”不是金额"),
        (
            "<IssueTime>2024-12-10 15:42:08</IssueTime>",
            "<IssueTime>2024-13-10</IssueTime>",
            "开票日期“2024-13-10”不对",
        ),
        ("<EIid>24992000000000310017</EIid>", "<EIid>24992000000000310018</EIid>", "写了两个发票号码"),
        ("<LabelCode>Y</LabelCode>", "<LabelCode>N</LabelCode>", "红字标志和金额的正负不符"),
        ("310017", "31001A", "发票号码“2499200000000031001A”不对"),
        (
            "<ComTaxAm>7.92</ComTaxAm>",
            "<ComTaxAm>7.93</ComTaxAm>",
            "“\\*纸制品\\*复印纸”的金额加税额是 800.01",
        ),
        ("<TotalTaxAm>10.63</TotalTaxAm>", "<TotalTaxAm>10.64</TotalTaxAm>", "税额"),
    ],
)
def test_an_invoice_that_cannot_be_is_refused(old, new, said):
    text = sample("einvoice_1.xml").decode()
    assert old in text
    with pytest.raises(InvoiceError, match=said):
        read_invoice(text.replace(old, new).encode(), "发票.xml")


def test_foreign_money_and_empty_receipts_are_refused():
    text = sample("fiscal_receipt.xml").decode()
    with pytest.raises(InvoiceError, match="是 USD 的票据"):
        read_invoice(text.replace("<CurrencyType>CNY", "<CurrencyType>USD").encode(), "a.xml")
    start, end = text.index("<Item>"), text.index("</Details>")
    with pytest.raises(InvoiceError, match="没有明细"):
        read_invoice((text[:start] + text[end:]).encode(), "a.xml")
    with pytest.raises(InvoiceError, match="没有发票的内容"):
        read_invoice(b"<EInvoice/>", "a.xml")


WHOLE = {
    "a.xml": sample("einvoice_1.xml"),
    "a.pdf": sample("einvoice_2.pdf"),
    "a.ofd": ofd(a=sample("einvoice_2.xml")),
}


@given(
    st.sampled_from(sorted(WHOLE)), st.integers(0, 30_000), st.binary(min_size=1, max_size=8), st.booleans()
)
def test_a_file_torn_or_changed_anywhere_is_read_or_refused_and_never_stumbled_over(name, at, noise, torn):
    whole = WHOLE[name]
    at %= len(whole)
    content = whole[:at] if torn else whole[:at] + noise + whole[at + len(noise) :]
    found, refused = None, ""
    try:
        found = invoice_in(content, name)
    except LedgerError as refusal:
        refused = str(refusal)
    assert "\n" not in refused
    assert found is None or sum(line.gross for line in found.lines) == found.gross
