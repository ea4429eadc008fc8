"""导出: the form chosen by row, what is asked of it, where it went; a dump taken in again; refusals in the page."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, WANG
from village_ledger.exchange.exports.export_formats import FORMATS, ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.services.book.verification import verify
from village_ledger.ui.exports import export_page, taking_in
from village_ledger.ui.exports.export_page import ExportPage, forms
from village_ledger.ui.exports.taking_in import take_in_folder


@pytest.fixture
def page(page_of, village):
    village.posted("2025-03-08", "付 510903199001010018 的款", "借 101 5; 贷 501 5")
    return page_of(ExportPage)


def stand_on(page, name):
    page.table.go_to_row(forms().index(name))


def log_of(village):
    return [o.detail for o in village.reader.operations(action="导出数据")]


@pytest.mark.parametrize("name", ["workbook", "hledger", "beancount", "dump"])
def test_each_form_is_a_row_and_is_written(page, settle, village, tmp_path, name):
    stand_on(page, name)
    out = tmp_path / f"账{FORMATS[name].ending}"
    page.export_to(out)
    settle()
    assert out.exists()
    assert "导出好了" in page.said.text()
    assert log_of(village) == ["L1 报送乡镇"]


def test_every_form_has_its_row_and_words(page):
    assert page.model.count() == len(FORMATS)
    assert all(page.model.text(row, 0) for row in range(page.model.count()))
    assert set(forms()) == set(FORMATS)


def test_ledger_and_days_are_asked_where_they_mean_something(page, settle, village, tmp_path):
    stand_on(page, "dump")
    assert not page.ledger.isEnabled()
    assert not page.days.isEnabled()
    stand_on(page, "hledger")
    assert page.ledger.isEnabled()
    page.ledger.setCurrentIndex(page.ledger.findData(COLLECTIVE))
    page.days.setText("2025-04-01 至 2025-04-30")
    page.export_to(tmp_path / "a.journal")
    settle()
    text = (tmp_path / "a.journal").read_text(encoding="utf-8")
    assert "2025-03-08" not in text
    assert "committee" not in text
    assert log_of(village) == ["L1 报送乡镇，2025年4月"]


def test_whole_numbers_want_a_reason(page, settle, village, tmp_path):
    stand_on(page, "hledger")
    assert not page.reason.isEnabled()
    page.level.set_value("L0")
    page.level.chosen.emit("L0")
    assert page.reason.isEnabled()
    out = tmp_path / "a.journal"
    page.export_to(out)
    settle()
    assert "要说明理由" in page.slip.notice.what
    assert not out.exists()
    page.reason.setText("换软件")
    page.export_to(out)
    settle()
    assert "510903199001010018" in out.read_text(encoding="utf-8")
    assert log_of(village) == ["L0 内部使用，理由：换软件"]


def test_days_that_are_none_and_a_place_that_is_not_there(page, settle, tmp_path):
    stand_on(page, "hledger")
    page.days.setText("去年")
    page.export_to(tmp_path / "a.journal")
    assert page.slip.notice.what
    page.days.clear()
    page.export_to(tmp_path / "没有" / "a.journal")
    settle()
    assert "文件夹" in page.slip.notice.what


def test_the_keys_ask_for_the_place(page, settle, monkeypatch, tmp_path):
    asked = []

    def place(_parent, _title, suggested, kind):
        asked.append((suggested, kind))
        return str(tmp_path / "账"), ""

    monkeypatch.setattr(export_page.QFileDialog, "getSaveFileName", place)
    stand_on(page, "workbook")
    page.action("export").trigger()
    settle()
    assert (tmp_path / "账.xlsx").exists()
    assert asked[0][0].endswith("青山村 workbook.xlsx")
    monkeypatch.setattr(export_page.QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    page.action("export").trigger()


def test_a_dump_is_taken_in_again(page, settle, operations, tmp_path):
    stand_on(page, "dump")
    page.export_to(tmp_path / "导出")
    settle()
    said = []
    take_in_folder(
        operations, tmp_path / "导出", tmp_path / "新.vledger", lambda *done: said.append(done), said.append
    )
    settle()
    assert said == [(tmp_path / "新.vledger", ())]
    assert verify(tmp_path / "新.vledger") == []
    take_in_folder(
        operations, tmp_path / "导出", tmp_path / "新.vledger", lambda *done: said.append(done), said.append
    )
    settle()
    assert "已经存在" in said[-1].what


def test_the_page_asks_for_folder_and_book(page, settle, monkeypatch, tmp_path):
    stand_on(page, "dump")
    page.export_to(tmp_path / "导出")
    settle()
    monkeypatch.setattr(taking_in.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "导出"))
    monkeypatch.setattr(taking_in.QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "新"), ""))
    page.action("take_in").trigger()
    settle()
    assert "是同样的账" in page.said.text()
    assert (tmp_path / "新.vledger").exists()
    monkeypatch.setattr(taking_in.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.action("take_in").trigger()
    settle()
    assert "已经存在" in page.slip.notice.what or "不是导出的全部数据" in page.slip.notice.what


def test_cancelled_it_leaves_nothing(page, settle, operations, tmp_path, village):
    stand_on(page, "dump")
    page.export_to(tmp_path / "导出")
    operations.cancel()
    settle()
    assert not (tmp_path / "导出").exists()
    assert not (tmp_path / "导出.key").exists()
    assert log_of(village) == []


def test_from_the_start_page_the_new_book_opens(window, qtbot, village, monkeypatch, tmp_path):
    export(village.book, WANG, "dump", ExportRequest(tmp_path / "导出"))
    village.book.close()
    window.show_start()
    qtbot.waitUntil(lambda: not window.operations.busy)
    page = window._page()
    monkeypatch.setattr(taking_in.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "导出"))
    monkeypatch.setattr(
        taking_in.QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "新.vledger"), "")
    )
    page.take_in.click()
    qtbot.waitUntil(lambda: window.session.is_open and not window.operations.busy)
    assert window.session.book.path == tmp_path / "新.vledger"


def test_a_folder_that_is_none_is_said_on_the_start_page(window, qtbot, monkeypatch, tmp_path):
    window.show_start()
    qtbot.waitUntil(lambda: not window.operations.busy)
    page = window._page()
    monkeypatch.setattr(taking_in.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(
        taking_in.QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "新.vledger"), "")
    )
    page.take_in.click()
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert "不是导出的全部数据" in page.slip.notice.what
    assert not (tmp_path / "新.vledger").exists()
