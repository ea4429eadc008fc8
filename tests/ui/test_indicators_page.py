"""指标 in the window, and the few of them on the home page."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.parcels.land import register
from village_ledger.domain.parcel import Standing
from village_ledger.ui.desk.home_page import HomePage
from village_ledger.ui.indicators.indicators_page import IndicatorsPage


@pytest.fixture
def year(village):
    village.open_with("借 102 2000000", "贷 301 2000000")
    village.posted("2025-03-08", "收租金", "借 102 230000; 贷 501 230000")
    register(village, "T01", "9")
    register(village, "T02", "1", standing=Standing.IDLE)
    return village


def row_of(page: IndicatorsPage, key: str) -> int:
    assert page.shown is not None
    return [one.definition.key for one in page.shown.indicators].index(key)


def test_every_indicator_has_its_formula_in_the_table_and_in_words(page_of, year):
    page = page_of(IndicatorsPage, day=date(2025, 12, 31))
    page.table.go_to_row(row_of(page, "idle_land"))
    assert page.words.text().startswith("资源闲置率 10.0% = 1.00 亩 ÷ 10.00 亩。")
    page.table.go_to_row(row_of(page, "rent_collection"))
    assert page.words.text().startswith("租金收缴率：没有登记合同。")
    assert "资源闲置率 10.0%" in page.strip.accessibleName()
    assert page.status() == "13 项指标 · 1 项要看"


def test_the_page_shows_the_month_in_view_without_a_day(page_of, year):
    assert page_of(IndicatorsPage).as_of.day == date(2025, 3, 31)


def test_the_committees_page_shows_the_collectives(page_of, year, session):
    session.switch_ledger("committee")
    assert page_of(IndicatorsPage).shown is not None


def test_a_line_is_set_from_the_page(page_of, year, settle, session):
    page = page_of(IndicatorsPage)
    page.table.go_to_row(row_of(page, "idle_land"))
    page.action("line").trigger()
    page.ask.field.setText("20")
    page.ask.act.click()
    settle()
    found = page.shown.named("idle_land")
    assert (found.line_shown, found.judged.value) == ("高于 20%", "good")
    page.action("line").trigger()
    page.ask.field.setText("很高")
    page.ask.act.click()
    settle()
    assert "看不懂" in page.slip.notice.what


def test_it_is_printed(page_of, year, navigator):
    page_of(IndicatorsPage).action("print").trigger()
    assert navigator.opened[-1][1]["report"] == "indicators"


def test_the_home_page_shows_a_few_and_leads_to_all(page_of, year, navigator, qtbot):
    page = page_of(HomePage)
    assert page.strip.isVisible()
    assert "资产负债率" in page.strip.accessibleName()
    qtbot.keyClick(page.strip, Qt.Key.Key_Return)
    assert navigator.opened[-1] == ("indicators", {})
    qtbot.mouseClick(page.strip, Qt.MouseButton.LeftButton)
    assert len(navigator.opened) == 2


def test_a_village_with_nothing_yet_has_no_strip(page_of, village):
    assert not page_of(HomePage).strip.isVisible()
