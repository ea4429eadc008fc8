"""An agency's workspace opens like a book: one PIN, every village already signed in, the way back, locks that hold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.agency.agencies import BAIYUN, HEISHI, OFFICE, QINGSHAN, Agency, village_book
from tests.builders import QIAN, WANG, pin_of
from tests.ui.agency_door_hand import (
    NEW,
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
from village_ledger.services.staff import staff
from village_ledger.ui.main_window import MainWindow

__all__ = ["agency", "enter", "inside", "rest", "shut"]


# the door


def test_nothing_is_seen_before_the_pin(shut: MainWindow) -> None:
    assert shut.agency.is_shut
    assert shut.session.agency is None
    assert not shut.actions_by_id["lock"].isEnabled()
    assert OFFICE in shut.status._said
    QTest.keyClick(shut, Qt.Key.Key_Escape)
    assert shut.agency.is_shut


def test_the_right_pin_leads_to_the_first_page(inside: MainWindow, agency: Agency) -> None:
    assert not inside.agency.is_shut
    assert front(inside) == "agency"
    assert inside.session.agency is not None
    assert inside.session.agency.identity == agency.sign_in(WANG)
    assert inside.preferences.recent()[0].village == OFFICE


def test_a_wrong_pin_is_counted_and_said(shut: MainWindow, agency: Agency, enter: Enter) -> None:
    enter(WANG, "wrong-1")
    screen = shut.agency.screen
    assert screen is not None
    assert screen.slip.notice is not None
    assert "还可以试 4 次" in screen.slip.notice.what
    assert screen.pin.text() == ""
    assert agency.member(WANG).failures == 1
    for _ in range(4):
        enter(WANG, "wrong-1")
    assert "以前不能再试" in screen.slip.notice.what
    enter(WANG)
    assert shut.agency.is_shut


def test_the_next_time_the_same_name_is_offered(inside: MainWindow, agency: Agency, rest: Rest) -> None:
    escape(inside, rest)
    inside.open_path(agency.path)
    rest()
    assert inside.agency.screen is not None
    assert inside.agency.screen.who.currentText() == WANG


def test_back_at_the_start_page_the_workspace_is_put_away(inside: MainWindow, rest: Rest) -> None:
    escape(inside, rest)
    assert front(inside) == "start"
    assert inside.session.agency is None
    inside.actions_by_id["lock"].trigger()
    assert not inside.agency.is_shut


def test_the_door_can_be_left(shut: MainWindow) -> None:
    assert shut.agency.screen is not None
    shut.agency.screen.leave.click()
    assert not shut.agency.is_shut
    assert front(shut) == "start"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "是空文件"), (b"{", "缺了内容"), (json.dumps({"kind": "shop"}).encode(), "不是代管工作区")],
)
def test_a_file_that_is_none_is_said_on_the_start_page(
    window: MainWindow, agency: Agency, rest: Rest, content: bytes, sentence: str
) -> None:
    agency.path.write_bytes(content)
    window.show_start()
    window.open_path(agency.path)
    rest()
    page = seen(window)
    assert page.slip.notice is not None
    assert sentence in page.slip.notice.what


def test_the_start_page_says_how_a_workspace_is(inside: MainWindow, agency: Agency, rest: Rest) -> None:
    agency.path.write_bytes(b"{")
    escape(inside, rest)
    (row,) = [row for row in seen(inside)._rows if row.path == agency.path]
    assert "缺了内容" in row._place.text()


def test_a_villages_sealed_code_at_the_door(shut: MainWindow, agency: Agency, rest: Rest) -> None:
    with agency.village(BAIYUN) as one, one.act(QIAN) as uow:
        code = staff.new_recovery_code(uow).value
    screen = shut.agency.screen
    assert screen is not None
    screen.forgot.click()
    screen.choose(QIAN)
    screen.of_village.setCurrentIndex(1)
    screen.code.setText(code)
    screen.new_pin.setText(NEW)
    screen.again.setText(NEW)
    screen.enter.click()
    rest()
    assert shut.session.agency is not None
    assert agency.sign_in(QIAN, NEW) == shut.session.agency.identity


# villages


def test_a_villages_book_opens_already_signed_in(inside: MainWindow, agency: Agency, rest: Rest) -> None:
    village(inside, agency, BAIYUN, rest, "voucher_list", "committee")
    assert not inside.door.is_shut
    assert inside.shell is not None
    assert (inside.session.by, inside.session.book.signed_in) == (WANG, WANG)
    assert inside.session.ledger_code == "committee"
    assert inside.shell.pages.current_name == "voucher_list"
    assert inside.actions_by_id["new_voucher"].isEnabled()


def test_esc_leads_out_of_a_village_and_back_to_the_workspace(
    inside: MainWindow, agency: Agency, rest: Rest
) -> None:
    village(inside, agency, BAIYUN, rest)
    escape(inside, rest)
    assert inside.shell is None
    assert not inside.session.is_open
    assert front(inside) == "agency"
    assert inside.session.agency is not None
    with agency.village(BAIYUN) as free:
        assert not free.book.read_only


def test_one_village_after_another(inside: MainWindow, agency: Agency, rest: Rest) -> None:
    for name in (QINGSHAN, BAIYUN, QINGSHAN):
        village(inside, agency, name, rest)
        assert inside.session.info.village == name
        escape(inside, rest)
    assert [one.village for one in inside.preferences.recent()] == [OFFICE]


def test_a_book_without_staff_opens_by_name(
    inside: MainWindow, agency: Agency, rest: Rest, tmp_path: Path
) -> None:
    agency.keep(village_book(tmp_path, HEISHI, staffed=False))
    village(inside, agency, HEISHI, rest)
    assert (inside.session.by, inside.door.is_shut) == (WANG, False)
    assert inside.actions_by_id["new_voucher"].isEnabled()


def test_a_village_that_does_not_open_is_said_in_the_page(
    inside: MainWindow, agency: Agency, rest: Rest
) -> None:
    shutil.copyfile(agency.book(QINGSHAN), agency.book(BAIYUN))
    village(inside, agency, BAIYUN, rest)
    page = seen(inside)
    assert inside.shell is None
    assert page.slip.notice is not None
    assert "不是白云村的账簿，是青山村的" in page.slip.notice.what


def test_a_book_open_elsewhere_can_be_looked_at(inside: MainWindow, agency: Agency, rest: Rest) -> None:
    with agency.village(BAIYUN):
        village(inside, agency, BAIYUN, rest)
        assert inside.session.read_only
        assert not inside.door.is_shut
        escape(inside, rest)
    assert front(inside) == "agency"


# a new workspace


def test_a_workspace_is_made_and_one_is_in_it(window: MainWindow, rest: Rest, tmp_path: Path) -> None:
    window.show_start()
    rest()
    seen(window).agency.click()
    page = seen(window)
    page.office.setText("青山镇 代理中心")
    page.person.setText(QIAN)
    page.pin.setText(pin_of(QIAN))
    page.again.setText("other")
    page.folder.setText(str(tmp_path))
    page.make()
    assert "两次打的密码不一样" in page.slip.notice.what
    page.again.setText(pin_of(QIAN))
    page.action("make").trigger()
    rest()
    assert (tmp_path / "青山镇代理中心.vlagency").is_file()
    assert front(window) == "agency"
    assert window.session.agency is not None
    assert window.session.agency.identity.administers
    assert page.pin.text() == ""


def test_an_existing_workspace_is_not_made_again(window: MainWindow, rest: Rest, agency: Agency) -> None:
    before = agency.path.read_bytes()
    window.show_start()
    window._front.open("agency_new")
    page = seen(window)
    page.office.setText("代管")
    page.person.setText(QIAN)
    page.pin.setText(pin_of(QIAN))
    page.again.setText(pin_of(QIAN))
    page.folder.setText(str(agency.path.parent))
    page.make()
    rest()
    assert "不会覆盖" in page.slip.notice.what
    assert agency.path.read_bytes() == before


def test_the_demonstration_is_made_and_opened(
    window: MainWindow, rest: Rest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "village_ledger.ui.beginning.start_page.demo_path", lambda: tmp_path / "演示" / "青山村.vledger"
    )
    window.show_start()
    window._front.open("agency_new")
    seen(window).open_demo()
    rest()
    assert front(window) == "agency"
    assert window.session.agency is not None
    assert len(window.session.agency.books) == 3
