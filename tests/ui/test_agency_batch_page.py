"""One act for many villages: what is chosen and asked, a verdict each, and the way to what was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, Agency
from tests.ui.agency_hand import a_day_in_april, agency, asked, batch, cells, column_of, desk, rest
from village_ledger.domain.agency import BatchAct, BatchResult, Waiting
from village_ledger.domain.voucher import VoucherState
from village_ledger.exchange.agency.agency_forms import FORMS, PRINTABLE
from village_ledger.services.entry.progress import Progress
from village_ledger.ui.main_window import MainWindow

__all__ = ["a_day_in_april", "agency", "asked", "batch", "cells", "column_of", "desk", "rest"]


def test_every_village_is_chosen_and_beside_it_what_waits(batch: Any) -> None:
    assert batch.status().startswith("审核到 ")
    assert batch.status().endswith("选了 3 个村")
    assert "3 张凭证等审核" in cells(batch.model, 2)[0][0]
    batch._choose_act(BatchAct.POST)
    assert cells(batch.model, 2)[0] == ("",)
    assert "等记账" in cells(batch.model, 2)[1][0]


def test_space_chooses_and_f7_chooses_all(batch: Any, qtbot: QtBot) -> None:
    batch.table.go_to_row(0)
    qtbot.keyClick(batch.table.view, Qt.Key.Key_Space)
    assert [one.village for one in batch.model.chosen_books()] == [BAIYUN, HEISHI]
    assert batch.table.row == 1
    batch.action("all").trigger()
    assert len(batch.model.chosen_books()) == 3
    batch.action("all").trigger()
    assert batch.model.chosen_books() == []


def test_review_of_all_villages_gives_a_verdict_each(
    batch: Any, window: MainWindow, agency: Agency, rest: Callable[[], None]
) -> None:
    batch.form.through.setText("2025-04-30")
    batch.action("begin").trigger()
    rest()
    results = {(one.book.village, one.ledger): one.result for one in batch.verdicts}
    assert results[QINGSHAN, "collective"] is BatchResult.DONE
    assert results[BAIYUN, "collective"] is BatchResult.DONE
    assert results[HEISHI, "collective"] is BatchResult.NOTHING
    assert "办好了" in batch.status()
    with agency.village(QINGSHAN) as village:
        assert len(village.reader.vouchers("collective", states=[VoucherState.REVIEWED])) == 3
    window._front.back()
    rest()
    desk: Any = window._page()
    review = column_of(desk.model, Waiting.REVIEW)
    assert set(cells(desk.model, review)) == {("",)}


def test_what_is_refused_stands_first_and_enter_goes_where_it_is_mended(
    batch: Any, asked: list[Any], rest: Callable[[], None]
) -> None:
    batch._choose_act(BatchAct.CLOSE)
    batch.form.month.setText("2025-03")
    batch.action("begin").trigger()
    rest()
    first = batch.model.verdicts[0]
    assert first.result is BatchResult.REFUSED
    assert first.words in batch.explain.words.text()
    batch._open(0)
    village, page, where, ledger = asked[0]
    assert (village, page, ledger) == (first.book.village, "closing", first.ledger)
    assert str(where["month"]) == "2025-03"


def test_esc_from_the_verdicts_keeps_chosen_what_is_not_done(
    batch: Any, agency: Agency, rest: Callable[[], None]
) -> None:
    agency.book(HEISHI).rename(agency.path.parent / "别处.bak")
    batch.action("begin").trigger()
    rest()
    assert batch.model.verdicts[0].result is BatchResult.UNREACHED
    assert batch.escape()
    assert [one.village for one in batch.model.chosen_books()] == [HEISHI]
    assert not batch.escape()


def test_after_a_run_that_went_well_all_are_chosen_and_what_waits_is_told_anew(
    batch: Any, rest: Callable[[], None]
) -> None:
    assert cells(batch.model, 2)[0] != ("",)
    batch.form.through.setText("2025-04-30")
    batch.action("begin").trigger()
    rest()
    assert batch.escape()
    assert len(batch.model.chosen_books()) == 3
    rest()
    assert cells(batch.model, 2)[0] == ("",)
    batch._choose_act(BatchAct.POST)
    assert "等记账" in cells(batch.model, 2)[0][0]


def test_a_cell_above_shows_its_verdicts_alone_and_esc_all(batch: Any, rest: Callable[[], None]) -> None:
    batch.form.through.setText("2025-04-30")
    batch.action("begin").trigger()
    rest()
    whole = batch.model.count()
    done = batch.strip.cells[4]
    done.click()
    assert 0 < batch.model.count() == done.count < whole
    assert batch.escape()
    assert batch.model.count() == whole
    assert batch.verdicts


def test_stopped_between_two_villages_the_rest_stands_as_not_done(
    batch: Any, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None]
) -> None:
    step, seen = Progress.step, []

    def once(self: Progress, done: int, total: int, label: str = "") -> None:
        if label in {QINGSHAN, BAIYUN, HEISHI}:
            seen.append(label)
            if label == BAIYUN:
                self.cancel()
        step(self, done, total, label)

    monkeypatch.setattr(Progress, "step", once)
    batch.form.through.setText("2025-04-30")
    batch.action("begin").trigger()
    rest()
    results = {one.book.village: one.result for one in batch.verdicts}
    assert results[BAIYUN] is results[HEISHI] is BatchResult.STOPPED
    assert results[QINGSHAN] is not BatchResult.STOPPED
    assert batch.escape()
    assert [one.village for one in batch.model.chosen_books()] == [BAIYUN, HEISHI]


@pytest.mark.parametrize(
    ("act", "field", "text", "said"),
    [
        (BatchAct.CLOSE, "month", "三月", "三月"),
        (BatchAct.POST, "through", "昨天", "昨天"),
        (BatchAct.PRINT, "days", "很久", "很久"),
    ],
)
def test_days_that_are_none_are_refused_before_any_book_is_opened(
    batch: Any, tmp_path: Path, act: BatchAct, field: str, text: str, said: str
) -> None:
    batch._choose_act(act)
    batch.form.folder.setText(str(tmp_path))
    getattr(batch.form, field).setText(text)
    batch.action("begin").trigger()
    assert said in batch.slip.notice.what
    assert not batch.verdicts


def test_the_same_reports_and_forms_as_by_command_are_offered(batch: Any) -> None:
    """One list, with the titles papers have."""
    assert {name: box.text() for name, box in batch.form.reports.items()} == PRINTABLE
    form = batch.form.form
    assert {form.itemData(row): form.itemText(row) for row in range(form.count())} == FORMS


def test_nothing_to_print_is_refused(batch: Any, tmp_path: Path) -> None:
    batch._choose_act(BatchAct.PRINT)
    batch.form.folder.setText(str(tmp_path))
    for box in batch.form.reports.values():
        box.setChecked(False)
    batch.action("begin").trigger()
    assert "还没有选打印什么" in batch.slip.notice.what


def test_a_place_is_asked_for_before_printing(
    batch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None]
) -> None:
    out = tmp_path / "打印"
    out.mkdir()
    answers = iter(["", str(out)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    batch._choose_act(BatchAct.PRINT)
    batch.form.days.setText("2025-03")
    batch.action("begin").trigger()
    assert not batch.verdicts  # nobody said where
    batch.action("begin").trigger()
    rest()
    assert batch.verdicts
    assert list(out.rglob("*.pdf"))
    done = next(row for row, one in enumerate(batch.model.verdicts) if one.files)
    batch.table.go_to_row(done)
    assert "文件：" in batch.explain.words.text()


def test_a_form_is_exported_for_the_chosen_villages(
    batch: Any, tmp_path: Path, rest: Callable[[], None]
) -> None:
    out = tmp_path / "导出"
    out.mkdir()
    batch._choose_act(BatchAct.EXPORT)
    batch.form.form.setCurrentIndex(batch.form.form.findData("hledger"))
    batch.form.folder.setText(str(out))
    batch.table.go_to_row(0)
    batch._mark(0)
    batch.action("begin").trigger()
    rest()
    names = {one.book.village for one in batch.verdicts if one.files}
    assert QINGSHAN not in names
    assert BAIYUN in names


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_verdicts_are_saved(
    batch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: Callable[[], None], ending: str
) -> None:
    out = tmp_path / f"结果.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    batch.action("begin").trigger()
    rest()
    batch.action("export" if ending == "xlsx" else "paper").trigger()
    rest()
    assert out.stat().st_size
    assert "已存到" in batch.status()
