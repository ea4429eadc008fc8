"""The staff page: whoever administers registers, gives roles, lets in again; everybody else only looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import LI, QIAN, WANG, ZHAO, Village, pin_of
from village_ledger.domain.duty import Role
from village_ledger.services.changes import Changes
from village_ledger.services.staff import staff
from village_ledger.ui.operations import Operations
from village_ledger.ui.session import Session
from village_ledger.ui.staff.log_page import LogPage
from village_ledger.ui.staff.staff_page import StaffPage

PageOf = Callable[..., Any]
Settle = Callable[[], None]


@pytest.fixture
def sit(session: Session, village: Village) -> Callable[[str], None]:
    """Somebody signs in and sits down."""

    def sit(name: str) -> None:
        staff.sign_in(village.book, name, pin_of(name))
        session.sit_down(name)

    return sit


@pytest.fixture
def four(village: Village, session: Session) -> Village:
    """The village with four staff, as the session knows it."""
    village.hire_four()
    session.stand_up()
    session.tell(Changes(settings=True))
    return village


def fill(page: StaffPage, name: str, *roles: Role) -> None:
    form = page.roles
    form.name.setText(name)
    form.pin.setText(pin_of(name))
    form.again.setText(pin_of(name))
    for role in roles:
        form.roles[role].setCurrentIndex(form.roles[role].findData(""))


def test_the_first_registration_shows_the_code_and_asks_for_the_pin(
    page_of: PageOf, village: Village, session: Session, settle: Settle
) -> None:
    asked: list[bool] = []
    session.door_asked.connect(lambda: asked.append(True))
    page = page_of(StaffPage)
    assert page.action("add").text() == "登记管理员…"
    page.action("add").trigger()
    fill(page, QIAN)
    page.roles.act.click()
    settle()
    assert page.code.isVisible()
    assert len(page.code.code.text().replace("-", "")) == 25
    assert not page.leave()  # a code shown once is not passed by
    assert session.by == ""
    page.code.close_panel.click()
    assert asked == [True]
    assert page.code.code.text() == ""
    assert village.reader.member(QIAN) is not None


def test_the_sheet_can_be_kept_as_pdf(page_of: PageOf, session: Session, tmp_path) -> None:
    page = page_of(StaffPage)
    page.code.show_code("7K4MP-7K4MP-7K4MP-7K4MP-7K4MP")
    assert page.code.write(tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_the_administrator_registers_and_changes_roles(
    page_of: PageOf, four: Village, sit: Callable[[str], None], settle: Settle
) -> None:
    sit(QIAN)
    page = page_of(StaffPage)
    page.action("add").trigger()
    fill(page, "孙丽", Role.REVIEWER)
    QTest.keyClick(page.roles.again, Qt.Key.Key_Return)
    settle()
    assert page.roles.isHidden()
    page.reload()
    assert page.model.count() == 5
    page.table.go_to_row(4)
    page.action("roles").trigger()
    page.roles.roles[Role.REVIEWER].setCurrentIndex(0)
    page.roles.roles[Role.PREPARER].setCurrentIndex(page.roles.roles[Role.PREPARER].findData("committee"))
    page.roles.act.click()
    settle()
    page.reload()
    assert page.model.text(4, 1) == "制单（村民委员会账）"
    assert four.verify() == []


def test_a_conflict_is_said_in_the_page_and_the_form_stays(
    page_of: PageOf, four: Village, sit: Callable[[str], None], settle: Settle, operations: Operations
) -> None:
    said: list[Exception] = []
    operations.refused.connect(said.append)
    sit(QIAN)
    page = page_of(StaffPage)
    page.table.go_to_row(3)
    page.action("roles").trigger()
    page.roles.roles[Role.REVIEWER].setCurrentIndex(1)
    page.roles.act.click()
    settle()
    assert "出纳不能兼管稽核" in str(said[0])
    assert page.roles.isVisible()
    assert page.escape()
    assert page.table.isVisible()


def test_no_pin_stays_in_a_form_that_is_put_away(
    page_of: PageOf, four: Village, sit: Callable[[str], None]
) -> None:
    sit(QIAN)
    page = page_of(StaffPage)
    page.action("own_pin").trigger()
    page.pins.old.setText(pin_of(QIAN))
    page.pins.new.setText("8642-half")
    assert page.escape()
    assert [field.text() for field in (page.pins.old, page.pins.new, page.pins.again)] == ["", "", ""]
    page.action("add").trigger()
    page.roles.name.setText("周会计")
    page.roles.pin.setText("8642-half")
    assert page.escape()
    assert page.roles.pin.text() == ""


def test_what_is_not_yours_is_off_and_says_why(
    page_of: PageOf, four: Village, sit: Callable[[str], None]
) -> None:
    sit(WANG)
    page = page_of(StaffPage)
    for name in ("add", "roles", "unlock", "dismiss", "recovery"):
        assert not page.action(name).isEnabled()
        assert page.action(name).toolTip() == "王秀英 的角色是制单、记账，不能管理人员"
    assert page.action("own_pin").isEnabled()
    assert page.refusals() == ["王秀英 的角色是制单、记账，不能管理人员"]


def test_somebody_shut_out_is_seen_and_let_in(
    page_of: PageOf, four: Village, sit: Callable[[str], None], settle: Settle
) -> None:
    from village_ledger.domain.errors import PinError

    for _ in range(5):
        with pytest.raises(PinError):
            staff.sign_in(four.book, WANG, "000000")
    sit(QIAN)
    page = page_of(StaffPage)
    assert page.model.text(1, 3).startswith("锁到 ")
    page.table.go_to_row(1)
    page.action("unlock").trigger()
    settle()
    page.reload()
    assert page.model.text(1, 3) == "在岗"


def test_a_dismissal_asks_first_and_names_the_consequence(
    page_of: PageOf, four: Village, sit: Callable[[str], None], settle: Settle
) -> None:
    sit(QIAN)
    page = page_of(StaffPage)
    page.table.go_to_row(3)
    page.action("dismiss").trigger()
    assert page.question.asking
    page.question.act.click()
    settle()
    page.reload()
    assert page.model.text(3, 0) == ZHAO
    assert page.model.text(3, 3).endswith("离任")


def test_ones_own_pin(page_of: PageOf, four: Village, sit: Callable[[str], None], settle: Settle) -> None:
    sit(LI)
    page = page_of(StaffPage)
    page.action("own_pin").trigger()
    page.pins.old.setText(pin_of(LI))
    page.pins.new.setText("xin-mima-8")
    assert not page.pins.act.isEnabled()
    page.pins.again.setText("xin-mima-8")
    page.pins.act.click()
    settle()
    assert page.pins.isHidden()
    staff.sign_in(four.book, LI, "xin-mima-8")


def test_a_new_recovery_code(
    page_of: PageOf, four: Village, sit: Callable[[str], None], settle: Settle
) -> None:
    sit(QIAN)
    page = page_of(StaffPage)
    page.action("recovery").trigger()
    page.question.act.click()
    settle()
    code = page.code.code.text()
    staff.recover(four.book, WANG, code, "xin-mima-8")


def test_the_log_by_person_days_action_and_content(
    page_of: PageOf, four: Village, settle: Settle, navigator
) -> None:
    page = page_of(LogPage)
    every = page.table.view.model().rowCount()
    page.person.setCurrentText(QIAN)
    page.act.setText("授予角色")
    page.text.setText(LI)
    QTest.keyClick(page.text, Qt.Key.Key_Return)
    settle()
    assert page.table.view.model().rowCount() == 1
    assert page.status() == f"操作人：{QIAN} · 操作：授予角色 · 内容含：{LI} · 共 1 条"
    page.action("print").trigger()
    name, where = navigator.opened[-1]
    assert (name, where["tables"]) == ("preview", (page.shown,))
    page.action("everything").trigger()
    settle()
    assert page.table.view.model().rowCount() == every
    page.days.setText("1999-01")
    page.reload()
    settle()
    assert page.table.view.model().rowCount() == 0
    page.days.setText("昨天")
    page.reload()
    assert page.slip.notice is not None
    assert page.slip.notice.what == "“昨天”不是日期"
