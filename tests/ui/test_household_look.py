"""The page of a household: its history on paper, a former head, what gives way where there is little room."""

from __future__ import annotations

from datetime import date

import pytest

from tests.shares_village import ShareVillage
from village_ledger.services.people import people
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.people.household_page import HouseholdPage
from village_ledger.ui.sheets.preview_page import PreviewPage

DECEMBER = date(2025, 12, 31)


@pytest.fixture
def village(tmp_path):
    """Two of a household with shares, 8 of them pledged."""
    with ShareVillage.found(tmp_path) as found:
        found.people("017 周德明 刘桂珍", "018 吴家兴")
        found.share("grant", "2025-01-10", to="017/周德明=40, 017/刘桂珍=10, 018/吴家兴=50")
        found.share("pledge", "2025-02-02", "017/周德明", "", "8", contract="合同 0231 号", party="农商行")
        yield found


def rows(table) -> list[list[str]]:
    model = table.view.model()
    return [[model.text(row, place) for place in range(len(model.columns))] for row in range(model.count())]


def keys(table) -> list[str]:
    return [column.key for column in table.view.model().columns]


def test_the_share_history_is_printed_for_the_day_in_view(page_of, settle, navigator):
    page = page_of(HouseholdPage, household="017", day=DECEMBER)
    page.action("print").trigger()
    ((name, where),) = navigator.opened
    assert (name, where["report"], where["household"]) == ("preview", "share-history", "017")
    assert where["span"].last == DECEMBER
    preview = page_of(PreviewPage, **where)
    settle()
    assert preview.prepared.tables[0].title == "份额变动史"
    assert preview.prepared.tables[0].picture is not None
    assert preview.where()["household"] == "017"


def test_the_certificate_of_the_household_is_a_key_away(page_of, navigator):
    page = page_of(HouseholdPage, household="018")
    page.action("certificate").trigger()
    assert navigator.opened == [("certificates", {"household": "018"})]


def test_a_dead_head_stands_as_the_former_one(page_of, village):
    village.dies("017/周德明", "2025-05-01")
    with village.act() as uow:
        people.set_head(uow, "017/刘桂珍", date(2025, 5, 2), "户口本")
    page = page_of(HouseholdPage, household="017", day=DECEMBER)
    told = {row[0]: row[1] for row in rows(page.people)}
    assert told == {"刘桂珍": "户主", "周德明": "原户主"}


def test_before_the_death_he_is_the_head(page_of, village):
    village.dies("017/周德明", "2025-05-01")
    page = page_of(HouseholdPage, household="017", day=date(2025, 4, 30))
    assert [row[1] for row in rows(page.people) if row[0] == "周德明"] == ["户主"]


def test_whose_household_it_is_stays_when_buttons_fold(page_of):
    page = page_of(HouseholdPage, household="017")
    page.resize(900, 600)
    subtitle = page.head._subtitle
    assert subtitle.text() == "017 户"
    assert subtitle.width() >= subtitle.wanted_width()
    assert page.head.tools.folded()


def test_pledges_have_a_column_only_where_there_are_any(page_of):
    assert "pledged" in keys(page_of(HouseholdPage, household="017", day=DECEMBER).people)
    assert "pledged" not in keys(page_of(HouseholdPage, household="018", day=DECEMBER).people)


def test_the_grounds_of_a_change_give_way_to_large_text(page_of, theme):
    page = page_of(HouseholdPage, household="017", day=DECEMBER)
    assert keys(page.events)[-1] == "basis"
    theme.choose_size(Size.LARGE)
    assert keys(page.events)[-1] == "quantity"
    page.events.opened.emit(0)
    assert "合同 0231 号" in page.explain.words.text()
