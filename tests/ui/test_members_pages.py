"""成员 in the window: the households, one household, and the forms that change them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit

from village_ledger.domain.member import Reason, Status
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest, Part
from village_ledger.services.people import people
from village_ledger.services.shares import share_charter, shares
from village_ledger.services.transfers import resolutions
from village_ledger.ui.people.household_page import HouseholdPage
from village_ledger.ui.people.members_page import MembersPage
from village_ledger.ui.people.person_form_page import ACTS, PersonFormPage
from village_ledger.ui.shares.charter_page import CharterPage
from village_ledger.ui.widgets.pick_list import PickList

REFORM = date(2018, 1, 1)
ZHOU = (("周德明", "户主", 1967), ("刘桂珍", "妻", 1969), ("周建军", "子", 1992))
WU = (("吴家兴", "户主", 1958), ("乐思", "妻", 1960))


def enrol(village, code: str, group: str, members: tuple[tuple[str, str, int], ...]) -> None:
    """A household of confirmed members."""
    with village.act() as uow:
        for name, relation, year in members:
            new = NewPerson(
                name,
                code,
                relation,
                birth=date(year, 5, 1),
                since=REFORM,
                status=Status.MEMBER,
                reason=Reason.REGISTERED,
                confirmed_on=REFORM,
                group=group,
                no_number="没带来",
            )
            people.add(uow, new, "2018年成员名册")


@pytest.fixture
def enrolled(village):
    """Two households."""
    enrol(village, "017", "2组", ZHOU)
    enrol(village, "003", "1组", WU)
    return village


def rows(table) -> list[list[str]]:
    """What a table shows."""
    model = table.view.model()
    return [[model.text(row, place) for place in range(len(model.columns))] for row in range(model.count())]


def fill(page: PersonFormPage, **said: str) -> None:
    """Write into the fields of a form."""
    for key, text in said.items():
        field = page.fields[key]
        if isinstance(field, PickList):
            field.setCurrentIndex(field.findData(text))
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)


# the list


def test_an_empty_register_says_how_members_get_into_it(page_of, settle):
    page = page_of(MembersPage)
    settle()
    assert "导入" in page.table.view.empty_words
    assert not page.action("open").isEnabled()


def test_every_household_stands_in_the_list_with_its_people(page_of, enrolled, settle):
    page = page_of(MembersPage)
    settle()
    assert rows(page.table) == [
        ["1组", "003", "吴家兴", "2", "2", "乐思"],
        ["2组", "017", "周德明", "3", "3", "刘桂珍、周建军"],
    ]
    assert page.status() == "2 户 · 5 人 · 成员 5 人"


@pytest.mark.parametrize("typed", ["周建军", "建军", "zjj", "zhoujianjun", "017", "17户", "yuesi", "lesi"])
def test_somebody_is_found_by_name_pinyin_or_number(page_of, enrolled, settle, typed):
    page = page_of(MembersPage)
    settle()
    page.search.setText(typed)
    found = [row[1] for row in rows(page.table)]
    expected = {"17户": [], "yuesi": ["003"], "lesi": ["003"]}.get(typed, ["017"])
    assert found == expected


def test_nobody_found_is_said_and_esc_shows_all_again(page_of, enrolled, settle):
    page = page_of(MembersPage)
    settle()
    page.search.setText("欧阳")
    assert rows(page.table) == []
    assert "欧阳" in page.table.view.empty_words
    assert page.escape()
    assert len(rows(page.table)) == 2


def test_enter_opens_the_household_one_stands_on(page_of, enrolled, settle, navigator):
    page = page_of(MembersPage)
    settle()
    page.table.go_to_row(1)
    page.table.opened.emit(1)
    assert navigator.opened == [("household", {"household": "017", "day": page.as_of.day})]


def test_the_list_of_another_day_is_asked_for_in_the_page(page_of, enrolled, settle):
    page = page_of(MembersPage)
    settle()
    page.action("as_of").trigger()
    page.ask.field.setText("2017-12-31")
    page.ask._finish()
    settle()
    assert rows(page.table) == []
    page.action("as_of").trigger()
    page.ask.field.setText("昨天")
    page.ask._finish()
    assert page.slip.isVisibleTo(page)


# one household


def test_a_household_shows_its_people_and_goes_to_its_neighbours(page_of, enrolled, settle):
    page = page_of(HouseholdPage, household="017")
    settle()
    assert page.title() == "周德明户"
    assert [row[:4] for row in rows(page.people)] == [
        ["周德明", "户主", "1967", "成员"],
        ["刘桂珍", "妻", "1969", "成员"],
        ["周建军", "子", "1992", "成员"],
    ]
    page.action("previous").trigger()
    settle()
    assert page.title() == "吴家兴户"
    page.action("previous").trigger()
    assert page.title() == "吴家兴户"
    page.action("next").trigger()
    settle()
    assert page.title() == "周德明户"


def test_what_cannot_be_done_with_a_person_is_off(page_of, enrolled, settle):
    with enrolled.act() as uow:
        people.record_death(uow, "017/刘桂珍", date(2022, 8, 15), "死亡证明")
    page = page_of(HouseholdPage, household="017")
    settle()
    page.people.go_to_row(1)
    off = {name for name in ("death", "admit", "leave", "head") if not page.action(name).isEnabled()}
    assert off == {"death", "admit", "leave", "head"}
    page.people.go_to_row(2)
    assert page.action("death").isEnabled()
    assert not page.action("admit").isEnabled()


def test_forms_know_whom_one_stood_on(page_of, enrolled, settle, navigator):
    page = page_of(HouseholdPage, household="017")
    settle()
    page.people.go_to_row(2)
    page.action("death").trigger()
    assert navigator.opened == [("person_form", {"act": "death", "person": "017/周建军", "household": "017"})]


def test_a_book_without_people_says_so(page_of, settle):
    page = page_of(HouseholdPage)
    settle()
    assert "导入" in page.people.view.empty_words
    assert not page.action("change").isEnabled()


# the forms


def test_a_death_is_entered_and_what_is_left_to_do_is_said(page_of, enrolled, settle, navigator):
    page = page_of(PersonFormPage, act="death", person="017/周德明", household="017")
    fill(page, day="2025-03-02", basis="死亡证明")
    page.action("act").trigger()
    settle()
    assert enrolled.reader.person_at("017/周德明").death == date(2025, 3, 2)
    assert "请另定户主" in page.notice.sentence.text()
    assert navigator.backs == 0
    page.notice.buttons[0].click()
    assert navigator.backs == 1


def test_a_form_without_its_basis_is_refused_in_the_page(page_of, enrolled, settle):
    page = page_of(PersonFormPage, act="death", person="017/周建军")
    fill(page, day="2025-03-02")
    page.action("act").trigger()
    settle()
    assert page.slip.isVisibleTo(page)
    assert enrolled.reader.person_at("017/周建军").death is None


def test_a_day_that_is_none_is_refused_too(page_of, enrolled, settle):
    page = page_of(PersonFormPage, act="death", person="017/周建军")
    fill(page, day="去年", basis="死亡证明")
    page.action("act").trigger()
    settle()
    assert page.slip.isVisibleTo(page)


def test_a_new_person_is_entered_and_confirmed_by_the_assembly(page_of, enrolled, settle):
    page = page_of(PersonFormPage, act="add", household="017")
    fill(
        page, name="何小莉", relation="儿媳", sex="女", birth="1994-02-03", basis="结婚证", no_number="补办中"
    )
    page.action("act").trigger()
    settle()
    assert enrolled.reader.person_at("017/何小莉").status == "none"
    with enrolled.act() as uow:
        resolutions.enter(
            uow, "青社大〔2025〕1号", date(2025, 6, 1), "assembly", (200, 180, 170), "确认新成员", None
        )
    page = page_of(PersonFormPage, act="admit", person="017/何小莉")
    settle()
    fill(page, reason="marriage", day="2025-06-01", resolution="青社大〔2025〕1号", basis="结婚证")
    page.action("act").trigger()
    settle()
    assert enrolled.reader.person_at("017/何小莉").is_member


def test_leaving_needs_a_decision(page_of, enrolled, settle):
    page = page_of(PersonFormPage, act="leave", person="017/周建军")
    settle()
    fill(page, reason="exit", day="2025-06-01", basis="书面申请")
    page.action("act").trigger()
    settle()
    assert page.slip.isVisibleTo(page)
    assert enrolled.reader.person_at("017/周建军").is_member


def test_another_head_of_the_household(page_of, enrolled, settle, navigator):
    page = page_of(PersonFormPage, act="head", person="017/刘桂珍")
    fill(page, day="2025-06-01", basis="家庭协议")
    page.action("act").trigger()
    settle()
    assert navigator.backs == 1
    assert {one.code: one.head for one in enrolled.reader.households(date(2025, 6, 2))}["017"] == "刘桂珍"


@pytest.mark.parametrize("act", list(ACTS))
def test_enter_walks_through_every_form(page_of, enrolled, settle, act, qtbot):
    page = page_of(PersonFormPage, act=act)
    assert page.title() == ACTS[act].title
    assert page.where()["act"] == act


# shares of a household


@pytest.fixture
def shared(enrolled):
    """Everybody has 10 shares; 周建军 pledged 8 of them."""
    with enrolled.act() as uow:
        votes = (5, 5, 5)
        resolutions.enter(uow, "大会1号", date(2018, 6, 1), "assembly", votes, "量化方案", date(2018, 5, 1))
        resolutions.enter(uow, "理事会1号", date(2023, 11, 1), "board", votes, "同意质押、转让", None)
        shares.add_class(uow, "成员股", cap="none")
        everybody = tuple(Part(person.key, "10") for person in uow.reader.people())
        grant = EventRequest(
            EventKind.GRANT, "成员股", date(2018, 6, 1), parts=everybody, resolution="大会1号"
        )
        shares.post(uow, grant)
        pledge = EventRequest(
            EventKind.PLEDGE,
            "成员股",
            date(2023, 11, 13),
            from_="017/周建军",
            quantity="8",
            resolution="理事会1号",
            contract="质1",
            party="农商行",
            note="借款",
        )
        shares.post(uow, pledge)
    return enrolled


def test_a_household_shows_what_it_has_what_is_pledged_and_what_happened(page_of, shared, settle):
    page = page_of(HouseholdPage, household="017")
    settle()
    assert [row[4:] for row in rows(page.people)] == [["10.00", "—"], ["10.00", "—"], ["10.00", "8.00"]]
    assert page.holding.total.text() == "30.00"
    assert page.holding.certificate.text() == "还没有发股权证"
    assert [row[:4] for row in rows(page.events)] == [
        ["2023-11-13", "质押", "周建军 → 农商行", "8.00"],
        ["2018-06-01", "量化", "3 人各 10.00", "+30.00"],
    ]
    assert [band.name for band in page.picture.history.bands] == ["周建军", "刘桂珍", "周德明"]
    assert len(page.picture.history.pledged) == 1
    page.events.opened.emit(0)
    assert "理事会1号" in page.explain.words.text()
    assert page.escape()
    assert not page.explain.isVisibleTo(page)


def test_an_earlier_day_shows_the_household_as_it_was(page_of, shared, settle):
    page = page_of(HouseholdPage, household="017", day=date(2020, 1, 1))
    settle()
    assert "其中质押" not in [column.label for column in page.people.view.model().columns]
    assert len(rows(page.events)) == 1


def test_the_picture_is_drawn_at_every_size(page_of, shared, settle):
    page = page_of(HouseholdPage, household="017")
    settle()
    for width, height in ((40, 30), (300, 120), (900, 400)):
        page.picture.resize(width, height)
        assert not page.picture.grab().isNull()


def test_the_list_adds_up_the_shares_of_the_households(page_of, shared, settle):
    page = page_of(MembersPage)
    settle()
    assert [row[-1] for row in rows(page.table)] == ["20.00", "30.00"]


def test_a_change_of_shares_begins_with_the_person_one_stands_on(page_of, shared, settle, navigator):
    page = page_of(HouseholdPage, household="017")
    settle()
    page.people.go_to_row(1)
    page.action("change").trigger()
    page.action("split").trigger()
    assert navigator.opened == [
        ("share_event", {"kind": None, "person": "017/刘桂珍"}),
        ("share_event", {"kind": EventKind.SPLIT, "person": "017/刘桂珍"}),
    ]


def test_the_shares_of_the_dead_can_only_be_inherited(page_of, shared, settle, navigator):
    with shared.act() as uow:
        people.record_death(uow, "017/刘桂珍", date(2024, 2, 1), "死亡证明")
    page = page_of(HouseholdPage, household="017")
    settle()
    page.people.go_to_row(1)
    page.action("change").trigger()
    assert navigator.opened == [("share_event", {"kind": EventKind.INHERIT, "person": "017/刘桂珍"})]


def test_a_change_is_reversed_from_the_table_of_changes(page_of, shared, settle, navigator):
    page = page_of(HouseholdPage, household="017")
    settle()
    page.events.go_to_row(0)
    page.action("reverse").trigger()
    assert navigator.opened == [("share_event", {"kind": EventKind.REVERSE, "reverses": 2})]


# the charter


def test_the_charter_shows_defaults_and_takes_what_the_village_says(page_of, village, settle):
    page = page_of(CharterPage)
    assert rows(page.table)[0][2] == "3%"
    page.value.setText("5")
    page.since.setText("2025-05-01")
    page.source.setText("章程第三十一条")
    page.action("save").trigger()
    settle()
    assert share_charter.value(village.reader, "cap", None, date(2025, 6, 1)) == "5"
    assert share_charter.value(village.reader, "cap", None, date(2025, 4, 1)) == "3"
    page.reload()
    assert rows(page.table)[0][1:] == ["各类股份", "5%", "2025-05-01", "章程第三十一条"]


def test_a_value_the_parameter_cannot_have_is_refused(page_of, village, settle):
    page = page_of(CharterPage)
    page.value.setText("很多")
    page.action("save").trigger()
    settle()
    assert page.slip.isVisibleTo(page)
