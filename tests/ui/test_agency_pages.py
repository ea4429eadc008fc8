"""The agency's desk: what waits in every village, late first, and the way there and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.agency.agencies import BAIYUN, HEISHI, OFFICE, QINGSHAN, Agency, an_agency
from tests.builders import LI
from tests.ui.agency_hand import NARROW, a_day_in_april, agency, asked, cells, column_of, desk, rest, seat
from village_ledger.domain.agency import Todo, VillageTodos, Waiting
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.entry.progress import Progress
from village_ledger.ui.actions import of_scope
from village_ledger.ui.agency.agency_rows import VillagesModel, explained
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.widgets.state_mark import Check

__all__ = ["NARROW", "a_day_in_april", "agency", "asked", "cells", "column_of", "desk", "rest", "seat"]


def test_villages_stand_with_what_waits_in_them(desk: Any) -> None:
    model = desk.model
    review, post = column_of(model, Waiting.REVIEW), column_of(model, Waiting.POST)
    assert {row[0]: row[1:] for row in cells(model, 1, review, post)} == {
        QINGSHAN: ("3", ""),
        BAIYUN: ("1", "1"),
        HEISHI: ("", ""),
    }
    totals = desk.table.totals.model()
    assert totals.data(totals.index(0, 1)) == "3 个村"
    assert totals.data(totals.index(0, review)) == "4"
    assert desk.head.title() == "代管工作台"
    assert desk.bar.accessibleName().startswith(OFFICE)
    assert desk.bar.accessibleName().endswith(f"代管 3 个村，{LI}，代管人员")


def test_what_is_late_stands_first_with_a_mark_and_a_word(
    window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    page = seat(window, agency, LI, rest)
    kept = {one.village: one for one in agency.says.books}
    late = Todo(Waiting.SHEETS, "collective", 2, "2 张表该张贴了", date(2025, 4, 10), is_late=True)
    soon = Todo(Waiting.CLAIMS, "committee", 1, "1 张报账单等着记账", date(2025, 4, 30))
    page.work.known = (
        VillageTodos(kept[QINGSHAN]),
        VillageTodos(kept[BAIYUN], (soon,), holder="王秀英"),
        VillageTodos(kept[HEISHI], (late,)),
    )
    page._show("")
    assert [row[0] for row in cells(page.model, 1)] == [HEISHI, BAIYUN, QINGSHAN]
    assert [page.model.check(row) for row in range(3)] == [Check.WARN, Check.WAITING, Check.GOOD]
    assert [page.model.words(row, 0) for row in range(3)] == ["有逾期", "有事要办", "没有事"]
    sheets = column_of(page.model, Waiting.SHEETS)
    assert page.model.text(0, sheets) == "▲ 2"
    assert page.model.words(0, sheets) == "2，有逾期"
    assert page.model.tags(1) == [("2025-04-30 前", False), ("王秀英 正开着", False)]
    assert page.strip.accessibleName() == "3 个村，1 有逾期，1 有事要办，1 没有事，0 打不开"
    assert (
        explained(page.work.known[1])
        == "1 张报账单等着记账（2025-04-30 前）；王秀英 正开着这本账，现在只能看"
    )


def test_a_cell_above_shows_its_villages_alone_and_esc_all(desk: Any) -> None:
    late = desk.strip.cells[1]
    late.click()
    assert desk.model.count() == late.count
    assert all(desk.model.check(row) is Check.WARN for row in range(desk.model.count()))
    desk.strip.cells[4].click()
    assert desk.model.count() == 0
    assert desk.table.view.empty_words == "没有这样的村。"
    assert desk.escape()
    assert desk.model.count() == 3
    assert not desk.escape()


def test_a_book_that_is_gone_stands_first_and_says_why(
    window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    agency.book(HEISHI).rename(agency.path.parent / "别处.bak")
    page = seat(window, agency, LI, rest)
    assert page.model.text(0, 1) == HEISHI
    assert page.model.check(0) is Check.FAIL
    assert f"找不到{HEISHI}的账簿" in page.status()
    assert page.strip.accessibleName().endswith("1 打不开")


def test_the_arrows_go_along_what_waits_and_enter_goes_there(
    desk: Any, window: MainWindow, asked: list[Any], qtbot: QtBot
) -> None:
    row = desk.model.row_of(next(one.book.uid for one in desk.work.known if one.book.village == BAIYUN))
    desk.table.go_to_row(row)
    desk.model.choose(column_of(desk.model, Waiting.REVIEW))
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Right)
    assert desk.model.kind is Waiting.POST
    assert "等记账" in desk.status()
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Return)
    village, page, where, ledger = asked[0]
    assert (village, page, ledger) == (BAIYUN, "voucher_list", "collective")
    assert where["state"] is VoucherState.REVIEWED
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Left)
    assert desk.model.kind is Waiting.REVIEW


def test_a_village_where_nothing_waits_opens_at_its_first_page(desk: Any, asked: list[Any]) -> None:
    kept = desk.work.books[2]
    desk.work.known = (VillageTodos(kept),)
    desk._show("")
    desk._open(0)
    assert asked == [(HEISHI, "home", {}, "")]


def test_one_thing_after_another_and_back_to_the_same_village(desk: Any, asked: list[Any]) -> None:
    uid = next(one.book.uid for one in desk.work.known if one.book.village == BAIYUN)
    desk.table.go_to_row(desk.model.row_of(uid))
    desk.model.choose(column_of(desk.model, Waiting.POST))
    desk.action("turn").trigger()
    rows = desk.model.rows
    late = [todo.is_late for _, todo in rows]
    assert late == sorted(late, reverse=True)
    book, todo = rows[desk.table.row]
    assert (book.village, todo.kind) == (BAIYUN, Waiting.POST)
    desk._open(desk.table.row)
    assert asked[0][:2] == (BAIYUN, "voucher_list")
    assert desk.escape()
    assert isinstance(desk.model, VillagesModel)
    assert desk.model.villages[desk.table.row].book.uid == uid
    assert desk.model.kind is Waiting.POST


def test_all_of_a_village_is_said_and_folded_away(desk: Any) -> None:
    desk.action("explain").trigger()
    assert not desk.explain.isHidden()
    assert desk._village(desk.table.row).book.village in desk.explain.accessibleName()
    assert desk.escape()
    assert desk.explain.isHidden()
    assert not desk.escape()


def test_a_look_that_is_stopped_leaves_what_was_known(
    desk: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None]
) -> None:
    before = desk.work.known

    def stopped(_day: date, progress: Progress) -> list[VillageTodos]:
        progress.cancel()
        progress.step(1, 3, "")
        raise AssertionError("not stopped")

    monkeypatch.setattr(desk.work, "todos", stopped)
    desk.action("refresh").trigger()
    rest()
    assert desk.work.known is before
    assert desk.model.count() == 3


def test_back_from_a_village_it_is_looked_at_again(
    desk: Any, window: MainWindow, agency: Agency, rest: Callable[[], None], qtbot: QtBot
) -> None:
    uid = agency.kept(QINGSHAN).uid
    desk.table.go_to_row(desk.model.row_of(uid))
    desk.enter(agency.kept(QINGSHAN), "voucher_list")
    rest()
    assert window.shell is not None
    window.close_book()
    with agency.village(QINGSHAN) as village:
        village.review(*(village.reader.voucher(v.id) for v in village.reader.vouchers("collective")))
    desk.came_back(agency.kept(QINGSHAN))
    rest()
    row = desk.model.row_of(uid)
    assert desk.table.row == row
    assert desk.model.text(row, column_of(desk.model, Waiting.REVIEW)) == ""
    assert desk.model.text(row, column_of(desk.model, Waiting.POST)) == "3"


@pytest.mark.parametrize(("ending", "one_by_one"), [("xlsx", False), ("xlsx", True), ("pdf", False)])
def test_the_list_is_saved_as_it_stands(
    desk: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rest: Callable[[], None],
    ending: str,
    one_by_one: bool,
) -> None:
    out = tmp_path / f"待办.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    if one_by_one:
        desk.action("turn").trigger()
    desk.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    assert "已存到" in desk.status()
    if ending == "pdf":
        assert out.read_bytes().startswith(b"%PDF")
    else:
        said = {str(cell.value) for row in load_workbook(out).worksheets[0].iter_rows() for cell in row}
        assert {QINGSHAN, BAIYUN} <= said


def test_an_empty_workspace_says_so(window: MainWindow, tmp_path: Path, rest: Callable[[], None]) -> None:
    page = seat(window, an_agency(tmp_path), LI, rest)
    assert "还没有村的账簿" in page.table.view.empty_words
    page.action("batch").trigger()
    rest()
    batch: Any = window._page()
    batch.action("begin").trigger()
    assert batch.status() == "先按空格选要办的村"


def test_without_a_workspace_every_page_says_so(window: MainWindow, rest: Callable[[], None]) -> None:
    window.show_start()
    for name in ("agency", "agency_review", "agency_batch", "agency_summary", "agency_log"):
        window._front.open(name)
        rest()
        page: Any = window._page()
        assert "没有打开代管工作区" in page.table.view.empty_words
        assert page.head.title()


# the look of it


@pytest.mark.parametrize("size", list(Size))
def test_no_page_forces_a_narrow_window(
    desk: Any, window: MainWindow, rest: Callable[[], None], size: Size, qtbot: QtBot
) -> None:
    window.theme.choose_size(size)
    window.resize(*NARROW)
    for name in ("agency", "agency_review", "agency_batch", "agency_summary", "agency_log"):
        window._front.open(name)
        rest()
        assert (window.width(), window.height()) == NARROW, name
        page: Any = window._page()
        row = page.table.style_of.row
        # the page is laid out when the window comes to it, on a busy machine after the worker is done
        qtbot.waitUntil(lambda view=page.table.view, row=row: view.viewport().height() // row >= 2)


def test_in_a_narrow_window_the_arrows_still_go_along_the_kinds(desk: Any, window: MainWindow) -> None:
    window.resize(*NARROW)
    assert not desk.table.view.horizontalScrollBar().maximum()
    assert "待审" in [column.label for column in desk.model.columns]


def test_every_key_is_told_and_every_action_answered(
    window: MainWindow, desk: Any, rest: Callable[[], None]
) -> None:
    for name in ("agency", "agency_review", "agency_batch", "agency_summary", "agency_log"):
        window._front.open(name)
        rest()
        page: Any = window._page()
        told = {spec.id for spec in of_scope(page.scope)} - {"kinds"}
        assert told <= set(page.handlers()), name
