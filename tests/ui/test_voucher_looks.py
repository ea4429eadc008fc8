"""The voucher page as it is drawn: both looks, all sizes, high contrast, small screens; nothing is cut."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton

from tests.builders import COMMITTEE
from tests.ui.voucher_hand import Hand
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.voucher.voucher_lines_model import Column
from village_ledger.ui.voucher.voucher_page import VoucherPage
from village_ledger.ui.voucher.voucher_paint import WIDEST_BOXED_FEN, boxed, caret_box, typed_boxes
from village_ledger.ui.voucher.voucher_style import BOX_UNITS, BOXES, VoucherLook


@pytest.fixture
def hand(qtbot, page_of, settle):
    """The voucher page with its window active."""
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


LONG = "收" + "果园承包款" * 12
LINES = [
    DraftLine(
        LONG,
        "113",
        "99999999999.99",
        "",
        counterparty="青川县新能源开发有限责任公司",
        project="2025年运转补助",
        group="二组",
    ),
    DraftLine("付电费", "101", "", "-3914.50"),
]


# The eleven boxes


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (138640, "     138640"),
        (5, "        005"),
        (WIDEST_BOXED_FEN, "99999999999"),
        (-264000, "    -264000"),
    ],
)
def test_digits_fill_the_boxes_from_the_right(fen, shown):
    assert "".join(char or " " for char in boxed(fen) or []) == shown


@pytest.mark.parametrize("fen", [WIDEST_BOXED_FEN + 1, -WIDEST_BOXED_FEN])
def test_beyond_nine_digits_of_yuan_figures_are_shown_plain(fen):
    assert boxed(fen) is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1386", "     1386  "),
        ("1386.", "     1386  "),
        ("1386.4", "     13864 "),
        ("1386.40", "     138640"),
        (".5", "         5 "),
        ("-8", "       -8  "),
        ("", "           "),
    ],
)
def test_typed_digits_end_at_yuan_and_the_point_jumps_to_jiao(typed, shown):
    assert "".join(char or " " for char in typed_boxes(typed) or []) == shown


@pytest.mark.parametrize("typed", ["12*3", "1.2万", "1234567890", "1.234"])
def test_what_is_no_plain_figure_is_shown_as_text(typed):
    assert typed_boxes(typed) is None


def test_the_caret_stands_behind_the_digit_typed_last():
    assert caret_box("1386", 4) == 9
    assert caret_box("1386.4", 6) == 10
    assert caret_box("1386.40", 7) == BOXES
    assert caret_box("1386", 0) == 5
    assert len(BOX_UNITS) == BOXES


def test_lines_are_heavier_after_million_and_thousand_and_red_before_jiao(hand):
    form = hand.page.desk.form
    grid, style = form.grid, form.grid.form_style
    image = grid.viewport().grab().toImage()
    row = grid.visualRect(grid.lines.index(1, Column.DEBIT))
    at = {box: QColor(image.pixel(row.left() + style.box * box, row.center().y())) for box in range(1, BOXES)}
    assert at[9] == style.red
    assert at[3] == at[6] == style.accent
    assert at[1] == at[2] == style.hair


# Screens


def cut(page):
    """Buttons and fields in view that reach beyond the page."""
    beyond = []
    for widget in page.findChildren(QAbstractButton):
        if widget.isVisible():
            corner = widget.mapTo(page, widget.rect().bottomRight())
            if corner.x() > page.width() or corner.y() > page.height():
                beyond.append(widget.accessibleName())
    return beyond


@pytest.mark.parametrize("look", list(VoucherLook))
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("colours", ["paper", "high"])
def test_every_look_and_size_is_drawn_with_nothing_cut(hand, theme, look, size, colours):
    page = hand.page
    theme.choose_colours(colours)
    theme.choose_size(size)
    page.desk.editing.load(Draft("collective", "2025-03-08", lines=LINES), page.desk.editing.model.chart)
    page.desk.wear(look)
    page.resize(1240, 640)
    image = page.grab().toImage()
    assert image.format() != QImage.Format.Format_Invalid
    assert (
        len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 4
    )
    assert cut(page) == []
    assert page.minimumSizeHint().width() <= 683


@pytest.mark.parametrize("look", list(VoucherLook))
def test_at_200_percent_on_a_small_screen_every_button_is_inside_and_the_cell_in_view(hand, look):
    page = hand.page
    page.desk.wear(look)
    page.resize(600, 300)
    hand.type("付电费").press("Enter").type("513").press("Enter").type("8").press("Enter")
    page.grab()
    assert cut(page) == []
    editor = page.desk.form.grid.editor
    top_left = editor.mapTo(page, editor.rect().topLeft())
    assert 0 <= top_left.x() < page.width()
    assert 0 <= top_left.y() < page.height()
    assert page.desk.form.grid.form_style.box == 0


def test_the_narrow_line_makes_its_row_taller_and_is_typed_in_place(hand):
    grid = hand.page.desk.form.grid
    before = grid.rowHeight(0)
    hand.type("收承包款").press("Enter").type("113").press("Enter")
    assert grid.rowHeight(0) == before + grid.form_style.narrow
    account = grid.visualRect(grid.lines.index(0, Column.ACCOUNT))
    assert account.adjusted(-8, -8, 8, 8).contains(grid.editor.geometry())


def test_the_plain_totals_follow_the_last_line(hand):
    desk = hand.page.desk
    desk.wear(VoucherLook.PLAIN)
    hand.page.grab()
    grid = desk.form.grid
    assert grid.height() <= grid.form_style.head + grid.verticalHeader().length() + 2


def test_the_committees_form_is_indigo(hand, session, theme, settle):
    hand.page.leave()
    session.switch_ledger(COMMITTEE)
    theme.lead_with(session.kind)
    hand.page.reload()
    settle()
    assert hand.page.desk.form.grid.form_style.accent == QColor(theme.tokens.colour.indigo.strong)


def test_changing_the_size_keeps_the_cell_and_what_is_typed(hand, theme):
    hand.type("付电费").press("Enter").type("5")
    theme.choose_size(Size.HUGE)
    assert hand.cell == "第1行 会计科目"
    assert hand.lines[0][:2] == ("付电费", "5")
    hand.type("13").press("Enter")
    assert hand.lines[0][1] == "513"
