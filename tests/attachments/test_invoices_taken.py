"""Electronic invoices in the books: one invoice whatever files carry it, once on one voucher, a red letter as a reduction."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attachments.files import INBOX, attach, of
from tests.attachments.test_einvoice_files import sample
from tests.builders import COLLECTIVE, COMMITTEE, Village, draft
from tests.two_ledgers import moved
from village_ledger.domain.attachment import Owner
from village_ledger.domain.errors import AttachmentError, InvoiceError, VoucherError
from village_ledger.domain.voucher import Draft
from village_ledger.exchange.attachments.attachment_files import take_all
from village_ledger.exchange.attachments.einvoice import read_invoice
from village_ledger.services.attachments import attachments, invoice_draft

NUMBER = "24992000000000310017"


def take(village: Village, owner: Owner, *names: str):
    """Files of the samples taken in as they are dropped."""
    with village.act() as uow:
        return take_all(uow, owner, [(sample(name), name) for name in names])


def proposed(village: Village, name: str, ledger: str = COLLECTIVE, day=None) -> Draft:
    return invoice_draft.proposed(village.reader, ledger, read_invoice(sample(name), name), day)


def entries(draft: Draft) -> list[tuple[str, str, str]]:
    return [(line.account, line.debit, line.credit) for line in draft.lines]


def test_an_invoice_on_a_voucher_books_its_number(village):
    paid = village.entered("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50")
    done = take(village, of(paid), "einvoice_1.xml")
    (kept,) = done.value
    assert (kept.kind, kept.invoice) == ("发票", NUMBER)
    assert village.again(paid).invoices == (NUMBER,)
    assert done.warnings == (
        "发票的购买方写的是“云屏县栗坪镇石门沟村股份经济合作社”，不是本账的“青山村股份经济合作社”。",
    )
    use = village.reader.invoice_use(NUMBER)
    assert (use.amount, use.voucher_id) == (107350, paid.id)
    assert village.verify() == []


def test_the_pdf_and_the_xml_are_one_invoice(village):
    paid = village.entered("2025-03-08", "付工程款", "借 153#通组路 48000; 贷 101 48000")
    take(village, of(paid), "einvoice_2.pdf", "einvoice_2.xml")
    assert attachments.present(village.reader, of(paid)) == 2
    assert len(village.again(paid).invoices) == 1
    other = village.entered("2025-03-09", "又付工程款", "借 153#通组路 48000; 贷 101 48000")
    for name in ("einvoice_2.pdf", "einvoice_2.xml"):
        with pytest.raises(
            InvoiceError, match=r"已经附在集体经济组织账 2025-03/记-0001。.*同一张发票只能入一次账"
        ):
            take(village, of(other), name)
    with pytest.raises(InvoiceError, match="已经附在"):
        take(village, INBOX, "einvoice_2.xml")
    assert village.verify() == []


def test_the_same_number_with_other_content_is_refused(village):
    take(village, INBOX, "einvoice_1.xml")
    text = sample("einvoice_1.xml").decode()
    altered = (
        text.replace("1073.50", "2073.50")
        .replace("1062.87", "2062.87")
        .replace("<Amount>792.08</Amount>", "<Amount>1792.08</Amount>")
        .replace("800.00", "1800.00")
    )
    with (
        pytest.raises(
            InvoiceError,
            match=r"已经收在待用附件，内容和这一份不同（那一份 1,073.50 元，这一份 2,073.50 元）",
        ),
        village.act() as uow,
    ):
        take_all(uow, INBOX, [(altered.encode(), "einvoice_1.xml")])
    with pytest.raises(InvoiceError, match="各行的"):
        take(village, INBOX, "einvoice_1_altered.xml")


def test_a_number_booked_by_hand_before_is_refused_elsewhere_and_welcome_there(village):
    paid = village.entered("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50", invoices=NUMBER)
    other = village.entered("2025-03-09", "付办公用品", "借 513 1073.50; 贷 101 1073.50")
    for owner in (of(other), INBOX):
        with pytest.raises(InvoiceError, match="已经记在集体经济组织账 2025-03/记-0001"):
            take(village, owner, "einvoice_1.xml")
    take(village, of(paid), "einvoice_1.xml")
    with pytest.raises(VoucherError, match="已经记在"):
        village.entered("2025-03-10", "付办公用品", "借 513 1; 贷 101 1", invoices=NUMBER)


def test_once_across_both_ledgers(village):
    paid = village.entered("2025-03-08", "付办公用品", "借 5102 1073.50; 贷 1001 1073.50", COMMITTEE)
    take(village, of(paid), "einvoice_1.xml")
    with pytest.raises(InvoiceError, match="已经附在村民委员会账"):
        take(village, INBOX, "einvoice_1.xml")


def test_a_draft_is_filled_and_the_file_goes_with_it(village):
    take(village, INBOX, "einvoice_1.xml")
    draft = proposed(village, "einvoice_1.xml")
    assert entries(draft) == [("513", "1073.50", ""), ("102", "", "1073.50")]
    assert (draft.day, draft.invoices, draft.attachments) == ("2024-12-10", NUMBER, "1")
    assert draft.lines[0].summary == "付云屏县文轩办公用品店复印纸、硒鼓"
    draft.day = "2025-03-10"
    stored = village.save(draft).value
    assert [a.invoice for a in attachments.listed(village.reader, of(stored))] == [NUMBER]
    assert attachments.present(village.reader, INBOX) == 0
    assert village.verify() == []


def test_a_red_letter_is_a_reduction_and_never_an_expense(village):
    done = take(village, INBOX, "einvoice_3.xml")
    assert (
        done.warnings[-1] == "这是红字发票，冲减 235.00 元，原发票 24992000000000201188，账里没有找到原发票。"
    )
    draft = proposed(village, "einvoice_3.xml")
    assert entries(draft) == [("513", "-235.00", ""), ("102", "", "-235.00")]
    draft.day = "2025-03-10"
    assert village.save(draft).value.voucher.amount == -23500


def test_a_fiscal_receipt_is_booked_by_code_and_number(village):
    draft = proposed(village, "fiscal_receipt.xml", COMMITTEE)
    assert draft.invoices == "990601240003518826"
    assert entries(draft) == [("1505", "1200.00", ""), ("1002", "", "1200.00")]


def test_accounts_nobody_can_guess_stay_empty(village):
    village.add_account("513", "差旅费")
    village.add_account("513", "办公费")
    assert proposed(village, "einvoice_1.xml").lines[0].account == "51302"
    village.switch_off("51302")
    village.add_account("513", "招待费")
    assert proposed(village, "einvoice_1.xml").lines[0].account == ""


def test_what_the_village_sold_is_income(village):
    text = sample("einvoice_2.xml").decode().replace("云屏县鸿基建筑工程有限公司", "青山村股份经济合作社")
    invoice = read_invoice(text.encode(), "a.xml")
    draft = invoice_draft.proposed(village.reader, COLLECTIVE, invoice)
    assert entries(draft) == [("102", "48000.00", ""), ("501", "", "48000.00")]


def test_taking_the_file_back_frees_the_invoice_for_the_right_voucher(village):
    wrong = village.entered("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50")
    (kept,) = take(village, of(wrong), "einvoice_1.xml").value
    village.void(wrong)
    right = village.entered("2025-03-09", "付办公用品", "借 513 1073.50; 贷 101 1073.50")
    assert village.reader.attachment(kept.id).owner == INBOX
    with village.act() as uow:
        attachments.move(uow, kept.id, of(right))
    assert village.verify() == []


def test_an_amount_unlike_the_vouchers_is_said(village):
    paid = village.entered("2025-03-08", "付办公用品", "借 513 500; 贷 101 500")
    done = take(village, of(paid), "einvoice_1.xml")
    assert "发票合计 1,073.50，凭证是 500.00，请核对是不是分次付款。" in done.warnings


def test_a_damaged_file_is_refused_and_nothing_is_kept(village, tmp_path: Path):
    broken = tmp_path / "发票.pdf"
    broken.write_bytes(sample("einvoice_2.pdf")[:500])
    with pytest.raises(AttachmentError, match="PDF 可能已损坏"), village.act() as uow:
        take_all(uow, INBOX, [(sample("einvoice_1.xml"), "einvoice_1.xml"), (broken, broken.name)])
    assert attachments.listed(village.reader, INBOX) == []


def test_what_was_read_is_proven(village):
    take(village, INBOX, "einvoice_1.xml")
    with village.raw() as raw:
        raw.execute("DROP TRIGGER electronic_invoice_no_update")
        raw.execute("UPDATE electronic_invoice SET net = net + 100, gross = gross + 100")
    assert [f.text for f in village.verify() if f.rule == "V76"] == ["各栏和读进来时不同"]


def test_a_photo_of_an_invoice_is_only_a_photo(village):
    from tests.attachments.files import photo

    assert attach(village, INBOX, photo(), "发票照片.jpg").invoice == ""


def test_after_the_red_letter_the_invoice_is_free_for_the_right_voucher(village):
    wrong = village.posted("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50")
    take(village, of(wrong), "einvoice_1.xml")
    red = village.reverse(wrong, "2025-03-20")
    right = village.entered("2025-03-20", "付办公用品", "借 514 1073.50; 贷 101 1073.50")
    with pytest.raises(InvoiceError, match="已经附在"):  # not yet: the red letter is not posted
        take(village, of(right), "einvoice_1.xml")
    village.review(red)
    village.post(red)
    take(village, of(right), "einvoice_1.xml")
    assert village.again(right).invoices == (NUMBER,)
    assert village.verify() == []


def test_a_shared_bill_goes_on_both_vouchers_of_its_slip(village):
    document = moved(village, "T8", "1073.50", shares=("600", "473.50"), invoice=NUMBER)
    for side in document.sides:
        take(village, Owner("voucher", side.ledger, str(side.voucher_id)), "einvoice_1.xml")
    assert len(village.reader.invoice_files(NUMBER)) == 2
    assert village.verify() == []


def test_a_number_stays_while_its_file_is_attached(village):
    paid = village.entered("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50")
    (kept,) = take(village, of(paid), "einvoice_1.xml").value
    typed = draft("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50", editing=paid.id)
    with pytest.raises(VoucherError, match="的电子发票还附在 记-0001 上，不能去掉号码"):
        village.save(typed)
    with village.act() as uow:
        attachments.take_back(uow, kept.id, "附错了")
    assert village.save(typed).value.invoices == ()


def test_a_copy_beside_a_project_books_nothing_and_keeps_none_out(village):
    project = Owner("project", COLLECTIVE, "通组路")
    take(village, project, "einvoice_2.pdf")
    paid = village.entered("2025-03-08", "付工程款", "借 153#通组路 48000; 贷 101 48000")
    take(village, of(paid), "einvoice_2.pdf")
    take(village, project, "einvoice_2.xml")
    assert len(village.reader.invoice_files("24992000000000284436")) == 3
    assert village.verify() == []


def test_an_invoice_of_the_whole_village_has_no_buyer_to_compare(village):
    decision = Owner("decision", "", "青村决〔2025〕3号")
    assert take(village, decision, "einvoice_2.pdf").warnings == ()
    with pytest.raises(AttachmentError, match="不是凭证的编号"):
        take(village, Owner("voucher", COLLECTIVE, "第一张"), "einvoice_1.xml")
