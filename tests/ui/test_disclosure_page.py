"""Every sheet of the pack is seen as paper, one by one or all together; all that leave are registered."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMenu

from village_ledger.domain.period import Month, Span
from village_ledger.reports.disclosure.catalogue_pack import SHEETS
from village_ledger.ui.disclosure.disclosure_page import DisclosurePage
from village_ledger.ui.sheets.print_source import PACK

pytest.importorskip("pypdfium2")
MARCH = Span.of_month(Month(2025, 3))


@pytest.fixture
def wall(village, page_of):
    village.open_with("借 101 1200", "借 102 50000", "贷 301 51200")
    village.posted("2025-03-03", "收果园承包款", "借 102 6200; 贷 501 6200")
    village.posted("2025-03-08", "赊购化肥", "借 511 900; 贷 211@农资店 900")
    return page_of(DisclosurePage, span=MARCH)


def choose(page, settle, report: str) -> None:
    page.sheets.setCurrentIndex(page.sheets.findData(report))
    settle()


def test_the_list_has_every_sheet_by_letter_and_the_whole_pack(wall):
    listed = [wall.sheets.itemText(index) for index in range(wall.sheets.count())]
    assert listed == [*(f"{one.letter} {one.title}" for one in SHEETS), "整套公开表"]
    assert wall.sheets.currentText() == "A 收支公开表（逐笔）"


def test_another_sheet_is_made_and_the_page_comes_back_to_it(wall, settle):
    choose(wall, settle, "disclosure-claims")
    (table,) = wall.prepared.tables
    assert "农资店" in {row.cells[0] for row in table.rows}
    assert not wall.figures.isVisibleTo(wall.panel)
    assert wall.where()["sheet"] == "disclosure-claims"


def test_the_whole_pack_is_one_paper_and_every_sheet_of_it_is_registered(
    wall, settle, village, tmp_path, monkeypatch
):
    choose(wall, settle, PACK)
    codes = [table.check_code for table in wall.prepared.tables]
    assert [table.report for table in wall.prepared.tables][:2] == ["disclosure-summary", "disclosure"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "整套.pdf"), ""))
    wall.action("save_pdf").trigger()
    settle()
    settle()
    assert [village.reader.sheet(code) is not None for code in codes] == [True] * len(codes)
    assert (tmp_path / "整套.pdf").stat().st_size > 0


def test_in_a_narrow_window_the_list_stands_in_the_menu(wall, settle):
    menu = QMenu()
    wall.sheets.fold_into(menu)
    (inner,) = menu.findChildren(QMenu)
    inner.actions()[0].trigger()
    settle()
    assert wall.prepared.tables[0].report == "disclosure-summary"


def test_the_calendar_is_reached_from_it(page_of, navigator):
    page = page_of(DisclosurePage)
    button = next(b for b in page.findChildren(QAbstractButton) if b.accessibleName().startswith("公开日历"))
    button.click()
    assert navigator.opened[-1] == ("disclosure_calendar", {})
