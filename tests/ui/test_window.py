"""The whole window: what is drawn around the pages, and a book opened in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit

from tests.builders import WANG, draft
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import UnbalancedVoucher
from village_ledger.domain.period import Month, MonthState
from village_ledger.ui.desk.settings_page import SettingsPage
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.pages import NAV_LOWER, NAV_UPPER
from village_ledger.ui.widgets.focus_ring import FocusWatch
from village_ledger.ui.widgets.month_strip import MonthStrip
from village_ledger.ui.widgets.stamp import Stamp, stamp_words

NAV_NAMES = [name for name, _, _ in (*NAV_UPPER, *NAV_LOWER)]


@pytest.fixture
def year(village):
    """A small year: income and expense in both ledgers, one voucher unreviewed, one reviewed."""
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.posted("2025-05-20", "付路灯电费", "借 513 300; 贷 101 300")
    village.entered("2025-05-21", "付办公费", "借 513 12.50; 贷 101 12.50")
    village.reviewed("2025-05-22", "付办公费", "借 513 10; 贷 101 10")
    return village


# Drawn


def inks(image: QImage) -> set[str]:
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


def test_stamps_are_told_apart_by_shape_before_colour(qtbot, theme):
    corners = {}
    for kind in LedgerKind:
        stamp = Stamp(theme, kind, stamp_words("青山村", kind))
        qtbot.addWidget(stamp)
        stamp.resize(stamp.sizeHint())
        image = stamp.grab().toImage()
        accent = theme.accent_of(kind).strong.lower()
        assert accent in inks(image)
        corners[kind] = QColor(image.pixel(3, 3)).name() == accent
    assert corners == {LedgerKind.COLLECTIVE: True, LedgerKind.COMMITTEE: False}


def test_stamp_words_name_village_and_ledger():
    assert stamp_words("青山村", LedgerKind.COLLECTIVE) == "青山\n集体"
    assert stamp_words("大青山村", LedgerKind.COMMITTEE) == "大青\n村委"


def test_the_month_strip_says_the_state_and_walks_by_keys(qtbot, theme, village):
    village.close_month("2025-01")
    village.set_month("2025-02", MonthState.SEALED)
    strip = MonthStrip(theme)
    qtbot.addWidget(strip)
    strip.show_months(village.reader.months("collective"), Month(2025, 2))
    assert strip.accessibleName() == "2025年2月，封"
    strip.resize(strip.sizeHint())
    assert theme.tokens.colour.red.lower() in inks(strip.grab().toImage())
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert chosen.args == [Month(2025, 1)]


def test_a_month_the_book_does_not_have_cannot_be_chosen(qtbot, theme, village):
    strip = MonthStrip(theme)
    qtbot.addWidget(strip)
    strip.show_months(village.reader.months("collective"), Month(2025, 1))
    chosen: list[Month] = []
    strip.chosen.connect(chosen.append)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    qtbot.keyClick(strip, Qt.Key.Key_Up)
    assert chosen == []


@pytest.mark.parametrize("kind", list(LedgerKind))
def test_the_focus_box_has_the_ledgers_colour(qtbot, theme, kind):
    theme.lead_with(kind)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 38)
    field.show()
    watch = FocusWatch(theme, field)
    assert theme.colour("focus").name() not in inks(field.grab().toImage())
    watch._follow(None, field)
    assert theme.colour("focus").name() in inks(field.grab().toImage())
    watch._follow(field, None)
    assert theme.colour("focus").name() not in inks(field.grab().toImage())


# The whole window


def test_the_window_opens_a_book_at_its_home_page(window, open_in, year):
    path = year.path
    year.book.close()
    open_in(window, path)
    assert window.shell.pages.current_name == "home"
    assert window.windowTitle() == "青山村 · 村账"
    assert window.theme.kind is None
    assert "F12" in [key for key, _ in window.shell.hints()]


def test_f12_switches_everywhere_and_the_frame_follows(window, open_in, qtbot, village):
    village.book.close()
    open_in(window, village.path)
    window.shell.pages.jump("voucher_list")
    assert window.theme.kind is LedgerKind.COLLECTIVE
    window.actions_by_id["other_ledger"].trigger()
    assert window.theme.kind is LedgerKind.COMMITTEE
    qtbot.waitUntil(lambda: not window.operations.busy)


def test_a_draft_found_again_is_offered_with_its_time(window, open_in, village, qtbot):
    village.autosave(draft("2025-03-08", "收果园承包款", "借 101 6200; 贷 501"))
    saved_at = village.reader.drafts()[0].saved_at
    village.book.close()
    window.preferences.remember_person(village.path, WANG)
    open_in(window, village.path)
    bar = window.shell.bars.itemAt(0).widget()
    assert saved_at[11:16] in bar.sentence.text()
    bar.buttons[0].click()
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert window.shell.pages.current_name == "voucher"
    assert window.shell.bars.count() == 0


def test_who_has_not_said_the_name_is_asked_for_it_once(window, open_in, village, qtbot):
    village.book.close()
    open_in(window, village.path)
    bar = window.shell.bars.itemAt(0).widget()
    assert "还没有写您的名字" in bar.sentence.text()
    bar.buttons[0].click()
    page = window.shell.pages.current_page()
    assert isinstance(page, SettingsPage)
    page.person.setText(WANG)
    qtbot.keyClick(page.person, Qt.Key.Key_Return)
    assert window.shell.bars.count() == 0
    assert window.preferences.people(village.path) == [WANG]


def test_a_second_window_gets_the_book_read_only_and_says_who_has_it(window, open_in, village):
    open_in(window, village.path)
    assert window.session.read_only
    bar = window.shell.bars.itemAt(0).widget()
    assert WANG in bar.sentence.text()
    assert "只能查看" in bar.sentence.text()
    assert not window.actions_by_id["new_voucher"].isEnabled()


def test_an_error_is_said_in_the_page_and_esc_folds_it(window, open_in, village, qtbot):
    village.book.close()
    open_in(window, village.path)
    window.operations.refused.emit(UnbalancedVoucher(100, 90))
    page = window.shell.pages.current_page()
    assert page.slip.isVisible()
    assert "L-121" in window.status.words
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not page.slip.isVisible()


def test_closing_the_window_gives_the_book_back(window, open_in, village):
    village.book.close()
    open_in(window, village.path)
    assert not window.session.read_only
    window.close()
    again = type(village)(village.path)
    assert not again.book.read_only
    again.book.close()


def test_no_entry_of_the_left_bar_is_dead(window, open_in, village, qtbot):
    village.book.close()
    open_in(window, village.path)
    for entry in window.shell.nav.entries:
        entry.click()
        qtbot.waitUntil(lambda: not window.operations.busy)
        assert window.shell.pages.current_name == entry.name
        assert [e.name for e in window.shell.nav.entries if e.isChecked()] == [entry.name]


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("colours", ["paper", "high"])
def test_nothing_is_larger_than_the_smallest_screen(window, open_in, village, size, colours, qtbot):
    village.book.close()
    window.theme.choose_size(size)
    window.theme.choose_colours(colours)
    open_in(window, village.path)
    for name in (*NAV_NAMES, "voucher"):
        window.shell.pages.jump(name)
        qtbot.waitUntil(lambda: not window.operations.busy)
        hint = window.minimumSizeHint()
        assert hint.width() <= 1366, name
        assert hint.height() <= 728, name
