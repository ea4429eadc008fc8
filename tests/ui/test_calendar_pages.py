"""公开日历, its rules and what is entered for it by hand: what the pages show, what their keys do, what they refuse."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QFileDialog

from tests.builders import COLLECTIVE
from village_ledger.domain.disclosure_standing import Posted, State
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.reports.disclosure.editions import register_all
from village_ledger.services.disclosure import calendar_acts, disclosure_calendar
from village_ledger.ui.disclosure.calendar_page import CalendarPage
from village_ledger.ui.disclosure.calendar_rules_page import CURRENT, FILE, CalendarRulesPage
from village_ledger.ui.disclosure.matters_page import MattersPage
from village_ledger.ui.disclosure.postings_page import PostingsPage
from village_ledger.ui.sheets.print_source import PACK

FIRST_QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


def column(page, place: int) -> list[str]:
    return [page.model.text(row, place) for row in range(page.model.count())]


@pytest.fixture
def may(village, session):
    """青山村 looked at on the last day of May 2025."""
    session.go_to_month(Month(2025, 5))
    return village


# the calendar


def test_late_ones_stand_first_and_the_status_names_the_next(page_of, may):
    page = page_of(CalendarPage)
    assert column(page, 3)[:3] == [
        "2025年 · 年度财务计划",
        "2025年第1季度 · 每季财务收支和财务状况",
        "2025年第2季度 · 每季财务收支和财务状况",
    ]
    assert column(page, 2)[:3] == ["晚了 61 天", "晚了 41 天", "还有 50 天"]
    assert page.status() == "晚了 2 件 · 下一件 2025-07-20：2025年第2季度 · 每季财务收支和财务状况"
    assert page.model.words(0, 0) == "晚了"
    assert "凭记忆" in page.basis.text()


def test_enter_makes_the_pack_of_its_days_and_opens_a_posting_where_there_is_one(
    page_of, may, navigator, monkeypatch, settle
):
    page = page_of(CalendarPage)
    page.table.opened.emit(1)
    assert navigator.opened == [("disclosure", {"ledger": COLLECTIVE, "span": FIRST_QUARTER, "sheet": PACK})]
    may.posted("2025-03-08", "收奖补", "借 102 900; 贷 241#水渠 900")
    page.reload()
    settle()
    page.table.opened.emit(column(page, 3).index("上级专项资金 · 专项应付款"))
    assert navigator.opened[-1][1]["sheet"] == "disclosure-grants"
    hung = Posted("2025-01", "quarter", FIRST_QUARTER, frozenset("AC"), date(2025, 4, 12))
    monkeypatch.setattr(disclosure_calendar, "posted_of", lambda *_: [hung])
    page.reload()
    settle()
    row = column(page, 6).index("2025-01")
    assert (column(page, 2)[row], column(page, 5)[row]) == ("已公开", "2025-04-12")
    page.table.go_to_row(row)
    assert page.action("into").text() == "看张贴"
    page.action("into").trigger()
    assert navigator.opened[-1] == ("posting", {"ledger": COLLECTIVE, "number": "2025-01"})


def test_f6_puts_the_sheets_of_its_days_together_for_its_occasion(page_of, may, navigator, settle):
    page = page_of(CalendarPage)
    page.table.go_to_row(1)
    page.action("hang").trigger()
    asked = {"ledger": COLLECTIVE, "span": FIRST_QUARTER, "occasion": "quarter"}
    assert navigator.opened == [("postings", asked)]
    with may.act() as uow:
        for span in (FIRST_QUARTER, Span.of_month(Month(2025, 3))):
            tables = make_all(uow.reader, "disclosure", ReportRequest(COLLECTIVE, span, sheets=("A",)))
            register_all(uow, tables)
    form = page_of(PostingsPage)
    for span, occasion in ((FIRST_QUARTER, "special:other"), (Span.of_month(Month(2025, 3)), "request")):
        form.go(ledger=COLLECTIVE, span=span, occasion=occasion)
        settle()
        assert (form.span.currentData(), form.occasion.currentData()) == (span, occasion)


def test_f8_asks_why_and_the_reason_stays(page_of, may, settle):
    page = page_of(CalendarPage)
    page.table.go_to_row(1)
    page.action("excuse").trigger()
    page.ask.field.setText("灾后停电")
    page.ask.act.click()
    settle()
    (excuse,) = may.reader.calendar_excuses(COLLECTIVE)
    assert excuse.reason == "灾后停电"
    page.reload()
    settle()
    row = column(page, 2).index("说明了原因")
    assert column(page, 7)[row].startswith("灾后停电（")


def test_what_is_not_late_needs_no_reason(page_of, may):
    page = page_of(CalendarPage)
    page.table.go_to_row(2)
    assert not page.action("excuse").isEnabled()
    page.table.go_to_row(0)
    page.action("excuse").trigger()
    assert page.escape()
    assert not page.ask.isVisibleTo(page)


def test_a_refusal_is_said_in_the_page(page_of, may, settle):
    page = page_of(CalendarPage)
    page.table.go_to_row(0)
    page.action("excuse").trigger()
    with may.act() as uow:
        calendar_acts.excuse(uow, COLLECTIVE, "plan", Span.of_year(2025), "停电", date(2025, 5, 31))
    page.ask.field.setText("停电")
    page.ask.act.click()
    settle()
    assert "已经写过" in page.slip.notice.what


def test_the_year_is_twelve_cells_by_keys_and_mouse(page_of, may, qtbot):
    page = page_of(CalendarPage)
    page.resize(900, 600)
    strip = page.strip
    assert [strip.worst(month) for month in (3, 4, 5, 7)] == [State.LATE, State.LATE, None, State.AHEAD]
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.accessibleName() == "2025年4月，1 件，晚了"
    assert page.table.row == 1
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPointF(strip._cell(7).center()).toPoint())
    assert page.table.row == 2
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert strip.year == 2026
    assert "2025年 · 全年收支、资产、债权债务和分配" in column(page, 3)
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert strip.year == 2026
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPointF(2, 2).toPoint())
    assert strip.year == 2025


def test_it_is_printed_and_leads_to_its_rules_and_matters(page_of, may, navigator):
    page = page_of(CalendarPage)
    for name, target in (
        ("print_this", "preview"),
        ("rules", "disclosure_rules"),
        ("matter", "disclosure_matters"),
    ):
        page.action(name).trigger()
        assert navigator.opened[-1][0] == target
    assert navigator.opened[0][1]["report"] == "disclosure-calendar"


# the rules


def test_another_province_is_looked_at_and_adopted(page_of, may, settle):
    page = page_of(CalendarRulesPage)
    assert page.choice.currentData() == CURRENT
    assert "还没有采用哪一套" in page.said.text()
    assert "每季财务收支和财务状况" in column(page, 0)
    page.choice.setCurrentIndex(page.choice.findData("shandong"))
    page.choice.activated.emit(0)
    assert "每月财务收支（逐项）" in column(page, 0)
    assert may.reader.calendar_rules(COLLECTIVE) == []
    page.action("adopt").trigger()
    settle()
    assert page.slip.isVisibleTo(page)
    page.day.setText("2025-06-01")
    page.action("adopt").trigger()
    settle()
    assert "要写明依据" in page.slip.notice.what
    page.reason.setText("省条例")
    page.action("adopt").trigger()
    settle()
    (adopted,) = may.reader.calendar_rules(COLLECTIVE)
    assert (adopted.set_id, adopted.rhythm, adopted.since) == ("shandong", "month", date(2025, 6, 1))
    assert "从 2025-06-01 起照“山东：财务逐项按月”公开" in page.said.text()


def test_the_month_is_chosen_under_the_same_rules(page_of, may, settle):
    page = page_of(CalendarRulesPage)
    page.rhythm.setCurrentIndex(page.rhythm.findData("month"))
    page.rhythm.activated.emit(1)
    assert "每月财务收支（逐笔）" in column(page, 0)
    page.day.setText("2025-05-01")
    page.reason.setText("业务多")
    page.action("adopt").trigger()
    settle()
    assert may.reader.calendar_rules(COLLECTIVE)[0].rhythm == "month"
    assert "从 2025-05-01 起照" in page.said.text()


def test_rules_go_out_to_a_file_and_come_back_changed(page_of, may, settle, monkeypatch, tmp_path):
    page, file = page_of(CalendarRulesPage), tmp_path / "规矩.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.action("save_file").trigger()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("通用：至少每季一次", "青山村公开规矩"), encoding="utf-8")
    page.action("take_in").trigger()
    assert page.choice.currentData() == FILE
    page.day.setText("2025-05-01")
    page.reason.setText("村民代表会议")
    page.action("adopt").trigger()
    settle()
    assert may.reader.calendar_rules(COLLECTIVE)[0].set_id == "own"
    page.reload()
    settle()
    assert "青山村公开规矩" in page.choice.currentText()


@pytest.mark.parametrize("text", ["names = 1", None])
def test_a_file_that_is_no_rules_is_refused_in_the_page(page_of, may, monkeypatch, tmp_path, text):
    page, file = page_of(CalendarRulesPage), tmp_path / "规矩.toml"
    if text:
        file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.action("take_in").trigger()
    assert page.slip.isVisibleTo(page)
    assert page.choice.currentData() == CURRENT


# by hand


def test_a_request_is_entered_and_stands_in_the_list(page_of, may, settle):
    page = page_of(MattersPage)
    page.kind.setCurrentIndex(page.kind.findData("request"))
    page.words.setText("三组十二户要求公开水塔账")
    page.span.setText("2025-01 至 2025-03")
    page.action("enter").trigger()
    settle()
    page.reload()
    settle()
    assert column(page, 3) == ["三组十二户要求公开水塔账"]
    assert column(page, 4) == ["2025年第1季度"]
    assert column(page, 2) == ["2025-05-31"]
    assert page.words.text() == ""


@pytest.mark.parametrize(
    ("field", "text"), [("day", "昨天"), ("span", "春天"), ("words", ""), ("day", "2024-01-01")]
)
def test_a_matter_that_cannot_be_is_refused_in_the_page(page_of, may, settle, field, text):
    page = page_of(MattersPage)
    page.kind.setCurrentIndex(page.kind.findData("other"))
    page.words.setText("换水泵")
    getattr(page, field).setText(text)
    page.action("enter").trigger()
    settle()
    assert page.slip.isVisibleTo(page)
    assert may.reader.calendar_matters(COLLECTIVE) == []
