"""The door of a book with staff: nothing is done before a PIN, a lock keeps the draft, another may sit down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.builders import LI, QIAN, WANG, Village, pin_of
from tests.ui.voucher_hand import Hand
from village_ledger.settings import LOCK_AFTER
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.voucher.voucher_page import VoucherPage

OpenIn = Callable[[MainWindow, Path], None]


@pytest.fixture
def code(village: Village) -> str:
    """The recovery code of the village with four staff, whose book is closed again."""
    made = village.hire_four()
    village.book.close()
    return made


@pytest.fixture
def shut(qtbot: QtBot, window: MainWindow, code: str, village: Village, open_in: OpenIn) -> MainWindow:
    """The window before the door of that book."""
    del code
    open_in(window, village.path)
    return window


@pytest.fixture
def enter(qtbot: QtBot) -> Callable[[MainWindow, str, str], None]:
    """Type a name and a PIN at the door."""

    def enter(window: MainWindow, name: str, pin: str) -> None:
        screen = window.door.screen
        assert screen is not None
        screen.choose(name)
        screen.pin.setText(pin)
        QTest.keyClick(screen.pin, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not window.operations.busy)

    return enter


Enter = Callable[[MainWindow, str, str], None]


def test_nothing_is_done_before_a_pin(shut: MainWindow) -> None:
    assert shut.door.is_shut
    assert shut.session.by == ""
    for name in ("new_voucher", "find", "print", "other_ledger", "lock"):
        assert not shut.actions_by_id[name].isEnabled()
    assert shut.actions_by_id["larger"].isEnabled()
    QTest.keyClick(shut, Qt.Key.Key_Escape)
    assert shut.door.is_shut


def test_a_wrong_pin_is_said_and_the_right_one_opens(shut: MainWindow, enter: Enter) -> None:
    enter(shut, WANG, "wrong-1")
    screen = shut.door.screen
    assert screen is not None
    assert screen.slip.notice is not None
    assert "还可以试 4 次" in screen.slip.notice.what
    assert screen.pin.text() == ""
    enter(shut, WANG, pin_of(WANG))
    assert not shut.door.is_shut
    assert shut.session.by == WANG
    assert shut.session.roles_words == "制单 · 记账"
    assert shut.actions_by_id["new_voucher"].isEnabled()


def test_the_end_of_a_lock_out_is_said(shut: MainWindow, enter: Enter) -> None:
    for _ in range(5):
        enter(shut, WANG, "wrong-1")
    screen = shut.door.screen
    assert screen is not None
    assert screen.slip.notice is not None
    assert "以前不能再试" in screen.slip.notice.what


def test_whoever_does_not_prepare_has_no_new_voucher(shut: MainWindow, enter: Enter) -> None:
    enter(shut, QIAN, pin_of(QIAN))
    assert not shut.actions_by_id["new_voucher"].isEnabled()
    assert shut.session.only_looks


def test_a_lock_keeps_the_draft(shut: MainWindow, enter: Enter, qtbot: QtBot) -> None:
    enter(shut, WANG, pin_of(WANG))
    assert shut.shell is not None
    shut.shell.pages.open("voucher")
    qtbot.waitUntil(lambda: not shut.operations.busy)
    page = shut.shell.pages.current_page()
    assert isinstance(page, VoucherPage)
    hand = Hand(page).type("收果园承包款").press("Enter").type("101").press("Enter")
    typed = hand.filled
    shut.actions_by_id["lock"].trigger()
    qtbot.waitUntil(lambda: not shut.operations.busy)
    assert shut.door.is_shut
    assert shut.session.book.signed_in == ""
    enter(shut, WANG, pin_of(WANG))
    assert shut.shell.pages.current_name == "voucher"
    assert hand.filled == typed
    assert [draft.by for draft in shut.session.reader.drafts()] == [WANG]


def test_another_sits_down_with_a_pin_of_their_own(shut: MainWindow, enter: Enter, qtbot: QtBot) -> None:
    enter(shut, WANG, pin_of(WANG))
    assert shut.shell is not None
    shut.shell.top.person.click()
    assert shut.door.is_shut
    QTest.keyClick(shut, Qt.Key.Key_Escape)
    assert not shut.door.is_shut
    assert shut.session.by == WANG
    shut.shell.top.person.click()
    enter(shut, LI, pin_of(WANG))
    assert shut.session.by == WANG
    enter(shut, LI, pin_of(LI))
    assert shut.session.by == LI
    assert shut.session.book.signed_in == LI


def test_the_sealed_code_at_the_door(shut: MainWindow, code: str, qtbot: QtBot) -> None:
    screen = shut.door.screen
    assert screen is not None
    screen.forgot.click()
    screen.choose(WANG)
    screen.code.setText(code)
    screen.new_pin.setText("xin-mima-8")
    screen.again.setText("xin-mima-9")
    screen.enter.click()
    assert screen.slip.notice is not None
    assert "不一样" in screen.slip.notice.what
    screen.again.setText("xin-mima-8")
    screen.enter.click()
    qtbot.waitUntil(lambda: not shut.operations.busy)
    assert shut.session.by == WANG


def test_idle_minutes_lock_and_a_key_begins_them_anew(shut: MainWindow, enter: Enter) -> None:
    shut.preferences.set(LOCK_AFTER, "5")
    enter(shut, WANG, pin_of(WANG))
    idle = shut.door.idle
    assert idle.are_running
    assert idle.timer.interval() == 5 * 60_000
    shut.preferences.set(LOCK_AFTER, "30")
    QTest.keyClick(shut, Qt.Key.Key_Shift)
    assert idle.timer.interval() == 30 * 60_000
    idle.timer.timeout.emit()
    assert shut.door.is_shut
    assert not idle.are_running


def test_whoever_chooses_never_is_not_locked_out_by_minutes_already_running(
    shut: MainWindow, enter: Enter
) -> None:
    shut.preferences.set(LOCK_AFTER, "5")
    enter(shut, WANG, pin_of(WANG))
    shut.preferences.set(LOCK_AFTER, "never")
    QTest.keyClick(shut, Qt.Key.Key_Shift)
    assert not shut.door.idle.are_running


def test_a_click_at_the_door_counts_no_minutes(shut: MainWindow) -> None:
    QTest.keyClick(shut, Qt.Key.Key_Shift)
    assert not shut.door.idle.are_running


def test_a_book_without_staff_has_no_door(window: MainWindow, village: Village, open_in: OpenIn) -> None:
    village.book.close()
    open_in(window, village.path)
    assert not window.door.is_shut
    window.door.lock()
    assert not window.door.is_shut


def test_the_name_field_of_the_settings_goes_with_the_first_member_of_staff(
    shut: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    enter(shut, WANG, pin_of(WANG))
    assert shut.shell is not None
    shut.shell.pages.jump("settings")
    qtbot.waitUntil(lambda: not shut.operations.busy)
    shut.session.sit_down("路人")
    assert shut.session.by == WANG


def test_a_reopening_in_the_window_wants_the_approvers_pin(
    shut: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    from village_ledger.domain.period import Month, MonthState
    from village_ledger.services.closing.closing import close
    from village_ledger.ui.closing.month_forms import ReopenPage

    enter(shut, WANG, pin_of(WANG))
    january, code = Month(2025, 1), shut.session.ledger_code
    shut.operations.run("结账", lambda uow, _: close(uow, code, january))
    assert shut.shell is not None
    shut.shell.pages.open("reopen_month", month=january)
    page = shut.shell.pages.current_page()
    assert isinstance(page, ReopenPage)
    page.approver.setText(LI)
    page.reason.setText("漏记一张")
    for pin, state in (("wrong-1", MonthState.CLOSED), (pin_of(LI), MonthState.OPEN)):
        page.pin.setText(pin)
        page.action("act").trigger()
        qtbot.waitUntil(lambda: not shut.operations.busy)
        assert shut.session.reader.months(code)[0].state is state
