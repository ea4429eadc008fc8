"""A public sheet as figures in the window: from sheet to sheet, from a figure to its entries, from an entry to its voucher."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import Village
from tests.ui.window_hand import press, visit
from village_ledger.domain.period import Month, Span

MARCH = Span.of_month(Month(2025, 3))


@pytest.fixture
def window(window, open_in, tmp_path):
    """Rent received, street lights paid; 王秀英 at the keyboard."""
    with Village.found(tmp_path) as village:
        village.posted("2025-03-04", "收租金", "借 102 6000; 贷 501 6000")
        village.posted("2025-03-05", "付路灯电费", "借 514 200; 贷 102 200")
        path = village.path
    open_in(window, path)
    window.session.sit_down("王秀英")
    window.session.go_to_month(Month(2025, 3))
    return window


def stand_on(page, word: str) -> None:
    rows = [tuple(map(str, row.cells)) for row in page.made.rows]
    page.table.go_to_row(next(place for place, cells in enumerate(rows) if word in cells))


def test_an_item_of_sheet_b_leads_to_its_entries_and_on_to_the_voucher(window):
    page = visit(window, "sheet_rows", sheet="disclosure-items", span=MARCH)
    assert page.made.report == "disclosure-items"
    stand_on(page, "经营收入（卖产品、出租、服务）")
    press(window, Qt.Key.Key_Return)
    listed = window.shell.pages.current_page()
    assert listed.made.title == "第 8 项 经营收入（卖产品、出租、服务）"
    assert [row.cells[-1] for row in listed.made.rows] == [6000_00, 6000_00]
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "voucher"
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    assert window.shell.pages.current_page() is page


def test_ctrl_page_down_goes_from_sheet_to_sheet(window):
    page = visit(window, "sheet_rows", sheet="disclosure", span=MARCH)
    press(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.made.report == "disclosure-items"
    press(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.made.report == "disclosure-summary"
    assert page.sheets.currentData() == "disclosure-summary"


def test_a_line_of_sheet_a_leads_to_its_voucher_and_a_purse_to_its_ledger(window):
    page = visit(window, "sheet_rows", sheet="disclosure", span=MARCH)
    stand_on(page, "付路灯电费")
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "voucher"
    page = visit(window, "sheet_rows", sheet="disclosure-money", span=MARCH)
    stand_on(page, "银行存款")
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "ledger"


def test_on_paper_it_goes_from_the_page_of_paper(window, qtbot):
    visit(window, "sheet_rows", sheet="disclosure-money", span=MARCH)
    press(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=20_000)
    assert window.shell.pages.current_name == "disclosure"
    assert window.shell.pages.current_page().sheets.currentData() == "disclosure-money"


def test_the_page_of_paper_leads_to_the_figures(window, qtbot):
    page = visit(window, "disclosure", sheet="disclosure-claims", span=MARCH)
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=20_000)
    page.look_into()
    rows = window.shell.pages.current_page()
    assert (window.shell.pages.current_name, rows.report) == ("sheet_rows", "disclosure-claims")
    assert rows.span_choice.span() == MARCH
