"""The first letter of pinyin is never lost, and the candidates stand beside the cell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.voucher_hand import Hand, commit, compose, focused
from village_ledger.ui.voucher.voucher_lines_model import Column
from village_ledger.ui.voucher.voucher_page import VoucherPage
from village_ledger.ui.voucher.voucher_route import Place
from village_ledger.ui.voucher.voucher_style import VoucherLook

TEXT_CELLS = [Column.SUMMARY, Column.ACCOUNT, Column.COUNTERPARTY, Column.PROJECT, Column.GROUP]


@pytest.fixture
def hand(qtbot, page_of, settle):
    """The voucher page with its window active."""
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


def arrive(hand, column):
    """Come to a cell of the second line by keys alone, as a typist does."""
    hand.type("x").press("Down")
    while hand.page.desk.form.grid.place != Place(1, column):
        hand.press("Tab")


@pytest.mark.parametrize("column", TEXT_CELLS)
def test_a_real_editor_with_the_input_method_on_waits_in_every_text_cell(hand, column):
    arrive(hand, column)
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert editor.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)


@pytest.mark.parametrize("column", TEXT_CELLS)
def test_the_first_letter_after_arriving_is_not_lost(hand, column):
    arrive(hand, column)
    compose("n")
    compose("ni")
    commit("你")
    assert hand.page.desk.editing.model.text(1, column) == "你"


@pytest.mark.parametrize("column", TEXT_CELLS)
def test_plain_letters_are_not_lost_either(hand, column):
    arrive(hand, column)
    hand.type("nh")
    assert hand.page.desk.editing.model.text(1, column) == "nh"


def test_the_list_of_accounts_does_not_disturb_a_word_being_composed(hand):
    arrive(hand, Column.ACCOUNT)
    hand.type("y")
    assert hand.page.desk.picker.isVisible()
    compose("h")
    assert focused() is hand.page.desk.form.grid.account_cell
    commit("银行")
    assert hand.page.desk.form.grid.account_cell.text() == "y银行"


@pytest.mark.parametrize("look", list(VoucherLook))
@pytest.mark.parametrize("column", [*TEXT_CELLS, Column.DEBIT, Column.CREDIT])
def test_the_candidates_stand_beside_the_cell(hand, column, look):
    hand.page.desk.wear(look)
    arrive(hand, column)
    grid, editor = hand.page.desk.form.grid, focused()
    cursor = editor.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    rect = cursor if isinstance(cursor, QRect) else cursor.toRect()
    there = QRect(editor.mapToGlobal(rect.topLeft()), rect.size())
    cell = grid.cell_rect(Place(1, column))
    on_screen = QRect(grid.viewport().mapToGlobal(cell.topLeft()), cell.size())
    assert on_screen.adjusted(-12, -4, 12, 4).contains(there.center())


@pytest.mark.parametrize("text", ["３", "12。5", "＝"])
def test_the_input_method_stops_neither_digits_nor_equals_in_an_amount(hand, text):
    hand.type("付电费").press("Enter").type("513").press("Enter").type("8").press("Enter")
    hand.press("Enter").type("101").press("Enter", "Enter")
    commit(text)
    assert hand.lines[1][3] == {"３": "3", "12。5": "12.5", "＝": "8.00"}[text]


def test_a_click_opens_the_editor_of_that_cell(hand, qtbot):
    grid = hand.page.desk.form.grid
    at = grid.cell_rect(Place(1, Column.SUMMARY)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert hand.cell == "第2行 摘要"
    hand.type("fu")
    assert hand.lines[1][0] == "fu"
