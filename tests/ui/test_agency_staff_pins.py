"""代管人员: PINs changed, matched and renewed over many villages by screen; books taken in and given up; the page itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency, village_book
from tests.builders import LI, QIAN, WANG, ZHAO, pin_of
from tests.ui.agency_people_hand import NEW, Rest, agency, fill, outcome, page, rest, stand, told
from village_ledger.services.staff import staff
from village_ledger.settings import TEXT_SIZE
from village_ledger.ui.agency.agency_staff_page import AgencyStaffPage
from village_ledger.ui.agency.agency_work import AgencyWork
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.main_window import MainWindow

__all__ = ["agency", "page", "rest"]


# PINs


def test_ones_own_pin_is_changed_everywhere(
    page: AgencyStaffPage, agency: Agency, rest: Rest, window: MainWindow
) -> None:
    page.action("own_pin").trigger()
    fill(page, old=pin_of(QIAN), new=NEW, again=NEW)
    page.form.act.click()
    rest()
    assert outcome(page) == [(QINGSHAN, "办好了"), (BAIYUN, "办好了")]
    assert page.form.fields == {}
    assert page.identity == agency.sign_in(QIAN, NEW)
    window.session.village_asked.emit(agency.kept(BAIYUN), "home", {}, "")
    rest()
    assert window.session.book.signed_in == QIAN


def test_another_pin_in_a_village_is_matched(page: AgencyStaffPage, agency: Agency, rest: Rest) -> None:
    with agency.village(BAIYUN) as one:
        staff.change_pin(one.book, QIAN, pin_of(QIAN), "his-own-1950")
    stand(page, BAIYUN, QIAN)
    page.acts.roles()
    page.form.act.click()
    rest()
    assert page.slip.notice is not None
    assert "不是同一个" in page.slip.notice.what
    page.form.hide()
    page.reload()
    rest()
    assert told(page)[BAIYUN][QIAN] == "密码不同，管理员"
    stand(page, BAIYUN, QIAN)
    page.action("match").trigger()
    fill(page, proof="his-own-1950")
    page.form.act.click()
    rest()
    assert told(page)[BAIYUN][QIAN] == "管理员"


def test_a_forgotten_pin_is_renewed_everywhere(page: AgencyStaffPage, agency: Agency, rest: Rest) -> None:
    stand(page, BAIYUN, WANG)
    page.action("renew").trigger()
    fill(page, new=NEW, again=NEW)
    page.form.act.click()
    rest()
    assert outcome(page) == [(QINGSHAN, "办好了"), (BAIYUN, "办好了")]
    assert agency.sign_in(WANG, NEW).name == WANG


def test_no_pin_stays_in_a_form_put_away(page: AgencyStaffPage) -> None:
    page.action("own_pin").trigger()
    fill(page, old="secret-1")
    assert page.escape()
    assert page.form.fields == {}
    assert page.table.isVisible()


# books


def test_books_are_taken_in_and_given_up(
    page: AgencyStaffPage, agency: Agency, rest: Rest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heishi = village_book(tmp_path, HEISHI)
    (tmp_path / "坏.vledger").write_bytes(b"no book")
    chosen = ([str(tmp_path / "坏.vledger"), str(heishi)], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: chosen)
    page.action("add_book").trigger()
    rest()
    assert outcome(page) == [("坏.vledger", "没有办成"), (HEISHI, "办好了")]
    page.escape()
    assert HEISHI in told(page)
    stand(page, HEISHI, QIAN)
    page.action("drop_book").trigger()
    page.question.act.click()
    rest()
    assert HEISHI not in told(page)
    assert heishi.is_file()


def test_a_verdict_leads_into_the_village(
    page: AgencyStaffPage, agency: Agency, rest: Rest, window: MainWindow
) -> None:
    stand(page, QINGSHAN, ZHAO)
    page.action("dismiss").trigger()
    page.question.act.click()
    rest()
    page.outcome.table.opened.emit(1)
    rest()
    assert window.shell is not None
    assert window.session.info.village == BAIYUN
    assert window.shell.pages.current_name == "staff"


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_the_table_is_saved(
    page: AgencyStaffPage, rest: Rest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    target = tmp_path / f"人员.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    assert target.stat().st_size
    if ending == "xlsx":
        sheet = load_workbook(target).worksheets[0]
        cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        assert {WANG, BAIYUN, "制单、记账"} <= set(cells)


def test_it_fits_where_there_is_little_room(page: AgencyStaffPage, window: MainWindow) -> None:
    for size in (TEXT_SIZE.default, Size.HUGE.value):
        window.theme.choose_size(Size(size))
        window.resize(683, 384)
        page.acts.enrol()
        assert window.width() <= 683
        page.escape()
        assert page.table.isVisible()


def test_without_a_workspace_the_page_says_so(window: MainWindow, rest: Rest) -> None:
    window.show_start()
    window._front.open("agency_staff")
    rest()
    page = window._page()
    assert isinstance(page, AgencyStaffPage)
    page.reload()
    assert page.model is None


def test_the_page_stands_where_one_stood(
    page: AgencyStaffPage, agency: Agency, window: MainWindow, rest: Rest
) -> None:
    stand(page, BAIYUN, LI)
    assert page.session.agency is not None
    assert isinstance(page.session.agency, AgencyWork)
    page.enter(agency.kept(BAIYUN))
    rest()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert page.where() == {"uid": agency.kept(BAIYUN).uid, "name": LI}
