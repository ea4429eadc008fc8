"""Whatever locks a village's book locks the agency's workspace too, and the other way round; idle minutes hold."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.agency.agencies import BAIYUN, HEISHI, Agency, village_book
from tests.builders import LI, WANG
from tests.ui.agency_door_hand import (
    Enter,
    Rest,
    agency,
    enter,
    escape,
    front,
    inside,
    rest,
    seen,
    shut,
    village,
)
from village_ledger.exchange.agency import agency_staff
from village_ledger.settings import LOCK_AFTER
from village_ledger.ui.main_window import MainWindow

__all__ = ["agency", "enter", "inside", "rest", "shut"]


# locks


def test_a_lock_at_the_workspace_forgets_the_pin(inside: MainWindow, rest: Rest, enter: Enter) -> None:
    work = inside.session.agency
    assert work is not None
    inside._front.open("agency_staff")
    rest()
    inside.actions_by_id["lock"].trigger()
    rest()
    assert inside.agency.is_shut
    assert work.identity.pin == ""
    enter(WANG)
    assert front(inside) == "agency_staff"
    assert inside.session.agency is work


def test_somebody_else_who_unlocks_begins_at_the_first_page(
    inside: MainWindow, rest: Rest, enter: Enter
) -> None:
    inside._front.open("agency_staff")
    rest()
    inside.actions_by_id["lock"].trigger()
    enter(LI)
    assert front(inside) == "agency"
    assert inside.session.agency is not None
    assert inside.session.agency.identity.name == LI


def test_a_lock_in_a_village_locks_the_workspace_too(
    inside: MainWindow, agency: Agency, rest: Rest, enter: Enter
) -> None:
    village(inside, agency, BAIYUN, rest)
    inside.actions_by_id["lock"].trigger()
    rest()
    assert inside.door.is_shut
    enter(WANG)
    assert (inside.door.is_shut, inside.session.by) == (False, WANG)
    escape(inside, rest)
    assert inside.agency.is_shut
    enter(WANG)
    assert front(inside) == "agency"


def test_a_locked_village_can_be_put_away(inside: MainWindow, agency: Agency, rest: Rest) -> None:
    village(inside, agency, BAIYUN, rest)
    inside.actions_by_id["lock"].trigger()
    rest()
    assert inside.door.screen is not None
    inside.door.screen.leave.click()
    rest()
    assert not inside.session.is_open
    assert inside.agency.is_shut


def test_another_who_sits_down_in_a_village_is_nobody_at_the_agency(
    inside: MainWindow, agency: Agency, rest: Rest, enter: Enter
) -> None:
    village(inside, agency, BAIYUN, rest)
    assert inside.shell is not None
    inside.shell.top.person.click()
    enter(LI)
    assert inside.session.by == LI
    escape(inside, rest)
    assert inside.agency.is_shut


def test_idle_minutes_lock_the_workspace(inside: MainWindow, rest: Rest, enter: Enter) -> None:
    inside.preferences.set(LOCK_AFTER, "5")
    inside.actions_by_id["lock"].trigger()
    enter(WANG)
    idle = inside.agency.idle
    assert idle.are_running
    assert idle.timer.interval() == 5 * 60_000
    inside.preferences.set(LOCK_AFTER, "30")
    QTest.keyClick(inside, Qt.Key.Key_Shift)
    assert idle.timer.interval() == 30 * 60_000
    idle.timer.timeout.emit()
    rest()
    assert inside.agency.is_shut
    assert not idle.are_running


def test_idle_minutes_hold_in_a_village_too(inside: MainWindow, agency: Agency, rest: Rest) -> None:
    village(inside, agency, BAIYUN, rest)
    assert inside.door.idle.are_running
    inside.door.idle.timer.timeout.emit()
    rest()
    assert inside.door.is_shut
    assert inside.session.agency is not None
    assert inside.session.agency.identity.pin == ""


def test_a_village_without_staff_does_not_keep_the_workspace_open(
    inside: MainWindow, agency: Agency, rest: Rest, tmp_path: Path
) -> None:
    agency.keep(village_book(tmp_path, HEISHI, staffed=False))
    village(inside, agency, HEISHI, rest)
    inside.agency.idle.timer.timeout.emit()
    assert not inside.agency.is_shut  # the book has no door; the workspace asks when one comes back
    escape(inside, rest)
    assert inside.agency.is_shut


def test_never_means_never(inside: MainWindow, enter: Enter, rest: Rest) -> None:
    inside.preferences.set(LOCK_AFTER, "never")
    inside.actions_by_id["lock"].trigger()
    enter(WANG)
    assert not inside.agency.idle.are_running


def test_signs_of_life_do_not_start_what_does_not_run(shut: MainWindow) -> None:
    QTest.keyClick(shut, Qt.Key.Key_Shift)
    assert not shut.agency.idle.are_running


def test_who_was_dismissed_meanwhile_gets_into_no_village(
    inside: MainWindow, agency: Agency, rest: Rest
) -> None:
    agency_staff.change_workspace(
        agency.path,
        lambda now: agency_staff.with_member(
            now, agency_staff.replace(agency.member(WANG), left_at="2025-01-01T00:00:00")
        ),
    )
    village(inside, agency, BAIYUN, rest)
    page = seen(inside)
    assert page.slip.notice is not None
    assert "已经离开" in page.slip.notice.what
    inside.actions_by_id["lock"].trigger()
    rest()
    assert inside.agency.screen is not None
    assert inside.agency.screen.who.findText(WANG) == -1
