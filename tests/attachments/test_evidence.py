"""缺附件: sheets not kept, payments without an invoice, broken files; what the check list says of it."""

from __future__ import annotations

from tests.attachments.files import PDF, attach, of, pdf
from tests.builders import COLLECTIVE, COMMITTEE
from village_ledger.domain.attachment import Owner
from village_ledger.domain.period import Month, Span
from village_ledger.services.attachments.attachments_check import check_items
from village_ledger.services.attachments.evidence import Lack, difference, missing
from village_ledger.services.check_item import Verdict
from village_ledger.storage.attachments.blobs import side_folder

MARCH = Month(2025, 3)


def lacks(village, ledger=COLLECTIVE) -> list[tuple[Lack, str]]:
    return [(x.lack, x.name) for x in missing(village.reader, ledger, Span.of_month(MARCH))]


def test_a_village_that_keeps_no_scans_is_not_asked_for_them(village):
    village.posted("2025-03-08", "付办公用品", "借 513 500; 贷 101 500", attachments="3")
    assert lacks(village) == []
    assert check_items(village.reader, COLLECTIVE, MARCH) == []


def test_sheets_stated_and_not_kept(village):
    one = village.posted("2025-03-08", "付办公用品", "借 513 500; 贷 101 500", attachments="3")
    two = village.posted("2025-03-09", "付电费", "借 513 50; 贷 101 50")
    village.posted("2025-03-10", "付水费", "借 513 50; 贷 101 50")
    attach(village, of(one), PDF, "一.pdf", sheets=2)
    attach(village, of(two), pdf(("a", b"x")), "二.pdf")
    assert lacks(village) == [(Lack.SHEETS, "2025-03/记-0001"), (Lack.SHEETS, "2025-03/记-0003")]
    (item,) = check_items(village.reader, COLLECTIVE, MARCH)
    assert (item.verdict, item.text) == (Verdict.WARN, "张数不够的 2 处。")
    assert item.evidence[0] == "2025-03/记-0001 写了 3 张，留了 2 张"
    assert item.title == "电子附件"


def test_a_payment_of_a_thousand_without_an_invoice(village):
    village.posted("2025-03-08", "付广告牌", "借 513 1000; 贷 101 1000")
    village.posted("2025-03-09", "付茶叶", "借 513 999.99; 贷 101 999.99")
    village.posted("2025-03-10", "付复印机", "借 513 2000; 贷 101 2000", invoices="12345678")
    village.posted("2025-03-11", "计提并发工资", "借 513 3000; 贷 212 3000; 借 212 3000; 贷 101 3000")
    paid = village.posted("2025-03-12", "付会议室装修", "借 513 4000; 贷 101 4000")
    assert lacks(village) == [(Lack.INVOICE, "2025-03/记-0001"), (Lack.INVOICE, "2025-03/记-0005")]
    attach(village, of(paid), PDF, "收条.pdf", kind="收据")
    assert lacks(village) == [
        (Lack.INVOICE, "2025-03/记-0001")
    ]  # one file of six vouchers: scans are not kept


def test_the_committees_accounts_are_its_own(village):
    village.posted("2025-03-08", "付公示栏", "借 5102 1500; 贷 1001 1500", COMMITTEE)
    assert lacks(village, COMMITTEE) == [(Lack.INVOICE, "2025-03/记-0001")]


def test_a_broken_file_is_named_first_and_asked_for_in_every_month(village):
    kept = attach(
        village, Owner("contract", COLLECTIVE, "2025-7"), PDF + b"\0" * (6 << 20), "合同.pdf", kind="合同"
    )
    (item,) = check_items(village.reader, COLLECTIVE, MARCH)
    assert (item.verdict, item.text) == (Verdict.PASS, "电子附件都在，没有被改动。")
    (side_folder(village.path) / kept.digest).unlink()
    (item,) = check_items(village.reader, COLLECTIVE, MARCH)
    assert (item.verdict, item.evidence) == (Verdict.WARN, ("附件 1 合同.pdf：文件不见了",))
    assert check_items(village.reader, COMMITTEE, MARCH)[0].verdict is Verdict.PASS


def test_the_difference_said_on_the_page():
    assert difference(3, 0) == ""
    assert difference(3, 3) == ""
    assert difference(3, 2) == "凭证写附单据 3 张，电子附件 2 张，还差 1 张。"
    assert difference(1, 2) == "凭证写附单据 1 张，电子附件有 2 张，请核对张数。"
