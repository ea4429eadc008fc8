"""资源台账 in the window: the list, one parcel with its sketch, and the forms that change it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QPlainTextEdit

from tests.builders import COLLECTIVE
from tests.exchange.files import write_csv
from tests.parcels.land import register, square
from tests.parcels.test_import_parcels import HEADER, HILL, PADDY
from tests.parcels.test_use import let
from village_ledger.domain.attachment import Owner
from village_ledger.services.parcels import parcels
from village_ledger.ui.parcels.parcel_acts import ACTS
from village_ledger.ui.parcels.parcel_form_page import ParcelFormPage
from village_ledger.ui.parcels.parcel_page import ParcelPage
from village_ledger.ui.parcels.parcels_page import ParcelsPage
from village_ledger.ui.widgets.pick_list import PickList


@pytest.fixture
def land(village):
    """A paddy somebody uses without a contract, a hill."""
    register(village, "T01", "10", used_by="张三")
    register(village, "H01", "120.5", name="后山林", kind="林地", land_class="")
    return village


def rows(table) -> list[list[str]]:
    model = table.view.model()
    return [[model.text(row, place) for place in range(len(model.columns))] for row in range(model.count())]


def fill(page: ParcelFormPage, **said: str) -> None:
    """Write into the fields of a form."""
    for key, text in said.items():
        field = page.fields[key]
        if isinstance(field, PickList):
            field.setCurrentIndex(field.findData(text))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        else:
            field.setText(text)


def act(page: ParcelFormPage, settle, **said: str) -> None:
    fill(page, **said)
    page.action("act").trigger()
    settle()


def now(village, code: str):
    return village.reader.parcel(COLLECTIVE, code).card


# the list


def test_an_empty_register_says_how_land_gets_into_it(page_of):
    page = page_of(ParcelsPage)
    assert "Ctrl+O" in page.table.view.empty_words
    assert not page.action("open").isEnabled()


def test_the_list_shows_what_to_look_at_and_finds_by_any_word(page_of, land):
    page = page_of(ParcelsPage)
    assert [row[0] for row in rows(page.table)] == ["H01", "T01"]
    assert rows(page.table)[1][-1] == "没有合同在用"
    assert page.status() == "2 块 · 1 块要看一看"
    page.search.setText("张三 水田")
    assert [row[0] for row in rows(page.table)] == ["T01"]
    page.search.setText("没有这块")
    assert page.table.view.empty_words == "没有“没有这块”。"
    assert page.escape()
    assert len(rows(page.table)) == 2


def test_a_file_is_taken_in_from_the_list_and_its_faults_are_said(page_of, village, settle, tmp_path):
    page = page_of(ParcelsPage)
    page.take_in(write_csv(tmp_path / "资源.csv", [PADDY, HILL], HEADER))
    settle()
    page.reload()
    settle()
    assert [row[0] for row in rows(page.table)] == ["H01", "T01"]
    page.take_in(tmp_path / "资源.csv")
    settle()
    assert page.slip.isVisible()
    assert len(village.reader.parcels(COLLECTIVE)) == 2


def test_enter_opens_a_parcel_and_f9_prints_the_register(page_of, land, navigator):
    page = page_of(ParcelsPage, code="T01")
    page.action("open").trigger()
    assert navigator.opened[-1] == ("parcel", {"code": "T01", "day": date.today()})  # noqa: DTZ011  the page's own day
    page.action("register").trigger()
    assert navigator.opened[-1][1]["report"] == "resource-register"


# one parcel


def test_a_parcel_shows_its_card_and_sketch_and_its_neighbours(page_of, land, settle):
    with land.act() as uow:
        parcels.sketch(uow, COLLECTIVE, "T01", square(81.65), date(2025, 3, 1), "皮尺丈量")
    page = page_of(ParcelPage, code="T01")
    assert ["面积", "10.00 亩（6666.67 平方米）"] in [row[:2] for row in rows(page.table)]
    assert "围成 10.00 亩" in page.sketch.accessibleName()
    assert page.status() == "第 2 块，共 2 块"
    page.action("previous").trigger()
    settle()
    assert page.head.title() == "后山林"
    assert "还没有草图" in page.sketch.accessibleName()


def test_a_contract_over_it_opens_and_its_papers_are_its_own(page_of, village, navigator):
    register(village, "T01", "10")
    let(village, "青合1")
    page = page_of(ParcelPage, code="T01")
    place = [row[0] for row in rows(page.table)].index("合同")
    page.table.view.opened.emit(place)
    assert navigator.opened[-1] == ("contract", {"number": "青合1"})
    page.table.view.opened.emit(0)  # the card's own rows lead nowhere
    assert len(navigator.opened) == 1
    assert page.attachments.strip.owner == Owner("parcel", COLLECTIVE, "T01")


def test_a_parcel_that_is_no_more_cannot_be_changed(page_of, land):
    with land.act() as uow:
        parcels.end(uow, COLLECTIVE, "T01", date(2025, 7, 1), "征收")
    page = page_of(ParcelPage, code="T01")
    assert page.status() == "2025-07-01 已经注销"
    assert not page.action("change").isEnabled()
    assert not page.action("split").isEnabled()


# the forms


@pytest.mark.parametrize("name", ACTS)
def test_every_form_is_built_and_asks_what_it_rests_on(page_of, land, name):
    page = page_of(ParcelFormPage, act=name, code="T01")
    assert {"day", "basis"} <= page.fields.keys()
    assert page.action("act").text() == ACTS[name].words


def test_a_parcel_is_entered(page_of, village, settle):
    page = page_of(ParcelFormPage, act="add")
    act(page, settle, code="T09", name="小塘", kind="水面", mu="1.5", basis="现场踏勘")
    assert "四至没有写全" in page.slip.notice.what
    act(page, settle, east="路", south="河", west="田", north="渠")
    assert now(village, "T09").land_class == ""
    assert now(village, "T09").kind == "水面"


def test_a_change_keeps_the_exact_area_unless_it_is_typed(page_of, land, settle):
    exact = now(land, "T01").area
    page = page_of(ParcelFormPage, act="change", code="T01")
    act(page, settle, used_by="李四", basis="换人耕种")
    assert (now(land, "T01").used_by, now(land, "T01").area) == ("李四", exact)


def test_a_split_names_the_difference_and_takes_the_rest(page_of, land, settle):
    page = page_of(ParcelFormPage, act="split", code="T01")
    act(page, settle, parts="A:4:东头\nB:5", basis="分户经营")
    assert "少了 666.67 平方米" in page.slip.notice.what
    act(page, settle, parts="A：4：东头\nB:")
    assert now(land, "A").name == "东头"
    assert page.notice.isVisible()


def test_parcels_are_merged_and_struck_off(page_of, land, settle):
    register(land, "T02", "1")
    page = page_of(ParcelFormPage, act="merge", code="T01")
    bounds = dict.fromkeys(("east", "south", "west", "north"), "路")
    act(page, settle, others="T02", into="T03", basis="土地整理", **bounds)
    assert now(land, "T03").name == "河湾水田"
    page = page_of(ParcelFormPage, act="end", code="T03")
    act(page, settle, basis="征收")
    assert land.reader.parcel(COLLECTIVE, "T03").ended is not None


def test_the_pad_and_the_corners_follow_each_other(page_of, land, settle, qtbot):
    page = page_of(ParcelFormPage, act="sketch", code="T01")
    fill(page, corners="0,0\n81.65,0\n81.65,81.65\n0,81.65")
    assert page.pad.corners == [(0, 0), (8165, 0), (8165, 8165), (0, 8165)]
    assert page.area.text().endswith("登记 10.00 亩，相符。")
    fill(page, corners="0,0\n30,0\n30,30")
    assert page.area.text().startswith("▲")
    place = QPointF(page.pad.width() / 2, page.pad.height() / 3)
    qtbot.mouseClick(page.pad, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert len(page.said()["corners"].splitlines()) == 4
    qtbot.mouseClick(page.pad, Qt.MouseButton.RightButton, pos=place.toPoint())
    assert page.said()["corners"].splitlines() == ["0,0", "30,0", "30,30"]
    fill(page, corners="0,0\n30,")
    assert "看不懂" in page.area.text()
    act(page, settle, corners="0,0\n81.65,0\n81.65,81.65\n0,81.65", basis="皮尺丈量")
    assert land.reader.parcel_sketch(COLLECTIVE, "T01") == square(81.65)
