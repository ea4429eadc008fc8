"""Attachments from the command line: attach, list, check, save, take back; invoices read, taken in, drafted, explained."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.attachments.files import PDF
from tests.attachments.test_einvoice_files import SAMPLES
from tests.cli.conftest import book, posted, run, two
from village_ledger.storage.attachments.blobs import side_folder
from village_ledger.storage.file.book_file import Access, open_book

__all__ = ["book", "posted", "run", "two"]
NUMBER = "24992000000000310017"


@pytest.fixture
def scan(tmp_path) -> Path:
    file = tmp_path / "回单.pdf"
    file.write_bytes(PDF)
    return file


def first_ref(path: Path) -> str:
    with open_book(path, Access.READ) as opened:
        return str(next(iter(opened.reader().vouchers_by_id([1]))).ref)


def test_a_file_is_attached_listed_checked_saved_and_taken_back(posted, run, scan, tmp_path):
    ref = first_ref(posted)
    done = run(
        "attach",
        posted,
        f"voucher:{ref}",
        scan,
        "--ledger",
        "collective",
        "--paper",
        "3号柜",
        "--by",
        "王秀英",
    )
    assert (done.code, done.out) == (0, "1\n")
    listed = run("attachment", "list", posted, f"voucher:{ref}", "--ledger", "collective")
    assert listed.out.split("\t")[:4] == ["1", f"集体经济组织账 {ref}", "回单.pdf", "其他"]
    assert run("attachment", "check", posted).sentences == ["1 个附件都和存入时一样。"]
    saved = run("attachment", "save", posted, "1", "-o", tmp_path / "x")
    assert saved.code == 2  # no such folder
    (tmp_path / "x").mkdir()
    saved = run("attachment", "save", posted, "1", "-o", tmp_path / "x")
    assert Path(saved.out.strip()).read_bytes() == PDF
    back = run("attachment", "take-back", posted, "1", "--reason", "附错了")
    assert back.sentences == ["撤下了“回单.pdf”，它还留在账簿里。"]
    assert "撤下：附错了" in run("attachment", "list", posted).out
    assert run("verify", posted).code == 0


def test_an_altered_attachment_makes_check_and_verify_fail(posted, run, tmp_path):
    large = tmp_path / "工程图.pdf"
    large.write_bytes(PDF + b"\0" * (6 << 20))
    assert run("attach", posted, "inbox", large, "--ledger", "collective").code == 0
    (path,) = side_folder(posted).iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    checked = run("attachment", "check", posted)
    assert (checked.code, "已被改动" in checked.out) == (1, True)
    proof = run("verify", posted)
    assert proof.code == 1
    assert "[V76] 账簿旁的附件 工程图.pdf" in proof.out + proof.said


def test_half_a_gigabyte_is_refused_by_the_command(posted, run, tmp_path):
    film = tmp_path / "录像.pdf"
    with film.open("wb") as out:
        out.write(PDF)
        out.truncate(500 << 20)
    done = run("attach", posted, "inbox", film, "--ledger", "collective")
    assert done.code == 1
    assert "超过了一个附件的上限" in done.said


def test_what_is_written_wrong_is_said(posted, run, scan):
    for argv, code, said in (
        (("attach", posted, "dog:1", scan, "--ledger", "collective"), 1, "不能挂附件"),
        (("attach", posted, "inbox", scan), 2, "--ledger"),
        (
            ("attach", posted, "contract:2025-1", scan, "--ledger", "collective"),
            1,
            "没有编号是“2025-1”的合同",
        ),
        (("attach", posted, "decision:1号", scan, "--ledger", "collective"), 1, "没有编号是“1号”的决议"),
        (
            ("attach", posted, "inbox", scan.with_name("没有.pdf"), "--ledger", "collective"),
            2,
            "找不到文件 没有.pdf",
        ),
        (("attachment", "save", posted, "x", "-o", scan.parent), 2, "“x”不是附件号"),
        (("attachment", "save", posted, "9", "-o", scan.parent), 1, "没有第 9 号附件"),
        (("attachment", "take-back", posted, "1"), 2, "还缺：--reason"),
        (("attachment", "entry-info", posted, "--voucher", "2025-03/记-0001"), 2, "还缺：-o"),
        (("invoice", "look", scan), 2, "invoice read FILE"),
        (("invoice", "read", scan), 1, "里没有电子发票的数据"),
        (("invoice", "read", scan.with_name("没有.xml")), 2, "找不到文件"),
    ):
        done = run(*argv)
        assert (done.code, said in done.said) == (code, True), (argv, done)


def test_an_invoice_is_read_without_a_book(run):
    done = run("invoice", "read", SAMPLES / "einvoice_1.xml")
    assert done.code == 0
    assert f"票据号\t{NUMBER}" in done.out
    assert "价税合计\t1,073.50" in done.out
    assert done.out.splitlines()[-1] == "签名\t未验签"
    red = run("invoice", "read", SAMPLES / "einvoice_3.xml")
    assert "价税合计\t-235.00" in red.out
    assert "红字\t冲减，原发票 24992000000000201188" in red.out
    altered = run("invoice", "read", SAMPLES / "einvoice_1_altered.xml")
    assert (altered.code, "各行的" in altered.said) == (1, True)


def test_invoices_are_taken_in_and_drafted(posted, run):
    files = [
        SAMPLES / name
        for name in ("einvoice_1.xml", "einvoice_2.pdf", "einvoice_2.xml", "fiscal_receipt.xml")
    ]
    done = run("invoice", posted, "take", *files, "--ledger", "collective", "--draft", "--date", "2025-03-20")
    assert done.code == 0, done.said
    assert done.out.split() == [NUMBER, "24992000000000284436", "990601240003518826"]
    assert done.sentences[-1] == "收了 3 张电子发票（未验签），填了 3 份草稿。"
    with open_book(posted, Access.READ) as opened:
        drafts = opened.reader().drafts()
    assert sorted(d.draft.invoices for d in drafts) == sorted(done.out.split())
    again = run("invoice", posted, "take", files[0], "--ledger", "committee")
    assert (again.code, "已经附在待用附件" in again.said) == (1, True)


def test_entry_information_names_the_voucher_and_the_document(posted, run, tmp_path):
    ref = first_ref(posted)
    asked = (
        "attachment",
        "entry-info",
        posted,
        "--ledger",
        "collective",
        "--voucher",
        ref,
        "-o",
        tmp_path / "a.xml",
    )
    bare = run(*asked)
    assert (bare.code, "没有电子发票" in bare.said) == (1, True)
    late = run(
        "invoice", posted, "take", SAMPLES / "einvoice_1.xml", "--ledger", "collective", "--voucher", ref
    )
    assert late.code == 0  # posted before the file came
    assert run(*asked).code == 0
    root = ET.fromstring((tmp_path / "a.xml").read_text(encoding="utf-8"))  # noqa: S314  our own file
    assert root.findtext("SourceDocument/UniqueIdentifierOfSourceDocument") == NUMBER


def entered(run, book, ref, *names):
    """A voucher of March entered through an import, with invoices; then reviewed and posted."""
    for name in names:
        done = run("invoice", book, "take", SAMPLES / name, "--ledger", "collective", "--voucher", ref)
        assert done.code == 0, done.said
    done = run(
        "post",
        book,
        "--ledger",
        "collective",
        "--through",
        "2025-03-31",
        "--by",
        "王秀英",
        "--reviewed-by",
        "李建国",
    )
    assert done.code == 0, done.said


def test_many_documents_on_one_voucher_give_a_file_each(book, two, run, tmp_path):
    assert run("import", "vouchers", book, two, "--ledger", "collective").code == 0
    ref = first_ref(book)
    before = run(
        "attachment", "entry-info", book, "--ledger", "collective", "--voucher", ref, "-o", tmp_path / "a.xml"
    )
    assert (before.code, "还没有记账" in before.said) == (1, True)
    entered(run, book, ref, "einvoice_1.xml", "einvoice_2.pdf")
    one = run(
        "attachment", "entry-info", book, "--ledger", "collective", "--voucher", ref, "-o", tmp_path / "a.xml"
    )
    assert (one.code, "一张一个文件" in one.said) == (2, True)
    done = run("attachment", "entry-info", book, "--ledger", "collective", "--voucher", ref, "-o", tmp_path)
    assert done.code == 0
    roots = [ET.fromstring(Path(line).read_text(encoding="utf-8")) for line in done.out.splitlines()]  # noqa: S314  our own file
    assert [r.findtext("SourceDocument/UniqueIdentifierOfSourceDocument") for r in roots] == [
        NUMBER,
        "24992000000000284436",
    ]
    assert {r.findtext("AccountingDocument/NumberOfAccountingDocuments") for r in roots} == {
        ref.split("/")[1]
    }
    (document,) = roots[0].findall("AccountingDocument")
    assert document.findtext("NameOfAccountingEntity")
    assert document.findtext("AccountingPeriod") == "2025-03"
    sides = [(e.findtext("DebitOrCredit"), e.findtext("RecordedAmount")) for e in document.findall("Entry")]
    assert {side for side, _ in sides} == {"借", "贷"}
    assert all(e.findtext("NameOfGeneralLedgerSubject") for e in document.findall("Entry"))


def test_missing_evidence_by_report(posted, run, scan, tmp_path):
    ref = first_ref(posted)
    run("attach", posted, f"voucher:{ref}", scan, "--ledger", "collective")
    done = run(
        "report",
        posted,
        "missing-evidence",
        "--ledger",
        "collective",
        "--month",
        "2025-03",
        "--format",
        "json",
    )
    rows = json.loads(done.out)["rows"]
    assert [row["lack"] for row in rows] == ["张数不够"]
    paper = run(
        "report",
        posted,
        "missing-evidence",
        "--ledger",
        "collective",
        "--month",
        "2025-03",
        "-o",
        tmp_path / "缺.pdf",
    )
    assert paper.code == 0
    listed = run("report", posted, "attachments", "--ledger", "collective", "--format", "csv")
    assert "回单.pdf" in listed.out
