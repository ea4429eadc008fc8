"""Attachments in the window: on the voucher page, in the list of what is missing, many invoices at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.attachments.files import INBOX, PDF, attach, of
from tests.attachments.test_einvoice_files import SAMPLES
from tests.builders import COLLECTIVE, draft
from tests.ui.conftest import (
    navigator,
    open_in,
    operations,
    page_of,
    preferences,
    qtbot,
    session,
    settle,
    theme,
    window,
)
from village_ledger.services.attachments import attachments
from village_ledger.settings import KeptBackup
from village_ledger.storage.attachments.blobs import side_folder
from village_ledger.ui.attachments import attachment_files
from village_ledger.ui.attachments.evidence_page import EvidencePage
from village_ledger.ui.attachments.invoice_intake_page import InvoiceIntakePage
from village_ledger.ui.desk.backup_page import BackupPage
from village_ledger.ui.voucher.voucher_page import VoucherPage

__all__ = [
    "navigator",
    "open_in",
    "operations",
    "page_of",
    "preferences",
    "qtbot",
    "session",
    "settle",
    "theme",
    "window",
]
NUMBER = "24992000000000310017"


@pytest.fixture
def page(village, page_of, session) -> VoucherPage:
    village.open_with("借 101 5000", "贷 311 5000")
    made = page_of(VoucherPage)
    session.changed.connect(lambda changes: made.reload() if changes.touches(made.shows) else None)
    return made


def drop(page, *names: str) -> None:
    page.papers.fold.strip.take(attachment_files.of_paths([SAMPLES / name for name in names]))


def test_an_invoice_dropped_on_a_blank_voucher_fills_it_and_goes_with_it(page, village, settle):
    drop(page, "einvoice_1.xml")
    settle()
    typed = page.desk.draft()
    assert [(x.account, x.debit, x.credit) for x in typed.lines] == [
        ("513", "1073.50", ""),
        ("102", "", "1073.50"),
    ]
    assert (typed.invoices, typed.attachments, typed.day[:7]) == (NUMBER, "1", "2025-03")
    assert page.papers.fold.line.text() == "附件 1 ▾"
    page.action("save").trigger()
    settle()
    (stored,) = village.reader.vouchers(COLLECTIVE)
    assert [a.invoice for a in attachments.listed(village.reader, of(village.reader.voucher(stored.id)))] == [
        NUMBER
    ]
    assert village.verify() == []


def test_files_dropped_on_a_voucher_being_typed_wait_for_it(page, village, settle, tmp_path):
    page.desk.editing.set_head("handler", "何世全")
    scan = tmp_path / "收条.pdf"
    scan.write_bytes(PDF)
    page.papers.fold.strip.take(attachment_files.of_paths([scan, SAMPLES / "einvoice_1.xml"]))
    settle()
    typed = page.desk.draft()
    assert (typed.invoices, len(typed.papers), typed.handler) == (NUMBER, 2, "何世全")
    page.keeper.flush()
    settle()
    (kept,) = village.reader.drafts()
    assert kept.draft.papers == typed.papers  # the draft found again after a power cut still has them
    page.new_voucher()
    settle()
    assert page.papers.fold.line.text() == "附件 ▾"
    page.open_draft(kept.id)
    settle()
    assert page.papers.fold.line.text() == "附件 2 ▾"


def test_a_file_dropped_anywhere_on_the_voucher_is_attached(page, settle):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLES / "einvoice_1.xml"))])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *keys)
    QApplication.sendEvent(page.desk, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page.desk, QDropEvent(QPointF(5, 5), *keys))
    settle()
    assert page.desk.draft().invoices == NUMBER
    assert page.papers.fold.line.text() == "附件 1 ▾"


def test_the_papers_of_a_draft_become_the_vouchers(village):
    kept = attach(village, INBOX, PDF, "收条.pdf")
    stored = village.save(draft("2025-03-08", "付电费", "借 513 10; 贷 101 10", papers=[kept.id])).value
    assert village.reader.attachment(kept.id).owner == of(stored)
    again = village.save(draft("2025-03-09", "付电费", "借 513 10; 贷 101 10", papers=[kept.id])).value
    assert attachments.present(village.reader, of(again)) == 0
    assert village.verify() == []


def test_the_difference_between_stated_and_kept_is_said_not_enforced(page, village, settle):
    stored = village.entered("2025-03-08", "付电费", "借 513 10; 贷 101 10", attachments="3")
    attach(village, of(stored), PDF, "收条.pdf")
    page.open_voucher(stored.id)
    settle()
    assert page.papers.fold.hint.text() == "凭证写附单据 3 张，电子附件 1 张，还差 2 张。"
    page.desk.editing.set_head("attachments", "1")
    assert page.papers.fold.hint.text() == ""


def test_an_invoice_dropped_on_a_stored_voucher_books_its_number(page, village, settle):
    stored = village.entered("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50")
    page.open_voucher(stored.id)
    settle()
    drop(page, "einvoice_1.xml")
    settle()
    assert village.again(stored).invoices == (NUMBER,)
    assert page.desk.editing.head.invoices == NUMBER
    drop(page, "einvoice_1.xml")
    settle()
    assert "已经附在这里了" in page.slip.notice.what


def test_the_strip_is_opened_by_its_key(page, settle):
    assert page.papers.fold.strip.isHidden()
    page.action("papers").trigger()
    assert not page.papers.fold.strip.isHidden()
    page.action("papers").trigger()
    assert page.papers.fold.strip.isHidden()


# what lacks its paper


def test_what_is_missing_is_listed_and_put_right_in_place(
    village, page_of, session, settle, navigator, tmp_path
):
    village.posted("2025-03-08", "付广告牌", "借 513 2000; 贷 101 2000")
    page = page_of(EvidencePage)
    session.changed.connect(lambda changes: page.reload() if changes.touches(page.shows) else None)
    assert page.table.view.model().text(0, 0) == "没有发票"
    assert page.strip.owner == of(village.reader.vouchers_by_id([1])[0])
    page.open_current()
    assert navigator.opened == [("voucher", {"voucher_id": 1})]
    receipt = tmp_path / "收据.pdf"
    receipt.write_bytes(PDF)
    page.strip.kinds.setCurrentIndex(page.strip.kinds.findData("收据"))
    page.strip.take(attachment_files.of_paths([receipt]))
    settle()
    assert page.missing == []
    page.action("reach").trigger()
    settle()
    assert "2025年" in page.shown.heading[1]
    page.action("print").trigger()
    assert navigator.opened[-1][0] == "preview"


# many invoices at once


def states(page) -> list[tuple[str, str]]:
    model = page.table.view.model()
    return [(model.text(row, 0), model.text(row, 1)) for row in range(model.count())]


def test_many_files_are_read_before_any_is_kept(village, page_of, settle, tmp_path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes((SAMPLES / "einvoice_2.pdf").read_bytes()[:400])
    names = ("einvoice_1.xml", "einvoice_1_altered.xml", "einvoice_2.pdf", "einvoice_2.xml", "einvoice_3.xml")
    page = page_of(InvoiceIntakePage, paths=[*(SAMPLES / name for name in names), broken])
    assert states(page) == [
        ("einvoice_1.xml", "✓ 可以收"),
        ("einvoice_1_altered.xml", "✕ 不收"),
        ("einvoice_2.pdf", "✓ 可以收"),
        ("einvoice_2.xml", "✓ 可以收"),
        ("einvoice_3.xml", "▲ 红字发票"),
        ("坏.pdf", "✕ 不收"),
    ]
    assert page.table.view.model().text(4, 5) == "-235.00"
    assert attachments.present(village.reader, INBOX) == 0
    page.table.go_to_row(3)
    assert "和 einvoice_2.pdf 是同一张发票，按一张收。" in page.words.text()
    page.action("take").trigger()
    settle()
    assert attachments.present(village.reader, INBOX) == 4
    assert [name for name, _ in states(page)] == ["einvoice_1_altered.xml", "坏.pdf"]
    assert not page.action("take").isEnabled()
    assert page.waiting.words.text() == "待用 4 件"


def test_a_waiting_invoice_is_filled_into_a_voucher(village, page_of, settle, navigator, monkeypatch):
    page = page_of(InvoiceIntakePage)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(SAMPLES / "einvoice_1.xml")], ""))
    page.action("choose").trigger()
    settle()
    page.action("take").trigger()
    settle()
    page.look_at([SAMPLES / "einvoice_1.xml"])
    settle()
    assert states(page) == [("einvoice_1.xml", "✕ 不收")]  # it waits already
    page.action("draft").trigger()
    ((name, where),) = navigator.opened
    assert (name, where["draft"].invoices, where["draft"].day) == ("voucher", NUMBER, "2025-03-01")


def test_the_same_file_under_two_names_is_one_and_other_content_under_one_number_is_refused(
    village, page_of, tmp_path
):
    content = (SAMPLES / "einvoice_3.xml").read_bytes()
    (tmp_path / "a.xml").write_bytes(content)
    (tmp_path / "b.xml").write_bytes(content)
    (tmp_path / "c.xml").write_bytes(content.decode().replace("万家装饰", "千家装饰").encode())
    page = page_of(InvoiceIntakePage, paths=sorted(tmp_path.glob("*.xml")))
    said = [page.table.view.model().text(row, 6) for row in range(3)]
    assert said[1] == "和 a.xml 是同一个文件"
    assert "和 a.xml 号码相同、内容不同" in said[2]


def test_a_book_without_its_folder_says_so_and_opens(village, window, open_in):
    kept = attach(village, INBOX, PDF + b"\0" * (6 << 20), "工程图.pdf")
    village.book.close()
    path = side_folder(village.path) / kept.digest
    path.write_bytes(path.read_bytes()[:-1])
    open_in(window, village.path)
    said = [bar.sentence.text() for bar in window.shell._shown]
    assert any("文件夹里有 1 个附件被改动，打不开它们；账可以照常记" in sentence for sentence in said)
    assert window.shell.pages.current_name == "home"


def test_a_backup_without_an_attachment_says_so(village, page_of, settle, tmp_path):
    kept = attach(village, INBOX, PDF + b"\0" * (6 << 20), "工程图.pdf")
    (side_folder(village.path) / kept.digest).unlink()
    page = page_of(BackupPage)
    stick = tmp_path / "盘"
    stick.mkdir()
    page.back_up_into(stick)
    settle()
    assert "余额和账簿一致；账簿旁边没有“" in page.status()
    (made,) = stick.glob("*.vledger")
    page.restore_as(KeptBackup(made, "2025-12-31T12:05"), tmp_path / "恢复.vledger")
    settle()
    assert page.status().endswith("备份里少了 1 个大附件，没有它们也恢复了账。")
