"""Beginning: the start page never depends on any book being healthy; a new book never overwrites anything."""

from __future__ import annotations

import sqlite3

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from tests.builders import WANG, blank_book
from tests.review.township import sent
from village_ledger import app
from village_ledger.domain.agency import Workspace
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month
from village_ledger.exchange.agency.agency_file import create_workspace
from village_ledger.services.review.village_keys import fingerprint_of
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.ui.beginning import start_page
from village_ledger.ui.main_window import MainWindow


def settle_in(qtbot, window):
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=30_000)


def broken(kind, folder):
    """A file that is not a healthy book, by what is wrong with it."""
    path = folder / f"{kind}.vledger"
    if kind == "missing":
        return path
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "foreign":
        path.write_bytes(b"%PDF-1.7 not a book" * 50)
    elif kind == "folder":
        path.mkdir()
    else:
        blank_book(folder, name=path.name)
        if kind == "newer":
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA user_version = 999")
            connection.close()
        else:
            whole = path.read_bytes()
            path.write_bytes(whole[: len(whole) // 3] + b"\xff" * 400)
    return path


KINDS = ["missing", "empty", "foreign", "folder", "newer", "damaged"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_start_page_comes_up_whatever_is_wrong_with_the_book(qtbot, window, tmp_path, kind):
    path = broken(kind, tmp_path)
    window.preferences.remember_book(path, "青山村", "2025-12-31T10:42")
    window.show_start()
    window.open_path(path)
    settle_in(qtbot, window)
    page = window._page()
    assert window.shell is None
    assert isinstance(page, start_page.StartPage)
    assert page.slip.isVisible()
    assert page.slip.notice is not None
    assert page.slip.notice.safe
    assert page.demo.isVisible()
    assert page.new.isEnabled()


@pytest.mark.parametrize("kind", KINDS)
def test_a_book_in_trouble_is_named_in_the_list_before_it_is_opened(qtbot, window, tmp_path, kind):
    window.preferences.remember_book(broken(kind, tmp_path), "旧账", "2025-12-31T10:42")
    window.preferences.remember_book(blank_book(tmp_path), "青山村", "2026-01-07T17:40")
    window.show_start()
    settle_in(qtbot, window)
    page = window._page()
    words = [label.text() for row in page._rows for label in row.findChildren(QLabel)]
    assert any(str(tmp_path) in text and "·" in text for text in words)
    forget = page._rows[1].findChildren(QAbstractButton)
    next(b for b in forget if b.isVisible() and b.text() == "从这里拿掉").click()
    settle_in(qtbot, window)
    assert [book.village for book in window.preferences.recent()] == ["青山村"]


def test_a_package_or_workspace_used_before_is_no_trouble_until_it_is_one(village, tmp_path):
    package = sent(village, tmp_path).path
    workspace = tmp_path / "代管.vlagency"
    create_workspace(workspace, Workspace("青山镇"))
    assert [start_page.look_over(path).trouble for path in (package, workspace)] == ["", ""]
    for path in (package, workspace):
        path.write_bytes(path.read_bytes()[:-9])
        assert start_page.look_over(path).trouble


def test_one_key_opens_the_book_used_last(qtbot, window, tmp_path):
    path = blank_book(tmp_path)
    window.preferences.remember_book(path, "青山村", "2026-01-07T17:40")
    window.show_start()
    settle_in(qtbot, window)
    qtbot.keyClick(window._page()._rows[0].button, Qt.Key.Key_Return)
    settle_in(qtbot, window)
    assert window.session.book.path == path


def test_the_demonstration_is_made_once_and_then_opened(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr(start_page, "demo_path", lambda: tmp_path / "数据" / "青山村.vledger")
    window.show_start()
    window._page().demo.click()
    settle_in(qtbot, window)
    qtbot.waitUntil(lambda: window.session.is_open)
    settle_in(qtbot, window)
    assert window.session.info.is_demo
    assert window.windowTitle() == "青山村（演示） · 村账"
    assert window.session.by
    assert window.session.month == Month(2026, 1)
    made = (tmp_path / "数据" / "青山村.vledger").stat().st_ino
    window.close_book()
    assert not window.session.is_open
    settle_in(qtbot, window)
    window._page().demo.click()
    settle_in(qtbot, window)
    assert (tmp_path / "数据" / "青山村.vledger").stat().st_ino == made


def fill(page, folder, village="大湾村"):
    page.village.setText(village)
    page.person.setText(WANG)
    page.folder.setText(str(folder))


def build(page):
    """Go through the three steps and press 建账."""
    while page.step < 2:
        before = page.step
        page.next.click()
        if page.step == before:
            return
    page.next.click()


@pytest.fixture
def new_book(qtbot, window):
    window.show_start()
    settle_in(qtbot, window)
    window._page().new.click()
    return window._page()


def test_a_new_book_is_made_and_opened_at_once(qtbot, window, new_book, tmp_path):
    fill(new_book, tmp_path / "账")
    new_book.year.setValue(2025)
    new_book.month.setValue(4)
    new_book.chart.findChildren(QAbstractButton)[1].click()
    build(new_book)
    settle_in(qtbot, window)
    qtbot.waitUntil(lambda: window.session.is_open)
    settle_in(qtbot, window)
    session = window.session
    assert session.book.path == tmp_path / "账" / "大湾村.vledger"
    assert session.by == WANG
    assert [x.entity for x in session.ledgers] == ["大湾村股份经济合作社", "大湾村村民委员会"]
    assert session.ledgers[1].chart_id == "committee_collective"
    assert session.ledgers[0].start == Month(2025, 4)
    said = fingerprint_of(session.reader)
    assert said in window.shell._shown[-1].sentence.text()


def test_legal_names_follow_the_village_until_somebody_writes_them(qtbot, new_book):
    new_book.village.setText("大湾村")
    assert new_book.collective_name.text() == "大湾村股份经济合作社"
    new_book.collective_name.clear()
    qtbot.keyClicks(new_book.collective_name, "X")
    new_book.village.setText("小湾村")
    assert new_book.collective_name.text() == "X"
    assert new_book.committee_name.text() == "小湾村村民委员会"


def test_one_ledger_for_a_village_whose_committee_acts_for_the_collective(qtbot, window, new_book, tmp_path):
    fill(new_book, tmp_path)
    new_book.ledgers.findChildren(QAbstractButton)[1].click()
    assert not new_book.chart.isEnabled()
    build(new_book)
    settle_in(qtbot, window)
    qtbot.waitUntil(lambda: window.session.is_open)
    settle_in(qtbot, window)
    assert [x.kind for x in window.session.ledgers] == [LedgerKind.COLLECTIVE]


def test_a_new_book_never_overwrites_an_old_one(qtbot, window, new_book, tmp_path):
    path = blank_book(tmp_path, name="大湾村.vledger")
    before = path.read_bytes()
    fill(new_book, tmp_path)
    build(new_book)
    settle_in(qtbot, window)
    assert new_book.slip.isVisible()
    assert "已经存在" in new_book.slip.notice.what
    assert path.read_bytes() == before
    assert not window.session.is_open


@pytest.mark.parametrize(("field", "words"), [("village", "村名"), ("person", "姓名")])
def test_a_missing_name_is_asked_for_in_the_page(qtbot, window, new_book, tmp_path, field, words):
    fill(new_book, tmp_path)
    getattr(new_book, field).clear()
    build(new_book)
    assert words in new_book.slip.notice.what
    assert not window.operations.busy
    assert list(tmp_path.glob("*.vledger")) == []


def test_a_village_name_cannot_lead_out_of_the_folder(new_book, tmp_path):
    fill(new_book, tmp_path, "../大：湾/村")
    assert new_book.path().parent == tmp_path


def test_esc_on_the_new_book_page_goes_back_to_the_start(qtbot, window, new_book):
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert isinstance(window._page(), start_page.StartPage)


def test_open_window_shows_before_it_opens(qtbot, preferences, tmp_path):
    window = app.open_window(blank_book(tmp_path))
    qtbot.addWidget(window)
    assert isinstance(window, MainWindow)
    assert window.isVisible()
    assert not window.session.is_open
    qtbot.waitUntil(lambda: window.session.is_open, timeout=20_000)
    settle_in(qtbot, window)
    window.close()


def test_opening_a_book_writes_nothing_into_it(qtbot, window, open_in, tmp_path):
    path = blank_book(tmp_path)
    with open_book(path, Access.READ) as book:
        operations = len(book.reader().operations())
    open_in(window, path)
    window.close()
    with open_book(path, Access.READ) as book:
        assert len(book.reader().operations()) == operations
