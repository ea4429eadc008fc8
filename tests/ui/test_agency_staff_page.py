"""代管人员: villages and people in one table; people come, get roles, change PINs and leave over many villages by screen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency, village_book
from tests.builders import LI, QIAN, WANG, ZHAO, pin_of
from tests.ui.agency_people_hand import SUN, Rest, agency, fill, outcome, page, rest, seat, stand, told
from village_ledger.services.staff import staff
from village_ledger.ui.agency.agency_staff_page import AgencyStaffPage
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.widgets.state_mark import Check

__all__ = ["agency", "page", "rest"]


# the table


def test_villages_stand_down_and_people_across(page: AgencyStaffPage) -> None:
    said = told(page)
    assert list(said) == ["（工作区）", QINGSHAN, BAIYUN]
    assert said["（工作区）"][QIAN] == "管理员"
    assert said[BAIYUN] | {"村里的别人": "", "账簿": ""} == {
        QIAN: "管理员", WANG: "制单、记账", LI: "主管", ZHAO: "出纳", "村里的别人": "", "账簿": "",
    }  # fmt: skip
    assert page.status() == "钱书记 · 青山村：管理员"


def test_arrows_go_from_person_to_person(page: AgencyStaffPage) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Right)
    assert page.person is not None
    assert page.person.name == WANG
    for _ in range(9):
        QTest.keyClick(page.table.view, Qt.Key.Key_Left)
    assert page.person is not None
    assert page.person.name == QIAN


def test_what_stands_against_somebody_is_marked(
    window: MainWindow, agency: Agency, rest: Rest, tmp_path: Path
) -> None:
    with agency.village(BAIYUN) as one:
        for _ in range(5):
            with pytest.raises(staff.PinError):
                staff.sign_in(one.book, WANG, "wrong")
    agency.keep(village_book(tmp_path, HEISHI, staffed=False))
    agency.book(QINGSHAN).unlink()
    page = seat(window, agency, QIAN, rest)
    said, model = told(page), page.model
    assert model is not None
    assert "锁到" in said[BAIYUN][WANG]
    assert said[HEISHI]["账簿"] == "没有登记人员"
    assert said[QINGSHAN]["账簿"].startswith("打不开：找不到青山村的账簿")
    assert [model.check(row) for row in range(4)] == [None, Check.FAIL, Check.WARN, Check.GOOD]
    assert model.words(2, 1) == "要看一看"
    stand(page, QINGSHAN, WANG)
    assert "找不到青山村的账簿" in page.status()


def test_who_does_not_administer_the_workspace_only_looks(
    window: MainWindow, agency: Agency, rest: Rest
) -> None:
    page = seat(window, agency, WANG, rest)
    for name in ("enrol", "add", "add_book", "drop_book", "renew", "unlock", "head", "dismiss", "days"):
        assert not page.action(name).isEnabled()
        assert "管理员" in page.action(name).toolTip()
    assert page.action("own_pin").isEnabled()


# people come and get roles


def test_somebody_new_is_registered_and_enrolled_everywhere(
    page: AgencyStaffPage, agency: Agency, rest: Rest
) -> None:
    page.action("add").trigger()
    assert not page.form.act.isEnabled()
    fill(page, name=SUN, new=pin_of(SUN), again="other")
    assert "不一样" in page.form.said.text()
    fill(page, again=pin_of(SUN))
    page.form.act.click()
    rest()
    assert page.form.isHidden()
    assert SUN in told(page)[QINGSHAN]
    stand(page, QINGSHAN, SUN)
    page.action("enrol").trigger()
    fill(page, preparer="", bookkeeper="collective", pin=pin_of(SUN))
    page.form.act.click()
    rest()
    assert outcome(page) == [(QINGSHAN, "办好了"), (BAIYUN, "办好了")]
    assert page.escape()
    assert page.table.isVisible()
    assert told(page)[BAIYUN][SUN] == "制单、记账（集体账）"
    assert agency.sign_in(SUN).name == SUN


def test_only_marked_villages_are_enrolled_in(page: AgencyStaffPage, agency: Agency, rest: Rest) -> None:
    agency_member(page, rest)
    stand(page, BAIYUN, SUN)
    page.table.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Space)
    assert page.marked == {agency.kept(BAIYUN).uid}
    page.action("enrol").trigger()
    assert "白云村" in page.form.heading.text()
    fill(page, preparer="", pin=pin_of(SUN))
    page.form.act.click()
    rest()
    assert outcome(page) == [(BAIYUN, "办好了")]
    page.action("all").trigger()
    assert len(page.marked) == 2
    page.action("all").trigger()
    assert page.marked == set()


def agency_member(page: AgencyStaffPage, rest: Rest) -> None:
    """孙会计 is of the agency."""
    page.action("add").trigger()
    fill(page, name=SUN, new=pin_of(SUN), again=pin_of(SUN))
    page.form.act.click()
    rest()


def test_a_wrong_pin_in_the_form_is_said_and_the_form_stays(
    page: AgencyStaffPage, agency: Agency, rest: Rest
) -> None:
    agency_member(page, rest)
    stand(page, BAIYUN, SUN)
    page.action("enrol").trigger()
    fill(page, preparer="", pin="wrong-1")
    page.form.act.click()
    rest()
    assert page.slip.notice is not None
    assert "还可以试 4 次" in page.slip.notice.what
    assert not page.form.isHidden()
    assert agency.member(SUN).failures == 1


def test_roles_of_one_village_are_changed_with_enter(
    page: AgencyStaffPage, agency: Agency, rest: Rest
) -> None:
    stand(page, BAIYUN, WANG)
    page.table.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert page.form.typed()["preparer"] == ""
    assert page.form.typed()["cashier"] == "-"
    fill(page, preparer="committee", bookkeeper="-")
    page.form.act.click()
    rest()
    assert told(page)[BAIYUN][WANG] == "制单（村委会账）"
    assert told(page)[QINGSHAN][WANG] == "制单、记账"


def test_a_books_own_rules_refuse_in_its_words(page: AgencyStaffPage, rest: Rest) -> None:
    stand(page, BAIYUN, WANG)
    page.acts.roles()
    fill(page, cashier="")
    page.form.act.click()
    rest()
    assert page.slip.notice is not None
    assert "不能再做出纳" in page.slip.notice.what


def test_a_villages_own_administrator_types_a_pin(window: MainWindow, agency: Agency, rest: Rest) -> None:
    with agency.village(BAIYUN) as one, one.act(QIAN) as uow:
        staff.add(uow, "周主任", "zhou-1950", [(staff.Role.ADMINISTRATOR, "")])
    page = seat(window, agency, LI, rest)
    stand(page, BAIYUN, WANG)
    page.acts.roles()
    fill(page, bookkeeper="-", own="周主任", own_pin="zhou-1950")
    page.form.act.click()
    rest()
    assert told(page)[BAIYUN][WANG] == "制单"
    assert told(page)[BAIYUN]["村里的别人"] == "周主任"


def test_the_first_of_a_books_staff_gets_the_code_and_it_is_not_passed_by(
    window: MainWindow, agency: Agency, rest: Rest, tmp_path: Path
) -> None:
    agency.keep(village_book(tmp_path, HEISHI, staffed=False))
    page = seat(window, agency, QIAN, rest)
    stand(page, HEISHI, QIAN)
    page.acts.roles()
    fill(page, administrator="")
    page.form.act.click()
    rest()
    (code,) = page.outcome.codes.values()
    model = page.outcome.model
    assert model is not None
    assert code in [model.text(0, column) for column in range(len(model.columns))]
    page.outcome.write_sheets(tmp_path)
    rest()
    assert (tmp_path / "黑石村恢复码.pdf").stat().st_size
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page.outcome.question.asking
    assert not page.leave()
    page.outcome.put_away()
    page.outcome.question.act.click()
    assert page.outcome.codes == {}
    assert page.leave()


def test_another_administrator_and_back(page: AgencyStaffPage, agency: Agency, rest: Rest) -> None:
    stand(page, QINGSHAN, LI)
    for yes in (True, False):
        page.action("head").trigger()
        page.question.act.click()
        rest()
        assert agency.member(LI).administers is yes
        stand(page, QINGSHAN, LI)


def test_who_is_shut_out_is_let_in(page: AgencyStaffPage, agency: Agency, rest: Rest) -> None:
    for _ in range(5):
        with pytest.raises(staff.PinError):
            agency.sign_in(ZHAO, "wrong")
    page.reload()
    rest()
    assert "锁到" in told(page)["（工作区）"][ZHAO]
    stand(page, QINGSHAN, ZHAO)
    page.action("unlock").trigger()
    rest()
    assert agency.sign_in(ZHAO).name == ZHAO


def test_somebody_leaves_everywhere(page: AgencyStaffPage, agency: Agency, rest: Rest) -> None:
    stand(page, QINGSHAN, WANG)
    page.action("dismiss").trigger()
    assert "王秀英 离开" in page.question._label.text()
    page.question.act.click()
    rest()
    assert outcome(page) == [(QINGSHAN, "办好了"), (BAIYUN, "办好了")]
    page.escape()
    assert WANG not in told(page)[QINGSHAN]


def test_who_left_stays_in_view_while_a_book_has_not_heard(
    page: AgencyStaffPage, agency: Agency, rest: Rest, tmp_path: Path
) -> None:
    shutil.move(agency.book(BAIYUN), tmp_path / "在U盘上")
    stand(page, QINGSHAN, WANG)
    page.action("dismiss").trigger()
    page.question.act.click()
    rest()
    assert outcome(page) == [(BAIYUN, "打不开"), (QINGSHAN, "办好了")]
    page.escape()
    assert told(page)[BAIYUN][WANG] == "还没离任"
    stand(page, BAIYUN, WANG)
    assert not page.action("renew").isEnabled()
