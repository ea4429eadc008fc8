"""明白纸 and the list of names in full in the window: looked into, read out, copied, kept, brought to paper; all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from tests.builders import Village
from tests.ui.window_hand import press, settle, visit
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import Month, Span
from village_ledger.reports.books.operation_log import LogQuery
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.people import people

MARCH = Span.of_month(Month(2025, 3))


@pytest.fixture
def window(window, open_in, tmp_path):
    """Rent received, somebody paid; 王秀英 at the keyboard."""
    with Village.found(tmp_path) as village:
        with village.act() as uow:
            people.add(uow, NewPerson("李大明", "002", "户主"), "名册")
        village.posted("2025-03-04", "收租金", "借 102 6000; 贷 501 6000")
        village.posted("2025-03-05", "付李大明修路灯", "借 514@李大明 200; 贷 102 200")
        path = village.path
    open_in(window, path)
    window.session.sit_down("王秀英")
    window.session.go_to_month(Month(2025, 3))
    return window


def stand_on(page, name: str, after: str = "") -> None:
    rows = [str(row.cells[0]) for row in page.made.rows]
    start = rows.index(after) if after else 0
    page.table.go_to_row(rows.index(name, start))


def logged(window) -> list[tuple[object, ...]]:
    request = ReportRequest(log=LogQuery(action="导出公开表"))
    log = make(window.session.reader, "operation-log", request)
    at = [log.column_index(key) for key in ("by", "subject", "detail")]
    return [tuple(row.cells[i] for i in at) for row in log.rows]


def test_a_kind_of_money_leads_to_its_vouchers_and_on_to_the_voucher(window):
    page = visit(window, "first_page", span=MARCH)
    stand_on(page, "路灯、保洁、福利")
    press(window, Qt.Key.Key_Return)
    listed = window.shell.pages.current_page()
    assert listed.made.title == "路灯、保洁、福利"
    assert [row.cells[-1] for row in listed.made.rows] == [200_00, 200_00]
    listed.table.go_to_row(0)
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "voucher"
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    assert window.shell.pages.current_page() is page


def test_a_total_leads_to_the_sheet_that_has_it_entry_by_entry(window):
    page = visit(window, "first_page", span=MARCH)
    stand_on(page, "收进")
    press(window, Qt.Key.Key_Return)
    sheet = window.shell.pages.current_page()
    assert window.shell.pages.current_name == "disclosure"
    assert sheet.sheets.currentData() == "disclosure"
    assert sheet.span_choice.span() == MARCH


def test_an_account_behind_the_result_leads_to_its_ledger(window):
    page = visit(window, "first_page", span=MARCH)
    stand_on(page, "账上成本")
    press(window, Qt.Key.Key_Return)
    window.shell.pages.current_page().table.go_to_row(0)
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "ledger"


def test_f6_shows_the_text_and_the_text_can_be_copied(window):
    page = visit(window, "first_page", span=MARCH)
    press(window, Qt.Key.Key_F6)
    assert page.text.isVisible()
    assert not page.table.isVisible()
    assert "一共收进6000元" in page.text.toPlainText()
    assert "李大明" not in page.text.toPlainText()
    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == page.text.toPlainText()
    assert "已经复制" in page.status()
    assert any(by == "王秀英" and what == "明白纸的念稿" for by, what, _ in logged(window))
    press(window, Qt.Key.Key_Escape)
    assert page.table.isVisible()


def test_the_checks_take_the_place_of_the_text(window):
    page = visit(window, "first_page", span=MARCH)
    press(window, Qt.Key.Key_F6)
    page.foot.unfold.click()
    assert (page.text.isVisible(), page.table.isVisible(), page.checks.isVisible()) == (False, False, True)
    page.foot.unfold.click()
    assert (page.text.isVisible(), page.table.isVisible(), page.checks.isVisible()) == (False, True, False)


def test_the_text_is_kept_as_a_file(window, tmp_path, monkeypatch):
    file = tmp_path / "念稿.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page = visit(window, "first_page", span=MARCH)
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert file.read_text(encoding="utf-8-sig") == page.text.toPlainText()
    assert str(file) in page.status()


def test_thinking_better_of_it_keeps_and_logs_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    visit(window, "first_page", span=MARCH)
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert logged(window) == []


def test_the_list_of_names_in_full_leads_to_the_voucher(window):
    page = visit(window, "unmasked", span=MARCH)
    stand_on(page, "李大明")
    assert "都有理由" in page.status()
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "voucher"


def test_both_are_reached_from_the_reports(window):
    page = visit(window, "reports")
    titles = [entry.name for entry in page.entries()]
    assert {"明白纸", "公开表上写全名的清单"} <= set(titles)


def test_both_are_reached_from_the_page_of_sheets(window):
    page = visit(window, "disclosure", span=MARCH)
    page.look_at("unmasked")
    settle(window)
    assert window.shell.pages.current_name == "unmasked"
    assert window.shell.pages.current_page().span_choice.span() == MARCH
