"""A sheet on the wall is proved in the window: by its code, or from the register of every sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from tests.builders import COLLECTIVE, LI
from tests.disclosure.sheets import MARCH, put_up
from village_ledger.domain.period import Month
from village_ledger.services.closing import closing
from village_ledger.ui.closing.month_forms import ReopenPage
from village_ledger.ui.desk.home_figures import read_home
from village_ledger.ui.desk.home_page import HomePage
from village_ledger.ui.disclosure.disclosure_page import DisclosurePage
from village_ledger.ui.disclosure.sheet_check_page import SheetCheckPage
from village_ledger.ui.widgets.state_mark import Check


@pytest.fixture
def book(village):
    village.add_account("514", "路灯照明")
    village.open_with("借 101 1200", "借 102 50000", "贷 311 51200")
    village.posted("2025-03-05", "收鱼塘承包款", "借 102 6000; 贷 501 6000")
    village.posted("2025-03-08", "付路灯电费", "借 51401 386.40; 贷 101 386.40")
    return village


def typed(page, settle, qtbot, text: str) -> None:
    page.panel.field.setText(text)
    qtbot.keyClick(page.panel.field, Qt.Key.Key_Return)
    settle()


def test_a_typed_code_gets_its_verdict(book, page_of, settle, qtbot):
    code = put_up(book)
    page = page_of(SheetCheckPage)
    settle()
    typed(page, settle, qtbot, " ".join(code[i : i + 4] for i in (0, 4, 8)).lower())
    assert page.panel.found.proved
    assert page.panel.mark.check is Check.GOOD
    assert "和账上现在的数一致" in page.panel.head.text()
    assert page.panel.words.text().startswith("第 1 版，未结账，")
    assert page.panel.field.text() == code
    assert page.table.isVisibleTo(page)
    assert page.escape()
    assert not page.panel.answered
    assert not page.escape()


def test_each_figure_that_differs_leads_to_its_voucher(book, page_of, settle, qtbot, navigator):
    code = put_up(book)
    added = book.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    page = page_of(SheetCheckPage, code=code)
    settle()
    settle()
    figures = page.panel.figures
    assert not page.table.isVisibleTo(page)
    model = figures.view.model()
    shown = {model.text(row, 0): (model.text(row, 2), model.text(row, 3)) for row in range(model.count())}
    assert shown["本期支出"] == ("386.40", "436.40")
    assert shown["2025-03-20 记-0003"] == ("没有这一笔", "有这一笔")
    row = next(row for row in range(model.count()) if model.text(row, 0).startswith("2025-03-20"))
    figures.go_to_row(row)
    qtbot.keyClick(figures.view, Qt.Key.Key_Return)
    assert navigator.opened[-1] == ("voucher", {"voucher_id": added.id})
    assert page.where() == {"code": code}


def test_the_register_lists_every_version_and_enter_checks_one(book, page_of, settle, qtbot):
    first = put_up(book)
    book.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    second = put_up(book, "漏记了一张收据")
    page = page_of(SheetCheckPage)
    settle()
    assert page.model.count() == 2
    assert page.status() == "共 2 版"
    page.table.go_to_row(0)
    page.table.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    settle()
    assert page.panel.found.code == first
    assert page.panel.found.replaced
    assert f"已由第 2 版（{second}）替换" in page.panel.words.text()


def test_an_unknown_code_says_what_it_may_have_meant(book, page_of, settle, qtbot):
    code = put_up(book)
    page = page_of(SheetCheckPage)
    settle()
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    typed(page, settle, qtbot, wrong)
    assert page.panel.mark.check is Check.WARN
    assert f"账里最像的是 {code}" in page.panel.words.text()
    assert not page.action("again").isEnabled()


def test_an_empty_field_asks_nothing(book, page_of, settle, qtbot):
    page = page_of(SheetCheckPage)
    settle()
    typed(page, settle, qtbot, "  ")
    assert not page.panel.answered
    assert page.model.count() == 0


def test_a_kept_sheet_is_printed_again(book, page_of, settle, qtbot, navigator):
    code = put_up(book)
    book.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    page = page_of(SheetCheckPage, code=code)
    settle()
    settle()
    page.action("again").trigger()
    settle()
    name, where = navigator.opened[-1]
    assert name == "preview"
    (table,) = where["tables"]
    assert table.check_code == code
    assert table.span == MARCH


def test_the_register_is_saved(book, page_of, settle, tmp_path, monkeypatch):
    put_up(book)
    page = page_of(SheetCheckPage)
    settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "登记簿.xlsx"), ""))
    page.action("save").trigger()
    settle()
    assert (tmp_path / "登记簿.xlsx").stat().st_size > 0


def test_the_page_of_the_wall_leads_there(book, page_of, settle, navigator):
    page = page_of(DisclosurePage, span=MARCH)
    settle()
    page.action("check").trigger()
    assert navigator.opened[-1] == ("sheet_check", {})


def test_the_home_page_leads_there_when_a_closed_month_changed(book, page_of, settle, navigator):
    book.close_month("2025-01")
    book.close_month("2025-02")
    book.close_month("2025-03")
    put_up(book)
    with book.act() as uow:
        closing.reopen(uow, COLLECTIVE, Month(2025, 3), LI, "漏记")
    book.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    assert read_home(book.reader, 2025).ledgers[0].sheets_differing == (
        "已张贴的表和账不一致，应更正公开：2025年3月 A",
    )
    page = page_of(HomePage)
    settle()
    button = next(
        b for b in page.todos.findChildren(QAbstractButton) if "已张贴的表和账不一致" in b.accessibleName()
    )
    button.click()
    assert navigator.opened == [("sheet_check", {})]


def test_whoever_reopens_a_month_sees_first_what_hangs_of_it(book, page_of):
    for month in ("2025-01", "2025-02", "2025-03"):
        book.close_month(month)
    page = page_of(ReopenPage, month=Month(2025, 3))
    assert not page.on_the_wall.isVisibleTo(page)
    put_up(book)
    page.go(month=Month(2025, 3))
    assert page.on_the_wall.isVisibleTo(page)
    assert page.on_the_wall.text().startswith("2025年3月的公开表已经公开 1 张")
