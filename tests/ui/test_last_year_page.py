"""上年数 typed in the window: rows from the old paper, sums by themselves, saved for the statement's column."""

from __future__ import annotations

from tests.builders import COLLECTIVE
from tests.exchange.files import write_csv
from village_ledger.ui.beginning.last_year_page import LastYearPage

REPORT = "balance-sheet"


def test_rows_are_typed_and_sums_worked_out(village, page_of, settle):
    page = page_of(LastYearPage)
    first, second = list(page.fields)[:2]
    page.fields[first].setText("1200")
    page.fields[second].setText("1.5万")
    page.fields[second].editingFinished.emit()
    assert any(label.text() == "16,200.00" for label in page.sums.values())
    page.action("save").trigger()
    settle()
    kept = village.reader.last_year(COLLECTIVE, REPORT)
    assert kept is not None
    assert (kept.figures[first], kept.figures[second]) == (1200_00, 15000_00)
    assert "上年数存下了" in page.status()
    assert page.fields[first].text() == "1200.00"
    assert "已经录过" in page.words.text()
    assert village.verify() == []


def test_the_other_statement_has_its_own_rows(village, page_of, settle):
    page = page_of(LastYearPage, report="income-distribution")
    line = next(iter(page.fields))
    page.fields[line].setText("300")
    page.action("save").trigger()
    settle()
    assert village.reader.last_year(COLLECTIVE, REPORT) is None
    assert village.reader.last_year(COLLECTIVE, "income-distribution") is not None


def test_what_cannot_be_kept_is_said(village, page_of, settle):
    page = page_of(LastYearPage)
    page.action("save").trigger()
    settle()
    assert "一行也没有填" in page.slip.notice.what
    next(iter(page.fields.values())).setText("约三百")
    page.action("save").trigger()
    assert "不是金额" in page.slip.notice.what


def test_a_file_is_taken_as_the_command_line_takes_it(village, page_of, settle, tmp_path):
    page = page_of(LastYearPage)
    line = next(iter(page.fields))
    page.take_file(write_csv(tmp_path / "上年.csv", [[line, "88.5"]], ("行次", "期末余额")))
    settle()
    assert page.fields[line].text() == "88.50"
