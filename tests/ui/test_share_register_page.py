"""股权登记簿 in the window: any day, per cent of the class, the lists beside it, search, the way to the household."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.shares_village import ShareVillage
from village_ledger.services.shares import certificates
from village_ledger.ui.desk.reports_page import ReportsPage
from village_ledger.ui.people.members_page import MembersPage
from village_ledger.ui.shares.share_register_page import ShareRegisterPage

DECEMBER = date(2025, 12, 31)


@pytest.fixture
def village(tmp_path):
    """200 shares granted in January; 8 pledged in February; 5 moved in May."""
    with ShareVillage.found(tmp_path, cap="30%") as found:
        found.people("017 周德明 周建军", "018 吴家兴", "019 陈素芳")
        found.share("grant", "2025-01-10", to="集体=100, 017/周德明=40, 017/周建军=10, 018/吴家兴=50")
        found.share("pledge", "2025-02-02", "017/周德明", "", "8", contract="合同 0231 号", party="农商行")
        found.share("transfer", "2025-05-10", "018/吴家兴", "019/陈素芳", "5")
        yield found


def rows(page) -> list[list[str]]:
    model = page.table.view.model()
    return [[model.text(row, place) for place in range(len(model.columns))] for row in range(model.count())]


def totals(page) -> list[str]:
    model = page.table.totals.model()
    return [model.text(0, place) for place in range(len(model.columns))]


def test_the_register_shows_every_bucket_and_the_part_of_the_class(page_of):
    page = page_of(ShareRegisterPage, day=DECEMBER)
    assert rows(page) == [
        ["017", "周建军", "是", "10.00", "", "", "10.00", "5.00%"],
        ["017", "周德明", "是", "32.00", "8.00", "", "40.00", "20.00%"],
        ["018", "吴家兴", "是", "45.00", "", "", "45.00", "22.50%"],
        ["019", "陈素芳", "是", "5.00", "", "", "5.00", "2.50%"],
        ["", "集体", "", "100.00", "", "", "100.00", "50.00%"],
    ]
    assert totals(page) == ["合计", "5 个账户", "", "192.00", "8.00", "", "200.00", "100.00%"]


def test_another_day_is_asked_for_in_the_page(page_of, settle, qtbot):
    page = page_of(ShareRegisterPage, day=DECEMBER)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F7)
    page.ask.field.setText("2025-01-31")
    page.ask._finish()
    settle()
    assert [row[1:4] for row in rows(page)][:3] == [
        ["周建军", "是", "10.00"],
        ["周德明", "是", "40.00"],
        ["吴家兴", "是", "50.00"],
    ]
    assert page.action("as_of").text() == "看到 2025-01-31 为止"


def test_before_the_first_grant_nobody_holds_anything(page_of):
    page = page_of(ShareRegisterPage, day=date(2025, 1, 9))
    assert rows(page) == []
    assert "还没有人有份额" in page.table.view.empty_words
    assert not page.action("open").isEnabled()


@pytest.mark.parametrize("typed", ["周建军", "zjj", "zhoujianjun"])
def test_a_holder_is_found_by_name_or_pinyin(page_of, typed):
    page = page_of(ShareRegisterPage, day=DECEMBER)
    page.search.setText(typed)
    assert [row[1] for row in rows(page)] == ["周建军"]
    assert totals(page)[3] == "10.00"


def test_a_household_is_found_by_its_number(page_of):
    page = page_of(ShareRegisterPage, day=DECEMBER)
    page.search.setText("017")
    assert [row[1] for row in rows(page)] == ["周建军", "周德明"]
    assert totals(page)[-1] == "25.00%"
    assert page.escape()
    assert len(rows(page)) == 5


def test_enter_opens_the_household_on_that_day(page_of, qtbot, navigator):
    page = page_of(ShareRegisterPage, day=DECEMBER, account="018/吴家兴")
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert navigator.opened == [("household", {"household": "018", "day": DECEMBER})]


def test_the_organisation_itself_is_no_household(page_of, qtbot, navigator):
    page = page_of(ShareRegisterPage, day=DECEMBER, account="集体")
    assert not page.action("open").isEnabled()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert navigator.opened == []


def test_movements_of_the_year_and_of_other_days(page_of, settle, qtbot):
    page = page_of(ShareRegisterPage, day=DECEMBER)
    qtbot.keyClick(page.table.view, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settle()
    assert page.title() == "份额变动表"
    assert len(rows(page)) == 7
    assert rows(page)[4][:7] == ["2", "2025-02-02", "人口股", "017/周德明", "-8.00", "8.00", ""]
    qtbot.keyClick(page.table.view, Qt.Key.Key_F7)
    assert page.ask.field.text() == "2025-01-01 至 2025-12-31"
    page.ask.field.setText("2025-05-01 至 2025-05-31")
    page.ask._finish()
    settle()
    assert [row[3:5] for row in rows(page)] == [["018/吴家兴", "-5.00"], ["019/陈素芳", "5.00"]]
    assert page.action("as_of").text() == "2025-05-01 至 2025-05-31"


def test_days_that_are_none_are_refused_in_the_page(page_of, settle):
    page = page_of(ShareRegisterPage, part="share-movements", day=DECEMBER)
    page.action("as_of").trigger()
    page.ask.field.setText("今年")
    page.ask._finish()
    assert page.slip.isVisibleTo(page)


def test_a_movement_leads_to_the_household_of_its_account(page_of, settle, navigator):
    page = page_of(ShareRegisterPage, part="share-movements", day=DECEMBER, account="019/陈素芳")
    page.action("open").trigger()
    assert navigator.opened == [("household", {"household": "019", "day": DECEMBER})]


def test_pledges_stand_with_their_days(page_of):
    page = page_of(ShareRegisterPage, part="pledge-list", day=DECEMBER)
    assert rows(page)[0][1:7] == ["017/周德明", "人口股", "8.00", "8.00", "农商行", "合同 0231 号"]
    page.search.setText("wjx")
    assert rows(page) == []


def test_the_caps_say_who_is_how_near(page_of):
    page = page_of(ShareRegisterPage, part="cap-check", day=DECEMBER)
    assert rows(page)[0][:5] == ["人口股", "集体", "100.00", "50.00%", ""]
    assert rows(page)[1][:5] == ["人口股", "018/吴家兴", "45.00", "22.50%", "30.00%"]
    assert page.foot.isVisibleTo(page)
    page.foot.unfold.click()
    assert not page.table.isVisibleTo(page)
    assert page.escape()
    assert page.table.isVisibleTo(page)


def test_the_proof_stands_with_all_its_checks(page_of, village):
    with village.act() as uow:
        certificates.issue_all(uow, date(2025, 6, 1))
    page = page_of(ShareRegisterPage, part="share-equality", day=DECEMBER)
    assert rows(page) == [
        ["人口股", "200.00", "", "", "200.00", "200.00", "8.00", "8.00", "100.00", "100.00"]
    ]
    assert page.checks.isVisibleTo(page)
    assert [line.split()[0] for line in page.checks.sentences] == ["I2", "I5", "I16"]


def test_what_is_in_view_is_what_is_printed(page_of, settle, navigator):
    page = page_of(ShareRegisterPage, day=date(2025, 1, 31))
    page.action("print").trigger()
    ((name, where),) = navigator.opened
    assert name == "preview"
    assert where["tables"][0].heading[0] == "截至 2025-01-31"


def test_the_register_for_the_wall_hides_half_of_every_name(page_of, settle, navigator):
    page = page_of(ShareRegisterPage, day=DECEMBER)
    page.action("posting").trigger()
    settle()
    ((name, where),) = navigator.opened
    assert (name, where["paper"]) == ("preview", "A3_LANDSCAPE")
    holders = [row.cells[2] for row in where["tables"][0].rows][:-1]
    assert holders == ["周*军", "周*明", "吴*兴", "陈*芳", "集体"]


def test_where_there_is_little_room_the_parts_stand_in_a_list(page_of, settle, theme):
    page = page_of(ShareRegisterPage, day=DECEMBER)
    assert page.parts.isVisibleTo(page)
    assert not page.pick.isVisibleTo(page)
    page.pick.setCurrentIndex(3)
    page.pick.activated.emit(3)
    settle()
    assert page.title() == "持有上限核对表"
    assert page.parts.value == "cap-check"
    page.action("pledges").trigger()
    settle()
    assert page.pick.currentText() == "质押清单"


def test_coming_back_finds_the_part_the_day_and_the_row(page_of, settle):
    page = page_of(ShareRegisterPage, part="cap-check", day=DECEMBER, account="019/陈素芳")
    where = page.where()
    again = page_of(ShareRegisterPage, **where)
    assert (again.part, again.as_of.day, again.where()["account"]) == (page.part, DECEMBER, "019/陈素芳")


def test_members_and_reports_lead_to_it(page_of, settle, navigator):
    members = page_of(MembersPage)
    members.action("register").trigger()
    reports = page_of(ReportsPage)
    named = [entry.name for entry in reports.model.entries]
    reports.model.entries[named.index("持有上限检查")].go()
    assert [name for name, _ in navigator.opened] == ["share_register", "share_register"]
    assert navigator.opened[1][1] == {"part": "cap-check"}
