"""Vouchers that wait in all villages, in one list: marked, passed, given back, each in its own book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency
from tests.builders import LI, WANG
from tests.ui.agency_hand import a_day_in_april, agency, asked, cells, desk, pile, rest, seat
from village_ledger.domain.agency import BatchResult
from village_ledger.domain.voucher import VoucherState
from village_ledger.ui.main_window import MainWindow

__all__ = ["a_day_in_april", "agency", "asked", "cells", "desk", "pile", "rest", "seat"]


def test_vouchers_of_all_villages_wait_in_one_list(pile: Any) -> None:
    assert cells(pile.model, 1, 3, 5, 7) == [
        (QINGSHAN, "记-0001", "付办公费", "12.50"),
        (QINGSHAN, "记-0002", "付修路款", "300.00"),
        (QINGSHAN, "记-0003", "付误工补贴", "88.00"),
        (BAIYUN, "记-0001", "付水电费", "66.00"),
    ]


def test_the_list_stands_on_the_village_one_came_from(
    desk: Any, window: MainWindow, rest: Callable[[], None], agency: Agency
) -> None:
    desk.table.go_to_row(desk.model.row_of(agency.kept(BAIYUN).uid))
    desk.action("review").trigger()
    rest()
    page: Any = window._page()
    assert page.model.text(page.table.row, 1) == BAIYUN


def test_marked_vouchers_of_two_villages_are_passed_each_in_its_own_book(
    pile: Any, agency: Agency, rest: Callable[[], None], qtbot: QtBot
) -> None:
    pile.table.go_to_row(0)
    for _ in range(2):
        qtbot.keyClick(pile.table.view, Qt.Key.Key_Space)
    pile.table.go_to_row(3)
    qtbot.keyClick(pile.table.view, Qt.Key.Key_Space)
    assert "已标记 3 张" in pile.band._words.text()
    assert "378.50" in pile.band._sum.text()
    pile.action("pass").trigger()
    rest()
    assert pile.status() == "已通过 3 张，2 个村"
    assert cells(pile.model, 1, 5) == [(QINGSHAN, "付误工补贴")]
    for name, passed in ((QINGSHAN, 2), (BAIYUN, 2)):
        with agency.village(name) as village:
            done = village.reader.vouchers("collective", states=[VoucherState.REVIEWED])
            assert [one.reviewed_by for one in done] == [LI] * passed


def test_a_village_is_marked_at_once_and_unmarked(pile: Any) -> None:
    pile.table.go_to_row(1)
    pile.action("mark_village").trigger()
    assert len(pile.model.marked) == 3
    pile.action("mark_village").trigger()
    assert not pile.model.marked
    pile.table.go_to_row(0)
    pile.action("pass").trigger()
    assert cells(pile.model, 1)[0] == (QINGSHAN,)


def test_one_is_given_back_with_a_reason(pile: Any, agency: Agency, rest: Callable[[], None]) -> None:
    pile.table.go_to_row(3)
    pile.action("give_back").trigger()
    assert pile.reason.asking
    pile.reason.field.setText("没有发票")
    pile.reason.act.click()
    rest()
    assert pile.status() == f"{BAIYUN} 2025-04/记-0001 已退回给 {WANG}"
    assert pile.model.tags(3) == [("▲ 退回：没有发票", True)]
    with agency.village(BAIYUN) as village:
        assert village.reader.vouchers("collective")[0].return_reason == "没有发票"
        assert not village.reader.vouchers("collective", states=[VoucherState.ENTERED])[0].reviewed_by


def test_who_made_it_cannot_mark_it_and_is_told(
    window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    page = seat(window, agency, WANG, rest)
    page.action("review").trigger()
    rest()
    pile: Any = window._page()
    assert pile.model.mark(0) is None
    pile._mark(0)
    assert "不能" in pile.status()
    assert not pile.action("give_back").isEnabled()
    assert not pile.action("pass").isEnabled()


def test_the_search_finds_by_village_and_esc_shows_all(pile: Any) -> None:
    pile.field.setText(BAIYUN)
    assert cells(pile.model, 5) == [("付水电费",)]
    pile.field.setText("没有这样的")
    assert "没有找到" in pile.table.view.empty_words
    assert pile.escape()
    assert pile.model.count() == 4
    assert not pile.escape()


def test_marks_stay_while_one_searches(pile: Any) -> None:
    pile._mark(0)
    pile.field.setText(BAIYUN)
    pile._mark(0)
    pile.field.clear()
    assert len(pile.model.marked) == 2


def test_ctrl_f_goes_into_the_search_where_no_book_is_open(pile: Any, window: MainWindow) -> None:
    window.actions_by_id["find"].trigger()
    assert pile.field.hasFocus() or window.focusWidget() is pile.field


def test_enter_opens_the_voucher_and_coming_back_reads_the_village_again(
    pile: Any, agency: Agency, asked: list[Any], rest: Callable[[], None]
) -> None:
    pile._open(3)
    assert asked[0][:2] == (BAIYUN, "voucher")
    rest()
    with agency.village(BAIYUN) as village:
        village.review(village.reader.voucher(asked[0][2]["voucher_id"]))
    pile.came_back(agency.kept(BAIYUN))
    rest()
    assert {row[0] for row in cells(pile.model, 1)} == {QINGSHAN}


def test_what_one_village_refuses_is_shown_and_the_other_is_done(
    pile: Any, window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    pile._mark(0)
    pile._mark(3)
    with agency.village(BAIYUN) as village:  # somebody was quicker
        village.review(village.reader.voucher(pile.model.vouchers[3].voucher.id))
    pile.action("pass").trigger()
    rest()
    page: Any = window._page()
    results = {one.book.village: one.result for one in page.verdicts}
    assert results == {QINGSHAN: BatchResult.DONE, BAIYUN: BatchResult.REFUSED}
    assert page.model.verdicts[0].book.village == BAIYUN
    window._front.back()
    rest()
    pile = window._page()
    assert cells(pile.model, 1, 5)[0] == (QINGSHAN, "付修路款")


def test_a_village_that_cannot_be_opened_is_named_under_the_list(
    desk: Any, window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    agency.book(HEISHI).rename(agency.path.parent / "别处.bak")
    desk.action("review").trigger()
    rest()
    assert f"{HEISHI}的账打不开" in window._page().status()  # pyright: ignore[reportOptionalMemberAccess]  a page shows


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_the_list_is_saved(
    pile: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None], ending: str
) -> None:
    out = tmp_path / f"待审.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    pile.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    assert out.stat().st_size
    assert "已存到" in pile.status()
