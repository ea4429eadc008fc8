"""The strip of attachments every page embeds: files in, out, taken back; what is wrong is said in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.attachments.files import PDF, attach, of, photo
from tests.attachments.test_einvoice_files import SAMPLES
from tests.builders import ZHAO
from tests.ui.conftest import navigator, operations, page_of, preferences, qtbot, session, settle, theme
from village_ledger.services.attachments import attachments
from village_ledger.storage.attachments.blobs import side_folder
from village_ledger.ui.attachments import attachment_files
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.widgets.slip import Slip

__all__ = ["navigator", "operations", "page_of", "preferences", "qtbot", "session", "settle", "theme"]


@pytest.fixture
def paid(village):
    village.open_with("借 101 5000", "贷 311 5000")
    return village.entered("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50")


class Embedded(AttachmentStrip):
    """A strip in a page, with what it told."""

    def __init__(self, session, operations, holder: QWidget) -> None:
        self.slip = Slip(session.theme, holder)
        self.told: list[str] = []
        super().__init__(session, operations, self.slip, holder)
        self.holder = holder
        self.said.connect(self.told.append)


@pytest.fixture
def strip(qtbot, session, operations, settle, paid) -> Embedded:
    made = Embedded(session, operations, QWidget())
    qtbot.addWidget(made.holder)
    made.holder.resize(1000, 400)
    made.resize(1000, 300)
    made.holder.show()
    made.show_owner(of(paid))
    settle()
    return made


def rows(strip) -> list[tuple[str, ...]]:
    model = strip.table.view.model()
    return [tuple(model.text(r, c) for c in range(6)) for r in range(model.count())]


def test_files_dropped_are_attached(strip, tmp_path, settle):
    file = tmp_path / "发票.pdf"
    file.write_bytes(PDF)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPoint(5, 5).toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    strip.dropEvent(event)
    settle()
    assert rows(strip) == [("发票.pdf", "其他", "PDF", f"{len(PDF)} 字节", "1", "原件")]
    assert strip.words.text() == "附件 1 件"
    assert strip.told == ["收了 1 个附件。"]


def test_a_picture_in_the_clipboard_is_pasted(strip, settle):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    strip.paste()
    settle()
    assert rows(strip)[0][1:3] == ("照片", "图片")
    QGuiApplication.clipboard().setText("没有文件")
    strip.paste()
    assert strip.told[-1] == "剪贴板里没有文件也没有图片。"


def test_files_are_chosen_under_a_kind(strip, settle, tmp_path, monkeypatch):
    file = tmp_path / "收条.jpg"
    file.write_bytes(photo())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    strip.kinds.setCurrentIndex(strip.kinds.findData("收据"))
    strip.choose()
    settle()
    assert rows(strip)[0][:2] == ("收条.jpg", "收据")


def test_the_scanners_folder_is_asked_for_once(strip, settle, tmp_path, monkeypatch):
    file = tmp_path / "扫描001.pdf"
    file.write_bytes(PDF)
    asked, folders = [], []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: asked.append(1) or str(tmp_path))
    monkeypatch.setattr(
        QFileDialog,
        "getOpenFileNames",
        lambda _p, _t, folder, _f: folders.append(folder) or ([str(file)], ""),
    )
    strip.take_scan()
    settle()
    strip.take_scan()  # the same file again is refused in the page
    settle()
    assert (len(asked), folders) == (1, [str(tmp_path)] * 2)
    assert "已经附在这里了" in strip.slip.notice.what


def test_one_bad_file_keeps_all_out(strip, settle, tmp_path, village, paid):
    good, bad = tmp_path / "好.pdf", tmp_path / "坏.jpg"
    good.write_bytes(PDF)
    bad.write_bytes(b"nothing of the kind")
    strip.take(attachment_files.of_paths([good, bad]))
    settle()
    assert "坏.jpg 不是图片" in strip.slip.notice.what
    assert attachments.present(village.reader, of(paid)) == 0


def test_an_attachment_is_opened_and_saved_proven(strip, settle, village, paid, tmp_path, monkeypatch):
    kept = attach(village, of(paid), PDF + b"\0" * (6 << 20), "工程图.pdf")
    strip.reload()
    settle()
    opened = []
    monkeypatch.setattr(attachment_files, "show", opened.append)
    strip.open_current()
    settle()
    assert opened[0].name.startswith("工程图")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    strip.save_current()
    settle()
    assert (tmp_path / "工程图.pdf").exists()
    path = side_folder(village.path) / kept.digest
    path.write_bytes(path.read_bytes()[:-1])
    strip.open_current()
    settle()
    assert len(opened) == 1
    assert "已被改动" in strip.slip.notice.what
    strip.reload()
    settle()
    assert rows(strip)[0][5] == "✕ 已被改动"


def test_an_attachment_is_taken_back_with_a_reason(strip, settle, village, paid):
    attach(village, of(paid), PDF, "回单.pdf")
    strip.reload()
    settle()
    strip.ask_to_take_back()
    assert strip.ask.isVisible()
    strip.ask.field.setText("附错了")
    strip.ask.act.click()
    settle()
    assert rows(strip)[0][5] == "⊘ 撤下：附错了"
    assert not strip.buttons["take_back"].isEnabled()
    assert strip.words.text() == "附件"


def test_who_has_no_role_only_looks(strip, settle, village, paid, session):
    village.hire_four()
    attach(village, of(paid), PDF, "回单.pdf")
    session.reread_staff() if hasattr(session, "reread_staff") else session.adopt(
        village.book, ZHAO, session.month
    )
    strip.show_owner(of(paid))
    settle()
    assert [strip.buttons[n].isEnabled() for n in ("choose", "paste", "scan", "take_back")] == [False] * 4
    assert strip.buttons["open"].isEnabled()


def test_without_an_owner_nothing_can_be_attached(strip, settle):
    strip.show_owner(None)
    settle()
    assert rows(strip) == []
    assert not strip.buttons["choose"].isEnabled()


def test_where_the_paper_is_goes_with_the_next_files(strip, settle, tmp_path):
    strip.ask_paper()
    strip.ask.field.setText("3号柜")
    strip.ask.act.click()
    assert strip.buttons["paper"].text() == "原件：3号柜"
    file = tmp_path / "收条.pdf"
    file.write_bytes(PDF)
    strip.take(attachment_files.of_paths([file]))
    settle()
    assert rows(strip)[0][5] == "原件 · 纸在3号柜"


def test_what_an_invoice_says_stands_beside_its_file(strip, settle, village, paid, tmp_path, monkeypatch):
    assert strip.about.isHidden()
    strip.take(attachment_files.of_paths([SAMPLES / "einvoice_1.xml"]))
    settle()
    assert rows(strip)[0][5] == "电子发票 · 未验签"
    assert "云屏县文轩办公用品店 → " in strip.about.text()
    assert "金额 1,062.87，税额 10.63，价税合计 1,073.50" in strip.about.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    strip.save_entry()
    settle()
    assert "还没有记账" in strip.slip.notice.what
    village.review(paid)
    village.post(village.again(paid))
    strip.save_entry()
    settle()
    assert strip.told[-1] == "写好了 1 个入账信息文件。"
    assert [p.name for p in tmp_path.glob("*.xml")] == ["入账信息 24992000000000310017.xml"]
