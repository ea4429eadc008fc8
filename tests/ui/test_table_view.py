"""The table of figures under keys and mouse, at any size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest

from tests.ui.test_table_models import BALANCES, OPENING, Entries, month_sums
from village_ledger.reports.table import Column, Role, Row, Table
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.tables.paged_model import PagedModel
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable

MILLION = 1_000_000


@pytest.fixture
def table(qtbot, theme):
    made = FigureTable(theme, "明细账")
    qtbot.addWidget(made)
    made.resize(1100, 500)
    made.show()
    return made


@pytest.fixture
def balances(table):
    model = TableModel(BALANCES)
    table.show_model(model, model.totals_model())
    table.setFocus()
    return table


def press(table: FigureTable, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(table.view, key)


def test_arrows_enter_and_space_speak_of_the_current_row(qtbot, balances):
    balances.go_to_row(0)
    press(balances, Qt.Key.Key_Down)
    with qtbot.waitSignal(balances.opened) as opened:
        press(balances, Qt.Key.Key_Return)
    with qtbot.waitSignal(balances.marked) as marked:
        press(balances, Qt.Key.Key_Space)
    assert opened.args == [1]
    assert marked.args == [1]


def test_home_and_end_go_to_the_first_and_last_of_a_million_rows(table):
    table.show_model(PagedModel(Entries(MILLION), [OPENING, *month_sums(MILLION)]))
    press(table, Qt.Key.Key_End)
    assert table.row == MILLION + 2
    press(table, Qt.Key.Key_Home)
    assert table.row == 0


def test_select_all_selects_nothing_more(table):
    entries = Entries(MILLION)
    table.show_model(PagedModel(entries, [OPENING]))
    table.go_to_row(7)
    QTest.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    table.view.selectAll()
    assert [index.row() for index in table.view.selectionModel().selectedRows()] == [7]


def test_typing_does_not_search_through_the_rows(table):
    entries = Entries(MILLION)
    table.show_model(PagedModel(entries, [OPENING]))
    table.go_to_row(0)
    fetched = len(entries.asked)
    QTest.keyClicks(table.view, "999")
    assert table.row == 0
    assert len(entries.asked) == fetched


def test_only_what_is_seen_is_fetched(table):
    entries = Entries(MILLION)
    table.show_model(PagedModel(entries, [OPENING]))
    table.grab()
    table.view.verticalScrollBar().setValue(MILLION // 2)
    table.grab()
    assert len(entries.asked) <= 4


def test_escape_is_left_to_the_window(balances):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    balances.view.keyPressEvent(event)
    assert not event.isAccepted()


def test_the_row_is_copied_as_spreadsheets_take_it(balances):
    balances.go_to_row(1)
    QTest.keyClick(balances.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "102\t银行存款\t356,480.25\t"


def test_left_and_right_fold_and_unfold(qtbot, balances):
    balances.go_to_row(1)
    with qtbot.waitSignal(balances.sideways) as moved:
        press(balances, Qt.Key.Key_Right)
    assert moved.args == [1, 1]


def test_totals_stand_below_with_the_same_column_widths(balances):
    widths = [balances.view.columnWidth(place) for place in range(4)]
    assert [balances.totals.columnWidth(place) for place in range(4)] == widths
    assert balances.totals.isVisible()
    assert balances.totals.height() == balances.style_of.row
    assert balances.totals.y() > balances.view.y()


def test_columns_fill_the_sheet(balances):
    assert sum(balances.view.columnWidth(place) for place in range(4)) == balances.view.viewport().width()


@pytest.mark.parametrize("size", list(Size))
def test_no_amount_is_cut_at_any_size(table, theme, size):
    theme.choose_size(size)
    row = Row(Role.DETAIL, ("101", "库存现金", 999_999_999_999_999, -999_999_999_999_999))
    model = TableModel(replace_rows(row))
    table.show_model(model)
    for place in (2, 3):
        needed = table.style_of.width_of(model.text(0, place), bold=True) + 2 * theme.px.cell
        assert table.view.columnWidth(place) >= needed
    assert table.view.rowHeight(0) == theme.px.table_row


def replace_rows(*rows: Row) -> Table:
    return Table("trial-balance", "科目余额表", "青山村", "collective", "合作社", BALANCES.columns, rows)


def test_a_new_size_changes_rows_at_once(balances, theme: Theme):
    theme.choose_size(Size.HUGE)
    assert balances.view.rowHeight(0) == theme.px.table_row
    assert balances.totals.height() == theme.px.table_row


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def cell_image(table: FigureTable, row: int, column: int) -> QImage:
    model = table.view.model()
    rect = table.view.visualRect(model.index(row, column))
    return table.view.viewport().grab(rect).toImage()


def test_an_amount_below_zero_is_red_and_keeps_its_minus(table, theme):
    row = Row(Role.DETAIL, ("102", "银行存款", -264_000, 264_000))
    model = TableModel(replace_rows(row, row))
    table.show_model(model)
    table.go_to_row(1)
    red = QColor(theme.tokens.colour.red).name()
    assert model.text(0, 2) == "-2,640.00"
    assert red in colours(cell_image(table, 0, 2))
    assert red not in colours(cell_image(table, 0, 3))


def test_month_sums_stand_between_red_rules(table, theme):
    table.show_model(PagedModel(Entries(2), [OPENING, *month_sums(2)]))
    table.go_to_row(0)
    red = QColor(theme.tokens.colour.red).name()
    assert red in colours(cell_image(table, 3, 2))
    assert red not in colours(cell_image(table, 1, 2))


def test_the_current_row_is_tinted_and_barred(balances, theme):
    balances.go_to_row(2)
    image = cell_image(balances, 2, 0)
    assert image.pixelColor(image.width() - 2, 3).name() == theme.colour("tint").name()
    assert image.pixelColor(0, 3).name() != theme.colour("tint").name()
    assert theme.colour("tint").name() not in colours(cell_image(balances, 0, 0))


def test_a_click_on_a_voucher_number_opens_it(qtbot, table):
    table.show_model(PagedModel(Entries(3), [OPENING]))
    place = table.view.visualRect(table.view.model().index(2, 1)).center()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert opened.args == [2]


def test_an_empty_table_says_why(table):
    table.set_empty_words("这个月还没有凭证。")
    table.show_model(TableModel(replace_rows()))
    empty = table.view.viewport().grab().toImage()
    table.set_empty_words("")
    assert empty != table.view.viewport().grab().toImage()


def test_heads_with_groups_have_two_storeys(table):
    model = TableModel(BALANCES)
    table.show_model(model)
    grouped = table.view.horizontalHeader().height()
    plain = tuple(Column(c.key, c.label, c.kind, c.width_mm) for c in BALANCES.columns)
    flat = Table("trial-balance", "科目余额表", "青山村", "collective", "合作社", plain, BALANCES.rows)
    table.show_model(TableModel(flat))
    assert table.view.horizontalHeader().height() < grouped


def test_table_and_totals_have_names_for_screen_readers(balances):
    assert balances.view.accessibleName() == "明细账"
    assert balances.totals.accessibleName() == "明细账合计"


def test_kinds_of_columns_have_their_delegates(balances):
    names = [type(balances.view.itemDelegateForColumn(place)).__name__ for place in range(4)]
    assert names == ["TextDelegate", "TextDelegate", "MoneyDelegate", "MoneyDelegate"]
