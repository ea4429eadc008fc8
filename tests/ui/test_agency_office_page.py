"""What the office sees to on its people page: who left is out of every book, what counts as late, what was changed and when."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency, village_book
from tests.builders import LI, QIAN, WANG, ZHAO, pin_of
from tests.ui.agency_people_hand import Rest, agency, fill, outcome, page, rest, stand, told
from village_ledger.domain.agency_days import AgencyDays
from village_ledger.exchange.agency.agency_text import digest_of
from village_ledger.services.staff import staff
from village_ledger.ui.agency.agency_staff_page import AgencyStaffPage
from village_ledger.ui.main_window import MainWindow

__all__ = ["agency", "page", "rest"]

HEAD = "村里的老周"


# who left


def leave(page: AgencyStaffPage, name: str, rest: Rest) -> None:
    stand(page, QINGSHAN, name)
    page.action("dismiss").trigger()
    page.question.act.click()
    rest()


def test_the_books_that_still_know_somebody_are_named_and_done_again(
    page: AgencyStaffPage, agency: Agency, rest: Rest, tmp_path: Path
) -> None:
    shutil.move(agency.book(BAIYUN), tmp_path / "在U盘上")
    leave(page, WANG, rest)
    assert page.outcome.said.text() == ("王秀英 打不开工作区了；1 个村的账簿里离任了；还认得他的：白云村。")
    page.escape()
    shutil.move(tmp_path / "在U盘上", agency.book(BAIYUN))
    page.action("refresh").trigger()
    rest()
    assert told(page)[BAIYUN][WANG].startswith("还没离任")
    stand(page, BAIYUN, WANG)
    page.action("dismiss").trigger()
    assert page.form.heading.text() == "王秀英 还没离任的账簿再办一次：白云村"
    page.form.act.click()
    rest()
    assert outcome(page) == [(BAIYUN, "办好了")]
    page.escape()
    assert WANG not in told(page)[QINGSHAN]


def test_a_villages_own_administrator_types_the_pin_of_that_book(
    page: AgencyStaffPage, agency: Agency, rest: Rest
) -> None:
    with agency.village(BAIYUN) as village:
        village.hire(HEAD, "管理员")
        with village.act(HEAD) as uow:
            staff.dismiss(uow, QIAN)
    leave(page, WANG, rest)
    assert outcome(page) == [(BAIYUN, "没有办成"), (QINGSHAN, "办好了")]
    assert page.outcome.model is not None
    assert f"这本账的管理员是 {HEAD}" in page.outcome.model.verdicts[0].words
    page.escape()
    stand(page, BAIYUN, WANG)
    page.action("dismiss").trigger()
    fill(page, own=HEAD, own_pin=pin_of(HEAD))
    page.form.act.click()
    rest()
    assert outcome(page) == [(BAIYUN, "办好了")]


def test_a_books_one_administrator_is_named_before_it_is_done(page: AgencyStaffPage) -> None:
    stand(page, QINGSHAN, QIAN)
    page.action("dismiss").trigger()
    assert page.question._label.text() == (
        "钱书记 是青山村等 2 个村账簿唯一的管理员，在那里离不了任。仍让他离开？"
    )


def test_who_was_dismissed_elsewhere_sees_no_more(
    window: MainWindow, page: AgencyStaffPage, agency: Agency, rest: Rest
) -> None:
    """On this computer somebody is still signed in: the next look says so, and no book opens."""
    kept = json.loads(agency.path.read_text(encoding="utf-8"))
    kept.pop("digest")
    next(one for one in kept["members"] if one["name"] == QIAN)["left_at"] = "2025-03-01T09:00:00"
    agency.path.write_text(json.dumps(kept | {"digest": digest_of(kept)}), encoding="utf-8")
    page.action("refresh").trigger()
    rest()
    assert page.slip.notice is not None
    assert "钱书记 已经离开" in page.slip.notice.what
    page.enter(agency.kept(QINGSHAN))
    rest()
    assert not window.session.is_open
    assert "钱书记 已经离开" in page.slip.notice.what


# what counts as late


def test_the_days_are_set_as_the_township_ruled(page: AgencyStaffPage, agency: Agency, rest: Rest) -> None:
    page.action("days").trigger()
    assert [page.form.typed()[key] for key in ("close_by", "claim_days", "remark_days")] == ["10", "10", "15"]
    fill(page, close_by="5", claim_days="7")
    page.form.act.click()
    rest()
    assert page.slip.notice is not None
    assert "还没有写依据" in page.slip.notice.what
    fill(page, source="青山镇〔2025〕3号")
    page.form.act.click()
    rest()
    assert agency.says.days == AgencyDays(5, 7, 15, "青山镇〔2025〕3号")
    assert page.work.touched == {one.uid for one in agency.says.books}
    page.action("days").trigger()
    assert page.form.typed()["source"] == "青山镇〔2025〕3号"
    fill(page, whose="proposed")
    page.form.act.click()
    rest()
    assert agency.says.days is None


@pytest.mark.parametrize("typed", ["", "x", "0", "32", "-3", "5.5", "٣"])
def test_a_day_nobody_means_is_refused(page: AgencyStaffPage, agency: Agency, rest: Rest, typed: str) -> None:
    page.action("days").trigger()
    fill(page, close_by=typed, source="镇里定的")
    page.form.act.click()
    rest()
    assert page.slip.notice is not None
    assert "结账的日子是次月" in page.slip.notice.what
    assert agency.says.days is None


# what was changed


@pytest.fixture
def log(page: AgencyStaffPage, window: MainWindow, rest: Rest) -> Any:
    page.action("log").trigger()
    rest()
    return window._page()


def words_of(log: Any) -> list[str]:
    return [row.cells[2] for row in log.made.rows]


def test_the_log_has_the_newest_first_and_esc_leads_back(
    log: Any, window: MainWindow, rest: Rest, agency: Agency
) -> None:
    assert words_of(log) == [
        "加进白云村的账簿，在 白云村.vledger",
        "加进青山村的账簿，在 青山村.vledger",
    ]
    assert log.broken.isHidden()
    assert "加进白云村" in log.status()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert window._front.current_name == "agency_staff"


def test_a_log_changed_by_hand_is_said(log: Any, agency: Agency, rest: Rest) -> None:
    kept = json.loads(agency.path.read_text(encoding="utf-8"))
    kept.pop("digest")
    kept["log"] = kept["log"][1:]
    agency.path.write_text(json.dumps(kept | {"digest": digest_of(kept)}), encoding="utf-8")
    log.action("refresh").trigger()
    rest()
    assert log.broken.isVisible()
    assert any("有人改过这个文件" in label.text() for label in log.broken.findChildren(QLabel))


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_the_log_is_written_down(
    log: Any, rest: Rest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    out = tmp_path / f"变动.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    log.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    if ending == "pdf":
        assert out.read_bytes().startswith(b"%PDF")
    else:
        said = {str(cell.value) for row in load_workbook(out).worksheets[0].iter_rows() for cell in row}
        assert "加进青山村的账簿，在 青山村.vledger" in said


def test_a_book_that_came_since_is_in_the_log(
    page: AgencyStaffPage, agency: Agency, rest: Rest, window: MainWindow, tmp_path: Path
) -> None:
    page.take_books([village_book(tmp_path, HEISHI)])
    rest()
    page.escape()
    page.action("log").trigger()
    rest()
    seen: Any = window._page()
    assert "黑石村" in words_of(seen)[0]
    assert next(iter(seen.made.rows)).cells[1] == QIAN


# where there is little room


def test_in_a_narrow_window_the_arrows_go_from_person_to_person(
    page: AgencyStaffPage, window: MainWindow, rest: Rest
) -> None:
    """The table is wider than the window: the village stays in view, and the framed person comes into it."""
    window.resize(683, 384)
    rest()
    stand(page, BAIYUN, QIAN)
    page.table.setFocus()
    assert page.table.view.horizontalScrollBar().maximum()
    assert page.table.kept is not None
    assert page.table.kept.view.isVisible()
    assert page.model is not None
    seen = [page.person]
    for _ in range(3):
        QTest.keyClick(page.table.view, Qt.Key.Key_Right)
        seen.append(page.person)
        left = page.table.view.columnViewportPosition(page.model.chosen)
        assert 0 <= left < page.table.view.viewport().width()
    assert [one.name for one in seen if one] == [QIAN, WANG, LI, ZHAO]
