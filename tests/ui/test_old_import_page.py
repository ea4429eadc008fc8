"""导入旧账 in the window: files chosen and read, accounts decided by key, figures before and after, then all or nothing."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.builders import Village
from tests.oldbooks.old_files import KINGDEE, T3, workbook
from village_ledger.services.book.verification import inspect
from village_ledger.ui.desk.reports_page import ReportsPage
from village_ledger.ui.oldbooks.old_import_page import FILES, MAPPING, PROOF, OldImportPage

LEDGER = "collective"


@pytest.fixture
def village(tmp_path):
    """A village that begins with the year of the samples."""
    with Village.found(tmp_path, start="2024-01") as made:
        yield made


@pytest.fixture
def page(page_of, settle):
    """The page with Kingdee's year read."""
    made = page_of(OldImportPage)
    made.add_files(list(KINGDEE))
    settle()
    return made


def onward(page, settle):
    page.next.click()
    settle()


def test_the_files_say_what_they_are(page):
    assert page.files.said.text() == "金蝶 KIS，石门沟村股份经济合作社，2024年：60 个科目，192 张凭证。"
    assert page.status() == "60 个旧科目，192 张凭证；5 个旧科目待定"


def test_three_steps_take_the_year_in(page, settle, village):
    onward(page, settle)
    page.action("all_proposed").trigger()
    settle()
    onward(page, settle)
    assert page.step == PROOF
    *_, total = page.comparison.rows
    assert total.cells[4:6] == (321_551_497, 321_551_497)
    assert village.reader.old_imports(LEDGER) == []  # so far only looked at
    onward(page, settle)
    (made,) = village.reader.old_imports(LEDGER)
    assert made.vouchers == 192
    assert page.navigator.opened[-1][0] == "trial_balance"
    assert inspect(village.book) == []


def test_what_is_open_keeps_one_at_the_mapping(page, settle):
    onward(page, settle)
    onward(page, settle)
    assert page.step == MAPPING
    assert page.slip.notice.what == "还有 5 个旧科目没有定"
    assert page.mapping.current.old.shown == "112.02.01"


def test_one_account_after_the_other_by_key(page, settle):
    onward(page, settle)
    seen = []
    while page.mapping.current.is_open:
        seen.append(page.mapping.current.old.shown)
        page.action("as_proposed").trigger()
        settle()
    assert seen == ["112.02.01", "212", "322.01.02", "541.06", "541.08"]


@pytest.mark.qt_log_ignore("grabbing the keyboard", "support raise", extend=True)  # the list under a field
def test_another_account_is_chosen_by_typing(page, settle, qtbot):
    onward(page, settle)
    rows = [one.old.shown for one in page.found.reading.proposals]
    page.mapping.table.go_to_row(rows.index("541.06"))
    page.mapping.account.setFocus()
    qtbot.keyClicks(page.mapping.account, "514")
    qtbot.keyClick(page.mapping.account, Qt.Key.Key_Return)
    settle()
    one = page.found.reading.proposals[rows.index("541.06")]
    assert (one.target, one.decided) == ("514", True)


def test_a_name_of_its_own_for_a_sub_account_and_a_counterparty(page, settle, qtbot):
    onward(page, settle)
    rows = [one.old.shown for one in page.found.reading.proposals]
    for shown, name in (("541.02", "办公经费"), ("202.01.02", "门面押金")):
        page.mapping.table.go_to_row(rows.index(shown))
        page.mapping.name.setText(name)
        qtbot.keyClick(page.mapping.name, Qt.Key.Key_Return)
        settle()
    found = {one.old.shown: one for one in page.found.reading.proposals}
    assert found["541.02"].detail == "办公经费"
    assert (found["202.01.02"].party, page.mapping.label.text()) == ("门面押金", "往来单位")


def test_the_list_goes_out_and_comes_back(page, settle, tmp_path):
    onward(page, settle)
    path = tmp_path / "科目对照表.csv"
    page.write_map(path)
    settle()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream))["旧科目代码"] == "101"
    page.take_map(path)
    settle()
    assert page.found.reading.open_ones == []


def test_a_file_that_is_neither_is_refused_in_the_slip(page, settle, tmp_path):
    page.add_files([workbook(tmp_path / "名册.xlsx", [["姓名"], ["王秀英"]])])
    settle()
    assert page.slip.isVisibleTo(page)
    onward(page, settle)
    assert page.step == FILES


def test_a_gap_is_named_and_ticked_away(page_of, settle, village):
    page = page_of(OldImportPage)
    page.add_files(list(T3))
    settle()
    onward(page, settle)
    onward(page, settle)
    assert page.step == MAPPING
    assert any("2024-05 缺 记-0009" in fault for fault in page.slip.notice.faults)
    page.files.renumber.setChecked(True)
    onward(page, settle)
    assert page.step == PROOF
    onward(page, settle)
    assert village.reader.gaps(LEDGER) == []


def test_a_file_is_taken_off_the_list(page, settle):
    page.files.table.go_to_row(1)
    page.action("drop_file").trigger()
    settle()
    assert [path.name for path in page.files.paths] == ["kingdee_trial_balance.xlsx"]
    assert "0 张凭证" in page.files.said.text()


def test_the_comparison_is_kept_as_paper(page, settle, tmp_path, monkeypatch):
    onward(page, settle)
    page.action("all_proposed").trigger()
    settle()
    onward(page, settle)
    out = tmp_path / "对照.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page.action("print_comparison").trigger()
    settle()
    assert out.read_bytes().startswith(b"%PDF")


def test_files_are_chosen_in_the_dialog(page_of, settle, monkeypatch):
    page = page_of(OldImportPage)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(p) for p in KINGDEE], ""))
    page.action("add_file").trigger()
    settle()
    assert page.found is not None


def test_an_import_is_found_among_the_reports(page, page_of, settle, navigator):
    reports = page_of(ReportsPage)
    assert "旧账导入前后对照表" not in [entry.name for entry in reports.entries()]
    onward(page, settle)
    page.action("all_proposed").trigger()
    settle()
    onward(page, settle)
    onward(page, settle)
    entries = {entry.name: entry for entry in reports.entries()}
    entries["旧账导入前后对照表"].go()
    assert navigator.opened[-1] == ("report_table", {"report": "old-comparison"})


def test_on_a_small_screen_the_fields_stand_whole_below_a_row(page, settle):
    page.theme.fit(683)
    onward(page, settle)
    page.resize(612, 306)
    page.show()
    settle()
    form = page.mapping
    assert form.current.note in form.what.text()
    for widget in (form.what, form.account, form.name):
        wanted = widget.heightForWidth(widget.width()) if widget is form.what else widget.sizeHint().height()
        assert widget.height() >= wanted
